//! Reads a header or claims set strictly, once, and without copying.
//!
//! `serde-json-core` alone is too lenient for hostile input: it does not check values that it
//! skips, does not unescape member names, and accepts duplicates. A strict pass therefore walks the
//! text first and builds an index of the top-level members. A value is parsed only on request. This
//! is the only module that names `serde_json_core`.

mod error;
mod lexeme;
mod read;
mod scan;

use core::fmt;

pub use self::error::{Expected, JsonError, JsonFault};
pub use self::read::{ReadError, ReadFault};
use heapless::Vec;

use super::text::Text;
use scan::{Entry, MEMBERS};

/// Storage for the members of one object: 520 bytes. A [`Scratch`](crate::Scratch) includes it; for
/// [`Token::decode_within`](crate::Token::decode_within) it is separate from the buffer.
///
/// # Example
/// ```
/// use jwtick_core::Token;
/// use jwtick_core::token::MemberIndex;
/// let (mut buffer, mut index) = ([0; 64], MemberIndex::new());
/// let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.AA"; // {"iss":"a"}
/// let token = Token::decode_within(compact, &mut buffer, &mut index)?;
/// assert!(token.unverified_claims().iss.unwrap() == *"a");
/// # Ok::<(), jwtick_core::token::DecodeError>(())
/// ```
pub struct Index(Vec<Entry, MEMBERS>);

impl Index {
    /// An empty index.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }
}

impl Default for Index {
    fn default() -> Self {
        Self::new()
    }
}

/// A checked JSON object: its text and the positions of its members.
#[derive(Clone, Copy)]
pub(crate) struct Members<'a, 'i> {
    text: &'a str,
    index: &'i [Entry],
}

impl<'a, 'i> Members<'a, 'i> {
    pub(crate) const EMPTY: Self = Self { text: "{}", index: &[] };

    pub(crate) fn parse(bytes: &'a [u8], index: &'i mut Index) -> Result<Self, JsonError> {
        Self::scan::<false>(bytes, index)
    }

    /// Parses an object that may have a name twice, and keeps all members of that name.
    pub(crate) fn with_duplicates(
        bytes: &'a [u8],
        index: &'i mut Index,
    ) -> Result<Self, JsonError> {
        Self::scan::<true>(bytes, index)
    }

    fn scan<const KEEPS_DUPLICATES: bool>(
        bytes: &'a [u8],
        index: &'i mut Index,
    ) -> Result<Self, JsonError> {
        let (needs, has) = (bytes.len(), usize::from(u16::MAX));
        if needs > has {
            return Err(JsonError { at: has, fault: JsonFault::TooLong { needs, has } });
        }
        let text = core::str::from_utf8(bytes)
            .map_err(|error| JsonError { at: error.valid_up_to(), fault: JsonFault::Utf8 })?;
        index.0.clear();
        scan::Scanner::<KEEPS_DUPLICATES>::new(text, &mut index.0).run()?;
        Ok(Self { text, index: &index.0 })
    }

    pub(crate) const fn as_written(&self) -> &'a str {
        self.text
    }

    /// The whole object, without surrounding white space.
    pub(crate) fn json(&self) -> Json<'a> {
        Json(self.text.trim_ascii())
    }

    pub(crate) fn get(&self, name: &str) -> Option<Json<'a>> {
        let held = |entry: &&Entry| Text::checked(entry.name(self.text)) == *name;
        self.index.iter().find(held).map(|entry| Json(entry.value(self.text)))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Text<'a>, Json<'a>)> + use<'a, 'i> {
        let text = self.text;
        let member =
            move |entry: &Entry| (Text::checked(entry.name(text)), Json(entry.value(text)));
        self.index.iter().map(member)
    }
}

/// The type of a JSON value.
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::token::{Claims, JsonKind};
/// let mut scratch = Scratch::<0>::new();
/// let claims = Claims::parse(br#"{"roles":["r","w"],"admin":null}"#, &mut scratch)?;
/// assert_eq!(claims.get("roles").unwrap().kind(), JsonKind::Array);
/// assert_eq!(claims.get("admin").unwrap().kind().to_string(), "null");
/// # Ok::<(), jwtick_core::token::ClaimsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

/// The text of one value, checked against the whole grammar.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, Token};
/// use jwtick_core::token::JsonKind;
/// # let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJyb2xlcyI6WzEsMl19.AA";
/// let mut scratch = Scratch::<64>::new();
/// let token = Token::decode(compact, &mut scratch)?; // {"roles":[1,2]}
/// let roles = token.unverified_claims().get("roles").unwrap();
/// assert_eq!(roles.kind(), JsonKind::Array);
/// assert_eq!(roles.as_written(), "[1,2]");
/// assert_eq!(roles.read::<[u8; 2]>().unwrap(), [1, 2]);
/// # Ok::<(), jwtick_core::token::DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// The text, without surrounding white space.
    #[must_use]
    pub const fn as_written(self) -> &'a str {
        self.0
    }

    /// The type of the value, from its first byte.
    #[must_use]
    pub fn kind(self) -> JsonKind {
        match self.0.bytes().next() {
            Some(b'"') => JsonKind::String,
            Some(b'{') => JsonKind::Object,
            Some(b'[') => JsonKind::Array,
            Some(b't' | b'f') => JsonKind::Boolean,
            Some(b'n') | None => JsonKind::Null,
            Some(_) => JsonKind::Number,
        }
    }

    /// The content of a string; `None` for any other value.
    #[must_use]
    pub fn text(self) -> Option<Text<'a>> {
        self.0.strip_prefix('"')?.strip_suffix('"').map(Text::checked)
    }
}
