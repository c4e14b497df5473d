//! Reasons to refuse a JWK.

use core::fmt;

use heapless::String;

use super::kind::{JwkKind, KeyOperation};
use crate::key::error::{KeyError, WeakKey};
use crate::token::{Algorithm, Base64Error, JsonError, JsonKind, Text};

/// The reason why a JWK is refused, or cannot be used for an operation.
///
/// # Example
/// ```
/// use jwtick_core::key::Jwk;
/// let refusal = Jwk::parse(br#"{"kty":"RSA","e":"AQAB"}"#).err().unwrap();
/// assert_eq!(refusal.to_string(), "`n` is missing");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum JwkError {
    /// The text is not a strict JSON object.
    Json(JsonError),
    /// A required member is missing.
    Missing {
        /// The member.
        name: &'static str,
    },
    /// A member has another type than its RFC requires.
    Type {
        /// The member.
        name: &'static str,
        /// The type found.
        met: JsonKind,
        /// The expected types.
        allowed: &'static str,
    },
    /// A parameter is not canonical base64url.
    Base64 {
        /// The member.
        name: &'static str,
        /// The encoding error.
        fault: Base64Error,
    },
    /// A parameter is longer than the buffer.
    TooLong {
        /// The member.
        name: &'static str,
        /// The bytes needed.
        needs: usize,
        /// The bytes available.
        has: usize,
    },
    /// `kty` names an unknown key type.
    UnknownKty {
        /// The name, truncated to 16 bytes.
        met: String<16>,
    },
    /// `crv` names a curve that is unknown for the `kty`.
    UnknownCrv {
        /// The name, truncated to 16 bytes.
        met: String<16>,
    },
    /// `use` is not `sig`.
    Use {
        /// The value found, truncated to 16 bytes.
        met: String<16>,
    },
    /// `key_ops` does not list the required operation.
    Operation {
        /// The required operation.
        needs: KeyOperation,
    },
    /// `key_ops` lists an operation twice.
    Repeated {
        /// The operation.
        met: KeyOperation,
    },
    /// The operation is signing, but the key has no private part.
    Public,
    /// The algorithm needs another kind of key.
    Unsuited {
        /// The kind of this key.
        kind: JwkKind,
        /// The algorithm.
        algorithm: Algorithm,
    },
    /// `alg` names another algorithm than the one requested.
    OtherAlgorithm {
        /// The key's algorithm, truncated to 16 bytes.
        key: String<16>,
        /// The requested algorithm.
        wanted: Algorithm,
    },
    /// The algorithm is known by name but not built into this program.
    Unsupported {
        /// The algorithm.
        algorithm: Algorithm,
    },
    /// The public key is refused.
    Key(KeyError),
    /// The secret is refused.
    Secret(WeakKey),
}

impl From<KeyError> for JwkError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl From<WeakKey> for JwkError {
    fn from(error: WeakKey) -> Self {
        Self::Secret(error)
    }
}

/// Truncates `name` to the length that an error can hold.
pub(in crate::key) fn cut(name: Text<'_>) -> String<16> {
    let mut met = String::new();
    for character in name.chars() {
        if met.push(character).is_err() {
            break;
        }
    }
    met
}

impl fmt::Display for JwkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::Missing { name } => write!(f, "`{name}` is missing"),
            Self::Type { name, met, allowed } => {
                write!(f, "expected `{name}` to be {allowed}, but found {met}")
            }
            Self::Base64 { name, fault } => write!(f, "`{name}`: {fault}"),
            Self::TooLong { name, needs, has } => {
                write!(f, "`{name}` has {needs} bytes: expected at most {has}")
            }
            Self::UnknownKty { met } => {
                let met = met.escape_default();
                write!(f, "unknown key type `{met}`: expected RSA, EC, OKP or oct")
            }
            Self::UnknownCrv { met } => write!(
                f,
                "unknown curve `{}`: expected P-256, P-384, P-521 or secp256k1 for EC, or \
                 Ed25519, Ed448, X25519 or X448 for OKP",
                met.escape_default()
            ),
            Self::Use { met } => {
                let met = met.escape_default();
                write!(f, "expected `use` to be `sig` for signatures, but found `{met}`")
            }
            Self::Operation { needs } => write!(f, "`key_ops` does not allow the key to {needs}"),
            Self::Repeated { met } => write!(f, "`key_ops` lists `{met}` twice"),
            Self::Public => f.write_str("signing needs a private key, but this one is public"),
            Self::Unsuited { kind, algorithm } => {
                write!(f, "an {kind} cannot be used for {algorithm}")
            }
            Self::OtherAlgorithm { key, wanted } => {
                write!(f, "expected a key for {wanted}, but found one for {}", key.escape_default())
            }
            Self::Unsupported { algorithm } => {
                write!(f, "this program was built without {algorithm}")
            }
            Self::Key(error) => error.fmt(f),
            Self::Secret(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for JwkError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Json(error) => Some(error),
            Self::Base64 { fault, .. } => Some(fault),
            Self::Key(error) => Some(error),
            Self::Secret(error) => Some(error),
            _ => None,
        }
    }
}
