//! Starts and stops the service, and replaces its policies while it runs.

use core::net::SocketAddr;
use std::sync::Arc;

use super::journal::Journal;
use super::routes;
use super::service::{InForce, Service};
use crate::http::server::{Bound, Limits, ListenError, Server};

/// A service that runs until it is stopped or dropped.
pub(crate) struct Running {
    service: Arc<Service>,
    address: SocketAddr,
    server: Server,
}

impl Running {
    /// Starts in this process, on its own threads.
    ///
    /// # Errors
    /// [`ListenError`] if the address is not available.
    pub(crate) fn start(in_force: InForce, journal: Journal) -> Result<Self, ListenError> {
        let bound = Bound::to(in_force.policy.listen)?;
        let address = bound.address();
        let limits = Limits::ORDINARY;
        let service = Arc::new(Service::new(in_force, journal));
        let shared = Arc::clone(&service);
        let answer = move |request| routes::route(Arc::clone(&shared), limits, request);
        let server = bound.serve(answer, limits)?;
        Ok(Self { service, address, server })
    }

    /// The address on which it listens.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Puts other policies in force. Requests that have begun end with those of their beginning.
    pub(crate) fn replace(&self, in_force: InForce) {
        self.service.replace(in_force);
    }

    /// Lets running requests finish, and returns when all have ended.
    pub(crate) fn stop(self) {
        self.server.stop();
    }
}
