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
use crate::keys::Described;
use crate::output::safe;
use crate::verification::Basis;
use crate::verification::{Outcome, Problem, Signature};

#[derive(Serialize)]
struct VerdictJson {
    verdict: String,
    signature: &'static str,
    key: Option<KeyJson>,
    error: Option<ErrorJson>,
    utc_s: Interval,
    clock: ReckoningJson,
    findings: Vec<FindingJson>,
    header: Option<Box<RawValue>>,
    claims: Option<Box<RawValue>>,
}

/// The key that was asked.
#[derive(Serialize)]
struct KeyJson {
    kid: Option<String>,
    thumbprint: Option<String>,
    form: &'static str,
}

impl KeyJson {
    fn of(key: &Described) -> Self {
        let Described { kid, thumbprint, format, .. } = key;
        Self { kid: kid.clone(), thumbprint: thumbprint.clone(), form: format.code() }
    }
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
        key: outcome.key.as_ref().map(KeyJson::of),
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
    if let Some(key) = &outcome.key {
        let _ = writeln!(text, "  {}: {}", words::KEY.said_in(language), described(key, language));
    }
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

fn described(key: &Described, language: Language) -> String {
    let mut parts = vec![words::format(key.format).said_in(language).to_owned()];
    parts.extend(key.kid.as_deref().map(|kid| format!("kid '{}'", safe::line(kid))));
    parts.extend(key.thumbprint.as_deref().map(|print| words::thumbprint(print, language)));
    parts.join(", ")
}

fn signature(outcome: &Outcome<'_>, language: Language) -> String {
    let state = match outcome.signature {
        Signature::Valid => words::VALID,
        Signature::Invalid => words::INVALID,
        Signature::Unchecked => words::UNCHECKED,
    };
    let state = state.said_in(language);
    outcome.header.map_or_else(|| state.to_owned(), |header| format!("{state} ({})", header.alg))
}
