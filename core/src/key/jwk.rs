//! JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037 §2) and sets of them, read without a heap.
//!
//! Members that nobody asks for are ignored, as RFC 7517 §4 says; those that matter are checked
//! when the key is read. A key is never taken for more than it says: `use`, `key_ops` and `alg`
//! bind it where they stand (RFC 8725 §3.1).

mod curve;
mod error;
mod kind;
mod members;
mod operation;
mod parameters;
mod permission;
mod thumbprint;

pub use self::curve::Curve;
pub use self::error::JwkError;
pub use self::kind::{JwkKind, KeyPart};
pub use self::operation::KeyOperation;

pub(super) use self::error::cut;

use self::members::{kind, optional};
use self::parameters::Parameters;
use self::permission::Operations;
use crate::token::{Algorithm, Index, Members, Text};

/// A JSON Web Key. It is not [`Debug`](core::fmt::Debug), since it may hold a secret.
///
/// # Example
/// ```
/// use jwtick_core::key::{Jwk, JwkError, KeyPart};
/// use jwtick_core::token::{Algorithm, Verifier};
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
                Err(JwkError::OtherAlgorithm { key: cut(alg), wanted: algorithm })
            }
            _ => self.operations.permit(operation, self.part()),
        }
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
