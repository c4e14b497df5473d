//! Routes, the processing that applies to every request and answer, and the receiver: a protected
//! resource (RFC 6750) that represents the one in the article.

use core::time::Duration;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Extension, Router};
use tokio::time::sleep;

use super::access::{self, Checked};
use super::answer::{self, Entry, Note, Refusal};
use super::assertion::Granted;
use super::clock::Node;
use super::service::Service;
use super::wording::{self, Wording};
use super::{token, urls};

/// Names the node that answered, as caches and load balancers do.
const SERVED_BY: HeaderName = HeaderName::from_static("x-served-by");

type Shared = State<Arc<Service>>;

/// The routes of a stand-in.
pub(crate) fn routes(service: Arc<Service>) -> Router {
    Router::new()
        .route(urls::TOKEN, post(grant))
        .route(urls::EXCHANGE, post(exchange))
        .route(urls::RECEIVER, any(receive))
        .route(urls::JWKS, get(jwks))
        .route(urls::METADATA, get(metadata))
        .route(urls::OPENID, get(metadata))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .with_state(service)
}

/// Adds the processing for every request, whether or not it matches a route.
pub(crate) fn around(routes: Router, service: Arc<Service>) -> Router {
    routes.layer(middleware::from_fn_with_state(service, turn))
}

/// Passes the request to the next node. Half of the delay passes before the node reads its clock
/// and half after, as on a symmetric connection.
async fn turn(State(service): Shared, mut request: Request, next: Next) -> Response {
    let Some(node) = service.cluster.next() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    request.extensions_mut().insert(Arc::clone(&node));
    let way = service.faults.delay() / 2;
    pause(way).await;
    let mut response = next.run(request).await;
    let (at, status) = (node.now(), response.status());
    let note = response.extensions_mut().remove::<Note>();
    service.faults.stamp(response.headers_mut(), at);
    if let Some(name) = node.name.as_deref().and_then(|name| HeaderValue::from_str(name).ok()) {
        response.headers_mut().insert(SERVED_BY, name);
    }
    let node = node.name.clone();
    service.log.write(&Entry { at, node, method, path, status, note: note.unwrap_or_default() });
    pause(way).await;
    response
}

// Even a sleep of no length takes a millisecond, the tick of the timer.
async fn pause(time: Duration) {
    if !time.is_zero() {
        sleep(time).await;
    }
}

async fn grant(
    State(service): Shared,
    Extension(node): Extension<Arc<Node>>,
    headers: HeaderMap,
    content: Bytes,
) -> Response {
    answered(&service, &node, content, |content| token::grant(&service, &node, &headers, content))
}

async fn exchange(
    State(service): Shared,
    Extension(node): Extension<Arc<Node>>,
    headers: HeaderMap,
    content: Bytes,
) -> Response {
    answered(&service, &node, content, |content| {
        token::exchange(&service, &node, &headers, content)
    })
}

fn answered(
    service: &Service,
    node: &Node,
    content: Bytes,
    grant: impl FnOnce(&[u8]) -> Result<Granted, Refusal>,
) -> Response {
    if let Some(status) = service.faults.status {
        return broken(status);
    }
    grant(&content)
        .and_then(|granted| service.issue(node, granted))
        .unwrap_or_else(IntoResponse::into_response)
}

/// An error page like that of a proxy in front of the server, without any OAuth content.
fn broken(status: StatusCode) -> Response {
    let html = [(header::CONTENT_TYPE, HeaderValue::from_static("text/html"))];
    let mut response = (status, html, format!("<html><h1>{status}</h1></html>\n")).into_response();
    if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

async fn receive(
    State(service): Shared,
    Extension(node): Extension<Arc<Node>>,
    headers: HeaderMap,
) -> Response {
    received(&service, &node, &headers)
}

async fn jwks(State(service): Shared) -> Response {
    answer::published(service.signer.jwks())
}

async fn metadata(State(service): Shared) -> Response {
    answer::published(&service.urls.metadata())
}

/// The challenge for a request without a token, word for word as in article KA-10565.
const BASIC: HeaderValue = HeaderValue::from_static(r#"Basic realm="Sling (Development)""#);

/// Answers a request that may carry a token.
fn received(service: &Service, node: &Node, headers: &HeaderMap) -> Response {
    let Some(token) = bearer(headers) else {
        // RFC 6750 §3: without credentials there is no error code.
        let note = Note { error: Some("unauthorized"), words: "no token".into(), findings: vec![] };
        return refused(vec![BASIC], note);
    };
    let leeway = service.assertions.terms.leeway;
    let Checked { result, findings } =
        access::check(&service.signer, &service.urls, token, node.now(), leeway);
    match result {
        Ok(()) => {
            let mut response = (StatusCode::OK, "Replication (TEST) successful\n").into_response();
            let words = "the token is accepted".to_owned();
            response.extensions_mut().insert(Note { error: None, words, findings });
            response
        }
        Err(reason) => {
            let words = Wording::Rfc.refusal(reason).words.replace("assertion", "access token");
            let words = wording::filled(&words, reason, &service.urls.receiver, token);
            let challenge = challenge(&words);
            let note = Note { error: Some("invalid_token"), words, findings };
            refused([Some(BASIC), challenge].into_iter().flatten().collect(), note)
        }
    }
}

/// RFC 6750 §2.1; the scheme is case-insensitive (RFC 9110 §11.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// RFC 6750 §3.1.
fn challenge(words: &str) -> Option<HeaderValue> {
    let bearer = format!(r#"Bearer error="invalid_token", error_description="{words}""#);
    HeaderValue::from_str(&bearer).ok()
}

fn refused(challenges: Vec<HeaderValue>, note: Note) -> Response {
    let mut response = StatusCode::UNAUTHORIZED.into_response();
    for challenge in challenges {
        response.headers_mut().append(header::WWW_AUTHENTICATE, challenge);
    }
    response.extensions_mut().insert(note);
    response
}
