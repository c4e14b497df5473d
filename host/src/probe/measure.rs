//! Measures the clocks before a test starts: the token endpoint's and third ones.
//!
//! A third clock is one of another host. Servers that are the token endpoint's own host, or each
//! other's, are no further witnesses.

use std::io::ErrorKind;
use std::time::Instant;

use jwtick_core::Span;
use jwtick_core::evidence::transcript::{Entry, Level, Means};
use jwtick_core::survey::Testimony;

use super::outcome::{Outcome, StepName};
use super::run::Run;
use crate::notation::duration::span;
use crate::source::http_date::{self, Effort, Measured};
use crate::source::{Observation, Responder, SameHost, SourceError, Witnesses};

type Observed = Result<Observation, SourceError>;

/// The answer of a third clock.
struct Third {
    name: String,
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
            let observed = clock.observe(&test.local, began + test.patience);
            thirds.push(Third { name: clock.name(), took: span(began.elapsed()), observed });
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
            self.stepped_in(StepName::Clock, took, Some(fault));
            return Err(Outcome::Unreachable);
        }
        self.server = observed.as_ref().ok().map(|observed| observed.offset);
        if let Some(offset) = self.server {
            let (server, means) = (target.authority().into(), Means::HttpDate);
            self.note(Entry::Measured { server, means, offset });
        }
        self.stepped_in(StepName::Clock, took, observed.err().map(|fault| fault.to_string()));
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
            }
        }
    }

    /// Records what the third clocks say, each host once, and compares them with the local clock.
    fn note_thirds(&mut self, thirds: &[Third], server: &Responder) {
        let witnesses = witnesses(thirds, server);
        for (index, third) in thirds.iter().enumerate() {
            let (first, testimony) = (witnesses.first(index), witnesses.testimony(index));
            let error = match (&third.observed, testimony) {
                (Err(fault), _) => Some(fault.to_string()),
                (Ok(_), Some(Testimony::Clear(offset))) if first == index => {
                    let (server, means) = (third.name.as_str().into(), Means::Ntp);
                    self.note(Entry::Measured { server, means, offset });
                    None
                }
                (Ok(observed), _) => {
                    let torn = testimony == Some(Testimony::Torn);
                    self.same_host(&observed.responder, server, thirds, index, torn)
                }
            };
            self.stepped_in(StepName::Ntp, third.took, error);
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
    ) -> Option<String> {
        let endpoint = server.kinship(own).map(|by| {
            let name = self.test.token.target.authority().to_owned();
            SameHost { name, by: by.into(), torn: false }.to_string()
        });
        endpoint.or_else(|| {
            let others = thirds.iter().enumerate().filter(|(at, _)| *at != index);
            others.into_iter().find_map(|(_, other)| {
                let by = other.observed.as_ref().ok()?.responder.kinship(own)?;
                Some(SameHost { name: other.name.clone(), by: by.into(), torn }.to_string())
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
