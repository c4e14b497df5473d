//! Routes, the processing that applies to every request and answer, and the receiver: a protected
//! resource (RFC 6750) that represents the one in the article.

use core::time::Duration;
use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use hyper::body::Incoming;
use tokio::time::sleep;

use super::access::{self, Checked};
use super::answer::{self, Entry, Note, Refusal};
use super::assertion::Granted;
use super::clock::Node;
use super::service::Service;
use super::wording::{self, Wording};
use super::{token, urls};
use crate::http::server::content::{bounded, empty, response, text};
use crate::http::server::{Limits, Response};

/// Names the node that answered, as caches and load balancers do.
const SERVED_BY: HeaderName = HeaderName::from_static("x-served-by");

/// Passes the request to the next node. Half of the delay passes before the node reads its clock
/// and half after, as on a symmetric connection.
pub(crate) async fn turn(
    service: Arc<Service>,
    limits: Limits,
    request: Request<Incoming>,
) -> Response {
    let Some(node) = service.cluster.next() else {
        return empty(StatusCode::SERVICE_UNAVAILABLE);
    };
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let way = service.faults.delay() / 2;
    pause(way).await;
    let route = async |request| route(&service, &node, &request);
    let mut response = bounded(limits, request, route).await;
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

fn route(service: &Service, node: &Node, request: &Request<Vec<u8>>) -> Response {
    let (headers, content) = (request.headers(), request.body());
    match (request.uri().path(), request.method()) {
        (urls::TOKEN, &Method::POST) => {
            answered(service, node, || token::grant(service, node, headers, content))
        }
        (urls::EXCHANGE, &Method::POST) => {
            answered(service, node, || token::exchange(service, node, headers, content))
        }
        (urls::TOKEN | urls::EXCHANGE, _) => only("POST"),
        (urls::JWKS, &Method::GET | &Method::HEAD) => answer::published(service.signer.jwks()),
        (urls::METADATA | urls::OPENID, &Method::GET | &Method::HEAD) => {
            answer::published(&service.urls.metadata())
        }
        (urls::JWKS | urls::METADATA | urls::OPENID, _) => only("GET, HEAD"),
        (urls::RECEIVER, _) => received(service, node, headers),
        _ => empty(StatusCode::NOT_FOUND),
    }
}

/// RFC 9110 §15.5.6: a 405 names the methods that the resource has.
fn only(methods: &'static str) -> Response {
    let mut response = empty(StatusCode::METHOD_NOT_ALLOWED);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
    response
}

fn answered(
    service: &Service,
    node: &Node,
    grant: impl FnOnce() -> Result<Granted, Refusal>,
) -> Response {
    if let Some(status) = service.faults.status {
        return broken(status);
    }
    grant().and_then(|granted| service.issue(node, granted)).unwrap_or_else(Response::from)
}

/// An error page like that of a proxy in front of the server, without any OAuth content.
fn broken(status: StatusCode) -> Response {
    let page = format!("<html><h1>{status}</h1></html>\n");
    let mut response = response(status, Some("text/html"), page);
    if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
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
            let mut response = text(StatusCode::OK, "Replication (TEST) successful\n");
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
    let mut response = empty(StatusCode::UNAUTHORIZED);
    for challenge in challenges {
        response.headers_mut().append(header::WWW_AUTHENTICATE, challenge);
    }
    response.extensions_mut().insert(note);
    response
}
