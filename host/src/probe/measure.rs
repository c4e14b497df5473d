//! Measures the clocks before a test starts: the token endpoint's and third ones.

use std::io::ErrorKind;
use std::time::Instant;

use jwtick_core::evidence::transcript::{Entry, Level, Means};
use jwtick_core::time::Offset;

use super::outcome::{Outcome, StepName};
use super::run::Run;
use crate::http::client::Connection;
use crate::source::http_date::{self, Effort};
use crate::source::{Observation, SourceError};

type Observed = Result<Observation, SourceError>;

impl Run<'_, '_, '_> {
    /// Measures all clocks.
    ///
    /// # Errors
    /// The outcome of the test, if the certificate of the token endpoint is refused.
    pub(super) fn measure(&mut self) -> Result<(), Outcome> {
        let test = self.test;
        for clock in &test.third_clocks {
            let began = Instant::now();
            let observed = clock.observe(&test.local, began + test.patience);
            let name = clock.name();
            let offset = self.measured(observed, began, StepName::Ntp, (&name, Means::Ntp));
            self.others.extend(offset);
        }
        if let Some(effort) = test.server_clock {
            let began = Instant::now();
            let (observed, kept) = self.runtime.block_on(self.ask_server(effort, began));
            self.kept = kept;
            if let Err(SourceError::Http(error)) = &observed
                && let Some(refused) = self.refused_certificate(test.token.target, error)
                && refused.is_of(test.token.target)
            {
                let fault = refused.to_string();
                self.write(Level::Error, Entry::Unanswered { fault: fault.as_str().into() });
                self.stepped(StepName::Clock, began, Some(fault));
                return Err(Outcome::Unreachable);
            }
            let server = test.token.target.authority();
            self.server =
                self.measured(observed, began, StepName::Clock, (server, Means::HttpDate));
        }
        Ok(())
    }

    async fn ask_server(&self, effort: Effort, began: Instant) -> (Observed, Option<Connection>) {
        let test = self.test;
        let deadline = began + test.patience;
        let target = test.token.target;
        let (client, unproved) = self.measuring_client();
        let asked = (&client, unproved);
        tokio::select! {
            measured = http_date::measured(asked, target, &test.local, deadline, effort) => {
                measured
            }
            () = self.interrupted() => {
                (Err(SourceError::Network(ErrorKind::Interrupted.into())), None)
            }
        }
    }

    fn measured(
        &mut self,
        observed: Observed,
        began: Instant,
        step: StepName,
        (name, means): (&str, Means),
    ) -> Option<Offset> {
        let (offset, error) = match observed {
            Ok(observed) => (Some(observed.offset), None),
            Err(fault) => (None, Some(fault.to_string())),
        };
        if let Some(offset) = offset {
            self.note(Entry::Measured { server: name.into(), means, offset });
        }
        self.stepped(step, began, error);
        offset
    }
}
