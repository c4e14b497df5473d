//! HTTP `Date` as a source: requests timed to the boundaries of a server's seconds (RFC 9110
//! §6.6.1).
//!
//! `jwtick_core::survey::DateSeries` decides what a series of answers proves and when to send the
//! next request.

mod answer;
mod error;
pub(crate) mod session;

use core::mem;
use std::sync::Arc;
use std::time::Instant;

use jwtick_core::survey::{DateFault, DateOrigin, DateSample, DateSeries};
use jwtick_core::{Span, TimeBounds};
use tokio::runtime::Builder;

pub(crate) use answer::{Follow, Reply};
pub(crate) use error::{DateError, HttpNote};
pub(crate) use session::Unproved;

use super::local::LocalClock;
use super::observation::{Bound, Kind, Note, Observation, Source, SourceError};
use super::os;
use super::responder::Responder;
use crate::http::client::{Client, Connection, HttpError, Target, Trust};

use session::Session;

/// Enough to narrow a second down to eight milliseconds plus a round trip.
const MOST_REQUESTS: usize = 8;

/// Few sites redirect more than twice; the limit ends redirect loops.
const MOST_REDIRECTS: usize = 5;

// Share of the remaining time, so that an unreachable address leaves some for the next.
const PATIENCE_SHARE: u32 = 3;

/// Length of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Until the offset is as narrow as possible.
    Series,
    /// A few requests, which leave an uncertainty of an eighth of a second plus a round trip.
    Few,
    /// Until the clock is seen to advance, which leaves an uncertainty of up to a second.
    Brief,
}

impl Effort {
    /// The number of requests that are enough once the clock was seen to advance.
    const fn enough(self) -> usize {
        match self {
            Self::Series => MOST_REQUESTS,
            Self::Few => 4,
            Self::Brief => 1,
        }
    }
}

/// A URL whose server sends a `Date` with its answers.
pub(crate) struct HttpDateSource {
    target: Target,
    trust: Trust,
    unproved: Unproved,
    follow: Follow,
}

impl HttpDateSource {
    pub(crate) const fn new(
        target: Target,
        trust: Trust,
        unproved: Unproved,
        follow: Follow,
    ) -> Self {
        Self { target, trust, unproved, follow }
    }
}

impl Source for HttpDateSource {
    fn name(&self) -> String {
        self.target.to_string()
    }

    fn kind(&self) -> Kind {
        Kind::Http
    }

    fn observe(&self, local: &LocalClock, deadline: Instant) -> Result<Observation, SourceError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(SourceError::Network)?;
        let patience = deadline.saturating_duration_since(Instant::now()) / PATIENCE_SHARE;
        let client = Arc::new(Client::new(self.trust.clone(), patience));
        let session = Session::new(client, self.target.clone(), self.unproved, self.follow);
        let mut measurement = Measurement::new(*local, deadline, session);
        let observed = runtime.block_on(measurement.run(Effort::Series));
        // Shutdown does not wait for a name lookup that is still running.
        runtime.shutdown_background();
        observed
    }
}

/// The clock of a server, the hosts that answered for it, and the connection if it is still open:
/// several servers may share one name, and this connection reaches the one that was measured.
pub(crate) struct Measured {
    pub(crate) observed: Result<Observation, SourceError>,
    pub(crate) responder: Responder,
    pub(crate) kept: Option<Connection>,
    /// The number of requests that were sent.
    pub(crate) requests: usize,
}

/// Queries the server of `target`, which may redirect only within its own host, through a client.
pub(crate) async fn measured(
    (client, unproved): (&Arc<Client>, Unproved),
    target: &Target,
    local: &LocalClock,
    deadline: Instant,
    effort: Effort,
) -> Measured {
    let session = Session::new(Arc::clone(client), target.clone(), unproved, Follow::NamedHost);
    let mut measurement = Measurement::new(*local, deadline, session);
    let observed = measurement.run(effort).await;
    let responder = measurement.session.responder(observed.is_err()).await;
    let requests = measurement.session.requests();
    let kept = measurement.session.into_connection(target).filter(|_| observed.is_ok());
    Measured { observed, responder, kept, requests }
}

/// A running series.
struct Measurement {
    local: LocalClock,
    began: Instant,
    deadline: Instant,
    session: Session,
    series: DateSeries,
    stored: usize,
    failure: Option<SourceError>,
    notes: Vec<HttpNote>,
}

impl Measurement {
    fn new(local: LocalClock, deadline: Instant, session: Session) -> Self {
        let (series, began) = (DateSeries::new(), Instant::now());
        Self {
            local,
            began,
            deadline,
            session,
            series,
            stored: 0,
            failure: None,
            notes: Vec::new(),
        }
    }

