//! What is counted of each decision, and the values that metrics take when they are read.

use std::sync::Arc;

use http::StatusCode;
use jwtick_core::judge::{Finding, Rule};
use jwtick_core::time::Offset;
use jwtick_core::{Span, TimeBounds};

use super::decision::Decision;
use super::metrics::{KIND, Metrics};
use super::reason::Reason;
use super::service::InForce;
use crate::http::server::Response;
use crate::http::server::content::response;
use crate::source::os;

/// Notes what the request tells about the clocks of its issuer and its client. What is known about a token
/// only counts if its signature is valid, and then there is a time at which it was judged.
pub(super) fn note(in_force: &InForce, decision: &Decision) {
    let about = decision.about();
    let Some(seen) = about.utc else { return };
    if let (Some(issuer), Some(iat)) = (&about.issuer, about.iat) {
        in_force.lasting.clocks.token(issuer, iat, seen);
    }
    if let Some(proof) = &about.proof {
        let (client, clocks) = (proof.client, &in_force.lasting.clocks);
        if let Some(middle) = clocks.proof(client, proof.iat, proof.nonce_issued, seen) {
            in_force.lasting.metrics.client_offset(middle);
        }
    }
}

/// Counts a decision, and the time to the edges of its token.
pub(super) fn count(in_force: &InForce, decision: &Decision) {
    let (verdict, reason, about) = match decision {
        Decision::Allow(allowed) => ("allow", "", &allowed.about),
        Decision::Refuse(refusal) => ("refuse", refusal.reason.code(), &*refusal.about),
        Decision::Undecided(refusal) => ("undecided", refusal.reason.code(), &*refusal.about),
    };
    let (metrics, front) = (&in_force.lasting.metrics, in_force.policy.front.name());
    metrics.verdict(front, about.issuer.as_ref(), verdict, reason);
    if reason == Reason::ReplayLifetimeTooLong.code() {
        metrics.replay("too_long", None);
    }
    let Some(issuer) = &about.issuer else { return };
    for margin in about.findings.iter().filter_map(Finding::margin) {
        let edge = match margin.rule() {
            Rule::Exp => "exp",
            Rule::Nbf => "nbf",
            Rule::Iat => "iat",
            _ => continue,
        };
        metrics.margin(issuer, edge, margin.least());
    }
}

/// All metrics, with the state of clocks and keys at present.
pub(super) fn metrics(in_force: &InForce) -> Response {
    let now = in_force.lasting.clock.now();
    let text = in_force.lasting.metrics.text(|metrics| {
        metrics.local_bounds(now, os::reading());
        measure_keys(in_force, metrics);
        measure_clocks(in_force, metrics, now);
    });
    response(StatusCode::OK, Some(KIND), text)
}

fn measure_keys(in_force: &InForce, metrics: &Metrics) {
    for issuer in &in_force.issuers {
        let (name, keys) = (&issuer.name, issuer.keyring.state());
        for (result, total) in &keys.fetches {
            metrics.fetched(name, result, *total);
        }
        if keys.is_fixed {
            continue;
        }
        let (done, cooldown) = keys.unknown_key;
        metrics.unknown_kid(name, "done", done);
        metrics.unknown_kid(name, "cooldown", cooldown);
        let hash = keys.set.and_then(|set| set.hash);
        if let (Some(at), Some(hash)) = (keys.fetched, hash) {
            metrics.key_set(name, at, &hash);
        }
    }
}

fn measure_clocks(in_force: &InForce, metrics: &Metrics, now: TimeBounds) {
    let in_use = |name: &Arc<str>| in_force.issuers.iter().any(|issuer| issuer.name == *name);
    let issuers = in_force.lasting.clocks.snapshot(now).issuers.into_iter();
    // A request that began before a reload may have added an issuer that is no longer in force.
    for (name, party) in issuers.filter(|(name, _)| in_use(name)) {
        let sources = [("token", &party.signed), ("date", &party.dates)];
        for (source, estimate) in sources {
            let offset = estimate.offset(now);
            let low = offset.map(Offset::least).filter(|&least| least != Span::MIN);
            let high = offset.map(Offset::most).filter(|&most| most != Span::MAX);
            metrics.issuer_offset(&name, source, [("low", low), ("high", high)]);
        }
    }
}
