//! The registered claims by name (RFC 7519 §4.1), and `aud`, which is one name or an array of names
//! (§4.1.3).

use core::fmt;

use super::json::{Json, JsonKind};
use super::text::Text;

/// A registered claim that this crate reads.
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::token::{Claim, Claims};
/// let mut scratch = Scratch::<0>::new();
/// let claims = Claims::parse(br#"{"exp":1500000000}"#, &mut scratch)?;
/// assert!(claims.has(Claim::Exp) && !claims.has(Claim::Nbf));
/// assert_eq!(Claim::Exp.to_string(), "exp");
/// # Ok::<(), jwtick_core::token::ClaimsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Claim {
    /// `iss`, the issuer (RFC 7519 §4.1.1).
    Iss,
    /// `sub`, the subject (RFC 7519 §4.1.2).
    Sub,
    /// `aud`, the audience (RFC 7519 §4.1.3).
    Aud,
    /// `exp`, the expiration time (RFC 7519 §4.1.4).
    Exp,
    /// `nbf`, the start of the validity (RFC 7519 §4.1.5).
    Nbf,
    /// `iat`, the time of issue (RFC 7519 §4.1.6).
    Iat,
    /// `jti`, the identifier of the token (RFC 7519 §4.1.7).
    Jti,
}

impl Claim {
    /// Every claim, in the order of RFC 7519 §4.1.
    pub const ALL: [Self; 7] =
        [Self::Iss, Self::Sub, Self::Aud, Self::Exp, Self::Nbf, Self::Iat, Self::Jti];

    /// The name of the claim's member.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Iss => "iss",
            Self::Sub => "sub",
            Self::Aud => "aud",
            Self::Exp => "exp",
            Self::Nbf => "nbf",
            Self::Iat => "iat",
            Self::Jti => "jti",
        }
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

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
