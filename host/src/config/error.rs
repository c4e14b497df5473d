//! Errors in a configuration file, with their position.

use core::fmt;
use std::io;
use std::path::Path;

use super::exposure::Exposed;
use crate::file;
use crate::measurement::NotAClock;
use crate::notation::claim::NotAClaim;
use crate::notation::duration::NotADuration;

/// Reasons why a configuration file cannot be used.
#[derive(Debug)]
pub(crate) enum ConfigError {
    /// The file could not be read.
    Read { name: String, source: io::Error },
    /// Others may write the file, and this is root.
    Exposed(Exposed),
    /// The file contains something that jwtick does not understand.
    /// The error does not show the line: the file may hold secrets, or may not be meant for jwtick.
    Invalid { name: String, line: usize, column: usize, fault: Fault },
}

/// The kind of error at one position in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Fault {
    /// Invalid TOML, as the parser describes it.
    Syntax(String),
    /// An unknown key; `similar` is a known key with a similar name.
    Key { met: String, similar: &'static str },
    /// An unknown key without a similar one; `known` lists the known keys.
    NoKey { met: String, known: String },
    /// A value of the wrong type.
    Type { met: &'static str, allowed: Type },
    /// An invalid duration.
    Duration { met: String, fault: NotADuration },
    /// An invalid source name.
    Clock { met: String, fault: NotAClock },
    /// Not the name of a registered claim.
    Claim { met: String },
    /// An unsupported language.
    Language { met: String },
    /// A word that is none of the known ones.
    Choice { met: String, known: String },
    /// Not an address to listen on.
    Address { met: String },
    /// Not a URL.
    Url { met: String, fault: String },
    /// Not the name of a supported algorithm.
    Algorithm { met: String, known: String },
    /// Not the name of a header that a request may carry to the application.
    Header { met: String },
    /// A text that cannot be what the key is for; `like` is an example.
    Text { met: String, like: &'static str },
    /// A table lacks a key.
    Missing { keys: &'static str },
    /// Two keys of a table exclude each other.
    Together { keys: [&'static str; 2] },
    /// Two tables have the same value.
    Twice { key: &'static str, met: String },
    /// One of several issuers does not say which tokens are its own.
    AnyIssuer,
}

/// The types that a value can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    ListOfTexts,
    Switch,
    Number,
    Table,
    ListOfTables,
}

impl Fault {
    pub(super) const fn at(self, offset: usize) -> Located {
        Located { offset, fault: self }
    }
}

/// Returns a name as messages show it. A word that cannot be the name of a setting may be a secret.
pub(super) fn shown_name(name: &str) -> String {
    const LONGEST: usize = 24;
    let is_of_name = |sign: char| sign.is_alphabetic() || matches!(sign, '-' | '_');
    let is_name = name.chars().count() <= LONGEST && name.chars().all(is_of_name);
    if is_name { name.to_owned() } else { "…".to_owned() }
}

/// Removes values of the file from a message of the parser: `invalid type: string "hunter2",
/// expected a map`.
fn without_values(message: &str) -> String {
    const OPENINGS: [&str; 4] =
        ["invalid type: ", "invalid value: ", "unknown variant ", "unknown field "];
    let opening = OPENINGS.into_iter().find(|opening| message.starts_with(opening));
    let Some(opening) = opening else { return message.to_owned() };
    let rest = message.strip_prefix(opening).unwrap_or_default();
    let (met, expected) = rest.rsplit_once(", expected").unwrap_or((rest, " something else"));
    let kept = match opening {
        "unknown field " => format!("`{}`", shown_name(met.trim_matches('`'))),
        "unknown variant " => "`…`".to_owned(),
        // The type, without the value that follows it.
        _ => met.split(['"', '`']).next().unwrap_or_default().trim_end().to_owned(),
    };
    format!("{opening}{kept}, expected{expected}")
}

/// A fault and the offset of the byte at which it starts.
#[derive(Debug)]
pub(super) struct Located {
    offset: usize,
    fault: Fault,
}

impl Located {
    pub(super) fn in_file(self, path: &Path, text: &str) -> ConfigError {
        let before = text.get(..self.offset).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |end| end.saturating_add(1));
        let column = before.get(start..).map_or(0, |before| before.chars().count());
        ConfigError::Invalid {
            name: file::shown(path),
            line: line(text, self.offset),
            column: column.saturating_add(1),
            fault: self.fault,
        }
    }
}

/// Returns the number of the line that contains the byte at `offset`.
pub(super) fn line(text: &str, offset: usize) -> usize {
    let before = text.bytes().take(offset);
    before.filter(|&byte| byte == b'\n').count().saturating_add(1)
}

impl ConfigError {
    /// Describes an error of the TOML parser in one line.
    pub(crate) fn of_toml(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let start = error.span().map_or(0, |span| span.start);
        let words = without_values(error.message()).replace('\n', ", ");
        Fault::Syntax(words).at(start).in_file(path, text)
    }

    pub(super) fn read(path: &Path, source: io::Error) -> Self {
        Self::Read { name: file::shown(path), source }
    }

    /// Adds the environment variable that named the file.
    pub(super) fn named_by(self, variable: &str) -> Self {
        match self {
            Self::Read { name, source } => {
                Self::Read { name: format!("{name} ({variable})"), source }
            }
            other => other,
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { name, source } => {
                write!(f, "cannot read the configuration {name}: {source}")
            }
            Self::Exposed(exposed) => exposed.fmt(f),
            Self::Invalid { name, line, column, fault } => {
                write!(f, "{name}:{line}:{column}: {fault}")
            }
        }
    }
}

impl fmt::Display for Fault {
    #[expect(clippy::too_many_lines, reason = "a sentence for each fault")]
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
            Self::Type { met, allowed } => {
                let allowed = match allowed {
                    Type::Switch => "true or false",
                    Type::Number => "a whole number of at least 1",
                    Type::Table => "a table",
                    _ => "a list of tables",
                };
                write!(f, "expected {allowed}, but found a value of the type {met}")
            }
            Self::Duration { met, fault } => write!(f, "`{}`: {fault}", met.escape_debug()),
            Self::Clock { met, fault } => write!(f, "`{}`: {fault}", met.escape_debug()),
            Self::Claim { met } => {
                write!(f, "unknown claim `{}`: {NotAClaim}", met.escape_debug())
            }
            Self::Language { met } => {
                write!(f, "unsupported language `{}`: expected en, de or ko", met.escape_debug())
            }
            Self::Choice { met, known } => {
                write!(f, "unknown value `{}`: expected one of {known}", met.escape_debug())
            }
            Self::Address { met } => write!(
                f,
                "`{}`: expected an address such as 127.0.0.1:8474 or [::1]:8474 (names are not looked up)",
                met.escape_debug()
            ),
            Self::Url { met, fault } => write!(f, "`{}`: {fault}", met.escape_debug()),
            Self::Algorithm { met, known } => {
                write!(f, "unsupported algorithm `{}`: expected one of {known}", met.escape_debug())
            }
            Self::Header { met } => write!(
                f,
                "`{}`: expected the name of a header that only this service sets, such as X-Auth-Subject",
                met.escape_debug()
            ),
            Self::Text { met, like } => {
                write!(f, "`{}`: expected a text such as `{like}`", met.escape_debug())
            }
            Self::Missing { keys } => write!(f, "this table needs {keys}"),
            Self::Together { keys: [one, other] } => {
                write!(f, "{one} and {other} exclude each other: remove one of them")
            }
            Self::Twice { key, met } => {
                write!(f, "another table has the same {key} `{}`", met.escape_debug())
            }
            Self::AnyIssuer => f.write_str(
                "there are several issuers, so each table needs `issuer`, the `iss` of its tokens",
            ),
        }
    }
}

impl core::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::Exposed(_) | Self::Invalid { .. } => None,
        }
    }
}
