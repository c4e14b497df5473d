//! The line of a host: the verdict on it, and its state. `fixtures/schema/by-host.json` describes it.

use jwtick_core::UnixTime;
use jwtick_core::diagnosis::{Attribution, ClockFault};
use jwtick_core::time::{Direction, Offset, Rate};
use serde::Serialize;
use serde_json::value::RawValue;

use super::collection::States;
use super::state::HostState;
use super::verdict::Verdict;
use super::written::{StateJson, written};
use crate::notation::civil;
use crate::page::json::{self, Interval};

#[derive(Serialize)]
struct HostJson<'a> {
    #[serde(flatten)]
    summary: SummaryJson<'a>,
    state: StateJson<'a>,
}

/// The members without the state.
#[derive(Serialize)]
pub(crate) struct SummaryJson<'a> {
    host: &'a str,
    cause: &'static str,
    clock_fault: Option<bool>,
    certainty: &'static str,
    attribution: Option<&'static str>,
    direction: Option<&'static str>,
    offset_s: Option<Interval>,
    offset_if_utc_s: Option<Interval>,
    drift_ppm: Option<DriftJson>,
    since: Option<SinceJson>,
    until: Option<String>,
    steps: usize,
    refusals: u64,
    harm: u64,
    server: Option<&'a str>,
    remedy: Option<&'static str>,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct DriftJson {
    least: Option<Box<RawValue>>,
    most: Option<Box<RawValue>>,
}

#[derive(Serialize)]
struct SinceJson {
    after: Option<String>,
    by: String,
}

/// The lines of all hosts, by name.
pub(crate) fn lines(states: &States) -> String {
    states.iter().map(|(host, state)| line(host, state)).collect()
}

/// The line of a host, with its line feed.
pub(crate) fn line(host: &str, state: &HostState) -> String {
    let verdict = Verdict::of(state);
    json::line(&HostJson { summary: summary(host, state, &verdict), state: written(state) })
}

/// The verdict on a host.
pub(crate) fn summary<'a>(
    host: &'a str,
    state: &HostState,
    verdict: &'a Verdict,
) -> SummaryJson<'a> {
    let interval = |offset: Offset| (offset != Offset::UNKNOWN).then(|| json::interval(offset));
    let at = |secs: i64| civil::rfc3339_or_unix(UnixTime::from_secs(secs));
    SummaryJson {
        host,
        cause: verdict.cause.code(),
        clock_fault: match verdict.fault {
            ClockFault::Found => Some(true),
            ClockFault::Cleared => Some(false),
            ClockFault::Open => None,
        },
        certainty: verdict.certainty.code(),
        attribution: verdict.attribution.map(Attribution::code),
        direction: verdict.direction.map(Direction::code),
        offset_s: verdict.offset.and_then(interval),
        offset_if_utc_s: verdict.offset_if_utc.and_then(interval),
        drift_ppm: verdict.rate.map(drift),
        since: verdict.since.map(|since| SinceJson {
            after: since.after.map(civil::rfc3339_or_unix),
            by: civil::rfc3339_or_unix(since.by),
        }),
        until: verdict.until.map(civil::rfc3339_or_unix),
        steps: verdict.steps,
        refusals: verdict.refusals,
        harm: verdict.harm,
        server: Some(verdict.server.as_str()).filter(|server| !server.is_empty()),
        remedy: verdict.remedy,
        first: state.covered().map(|(first, _)| at(first)),
        last: state.covered().map(|(_, last)| at(last)),
    }
}

fn drift(rate: Rate) -> DriftJson {
    let raw = |ppb| json::raw(&ppm(ppb));
    DriftJson { least: raw(rate.least_ppb()), most: raw(rate.most_ppb()) }
}

/// Parts per billion as parts per million.
pub(crate) fn ppm(ppb: i64) -> String {
    let (whole, part) = (ppb.unsigned_abs() / 1_000, ppb.unsigned_abs() % 1_000);
    let sign = if ppb < 0 { "-" } else { "" };
    let text = format!("{sign}{whole}.{part:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
