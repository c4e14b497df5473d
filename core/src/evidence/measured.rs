//! Offsets of the local clock that a program of any name measured or corrected.
//!
//! A change of the clock has one sign: `stepped by +3600 s` and `from 09:00 to 10:00` mean that the
//! clock was behind. The word `offset` has the sign of NTP (RFC 5905 §8) in every time service that
//! sets the clock by it. Other differences have no sign without a row of the catalogue.

use super::catalogue::{Judge, Row, Says};
use super::find::{after, contains, contains_any};
use super::head::{Piece, is_own_place};
use super::judgement::{Finding, Found};
use super::mention::instants;
use super::number;
use super::stamp;
use crate::time::Span;

/// Programs whose work is the time, by the names that they have in a log.
const SERVICES: &[&str] = &[
    "ntpd",
    "ntpsec",
    "chronyd",
    "ntpdate",
    "sntp",
    "ntpdig",
    "rdate",
    "openntpd",
    "htpdate",
    "ntpclient",
    "tlsdate",
    "tlsdated",
    "timed",
    "hwclock",
    "phc2sys",
    "connmand",
    "systemd-timesyncd",
    "VBoxService",
    "vmtoolsd",
    "w32time",
    "busybox",
];

/// The statement of a time service that no row knows.
static STATEMENT: Row = Row { tags: SERVICES, ..Row::general(Says::Step, Judge::Us, "") };

/// An offset (reference minus local), and the statement that it is.
pub(crate) struct Measured {
    pub(crate) row: &'static Row,
    pub(crate) at: usize,
    pub(crate) behind: Span,
}

/// Returns the offset that `text` states at the place where a time service writes it.
pub(crate) fn measured(text: &[u8], found: &Found, piece: Piece) -> Option<Measured> {
    let place = found.iter().find(|place| place.stem.finding == Finding::Set)?;
    let at = message_start(text, place.at);
    let clause = text.get(at..)?;
    let behind = by_change(clause)
        .or_else(|| by_offset(clause))
        .or_else(|| by_times(clause))
        .or_else(|| by_direction(clause))?;
    is_own_place(&STATEMENT, text, at, piece).then_some(Measured { row: &STATEMENT, at, behind })
}

/// Verbs of setting a clock.
const CHANGES: &[&[u8]] = &[
    b"step", b"Step", b"adjust", b"Adjust", b"set", b"Set", b"chang", b"Chang", b"updat",
    b"correct", b"shift", b"moved", b"reset",
];

/// `System clock was stepped by -3600.2 seconds`.
fn by_change(clause: &[u8]) -> Option<Span> {
    let value = after(clause, b" by ").filter(|_| contains_any(clause, CHANGES))?;
    let (length, len) = number::length(value)?;
    let back = value.get(len..).is_some_and(|rest| contains_any(rest, &[b"back", b"slower"]));
    Some(if back { -length.abs() } else { length })
}

/// `setting time to 2025-03-14 09:40:17 (offset +192495.8s)`.
fn by_offset(clause: &[u8]) -> Option<Span> {
    let value = after(clause, b"offset ").filter(|_| contains_any(clause, CHANGES))?;
    number::length(value).map(|(length, _)| length)
}

/// `System clock has been updated from A to B`, `time change A => B`.
fn by_times(clause: &[u8]) -> Option<Span> {
    contains_any(clause, CHANGES).then_some(())?;
    let mut times = instants(clause);
    let (from, to) = (times.next()?, times.next()?);
    let between = clause.get(from.end..to.at)?;
    let is_change = contains_any(between, &[b" to ", b"=>", b"->"]) && between.len() < 16;
    (is_change && from.moment.zone == to.moment.zone).then(|| to.moment.civil - from.moment.civil)
}

/// `System time : 0.000021432 seconds fast of NTP time`.
fn by_direction(clause: &[u8]) -> Option<Span> {
    let start = clause.iter().position(u8::is_ascii_digit)?;
    let (length, len) = number::length(clause.get(start..)?)?;
    let rest = clause.get(start.saturating_add(len)..)?.trim_ascii_start();
    if rest.starts_with(b"slow of") || rest.starts_with(b"behind") {
        return Some(length);
    }
    (rest.starts_with(b"fast of") || rest.starts_with(b"ahead of")).then_some(-length)
}

