//! Reasons why a file cannot be read or written.

use core::fmt;
use std::io;
use std::path::Path;

/// A file, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct FileError {
    /// As messages name it; standard input has a name, too.
    pub(crate) name: String,
    pub(crate) fault: FileFault,
}

/// What is wrong with a file.
#[derive(Debug)]
pub(crate) enum FileFault {
    /// It could not be read.
    Read(io::Error),
    /// It is a folder, where a file is asked for that may be called like the example.
    Folder { example: &'static str },
    /// The file was truncated while it was read, so its content is unknown.
    Cut { was: u64, is: u64 },
    /// It is longer than any text with a token.
    TooLong { allowed: u64 },
    /// It could not be written.
    Write(io::Error),
    /// It is there, and must not be.
    Taken,
}

impl FileFault {
    /// The fault of a file.
    pub(crate) fn of(self, name: impl Into<String>) -> FileError {
        FileError { name: name.into(), fault: self }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, fault } = self;
        match fault {
            FileFault::Read(source) => write!(f, "cannot read {name}: {source}"),
            FileFault::Folder { example } => {
                write!(
                    f,
                    "expected a file, but {name} is a folder: name a file in it, for example {name}/{example}"
                )
            }
            FileFault::Cut { was, is } => write!(
                f,
                "{name} had {was} bytes when it was opened and has {is} now, so that it was cut \
                 while it was read: give a copy of it"
            ),
            FileFault::TooLong { allowed } => {
                write!(f, "{name} is longer than {allowed} bytes: give the part with the token")
            }
            FileFault::Write(source) => write!(f, "cannot write {name}: {source}"),
            FileFault::Taken => {
                write!(f, "{name} is there already, and no key is written over another file")
            }
        }
    }
}

impl core::error::Error for FileError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.fault {
            FileFault::Read(source) | FileFault::Write(source) => Some(source),
            _ => None,
        }
    }
}

/// The name of an input as a message says it.
pub(crate) fn shown(name: &Path) -> String {
    if is_stdin(name) { STDIN.to_owned() } else { name.display().to_string() }
}

/// Whether the name stands for standard input.
pub(crate) fn is_stdin(name: &Path) -> bool {
    name == Path::new("-")
}

pub(crate) const STDIN: &str = "standard input";
