//! A line on the terminal that is replaced again and again, and is gone in the end.

use std::io::{self, IsTerminal, Write};

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
