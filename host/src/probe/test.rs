//! One connection test, from its first log line to its report.

use std::io;

use jwtick_core::Span;
use jwtick_core::evidence::transcript::Entry;
use jwtick_core::survey::{Correction, Survey};
use tokio::runtime::Builder;

use super::connection_test::{ConnectionTest, Repeats, Retry};
use super::outcome::{Outcome, Report, Runs};
use super::run::Run;
use super::transcript::Transcript;

impl ConnectionTest<'_> {
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
            repeats,
        };
        run.open();
        run.measure();
        let runs = repeats.map(|repeats| run.repeat(repeats));
        let outcome = runs.map_or_else(|| run.attempt(Span::ZERO), Runs::outcome);
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
        let Run { log, steps, server, runtime, .. } = run;
        runtime.shutdown_background();
        Ok(Report { outcome, steps, runs, server, diagnosis: log.finish(), corrected })
    }
}
