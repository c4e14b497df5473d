//! Requests to one server, over one connection for as long as the server keeps it open.

use core::net::SocketAddr;
use core::time::Duration;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use jwtick_core::{Span, TimeBounds};

use super::answer::{Follow, Reply};
use super::error::DateError;
use crate::http::client::{
    Answer, CertificateFault, Client, Connection, DateMethod, HttpError, InsecureConnection, Peer,
    Reached, Target, Way,
};
use crate::source::responder::{Identity, Responder};

// Timers of the runtime have millisecond resolution; the last two milliseconds use the system's
// sleep.
const COARSE: Duration = Duration::from_millis(2);

// Larger than an error page; a longer body costs a new connection instead.
const LONGEST_BODY: usize = 64 * 1024;
const SLOWEST_BODY: Duration = Duration::from_millis(200);

// A name that only the proxy can resolve must not delay the answer beyond the grace that `ask` allows
// after its deadline.
const SLOWEST_LOOKUP: Duration = Duration::from_millis(200);

/// A server and the state of requests to it.
pub(super) struct Session {
    client: Arc<Client>,
    target: Target,
    unproved: Unproved,
    method: DateMethod,
    line: Option<Line>,
    /// Every server that was connected to for `target`, and the certificate error of the first.
    peers: Vec<Arc<Peer>>,
    fault: Option<CertificateFault>,
    named: Target,
    follow: Follow,
    /// Every host that was connected to, also before a redirect.
    responder: Responder,
    /// The addresses of the proxies that were used.
    proxies: Vec<SocketAddr>,
    requests: usize,
}

enum Line {
    Proved(Connection),
    Unproved(InsecureConnection),
}

impl Session {
    pub(super) fn new(
        client: Arc<Client>,
        target: Target,
        unproved: Unproved,
        follow: Follow,
    ) -> Self {
        let mut responder = Responder::default();
        responder.name(target.host());
        Self {
            client,
            named: target.clone(),
            target,
            unproved,
            method: DateMethod::Head,
            line: None,
            peers: Vec::new(),
            fault: None,
            follow,
            responder,
            proxies: Vec::new(),
            requests: 0,
        }
    }

    /// Returns the hosts that were connected to; `doubted` if a certificate is not valid.
    ///
    /// Plain HTTP through a proxy, and TLS without a valid certificate, may be answered by the proxy
    /// itself. A tunnel to a verified server leads to the addresses of its name, as far as they are
    /// known here.
    pub(super) async fn responder(&self, doubted: bool) -> Responder {
        let mut responder = self.responder.clone();
        if !self.proxies.is_empty() {
            let found = self.lookup().await;
            if doubted || !self.target.is_https() || found.is_empty() {
                responder.reach(self.proxies.iter().copied());
            }
            responder.reach(found);
        }
        // After a redirect from http, anyone on the way may have chosen the certified host.
        if self.named.is_https() && !doubted {
            responder.identity = Identity::Certified;
        }
        responder
    }

    async fn lookup(&self) -> Vec<SocketAddr> {
        let name = (self.target.host(), self.target.port());
        let found = tokio::time::timeout(SLOWEST_LOOKUP, tokio::net::lookup_host(name)).await;
        found.ok().and_then(Result::ok).map_or_else(Vec::new, Iterator::collect)
    }

    /// Returns the number of requests that were sent.
    pub(super) const fn requests(&self) -> usize {
        self.requests
    }

    pub(super) const fn target(&self) -> &Target {
        &self.target
    }

    /// Returns true if the server must have a valid certificate.
    pub(super) const fn insists(&self) -> bool {
        matches!(self.unproved, Unproved::Refused)
    }

    /// Returns the connection if it still leads to the verified server of `target`.
    pub(super) fn into_connection(self, target: &Target) -> Option<Connection> {
        match self.line? {
            Line::Proved(connection) if self.target == *target => Some(connection),
            Line::Proved(_) | Line::Unproved(_) => None,
        }
    }

    /// Returns the error with any of its certificates if UTC is within `utc`.
    pub(super) fn fault_within(&self, utc: TimeBounds) -> Option<CertificateFault> {
        self.peers.iter().find_map(|peer| peer.fault_within(utc))
    }

    /// Returns the certificate error at the time of the connection.
    pub(super) const fn fault(&self) -> Option<&CertificateFault> {
        self.fault.as_ref()
    }

    /// Returns the proxy that requests are sent to.
    pub(super) fn proxy(&self) -> Option<&str> {
        match self.line.as_ref()? {
            Line::Proved(connection) => connection.proxy(),
            Line::Unproved(connection) => connection.proxy(),
        }
    }

    /// Follows a redirect to `location`; returns the new URL.
    pub(super) fn redirect(&mut self, location: &str) -> Result<String, DateError> {
        let next = self
            .target
            .join(location)
            .map_err(|_| DateError::Location { to: location.to_owned() })?;
        if self.target.is_https() && !next.is_https() {
            return Err(DateError::Downgrade { to: next.to_string() });
        }
        self.follow.permit(&self.named, &next)?;
        self.responder.name(next.host());
        self.target = next;
        self.method = DateMethod::Head;
        (self.line, self.fault) = (None, None);
        self.peers.clear();
        Ok(self.target.to_string())
    }

    /// Waits until `at`, and ensures an open connection at that instant.
    pub(super) async fn ready_at(&mut self, at: Instant) -> Result<(), HttpError> {
        self.connect().await?;
        if let Some(coarse) = at.checked_sub(COARSE) {
            tokio::time::sleep_until(coarse.into()).await;
        }
        self.connect().await?;
        thread::sleep(at.saturating_duration_since(Instant::now()));
        Ok(())
    }

    /// Sends a request, and repeats it once if the kept connection turns out to be closed.
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
        self.requests = self.requests.saturating_add(1);
        let answer = answer.inspect_err(|_| self.line = None)?;
        let reply = Reply::of(&answer);
        if reply.refuses_head() {
            self.method = DateMethod::Get;
        }
        self.drain(answer).await;
        Ok(reply)
    }

    // The body does not affect the time, but must be read before the next request.
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
            Unproved::Refused | Unproved::Judged => {
                Line::Proved(self.client.connect(&self.target).await?)
            }
            Unproved::Measured => {
                Line::Unproved(self.client.connect_insecurely(&self.target).await?)
            }
        };
        self.peers.extend(line.peer().cloned());
        let Reached { endpoints, ends, way } = line.reached();
        match way {
            Way::Direct => {
                self.responder.reach(endpoints.iter().copied());
                if let Some((peer, local)) = ends {
                    self.responder.meet(*peer, *local);
                }
            }
            Way::Proxy => self.proxies.extend(endpoints),
        }
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

    const fn reached(&self) -> &Reached {
        match self {
            Self::Proved(connection) => connection.reached(),
            Self::Unproved(connection) => connection.reached(),
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

/// Converts a span to wait for; a negative one becomes zero.
pub(super) fn wait(span: Span) -> Duration {
    Duration::from_micros(u64::try_from(span.as_micros()).unwrap_or(0))
}

/// Treatment of servers without a valid certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unproved {
    /// Such servers are an error.
    Refused,
    /// Such servers are an error by a time that the server does not tell: its `Date` may be wrong.
    Judged,
    /// Such servers are measured, and the observation says so.
    Measured,
}
