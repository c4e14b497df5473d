//! JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037 §2) and sets of them, read without a heap.
//!
//! Members that nobody asks for are ignored, as RFC 7517 §4 says; those that matter are checked
//! when the key is read. A key is never taken for more than it says: `use`, `key_ops` and `alg`
//! bind it where they stand (RFC 8725 §3.1).

mod curve;
mod error;
mod operations;
mod parameters;
mod set;
mod thumbprint;

pub use self::curve::Curve;
pub use self::error::JwkError;
pub use self::operations::KeyOperation;
pub use self::set::JwkSet;

use self::operations::Operations;
use self::parameters::Parameters;

use super::any::AnyKey;
use crate::token::Algorithm;
use crate::token::Text;
use crate::token::{Index, Json, Members};

/// What sort of key a JWK is: its `kty`, and `crv` where it has one.
///
/// # Example
/// ```
/// use jwtick_core::{Algorithm, Curve, JwkKind};
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
    /// A point of RFC 8037.
    Okp(Curve),
    /// A secret of bytes (RFC 7518 §6.4).
    Oct,
}

impl JwkKind {
    /// Whether `algorithm` takes such a key.
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

    const fn kty(self) -> &'static str {
        match self {
            Self::Rsa => "RSA",
            Self::Ec(_) => "EC",
            Self::Okp(_) => "OKP",
            Self::Oct => "oct",
        }
    }

    const fn curve(self) -> Option<Curve> {
        match self {
            Self::Ec(curve) | Self::Okp(curve) => Some(curve),
            Self::Rsa | Self::Oct => None,
        }
    }
}

impl core::fmt::Display for JwkKind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.curve() {
            Some(curve) => write!(f, "{} key on {curve}", self.kty()),
            None => write!(f, "{} key", self.kty()),
        }
    }
}

/// Which part of a key a JWK holds. A public one may be shown to anybody.
///
/// # Example
/// ```
/// use jwtick_core::{Jwk, KeyPart};
/// let public = Jwk::parse(br#"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#)?;
/// let private = Jwk::parse(br#"{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"}"#)?;
/// assert_eq!((public.part(), private.part()), (KeyPart::Public, KeyPart::Private));
/// # Ok::<(), jwtick_core::JwkError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyPart {
    /// What verifies, and nothing else.
    Public,
    /// What signs, and with it what verifies.
    Private,
    /// A secret that does both.
    Secret,
}

/// A JSON Web Key. It is not [`Debug`](core::fmt::Debug), since it may hold a secret.
///
/// # Example
/// ```
/// use jwtick_core::{Algorithm, Jwk, JwkError, KeyPart, Verifier};
/// let text = br#"{"kty":"oct","kid":"7","k":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"}"#;
/// let jwk = Jwk::parse(text)?;
/// assert!(jwk.kid.unwrap() == *"7");
/// assert_eq!(jwk.part(), KeyPart::Secret);
/// assert_eq!(jwk.verifier(Algorithm::Hs256)?.algorithm(), Algorithm::Hs256);
/// let refusal = jwk.verifier(Algorithm::Rs256).err().unwrap();
/// assert_eq!(refusal.to_string(), "an oct key cannot be used for RS256");
/// # Ok::<(), JwkError>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Jwk<'a> {
    /// The name that a token's header calls it by (RFC 7517 §4.5).
    pub kid: Option<Text<'a>>,
    /// The one algorithm that it is for (RFC 7517 §4.4).
    pub alg: Option<Text<'a>>,
    kind: JwkKind,
    operations: Operations<'a>,
    parameters: Parameters<'a>,
    text: &'a str,
}

impl<'a> Jwk<'a> {
    /// Reads a key from its JSON text.
    ///
    /// # Errors
    /// [`JwkError`] if the text is no strict JSON object, if a member that the key needs is missing,
    /// or if one is of another type or form than its RFC says.
    pub fn parse(text: &'a [u8]) -> Result<Self, JwkError> {
        let mut index = Index::new();
        let members = Members::parse(text, &mut index).map_err(JwkError::Json)?;
        let kind = kind(&members)?;
        Ok(Self {
            kid: optional(&members, "kid")?,
            alg: optional(&members, "alg")?,
            kind,
            operations: Operations::read(&members)?,
            parameters: Parameters::read(&members, kind)?,
            text: members.as_written(),
        })
    }

