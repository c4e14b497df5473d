//! An authorization server and a receiver whose clocks can be wrong: the other side of a
//! connection, for tests. The core decides whether an assertion is acceptable.

mod access;
mod answer;
mod assertion;
mod client;
mod clock;
mod fault;
mod registry;
mod routes;
mod service;
mod token;
mod urls;
mod wording;

use core::fmt;
use core::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use jwtick_core::Span;

pub(crate) use crate::http::server::Limits;
pub(crate) use answer::{Entry, Log, Note};
pub(crate) use assertion::Terms;
pub(crate) use clock::{Motion, Plan, Step};
pub(crate) use fault::{DateFault, Faults};
pub(crate) use registry::{Registered, Registry};
pub(crate) use urls::Urls;
pub(crate) use wording::Wording;

use crate::http::server::{Bound, ListenError, Server};

use access::Signer;
use assertion::{AssertionVerifier, Replays};
use clock::Cluster;
use service::Service;

/// The configuration of a stand-in.
pub(crate) struct Config {
    pub(crate) listen: SocketAddr,
    /// The base of all addresses, if clients use another address than the one it listens on.
    pub(crate) base: Option<String>,
    /// One node for each plan; a single node with a right clock if empty.
    pub(crate) clocks: Vec<Plan>,
    pub(crate) faults: Faults,
    pub(crate) registry: Registry,
    pub(crate) terms: Terms,
    /// Accepted `aud` values in addition to the issuer and the address of the token endpoint (RFC
    /// 7523 §3, item 3).
    pub(crate) audiences: Vec<String>,
    pub(crate) wording: Wording,
    pub(crate) token_lifetime: Span,
    pub(crate) limits: Limits,
    pub(crate) log: Log,
}

impl Config {
    /// Returns the defaults: a right clock, no faults, only the requirements of RFC 7523, on
    /// loopback, without a log.
    pub(crate) fn ordinary(registry: Registry) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            base: None,
            clocks: vec![],
            faults: Faults::default(),
            registry,
            terms: Terms::RFC7523,
            audiences: vec![],
            wording: Wording::default(),
            token_lifetime: Span::from_secs(3_600),
            limits: Limits::ORDINARY,
            log: Log::to(|_| {}),
        }
    }
}

/// Reasons why a stand-in could not start.
#[derive(Debug)]
pub(crate) enum StartError {
    Listen(ListenError),
    NoRandomness,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(fault) => fault.fmt(f),
            Self::NoRandomness => f.write_str(
                "expected random numbers for a key, but the operating system provides none: try again later",
            ),
        }
    }
}

impl core::error::Error for StartError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Listen(fault) => fault.source(),
            Self::NoRandomness => None,
        }
    }
}

/// A stand-in that runs until it is stopped or dropped.
pub(crate) struct StandIn {
    urls: Urls,
    server: Server,
}

impl StandIn {
    /// Starts in this process, on its own threads.
    ///
    /// # Errors
    /// [`StartError::Listen`] if the address is not available, [`StartError::NoRandomness`] if no
    /// key can be generated.
    pub(crate) fn start(config: Config) -> Result<Self, StartError> {
        let (address, limits) = (config.listen, config.limits);
        let bound = Bound::to(address).map_err(StartError::Listen)?;
        let base = config.base.clone().unwrap_or_else(|| format!("http://{}", bound.address()));
        let urls = Urls::of(&base);
        let service = Arc::new(service(config, urls.clone())?);
        let answer = move |request| routes::turn(Arc::clone(&service), limits, request);
        let server = bound.serve(answer, limits).map_err(StartError::Listen)?;
        Ok(Self { urls, server })
    }

    pub(crate) const fn urls(&self) -> &Urls {
        &self.urls
    }

    /// Lets running requests finish, and returns when all have ended.
    pub(crate) fn stop(self) {
        self.server.stop();
    }
}

fn service(config: Config, urls: Urls) -> Result<Service, StartError> {
    let mut audiences = config.audiences;
    audiences.extend([urls.token.clone(), urls.exchange.clone(), urls.issuer.clone()]);
    Ok(Service {
        cluster: Cluster::start(config.clocks),
        assertions: AssertionVerifier {
            registry: config.registry,
            terms: config.terms,
            audiences,
            replays: Replays::new(),
        },
        signer: Signer::generate(access::TYPE).map_err(|_| StartError::NoRandomness)?,
        urls,
        faults: config.faults,
        wording: config.wording,
        token_lifetime: config.token_lifetime,
        log: config.log,
    })
}
