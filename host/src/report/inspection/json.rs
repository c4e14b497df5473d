//! The answer of `inspect` as JSON.

use jwtick_core::{Policy, Scratch, TimeBounds, UnixTime};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::commands::inspect::Inspected;
use crate::report::finding::{self, FindingJson};
use crate::report::json::{self, ErrorJson, Interval, Seconds};
use crate::report::{civil, verdict};

#[derive(Serialize)]
struct InspectionJson {
    signature: &'static str,
    error: Option<ErrorJson>,
    utc_s: Interval,
    times: Vec<TimeJson>,
    findings: Vec<FindingJson>,
    header: Option<Box<RawValue>>,
    claims: Option<Box<RawValue>>,
}

#[derive(Serialize)]
struct TimeJson {
    claim: &'static str,
    unix_s: Seconds,
    utc: Option<String>,
    from_now_s: Interval,
}

impl TimeJson {
    fn of(claim: &'static str, at: UnixTime, utc: TimeBounds) -> Self {
        let latest = if utc.is_open() { UnixTime::MIN } else { at };
        let least = if utc.is_open() { jwtick_core::Span::MIN } else { latest - utc.latest() };
        Self {
            claim,
            unix_s: Seconds(at - UnixTime::EPOCH),
            utc: civil::rfc3339(at),
            from_now_s: Interval::between(least, at - utc.earliest()),
        }
    }
}

/// The answer as one line of JSON.
pub(crate) fn json(token: &Inspected, utc: TimeBounds) -> String {
    let mut index = Scratch::new();
    let claims = token.claims(&mut index);
    let dates = ["iat", "nbf", "exp"].into_iter().filter_map(|name| {
        let date = finding::date(name, claims.as_ref()?)?;
        Some(TimeJson::of(name, date.at(), utc))
    });
    let findings = claims.as_ref().map_or_else(Vec::new, |claims| {
        let judgement = Policy::RFC7519.judge(claims, utc);
        judgement.findings().map(|found| FindingJson::of(found, claims)).collect()
    });
    json::line(&InspectionJson {
        signature: "unchecked",
        error: token.fault().map(verdict::decode_error),
        utc_s: json::utc(utc),
        times: dates.collect(),
        findings,
        header: token.header_json().and_then(json::raw),
        claims: token.claims_json().and_then(json::raw),
    })
}
