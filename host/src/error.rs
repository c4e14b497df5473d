//! Why a command could not do its work. A verdict is not an error.

use core::fmt;
use std::io;

use crate::exit::Exit;

/// What was met, what is allowed, and what to do, as one sentence.
#[derive(Debug)]
pub(crate) enum Error {
    /// Standard output did not take the answer.
    Write { source: io::Error },
    /// Work that this version cannot do.
    Unsupported { sentence: &'static str },
}

impl Error {
    pub(crate) const fn exit(&self) -> Exit {
        match self {
            Self::Write { .. } | Self::Unsupported { .. } => Exit::Failed,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write { source } => write!(f, "cannot write to standard output: {source}"),
            Self::Unsupported { sentence } => f.write_str(sentence),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Write { source } => Some(source),
            _ => None,
        }
    }
}
