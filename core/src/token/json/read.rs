//! Reading a checked value into a type of the caller's, by `serde_json_core`.

use core::fmt;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::UnitDeserializer;
use serde_json_core::de as reader;

use super::{Json, JsonKind};

const READ_BUFFER: usize = 256;

impl<'a> Json<'a> {
    /// Reads the value into a type of the caller's.
    ///
    /// Strings that hold escapes are unescaped in a buffer of 256 bytes, so they fit types that own
    /// their text, not `&str`; a lone string is better taken as [`text`](Self::text). Maps need
    /// strings as keys.
    ///
    /// # Errors
    /// [`ReadError`] if the value is of another type, or beyond what the type or the buffer holds.
    pub fn read<T: Deserialize<'a>>(self) -> Result<T, ReadError> {
        let refused = |fault| ReadError { met: self.kind(), fault };
        if self.kind() == JsonKind::Null {
            // serde-json-core would read null as a float that is no number.
            let null: UnitDeserializer<serde::de::value::Error> = ().into_deserializer();
            return T::deserialize(null).map_err(|_| refused(ReadFault::Type));
        }
        let mut buffer = [0; READ_BUFFER];
        reader::from_slice_escaped(self.0.as_bytes(), &mut buffer)
            .map(|(value, _)| value)
            .map_err(|error| refused(self.fault::<T>(&error)))
    }

    // serde-json-core does not say why a type refuses a value. If the type takes it with the escapes
    // left in, it wanted to borrow a string that had to be unescaped elsewhere.
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

/// A value that does not fit the type that was asked for.
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
///     "a number does not fit: a number is beyond the type that is asked for",
/// );
/// # Ok::<(), jwtick_core::token::ClaimsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadError {
    /// What the value is.
    pub met: JsonKind,
    /// Why it does not fit.
    pub fault: ReadFault,
}

/// Why a value does not fit the type that was asked for.
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
    /// It, or a value in it, is of another type.
    Type,
    /// A number in it is beyond the type's range, or not whole.
    Number,
    /// A string in it holds escapes and is too long to be unescaped.
    TooLong {
        /// The bytes that there is room for.
        has: usize,
    },
    /// A string in it holds a surrogate pair, which only [`Text`](crate::token::Text) unescapes.
    Escape,
    /// A string in it holds escapes and is asked for as `&str`, which could only borrow it unescaped.
    Borrowed,
    /// The type asks for something that JSON does not say by itself, or refuses the value.
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
        write!(f, "{} does not fit: ", self.met)?;
        match self.fault {
            ReadFault::Type => f.write_str("another type is asked for"),
            ReadFault::Number => f.write_str("a number is beyond the type that is asked for"),
            ReadFault::TooLong { has } => {
                write!(f, "an escaped string has more than the {has} bytes that are allowed")
            }
            ReadFault::Escape => f.write_str("an escaped surrogate pair can't be read into a type"),
            ReadFault::Borrowed => f.write_str(
                "a string holds escapes and can't be borrowed: read it into an owned type",
            ),
            ReadFault::Refused => f.write_str("the type that is asked for refuses it"),
        }
    }
}

impl core::error::Error for ReadError {}