    async fn run(&mut self, effort: Effort) -> Result<Observation, SourceError> {
        let first = self.follow().await?;
        self.take(&first)?;
        for asked in 1..MOST_REQUESTS {
            let advanced = self.series.offset().is_some();
            if advanced && asked >= effort.enough() {
                break;
            }
            let now = self.local.now();
            let Some(at) = self.series.next_request(now) else { break };
            // A second after the others, the last of a few sees the clock advance.
            let is_last = asked.saturating_add(1) == effort.enough();
            let at = if is_last && !advanced { at.max(now + Span::from_secs(1)) } else { at };
            let Some(reply) = self.ask_at(Instant::now() + session::wait(at - now)).await? else {
                break;
            };
            self.take(&reply)?;
        }
        let observed = self.observation()?;
        let doubted = |note: &Note| matches!(note, Note::Http(HttpNote::Unproved { .. }));
        let doubted = observed.notes.iter().any(doubted);
        let responder = self.session.responder(doubted).await;
        Ok(Observation { responder, ..observed })
    }

    // Queries the server at the end of the redirects.
    async fn follow(&mut self) -> Result<Reply, SourceError> {
        for _ in 0..=MOST_REDIRECTS {
            let reply = self.before_deadline().await?;
            let Some(location) = reply.redirect() else { return Ok(reply) };
            let from = self.session.target().to_string();
            let to = self.session.redirect(location)?;
            let fresh = reply.sample(&self.local).ok().filter(|it| it.origin == DateOrigin::Fresh);
            let offset = fresh.map(DateSample::offset);
            self.notes.push(HttpNote::Redirected { from, to, offset });
        }
        Err(DateError::Redirects { followed: MOST_REDIRECTS }.into())
    }

    async fn before_deadline(&mut self) -> Result<Reply, SourceError> {
        let asked = tokio::time::timeout_at(self.deadline.into(), self.session.ask()).await;
        Ok(asked.map_err(|_| SourceError::Timeout { after: self.allowed() })??)
    }

    // In whole milliseconds, as the user gave it: some of it has already passed.
    fn allowed(&self) -> Span {
        let micros =
            crate::notation::duration::span(self.deadline.saturating_duration_since(self.began))
                .as_micros();
        Span::from_millis(micros.saturating_add(999) / 1_000)
    }

    // `None` once the deadline, or a connection that breaks repeatedly, ends the series.
    async fn ask_at(&mut self, at: Instant) -> Result<Option<Reply>, SourceError> {
        let delay = self.series.delay().map_or(core::time::Duration::ZERO, session::wait);
        if at + delay >= self.deadline {
            return Ok(None);
        }
        let ready = tokio::time::timeout_at(self.deadline.into(), self.session.ready_at(at)).await;
        if !matches!(ready, Ok(Ok(()))) {
            return Ok(None);
        }
        match self.before_deadline().await {
            Ok(reply) => Ok(Some(reply)),
            Err(failure) => {
                self.failure = Some(failure);
                Ok(None)
            }
        }
    }

    fn take(&mut self, reply: &Reply) -> Result<(), SourceError> {
        if reply.is_late_farewell() {
            return Ok(());
        }
        let sample = reply.sample(&self.local)?;
        match self.series.add(sample) {
            Err(DateFault::Stored { .. }) => self.stored += 1,
            added => added.map_err(DateError::Series)?,
        }
        if let Some(proxy) = reply.via().or(self.session.proxy()).map(str::to_owned) {
            self.note(HttpNote::Via { proxy });
        }
        Ok(())
    }

    fn note(&mut self, note: HttpNote) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn observation(&mut self) -> Result<Observation, SourceError> {
        let Some(offset) = self.series.offset() else { return Err(self.nothing()) };
        let utc = offset.apply(self.local.now());
        if utc.intersect(os::known()).is_none() {
            let (utc, written) = (utc.latest(), os::known().earliest());
            return Err(DateError::BeforeWritten { utc, written }.into());
        }
        self.judge_certificate(utc)?;
        if self.stored > 0 {
            self.note(HttpNote::Stored { answers: self.stored });
        }
        let notes = mem::take(&mut self.notes).into_iter().map(Note::Http).collect();
        let (delay, bound) = (self.series.delay(), Bound::DateSecond);
        let responder = Responder::default();
        Ok(Observation { offset, delay, bound, responder, notes })
    }

    fn nothing(&mut self) -> SourceError {
        match (self.failure.take(), self.stored) {
            (Some(failure), _) => failure,
            (None, 0) => DateError::Unmoved.into(),
            (None, answers) => DateError::Stored { answers }.into(),
        }
    }

    // If the certificate was valid at some time, the server's `Date` shows whether it is valid now.
    fn judge_certificate(&mut self, utc: TimeBounds) -> Result<(), SourceError> {
        let reading = TimeBounds::exactly(self.local.now());
        let doubt = self.session.fault().cloned();
        let by_clock = self.session.fault_within(reading);
        let by_date = self.session.fault_within(utc);
        match (doubt, by_date, by_clock) {
            (Some(fault), ..) => self.note(HttpNote::Unproved { fault }),
            (None, Some(fault), _) if self.session.insists() => {
                let host = self.session.target().host().to_owned();
                return Err(HttpError::Certificate { host, fault }.into());
            }
            (None, Some(fault), _) => self.note(HttpNote::Unproved { fault }),
            (None, None, Some(fault)) => self.note(HttpNote::RefusedByThisClock { fault }),
            (None, None, None) => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