/// Returns the start of the message that has its words at `at`: after the last tag, or `at`.
fn message_start(text: &[u8], at: usize) -> usize {
    const LONGEST: usize = 24;
    let from = at.saturating_sub(LONGEST);
    let before = text.get(from..at).unwrap_or(&[]);
    let words = before.iter().rposition(|byte| b":]|>\"".contains(byte));
    let start = words.map_or(0, |words| from.saturating_add(words).saturating_add(1));
    let blanks =
        text.get(start..at).unwrap_or(&[]).iter().take_while(|byte| **byte == b' ').count();
    start.saturating_add(blanks)
}

/// Returns the offset of a line of a program that asks time servers:
/// `2025-03-14 09:40:17.5 (+0000) +192495.8 +/- 0.01 host` of `sntp` and `ntpdig`, without the time on macOS;
/// `09:40:17, d:+00.03s o:+1212.3s` of `w32tm /stripchart`;
/// `^* host 2 6 377 35 -1203s[-1203s] +/- 12ms` of `chronyc sources`.
pub(crate) fn sample(line: &[u8]) -> Option<Span> {
    let line = line.trim_ascii();
    match line {
        [b'^', b'*', b' ', ..] => return selected(line),
        [b'+' | b'-', b'0'..=b'9', ..] => return with_error(line),
        _ => {}
    }
    let is_possible = || contains(line, b"+/-") || contains(line, b", d:");
    let starts_with_time = line.first().is_some_and(u8::is_ascii_digit) && is_possible();
    let (_, len) = starts_with_time.then(|| stamp::parse_at(line)).flatten()?;
    let rest = line.get(len..)?;
    if let Some(value) = rest.strip_prefix(b", d:").and_then(|rest| after(rest, b"o:")) {
        return number::seconds(value).map(|(offset, _)| offset);
    }
    let rest = rest.trim_ascii_start();
    let rest = match rest.strip_prefix(b"(") {
        Some(zone) => after(zone, b")")?.trim_ascii_start(),
        None => rest,
    };
    with_error(rest)
}

/// `+192495.8 +/- 0.01 host`.
fn with_error(text: &[u8]) -> Option<Span> {
    let signed = matches!(text, [b'+' | b'-', b'0'..=b'9', ..]);
    let (offset, len) = signed.then(|| number::seconds(text)).flatten()?;
    text.get(len..)?.trim_ascii_start().starts_with(b"+/-").then_some(offset)
}

/// The source that chrony follows. Its positive offsets mean that the local clock is ahead (chronyc(1)).
fn selected(line: &[u8]) -> Option<Span> {
    let at = memchr::memchr(b'[', line)?;
    let word = line.get(..at)?.rsplit(|byte| *byte == b' ').next()?;
    let signed = matches!(word, [b'+' | b'-', b'0'..=b'9', ..]);
    let (ahead, len) = signed.then(|| number::length(word)).flatten()?;
    (len == word.len() && contains(line, b"] +/-")).then_some(-ahead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offset_is_read_from_a_line_of_a_query() {
        const ROWS: &[(&str, Option<i64>)] = &[
            (
                "2025-03-14 09:40:17.5 (+0000) +192495.8 +/- 0.01 a.example 192.0.2.1",
                Some(192_495_800),
            ),
            ("+192495.809472 +/- 0.012 time.example.com 192.0.2.1", Some(192_495_809)),
            ("-0.5 +/- 0.012 time.example.com 192.0.2.1", Some(-500)),
            ("+1 -2 files changed", None),
            ("09:40:17, d:+00.03s o:+1212.3s", Some(1_212_300)),
            (
                "^* ntp1.example.com   2   6   377    35   +1203s[+1204s] +/-   12ms",
                Some(-1_203_000),
            ),
            ("^* 192.0.2.1          2   6   377    35  -512ms[-511ms] +/-   12ms", Some(512)),
            ("^- 192.0.2.1          2   6   377    35  -512ms[-511ms] +/-   12ms", None),
        ];
        for &(line, expected) in ROWS {
            let expected = expected.map(Span::from_millis);
            let met =
                sample(line.as_bytes()).map(|span| Span::from_millis(span.as_micros() / 1_000));
            assert_eq!(met, expected, "{line}");
        }
    }
}
