//! Why no key could be taken, so that nothing was judged or signed.

use core::fmt;

use jwtick_core::{Algorithm, WeakKey};

use super::{NoFit, Unfit, Unreadable};

/// What was met, what is allowed, and what to do, as one sentence.
#[derive(Debug)]
pub(crate) enum KeyError {
    /// A source of keys holds none that can be used.
    Unreadable { name: String, fault: Unreadable },
    /// A secret that is no HMAC key for this algorithm.
    Weak { algorithm: Algorithm, fault: WeakKey },
    /// A set from which no key stands out.
    Many { count: usize },
    /// No key can sign.
    NoSecret(Option<Unfit>),
    /// The key is for another algorithm.
    Algorithm { asked: String, key: String },
    /// An algorithm that this version cannot sign with.
    CannotSign { algorithm: String },
    /// A signature that this version cannot check.
    Unsupported(NoFit),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { name, fault } => write!(f, "{name}: {fault}"),
            Self::Weak { algorithm, fault } => write!(f, "{algorithm}: {fault}"),
            Self::Many { count } => {
                write!(f, "the JWK Set holds {count} keys that can sign, give a file with one")
            }
            Self::NoSecret(Some(unfit)) => {
                write!(f, "signing takes an HMAC secret for now, but {unfit}")
            }
            Self::NoSecret(None) => f.write_str("the JWK Set holds no key of kty oct"),
            Self::Algorithm { asked, key } => {
                write!(f, "the key is for {}, --alg asks for {asked}", key.escape_debug())
            }
            Self::CannotSign { algorithm } => {
                let algorithm = algorithm.escape_debug();
                write!(f, "cannot sign with {algorithm} yet, supported are HS256, HS384, HS512")
            }
            Self::Unsupported(fault) => fault.fmt(f),
        }
    }
}

impl core::error::Error for KeyError {}
