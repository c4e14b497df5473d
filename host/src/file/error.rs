//! Reasons why a file cannot be read or written.

use core::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::content::Foreign;
use crate::output::safe;

/// A file, and the error with it.
#[derive(Debug)]
pub(crate) struct FileError {
    /// Name used in messages; standard input has one too.
    pub(crate) name: String,
    pub(crate) fault: FileFault,
}

/// The kind of error with a file.
#[derive(Debug)]
pub(crate) enum FileFault {
    /// The file could not be read.
    Read(io::Error),
    /// No file has this name, which starts with `@`.
    AtSign,
    /// The path is a folder, but a file is expected, with a name such as `example`.
    Folder { example: &'static str },
    /// The file was truncated while it was read, so its content is unknown.
    Cut { was: u64, is: u64 },
    /// The file is longer than any text with a token needs to be.
    TooLong { allowed: u64 },
    /// Its compressed content could not be unpacked.
    Packed(Damage),
    /// It holds no text.
    Foreign(Foreign),
    /// The file could not be written.
    Write(io::Error),
    /// The file already exists and must not be overwritten.
    Taken,
}

/// A fault of compressed content, and the format that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Damage {
    pub(crate) format: &'static str,
    pub(crate) kind: DamageKind,
}

/// The kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DamageKind {
    /// It ends too early: its copy was interrupted, or the program that wrote it has not ended.
    Cut,
    /// It is not in that format, or has another checksum.
    Broken,
    /// It needs more memory than this program takes.
    LargeWindow,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = self.format;
        match self.kind {
            DamageKind::Cut => write!(f, "expected more {format} data, but found its end"),
            DamageKind::Broken => {
                write!(f, "expected {format} data, but found other bytes or a wrong checksum")
            }
            DamageKind::LargeWindow => write!(
                f,
                "expected a {format} window of at most 8 MiB, but found a larger one: unpack it with \
                 `zstd -d --long=31 -c FILE | jwtick diagnose -`"
            ),
        }
    }
}

impl core::error::Error for Damage {}

impl FileFault {
    /// Adds the name of the file.
    pub(crate) fn of(self, name: impl Into<String>) -> FileError {
        let name = name.into();
        let fault = match self {
            Self::Read(source) if name.starts_with('@') && source.kind() == ErrorKind::NotFound => {
                Self::AtSign
            }
            fault => fault,
        };
        FileError { name, fault }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, fault } = self;
        match fault {
            FileFault::Read(source) => write!(f, "cannot read {name}: {source}"),
            FileFault::AtSign => write!(
                f,
                "no file has the name {name}: write the name of the file without @, which other tools put before it"
            ),
            FileFault::Folder { example } => {
                write!(
                    f,
                    "expected a file, but {name} is a folder: name a file in it, for example {name}/{example}"
                )
            }
            FileFault::Cut { was, is } => write!(
                f,
                "expected the {was} bytes that {name} had when it was opened, but found {is}: it was \
                 shortened while it was read, so pass a copy"
            ),
            FileFault::TooLong { allowed } => {
                write!(
                    f,
                    "expected at most {allowed} bytes, but {name} is longer: pass only the part that is needed"
                )
            }
            FileFault::Packed(damage) => write!(f, "{name}: {damage}"),
            FileFault::Foreign(foreign) => write!(f, "{name}: {foreign}"),
            FileFault::Write(source) => write!(f, "cannot write {name}: {source}"),
            FileFault::Taken => {
                write!(
                    f,
                    "expected a new file, but {name} already exists: give another name, as no existing \
                     file is replaced"
                )
            }
        }
    }
}

impl core::error::Error for FileError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.fault {
            FileFault::Read(source) | FileFault::Write(source) => Some(source),
            FileFault::Packed(damage) => Some(damage),
            FileFault::Foreign(foreign) => Some(foreign),
            _ => None,
        }
    }
}

/// Returns the name of an input as messages show it.
pub(crate) fn shown(name: &Path) -> String {
    if is_stdin(name) { STDIN.to_owned() } else { safe::name(name.as_os_str()) }
}

/// Returns true if the name means standard input.
pub(crate) fn is_stdin(name: &Path) -> bool {
    name == Path::new("-")
}

pub(crate) const STDIN: &str = "standard input";
