//! The `aud` claim: one name, or an array of names (RFC 7519 §4.1.3).

use super::json::{Json, JsonKind};
use super::text::Text;

/// The recipients that a token is meant for.
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
/// # Ok::<(), jwtick_core::token::DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Audience<'a>(Json<'a>);

impl<'a> Audience<'a> {
    /// Returns `None` unless `value` is a string or an array of strings.
    pub(crate) fn of(value: Json<'a>) -> Option<Self> {
        let well_formed = match value.elements() {
            Some(elements) => elements.are_strings(),
            None => value.kind() == JsonKind::String,
        };
        well_formed.then_some(Self(value))
    }

    /// Returns whether `name` is one of the names, compared byte for byte.
    #[must_use]
    pub fn contains(self, name: &str) -> bool {
        self.names().any(|held| held == *name)
    }

    /// The names, in their order.
    pub fn names(self) -> impl Iterator<Item = Text<'a>> {
        let elements = self.0.elements().into_iter().flatten();
        elements.filter_map(Json::text).chain(self.0.text())
    }
}
