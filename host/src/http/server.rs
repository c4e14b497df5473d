//! A server of HTTP/1.1 on a thread of its own: its limits come from [`Limits`], its routes from the
//! caller, and so does every `Date`, since a clock that can be wrong is what some callers are about.

mod accept;
pub(crate) mod content;

use core::net::SocketAddr;
use std::io;
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use axum::{Router, middleware};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

pub(crate) use content::Limits;

/// A server that runs until it is stopped or dropped.
pub(crate) struct Server {
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

/// An address that is ours, before anything is served there: routes may have to name it.
pub(crate) struct Bound {
    listener: TcpListener,
    address: SocketAddr,
}

impl Bound {
    /// Takes the address; port 0 is any that is free.
    ///
    /// # Errors
    /// That of bind(2): the address is taken, not of this host, or not allowed to this user.
    pub(crate) fn to(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Self { address: listener.local_addr()?, listener })
    }

    /// The address with the port that was found.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Starts to serve. What `around` adds to the routes, as a clock and a log, also gets to see the
    /// requests that the limits refuse.
    ///
    /// # Errors
    /// Only if the system has no thread or no event queue left.
    pub(crate) fn serve(
        self,
        routes: Router,
        around: impl FnOnce(Router) -> Router,
        limits: Limits,
    ) -> io::Result<Server> {
        let bounded = middleware::from_fn_with_state(limits, content::bounded);
        let routes = around(routes.layer(bounded));
        accept::allow(limits.connections);
        let runtime = runtime()?;
        let (stop, stopped) = oneshot::channel();
        let listener = {
            let _entered = runtime.enter();
            tokio::net::TcpListener::from_std(self.listener)?
        };
        let run = move || runtime.block_on(accept::all(listener, routes, limits, stopped));
        let thread = thread::Builder::new().name("http server".to_owned()).spawn(run)?;
        Ok(Server { running: Some((stop, thread)) })
    }
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread().thread_name("http worker").enable_all().build()
}

impl Server {
    /// Takes no more connections, lets running requests end, for as long as the limits allow, and
    /// comes back when all is over.
    pub(crate) fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            // A server that ended by itself no longer receives.
            let _ = stop.send(());
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}
