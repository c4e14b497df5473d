//! The error of the strict pass: the position, the text found and the text expected.

use core::fmt;

/// The reason why the strict pass refuses a JSON text.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, Token};
/// use jwtick_core::token::DecodeError;
/// let mut scratch = Scratch::<64>::new();
/// // {"alg":"HS256"} and {"exp":1,"exp":2}
/// let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjEsImV4cCI6Mn0.AA";
/// let refusal = Token::decode(compact, &mut scratch).unwrap_err();
/// assert_eq!(refusal.to_string(), "claims: expected unique member names, but the name at byte 9 repeats an earlier one");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonError {
    /// The position in the text, in bytes from its start.
    pub at: usize,
    /// The fault at this position.
    pub fault: JsonFault,
}

impl JsonError {
    /// Creates the error for the byte at `at`, or for the end of the text.
    #[cold]
    pub(super) fn unexpected(bytes: &[u8], at: usize, allowed: Expected) -> Self {
        let fault = match bytes.get(at) {
            Some(&met) => JsonFault::Unexpected { met, allowed },
            None => JsonFault::End { allowed },
        };
        Self { at, fault }
    }
}

/// A fault in a JSON text.
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::token::{Claims, ClaimsError, JsonFault};
/// let read = |text: &[u8]| match Claims::parse(text, &mut Scratch::<0>::new()) {
///     Err(ClaimsError::Json(error)) => Some(error.fault),
///     _ => None,
/// };
/// assert_eq!(read(b"{\"a\":\"\xff\"}"), Some(JsonFault::Utf8));
/// assert_eq!(read(br#"{"a":1,"\u0061":2}"#), Some(JsonFault::Duplicate));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonFault {
    /// A byte that is not allowed at its position.
    Unexpected {
        /// The byte.
        met: u8,
        /// The expected text.
        allowed: Expected,
    },
    /// The text ends too soon.
    End {
        /// The expected text.
        allowed: Expected,
    },
    /// The text is not UTF-8 (RFC 8259 §8.1).
    Utf8,
    /// A control character without an escape (RFC 8259 §7).
    Control {
        /// The character, below 32.
        met: u8,
    },
    /// An escape that RFC 8259 §7 does not allow, or half of a surrogate pair.
    Escape,
    /// A member name that the same object already has (RFC 7515 §4, RFC 7519 §4).
    Duplicate,
    /// Objects and arrays are nested too deeply.
    TooDeep {
        /// The greatest number of levels.
        allowed: usize,
    },
    /// The open objects have more members than the index can hold.
    TooManyMembers {
        /// The greatest number of members.
        allowed: usize,
    },
    /// The text is too long for the index.
    TooLong {
        /// The length of the text in bytes.
        needs: usize,
        /// The greatest length in bytes.
        has: usize,
    },
}

/// The text expected at a position in a JSON text.
///
/// # Example
/// ```
/// use jwtick_core::token::Expected;
/// assert_eq!(Expected::CommaOrBrace.to_string(), "`,` or `}`");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// `{`, since a header or claims set is an object.
    Object,
    /// A quote that opens a member name.
    Name,
    /// A quote that opens a member name, or `}`.
    NameOrEnd,
    /// `:`
    Colon,
    /// A value.
    Value,
    /// A value, or `]`.
    ValueOrEnd,
    /// `,` or `}`
    CommaOrBrace,
    /// `,` or `]`
    CommaOrBracket,
    /// The rest of `true`, `false` or `null`.
    Literal,
    /// A digit.
    Digit,
    /// The quote that closes a string.
    Quote,
    /// Nothing but white space.
    Nothing,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "`{`",
            Self::Name => "a member name in quotes",
            Self::NameOrEnd => "a member name in quotes or `}`",
            Self::Colon => "`:`",
            Self::Value => "a value",
            Self::ValueOrEnd => "a value or `]`",
            Self::CommaOrBrace => "`,` or `}`",
            Self::CommaOrBracket => "`,` or `]`",
            Self::Literal => "true, false or null",
            Self::Digit => "a digit",
            Self::Quote => "a closing quote",
            Self::Nothing => "the end of the text",
        })
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at;
        match self.fault {
            JsonFault::Unexpected { met, allowed } => {
                let met = met.escape_ascii();
                write!(f, "expected {allowed} at byte {at}, but found `{met}`")
            }
            JsonFault::End { allowed } => {
                write!(f, "expected {allowed} at byte {at}, but found the end of the text")
            }
            JsonFault::Utf8 => write!(f, "expected UTF-8 text, but byte {at} is invalid"),
            JsonFault::Control { met } => {
                write!(
                    f,
                    "expected an escape sequence at byte {at}, but found control character {met}"
                )
            }
            JsonFault::Escape => write!(f, "the escape sequence at byte {at} encodes no character"),
            JsonFault::Duplicate => {
                write!(
                    f,
                    "expected unique member names, but the name at byte {at} repeats an earlier one"
                )
            }
            JsonFault::TooDeep { allowed } => {
                write!(
                    f,
                    "expected at most {allowed} levels of objects and arrays, but byte {at} opens another"
                )
            }
            JsonFault::TooManyMembers { allowed } => {
                write!(f, "expected at most {allowed} members, but found another at byte {at}")
            }
            JsonFault::TooLong { needs, has } => {
                write!(f, "expected a text of at most {has} bytes, but found {needs}")
            }
        }
    }
}

impl core::error::Error for JsonError {}
