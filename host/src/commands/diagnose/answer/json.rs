//! A diagnosis as one line of JSON; `fixtures/schema/diagnose.json` describes it.

use jwtick_core::diagnosis::{
    Attribution, Cause, Certainty, ClockFault, Diagnosis, Evidence, HostClock, ZoneKnowledge,
};
use jwtick_core::survey::{NodeClock, NodeClocks};
use jwtick_core::time::{Direction, Offset};
use jwtick_core::words::{self, Language};
use serde::Serialize;

use super::proof;
use super::relation::{self, Related, RelationJson};
use super::text::{LeftOutJson, left_out_json};
use crate::commands::diagnose::intake::LeftOut;
use crate::notation::civil;
use crate::page::json::{self, Interval, line};

#[derive(Serialize)]
struct Answer<'a> {
    input: &'a str,
    cause: &'static str,
    clock_fault: Option<bool>,
    offset_s: Option<Interval>,
    offset_if_utc_s: Option<Interval>,
    remote_offset_s: Option<Interval>,
    direction: Option<&'static str>,
    certainty: &'static str,
    attribution: Option<&'static str>,
    zone: &'static str,
    clocks: Option<Vec<Clock>>,
    hosts: Vec<Host<'a>>,
    evidence: Vec<Line<'a>>,
    proof: Option<proof::Json>,
    assumes: Vec<&'static str>,
    readings: Vec<&'static str>,
    remedy: Vec<String>,
    decider: Option<String>,
    summary: String,
}

#[derive(Serialize)]
struct Clock {
    offset_s: Option<Interval>,
    answers: u32,
}

#[derive(Serialize)]
struct Host<'a> {
    host: &'a str,
    offset_s: Option<Interval>,
    cause: Option<&'static str>,
    certainty: Option<&'static str>,
    refusals: u32,
    successes: u32,
}

#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    kind: &'static str,
    by: &'static str,
    product: Option<&'static str>,
    time: Option<String>,
    text: &'a str,
}

/// The diagnosis of one input.
#[derive(Serialize)]
struct OfInput<'a, D: Serialize> {
    #[serde(flatten)]
    diagnosis: D,
    incomplete: Option<String>,
    left_out: Option<LeftOutJson>,
    relations: Vec<RelationJson<'a>>,
}

/// What was found in one input.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    pub(crate) diagnosis: &'a Diagnosis,
    /// Why only a part of the input was read.
    pub(crate) incomplete: Option<String>,
    /// The lines that were left out, if a range was given.
    pub(crate) left_out: Option<LeftOut>,
    /// The relations of the input with those before it.
    pub(crate) relations: &'a [Related],
}

/// The diagnosis of `input`, with its line break.
pub(crate) fn json(input: &str, found: &Found<'_>, language: Language) -> String {
    line(&OfInput {
        diagnosis: answer(input, found.diagnosis, language),
        incomplete: found.incomplete.clone(),
        left_out: found.left_out.as_ref().map(left_out_json),
        relations: found.relations.iter().map(relation::json).collect(),
    })
}

fn of_host(host: &HostClock) -> Host<'_> {
    Host {
        host: &host.name,
        offset_s: host.offset.and_then(interval),
        cause: host.cause.map(Cause::code),
        certainty: host.certainty.map(Certainty::code),
        refusals: host.refusals,
        successes: host.successes,
    }
}

/// The members of the JSON object.
pub(crate) fn answer<'a>(
    input: &'a str,
    diagnosis: &'a Diagnosis,
    language: Language,
) -> impl Serialize + 'a {
    let remedies = diagnosis.remedies.iter();
    let server = diagnosis.server.as_str();
    Answer {
        input,
        cause: diagnosis.cause.code(),
        clock_fault: clock_fault(diagnosis.fault),
        offset_s: diagnosis.offset.and_then(interval),
        offset_if_utc_s: diagnosis.offset_if_utc.and_then(interval),
        remote_offset_s: remote(diagnosis),
        direction: diagnosis.direction.map(Direction::code),
        certainty: diagnosis.certainty.code(),
        attribution: diagnosis.attribution.map(Attribution::code),
        zone: zone(diagnosis.zone),
        clocks: diagnosis.clocks.as_ref().map(clocks),
        hosts: diagnosis.hosts.iter().map(of_host).collect(),
        evidence: diagnosis.evidence.iter().map(evidence).collect(),
        proof: diagnosis.proof.as_ref().map(|it| proof::json(it, language)),
        assumes: diagnosis.assumptions.iter().map(|it| it.code()).collect(),
        readings: diagnosis.possibilities.iter().map(|it| it.code()).collect(),
        remedy: remedies
            .map(|remedy| words::remedy_at(remedy, server, language).to_string())
            .collect(),
        decider: diagnosis
            .decider
            .map(|open| words::decider_at(open, server, language).to_string()),
        summary: words::summary(diagnosis, language).to_string(),
    }
}

