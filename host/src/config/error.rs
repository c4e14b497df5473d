//! What is wrong with a configuration file, and where.

use core::fmt;
use std::io;
use std::path::Path;

use crate::file;
use crate::measurement::NotAClock;
use crate::notation::duration::NotADuration;

/// Reasons why a configuration file cannot be used.
#[derive(Debug)]
pub(crate) enum ConfigError {
    /// It could not be read.
    Read { name: String, source: io::Error },
    /// It says what is not understood.
    Invalid { name: String, line: usize, column: usize, text: String, fault: Fault },
}

/// What is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Fault {
    /// No TOML; the words are those of its reader.
    Syntax(String),
    /// Nothing is called so; `similar` is.
    Key { met: String, similar: &'static str },
    /// Nothing is called so, nor similarly; `known` are.
    NoKey { met: String, known: &'static str },
    /// A value of another type.
    Type { met: &'static str, allowed: Type },
    /// No length of time.
    Duration { met: String, fault: NotADuration },
    /// No name of a source.
    Clock { met: String, fault: NotAClock },
    /// No language that is spoken here.
    Language { met: String },
}

/// The types of values that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    ListOfTexts,
}

impl Fault {
    pub(super) const fn at(self, offset: usize) -> Located {
        Located { offset, fault: self }
    }
}

/// A fault and the byte that it starts at.
#[derive(Debug)]
pub(super) struct Located {
    offset: usize,
    fault: Fault,
}

impl Located {
    pub(super) fn in_file(self, path: &Path, text: &str) -> ConfigError {
        let before = text.get(..self.offset).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |end| end.saturating_add(1));
        let shown = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let column = before.get(start..).map_or(0, |before| before.chars().count());
        ConfigError::Invalid {
            name: file::shown(path),
            line: line(text, self.offset),
            column: column.saturating_add(1),
            text: shown.trim_end().to_owned(),
            fault: self.fault,
        }
    }
}

/// The number of the line that has the byte at `offset`.
pub(super) fn line(text: &str, offset: usize) -> usize {
    let before = text.bytes().take(offset);
    before.filter(|&byte| byte == b'\n').count().saturating_add(1)
}

impl ConfigError {
    /// What the reader of TOML says of a file, in one line.
    pub(crate) fn of_toml(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let start = error.span().map_or(0, |span| span.start);
        Fault::Syntax(error.message().replace('\n', ", ")).at(start).in_file(path, text)
    }

    pub(super) fn read(path: &Path, source: io::Error) -> Self {
        Self::Read { name: file::shown(path), source }
    }

    /// The same of a file that `variable` of the environment names.
    pub(super) fn named_by(self, variable: &str) -> Self {
        match self {
            Self::Read { name, source } => {
                Self::Read { name: format!("{name} ({variable})"), source }
            }
            invalid @ Self::Invalid { .. } => invalid,
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { name, source } => {
                write!(f, "cannot read the configuration {name}: {source}")
            }
            Self::Invalid { name, line, column, text, fault } => {
                write!(f, "{name}:{line}:{column}: {fault}; the line is: {text}")
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(words) => f.write_str(words),
            Self::Key { met, similar } => {
                write!(f, "unknown key `{}`: did you mean {similar}", met.escape_debug())
            }
            Self::NoKey { met, known } => {
                write!(f, "unknown key `{}`: expected one of {known}", met.escape_debug())
            }
            Self::Type { met, allowed: Type::Text } => {
                write!(f, "expected text in quotes, but found a value of the type {met}")
            }
            Self::Type { met, allowed: Type::ListOfTexts } => {
                write!(
                    f,
                    "expected a list of texts, but found a value of the type {met}: write [\"…\", \"…\"]"
                )
            }
            Self::Duration { met, fault } => write!(f, "`{}`: {fault}", met.escape_debug()),
            Self::Clock { met, fault } => write!(f, "`{}`: {fault}", met.escape_debug()),
            Self::Language { met } => {
                write!(f, "unsupported language `{}`: expected en, de or ko", met.escape_debug())
            }
        }
    }
}

impl core::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::Invalid { .. } => None,
        }
    }
}