    /// What sort of key it is.
    #[must_use]
    pub const fn kind(&self) -> JwkKind {
        self.kind
    }

    /// Which part of the key it holds. A verifier needs no private part: whether to go on with the
    /// public one that is beside it, the caller decides.
    #[must_use]
    pub const fn part(&self) -> KeyPart {
        match self.kind {
            JwkKind::Oct => KeyPart::Secret,
            _ if self.parameters.are_private() => KeyPart::Private,
            _ => KeyPart::Public,
        }
    }

    /// Whether the key may be used so, by all that it says about itself.
    ///
    /// # Errors
    /// [`JwkError::Unsuited`] for another sort of key, [`JwkError::OtherAlgorithm`],
    /// [`JwkError::Use`] and [`JwkError::Operation`] if a member of the key says otherwise, and
    /// [`JwkError::Public`] if it shall sign without a private part.
    pub fn permits(&self, operation: KeyOperation, algorithm: Algorithm) -> Result<(), JwkError> {
        if !self.kind.suits(algorithm) {
            return Err(JwkError::Unsuited { kind: self.kind, algorithm });
        }
        match self.alg {
            Some(alg) if alg != *algorithm.name() => {
                Err(JwkError::OtherAlgorithm { key: error::cut(alg), wanted: algorithm })
            }
            _ => self.operations.permit(operation, self.part()),
        }
    }

    /// The key that verifies by `algorithm`.
    ///
    /// # Errors
    /// [`JwkError`] as for [`permits`](Self::permits); [`JwkError::Key`] or [`JwkError::Secret`] if
    /// the key is weak or no key at all; [`JwkError::Unsupported`] if the algorithm is not built in.
    pub fn verifier(&self, algorithm: Algorithm) -> Result<AnyKey, JwkError> {
        AnyKey::from_jwk(self, algorithm)
    }

    /// Decodes a parameter (RFC 7518 §6, RFC 8037 §2) such as `n` or `x` into `room`.
    ///
    /// # Errors
    /// [`JwkError::Missing`] if the key has no such parameter, and [`JwkError::TooLong`] if `room`
    /// can't hold it.
    pub fn decode<'r>(&self, name: &'static str, room: &'r mut [u8]) -> Result<&'r [u8], JwkError> {
        self.parameters.decode(name, room)
    }

    /// The whole JSON text.
    #[must_use]
    pub const fn as_written(&self) -> &'a str {
        self.text
    }
}

fn kind(members: &Members<'_, '_>) -> Result<JwkKind, JwkError> {
    let kty = required(members, "kty")?;
    let on = |curves| Curve::among(curves, required(members, "crv")?);
    match ["RSA", "EC", "OKP", "oct"].into_iter().find(|known| kty == **known) {
        Some("RSA") => Ok(JwkKind::Rsa),
        Some("EC") => on(&Curve::EC).map(JwkKind::Ec),
        Some("OKP") => on(&Curve::OKP).map(JwkKind::Okp),
        Some(_) => Ok(JwkKind::Oct),
        None => Err(JwkError::UnknownKty { met: error::cut(kty) }),
    }
}

fn required<'a>(members: &Members<'a, '_>, name: &'static str) -> Result<Text<'a>, JwkError> {
    optional(members, name)?.ok_or(JwkError::Missing { name })
}

fn optional<'a>(
    members: &Members<'a, '_>,
    name: &'static str,
) -> Result<Option<Text<'a>>, JwkError> {
    members.get(name).map(|value| string(name, value)).transpose()
}

fn string<'a>(name: &'static str, value: Json<'a>) -> Result<Text<'a>, JwkError> {
    let wrong = JwkError::Type { name, met: value.kind(), allowed: "a string" };
    value.text().ok_or(wrong)
}
