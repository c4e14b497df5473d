//! Requests to one server, over one connection as long as the server keeps it.

use core::time::Duration;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use jwtick_core::{Span, TimeBounds};

use super::answer::Reply;
use super::error::DateError;
use crate::http::client::{
    Answer, CertificateFault, Client, Connection, DateMethod, HttpError, InsecureConnection, Peer,
    Target,
};

// Timers of the runtime count milliseconds; the last two are slept by the system's own.
const COARSE: Duration = Duration::from_millis(2);

// More than a page of an error; a longer body costs a new connection instead.
const LONGEST_BODY: usize = 64 * 1024;
const SLOWEST_BODY: Duration = Duration::from_millis(200);

/// A server and the way to ask it.
pub(super) struct Session {
    client: Arc<Client>,
    target: Target,
    unproved: Unproved,
    method: DateMethod,
    line: Option<Line>,
    /// Every server of `target` that was connected to, and what was wrong with the first.
    peers: Vec<Arc<Peer>>,
    fault: Option<CertificateFault>,
}

enum Line {
    Proved(Connection),
    Unproved(InsecureConnection),
}

impl Session {
    pub(super) fn new(client: Arc<Client>, target: Target, unproved: Unproved) -> Self {
        let (method, peers) = (DateMethod::Head, Vec::new());
        Self { client, target, unproved, method, line: None, peers, fault: None }
    }

    pub(super) const fn target(&self) -> &Target {
        &self.target
    }

    /// Whether a server must prove who it is.
    pub(super) const fn insists(&self) -> bool {
        matches!(self.unproved, Unproved::Refused)
    }

    /// The connection, if it still leads to the server of `target` and that has proved who it is.
    pub(super) fn into_connection(self, target: &Target) -> Option<Connection> {
        match self.line? {
            Line::Proved(connection) if self.target == *target => Some(connection),
            Line::Proved(_) | Line::Unproved(_) => None,
        }
    }

    /// What is wrong with any of its certificates if UTC lies in `utc`.
    pub(super) fn fault_within(&self, utc: TimeBounds) -> Option<CertificateFault> {
        self.peers.iter().find_map(|peer| peer.fault_within(utc))
    }

    /// What was wrong with a certificate when it was shown.
    pub(super) const fn fault(&self) -> Option<&CertificateFault> {
        self.fault.as_ref()
    }

    /// The proxy that is asked instead.
    pub(super) fn proxy(&self) -> Option<&str> {
        match self.line.as_ref()? {
            Line::Proved(connection) => connection.proxy(),
            Line::Unproved(connection) => connection.proxy(),
        }
    }

    /// Goes on with the URL that `location` names; returns it.
    pub(super) fn redirect(&mut self, location: &str) -> Result<String, DateError> {
        let next = self
            .target
            .join(location)
            .map_err(|_| DateError::Location { to: location.to_owned() })?;
        if self.target.is_https() && !next.is_https() {
            return Err(DateError::Downgrade { to: next.to_string() });
        }
        self.target = next;
        self.method = DateMethod::Head;
        (self.line, self.fault) = (None, None);
        self.peers.clear();
        Ok(self.target.to_string())
    }

    /// Waits until `at` with a connection that is open then.
    pub(super) async fn ready_at(&mut self, at: Instant) -> Result<(), HttpError> {
        self.connect().await?;
        if let Some(coarse) = at.checked_sub(COARSE) {
            tokio::time::sleep_until(coarse.into()).await;
        }
        self.connect().await?;
        thread::sleep(at.saturating_duration_since(Instant::now()));
        Ok(())
    }

    /// Asks once; twice if the connection that was kept turns out to be closed.
    pub(super) async fn ask(&mut self) -> Result<Reply, HttpError> {
        let kept = self.line.is_some();
        match self.ask_once().await {
            Err(HttpError::Http(_)) if kept => self.ask_once().await,
            asked => asked,
        }
    }

    async fn ask_once(&mut self) -> Result<Reply, HttpError> {
        let method = self.method;
        let target = self.target.clone();
        let answer = match self.connect().await? {
            Line::Proved(connection) => connection.ask(method, &target).await,
            Line::Unproved(connection) => connection.ask(method, &target).await,
        };
        let answer = answer.inspect_err(|_| self.line = None)?;
        let reply = Reply::of(&answer);
        if reply.refuses_head() {
            self.method = DateMethod::Get;
        }
        self.drain(answer).await;
        Ok(reply)
    }

    // What follows the head has no part in the time, but has to be out of the way.
    async fn drain(&mut self, answer: Answer) {
        let drained = tokio::time::timeout(SLOWEST_BODY, answer.body(LONGEST_BODY)).await;
        if !matches!(drained, Ok(Ok(_))) {
            self.line = None;
        }
    }

    async fn connect(&mut self) -> Result<&mut Line, HttpError> {
        let kept = match self.line.take() {
            Some(mut line) => line.is_open().await.then_some(line),
            None => None,
        };
        let line = match kept {
            Some(line) => line,
            None => self.dial().await?,
        };
        Ok(self.line.insert(line))
    }

    async fn dial(&mut self) -> Result<Line, HttpError> {
        let line = match self.unproved {
            Unproved::Refused => Line::Proved(self.client.connect(&self.target).await?),
            Unproved::Measured => {
                Line::Unproved(self.client.connect_insecurely(&self.target).await?)
            }
        };
        self.peers.extend(line.peer().cloned());
        self.fault = self.fault.take().or_else(|| line.fault().cloned());
        Ok(line)
    }
}

impl Line {
    async fn is_open(&mut self) -> bool {
        match self {
            Self::Proved(connection) => connection.is_open().await,
            Self::Unproved(connection) => connection.is_open().await,
        }
    }

    const fn peer(&self) -> Option<&Arc<Peer>> {
        match self {
            Self::Proved(connection) => connection.peer(),
            Self::Unproved(connection) => connection.peer(),
        }
    }

    const fn fault(&self) -> Option<&CertificateFault> {
        match self {
            Self::Proved(_) => None,
            Self::Unproved(connection) => connection.fault(),
        }
    }
}

/// A length to wait for; nothing if it is negative.
pub(super) fn wait(span: Span) -> Duration {
    Duration::from_micros(u64::try_from(span.as_micros()).unwrap_or(0))
}

/// Whether a server that proves nothing is measured all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unproved {
    /// It is an error.
    Refused,
    /// It is, and its observation says so.
    Measured,
}
