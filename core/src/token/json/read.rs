//! Reads a checked value into a type of the caller's choice, with `serde_json_core`, and the elements of a
//! checked array.

use core::fmt;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::UnitDeserializer;
use serde_json_core::de as reader;

use super::{Json, JsonKind};

const READ_BUFFER: usize = 256;

impl<'a> Json<'a> {
    /// Reads the value into a type of your choice.
    ///
    /// Strings with escapes are unescaped in a buffer of 256 bytes, so they fit types that own
    /// their text, but not `&str`. For a single string, use [`text`](Self::text). Maps need string
    /// keys.
    ///
    /// # Errors
    /// [`ReadError`] if the value has another type, or exceeds the type or the buffer.
    pub fn read<T: Deserialize<'a>>(self) -> Result<T, ReadError> {
        let refused = |fault| ReadError { met: self.kind(), fault };
        if self.kind() == JsonKind::Null {
            // serde-json-core would read null as a float NaN.
            let null: UnitDeserializer<serde::de::value::Error> = ().into_deserializer();
            return T::deserialize(null).map_err(|_| refused(ReadFault::Type));
        }
        let mut buffer = [0; READ_BUFFER];
        reader::from_slice_escaped(self.0.as_bytes(), &mut buffer)
            .map(|(value, _)| value)
            .map_err(|error| refused(self.fault::<T>(&error)))
    }

    // serde-json-core does not report why a type refuses a value. If the type accepts the value
    // with its escapes left in, it tried to borrow a string that had to be unescaped elsewhere.
    fn fault<T: Deserialize<'a>>(self, error: &reader::Error) -> ReadFault {
        match ReadFault::of(error) {
            ReadFault::Refused if self.0.contains('\\') => {
                match reader::from_slice::<T>(self.0.as_bytes()) {
                    Ok(_) => ReadFault::Borrowed,
                    Err(_) => ReadFault::Refused,
                }
            }
            fault => fault,
        }
    }
}

/// The error for a value that does not fit the requested type.
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::token::Claims;
/// let mut scratch = Scratch::<0>::new();
/// let claims = Claims::parse(br#"{"level":300}"#, &mut scratch)?;
/// let refusal = claims.claim::<u8>("level").unwrap_err();
/// assert_eq!(
///     refusal.to_string(),
///     "a number does not fit the requested type: expected a whole number within its range",
/// );
/// # Ok::<(), jwtick_core::token::ClaimsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadError {
    /// The type of the value.
    pub met: JsonKind,
    /// The reason why it does not fit.
    pub fault: ReadFault,
}

/// The reason why a value does not fit the requested type.
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::token::{Claims, ReadFault};
/// let mut scratch = Scratch::<0>::new();
/// let claims = Claims::parse(br#"{"level":300}"#, &mut scratch)?;
/// assert_eq!(claims.claim::<u8>("level").unwrap_err().fault, ReadFault::Number);
/// assert_eq!(claims.claim::<bool>("level").unwrap_err().fault, ReadFault::Type);
/// # Ok::<(), jwtick_core::token::ClaimsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadFault {
    /// The value, or a value inside it, has another type.
    Type,
    /// A number is beyond the type's range, or not an integer.
    Number,
    /// A string with escapes is too long to be unescaped.
    TooLong {
        /// The size of the buffer in bytes.
        has: usize,
    },
    /// A string contains an escaped surrogate pair, which only [`Text`](crate::token::Text)
    /// unescapes.
    Escape,
    /// The requested type has a `&str` for a string with escapes, which cannot be borrowed.
    Borrowed,
    /// The type needs information that JSON does not contain, or refuses the value.
    Refused,
}

impl ReadFault {
    const fn of(error: &reader::Error) -> Self {
        match error {
            reader::Error::InvalidNumber | reader::Error::TrailingCharacters => Self::Number,
            reader::Error::EscapedStringIsTooLong => Self::TooLong { has: READ_BUFFER },
            reader::Error::InvalidEscapeSequence => Self::Escape,
            reader::Error::AnyIsUnsupported
            | reader::Error::BytesIsUnsupported
            | reader::Error::CustomError => Self::Refused,
            _ => Self::Type,
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} does not fit the requested type: ", self.met)?;
        match self.fault {
            ReadFault::Type => f.write_str("expected another type"),
            ReadFault::Number => f.write_str("expected a whole number within its range"),
            ReadFault::TooLong { has } => {
                write!(
                    f,
                    "expected a string with escapes of at most {has} bytes, but found a longer one"
                )
            }
            ReadFault::Escape => {
                f.write_str("a string has an escaped surrogate pair: read it as `Text`")
            }
            ReadFault::Borrowed => f.write_str(
                "a string has escapes and cannot be borrowed: read it into an owned type",
            ),
            ReadFault::Refused => f.write_str("the type refuses the value"),
        }
    }
}

impl core::error::Error for ReadError {}

/// The rest of an array, without its brackets.
#[derive(Debug, Clone)]
pub(crate) struct Elements<'a> {
    rest: &'a str,
}

impl<'a> Json<'a> {
    /// The elements of an array; `None` for any other value.
    pub(crate) fn elements(self) -> Option<Elements<'a>> {
        let rest = self.0.strip_prefix('[')?.strip_suffix(']')?;
        Some(Elements { rest: rest.trim_ascii() })
    }
}

impl Elements<'_> {
    /// Returns whether all elements are strings.
    pub(crate) fn are_strings(&self) -> bool {
        let between = |byte| matches!(byte, b'"' | b',' | b' ' | b'\t' | b'\n' | b'\r');
        outside_strings(self.rest).all(|(_, byte)| between(byte))
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Json<'a>;

    fn next(&mut self) -> Option<Json<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (element, rest) = match comma(self.rest) {
            Some(at) => (self.rest.get(..at)?, self.rest.get(at.saturating_add(1)..)?),
            None => (self.rest, ""),
        };
        self.rest = rest.trim_ascii_start();
        Some(Json(element.trim_ascii_end()))
    }
}

/// The position of the first comma outside any string, object or array.
fn comma(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let (at, _) = outside_strings(text).find(|&(_, byte)| {
        match byte {
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        byte == b',' && depth == 0
    })?;
    Some(at)
}

/// The bytes outside strings, including opening quotes, with their positions.
fn outside_strings(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let (mut inside, mut escaped) = (false, false);
    text.bytes().enumerate().filter(move |&(_, byte)| {
        let outside = !inside;
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => inside = !inside,
            _ => {}
        }
        outside
    })
}
