//! The answer of `inspect`.

mod difference;
mod json;

use core::fmt::Write;

use jiff::tz::TimeZone;
use jwtick_core::judge::Finding;
use jwtick_core::token::Claims;
use jwtick_core::words::word;
use jwtick_core::words::{self, Language};
use jwtick_core::{Policy, Scratch, TimeBounds, UnixTime};

pub(crate) use difference::{Pair, text as compared};
pub(crate) use json::json;

use super::token::{Encrypted, Inspected, Now, time_of};
use crate::commands::explain::run::differ;
use crate::commands::refusal::problem;
use crate::notation::{civil, zone};
use crate::output::{Text, safe};
use crate::page::finding;
use crate::page::judging_time;
use crate::page::layout::TITLE;
use crate::page::terminal::columns;
use crate::page::timeline;
use crate::verification::{Problem, middle};

/// Maximum width of the column of claim names.
const NAMES: usize = 16;

/// The answer as text.
pub(crate) fn text(token: &Inspected, now: &Now<'_>, language: Language) -> Text {
    let mut text = warning(token, language);
    if let Some(header) = token.header() {
        text += &title(header_title(language));
        let _ = writeln!(text, "  {}", safe::line(header));
    }
    if let Some(header) = &token.unprotected {
        text += &title(unprotected_title(language));
        let _ = writeln!(text, "  {}", safe::line(header));
    }
    if let Some(parts) = token.encrypted() {
        text += &title(encrypted_title(language));
        text += &encrypted(parts, language);
    }
    if let Some(payload) = token.payload() {
        text += &title(claims_title(language));
        let mut index = Scratch::new();
        match token.claims(&mut index) {
            Some(claims) => text += &told(&claims, now, language),
            None => text += &format!("  {}\n", safe::line(payload)),
        }
    }
    if let Some(bytes) = token.signature() {
        text += &title(finding::signature(language));
        let _ = writeln!(text, "  {} ({bytes} B)", finding::unchecked(language));
    }
    if token.payload().is_some_and(|payload| differ(payload.as_bytes(), now.utc)) {
        let _ = writeln!(text, "\n{}", verifiers_differ(language));
    }
    text
}

const fn verifiers_differ(language: Language) -> &'static str {
    word!(language,
        en: "Verifiers differ about these times: `jwtick explain` shows which accept them, and why.",
        de: "Prüfer sind sich über diese Zeiten nicht einig: `jwtick explain` zeigt, welche sie akzeptieren und warum.",
        ko: "이 시간에 대한 판정은 검증기마다 다릅니다. `jwtick explain` 명령이 어느 것이 왜 수락하는지 보여 줍니다.",
    )
}

fn warning(token: &Inspected, language: Language) -> Text {
    let Some(fault) = token.fault() else {
        let yellow = finding::style(jwtick_core::Verdict::Undecided);
        return Text::styled(yellow, unverified(language)) + "\n";
    };
    let red = finding::style(jwtick_core::Verdict::Reject);
    let headline = match fault {
        Problem::Encrypted => is_encrypted(language),
        _ => refused(language),
    };
    let fault = problem(fault, language);
    let reason = format!("\n  {}: {fault}\n", finding::reason(language));
    Text::styled(red, headline) + &reason
}

fn encrypted(parts: Encrypted, language: Language) -> String {
    let [key, iv, ciphertext, tag] = match language {
        Language::English => {
            ["Encrypted key", "Initialization vector", "Ciphertext", "Authentication tag"]
        }
        Language::German => [
            "Verschlüsselter Schlüssel",
            "Initialisierungsvektor",
            "Chiffrat",
            "Authentifizierungs-Tag",
        ],
        Language::Korean => ["암호화된 키", "초기화 벡터", "암호문", "인증 태그"],
    };
    let parts = [
        (key, parts.encrypted_key),
        (iv, parts.iv),
        (ciphertext, parts.ciphertext),
        (tag, parts.tag),
    ];
    parts.map(|(name, bytes)| format!("  {name} ({bytes} B)\n")).concat()
}

fn title(title: &str) -> Text {
    Text::styled(TITLE, title) + "\n"
}

