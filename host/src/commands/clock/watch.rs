//! `clock --watch`: one line a round, until somebody interrupts.

use core::time::Duration;
use std::time::Instant;

use jwtick_core::Span;
use jwtick_core::render::Language;

use super::answer;
use super::answer::Anew;
use super::history::History;
use super::plan::Plan;
use super::surveyed::Surveyed;
use crate::commands::error::Error;
use crate::exit::Exit;
use crate::notation::duration::to_std;
use crate::output;
use crate::signal::Interrupt;
use crate::source::LocalClock;

/// Rounds of one plan.
struct Watch {
    plan: Plan,
    interrupt: Interrupt,
    history: History,
    before: Option<LocalClock>,
    language: Language,
}

/// Measures every `pause`, and ends with the exit of the last round.
///
/// # Errors
/// As for [`Plan::survey`], [`Error::Signals`] if nobody could interrupt, and [`Error::Write`] if standard output does not take a line.
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
        let line = if json { answer::json } else { answer::line };
        if output::print_on(&line(&surveyed, language))? == output::Reader::Left {
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
    /// One round; `None` if it was interrupted.
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
