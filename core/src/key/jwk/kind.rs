//! The kind of a key, and the part of it that a JWK holds (RFC 7517 §4.1, RFC 7518 §6); its curve
//! (RFC 7518 §6.2.1.1, RFC 8037 §2, RFC 8812 §3.1) and its operations (RFC 7517 §4.3).

use core::fmt;

use crate::token::{Algorithm, Text};

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

/// A curve known by name; its signatures may still be unsupported.
///
/// # Example
/// ```
/// use jwtick_core::key::{Curve, Jwk, JwkKind};
/// let jwk = Jwk::parse(br#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#)?;
/// assert_eq!(jwk.kind(), JwkKind::Ec(Curve::P256));
/// assert_eq!(Curve::P256.name(), "P-256");
/// # Ok::<(), jwtick_core::key::JwkError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Curve {
    /// NIST P-256, for ES256.
    P256,
    /// NIST P-384, for ES384.
    P384,
    /// NIST P-521, for ES512.
    P521,
    /// The curve of ES256K.
    Secp256k1,
    /// Edwards curve of EdDSA and Ed25519.
    Ed25519,
    /// Edwards curve of EdDSA.
    Ed448,
    /// For key agreement only.
    X25519,
    /// For key agreement only.
    X448,
}

impl Curve {
    pub(super) const EC: [Self; 4] = [Self::P256, Self::P384, Self::P521, Self::Secp256k1];
    pub(super) const OKP: [Self; 4] = [Self::Ed25519, Self::Ed448, Self::X25519, Self::X448];

    pub(super) fn among(curves: &[Self], name: Text<'_>) -> Option<Self> {
        curves.iter().find(|curve| name == *curve.name()).copied()
    }

    /// The name as a JWK writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
            Self::Secp256k1 => "secp256k1",
            Self::Ed25519 => "Ed25519",
            Self::Ed448 => "Ed448",
            Self::X25519 => "X25519",
            Self::X448 => "X448",
        }
    }
}

impl fmt::Display for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// An operation with a key.
///
/// # Example
/// ```
/// use jwtick_core::key::{Jwk, KeyOperation};
/// use jwtick_core::token::Algorithm;
/// let text = br#"{"kty":"oct","key_ops":["verify"],"k":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"}"#;
/// let jwk = Jwk::parse(text)?;
/// assert!(jwk.permits(KeyOperation::Verify, Algorithm::Hs256).is_ok());
/// let refusal = jwk.permits(KeyOperation::Sign, Algorithm::Hs256).unwrap_err();
/// assert_eq!(refusal.to_string(), "`key_ops` does not allow the key to sign");
/// # Ok::<(), jwtick_core::key::JwkError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyOperation {
    /// Create signatures.
    Sign,
    /// Verify signatures.
    Verify,
}

impl fmt::Display for KeyOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sign => "sign",
            Self::Verify => "verify",
        })
    }
}
