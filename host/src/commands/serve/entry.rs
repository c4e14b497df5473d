//! The lines of the service's log, as JSON with a sentence.

use core::fmt;

use jwtick_core::time::Offset;
use jwtick_core::token::Claims;
use jwtick_core::words::{self, Language, Said, sentence, word};
use jwtick_core::{Span, UnixTime};
use serde::Serialize;

use crate::commands::refusal::problem;
use crate::notation::civil::rfc3339_or_unix;
use crate::output::safe;
use crate::page::finding::FindingJson;
use crate::page::json::{self, Interval, Seconds};
use crate::serve::{About, Decision, Detail, Entry, Kind, Line, Reason, Refusal, clock_in_words};
use crate::verification::Problem;

#[derive(Serialize)]
struct EntryJson<'e> {
    time: String,
    message: String,
    verdict: &'static str,
    reason: Option<&'static str>,
    status: u16,
    issuer: Option<&'e str>,
    method: &'e str,
    path: Option<&'e str>,
    trace_id: Option<&'e str>,
    alg: Option<&'static str>,
    kid: Option<&'e str>,
    jti: Option<&'e str>,
    iat: Option<Seconds>,
    nbf: Option<Seconds>,
    exp: Option<Seconds>,
    /// The bounds on UTC, in seconds since 1970.
    now: Option<Interval>,
    /// The source of these bounds.
    clock: &'static str,
    /// How far the issuer's clock is ahead of UTC.
    issuer_ahead_s: Option<Interval>,
    /// The least leeway that would have let the token pass.
    leeway_s: Option<Seconds>,
    findings: Vec<FindingJson>,
}

#[derive(Serialize)]
struct CountJson<'e> {
    time: String,
    message: String,
    verdict: Option<&'static str>,
    reason: Option<&'static str>,
    issuer: Option<&'e str>,
    count: u64,
}

/// A line of the log.
pub(super) fn line(line: &Line, language: Language) -> String {
    match line {
        Line::Verdict(entry) => verdict(entry, language),
        Line::Repeated { at, kind: Kind { issuer, reason }, count } => json::line(&CountJson {
            time: rfc3339_or_unix(*at),
            message: repeated(*count, language),
            verdict: Some(reason.map_or("allow", code)),
            reason: reason.map(Reason::code),
            issuer: issuer.as_deref(),
            count: *count,
        }),
        Line::Lost { at, count } => json::line(&CountJson {
            time: rfc3339_or_unix(*at),
            message: lost(*count, language),
            verdict: None,
            reason: None,
            issuer: None,
            count: *count,
        }),
    }
}

fn code(reason: Reason) -> &'static str {
    if reason.is_undecided() { "undecided" } else { "refuse" }
}

fn verdict(entry: &Entry, language: Language) -> String {
    let (about, refusal) = match &entry.decision {
        Decision::Allow(allowed) => (&allowed.about, None),
        Decision::Refuse(refusal) | Decision::Undecided(refusal) => {
            (&*refusal.about, Some(refusal))
        }
    };
    let About { issuer, alg, kid, jti, iat, nbf, exp, utc, findings, .. } = about;
    let date = |at: &Option<UnixTime>| at.map(|at| Seconds(at - UnixTime::EPOCH));
    let refused = findings.iter().filter(|_| refusal.is_some());
    json::line(&EntryJson {
        time: rfc3339_or_unix(entry.at),
        message: message(refusal, entry, language),
        verdict: refusal.map_or("allow", |refusal| code(refusal.reason)),
        reason: refusal.map(|refusal| refusal.reason.code()),
        status: entry.status,
        issuer: issuer.as_deref(),
        method: &entry.method,
        path: entry.path.as_deref(),
        trace_id: entry.trace.as_deref(),
        alg: *alg,
        kid: kid.as_deref(),
        jti: jti.as_deref(),
        iat: date(iat),
        nbf: date(nbf),
        exp: date(exp),
        now: utc.map(json::utc),
        clock: entry.clock,
        issuer_ahead_s: entry.issuer_clock.map(json::interval),
        leeway_s: refusal.and_then(|refusal| refusal.leeway).map(Seconds),
        findings: refused.map(|it| FindingJson::of(it, &Claims::EMPTY)).collect(),
    })
}

