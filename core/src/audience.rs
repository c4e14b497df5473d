//! The `aud` claim: one name, or an array of names (RFC 7519 §4.1.3).

use crate::json::Json;
use crate::text::Text;

/// Who a token is meant for.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, Token};
/// # let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOlsiYSIsImIiXX0.AA";
/// let mut scratch = Scratch::<64>::new();
/// let token = Token::decode(compact, &mut scratch)?; // {"aud":["a","b"]}
/// let aud = token.unverified_claims().aud.unwrap();
/// assert!(aud.contains("b") && !aud.contains("c"));
/// assert_eq!(aud.names().count(), 2);
/// # Ok::<(), jwtick_core::DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Audience<'a>(&'a str);

impl<'a> Audience<'a> {
    /// `None` unless `value` is a string or an array of strings.
    pub(crate) fn of(value: Json<'a>) -> Option<Self> {
        let written = value.as_written();
        let array = written.strip_prefix('[').and_then(|array| array.strip_suffix(']'));
        let well_formed = match array {
            Some(rest) => Names { rest }.are_strings(),
            None => value.text().is_some(),
        };
        well_formed.then_some(Self(written))
    }

    /// Whether one of the names is `name`, byte for byte.
    #[must_use]
    pub fn contains(self, name: &str) -> bool {
        self.names().any(|held| held == *name)
    }

    /// The names in their order.
    pub fn names(self) -> impl Iterator<Item = Text<'a>> {
        Names { rest: self.0 }
    }
}

/// The strings of an array, or one string, in a text that the strict pass has checked.
struct Names<'a> {
    rest: &'a str,
}

impl Names<'_> {
    // Strings leave nothing but commas and white space between them.
    fn are_strings(mut self) -> bool {
        loop {
            let gap = self.rest.split('"').next().unwrap_or_default();
            if !gap.bytes().all(|byte| matches!(byte, b',' | b' ' | b'\t' | b'\n' | b'\r')) {
                return false;
            }
            if self.next().is_none() {
                return true;
            }
        }
    }
}

impl<'a> Iterator for Names<'a> {
    type Item = Text<'a>;

    fn next(&mut self) -> Option<Text<'a>> {
        let (_, string) = self.rest.split_once('"')?;
        let mut escaped = false;
        let end = string.find(|character| {
            let closes = character == '"' && !escaped;
            escaped = character == '\\' && !escaped;
            closes
        })?;
        let (name, rest) = string.split_at_checked(end)?;
        self.rest = rest.get(1..)?;
        Some(Text::checked(name))
    }
}
