//! Starts and stops the service, and replaces its policies while it runs.

use std::sync::Arc;

use tokio::runtime::Handle;

use super::journal::Journal;
use super::routes;
use super::service::{InForce, Service};
use crate::http::server::{Address, Bound, Limits, ListenError, Server, runtime};

/// A service that runs until it is stopped or dropped.
pub(crate) struct Running {
    service: Arc<Service>,
    address: Address,
    /// For tasks of policies that a reload puts in force.
    handle: Handle,
    server: Server,
}

impl Running {
    /// Starts in this process, on its own threads. `in_force` may start tasks.
    ///
    /// # Errors
    /// The error of `in_force`, or [`ListenError`] if the address is not available.
    pub(crate) fn start<E: From<ListenError>>(
        listen: impl Into<Address>,
        journal: Journal,
        in_force: impl FnOnce() -> Result<InForce, E>,
    ) -> Result<Self, E> {
        let bound = Bound::to(listen)?;
        let address = bound.address().clone();
        let fault = |source| ListenError { address: address.clone(), source };
        let runtime = runtime().map_err(fault)?;
        let handle = runtime.handle().clone();
        let entered = handle.enter();
        let service = Arc::new(Service::new(in_force()?, journal));
        drop(entered);
        let (limits, shared) = (Limits::SERVICE, Arc::clone(&service));
        let answer = move |request| routes::route(Arc::clone(&shared), limits, request);
        let server = bound.serve_on(runtime, answer, limits).map_err(fault)?;
        Ok(Self { service, address, handle, server })
    }

    /// The address on which it listens.
    pub(crate) const fn address(&self) -> &Address {
        &self.address
    }

    /// Puts other policies in force, all or none. Requests that have begun end with those of their
    /// beginning.
    ///
    /// # Errors
    /// The error of `in_force`.
    pub(crate) fn reload<E>(
        &self,
        in_force: impl FnOnce(&InForce) -> Result<InForce, E>,
    ) -> Result<(), E> {
        let _entered = self.handle.enter();
        self.service.replace(in_force(&self.service.in_force())?);
        Ok(())
    }

    /// Lets running requests finish, and returns when all have ended.
    pub(crate) fn stop(self) {
        self.server.stop();
    }
}
