//! Accepts connections, serves as many as the limits permit, and shuts down cleanly.

use core::convert::Infallible;
use core::future::Future;
use core::time::Duration;
use std::io;
use std::sync::Arc;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::{sleep, timeout};

use super::content::{Limits, Response};
use super::deadline::{Deadlined, Exchanges};
use super::listener::{Listener, ServerTls, Stream};

/// The response to a client beyond the limit. It has no `Date`: this layer has no clock, and RFC
/// 9110 §6.6.1 makes it optional for a 5xx.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\
    Content-Type: text/plain\r\nContent-Length: 32\r\n\r\ntoo many connections, try again\n";

/// Time that a refused client has to read the response.
const FAREWELL: Duration = Duration::from_secs(1);

/// Pause after an error of accept(2). The usual one, no file descriptor left (EMFILE), leaves the
/// connection in the queue, so that an immediate retry would loop without end.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` receives a value or its sender is dropped.
pub(super) async fn all<A, F>(
    listener: Listener,
    tls: Option<Arc<ServerTls>>,
    answer: A,
    limits: Limits,
    mut stop: oneshot::Receiver<()>,
) where
    A: Fn(Request<Incoming>) -> F + Clone + Send + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    let seats = Arc::new(Semaphore::new(limits.connections));
    // A quarter more connections get this response; any beyond those get none.
    let doors = Arc::new(Semaphore::new(limits.connections.div_ceil(4)));
    let ending = GracefulShutdown::new();
    loop {
        let arrival = tokio::select! {
            biased;
            _ = &mut stop => break,
            arrival = listener.accept() => arrival,
        };
        let Ok(stream) = arrival else {
            sleep(PAUSE).await;
            continue;
        };
        if let Ok(seat) = Arc::clone(&seats).try_acquire_owned() {
            let tls = tls.clone();
            tokio::spawn(serve(stream, tls, answer.clone(), limits, ending.watcher(), seat));
        } else if tls.is_some() {
            // A handshake costs more than it would tell.
        } else if let Ok(door) = Arc::clone(&doors).try_acquire_owned() {
            tokio::spawn(refuse(stream, door));
        }
    }
    drop(listener);
    let _ = timeout(limits.drain_time, ending.shutdown()).await;
}

async fn serve<A, F>(
    mut stream: Box<dyn Stream>,
    tls: Option<Arc<ServerTls>>,
    answer: A,
    limits: Limits,
    ending: Watcher,
    _seat: OwnedSemaphorePermit,
) where
    A: Fn(Request<Incoming>) -> F + Send,
    F: Future<Output = Response> + Send + 'static,
{
    if let Some(tls) = tls {
        let handshake = timeout(limits.head_time, tls.acceptor().accept(stream));
        let Ok(Ok(encrypted)) = handshake.await else { return };
        stream = Box::new(encrypted);
    }
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.idle_time) // it includes the wait; `Deadlined` has the time of a head
        .max_header_size(limits.head_bytes)
        .auto_date_header(false);
    let exchanges = Exchanges::default();
    let (head, response) = (limits.head_time, limits.response_time);
    let stream = TokioIo::new(Deadlined::new(stream, head, response, exchanges.clone()));
    let service = service_fn(move |request| {
        exchanges.count();
        let (answered, exchanges) = (answer(request), exchanges.clone());
        async move {
            let answer = answered.await;
            exchanges.count();
            Ok::<_, Infallible>(answer)
        }
    });
    let connection = http.serve_connection(stream, service);
    // A client that leaves or breaks the protocol does not affect others.
    let _ = ending.watch(connection).await;
}

async fn refuse(mut stream: Box<dyn Stream>, _door: OwnedSemaphorePermit) {
    let _ = timeout(FAREWELL, say_full(&mut stream)).await;
}

// Reads what the client sends: closing a socket with unread bytes resets it, and the client would
// lose the response (RFC 9112 §9.6).
async fn say_full(stream: &mut Box<dyn Stream>) -> io::Result<()> {
    stream.write_all(FULL).await?;
    stream.shutdown().await?;
    let mut ignored = [0; 4096];
    while stream.read(&mut ignored).await? > 0 {}
    Ok(())
}

/// File descriptors reserved for everything except client connections: standard streams, queues,
/// files.
#[cfg(target_os = "linux")]
const BESIDES: u64 = 64;

/// Raises the soft limit of this process (getrlimit(2), `RLIMIT_NOFILE`) as far as `connections`
/// requires and the hard limit permits. If that is too low, clients wait to be accepted.
#[cfg(target_os = "linux")]
pub(super) fn allow(connections: usize) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let refused = connections.div_ceil(4); // see `accept`
    let asked = u64::try_from(connections.saturating_add(refused)).unwrap_or(u64::MAX);
    let asked = asked.saturating_add(BESIDES);
    let allowed = maximum.map_or(asked, |maximum| maximum.min(asked));
    if current.is_some_and(|current| current < allowed) {
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(allowed), maximum });
    }
}

/// Does nothing on other systems.
#[cfg(not(target_os = "linux"))]
pub(super) const fn allow(_connections: usize) {}

#[cfg(test)]
mod tests {
    use core::net::SocketAddr;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpStream;

    use http::StatusCode;

    use super::*;
    use crate::http::server::content::empty;
    use crate::http::server::{Address, Bound, Server};

    fn server(limits: Limits) -> (Server, SocketAddr) {
        let bound = Bound::to(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        let Address::Tcp(address) = *bound.address() else { panic!("expected TCP") };
        (bound.serve(|_| async { empty(StatusCode::OK) }, limits).unwrap(), address)
    }

    fn asked(stream: &mut TcpStream) -> bool {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: t\r\n\r\n").unwrap();
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        let status = lines.next().unwrap_or_default();
        lines.take_while(|line| !line.is_empty()).for_each(drop);
        status.starts_with("HTTP/1.1 200")
    }

    /// A front that keeps idle connections for less than the limit never meets one that is closed.
    #[test]
    fn connection_is_closed_only_after_the_idle_time() {
        let head_time = Duration::from_millis(20);
        let patient = Limits { idle_time: Duration::from_secs(600), head_time, ..Limits::SERVICE };
        let hasty = Limits { idle_time: Duration::from_millis(200), ..patient };
        let [(_one, patient), (_other, hasty)] = [patient, hasty].map(server);
        let [mut kept, mut new, mut ended] =
            [patient, patient, hasty].map(|it| TcpStream::connect(it).unwrap());
        for stream in [&mut kept, &mut ended] {
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            assert!(asked(stream));
        }
        assert_eq!(ended.read_to_end(&mut Vec::new()).unwrap(), 0, "it is closed");
        assert!(asked(&mut kept) && asked(&mut new), "these may stay idle for longer");
    }

    #[test]
    fn service_waits_longer_than_fronts_do() {
        // nginx keeps idle connections to a service for 60 s (`keepalive_timeout` of `upstream`).
        assert!(Limits::SERVICE.idle_time > Duration::from_secs(60));
    }
}