fn clocks(clocks: &NodeClocks) -> Vec<Clock> {
    let clock =
        |clock: &NodeClock| Clock { offset_s: interval(clock.offset()), answers: clock.answers() };
    clocks.clocks().iter().map(clock).collect()
}

const fn clock_fault(fault: ClockFault) -> Option<bool> {
    match fault {
        ClockFault::Found => Some(true),
        ClockFault::Cleared => Some(false),
        ClockFault::Open => None,
    }
}

const fn zone(zone: ZoneKnowledge) -> &'static str {
    match zone {
        ZoneKnowledge::Stated => "stated",
        ZoneKnowledge::Recovered(_) => "recovered",
        ZoneKnowledge::Assumed => "assumed",
        ZoneKnowledge::Unknown => "unknown",
    }
}

// An interval that is open on both sides carries no information.
fn interval(offset: Offset) -> Option<Interval> {
    (offset != Offset::UNKNOWN).then(|| json::interval(offset))
}

fn remote(diagnosis: &Diagnosis) -> Option<Interval> {
    diagnosis.third_opinion.and_then(|opinion| opinion.remote).and_then(interval)
}

fn evidence(evidence: &Evidence) -> Line<'_> {
    Line {
        line: evidence.line,
        kind: evidence.kind.code(),
        by: evidence.by.code(),
        product: evidence.product,
        time: evidence.instant.and_then(civil::rfc3339),
        text: &evidence.text,
    }
}

#[cfg(test)]
mod tests {
    use jwtick_core::diagnosis::{Cause, Certainty, EvidenceKind};
    use jwtick_core::evidence::Author;
    use jwtick_core::{Span, UnixTime};

    use super::*;

    fn diagnosis() -> Diagnosis {
        let evidence = Evidence {
            line: 27,
            kind: EvidenceKind::ServerTime,
            by: Author::Peer,
            product: None,
            instant: Some(UnixTime::from_secs(1_488_515_345)),
            text: "Date: \"Fri\"".try_into().unwrap(),
        };
        Diagnosis {
            cause: Cause::LocalClock,
            fault: ClockFault::Found,
            direction: Some(Direction::Behind),
            certainty: Certainty::Likely,
            offset: Offset::between(Span::from_millis(2_640), Span::MAX),
            offset_if_utc: None,
            assumptions: Default::default(),
            difference: None,
            possibilities: Default::default(),
            attribution: None,
            proof: None,
            third_opinion: None,
            zone: ZoneKnowledge::Stated,
            reading: None,
            drift: None,
            clocks: None,
            hosts: Default::default(),
            evidence: core::iter::once(evidence).collect(),
            remedies: Default::default(),
            server: Default::default(),
            decider: None,
            refusals: 1,
            lines: 40,
        }
    }

    fn written(input: &str, diagnosis: &Diagnosis) -> String {
        let found = Found { diagnosis, incomplete: None, left_out: None, relations: &[] };
        json(input, &found, Language::English)
    }

    #[test]
    fn writes_exact_seconds_and_open_ends() {
        let written = written("a \"log\"", &diagnosis());
        let start = r#"{"input":"a \"log\"","cause":"local-clock","clock_fault":true,"offset_s":{"least":2.64,"most":null},"offset_if_utc_s":null,"remote_offset_s":null,"direction":"behind","certainty":"likely","attribution":null,"zone":"stated","clocks":null,"hosts":[],"evidence":[{"line":27,"kind":"server-time","by":"peer","product":null,"time":"2017-03-03T04:29:05Z","text":"Date: \"Fri\""}],"proof":null,"assumes":[],"readings":[],"remedy":[],"decider":null,"summary":"#;
        assert!(written.starts_with(start), "{written}");
        assert!(
            written.ends_with("\",\"incomplete\":null,\"left_out\":null,\"relations\":[]}\n"),
            "{written}"
        );
    }

    #[test]
    fn offset_open_on_both_sides_is_null() {
        let unknown = Diagnosis { offset: Some(Offset::UNKNOWN), ..diagnosis() };
        let written = written("-", &unknown);
        assert!(written.contains(r#""offset_s":null"#), "{written}");
    }
}
