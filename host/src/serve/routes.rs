//! Routes of the service.

use core::future::Future;
use core::time::Duration;
use std::sync::Arc;

use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use hyper::body::Incoming;
use jwtick_core::time::Offset;
use tokio::time::timeout;

use super::answer::{METADATA, answer};
use super::clocks_page;
use super::decision::{About, Decision, Refusal};
use super::health;
use super::introspect::introspect;
use super::journal::Entry;
use super::reason::Reason;
use super::request::{Asked, trace};
use super::service::{InForce, Service};
use super::tally::{count, metrics, note};
use super::verify::decide;
use crate::http::server::content::{bounded, empty, text};
use crate::http::server::{Limits, Response};
use crate::source::os;

/// The path that a front asks; the rest of a longer path is that of the original request.
pub(crate) const VERIFY: &str = "/verify";
pub(crate) const INTROSPECT: &str = "/introspect";
pub(crate) const HEALTH: &str = "/healthz";
pub(crate) const READY: &str = "/readyz";
pub(crate) const METRICS: &str = "/metrics";
pub(crate) const CLOCKS: &str = "/clocks";

/// Longest time for an answer. A front waits longer, so its client gets the reason.
const ANSWER_TIME: Duration = Duration::from_secs(1);

/// Answers a request.
pub(super) async fn route(
    service: Arc<Service>,
    limits: Limits,
    request: Request<Incoming>,
) -> Response {
    const READ: [Method; 2] = [Method::GET, Method::HEAD];
    let (path, reads) = (request.uri().path(), READ.contains(request.method()));
    let below = |root| path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'));
    match path {
        VERIFY => verify(&service, &request).await,
        _ if below(VERIFY) => verify(&service, &request).await,
        INTROSPECT if service.in_force().callers.is_empty() => empty(StatusCode::NOT_FOUND),
        INTROSPECT if request.method() == Method::POST => {
            let route = async |request| introspected(&service, &request).await;
            Box::pin(bounded(limits, request, route)).await
        }
        INTROSPECT => only("POST"),
        HEALTH | READY | METADATA | METRICS | CLOCKS if !reads => only("GET, HEAD"),
        HEALTH => text(StatusCode::OK, "ok\n"),
        METRICS => metrics(&service.in_force()),
        READY => health::ready(&service.in_force()),
        CLOCKS => {
            let in_force = service.in_force();
            let map = in_force.lasting.clocks.snapshot(in_force.lasting.clock.now());
            clocks_page::answer(&map, request.headers())
        }
        METADATA => health::metadata(&service.in_force()),
        _ if below(METADATA) && reads => health::metadata(&service.in_force()),
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
        Ok(asked) => in_time(decide(&in_force, asked)).await.unwrap_or_else(late),
    };
    let answer = answer(&decision, &in_force.policy);
    let asked = asked.ok();
    let subject = Subject {
        status: answer.status(),
        method: asked.map_or(request.method().as_str(), |asked| asked.method),
        path: asked.and_then(|asked| asked.path()),
        headers: request.headers(),
    };
    record(service, &in_force, decision, &subject);
    answer
}

/// What the log says about a request, besides the decision.
struct Subject<'r> {
    status: StatusCode,
    method: &'r str,
    path: Option<&'r str>,
    headers: &'r HeaderMap,
}

/// Takes a decision into account: in the map of clocks, in the metrics and in the log.
fn record(service: &Service, in_force: &InForce, decision: Decision, subject: &Subject<'_>) {
    note(in_force, &decision);
    count(in_force, &decision);
    if !service.journal.wants(&decision, in_force.policy.logged) {
        return;
    }
    service.journal.write(Entry {
        at: os::reading(),
        issuer_clock: issuer_clock(in_force, &decision),
        clock: in_force.lasting.clock.state().basis.code(),
        decision,
        status: subject.status.as_u16(),
        method: subject.method.to_owned(),
        path: subject.path.map(str::to_owned),
        trace: trace(subject.headers).map(str::to_owned),
    });
}

/// The clock of the issuer of a token that is refused by time.
fn issuer_clock(in_force: &InForce, decision: &Decision) -> Option<Offset> {
    let (Decision::Refuse(refusal) | Decision::Undecided(refusal)) = decision else { return None };
    let about = &refusal.about;
    let (issuer, now) = (about.issuer.as_deref()?, about.utc.filter(|_| refusal.is_of_time())?);
    in_force.lasting.clocks.issuer(issuer, now)
}

async fn introspected(service: &Service, request: &Request<Vec<u8>>) -> Response {
    let in_force = service.in_force();
    let asked = in_time(introspect(&in_force, request)).await;
    let (answer, decision) = asked.unwrap_or_else(|| {
        let decision = late();
        (answer(&decision, &in_force.policy), Some(decision))
    });
    if let Some(decision) = decision {
        let (method, path) = (Method::POST, Some(INTROSPECT));
        let (status, headers) = (answer.status(), request.headers());
        let subject = Subject { status, method: method.as_str(), path, headers };
        record(service, &in_force, decision, &subject);
    }
    answer
}

async fn in_time<T>(decided: impl Future<Output = T>) -> Option<T> {
    timeout(ANSWER_TIME, decided).await.ok()
}

fn late() -> Decision {
    Decision::Undecided(Refusal::new(Reason::TimedOut, About::default()))
}
