//! The answer of `inspect`.

use core::fmt::Write;

use anstyle::Style;
use jiff::tz::TimeZone;
use jwtick_core::render::{self, Language};
use jwtick_core::{Claims, Policy, Scratch, Span, TimeBounds, UnixTime};

use super::terminal::{self, Glyphs, columns};
use super::timeline::Timeline;
use super::words;
use super::{finding, reckoning};
use crate::commands::inspect::{Inspected, Now};
use crate::language::Words;
use crate::notation::civil;
use crate::notation::zone;
use crate::output::safe;
use crate::verification::middle;

mod json;

pub(crate) use json::json;

/// Names of claims are set in a column that is no wider than this.
const NAMES: usize = 16;

/// The answer as text.
pub(crate) fn text(token: &Inspected, now: &Now<'_>, language: Language) -> String {
    let mut text = warning(token, language);
    if let Some(header) = token.header() {
        text.push_str(&title(words::HEADER, language));
        let _ = writeln!(text, "  {}", safe::line(header));
    }
    if let Some(payload) = token.payload() {
        text.push_str(&title(words::CLAIMS, language));
        let mut index = Scratch::new();
        match token.claims(&mut index) {
            Some(claims) => text.push_str(&told(&claims, now, language)),
            None => text.push_str(&format!("  {}\n", safe::line(payload))),
        }
    }
    if let Some(bytes) = token.signature() {
        text.push_str(&title(words::SIGNATURE, language));
        let _ = writeln!(text, "  {} ({bytes} B)", words::UNCHECKED.said_in(language));
    }
    text
}

fn warning(token: &Inspected, language: Language) -> String {
    let yellow = finding::style(jwtick_core::Verdict::Undecided);
    match token.fault() {
        None => format!("{yellow}{}{yellow:#}\n", words::UNVERIFIED.said_in(language)),
        Some(fault) => {
            let red = finding::style(jwtick_core::Verdict::Reject);
            let refused = words::REFUSED.said_in(language);
            let reason = words::REASON.said_in(language);
            let fault = render::decode_error(fault, language);
            format!("{red}{refused}{red:#}\n  {reason}: {fault}\n")
        }
    }
}

fn title(words: Words, language: Language) -> String {
    let bold = Style::new().bold();
    format!("{bold}{}{bold:#}\n", words.said_in(language))
}

/// Claims, findings, notes and the picture.
fn told(claims: &Claims<'_>, now: &Now<'_>, language: Language) -> String {
    let mut text = table(claims, now, language);
    let findings = findings(claims, now.utc, language);
    if findings.is_empty() {
        return text;
    }
    text.push_str(&title(words::TIMES, language));
    text.push_str(&findings);
    for note in finding::notes(claims, language) {
        let _ = writeln!(text, "  {}: {note}", words::NOTE.said_in(language));
    }
    if let Some(own) = now.own {
        text += &reckoning::lines(now.basis, now.utc, language);
        text += &title(words::TIMES_BY_THIS_CLOCK, language);
        text += &self::findings(claims, own, language);
    }
    let _ = writeln!(text, "\n{}\n", picture(claims, now.utc, language));
    text
}

fn findings(claims: &Claims<'_>, utc: TimeBounds, language: Language) -> String {
    let judgement = Policy::RFC7519.judge(claims, utc);
    judgement.findings().map(|found| finding::line(found, 3, language)).collect()
}

fn table(claims: &Claims<'_>, now: &Now<'_>, language: Language) -> String {
    let zone = zone::local();
    let names = claims.members().map(|(name, _)| columns(&safe::line(&name.to_string())));
    let width = names.max().unwrap_or(0).min(NAMES);
    let mut text = String::new();
    for (name, value) in claims.members() {
        let name = safe::line(&name.to_string());
        let blanks = " ".repeat(width.saturating_sub(columns(&name)));
        let _ = writeln!(text, "  {name}{blanks}  {}", safe::line(value.as_written()));
        if let Some(date) = finding::date(&name, claims) {
            let indent = " ".repeat(width);
            for reading in readings(date.at(), &zone, now, language) {
                let _ = writeln!(text, "  {indent}  {reading}");
            }
        }
    }
    text
}

/// An instant in UTC, in local time where that differs, and as seen from now.
fn readings(at: UnixTime, zone: &TimeZone, now: &Now<'_>, language: Language) -> Vec<String> {
    let away = away(at, now, language);
    let mut readings: Vec<String> =
        [civil::utc(at), civil::local(at, zone)].into_iter().flatten().collect();
    readings.dedup_by(|local, utc| local.get(..19) == utc.get(..19) && local.ends_with("+00:00"));
    match (readings.first_mut(), away) {
        (Some(first), Some(away)) => *first = format!("{first} · {away}"),
        (None, Some(away)) => readings.push(away),
        (_, None) => {}
    }
    readings
}

/// `in 4 min`, and what this host's clock makes of it where another one was measured.
fn away(at: UnixTime, now: &Now<'_>, language: Language) -> Option<String> {
    let from = |utc: TimeBounds| {
        let closed = (!utc.is_open()).then(|| middle(utc));
        closed.map(|now| render::relative(at - now, language).to_string())
    };
    match (from(now.utc), now.own.and_then(from)) {
        (Some(away), Some(own)) => {
            Some(format!("{away} ({}: {own})", words::BY_THIS_CLOCK.said_in(language)))
        }
        (away, _) => away,
    }
}

fn picture(claims: &Claims<'_>, utc: TimeBounds, language: Language) -> String {
    let at = |name| finding::date(name, claims).map(jwtick_core::NumericDate::at);
    let marks: Vec<(&str, UnixTime)> =
        ["iat", "nbf", "exp"].into_iter().filter_map(|name| Some((name, at(name)?))).collect();
    let timeline = Timeline {
        marks: &marks,
        now: utc,
        now_label: &render::relative(Span::ZERO, language).to_string(),
        valid: (at("nbf"), at("exp")),
        width: terminal::width(),
        glyphs: Glyphs::of_environment(),
    };
    timeline.draw(|micros| {
        let length = i64::try_from(micros).map_or(Span::MAX, Span::from_micros);
        render::rounded(length, language).to_string()
    })
}
