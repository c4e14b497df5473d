//! Reasons why no key could be used, so that nothing was judged or signed.

use core::fmt;

use jwtick_core::key::{JwkError, JwkKind};
use jwtick_core::token::Algorithm;
use ring::error::KeyRejected;

use super::choice::NoFit;
use super::fault::Unreadable;
use super::remote_fault::RemoteFault;
use crate::file::FileError;

/// Errors that say in one sentence what was found, what was expected, and what to do.
#[derive(Debug)]
pub(crate) enum KeyError {
    /// The file cannot be read.
    File(FileError),
    /// No keys could be fetched from a URL.
    Remote { url: String, fault: Box<RemoteFault> },
    /// The source contains no usable key.
    Unreadable { name: String, fault: Unreadable },
    /// The only key of a set cannot be read.
    Unfit(Unreadable),
    /// The key cannot be used for this operation.
    Refused(JwkError),
    /// The set contains several possible keys.
    Many { count: usize, ids: Vec<String> },
    /// The set contains no key with this ID.
    NoSuchId { id: String, ids: Vec<String> },
    /// The set contains no key.
    None,
    /// This version does not support the signatures of this algorithm.
    Unsupported(Algorithm),
    /// The parts of the private key are inconsistent, or the key is too short.
    Rejected(KeyRejected),
    /// PEM cannot represent this kind of key.
    NoPem(JwkKind),
    /// The key is a secret, which has no public part.
    NoPublicHalf,
    /// The key cannot be encoded for a file.
    Encoding,
    /// The operating system provides no random numbers.
    NoRandomness,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(fault) => fault.fmt(f),
            Self::Unreadable { name, fault } => write!(f, "{name}: {fault}"),
            Self::Remote { url, fault } => write!(f, "{url}: {fault}"),
            Self::Unfit(fault) => fault.fmt(f),
            Self::Refused(fault) => fault.fmt(f),
            Self::Many { count, ids } if ids.is_empty() => write!(
                f,
                "expected one key, but the JWK Set holds {count}, and none has a kid: give a file with the \
                 one to sign with"
            ),
            Self::Many { count, ids } => {
                let ids = listed(ids);
                write!(
                    f,
                    "expected one key, but the JWK Set holds {count} ({ids}): give a file with the \
                     one to sign with, or pick it with `jwtick sign --kid ID`"
                )
            }
            Self::NoSuchId { id, ids } if ids.is_empty() => {
                write!(f, "expected a key with the kid `{}`, but no key has one", id.escape_debug())
            }
            Self::NoSuchId { id, ids } => {
                let (id, ids) = (id.escape_debug(), listed(ids));
                write!(f, "no key in the set has the kid `{id}`: expected one of {ids}")
            }
            Self::None => f.write_str("the JWK Set holds no key that can be used"),
            Self::Unsupported(algorithm) => NoFit::Unsupported(*algorithm).fmt(f),
            Self::Rejected(fault) => write!(
                f,
                "the private key is damaged, or too weak to sign with ({fault}): an RSA key needs at \
                 least 2048 bits, and an exponent of 65537 or more"
            ),
            Self::NoPem(kind) => write!(f, "PEM has no form for an {kind}: write it as a JWK"),
            Self::NoPublicHalf => {
                f.write_str("a secret has no public half, so none of it may be shown")
            }
            Self::Encoding => f.write_str("the key has a part that cannot be written"),
            Self::NoRandomness => f.write_str("the operating system gives no random numbers"),
        }
    }
}

/// The IDs of keys as messages show them.
pub(crate) fn listed(ids: &[String]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| format!("`{}`", id.escape_debug())).collect();
    ids.join(", ")
}

impl core::error::Error for KeyError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::File(fault) => Some(fault),
            Self::Unreadable { fault, .. } | Self::Unfit(fault) => Some(fault),
            Self::Refused(fault) => Some(fault),
            _ => None,
        }
    }
}

impl From<FileError> for KeyError {
    fn from(fault: FileError) -> Self {
        Self::File(fault)
    }
}

impl From<Unreadable> for KeyError {
    fn from(fault: Unreadable) -> Self {
        match fault {
            Unreadable::Jwk(fault) => fault.into(),
            fault => Self::Unfit(fault),
        }
    }
}

impl From<JwkError> for KeyError {
    fn from(fault: JwkError) -> Self {
        match fault {
            JwkError::Unsupported { algorithm } => Self::Unsupported(algorithm),
            fault => Self::Refused(fault),
        }
    }
}

impl From<der::Error> for KeyError {
    fn from(_: der::Error) -> Self {
        Self::Encoding
    }
}
