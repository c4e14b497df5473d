//! Why a command could not do its work. A verdict is not an error.

use core::fmt;
use std::io;

use jwtick_core::{Algorithm, ClaimsError, WeakKey};

use crate::exit::Exit;
use crate::keys::{NoFit, Unfit, Unreadable};
use crate::zone::NotAZone;

/// What was met, what is allowed, and what to do, as one sentence.
#[derive(Debug)]
pub(crate) enum Error {
    /// A file or standard input could not be read.
    Read { name: String, source: io::Error },
    /// A folder, where a file is asked for.
    Folder { name: String },
    /// The text after `--tz` names no zone.
    Zone { met: String, fault: NotAZone },
    /// A file or standard input is longer than any text with a token.
    TooLong { name: String, allowed: u64 },
    /// A source of keys holds none that can be used.
    Key { name: String, fault: Unreadable },
    /// A secret that is no HMAC key for this algorithm.
    WeakKey { algorithm: Algorithm, fault: WeakKey },
    /// A set from which no key stands out.
    ManyKeys { count: usize },
    /// No key can sign.
    NoSecret(Option<Unfit>),
    /// The key is for another algorithm.
    KeyAlgorithm { asked: String, key: String },
    /// An algorithm that this version cannot sign with.
    CannotSign { algorithm: String },
    /// A file that holds no claims set.
    Claims { name: String, fault: ClaimsError },
    /// Standard output did not take the answer.
    Write { source: io::Error },
    /// Work that this version cannot do.
    Unsupported(NoFit),
    /// A text without a token.
    NoToken,
    /// Standard input shall be two things.
    StdinTwice,
}

impl Error {
    pub(crate) const fn exit(&self) -> Exit {
        match self {
            Self::Zone { .. } | Self::StdinTwice => Exit::Usage,
            Self::NoToken => Exit::Malformed,
            _ => Exit::Failed,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { name, source } => write!(f, "cannot read {name}: {source}"),
            Self::Folder { name } => {
                write!(f, "{name} is a folder, name the files in it, for example {name}/*.log")
            }
            Self::Zone { met, fault } => write!(f, "--tz is '{}': {fault}", met.escape_debug()),
            Self::TooLong { name, allowed } => {
                write!(f, "{name} is longer than {allowed} bytes, give the part with the token")
            }
            Self::Key { name, fault } => write!(f, "{name}: {fault}"),
            Self::WeakKey { algorithm, fault } => write!(f, "{algorithm}: {fault}"),
            Self::ManyKeys { count } => {
                write!(f, "the JWK Set holds {count} keys that can sign, give a file with one")
            }
            Self::NoSecret(Some(unfit)) => {
                write!(f, "signing takes an HMAC secret for now, but {unfit}")
            }
            Self::NoSecret(None) => f.write_str("the JWK Set holds no key of kty oct"),
            Self::KeyAlgorithm { asked, key } => {
                write!(f, "the key is for {}, --alg asks for {asked}", key.escape_debug())
            }
            Self::CannotSign { algorithm } => {
                let algorithm = algorithm.escape_debug();
                write!(f, "cannot sign with {algorithm} yet, supported are HS256, HS384, HS512")
            }
            Self::Claims { name, fault } => write!(f, "{name}: {fault}"),
            Self::Write { source } => write!(f, "cannot write to standard output: {source}"),
            Self::Unsupported(fault) => fault.fmt(f),
            Self::NoToken => f.write_str(
                "no token in the input, and no file of that name: a token has three parts between dots \
                 and starts with eyJ",
            ),
            Self::StdinTwice => f.write_str(
                "standard input cannot be both the key and the token or claims, give one as a file",
            ),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } | Self::Write { source } => Some(source),
            _ => None,
        }
    }
}
