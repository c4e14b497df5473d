//! Measures the clocks before a test starts: the token endpoint's and third ones.
//!
//! A third clock is one of another host, or what the time service of this host reports, which has it
//! from another one. Servers that are the token endpoint's own host, or each other's, are no further
//! witnesses.

use core::time::Duration;
use std::io::ErrorKind;
use std::time::Instant;

use jwtick_core::Span;
use jwtick_core::evidence::transcript::{Entry, Level, Means};
use jwtick_core::survey::Testimony;

use super::outcome::{Outcome, Reason, StepName};
use super::run::Run;
use crate::notation::duration::span;
use crate::source::http_date::{self, Effort, Measured};
use crate::source::{Kind, Observation, Responder, SameHost, SourceError, Witnesses};

type Observed = Result<Observation, SourceError>;

/// Maximum time to wait for the time service of this host.
const OWN_PATIENCE: Duration = Duration::from_secs(2);

/// The answer of a third clock.
struct Third {
    name: String,
    kind: Kind,
    took: Span,
    observed: Observed,
}

impl Run<'_, '_, '_> {
    /// Measures all clocks.
    ///
    /// # Errors
    /// The outcome of the test, if the certificate of the token endpoint is refused.
    pub(super) fn measure(&mut self) -> Result<(), Outcome> {
        let test = self.test;
        let mut thirds = Vec::new();
        for clock in &test.third_clocks {
            let began = Instant::now();
            let kind = clock.kind();
            let (name, patience) = match kind {
                Kind::Os => (format!("{} on this host", clock.name()), OWN_PATIENCE),
                Kind::Ntp | Kind::Http => (clock.name(), test.patience),
            };
            let observed = clock.observe(&test.local, began + patience.min(test.patience));
            thirds.push(Third { name, kind, took: span(began.elapsed()), observed });
        }
        // Before it answers, the token endpoint is known by its name alone.
        let mut named = Responder::default();
        named.name(test.token.target.host());
        self.thirds = witnesses(&thirds, &named).survey(Span::ZERO);
        let began = Instant::now();
        let server = test.server_clock.map(|effort| {
            let measured = self.runtime.block_on(self.ask_server(effort, began));
            (measured, span(began.elapsed()))
        });
        let found = server.as_ref().map_or(&named, |(measured, _)| &measured.responder);
        let judged_by = self.thirds;
        self.note_thirds(&thirds, found);
        let Some((measured, took)) = server else { return Ok(()) };
        self.time_requests = measured.requests;
        // A connection whose certificate was judged by the endpoint's own second clock is not used.
        self.kept = measured.kept.filter(|_| judged_by == self.thirds);
        self.note_server(measured.observed, took)
    }

    fn note_server(&mut self, observed: Observed, took: Span) -> Result<(), Outcome> {
        let target = self.test.token.target;
        if let Err(SourceError::Http(error)) = &observed
            && let Some(refused) = self.refused_certificate(target, error)
            && refused.is_of(target)
        {
            let fault = refused.to_string();
            self.write(Level::Error, Entry::Unanswered { fault: fault.as_str().into() });
            let reason = Reason::new(&fault, &refused.said(self.test.language));
            self.stepped_in(StepName::Clock, took, Some(reason));
            return Err(Outcome::Unreachable);
        }
        self.server = observed.as_ref().ok().map(|observed| observed.offset);
        if let Some(offset) = self.server {
            let (server, means) = (target.authority().into(), Means::HttpDate);
            self.note(Entry::Measured { server, means, offset });
        }
        let reason = observed.err().map(|fault| Reason::of_source(&fault, self.test.language));
        self.stepped_in(StepName::Clock, took, reason);
        Ok(())
    }

    async fn ask_server(&self, effort: Effort, began: Instant) -> Measured {
        let test = self.test;
        let deadline = began + test.patience;
        let target = test.token.target;
        let (client, unproved) = self.measuring_client();
        let asked = (&client, unproved);
        tokio::select! {
            measured = http_date::measured(asked, target, &test.local, deadline, effort) => {
                measured
            }
            () = self.interrupted() => Measured {
                observed: Err(SourceError::Network(ErrorKind::Interrupted.into())),
                responder: Responder::default(),
                kept: None,
                requests: 0,
            }
        }
    }

    /// Records what the third clocks say, each host once, and compares them with the local clock.
    fn note_thirds(&mut self, thirds: &[Third], server: &Responder) {
        let witnesses = witnesses(thirds, server);
        for (index, third) in thirds.iter().enumerate() {
            let (first, testimony) = (witnesses.first(index), witnesses.testimony(index));
            let error = match (&third.observed, testimony) {
                (Err(fault), _) => Some(Reason::of_source(fault, self.test.language)),
                (Ok(_), Some(Testimony::Clear(offset))) if first == index => {
                    let (server, means) = (third.name.as_str().into(), Means::Ntp);
                    self.note(Entry::Measured { server, means, offset });
                    None
                }
                (Ok(observed), _) => {
                    let torn = testimony == Some(Testimony::Torn);
                    let same = self.same_host(&observed.responder, server, thirds, index, torn);
                    same.map(|same| Reason::of_same_host(same, self.test.language))
                }
            };
            // Unlike a server, the service of this host was not named, so it is no failure that it
            // shows nothing.
            if third.kind != Kind::Os || error.is_none() {
                self.stepped_in(StepName::Ntp, third.took, error);
            }
        }
        self.thirds = witnesses.survey(Span::ZERO);
    }

    // The reason why an answer does not count: the token endpoint or another third clock is the same
    // host.
    fn same_host(
        &self,
        own: &Responder,
        server: &Responder,
        thirds: &[Third],
        index: usize,
        torn: bool,
    ) -> Option<SameHost> {
        let endpoint = server.kinship(own).map(|by| {
            let name = self.test.token.target.authority().to_owned();
            SameHost { name, by: by.into(), torn: false }
        });
        endpoint.or_else(|| {
            let others = thirds.iter().enumerate().filter(|(at, _)| *at != index);
            others.into_iter().find_map(|(_, other)| {
                let by = other.observed.as_ref().ok()?.responder.kinship(own)?;
                Some(SameHost { name: other.name.clone(), by: by.into(), torn })
            })
        })
    }
}

/// The third clocks, without those of the token endpoint's own host, which `server` is.
fn witnesses(thirds: &[Third], server: &Responder) -> Witnesses {
    let nobody = Responder::default();
    let others = thirds.iter().map(|third| match &third.observed {
        Ok(found) => (Some(found.offset), &found.responder),
        Err(_) => (None, &nobody),
    });
    let all: Vec<_> = [(None, server)].into_iter().chain(others).collect();
    Witnesses::of(&all).besides_first()
}
