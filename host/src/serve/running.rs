//! Starts and stops the service, and replaces its policies while it runs.

use std::sync::Arc;

use tokio::runtime::Handle;

use super::journal::Journal;
use super::routes;
use super::service::{InForce, Service};
use super::store::{Store, StoreError, StoreSettings, StoreState};
use super::systemd;
use crate::http::server::{Address, Bound, Limits, ListenError, Server, ServerTls, runtime};

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
    /// The error of `in_force`, or [`StoreError`] if used tokens cannot be kept.
    pub(crate) fn start<E: From<ListenError> + From<StoreError>>(
        bound: Bound,
        tls: Option<Arc<ServerTls>>,
        journal: Journal,
        in_force: impl FnOnce() -> Result<InForce, E>,
    ) -> Result<Self, E> {
        let address = bound.address().clone();
        let fault = |source| ListenError { address: address.clone(), source };
        let runtime = runtime().map_err(fault)?;
        let handle = runtime.handle().clone();
        let entered = handle.enter();
        let mut in_force = in_force()?;
        in_force.store = store(&handle, &in_force, None)?;
        let service = Arc::new(Service::new(in_force, journal));
        drop(entered);
        let (limits, shared) = (Limits::SERVICE, Arc::clone(&service));
        let answer = move |request| routes::route(Arc::clone(&shared), limits, request);
        handle.spawn(systemd::watch());
        let bound = bound.encrypted(tls);
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
    /// The error of `in_force`, or [`StoreError`] as for [`start`](Self::start), or if the store of used
    /// tokens would have another place.
    pub(crate) fn reload<E: From<StoreError>>(
        &self,
        in_force: impl FnOnce(&InForce) -> Result<InForce, E>,
    ) -> Result<(), E> {
        let _entered = self.handle.enter();
        let before = self.service.in_force();
        let mut in_force = in_force(&before)?;
        in_force.store = store(&self.handle, &in_force, before.store.as_ref())?;
        self.service.replace(in_force);
        Ok(())
    }

    /// Returns the state of the store of used tokens.
    pub(crate) fn store(&self) -> Option<StoreState> {
        self.service.in_force().store.as_ref().map(|store| store.state())
    }

    /// Lets running requests finish, and returns when all have ended.
    pub(crate) fn stop(self) {
        self.server.stop();
    }
}

/// Opens the store that the policies need, or keeps the one in force, with the new limits: its file cannot be
/// opened twice. A store that may have entries stays where it is, since tokens that it has would pass again.
fn store(
    handle: &Handle,
    next: &InForce,
    in_force: Option<&Arc<Store>>,
) -> Result<Option<Arc<Store>>, StoreError> {
    let settings = next.policy.store_settings()?;
    let open = |settings: &StoreSettings| handle.block_on(Store::open(settings)).map(Arc::new);
    let Some(store) = in_force else { return settings.as_ref().map(open).transpose() };
    match settings {
        Some(settings) if store.serves(&settings) => {
            store.adjust(&settings);
            Ok(Some(Arc::clone(store)))
        }
        Some(settings) if store.is_at(&settings.place) => open(&settings).map(Some),
        settings => {
            if !store.is_void() {
                return Err(store.moved(settings.as_ref()));
            }
            let opened = settings.as_ref().map(open).transpose()?;
            // A request may have used it meanwhile.
            if store.retire() { Ok(opened) } else { Err(store.moved(settings.as_ref())) }
        }
    }
}
