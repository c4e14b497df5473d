//! The same test again and again, each time on new connections: what stands behind one name need
//! not be one server, nor have one clock.

use core::time::Duration;

use jwtick_core::{DateOrigin, Span, UnixTime};
use tokio::time;

use super::exchange::Exchanged;
use super::scene::Run;
use super::{Outcome, Runs, Step};
use crate::http::client::Target;
use crate::notation::duration::decimal;
use crate::output::status_line::StatusLine;
use crate::signal::Interrupt;

/// How often, and who may end it before.
pub(crate) struct Repeats {
    pub(crate) times: u16,
    pub(crate) interrupt: Interrupt,
}

impl Run<'_, '_, '_> {
    /// Comes back when somebody wants the test to end; never where there is one run only, which a
    /// signal ends at once.
    pub(super) async fn interrupted(&self) {
        // Nobody notices a delay below this.
        const NAP: Duration = Duration::from_millis(50);
        while !self.repeats.is_some_and(|repeats| repeats.interrupt.is_raised()) {
            time::sleep(NAP).await;
        }
    }

    /// Makes the test as often as asked for. A run that is broken off does not count.
    pub(super) fn repeat(&mut self, repeats: &Repeats) -> Runs {
        let mut runs = Runs::of(repeats.times);
        let mut line = StatusLine::new();
        let before = self.steps.len();
        let mut telling = Telling::default();
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
            telling.offer(outcome, steps);
        }
        self.steps.extend(telling.steps);
        runs
    }

    /// Notes which clock answered, for whoever compares all answers.
    pub(super) fn note_clock(&mut self, target: &Target, answer: &Exchanged) {
        let sample = answer.reply.sample(self.local());
        let Some(sample) = sample.ok().filter(|sample| sample.origin == DateOrigin::Fresh) else {
            return;
        };
        let offset = sample.offset();
        let since_1970 = |at: UnixTime| decimal(at - UnixTime::EPOCH);
        self.note(format_args!(
            "Answered for {} by a clock {} to {} s from this one: Date {}, here {} to {}",
            target.authority(),
            decimal(offset.least()),
            decimal(offset.most()),
            since_1970(sample.date.at()),
            since_1970(sample.local.before()),
            since_1970(sample.local.after()),
        ));
    }
}

/// The steps to report: of the first run that did not connect, or else of the first.
#[derive(Default)]
struct Telling {
    steps: Vec<Step>,
    outcome: Option<Outcome>,
}

impl Telling {
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
