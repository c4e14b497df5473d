//! Standard output and standard error: colour only on a terminal and never under `NO_COLOR`, a
//! reader who leaves early is no error, a full disk is one.

pub(crate) mod file;

use std::io::{self, Write};

use clap::error::ErrorKind;
use jwtick_core::render::Language;

use crate::error::Error;
use crate::exit::Exit;
use crate::report::{refusal, safe};

/// Prints an answer.
///
/// # Errors
/// [`Error::Write`] if standard output does not take all of it. A closed pipe (`| head`) ends the
/// output quietly instead: the reader has seen enough, and the exit code stays what it is.
pub(crate) fn print(text: &str) -> Result<(), Error> {
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
pub(crate) fn print_on(text: &str) -> Result<Reader, Error> {
    let mut stdout = anstream::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(Reader::Listens),
        Err(source) if source.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Left),
        Err(source) => Err(Error::Write { source }),
    }
}

/// Says on standard error why nothing was done.
pub(crate) fn complain(error: &Error, language: Language) {
    // A name of a file may hold anything.
    warn(&safe::line(&refusal::error(error, language)));
}

/// Says on standard error what deserves attention. There is nowhere left to report a failure to.
pub(crate) fn warn(sentence: &str) {
    let _ = writeln!(anstream::stderr(), "jwtick: {sentence}");
}

/// Writes a line of a log on standard error, where a slow reader slows the program down.
pub(crate) fn log(line: &str) {
    let _ = anstream::stderr().write_all(line.as_bytes());
}

/// Answers `--help` and `--version`, and refuses what is not understood.
pub(crate) fn usage(answer: &clap::Error) -> Exit {
    if answer.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // A whole page is nobody's complaint.
        let _ = anstream::stderr().write_all(answer.render().ansi().to_string().as_bytes());
        return Exit::Usage;
    }
    if answer.use_stderr() {
        let text = answer.render().to_string();
        warn(text.strip_prefix("error: ").unwrap_or(&text).trim_end());
        return Exit::Usage;
    }
    match print(&answer.render().ansi().to_string()) {
        Ok(()) => Exit::Done,
        Err(error) => {
            complain(&error, Language::English); // as clap's own words
            error.exit()
        }
    }
}