fn message(refusal: Option<&Refusal>, entry: &Entry, language: Language) -> String {
    let Some(refusal) = refusal else { return allowed(language).to_owned() };
    let mut text = match refusal.date() {
        Some(date) => words::finding(date, language).to_string(),
        None => because(refusal, language),
    };
    let clock = entry.issuer_clock.filter(|clock| tells(*clock));
    if let (Some(clock), Some(issuer)) = (clock, &refusal.about.issuer) {
        text.push_str("; ");
        text.push_str(&issuer_clock(issuer, clock, language));
    }
    if let Some(leeway) = refusal.leeway {
        text.push_str("; ");
        text.push_str(&enough(leeway, language));
    }
    let opening = if refusal.reason.is_undecided() { undecided } else { refused };
    safe::line(&format!("{}: {text}", opening(language)))
}

/// An old token alone allows every offset from far behind to any time ahead.
fn tells(clock: Offset) -> bool {
    let is_open = clock.least() == Span::MIN || clock.most() == Span::MAX;
    !is_open || !clock.contains(Span::ZERO)
}

fn because(refusal: &Refusal, language: Language) -> String {
    let text = refusal.reason.words(language).to_owned();
    match refusal.detail.as_deref() {
        Some(Detail::Token(fault @ (Problem::Decode(_) | Problem::Key(_)))) => {
            format!("{text}: {}", problem(fault, language))
        }
        Some(Detail::Token(Problem::Algorithm { met, .. })) => format!("{text}: {met}"),
        Some(Detail::Token(Problem::Type { met, .. })) => format!("{text}: {met}"),
        Some(Detail::Claim(checked)) => format!("{text}: {}", checked.claim),
        Some(Detail::Member(name)) => format!("{text}: {name}"),
        Some(Detail::Store(fault)) => format!("{text}: {fault}"),
        Some(Detail::Request(fault)) => format!("{text}: {}", fault.words()),
        Some(Detail::Proof(fault)) => format!("{text}: {}", fault.words(language)),
        _ if !refusal.scopes.is_empty() => format!("{text}: {}", refusal.scopes.join(" ")),
        _ => text,
    }
}

const fn allowed(language: Language) -> &'static str {
    word!(language, en: "allowed", de: "zugelassen", ko: "허용")
}

const fn refused(language: Language) -> &'static str {
    word!(language, en: "refused", de: "abgelehnt", ko: "거부")
}

const fn undecided(language: Language) -> &'static str {
    word!(language, en: "undecided", de: "nicht entschieden", ko: "판정 불가")
}

fn said(sentence: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result) -> String {
    Said(sentence).to_string()
}

fn issuer_clock(issuer: &str, ahead: Offset, language: Language) -> String {
    let is = clock_in_words(ahead, language);
    said(|f| {
        sentence!(f, language,
            en: "the clock of issuer {issuer} is {is}",
            de: "Die Uhr des Ausstellers {issuer} geht {is}",
            ko: "발급자 {issuer}의 시계: {is}",
        )
    })
}

fn enough(leeway: Span, language: Language) -> String {
    let leeway = words::duration(leeway, language);
    said(|f| {
        sentence!(f, language,
            en: "a leeway of {leeway} would have let it pass",
            de: "mit einer Toleranz von {leeway} wäre es zugelassen worden",
            ko: "허용 오차가 {leeway}이면 통과했을 것입니다",
        )
    })
}

fn repeated(count: u64, language: Language) -> String {
    said(|f| {
        sentence!(f, language,
            en: "{count} more of these within a second",
            de: "{count} weitere davon innerhalb einer Sekunde",
            ko: "1초 안에 같은 판정이 {count}건 더 있었습니다",
        )
    })
}

fn lost(count: u64, language: Language) -> String {
    said(|f| {
        sentence!(f, language,
            en: "the reader of this log is too slow: {count} lines are missing",
            de: "Dieses Log wird zu langsam gelesen: {count} Zeilen fehlen",
            ko: "로그를 읽는 속도가 느려 {count}행이 빠졌습니다",
        )
    })
}