/// Claims, findings, notes and the picture.
fn told(claims: &Claims<'_>, now: &Now<'_>, language: Language) -> Text {
    let mut text = Text::from(table(claims, now, language));
    text += &title(times(language));
    text += &findings(claims, now.utc, language);
    let Some(picture) = timeline::picture(claims, now.utc, language) else {
        return text; // nothing to compare with a clock
    };
    for note in finding::notes(claims, language) {
        let _ = writeln!(text, "  {}: {note}", finding::note(language));
    }
    if let Some(own) = now.own {
        text += &judging_time::lines(now.basis, now.utc, language);
        text += &title(times_by_this_clock(language));
        text += &findings(claims, own, language);
    }
    text + "\n" + &picture + "\n\n"
}

fn findings(claims: &Claims<'_>, utc: TimeBounds, language: Language) -> Text {
    findings_at(claims, utc).iter().map(|found| finding::line(found, 3, language)).collect()
}

/// The findings by RFC 7519 alone.
fn findings_at(claims: &Claims<'_>, utc: TimeBounds) -> Vec<Finding> {
    let findings = Policy::RFC7519.any_audience().findings_of_unverified(claims, utc);
    findings.iter().copied().collect()
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
        if let Some(at) = time_of(&name, value, claims) {
            let indent = " ".repeat(width);
            for reading in readings(at, &zone, now, language) {
                let _ = writeln!(text, "  {indent}  {reading}");
            }
        }
    }
    text
}

/// An instant in UTC, in local time if that differs, and relative to now.
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

/// `in 4 min`, followed by the same from this host's clock if another one was measured.
fn away(at: UnixTime, now: &Now<'_>, language: Language) -> Option<String> {
    let from = |utc: TimeBounds| {
        let closed = (!utc.is_open()).then(|| middle(utc));
        closed.map(|now| words::relative(at - now, language).to_string())
    };
    match (from(now.utc), now.own.and_then(from)) {
        (Some(away), Some(own)) => Some(format!("{away} ({}: {own})", by_this_clock(language))),
        (away, _) => away,
    }
}

pub(crate) const fn header_title(language: Language) -> &'static str {
    word!(language,
        en: "Header",
        de: "Header",
        ko: "헤더",
    )
}

pub(crate) const fn unprotected_title(language: Language) -> &'static str {
    word!(language,
        en: "Unprotected header (not signed)",
        de: "Ungeschützter Header (nicht signiert)",
        ko: "보호되지 않는 헤더(서명 대상 아님)",
    )
}

pub(crate) const fn encrypted_title(language: Language) -> &'static str {
    word!(language,
        en: "Encrypted parts",
        de: "Verschlüsselte Teile",
        ko: "암호화된 부분",
    )
}

pub(crate) const fn claims_title(language: Language) -> &'static str {
    word!(language,
        en: "Claims",
        de: "Claims",
        ko: "클레임",
    )
}

pub(crate) const fn times(language: Language) -> &'static str {
    word!(language,
        en: "Times",
        de: "Zeiten",
        ko: "시간",
    )
}

pub(crate) const fn times_by_this_clock(language: Language) -> &'static str {
    word!(language,
        en: "Times by this host's clock",
        de: "Zeiten nach der Uhr dieses Hosts",
        ko: "이 호스트의 시계 기준 시간",
    )
}

pub(crate) const fn by_this_clock(language: Language) -> &'static str {
    word!(language,
        en: "by this host's clock",
        de: "nach der Uhr dieses Hosts",
        ko: "이 호스트의 시계로는",
    )
}

/// Headline of a readable token.
pub(crate) const fn unverified(language: Language) -> &'static str {
    word!(language,
        en: "The signature was not checked, so this content is unverified.",
        de: "Die Signatur wurde nicht geprüft; dieser Inhalt ist daher unbestätigt.",
        ko: "서명을 확인하지 않았으므로 이 내용은 검증되지 않은 것입니다.",
    )
}

/// Headline of an encrypted token.
pub(crate) const fn is_encrypted(language: Language) -> &'static str {
    word!(language,
        en: "This token is encrypted.",
        de: "Dieses Token ist verschlüsselt.",
        ko: "이 토큰은 암호화되어 있습니다.",
    )
}

/// Headline of a malformed token.
pub(crate) const fn refused(language: Language) -> &'static str {
    word!(language,
        en: "This token is refused as malformed.",
        de: "Dieses Token wird als fehlerhaft abgelehnt.",
        ko: "형식이 잘못되어 이 토큰은 거부됩니다.",
    )
}
