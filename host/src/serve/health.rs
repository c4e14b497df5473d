//! `/healthz`, `/readyz` and the metadata of the protected resource.

use http::{HeaderValue, StatusCode, header};
use jwtick_core::{Span, TimeBounds};
use serde_json::{Value, json};

use super::clocks_json::{interval, seconds};
use super::line::KeyState;
use super::now::ClockState;
use super::policy::IssuerPolicy;
use super::service::InForce;
use crate::http::server::Response;
use crate::http::server::content::{empty, response};

/// Tells whether requests can be decided about, and if not, why.
pub(super) fn ready(in_force: &InForce) -> Response {
    let clock = in_force.lasting.clock.state();
    let mut reasons = vec![];
    let issuers = in_force.issuers.iter().map(|issuer| {
        let keys = issuer.keyring.state();
        if !keys.is_usable {
            reasons.push(format!("keys of {} are not available", issuer.name));
        }
        of_keys(&issuer.name, &keys)
    });
    let issuers: Vec<Value> = issuers.collect();
    if clock.utc.is_open() {
        reasons.push("the time is not known".to_owned());
    }
    let store = in_force.store.as_ref().map(|store| store.state());
    reasons.extend(store.iter().filter_map(|store| store.fault.as_ref()).map(ToString::to_string));
    let status = if reasons.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({
        "ready": reasons.is_empty(),
        "reasons": reasons,
        "issuers": issuers,
        "clock": of_clock(&clock),
        "replay": store.map(|store| json!({
            "store": store.kind,
            "entries": store.entries,
            "eviction_unknown": store.eviction_unknown,
        })),
    });
    let mut answer = response(status, Some("application/json"), format!("{body}\n"));
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn of_keys(name: &str, keys: &KeyState) -> Value {
    let (fault, told) = keys.fault.clone().unzip();
    json!({
        "name": name,
        "keys": keys.is_usable,
        "count": keys.set.as_ref().map(|set| set.count),
        "age_s": keys.age.map(Span::floor_secs),
        "aging": keys.is_aging,
        "fault": fault,
        "message": told,
        "unkept": keys.unkept,
    })
}

fn of_clock(clock: &ClockState) -> Value {
    let (steps, last) = clock.steps;
    json!({
        "basis": clock.basis.code(),
        "width_s": width(clock.utc),
        "host_offset_s": clock.host.map(interval),
        "age_s": clock.age.map(Span::floor_secs),
        "witnesses": clock.witnesses,
        "steps": steps,
        "last_step_s": last.map(seconds),
        "message": clock.fault,
    })
}

/// The distance between the bounds on UTC, in whole seconds rounded up; `None` if they are open.
fn width(utc: TimeBounds) -> Option<i64> {
    let width = utc.latest() - utc.earliest();
    (!utc.is_open())
        .then(|| width.floor_secs().saturating_add(i64::from(width.as_micros() % 1_000_000 != 0)))
}

/// The metadata of the protected resource (RFC 9728 §2), which names where its tokens come from.
pub(super) fn metadata(in_force: &InForce) -> Response {
    let policy = &in_force.policy;
    let Some(resource) = &policy.resource else { return empty(StatusCode::NOT_FOUND) };
    let is_url = |iss: &&str| iss.starts_with("https://") || iss.starts_with("http://");
    let named = policy.issuers.iter().filter_map(|issuer| issuer.iss.as_deref()).filter(is_url);
    let mut body = json!({ "resource": resource, "bearer_methods_supported": ["header"] });
    if let Some(members) = body.as_object_mut() {
        let servers: Vec<Value> = named.map(Value::from).collect();
        let scopes: Vec<Value> = scopes(&policy.issuers).into_iter().map(Value::from).collect();
        // RFC 9728 §3.2: a member without a value is left out.
        let lists = [("authorization_servers", servers), ("scopes_supported", scopes)];
        let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
        members.extend(lists.map(|(name, list)| (name.to_owned(), Value::Array(list))));
    }
    response(StatusCode::OK, Some("application/json"), format!("{body}\n"))
}

fn scopes(issuers: &[IssuerPolicy]) -> Vec<&str> {
    let routes = issuers.iter().flat_map(|issuer| &issuer.routes).flat_map(|route| &route.scopes);
    let all = issuers.iter().flat_map(|issuer| &issuer.scopes).chain(routes);
    let mut scopes: Vec<&str> = all.map(String::as_str).collect();
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}
