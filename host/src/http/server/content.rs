//! The content of requests, read whole before a route sees it, and no longer than allowed.

use core::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use tokio::time::timeout;

/// So much of what is too long is still read, so that the client, which goes on sending, gets to
/// see the answer instead of a reset (RFC 9112 §9.6).
const COURTESY: usize = 1 << 20;
const COURTESY_TIME: Duration = Duration::from_secs(1);

const CLOSE: [(HeaderName, HeaderValue); 1] =
    [(header::CONNECTION, HeaderValue::from_static("close"))];

/// Reads the content and passes the request on, in no more time than the limits allow.
pub(super) async fn bounded(
    State(limits): State<Limits>,
    request: Request,
    next: Next,
) -> Response {
    timeout(limits.request_time, read_and_run(limits, request, next)).await.unwrap_or_else(|_| {
        (StatusCode::REQUEST_TIMEOUT, CLOSE, "the request took too long\n").into_response()
    })
}

async fn read_and_run(limits: Limits, request: Request, next: Next) -> Response {
    let (parts, mut body) = request.into_parts();
    match read(&mut body, limits.body_bytes).await {
        Content::Whole(content) => next.run(Request::from_parts(parts, Body::from(content))).await,
        Content::TooLong => {
            let _ = timeout(COURTESY_TIME, read(&mut body, COURTESY)).await;
            let most = limits.body_bytes;
            let words = format!("the content is longer than {most} bytes\n");
            (StatusCode::PAYLOAD_TOO_LARGE, CLOSE, words).into_response()
        }
        Content::Broken => (StatusCode::BAD_REQUEST, CLOSE).into_response(),
    }
}

enum Content {
    Whole(Vec<u8>),
    TooLong,
    /// The client left, or its chunks are none.
    Broken,
}

async fn read(body: &mut Body, most: usize) -> Content {
    // What is announced is believed before anything is read, and so before `100 Continue`.
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
    /// For a whole request head, and for the wait before it: a client that dribbles its head
    /// (slow loris) holds a connection no longer.
    pub(crate) head_time: Duration,
    /// From the end of the head to the answer, the body included.
    pub(crate) request_time: Duration,
    /// The request line and all fields.
    pub(crate) head_bytes: usize,
    /// The content of a request.
    pub(crate) body_bytes: usize,
    /// At once. Those beyond are told to come back.
    pub(crate) connections: usize,
    /// For requests that run when the server is stopped.
    pub(crate) drain_time: Duration,
}

impl Limits {
    /// For a server of tokens: nothing that it reads is longer than a few tokens.
    pub(crate) const ORDINARY: Self = Self {
        head_time: Duration::from_secs(10),
        request_time: Duration::from_secs(30),
        head_bytes: 32 * 1024,
        body_bytes: 64 * 1024,
        connections: 4_096,
        drain_time: Duration::from_secs(5),
    };
}
