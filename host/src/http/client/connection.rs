//! One connection to one server, which carries requests one after another, and the addresses at its
//! other end.

use core::mem;
use core::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use http::header::{HOST, PROXY_AUTHORIZATION};
use http::response::Parts;
use http::uri::PathAndQuery;
use http::{HeaderValue, Request, StatusCode, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use jwtick_core::survey::is_link_local;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::AbortHandle;

use super::certificate_time::Peer;
use super::error::HttpError;
use super::stamped::{Stamped, Watch};

/// The transport stream.
pub(super) type Stream = Box<dyn Io>;

pub(super) trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Io for S {}

// A typical head has between a few hundred and a few thousand bytes.
const LONGEST_HEAD: usize = 64 * 1024;
const MOST_FIELDS: usize = 128;

/// The form of the request target (RFC 9112 §3.2).
pub(super) enum Form {
    /// `/path`, to the server itself.
    Origin,
    /// The whole URL, to a proxy, with the credentials that the proxy expects.
    Absolute { proxy: String, authorization: Option<HeaderValue> },
}

/// A connection to a server; with `https`, to one whose certificate was verified.
pub(crate) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    form: Form,
    watch: Watch,
    peer: Option<Arc<Peer>>,
    lacking: Option<String>,
    reached: Reached,
    task: AbortHandle,
}

/// An answer whose body has not been read yet.
pub(crate) struct Answer {
    /// Status and header fields.
    pub(crate) head: Parts,
    /// The instant just before the request was written.
    pub(crate) sent: Instant,
    /// The instant just after the bytes that complete the head arrived.
    pub(crate) received: Instant,
    body: Incoming,
}

impl Connection {
    pub(super) async fn new(
        stream: Stream,
        form: Form,
        peer: Option<Peer>,
    ) -> Result<Self, HttpError> {
        let watch = Watch::default();
        let io = TokioIo::new(Stamped::new(stream, watch.clone()));
        let (sender, connection) = Builder::new()
            .max_buf_size(LONGEST_HEAD)
            .max_headers(MOST_FIELDS)
            .handshake(io)
            .await
            .map_err(HttpError::Http)?;
        // The next request reports errors of this task.
        let task = tokio::spawn(async move { drop(connection.await) }).abort_handle();
        let (peer, reached) = (peer.map(Arc::new), Reached::default());
        Ok(Self { sender, form, watch, peer, lacking: None, reached, task })
    }

    /// Sets the addresses at the other end.
    pub(super) fn reaching(mut self, reached: Reached) -> Self {
        self.reached = reached;
        self
    }

    /// Returns the addresses at the other end.
    pub(crate) const fn reached(&self) -> &Reached {
        &self.reached
    }

    /// Sets the `host` that requested a client certificate and received none.
    pub(super) fn lacking(mut self, host: Option<&str>) -> Self {
        self.lacking = host.map(str::to_owned);
        self
    }

    /// Returns true if the server requested a client certificate and received none.
    pub(crate) const fn lacks_certificate(&self) -> bool {
        self.lacking.is_some()
    }

    /// Returns the verified identity of the server; `None` without TLS.
    pub(crate) const fn peer(&self) -> Option<&Arc<Peer>> {
        self.peer.as_ref()
    }

    /// Returns the proxy that requests are sent to, which may answer them itself.
    pub(crate) fn proxy(&self) -> Option<&str> {
        match &self.form {
            Form::Origin => None,
            Form::Absolute { proxy, .. } => Some(proxy),
        }
    }

    /// Returns true if another request can be sent; waits until the last answer is complete.
    pub(crate) async fn is_open(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }

    /// Sends a request with an absolute URL, and waits for the head of its answer.
    ///
    /// # Errors
    /// [`HttpError::NotShown`] if the connection breaks because no client certificate was sent,
    /// [`HttpError::Http`] if it breaks or the server does not use HTTP/1.1,
    /// [`HttpError::EarlyAnswer`] if data arrives before the request was sent,
    /// [`HttpError::Tunnel`] if a proxy requires authentication.
    pub(crate) async fn send(
        &mut self,
        request: Request<Full<Bytes>>,
    ) -> Result<Answer, HttpError> {
        let request = self.form.shape(request)?;
        self.watch.restart();
        let answer =
            self.sender.send_request(request).await.map_err(|source| self.broken(source))?;
        let stamps = self.watch.answered();
        let (sent, received) = stamps.sent.zip(stamps.received).ok_or(HttpError::EarlyAnswer)?;
        let (head, body) = answer.into_parts();
        self.form.check(head.status)?;
        Ok(Answer { head, sent, received, body })
    }

