//! The answer of `explain` as JSON, as `fixtures/schema/explain.json` describes it.

use jwtick_core::TimeBounds;
use jwtick_core::judge::dialect::{Change, Changes, Dates, Dialect};
use jwtick_core::token::JsonError;
use serde::Serialize;

use super::answer::Clocks;
use crate::page::json::{self, Interval, Seconds};
use crate::page::judging_time::{self, JudgingTimeJson};
use crate::page::which::{Which, WhichJson};

#[derive(Debug, Serialize)]
struct ExplainJson {
    token: WhichJson,
    signature: &'static str,
    error: Option<String>,
    utc_s: Interval,
    clock: JudgingTimeJson,
    offset_s: Option<Seconds>,
    agree: Option<bool>,
    changes: Vec<ChangeJson>,
    verifiers: Vec<VerifierJson>,
}

#[derive(Debug, Serialize)]
struct VerifierJson {
    name: &'static str,
    product: &'static str,
    version: &'static str,
    kind: &'static str,
    basis: &'static str,
    source: &'static str,
    mine: JudgedJson,
    theirs: Option<JudgedJson>,
}

#[derive(Debug, Serialize)]
struct JudgedJson {
    verdict: String,
    reason: Option<ReasonJson>,
}

#[derive(Debug, Serialize)]
struct ReasonJson {
    code: &'static str,
    claim: Option<&'static str>,
    margin_s: Option<Interval>,
}

#[derive(Debug, Serialize)]
struct ChangeJson {
    change: &'static str,
    claim: Option<&'static str>,
    by_s: Option<Seconds>,
}

/// The answer about one token.
pub(super) fn line_of(
    which: &Which<'_>,
    dates: &Result<Dates<'_>, JsonError>,
    dialects: &[&'static Dialect],
    clocks: &Clocks<'_>,
) -> String {
    let at = clocks.theirs().unwrap_or(clocks.mine);
    let verifiers = dates.as_ref().map_or_else(
        |_| Vec::new(),
        |dates| dialects.iter().map(|dialect| verifier(dialect, dates, clocks)).collect(),
    );
    let changes = dates.as_ref().map(|dates| Changes::between(dialects.iter().copied(), dates, at));
    json::line(&ExplainJson {
        token: which.json(),
        signature: "unchecked",
        error: dates.as_ref().err().map(ToString::to_string),
        utc_s: json::utc(clocks.mine),
        clock: judging_time::json(clocks.basis, clocks.mine),
        offset_s: clocks.offset.map(Seconds),
        agree: agree(&verifiers),
        changes: changes.iter().flat_map(|it| it.iter()).map(change).collect(),
        verifiers,
    })
}

fn verifier(dialect: &'static Dialect, dates: &Dates<'_>, clocks: &Clocks<'_>) -> VerifierJson {
    VerifierJson {
        name: dialect.name,
        product: dialect.product,
        version: dialect.version,
        kind: dialect.kind.name(),
        basis: dialect.basis.name(),
        source: dialect.source,
        mine: judged(dialect, dates, clocks.mine),
        theirs: clocks.theirs().map(|theirs| judged(dialect, dates, theirs)),
    }
}

fn judged(dialect: &Dialect, dates: &Dates<'_>, clock: TimeBounds) -> JudgedJson {
    let judged = dialect.judge(dates, clock);
    let reason = judged.reason().map(|answer| ReasonJson {
        code: answer.code(),
        claim: answer.claim().map(|claim| claim.name()),
        margin_s: answer.margin().map(|margin| Interval::between(margin.least(), margin.most())),
    });
    JudgedJson { verdict: judged.verdict().to_string(), reason }
}

/// Whether all give the same verdict, by their own clock; none if no verifier could be asked.
fn agree(verifiers: &[VerifierJson]) -> Option<bool> {
    let of = |it: &VerifierJson| it.theirs.as_ref().unwrap_or(&it.mine).verdict.clone();
    let first = of(verifiers.first()?);
    Some(verifiers.iter().all(|it| of(it) == first))
}

fn change(change: Change) -> ChangeJson {
    let (code, claim, by) = match change {
        Change::Once => ("once", None, None),
        Change::AsInteger(claim) => ("as-integer", Some(claim), None),
        Change::Add(claim) => ("add", Some(claim), None),
        Change::Earlier(claim, by) => ("earlier", Some(claim), Some(by)),
        Change::Later(by) => ("later", Some(jwtick_core::token::Claim::Exp), Some(by)),
        Change::Shorter(by) => ("shorter", None, Some(by)),
        Change::Younger(by) => ("younger", None, Some(by)),
        Change::Order => ("order", None, None),
        _ => ("other", None, None),
    };
    ChangeJson { change: code, claim: claim.map(|claim| claim.name()), by_s: by.map(Seconds) }
}
