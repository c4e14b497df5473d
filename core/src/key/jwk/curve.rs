//! The curves that a JWK may name (RFC 7518 §6.2.1.1, RFC 8037 §2, RFC 8812 §3.1).

use core::fmt;

use crate::token::Text;

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
