//! Routes, and the processing that applies to every request and answer.

use core::time::Duration;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{self, HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Extension, Router};
use tokio::time::sleep;

use super::answer::{self, Entry, Note, Refusal};
use super::assertion::Granted;
use super::clock::Node;
use super::service::Service;
use super::{receiver, token, urls};

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
    let html = [(http::header::CONTENT_TYPE, HeaderValue::from_static("text/html"))];
    let mut response = (status, html, format!("<html><h1>{status}</h1></html>\n")).into_response();
    if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        response.headers_mut().insert(http::header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

async fn receive(
    State(service): Shared,
    Extension(node): Extension<Arc<Node>>,
    headers: HeaderMap,
) -> Response {
    receiver::answer(&service, &node, &headers)
}

async fn jwks(State(service): Shared) -> Response {
    answer::published(service.signer.jwks())
}

async fn metadata(State(service): Shared) -> Response {
    answer::published(&service.urls.metadata())
}
