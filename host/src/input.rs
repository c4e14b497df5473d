//! Where the text comes from: an argument, a file, standard input.

mod compression;
pub(crate) mod log;
mod progress;

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use jwtick_core::render::Language;

use crate::error::{Error, FileFault};
use crate::output;
use crate::report::words;

/// A text that holds tokens is no longer than this; logs go through `diagnose`, which has no limit.
const LONGEST: u64 = 16 * 1024 * 1024;

/// What standard input is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Awaited {
    Log,
    Token,
    Key,
    Claims,
    Profile,
}

impl Awaited {
    /// The name that such a file may have.
    pub(crate) const fn example(self) -> &'static str {
        match self {
            Self::Log => "*.log",
            Self::Token => "token.txt",
            Self::Key => "key.jwk",
            Self::Claims => "claims.json",
            Self::Profile => "profile.toml",
        }
    }
}

/// Where the words of a command line lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// To standard input, or to a file of that name.
    Named,
    /// Nowhere: they are the text.
    Words,
    /// To nothing: a file, a pipe or a variable of a script is empty.
    Nothing,
}

/// Where `words` lead.
pub(crate) fn origin(words: &[OsString]) -> Origin {
    match words {
        [] => Origin::Named,
        [name] if is_stdin(Path::new(name)) || is_file(name) => Origin::Named,
        _ => Origin::Words,
    }
}

/// Reads what `words` name: nothing or `-` is standard input, the name of a file its content, and
/// anything else is the text itself.
///
/// # Errors
/// [`Error::File`].
pub(crate) fn text(words: &[OsString], language: Language) -> Result<Vec<u8>, Error> {
    match words {
        [] => stdin(Awaited::Token, language),
        [name] if origin(words) == Origin::Named => file(Path::new(name), Awaited::Token, language),
        _ => Ok(words.join(OsStr::new(" ")).into_encoded_bytes()),
    }
}

/// Reads a whole file; `-` is standard input.
///
/// # Errors
/// [`Error::File`].
pub(crate) fn file(name: &Path, awaited: Awaited, language: Language) -> Result<Vec<u8>, Error> {
    if is_stdin(name) {
        return stdin(awaited, language);
    }
    if name.is_dir() {
        return Err(FileFault::Folder { example: awaited.example() }.of(shown(name)).into());
    }
    let name_shown = shown(name);
    match File::open(name) {
        Ok(file) => read(&name_shown, file),
        Err(source) => Err(FileFault::Read(source).of(name_shown).into()),
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

const STDIN: &str = "standard input";

fn stdin(awaited: Awaited, language: Language) -> Result<Vec<u8>, Error> {
    let stdin = io::stdin().lock();
    if stdin.is_terminal() {
        output::warn(words::waiting(awaited, language));
    }
    read(STDIN, stdin)
}

fn read(name: &str, source: impl Read) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    source
        .take(LONGEST.saturating_add(1))
        .read_to_end(&mut text)
        .map_err(|source| FileFault::Read(source).of(name))?;
    if u64::try_from(text.len()).is_ok_and(|length| length <= LONGEST) {
        Ok(text)
    } else {
        Err(FileFault::TooLong { allowed: LONGEST }.of(name).into())
    }
}

// A token is never taken for a file: its name would have to look like one.
pub(crate) fn is_file(name: &OsStr) -> bool {
    name.len() < 4_096 && Path::new(name).exists()
}
