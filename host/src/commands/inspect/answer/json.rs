//! The answer of `inspect` as JSON.

use jwtick_core::token::{Claims, Json};
use jwtick_core::{Scratch, TimeBounds, UnixTime};
use serde::Serialize;
use serde_json::value::RawValue;

use super::difference::{DifferenceJson, Pair, difference};
use super::findings_at;
use crate::commands::inspect::token::{Encrypted, Inspected, Now, time_of};
use crate::notation::civil;
use crate::page::finding::{self, FindingJson};
use crate::page::json::{self, ErrorJson, Interval, Seconds};
use crate::page::judging_time::{self, JudgingTimeJson};
use crate::page::setting::SettingJson;
use crate::page::which::{Which, WhichJson};

#[derive(Serialize)]
struct InspectionJson {
    token: WhichJson,
    signature: &'static str,
    error: Option<ErrorJson>,
    utc_s: Interval,
    clock: JudgingTimeJson,
    settings: Vec<SettingJson>,
    times: Vec<TimeJson>,
    findings: Vec<FindingJson>,
    by_own_clock: Option<OwnJson>,
    difference: Option<DifferenceJson>,
    encrypted: Option<Encrypted>,
    unprotected_header: Option<Box<RawValue>>,
    header: Option<Box<RawValue>>,
    claims: Option<Box<RawValue>>,
}

/// The same times by this host's clock, if another clock was measured.
#[derive(Serialize)]
struct OwnJson {
    utc_s: Interval,
    times: Vec<TimeJson>,
    findings: Vec<FindingJson>,
}

#[derive(Serialize)]
struct TimeJson {
    claim: String,
    unix_s: Seconds,
    utc: Option<String>,
    from_now_s: Interval,
}

impl TimeJson {
    fn of(claim: String, at: UnixTime, utc: TimeBounds) -> Self {
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
pub(crate) fn json(
    token: &Inspected,
    which: &Which<'_>,
    now: &Now<'_>,
    settings: Vec<SettingJson>,
    pair: Option<&Pair<'_>>,
) -> String {
    let mut index = Scratch::new();
    let claims = token.claims(&mut index);
    let own = |utc| OwnJson {
        utc_s: json::utc(utc),
        times: times(claims.as_ref(), utc),
        findings: findings(claims.as_ref(), utc),
    };
    json::line(&InspectionJson {
        token: which.json(),
        signature: "unchecked",
        error: token.fault().map(finding::problem),
        utc_s: json::utc(now.utc),
        clock: judging_time::json(now.basis, now.utc),
        settings,
        times: times(claims.as_ref(), now.utc),
        findings: findings(claims.as_ref(), now.utc),
        by_own_clock: now.own.map(own),
        difference: pair.map(difference),
        encrypted: token.encrypted(),
        unprotected_header: token.unprotected.as_deref().and_then(json::raw),
        header: token.header_json().and_then(json::raw),
        claims: token.claims_json().and_then(json::raw),
    })
}

fn times(claims: Option<&Claims<'_>>, utc: TimeBounds) -> Vec<TimeJson> {
    const FIRST: [&str; 3] = ["iat", "nbf", "exp"];
    let Some(claims) = claims else { return Vec::new() };
    let time =
        |name: &str| Some(TimeJson::of(name.to_owned(), finding::date(name, claims)?.at(), utc));
    let members = claims.members().map(|(name, value)| (name.to_string(), value));
    let others = members.filter(|(name, _)| !FIRST.contains(&name.as_str()));
    let other = |(name, value): (String, Json<'_>)| {
        time_of(&name, value, claims).map(|at| TimeJson::of(name, at, utc))
    };
    FIRST.into_iter().filter_map(time).chain(others.filter_map(other)).collect()
}

fn findings(claims: Option<&Claims<'_>>, utc: TimeBounds) -> Vec<FindingJson> {
    claims.map_or_else(Vec::new, |claims| {
        findings_at(claims, utc).iter().map(|found| FindingJson::of(found, claims)).collect()
    })
}