    // With TLS 1.3, a client learns only after its handshake that a certificate was required (RFC
    // 8446 §4.4.2.4).
    fn broken(&self, source: hyper::Error) -> HttpError {
        match &self.lacking {
            Some(host) => HttpError::NotShown { host: host.clone() },
            None => HttpError::Http(source),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Form {
    fn shape(&self, mut request: Request<Full<Bytes>>) -> Result<Request<Full<Bytes>>, HttpError> {
        let uri = request.uri().clone();
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        let host = HeaderValue::from_str(authority).map_err(|_| HttpError::Shape)?;
        request.headers_mut().insert(HOST, host);
        match self {
            Self::Origin => {
                let path = uri.path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/"));
                let _ = mem::replace(request.uri_mut(), Uri::from(path));
            }
            Self::Absolute { authorization: Some(value), .. } => {
                request.headers_mut().insert(PROXY_AUTHORIZATION, value.clone());
            }
            Self::Absolute { authorization: None, .. } => {}
        }
        Ok(request)
    }

    // RFC 9110 §15.5.8: only a proxy sends this status.
    fn check(&self, status: StatusCode) -> Result<(), HttpError> {
        match self {
            Self::Absolute { proxy, .. } if status == StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
                Err(HttpError::Tunnel { proxy: proxy.clone(), status })
            }
            _ => Ok(()),
        }
    }
}

impl Answer {
    /// Returns the values of a field as bytes.
    pub(crate) fn fields(&self, name: http::HeaderName) -> impl Iterator<Item = &[u8]> {
        self.head.headers.get_all(name).into_iter().map(HeaderValue::as_bytes)
    }

    /// Reads the body.
    ///
    /// # Errors
    /// [`HttpError::Body`] if it is incomplete or longer than `limit` bytes.
    pub(crate) async fn body(self, limit: usize) -> Result<Bytes, HttpError> {
        if self.body.is_end_stream() {
            return Ok(Bytes::new());
        }
        let body = Limited::new(self.body, limit).collect().await;
        body.map(http_body_util::Collected::to_bytes).map_err(HttpError::Body)
    }
}

/// The addresses at the other end of a connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    /// Every address of the name.
    pub(crate) endpoints: Vec<SocketAddr>,
    /// The addresses that answered and from which the connection was made.
    pub(crate) ends: Option<(SocketAddr, SocketAddr)>,
    pub(crate) way: Way,
}

/// The host at the other end of a connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Way {
    /// The server.
    #[default]
    Direct,
    /// A proxy, which alone knows the address of the server.
    Proxy,
}

impl Reached {
    pub(super) fn of(stream: &TcpStream, endpoints: Vec<SocketAddr>) -> Self {
        let ends = stream.peer_addr().ok().zip(stream.local_addr().ok());
        Self { endpoints, ends, way: Way::Direct }
    }

    pub(super) fn by(self, way: Way) -> Self {
        Self { way, ..self }
    }
}

/// Returns every address of a host.
///
/// # Errors
/// [`HttpError::Resolve`] if the name could not be resolved.
pub(super) async fn addresses(host: &str, port: u16) -> Result<Vec<SocketAddr>, HttpError> {
    let found = tokio::net::lookup_host((host, port)).await;
    let found = found.map_err(|source| HttpError::Resolve { host: host.to_owned(), source })?;
    Ok(found.collect())
}

/// Refuses a host to which a server redirects if any of its addresses is link-local: services at
/// such addresses trust every client, and serve secrets of this machine.
///
/// # Errors
/// [`HttpError::LinkLocal`].
pub(super) fn beyond_the_link(host: &str, addresses: &[SocketAddr]) -> Result<(), HttpError> {
    match addresses.iter().find(|address| is_link_local(address.ip())) {
        Some(address) => Err(HttpError::LinkLocal { host: host.to_owned(), address: address.ip() }),
        None => Ok(()),
    }
}
