//! `clock --watch`: prints one line per round until interrupted.

use core::time::Duration;
use std::collections::VecDeque;
use std::time::Instant;

use jwtick_core::Span;
use jwtick_core::time::{Offset, Rate};
use jwtick_core::words::Language;

use super::answer::{self, Anew};
use super::plan::{Plan, Surveyed};
use crate::commands::error::Error;
use crate::exit::Exit;
use crate::notation::duration::{span, to_std};
use crate::output;
use crate::signal::Interrupt;
use crate::source::LocalClock;

/// Repeated rounds of one plan.
struct Watch {
    plan: Plan,
    interrupt: Interrupt,
    history: History,
    before: Option<LocalClock>,
    language: Language,
}

/// Measures at intervals of `pause`, and returns the exit code of the last round.
///
/// # Errors
/// As for [`Plan::survey`], [`Error::Signals`] if signals cannot be caught, and [`Error::Write`] if
/// standard output cannot be written.
pub(super) fn watch(
    plan: Plan,
    pause: Span,
    json: bool,
    language: Language,
) -> Result<Exit, Error> {
    let interrupt = Interrupt::listen().map_err(|source| Error::Signals { source })?;
    let plan = plan.until(&interrupt);
    let mut watch = Watch { plan, interrupt, history: History::default(), before: None, language };
    let mut exit = Exit::Undetermined;
    loop {
        let started = Instant::now();
        let Some(surveyed) = watch.round()? else { return Ok(exit) };
        let line = if json {
            answer::json(&surveyed, language).into()
        } else {
            answer::line(&surveyed, language)
        };
        if output::print_on(&line)? == output::Reader::Left {
            return Ok(surveyed.exit());
        }
        exit = surveyed.exit();
        let rest: Duration = to_std(pause).saturating_sub(started.elapsed());
        if watch.interrupt.within(rest) {
            return Ok(exit);
        }
    }
}

impl Watch {
    /// Runs one round; `None` if it was interrupted.
    fn round(&mut self) -> Result<Option<Surveyed>, Error> {
        if let Some(by) = self.before.and_then(|local| local.stepped()) {
            output::warn(&answer::stepped(by, Anew::Drift, self.language));
            self.history.clear();
        }
        let at = Instant::now();
        let mut surveyed = self.plan.survey(self.language);
        if self.interrupt.is_raised() {
            return Ok(None);
        }
        if let Some(offset) = surveyed.survey.offset() {
            self.history.add(at, offset);
        }
        surveyed.rate = self.history.rate();
        self.before = Some(surveyed.measurement.local);
        Ok(Some(surveyed))
    }
}

/// Number of rounds to keep: two hours at one round every 30 s.
const KEPT: usize = 240;

/// Offsets, oldest round first.
#[derive(Debug, Default)]
pub(super) struct History {
    rounds: VecDeque<(Instant, Offset)>,
}

impl History {
    /// Adds a round; if the history is full, drops the oldest.
    pub(super) fn add(&mut self, at: Instant, offset: Offset) {
        if self.rounds.len() == KEPT {
            self.rounds.pop_front();
        }
        self.rounds.push_back((at, offset));
    }

    /// Discards all rounds, because the clock was set.
    pub(super) fn clear(&mut self) {
        self.rounds.clear();
    }

    /// The drift from the oldest round to the newest.
    pub(super) fn rate(&self) -> Option<Rate> {
        let (&(began, first), &(ended, last)) = (self.rounds.front()?, self.rounds.back()?);
        Rate::between(first, last, span(ended.saturating_duration_since(began)))
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use jwtick_core::Span;

    use super::*;

    #[test]
    fn rate_covers_oldest_kept_round_to_newest() {
        let start = Instant::now();
        let mut history = History::default();
        assert_eq!(history.rate(), None);
        for round in 0..600_u32 {
            // The first rounds have another drift; they must be dropped.
            let micros = if round < 300 { 0 } else { 100 * i64::from(round) };
            let at = start + Duration::from_secs(u64::from(round));
            history.add(at, Offset::exactly(Span::from_micros(micros)));
        }
        assert_eq!(history.rounds.len(), KEPT);
        assert_eq!(history.rate().map(Rate::least_ppb), Some(100_000));
        history.clear();
        assert_eq!(history.rate(), None);
    }
}
