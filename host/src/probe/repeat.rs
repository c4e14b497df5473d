//! Repeats a test on new connections each time: several servers may share one name, and their
//! clocks may differ.

use jwtick_core::Span;
use jwtick_core::evidence::transcript::Entry;

use super::connection_test::Repeats;
use super::outcome::{Outcome, Runs, Step};
use super::run::Run;
use crate::output::StatusLine;

impl Run<'_, '_, '_> {
    /// Runs the test as often as requested. An interrupted run does not count.
    pub(super) fn repeat(&mut self, repeats: &Repeats) -> Runs {
        let mut runs = Runs::of(repeats.times);
        let mut line = StatusLine::new();
        let before = self.steps.len();
        let mut reported = ReportedSteps::default();
        for number in 1..=repeats.times {
            if repeats.interrupt.is_raised() {
                break;
            }
            line.show(&format!("{} {number} / {}", self.authority(), repeats.times));
            self.note(Entry::Run { number, of: repeats.times });
            let outcome = self.attempt(Span::ZERO);
            let steps = self.steps.split_off(before);
            if repeats.interrupt.is_raised() {
                break;
            }
            runs.count(outcome);
            reported.offer(outcome, steps);
        }
        self.steps.extend(reported.steps);
        runs
    }
}

/// The steps to report: those of the first run that failed, or else of the first run.
#[derive(Default)]
struct ReportedSteps {
    steps: Vec<Step>,
    outcome: Option<Outcome>,
}

impl ReportedSteps {
    fn offer(&mut self, outcome: Outcome, steps: Vec<Step>) {
        let replaces = match self.outcome {
            None => true,
            Some(held) => held == Outcome::Connected && outcome != Outcome::Connected,
        };
        if replaces {
            *self = Self { steps, outcome: Some(outcome) };
        }
    }
}
