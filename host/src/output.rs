//! Standard output and standard error: colour only on a terminal and never under `NO_COLOR`, a
//! reader who leaves early is no error, a full disk is one.

pub(crate) mod safe;

use core::fmt;
use std::io::{self, IsTerminal, Write};

/// Prints an answer.
///
/// # Errors
/// [`WriteError`] if standard output does not take all of it. A closed pipe (`| head`) ends the
/// output quietly instead: the reader has seen enough, and the exit code stays what it is.
pub(crate) fn print(text: &str) -> Result<(), WriteError> {
    print_on(text).map(|_| ())
}

/// Whether anybody still reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Listens,
    Left,
}

/// Prints a part of an answer that goes on, and tells whether to go on.
///
/// # Errors
/// As for [`print`].
pub(crate) fn print_on(text: &str) -> Result<Reader, WriteError> {
    let mut stdout = anstream::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(Reader::Listens),
        Err(source) if source.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Left),
        Err(source) => Err(WriteError(source)),
    }
}

/// Says on standard error what deserves attention. There is nowhere left to report a failure to.
pub(crate) fn warn(sentence: &str) {
    let _ = writeln!(anstream::stderr(), "jwtick: {sentence}");
}

/// Writes a line of a log on standard error, where a slow reader slows the program down.
pub(crate) fn log(line: &str) {
    let _ = anstream::stderr().write_all(line.as_bytes());
}

/// Standard output did not take an answer.
#[derive(Debug)]
pub(crate) struct WriteError(pub(crate) io::Error);

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write to standard output: {}", self.0)
    }
}

impl core::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The line. Says nothing unless standard error is a terminal.
#[derive(Debug)]
pub(crate) struct StatusLine {
    visible: bool,
    shown: bool,
}

impl StatusLine {
    pub(crate) fn new() -> Self {
        Self { visible: io::stderr().is_terminal(), shown: false }
    }

    /// Never says anything.
    pub(crate) const fn hidden() -> Self {
        Self { visible: false, shown: false }
    }

    /// Replaces the line.
    pub(crate) fn show(&mut self, text: &str) {
        if self.visible {
            self.shown = true;
            // Back to the start of the line, and nothing left of a longer one (ECMA-48 EL).
            let _ = write!(io::stderr(), "\r\x1B[K{text}");
        }
    }
}

impl Drop for StatusLine {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1B[K");
        }
    }
}
