//! Request bodies, read completely and within the limits before a route sees them, and answers.

use core::future::Future;
use core::time::Duration;

use http::{HeaderValue, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Incoming};
use tokio::time::timeout;

/// An answer, complete in memory.
pub(crate) type Response = http::Response<Full<Bytes>>;

/// Number of bytes still read of a body that is too long, so that the client, which keeps sending,
/// receives the response instead of a reset (RFC 9112 §9.6).
const COURTESY: usize = 1 << 20;
const COURTESY_TIME: Duration = Duration::from_secs(1);

/// Returns an answer with `content`, whose media type is `kind` if it has one.
pub(crate) fn response(
    status: StatusCode,
    kind: Option<&'static str>,
    content: impl Into<Bytes>,
) -> Response {
    let mut response = Response::new(Full::new(content.into()));
    *response.status_mut() = status;
    let kind = kind.map(|kind| (header::CONTENT_TYPE, HeaderValue::from_static(kind)));
    response.headers_mut().extend(kind);
    response
}

/// Returns an answer of a line of text.
pub(crate) fn text(status: StatusCode, line: impl Into<Bytes>) -> Response {
    response(status, Some("text/plain; charset=utf-8"), line)
}

/// Returns an answer without content.
pub(crate) fn empty(status: StatusCode) -> Response {
    response(status, None, Bytes::new())
}

/// Reads the body and passes the request on, within the time limits.
pub(crate) async fn bounded<F: Future<Output = Response>>(
    limits: Limits,
    request: Request<Incoming>,
    route: impl FnOnce(Request<Vec<u8>>) -> F,
) -> Response {
    timeout(limits.request_time, read_and_run(limits, request, route)).await.unwrap_or_else(|_| {
        const LATE: &str =
            "expected the whole request within the time limit, but found only a part\n";
        last(text(StatusCode::REQUEST_TIMEOUT, LATE))
    })
}

async fn read_and_run<F: Future<Output = Response>>(
    limits: Limits,
    request: Request<Incoming>,
    route: impl FnOnce(Request<Vec<u8>>) -> F,
) -> Response {
    let (parts, mut body) = request.into_parts();
    match read(&mut body, limits.body_bytes).await {
        Content::Whole(content) => route(Request::from_parts(parts, content)).await,
        Content::TooLong => {
            let _ = timeout(COURTESY_TIME, read(&mut body, COURTESY)).await;
            let most = limits.body_bytes;
            let words = format!("expected at most {most} bytes of content, but found more\n");
            last(text(StatusCode::PAYLOAD_TOO_LARGE, words))
        }
        Content::Broken => last(empty(StatusCode::BAD_REQUEST)),
    }
}

/// Says that the connection ends with this answer.
fn last(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

enum Content {
    Whole(Vec<u8>),
    TooLong,
    /// The client disconnected, or its chunks are malformed.
    Broken,
}

async fn read(body: &mut Incoming, most: usize) -> Content {
    // A declared length over the limit is refused before anything is read, and so before `100
    // Continue`.
    if body.size_hint().lower() > u64::try_from(most).unwrap_or(u64::MAX) {
        return Content::TooLong;
    }
    let mut content = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return Content::Broken };
        let Ok(data) = frame.into_data() else { continue }; // trailers
        content.extend_from_slice(&data);
        if content.len() > most {
            return Content::TooLong;
        }
    }
    Content::Whole(content)
}

/// The limits of a server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// For the wait before a request.
    pub(crate) idle_time: Duration,
    /// For a whole request head: a client that sends its head slowly (slow loris) cannot hold a
    /// connection for longer.
    pub(crate) head_time: Duration,
    /// From the end of the head to the response, including the body.
    pub(crate) request_time: Duration,
    /// For sending a response: a client that does not read it cannot hold a connection for longer.
    pub(crate) response_time: Duration,
    /// The request line and all header fields.
    pub(crate) head_bytes: usize,
    /// The body of a request.
    pub(crate) body_bytes: usize,
    /// Concurrent connections. Clients beyond this number get a 503.
    pub(crate) connections: usize,
    /// For requests still running when the server is stopped.
    pub(crate) drain_time: Duration,
}

impl Limits {
    /// For a server of tokens: it reads nothing longer than a few tokens.
    pub(crate) const ORDINARY: Self = Self {
        idle_time: Duration::from_secs(10),
        head_time: Duration::from_secs(10),
        request_time: Duration::from_secs(30),
        response_time: Duration::from_secs(10),
        head_bytes: 32 * 1024,
        body_bytes: 64 * 1024,
        connections: 4_096,
        drain_time: Duration::from_secs(5),
    };

    /// For a service behind a reverse proxy, which keeps idle connections: nginx for 60 s. If the
    /// service closed one at the moment when a request arrives, the proxy would answer 502, so it
    /// waits longer than the proxy.
    pub(crate) const SERVICE: Self = Self {
        idle_time: Duration::from_secs(75),
        head_time: Duration::from_secs(5),
        request_time: Duration::from_secs(5),
        connections: 16_384,
        ..Self::ORDINARY
    };
}
