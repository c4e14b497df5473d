//! The same test again and again, each time on new connections: what stands behind one name need
//! not be one server, nor have one clock.

use jwtick_core::Span;

use super::connection_test::Repeats;
use super::outcome::{Outcome, Runs, Step};
use super::run::Run;
use crate::output::StatusLine;

impl Run<'_, '_, '_> {
    /// Makes the test as often as asked for. A run that is broken off does not count.
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
            self.note(format_args!("Run {number} of {}", repeats.times));
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

/// The steps to report: of the first run that did not connect, or else of the first.
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
