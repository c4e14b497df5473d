//! Standard output and standard error, which no other module uses: every text loses its hidden
//! characters here. Colour is used only on a terminal and never under `NO_COLOR`; a closed pipe is not
//! an error, but a full disk is.
#![expect(clippy::disallowed_methods, reason = "no other module writes to a terminal")]

pub(crate) mod safe;
mod text;

use core::fmt;
use std::io::{self, IsTerminal, Write};

pub(crate) use text::Text;

// Not named elsewhere, so that no other module can implement it.
use text::Printable;

/// Prints an answer.
///
/// # Errors
/// [`WriteError`] if standard output does not accept all of it. A closed pipe (`| head`) ends the
/// output silently instead: the reader needs no more, and the exit code is unchanged.
pub(crate) fn print(text: &(impl Printable + ?Sized)) -> Result<(), WriteError> {
    print_on(text).map(|_| ())
}

/// State of the reader of standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Listens,
    Left,
}

/// Prints a part of a longer answer, and returns whether there is still a reader.
///
/// # Errors
/// As for [`print()`].
pub(crate) fn print_on(text: &(impl Printable + ?Sized)) -> Result<Reader, WriteError> {
    let mut stdout = anstream::stdout().lock();
    match text.write_to(&mut stdout).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(Reader::Listens),
        Err(source) if source.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Left),
        Err(source) => Err(WriteError(source)),
    }
}

/// Returns whether standard output still has a reader, where the system tells before something is
/// written.
pub(crate) fn reader() -> Reader {
    #[cfg(all(feature = "program", target_os = "linux"))]
    {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let stdout = io::stdout();
        let mut ends = [PollFd::new(&stdout, PollFlags::empty())];
        let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
        let is_closed = |end: &PollFd<'_>| end.revents().contains(PollFlags::ERR);
        if poll(&mut ends, Some(&at_once)).is_ok() && ends.iter().any(is_closed) {
            return Reader::Left;
        }
    }
    Reader::Listens
}

/// Prints a warning on standard error. A failure to write it cannot be reported anywhere.
pub(crate) fn warn(sentence: &str) {
    log(&format!("jwtick: {sentence}\n"));
}

/// Writes to standard error; a slow reader slows the program down.
pub(crate) fn log(text: &(impl Printable + ?Sized)) {
    // Locked, so that lines of other threads do not mix with its pieces.
    let _ = text.write_to(&mut anstream::stderr().lock());
}

/// Shows a question on standard error; the answer is typed on the same line.
///
/// # Errors
/// If it cannot be shown.
pub(crate) fn ask(question: &str) -> io::Result<()> {
    let mut stderr = anstream::stderr().lock();
    question.write_to(&mut stderr)?;
    stderr.write_all(b" ")?;
    stderr.flush()
}

/// Returns true if a person can read a question and answer it.
pub(crate) fn is_answered_on_a_terminal() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Returns true if a person reads standard output, and not a program.
pub(crate) fn is_read_on_a_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Columns of the terminal; `None` if standard output is not one.
pub(crate) fn columns() -> Option<usize> {
    #[cfg(feature = "program")]
    return terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    #[cfg(not(feature = "program"))]
    None
}

/// Standard output did not accept an answer.
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

/// Erases the status line of a thread that is no longer waited for.
pub(crate) fn erase_status() {
    if io::stderr().is_terminal() {
        let _ = write!(io::stderr(), "\r\x1B[K");
    }
}

/// A status line that is rewritten in place. Shown only if standard error is a terminal.
#[derive(Debug)]
pub(crate) struct StatusLine {
    visible: bool,
    shown: bool,
}

impl StatusLine {
    pub(crate) fn new() -> Self {
        Self { visible: io::stderr().is_terminal(), shown: false }
    }

    /// Creates a line that is never shown.
    pub(crate) const fn hidden() -> Self {
        Self { visible: false, shown: false }
    }

    /// Replaces the line.
    pub(crate) fn show(&mut self, text: &str) {
        if self.visible {
            self.shown = true;
            // Returns to the start of the line and erases the rest of it (ECMA-48 EL).
            let _ = write!(io::stderr(), "\r\x1B[K{}", safe::line(text));
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
