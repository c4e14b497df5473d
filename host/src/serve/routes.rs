//! Routes of the service.

use core::time::Duration;
use std::sync::Arc;

use http::{HeaderValue, Method, Request, StatusCode, header};
use hyper::body::Incoming;
use tokio::time::timeout;

use super::answer::answer;
use super::journal::Entry;
use super::reason::Reason;
use super::request::Asked;
use super::service::Service;
use super::verify::{About, Decision, Refusal, decide};
use crate::http::server::content::{empty, text};
use crate::http::server::{Limits, Response};

/// The path that a front asks; the rest of a longer path is that of the original request.
pub(crate) const VERIFY: &str = "/verify";
pub(crate) const HEALTH: &str = "/healthz";
pub(crate) const READY: &str = "/readyz";

/// Longest time for an answer. A front waits longer, so its client gets the reason.
const ANSWER_TIME: Duration = Duration::from_secs(1);

/// Answers a request.
pub(super) async fn route(
    service: Arc<Service>,
    _limits: Limits,
    request: Request<Incoming>,
) -> Response {
    match (request.uri().path(), request.method()) {
        (VERIFY, _) => verify(&service, &request).await,
        (path, _) if path.strip_prefix(VERIFY).is_some_and(|rest| rest.starts_with('/')) => {
            verify(&service, &request).await
        }
        (HEALTH | READY, &Method::GET | &Method::HEAD) => text(StatusCode::OK, "ok\n"),
        (HEALTH | READY, _) => only("GET, HEAD"),
        _ => empty(StatusCode::NOT_FOUND),
    }
}

/// RFC 9110 §15.5.6: a 405 names the methods that the resource has.
fn only(methods: &'static str) -> Response {
    let mut response = empty(StatusCode::METHOD_NOT_ALLOWED);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
    response
}

/// Decides about a request of any method. Its body is not read.
async fn verify(service: &Service, request: &Request<Incoming>) -> Response {
    let in_force = service.in_force();
    let asked = Asked::of(request, VERIFY, &in_force.policy);
    let decision = match &asked {
        Err(fault) => Refusal::from(*fault).into(),
        Ok(asked) => timeout(ANSWER_TIME, decide(&in_force, asked)).await.unwrap_or_else(|_| {
            Decision::Undecided(Refusal::new(Reason::TimedOut, About::default()))
        }),
    };
    let answer = answer(&decision, &in_force.policy);
    service.journal.write(&Entry {
        decision: &decision,
        status: answer.status().as_u16(),
        method: asked.as_ref().map_or(request.method().as_str(), |asked| asked.method),
        path: asked.as_ref().ok().and_then(Asked::path),
        trace: asked.as_ref().ok().and_then(Asked::trace),
    });
    answer
}
