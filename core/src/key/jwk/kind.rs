//! The kind of a key, and the part of it that a JWK holds (RFC 7517 §4.1, RFC 7518 §6).

use core::fmt;

use super::curve::Curve;
use crate::token::Algorithm;

/// The kind of a JWK: its `kty`, and its `crv` if it has one.
///
/// # Example
/// ```
/// use jwtick_core::key::{Curve, JwkKind};
/// use jwtick_core::token::Algorithm;
/// let kind = JwkKind::Okp(Curve::Ed25519);
/// assert!(kind.suits(Algorithm::EdDsa) && !kind.suits(Algorithm::Es256));
/// assert_eq!(kind.to_string(), "OKP key on Ed25519");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwkKind {
    /// RSA (RFC 7518 §6.3).
    Rsa,
    /// A point on a Weierstrass curve (RFC 7518 §6.2).
    Ec(Curve),
    /// A key type of RFC 8037.
    Okp(Curve),
    /// A symmetric secret (RFC 7518 §6.4).
    Oct,
}

impl JwkKind {
    /// Returns whether `algorithm` uses this kind of key.
    #[must_use]
    pub const fn suits(self, algorithm: Algorithm) -> bool {
        use Algorithm as A;
        match algorithm {
            A::Hs256 | A::Hs384 | A::Hs512 => matches!(self, Self::Oct),
            A::Rs256 | A::Rs384 | A::Rs512 | A::Ps256 | A::Ps384 | A::Ps512 => {
                matches!(self, Self::Rsa)
            }
            A::Es256 => matches!(self, Self::Ec(Curve::P256)),
            A::Es384 => matches!(self, Self::Ec(Curve::P384)),
            A::Es512 => matches!(self, Self::Ec(Curve::P521)),
            A::Es256k => matches!(self, Self::Ec(Curve::Secp256k1)),
            A::EdDsa => matches!(self, Self::Okp(Curve::Ed25519 | Curve::Ed448)),
            A::Ed25519 => matches!(self, Self::Okp(Curve::Ed25519)),
        }
    }

    pub(super) const fn kty(self) -> &'static str {
        match self {
            Self::Rsa => "RSA",
            Self::Ec(_) => "EC",
            Self::Okp(_) => "OKP",
            Self::Oct => "oct",
        }
    }

    pub(super) const fn curve(self) -> Option<Curve> {
        match self {
            Self::Ec(curve) | Self::Okp(curve) => Some(curve),
            Self::Rsa | Self::Oct => None,
        }
    }
}

impl fmt::Display for JwkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.curve() {
            Some(curve) => write!(f, "{} key on {curve}", self.kty()),
            None => write!(f, "{} key", self.kty()),
        }
    }
}

/// The part of a key that a JWK holds. A public part needs no protection.
///
/// # Example
/// ```
/// use jwtick_core::key::{Jwk, KeyPart};
/// let public = Jwk::parse(br#"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#)?;
/// let private = Jwk::parse(br#"{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"}"#)?;
/// assert_eq!((public.part(), private.part()), (KeyPart::Public, KeyPart::Private));
/// # Ok::<(), jwtick_core::key::JwkError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyPart {
    /// The public part, which only verifies.
    Public,
    /// The private part, which signs; includes the public part.
    Private,
    /// A secret, which signs and verifies.
    Secret,
}
