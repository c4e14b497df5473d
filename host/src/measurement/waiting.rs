//! A line on the terminal while answers are awaited.

use core::time::Duration;
use std::time::Instant;

use jwtick_core::render::{self, Language};

use crate::notation::duration::span;
use crate::output::status_line::StatusLine;

/// Tells who waits that something happens. Says nothing unless standard error is a terminal.
#[derive(Debug)]
pub(super) struct Waiting {
    started: Instant,
    timeout: Duration,
    language: Language,
    line: StatusLine,
}

/// Before that nobody asks.
const PATIENCE: Duration = Duration::from_secs(1);

impl Waiting {
    /// No more often than an eye can follow.
    pub(super) const PAUSE: Duration = Duration::from_millis(200);

    pub(super) fn since(started: Instant, timeout: Duration, language: Language) -> Self {
        Self { started, timeout, language, line: StatusLine::new() }
    }

    /// Says how many of `all` have answered.
    pub(super) fn tell(&mut self, answered: usize, all: usize) {
        let passed = self.started.elapsed();
        if passed < PATIENCE {
            return;
        }
        let left = render::rounded(span(self.timeout.saturating_sub(passed)), self.language);
        self.line.show(&match self.language {
            Language::English => format!("{answered} of {all} sources answered, {left} left"),
            Language::German => {
                format!("{answered} von {all} Quellen haben geantwortet, noch {left}")
            }
            Language::Korean => format!("소스 {all}개 중 {answered}개 응답, 남은 시간 {left}"),
        });
    }
}
