//! JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037 §2) and sets of them, read without a heap.
//!
//! Unused members are ignored, as RFC 7517 §4 requires; the others are checked when the key is
//! read. The members `use`, `key_ops` and `alg`, if present, limit the use of a key (RFC 8725
//! §3.1).

mod error;
mod kind;
mod parameters;

use sha2::{Digest, Sha256};

pub use self::error::JwkError;
pub(super) use self::error::cut;
pub use self::kind::{Curve, JwkKind, KeyOperation, KeyPart};
use self::parameters::Operations;
use self::parameters::{Parameters, kind, optional};
use crate::token::{Algorithm, Index, Members, Text};

/// A JSON Web Key. It does not implement [`Debug`](core::fmt::Debug), since it may hold a secret.
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
    /// The identifier that a token's header uses for the key (RFC 7517 §4.5).
    pub kid: Option<Text<'a>>,
    /// The only algorithm that the key may be used with (RFC 7517 §4.4).
    pub alg: Option<Text<'a>>,
    kind: JwkKind,
    operations: Operations<'a>,
    parameters: Parameters<'a>,
    text: &'a str,
}

impl<'a> Jwk<'a> {
    /// Parses a key from its JSON text.
    ///
    /// # Errors
    /// [`JwkError`] if the text is not a strict JSON object, if a member that the key needs is
    /// missing, or if a member has another type or form than its RFC requires.
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

    /// The kind of key.
    #[must_use]
    pub const fn kind(&self) -> JwkKind {
        self.kind
    }

    /// The part of the key that the JWK holds. A verifier needs no private part; the caller decides
    /// whether to continue with its public half.
    #[must_use]
    pub const fn part(&self) -> KeyPart {
        match self.kind {
            JwkKind::Oct => KeyPart::Secret,
            _ if self.parameters.are_private() => KeyPart::Private,
            _ => KeyPart::Public,
        }
    }

    /// Checks the use of the key against its `use`, `key_ops` and `alg`.
    ///
    /// # Errors
    /// [`JwkError::Unsuited`] for another kind of key; [`JwkError::OtherAlgorithm`],
    /// [`JwkError::Use`] or [`JwkError::Operation`] if a member of the key forbids the use;
    /// [`JwkError::Public`] if the operation is signing and the key has no private part.
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
    /// is too small.
    pub fn decode<'r>(&self, name: &'static str, room: &'r mut [u8]) -> Result<&'r [u8], JwkError> {
        self.parameters.decode(name, room)
    }

    /// The complete JSON text.
    #[must_use]
    pub const fn as_written(&self) -> &'a str {
        self.text
    }
}

/// The members of the public key (RFC 7638 §3.2, RFC 8037 §2), in alphabetical order.
const fn members(kind: JwkKind) -> &'static [&'static str] {
    match kind {
        JwkKind::Rsa => &["e", "kty", "n"],
        JwkKind::Ec(_) => &["crv", "kty", "x", "y"],
        JwkKind::Okp(_) => &["crv", "kty", "x"],
        JwkKind::Oct => &["k", "kty"],
    }
}

impl Jwk<'_> {
    /// Computes SHA-256 over the members of the public key, in the canonical form of RFC 7638 §3.
    /// Do not publish the thumbprint of a secret (`oct`): it lets an attacker check guesses.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{Jwk, JwkError};
    /// let jwk = Jwk::parse(
    ///     br#"{"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","crv":"Ed25519","kty":"OKP"}"#,
    /// )?;
    /// // kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k (RFC 8037 A.3)
    /// assert_eq!(jwk.thumbprint()[..4], [0x90, 0xFA, 0xCA, 0xFE]);
    /// # Ok::<(), JwkError>(())
    /// ```
    #[must_use]
    pub fn thumbprint(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        let mut before = "{\"";
        for name in members(self.kind) {
            for part in [before, name, "\":\"", self.canonical(name), "\""] {
                hash.update(part);
            }
            before = ",\"";
        }
        hash.chain_update("}").finalize().into()
    }

    // No value has a character that JSON escapes, and each has only one form.
    fn canonical(&self, name: &'static str) -> &str {
        match name {
            "kty" => self.kind.kty(),
            "crv" => self.kind.curve().map_or("", Curve::name),
            _ => self.parameters.written(name).unwrap_or(""),
        }
    }
}
