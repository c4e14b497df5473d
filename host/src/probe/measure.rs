//! Measures the clocks before a test starts: the token endpoint's and third ones.
//!
//! A third clock is one of another host. Servers that are the token endpoint's own host, or each
//! other's, are no further witnesses.

use std::io::ErrorKind;
use std::time::Instant;

use jwtick_core::Span;
use jwtick_core::evidence::transcript::{Entry, Means};
use jwtick_core::survey::{Survey, Testimony};
use jwtick_core::time::Offset;

use super::outcome::StepName;
use super::run::Run;
use crate::notation::duration::span;
use crate::source::http_date::{self, Effort, Measured};
use crate::source::{Numbers, Observation, Responder, SameHost, SourceError};

type Observed = Result<Observation, SourceError>;

/// The answer of a third clock.
struct Third {
    name: String,
    took: Span,
    observed: Observed,
}

impl Run<'_, '_, '_> {
    /// Measures all clocks.
    pub(super) fn measure(&mut self) {
        let test = self.test;
        let mut thirds = Vec::new();
        for clock in &test.third_clocks {
            let began = Instant::now();
            let observed = clock.observe(&test.local, began + test.patience);
            thirds.push(Third { name: clock.name(), took: span(began.elapsed()), observed });
        }
        let began = Instant::now();
        let server = test.server_clock.map(|effort| {
            let measured = self.runtime.block_on(self.ask_server(effort, began));
            (measured, span(began.elapsed()))
        });
        self.note_thirds(&thirds, server.as_ref().map(|(measured, _)| &measured.responder));
        if let Some((measured, took)) = server {
            self.kept = measured.kept;
            self.server = measured.observed.as_ref().ok().map(|observed| observed.offset);
            if let Some(offset) = self.server {
                let (server, means) = (test.token.target.authority().into(), Means::HttpDate);
                self.note(Entry::Measured { server, means, offset });
            }
            let error = measured.observed.err().map(|fault| fault.to_string());
            self.stepped_in(StepName::Clock, took, error);
        }
    }

    async fn ask_server(&self, effort: Effort, began: Instant) -> Measured {
        let test = self.test;
        let deadline = began + test.patience;
        let (client, target) = (&test.client, test.token.target);
        tokio::select! {
            measured = http_date::measured(client, target, &test.local, deadline, effort) => {
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
    fn note_thirds(&mut self, thirds: &[Third], server: Option<&Responder>) {
        let nobody = Responder::default();
        let found = |third: &'_ Third| third.observed.as_ref().ok().map(|it| it.responder.clone());
        let others: Vec<Responder> =
            thirds.iter().map(|third| found(third).unwrap_or_default()).collect();
        let server = server.unwrap_or(&nobody);
        let all: Vec<&Responder> = [server].into_iter().chain(&others).collect();
        // The token endpoint is number 0, and so are all sources that are its host.
        let Numbers { witnesses, hosts } = Numbers::of(&all).without_first();
        let offset = |(third, number): (&Third, &usize)| third.offset().filter(|_| *number != 0);
        let offsets: Vec<Option<Offset>> = thirds.iter().zip(&witnesses).map(offset).collect();
        for (index, third) in thirds.iter().enumerate() {
            let number = witnesses.get(index).copied().unwrap_or_default();
            let first = witnesses.iter().position(|other| *other == number).unwrap_or(index);
            let testimony = Testimony::of(&offsets, &witnesses, number);
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
        self.thirds = Survey::of_witnesses(&offsets, &witnesses, &hosts, Span::ZERO);
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

impl Third {
    fn offset(&self) -> Option<Offset> {
        self.observed.as_ref().ok().map(|observed| observed.offset)
    }
}
