//! One connection test, from its first log line to its report.

use std::io;

use jwtick_core::Span;
use jwtick_core::evidence::transcript::Entry;
use jwtick_core::survey::{Correction, Survey};
use tokio::runtime::Builder;

use super::connection_test::{ConnectionTest, Repeats, Retry};
use super::outcome::{Outcome, Report};
use super::run::Run;
use super::secrets::Secrets;
use super::transcript::Transcript;

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
        let Run { log, steps, server, runtime, .. } = run;
        runtime.shutdown_background();
        Ok(Report { outcome, steps, runs, server, diagnosis: log.finish(), corrected })
    }
}
