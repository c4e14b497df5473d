//! Where the text comes from: an argument, a file, standard input.

mod compression;
pub(crate) mod log;
mod progress;

use std::fs::File;
use std::io::{self, IsTerminal, Read};

use jwtick_core::render::Language;

use crate::error::Error;
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
}

/// Reads what `words` name: nothing or `-` is standard input, the name of a file its content, and
/// anything else is the text itself.
///
/// # Errors
/// [`Error::Read`] and [`Error::TooLong`].
pub(crate) fn text(words: &[String], language: Language) -> Result<Vec<u8>, Error> {
    match words {
        [] => stdin(Awaited::Token, language),
        [name] if name == "-" || is_file(name) => file(name, Awaited::Token, language),
        _ => Ok(words.join(" ").into_bytes()),
    }
}

/// Reads a whole file; `-` is standard input.
///
/// # Errors
/// [`Error::Read`] and [`Error::TooLong`].
pub(crate) fn file(name: &str, awaited: Awaited, language: Language) -> Result<Vec<u8>, Error> {
    if name == "-" {
        return stdin(awaited, language);
    }
    let unreadable = |source| Error::Read { name: name.to_owned(), source };
    read(name, File::open(name).map_err(unreadable)?)
}

/// The name of an input as a message says it.
pub(crate) fn shown(name: &str) -> String {
    if name == "-" { STDIN.to_owned() } else { name.to_owned() }
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
        .map_err(|source| Error::Read { name: name.to_owned(), source })?;
    if u64::try_from(text.len()).is_ok_and(|length| length <= LONGEST) {
        Ok(text)
    } else {
        Err(Error::TooLong { name: name.to_owned(), allowed: LONGEST })
    }
}

// A token is never taken for a file: its name would have to look like one.
fn is_file(name: &str) -> bool {
    name.len() < 4_096 && std::path::Path::new(name).exists()
}
