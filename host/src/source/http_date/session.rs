//! Requests to one server, over one connection as long as the server keeps it.

use core::time::Duration;
use std::thread;
use std::time::Instant;

use jwtick_core::Span;

use super::answer::Reply;
use super::{DateError, Unproved};
use crate::http::client::{
    Answer, CertificateFault, Client, Connection, DateMethod, HttpError, InsecureConnection, Peer,
    Target,
};

// Timers of the runtime count milliseconds; the last two are slept by the system's own.
const COARSE: Duration = Duration::from_millis(2);

// More than a page of an error; a longer body costs a new connection instead.
const LONGEST_BODY: usize = 64 * 1024;

/// A server and the way to ask it.
pub(super) struct Session {
    client: Client,
    target: Target,
    unproved: Unproved,
    method: DateMethod,
    line: Option<Line>,
}

enum Line {
    Proved(Connection),
    Unproved(InsecureConnection),
}

impl Session {
    pub(super) const fn new(client: Client, target: Target, unproved: Unproved) -> Self {
        Self { client, target, unproved, method: DateMethod::Head, line: None }
    }

    pub(super) const fn target(&self) -> &Target {
        &self.target
    }

    /// Whether a server must prove who it is.
    pub(super) const fn insists(&self) -> bool {
        matches!(self.unproved, Unproved::Refused)
    }

    /// Whom the server proved to be.
    pub(super) fn peer(&self) -> Option<&Peer> {
        match self.line.as_ref()? {
            Line::Proved(connection) => connection.peer(),
            Line::Unproved(connection) => connection.peer(),
        }
    }

    /// What was wrong with its certificate.
    pub(super) fn fault(&self) -> Option<CertificateFault> {
        match self.line.as_ref()? {
            Line::Proved(_) => None,
            Line::Unproved(connection) => connection.fault().cloned(),
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
        self.line = None;
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
        if answer.body(LONGEST_BODY).await.is_err() {
            self.line = None;
        }
    }

    async fn connect(&mut self) -> Result<&mut Line, HttpError> {
        let open = match &mut self.line {
            Some(Line::Proved(connection)) => connection.is_open().await,
            Some(Line::Unproved(connection)) => connection.is_open().await,
            None => false,
        };
        if !open {
            self.line = None;
        }
        match &mut self.line {
            Some(line) => Ok(line),
            empty => {
                let line = match self.unproved {
                    Unproved::Refused => Line::Proved(self.client.connect(&self.target).await?),
                    Unproved::Measured => {
                        Line::Unproved(self.client.connect_insecurely(&self.target).await?)
                    }
                };
                Ok(empty.insert(line))
            }
        }
    }
}

/// A length to wait for; nothing if it is negative.
pub(super) fn wait(span: Span) -> Duration {
    Duration::from_micros(u64::try_from(span.as_micros()).unwrap_or(0))
}
