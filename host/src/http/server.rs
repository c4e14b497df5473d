//! An HTTP/1.1 server on its own thread. Its limits come from [`Limits`]; the caller supplies the
//! answers and every `Date`, since some callers need a wrong clock.

mod accept;
pub(crate) mod content;
mod deadline;
mod listener;

use core::fmt;
use core::future::Future;
use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use hyper::Request;
use hyper::body::Incoming;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

pub(crate) use content::{Limits, Response};
pub(crate) use listener::{Address, ServerTls, Socket};

/// A server that runs until it is stopped or dropped.
pub(crate) struct Server {
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

/// A bound address on which nothing is served yet, because answers may need to contain it.
pub(crate) struct Bound {
    socket: Socket,
    address: Address,
    tls: Option<Arc<ServerTls>>,
}

/// The address cannot be used.
#[derive(Debug)]
pub(crate) struct ListenError {
    pub(crate) address: Address,
    pub(crate) source: io::Error,
}

impl Bound {
    /// Binds the address; port 0 selects any free port.
    ///
    /// # Errors
    /// The error of bind(2): the address is in use, not local, or not permitted to this user.
    pub(crate) fn to(address: impl Into<Address>) -> Result<Self, ListenError> {
        let address = address.into();
        let bound = Socket::bind(&address).and_then(|socket| Ok((socket.address()?, socket)));
        match bound {
            Ok((address, socket)) => Ok(Self { socket, address, tls: None }),
            Err(source) => Err(ListenError { address, source }),
        }
    }

    /// Uses a socket that another process has bound.
    ///
    /// # Errors
    /// The error of getsockname(2).
    pub(crate) fn inherited(socket: Socket) -> io::Result<Self> {
        Ok(Self { address: socket.address()?, socket, tls: None })
    }

    /// Encrypts all connections.
    pub(crate) fn encrypted(self, tls: Option<Arc<ServerTls>>) -> Self {
        Self { tls, ..self }
    }

    /// Returns the address with the selected port.
    pub(crate) const fn address(&self) -> &Address {
        &self.address
    }

    /// Starts to serve. Whatever answers sees each request before its body is read, and reads it by
    /// [`content::bounded`], so that a clock and a log also see the requests that the limits refuse.
    ///
    /// # Errors
    /// Only if the system has no thread or no event queue left.
    pub(crate) fn serve<A, F>(self, answer: A, limits: Limits) -> Result<Server, ListenError>
    where
        A: Fn(Request<Incoming>) -> F + Clone + Send + 'static,
        F: Future<Output = Response> + Send + 'static,
    {
        let address = self.address.clone();
        let served = runtime().and_then(|runtime| self.serve_on(runtime, answer, limits));
        served.map_err(|source| ListenError { address, source })
    }

    /// Does the same on a runtime that the caller made.
    ///
    /// # Errors
    /// Only if the system has no thread left.
    pub(crate) fn serve_on<A, F>(
        self,
        runtime: Runtime,
        answer: A,
        limits: Limits,
    ) -> io::Result<Server>
    where
        A: Fn(Request<Incoming>) -> F + Clone + Send + 'static,
        F: Future<Output = Response> + Send + 'static,
    {
        accept::allow(limits.connections);
        let (stop, stopped) = oneshot::channel();
        let listener = {
            let _entered = runtime.enter();
            self.socket.into_listener()?
        };
        let accepting = accept::all(listener, self.tls, answer, limits, stopped);
        let run = move || runtime.block_on(accepting);
        let thread = thread::Builder::new().name("http server".to_owned()).spawn(run)?;
        Ok(Server { running: Some((stop, thread)) })
    }
}

/// Makes a runtime for a server and its tasks in the background.
///
/// # Errors
/// Only if the system has no event queue left.
pub(crate) fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread().thread_name("http worker").enable_all().build()
}

impl Server {
    /// Stops accepting connections, lets running requests finish within the limits, and returns
    /// when all have ended.
    pub(crate) fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            // The receiver is gone if the server ended by itself.
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

impl fmt::Display for ListenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, source } = self;
        if source.kind() == io::ErrorKind::AddrInUse {
            write!(
                f,
                "expected a free address, but {address} is in use by another program: give --listen \
                 another port, or 0 for any free one"
            )
        } else {
            write!(f, "cannot listen on {address}: {source}: give --listen another address")
        }
    }
}

impl core::error::Error for ListenError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.source)
    }
}
