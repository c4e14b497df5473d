//! A line on the terminal while answers are awaited.

use core::time::Duration;
use std::io::{self, IsTerminal, Write};
use std::time::Instant;

use jwtick_core::render::{self, Language};

use crate::notation::duration::span;

/// Tells who waits that something happens. Says nothing unless standard error is a terminal.
#[derive(Debug)]
pub(super) struct Waiting {
    started: Instant,
    timeout: Duration,
    language: Language,
    shown: bool,
    visible: bool,
}

/// Before that nobody asks.
const PATIENCE: Duration = Duration::from_secs(1);

impl Waiting {
    /// No more often than an eye can follow.
    pub(super) const PAUSE: Duration = Duration::from_millis(200);

    pub(super) fn since(started: Instant, timeout: Duration, language: Language) -> Self {
        Self { started, timeout, language, shown: false, visible: io::stderr().is_terminal() }
    }

    /// Says how many of `all` have answered.
    pub(super) fn tell(&mut self, answered: usize, all: usize) {
        let passed = self.started.elapsed();
        if !self.visible || passed < PATIENCE {
            return;
        }
        self.shown = true;
        let left = render::rounded(span(self.timeout.saturating_sub(passed)), self.language);
        // Back to the start of the line, and nothing left of a longer one (ECMA-48 EL).
        let _ = match self.language {
            Language::English => {
                write!(io::stderr(), "\r\x1B[K{answered} of {all} sources answered, {left} left")
            }
            Language::German => {
                write!(
                    io::stderr(),
                    "\r\x1B[K{answered} von {all} Quellen haben geantwortet, noch {left}"
                )
            }
            Language::Korean => {
                write!(io::stderr(), "\r\x1B[K소스 {all}개 중 {answered}개 응답, 남은 시간 {left}")
            }
        };
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1B[K");
        }
    }
}
