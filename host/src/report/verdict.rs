//! The answer of `verify`.

use core::fmt::Write;

use jwtick_core::render::{self, Language};
use jwtick_core::{DecodeError, TimeBounds};
use serde::Serialize;
use serde_json::value::RawValue;

use super::finding::{self, FindingJson};
use super::json::{self, ErrorJson, Interval};
use super::reckoning::{self, ReckoningJson};
use super::{refusal, words};
use crate::commands::verify::{Outcome, Problem, Signature};
use crate::reckoning::Basis;

#[derive(Serialize)]
struct VerdictJson {
    verdict: String,
    signature: &'static str,
    error: Option<ErrorJson>,
    utc_s: Interval,
    clock: ReckoningJson,
    findings: Vec<FindingJson>,
    header: Option<Box<RawValue>>,
    claims: Option<Box<RawValue>>,
}

/// A token that cannot be read, as both commands report it.
pub(crate) fn decode_error(fault: &DecodeError) -> ErrorJson {
    let problem = Problem::Decode(fault.clone());
    ErrorJson { code: problem.code(), message: problem.to_string() }
}

/// The answer as one line of JSON.
pub(crate) fn json(outcome: &Outcome<'_>, utc: TimeBounds, basis: &Basis) -> String {
    let claims = outcome.claims.as_ref();
    let error =
        outcome.problem.as_ref().map(|p| ErrorJson { code: p.code(), message: p.to_string() });
    json::line(&VerdictJson {
        verdict: outcome.verdict().to_string(),
        signature: outcome.signature.code(),
        error,
        utc_s: json::utc(utc),
        clock: reckoning::json(basis, utc),
        findings: claims.map_or_else(Vec::new, |claims| {
            outcome.findings().map(|found| FindingJson::of(found, claims)).collect()
        }),
        header: outcome.header.and_then(|header| json::raw(header.as_written())),
        claims: claims.and_then(|claims| json::raw(claims.as_written())),
    })
}

/// The answer as text: the verdict first.
pub(crate) fn text(
    outcome: &Outcome<'_>,
    utc: TimeBounds,
    basis: &Basis,
    language: Language,
) -> String {
    let verdict = outcome.verdict();
    let style = finding::style(verdict).bold();
    let mut text = format!("{style}{}{style:#}\n", render::verdict(verdict, language));
    if let Some(problem) = &outcome.problem {
        let reason = refusal::problem(problem, language);
        let _ = writeln!(text, "  {}: {reason}", words::REASON.said_in(language));
    }
    let signature = signature(outcome, language);
    let _ = writeln!(text, "  {}: {signature}", words::SIGNATURE.said_in(language));
    for found in outcome.findings() {
        text.push_str(&finding::line(found, LONGEST_RULE, language));
    }
    // Where no date was judged, no clock was used.
    if outcome.judgement.is_some() {
        text += &reckoning::lines(basis, utc, language);
    }
    let notes = outcome.claims.as_ref().map(|claims| finding::notes(claims, language));
    for note in notes.unwrap_or_default() {
        let _ = writeln!(text, "  {}: {note}", words::NOTE.said_in(language));
    }
    text
}

/// `max_age`
const LONGEST_RULE: usize = 7;

fn signature(outcome: &Outcome<'_>, language: Language) -> String {
    let state = match outcome.signature {
        Signature::Valid => words::VALID,
        Signature::Invalid => words::INVALID,
        Signature::Unchecked => words::UNCHECKED,
    };
    let state = state.said_in(language);
    outcome.header.map_or_else(|| state.to_owned(), |header| format!("{state} ({})", header.alg))
}
