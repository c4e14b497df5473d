//! Keys that do not help: unreadable ones are errors, the others are skipped and named.

use core::fmt;

/// A source that no key can be read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    NotJson,
    NotAnObject,
    NoMember(&'static str),
    NotBase64(&'static str),
    Empty,
    NoVariable,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson => f.write_str(
                "a key is a JWK, a JWK Set or PEM, this is none of them; a raw HMAC secret goes to \
                 --secret-file",
            ),
            Self::NotAnObject => f.write_str("a JWK or a JWK Set is a JSON object"),
            Self::NoMember(name) => write!(f, "the JWK must have {name} as a string"),
            Self::NotBase64(name) => {
                write!(f, "{name} of the JWK must be base64url without padding (RFC 7518 §6.4)")
            }
            Self::Empty => f.write_str("the secret is empty"),
            Self::NoVariable => f.write_str("no environment variable has this name"),
        }
    }
}

/// A key that exists, but is not for HMAC signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// PEM: RSA, EC, Ed25519.
    Pem,
    /// A JWK of this `kty`.
    KeyType(String),
    /// A JWK whose `use` or `key_ops` says so.
    Purpose,
}

impl Unfit {
    /// Whether a later version may verify with it.
    pub(crate) const fn is_asymmetric(&self) -> bool {
        matches!(self, Self::Pem | Self::KeyType(_))
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pem => f.write_str("PEM holds RSA, EC or Ed25519 keys, not HMAC secrets"),
            Self::KeyType(kty) => write!(f, "its kty is '{}', not oct", kty.escape_debug()),
            Self::Purpose => f.write_str("its use or key_ops does not allow signatures"),
        }
    }
}
