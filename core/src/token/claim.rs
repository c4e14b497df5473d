//! The registered claims by name (RFC 7519 §4.1).

use core::fmt;

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
