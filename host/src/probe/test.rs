//! One connection test, from its first log line to its report, and tests that are repeated on new
//! connections: several servers may share one name, and their clocks may differ.

use std::io;

use jwtick_core::Span;
use jwtick_core::evidence::transcript::Entry;
use jwtick_core::survey::{Correction, Survey};
use tokio::runtime::Builder;

use super::connection_test::{ConnectionTest, Repeats, Retry};
use super::outcome::{Outcome, Report, Runs, Step};
use super::run::Run;
use super::secrets::Secrets;
use super::transcript::Transcript;
use crate::output::StatusLine;

impl ConnectionTest<'_> {
    fn hide_secrets(&self, secrets: &mut Secrets) {
        self.token.client.secret.into_iter().for_each(|secret| secrets.keep(secret));
        let receiver = self.receiver.as_ref().map(|receiver| receiver.target);
        for target in [Some(self.token.target), receiver].into_iter().flatten() {
            if let Some(password) = self.client.proxy_password(target) {
                secrets.keep(&password);
            }
        }
    }

    /// Tests the connection, once or as often as `repeats` says, and logs the events in `log`.
    ///
    /// # Errors
    /// Only if the system has no event queue left.
    pub(crate) fn run(
        &self,
        log: Transcript<'_>,
        retry: Retry,
        repeats: Option<&Repeats>,
    ) -> io::Result<Report> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let mut run = Run {
            test: self,
            log,
            runtime,
            steps: vec![],
            server: None,
            thirds: Survey::of(&[], Span::ZERO),
            kept: None,
            time_requests: 0,
            repeats,
        };
        self.hide_secrets(run.log.secrets());
        run.open();
        let measured = run.measure();
        let runs = repeats.filter(|_| measured.is_ok()).map(|repeats| run.repeat(repeats));
        let outcome = match (measured, runs) {
            (Err(outcome), _) => outcome,
            (Ok(()), Some(runs)) => runs.outcome(),
            (Ok(()), None) => run.attempt(Span::ZERO),
        };
        let planned = match (retry, outcome, run.server) {
            (Retry::Once { longest }, Outcome::Refused, Some(server)) => {
                Some(Correction::plan(server, run.thirds, longest))
            }
            _ => None,
        };
        let corrected = planned.map(|planned| {
            planned.map(|correction| {
                run.note(Entry::Retrying { ahead: correction.by() });
                run.attempt(correction.by())
            })
        });
        let Run { log, steps, server, time_requests, runtime, .. } = run;
        runtime.shutdown_background();
        let diagnosis = log.finish();
        Ok(Report { outcome, steps, runs, server, time_requests, diagnosis, corrected })
    }
}

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
