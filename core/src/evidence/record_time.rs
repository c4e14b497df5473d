//! The time of a record, from all stamps at its head.
//!
//! A program writes one stamp, and a journal, a container runtime or a collector puts its own before
//! it. Stamps that agree are of one clock, and what one of them lacks follows from the others: its
//! year, its day or its zone. Stamps that disagree are of two clocks. The innermost is the one of the
//! program that wrote the record, and the others say nothing about that clock.

use super::answers;
use super::hearsay::Blotted;
use super::record::is_of_a_clock;
use super::stamp::{self, DateKnowledge, HEAD_MAX, Place, Stamp};
use crate::time::{Span, nearest_zone};

/// The largest difference between two stamps of one clock on one line. The outer one is written
/// later, but the line is not held back for long.
const SAME_MOMENT: Span = Span::from_secs(5);

/// The stamps of a record, by the clock that they are of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RecordTime {
    /// The stamp of the program that wrote the record.
    pub(crate) writer: Option<Stamp>,
    /// The stamp of another clock, which passed the record on.
    pub(crate) collector: Option<Stamp>,
    /// Local time minus UTC, if one of two stamps of the same clock states it and the other does
    /// not.
    pub(crate) zone: Option<Span>,
    /// The outermost stamp.
    pub(crate) first: Option<Stamp>,
    /// `true` if something passed the record on: the line itself has a stamp, and there is one before it.
    pub(crate) is_passed_on: bool,
}

/// A stamp, and the certainty that it is one of the head.
type Placed = (Stamp, Place);

impl RecordTime {
    /// Reads the stamps of the record that `line` holds or starts. `outer` are those that were
    /// taken off before it, the outermost first.
    pub(crate) fn of(outer: &[Stamp], line: &[u8]) -> Self {
        if let Some(stamp) = answers::own_clock(line) {
            return Self { writer: Some(stamp), ..Self::default() };
        }
        let mut inner = stamp::at_head(line);
        // Azure's error bodies state the time of the server in this form.
        let is_servers = |at: usize| {
            let before = line.get(..at).and_then(|before| before.strip_suffix(b"Time:"));
            // Nothing but another stamp is before it: `Error: Time:…` is that of a program.
            let last = before.map(|before| before.trim_ascii_end().last());
            last.is_some_and(|last| last.is_none_or(u8::is_ascii_alphanumeric))
        };
        inner.retain(|it| !is_servers(it.range.start));
        let mut all: heapless::Vec<Placed, { 2 * HEAD_MAX }> = heapless::Vec::new();
        let is_inner = inner.iter().any(|it| it.place == Place::Head && is_of_a_clock(&it.stamp));
        let outer = outer.iter().take(HEAD_MAX).map(|outer| (*outer, Place::Head));
        let inner = inner.iter().map(|it| (it.stamp, it.place));
        for placed in outer.chain(inner).filter(|(stamp, _)| is_of_a_clock(stamp)) {
            // There is room for both.
            let _ = all.push(placed);
        }
        let first = all.first().map(|(stamp, _)| *stamp);
        let is_passed_on = is_inner && all.len() > 1;
        Self { first, is_passed_on, ..Self::of_all(&all) }
    }

    /// Returns the time that `stamps` give, the outermost first.
    fn of_all(stamps: &[Placed]) -> Self {
        stamps.iter().fold(Self::default(), |time, &(inner, place)| {
            let Some(outer) = time.writer.or(time.collector) else {
                return Self { writer: Some(inner), ..time };
            };
            match (completed(inner, outer), place) {
                (Some(_), Place::Open) => time,
                (Some((writer, zone)), Place::Head) => {
                    Self { writer: Some(writer), zone: time.zone.or(zone), ..time }
                }
                // The first words of the message may be a time of any kind.
                (None, Place::Open) => {
                    Self { writer: None, collector: Some(outer), ..Self::default() }
                }
                (None, Place::Head) => {
                    Self { writer: Some(inner), collector: Some(outer), ..Self::default() }
                }
            }
        })
    }

    /// Returns the stamp of the writer's clock. A stamp without a date stands for one that cannot be
    /// told from the message, so that no stamp of another line takes its place.
    pub(crate) fn own(self) -> Option<Stamp> {
        let unknown = |stamp| Stamp { date: DateKnowledge::NoDate, zone: None, ..stamp };
        self.writer.or(self.collector.map(unknown))
    }
}

/// Returns `true` if `line`, with or without its layers, may have a second time in any form. Otherwise it
/// has at most one stamp, which needs no other one to be understood.
pub(crate) fn may_have_two_times(line: &[u8]) -> bool {
    // An escaped time, and one of another language.
    let is_escaped = memchr::memchr3(b'\\', b'&', b'%', line).is_some();
    if is_escaped || !line.is_ascii() || memchr::memchr(b'\x1b', line).is_some() {
        return true;
    }
    let (mut digits, mut is_fraction) = (0_usize, false);
    let mut colons: heapless::Vec<usize, 3> = heapless::Vec::new();
    for (at, &byte) in line.iter().enumerate() {
        if byte.is_ascii_digit() {
            digits = digits.saturating_add(1);
            continue;
        }
        if digits > 0 {
            let next = line.get(at.saturating_add(1)).copied().unwrap_or(b' ');
            let is_time = match byte {
                b':' if next.is_ascii_digit() => {
                    !(belongs(line, at, &colons) && colons.push(at).is_ok())
                }
                // `20170721T074556Z`, `1.71e+09`.
                b'T' | b't' => digits == 8 && next.is_ascii_digit(),
                b'E' | b'e' => is_fraction && (next == b'+' || next.is_ascii_digit()),
                _ => false,
            };
            // Ten digits may be an epoch number.
            if is_time || digits >= 10 {
                return true;
            }
            digits = 0;
        }
        is_fraction = byte == b'.';
    }
    digits >= 10
}

/// Returns `true` if the colon at `at` may belong to the time that has `colons`: `10:00`, `10:00:00`,
/// `10:00:00.123+02:00`.
fn belongs(line: &[u8], at: usize, colons: &[usize]) -> bool {
    const ZONE: usize = 16;
    let before = at.checked_sub(3).and_then(|sign| line.get(sign));
    match *colons {
        [] => true,
        [last] => at == last.saturating_add(3),
        [_, last] => matches!(before, Some(b'+' | b'-')) && at <= last.saturating_add(ZONE),
        _ => false,
    }
}

/// Returns `line` without the text of the stamps at its head.
pub(crate) fn without_stamps(line: &[u8]) -> Blotted {
    let mut text = Blotted::new();
    // A piece is never longer than the room.
    let _ = text.extend_from_slice(line);
    let stamps = stamp::at_head(line);
    for it in stamps.iter().filter(|it| it.place == Place::Head) {
        for byte in text.get_mut(it.range.clone()).into_iter().flatten() {
            *byte = b' ';
        }
    }
    text
}

/// Returns `inner` with the parts of its date and the zone that `outer` adds, and the zone that one
/// gives the other. Returns `None` if the two are not of one clock at one moment.
fn completed(inner: Stamp, outer: Stamp) -> Option<(Stamp, Option<Span>)> {
    let other_order = inner.day_first.map(|civil| Stamp { civil, ..inner });
    [Some(inner), other_order].into_iter().flatten().find_map(|inner| {
        let (dated, outer) = (on_day_of(inner, outer), on_day_of(outer, inner));
        let zone = agreed_zone(dated, outer)?;
        let given = zone.filter(|_| dated.zone.is_some() != outer.zone.is_some());
        // Twelve hours away the day is a guess, and so is the zone.
        let is_certain = inner.date != DateKnowledge::NoDate || given.is_some_and(is_near_utc);
        Some((
            Stamp { zone: dated.zone.or(zone), day_first: None, ..dated },
            given.filter(|_| is_certain),
        ))
    })
}

fn is_near_utc(zone: Span) -> bool {
    zone.abs() < Span::from_secs(10 * 3_600)
}

/// Returns `stamp` with the parts of the date that only `other` states.
fn on_day_of(stamp: Stamp, other: Stamp) -> Stamp {
    match (stamp.date, other.date) {
        (DateKnowledge::NoYear | DateKnowledge::NoDate, DateKnowledge::Full)
        | (DateKnowledge::NoDate, DateKnowledge::NoYear) => {
            Stamp { date: other.date, ..stamp.near(other.civil) }
        }
        _ => stamp,
    }
}

/// Returns the zone of the civil time in two stamps of one moment; the inner `None` is an unknown
/// one. Returns `None` if the stamps are not of one moment in any zone.
fn agreed_zone(inner: Stamp, outer: Stamp) -> Option<Option<Span>> {
    let slack = SAME_MOMENT + inner.resolution.max(outer.resolution);
    match (inner.zone, outer.zone) {
        (Some(one), Some(other)) => {
            let apart = (inner.civil - one) - (outer.civil - other);
            (apart.abs() <= slack).then_some(Some(one))
        }
        (None, Some(zone)) => nearest_zone(inner.civil - (outer.civil - zone), slack).map(Some),
        (Some(zone), None) => nearest_zone(outer.civil - (inner.civil - zone), slack).map(Some),
        (None, None) => {
            let apart = inner.civil - outer.civil;
            let is_zone = nearest_zone(apart, slack).or(nearest_zone(-apart, slack)).is_some();
            is_zone.then_some(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::{String, ToString};

    use proptest::prelude::*;

    use super::super::undress::{Before, Undresser};
    use super::*;
    use crate::time::{Civil, UnixTime};

    /// Parts of lines, in which times have many forms.
    const PARTS: &[&str] = &[
        "2026-11-28T10:00:00Z",
        "2026-11-28 12:00:00.123+02:00",
        "2026-11-28 10:00",
        "20261128T100000Z",
        "Nov 28 10:00:00",
        "[28/Nov/2026:10:00:00 +0000]",
        "Sat Nov 28 11:00:00 CET 2026",
        "1795860000",
        "1795860000.123",
        "1.795860000123e+09",
        "10:00:01",
        "E1128 10:00:00.123456",
        "11:00:00-10:00",
        "2026年11月28日 10:00:00",
        "{\"time\":\"",
        "\",\"msg\":\"",
        "\"}",
        "time=",
        "msg=\"",
        "host",
        "app[1]:",
        "INFO",
        "stdout F",
        "web-1  |",
        "> ",
        "port:8080",
        "88214011",
        "&#58;",
        "\\u003a",
        ":",
        "-",
        "+02:00",
    ];

    proptest! {
        #[test]
        fn line_with_one_time_shows_no_zone_and_was_not_passed_on(
            parts in proptest::collection::vec(
                (proptest::sample::select(PARTS), proptest::sample::select(&["", " ", " ", "\t"][..])),
                1..7,
            ),
        ) {
            let line: String = parts.iter().flat_map(|(part, gap)| [*part, *gap]).collect();
            let mut rooms = Undresser::new();
            let (text, layers) = rooms.undress(line.as_bytes(), &mut Before::new());
            let time = RecordTime::of(&layers.stamps, text);
            let is_one = time.zone.is_none() && !time.is_passed_on;
            prop_assert!(is_one || may_have_two_times(line.as_bytes()), "{}: {:?}", line, time);
        }
    }

    #[test]
    fn ordinary_lines_have_one_time() {
        const ROWS: &[(&str, bool)] = &[
            (
                "2026-03-02 07:14:41,123 INFO  [http-8080-exec-7] c.e.Log - GET /api 200 1834 bytes in 12 ms",
                false,
            ),
            (
                "2026-03-02T07:14:41.123456789+02:00 INFO committed offset 88214011 for orders-12",
                false,
            ),
            ("at com.example.Main.run(Main.java:112)", false),
            ("2026-03-02T07:14:41Z app: 2026-03-02T07:14:41Z x", true),
            ("2026-03-02T07:14:41Z app: 07:14:41 x", true),
            ("2026-03-02T07:14:41Z 1772435681 x", true),
            ("2026-03-02T07:14:41Z 20260302T071441Z x", true),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(may_have_two_times(line.as_bytes()), expected, "{line}");
        }
    }

    fn shown(stamp: Option<Stamp>) -> String {
        let Some(stamp) = stamp else { return "none".into() };
        let zone = match stamp.zone {
            Some(zone) => format!("{:+}", zone.floor_secs() / 60),
            None => "?".to_string(),
        };
        let date = match stamp.date {
            DateKnowledge::Full => "",
            DateKnowledge::NoYear => " no year",
            DateKnowledge::NoDate => " no day",
        };
        format!("{}{zone}{date}", Civil::of_utc(stamp.civil))
    }

    fn said(time: RecordTime) -> String {
        let zone = time.zone.map_or("?".into(), |zone| format!("{:+}", zone.floor_secs() / 60));
        format!("{}; {}; {zone}", shown(time.writer), shown(time.collector))
    }

    /// A line, and the stamp of its writer, that of another clock, and the zone of the log.
    const LINES: &[(&str, &str)] = &[
        ("2025-08-13T14:06:56Z ERROR x", "2025-08-13 14:06:56+0; none; ?"),
        // A journal or syslog, and the program's own stamp.
        (
            "Aug 13 16:00:03 ca app[1]: time=\"2025-08-13T16:00:03+02:00\" level=error",
            "2025-08-13 16:00:03+120; none; +120",
        ),
        (
            "Aug 13 16:00:03 ca app[1]: {\"level\":\"error\",\"time\":\"2025-08-13T16:00:03+02:00\"}",
            "2025-08-13 16:00:03+120; none; +120",
        ),
        (
            "Aug 13 16:00:03 ca app[1]: {\"level\":\"error\",\"ts\":1755093603.123}",
            "2025-08-13 14:00:03+0; none; +120",
        ),
        ("Aug 13 16:00:03 ca app[1]: 1755093603.123 x", "2025-08-13 14:00:03+0; none; +120"),
        ("Aug 13 16:00:03 ca app[1]: 2025-08-13T14:00:03Z x", "2025-08-13 14:00:03+0; none; +120"),
        ("Aug 13 16:00:03 ca app[1]: 2025-08-13 16:00:03,123 x", "2025-08-13 16:00:03?; none; ?"),
        (
            "Aug 13 16:00:03 ca app[1]: ts=2025-08-13T14:00:03Z x",
            "2025-08-13 14:00:03+0; none; +120",
        ),
        (
            "Aug 13 16:00:03 ca kubelet[1]: E0813 16:00:03.123456 1 a.go:1] x",
            "1972-08-13 16:00:03? no year; none; ?",
        ),
        (
            "Aug 13 16:00:03 ca app[1]: [ERROR] 2025-08-13T14:00:03Z x",
            "2025-08-13 14:00:03+0; none; +120",
        ),
        // The program `ts`, which writes no year.
        ("Jan 18 11:22:31 2024-01-18T11:22:31.447Z ERROR x", "2024-01-18 11:22:31+0; none; +0"),
        ("Jan 18 11:22:31 2024/01/18 11:22:31 ERROR x", "2024-01-18 11:22:31?; none; ?"),
        // A container runtime.
        (
            "2025-08-13T14:00:03.123456789Z 2025-08-13 16:00:03 x",
            "2025-08-13 16:00:03+120; none; +120",
        ),
        (
            "2025-08-13T14:00:03.123456789Z stderr F E0813 14:00:03.123456 1 a.go:1] x",
            "2025-08-13 14:00:03+0; none; +0",
        ),
        ("2025-08-13T14:00:03Z 16:00:02.999 [main] ERROR x", "2025-08-13 16:00:02+120; none; +120"),
        ("2025-08-13T23:30:00Z 01:30:00 ERROR x", "2025-08-14 01:30:00+120; none; +120"),
        ("2025-03-08T14:00:03Z 08/03/2025 16:00:03 x", "2025-03-08 16:00:03+120; none; +120"),
        (
            "web | 2025-08-13T14:00:03Z {\"time\":\"2025-08-13T14:00:03Z\",\"level\":\"error\"}",
            "2025-08-13 14:00:03+0; none; ?",
        ),
        // A collector, and the clock of another host.
        (
            "2025-08-13T14:06:56Z collector gw1: 2025-08-13T14:00:03Z ERROR failed",
            "2025-08-13 14:00:03+0; 2025-08-13 14:06:56+0; ?",
        ),
        (
            "2025-08-13T14:06:56Z 2025-08-13 14:00:03 failed",
            "2025-08-13 14:00:03?; 2025-08-13 14:06:56+0; ?",
        ),
        (
            "2025-08-13T14:06:56Z gw1 14:00:03.123 ERROR failed",
            "1970-01-01 14:00:03? no day; 2025-08-13 14:06:56+0; ?",
        ),
        (
            "Aug 13 16:06:56 log gw1[1]: 2025-08-13T14:00:03Z failed",
            "2025-08-13 14:00:03+0; 1972-08-13 16:06:56? no year; ?",
        ),
        (
            "<134>1 2025-08-13T14:06:56Z gw1 app 1 - - 2025-08-13T14:00:03Z failed",
            "2025-08-13 14:00:03+0; 2025-08-13 14:06:56+0; ?",
        ),
        (
            "2021-01-15T15:40:30.325482687Z 2071-04-24 20:26:40 OpenVPN 2.5.0",
            "2071-04-24 20:26:40?; 2021-01-15 15:40:30+0; ?",
        ),
        (
            "2025-08-13T14:06:57Z Aug 13 14:06:56 gw1 app[1]: 2025-08-13T14:00:03Z failed",
            "2025-08-13 14:00:03+0; 2025-08-13 14:06:56+0; ?",
        ),
        (
            "2025-08-13T14:06:56Z gw1 Aug 13 14:00:03 gw1 app[1]: failed",
            "1972-08-13 14:00:03? no year; 2025-08-13 14:06:56+0; ?",
        ),
        (
            "[2025-08-13T14:06:56Z] 2025-08-13T14:00:03Z failed",
            "2025-08-13 14:00:03+0; 2025-08-13 14:06:56+0; ?",
        ),
        ("2025-08-13T14:06:56Z gw1 2025-08-13T14:00:03Z failed", "none; 2025-08-13 14:06:56+0; ?"),
        // A time after other words is part of the message.
        (
            "<134>1 2025-08-13T14:06:56Z gw1 app 1 - - renewed 2025-08-13T14:00:03Z failed",
            "2025-08-13 14:06:56+0; none; ?",
        ),
        (
            "<134>1 2025-08-13T14:06:56Z gw1 app - ID47 [a@1 b=\"c\"] 2025-08-13T14:00:03Z failed",
            "2025-08-13 14:00:03+0; 2025-08-13 14:06:56+0; ?",
        ),
        (
            "2025-08-13T14:06:56Z app[1]: exp 2025-08-13T14:00:03Z passed",
            "2025-08-13 14:06:56+0; none; ?",
        ),
        (
            "Aug 13 14:06:56 lb haproxy[1]: 192.0.2.1:7 [13/Aug/2025:14:00:01.123] fe be",
            "1972-08-13 14:06:56? no year; none; ?",
        ),
        // The first words of a message: of no known clock if they disagree.
        ("2025-08-13T14:06:56Z ERROR 2025-08-13T14:06:56Z x", "2025-08-13 14:06:56+0; none; ?"),
        ("2025-08-13T14:06:56Z ERROR 2025-08-13T14:00:03Z x", "none; 2025-08-13 14:06:56+0; ?"),
        (
            "2025-08-13T14:06:56Z collector gw1: 2025-08-13T14:00:03Z failed",
            "none; 2025-08-13 14:06:56+0; ?",
        ),
        (
            "2025-08-13T14:06:56Z JWT expired: 2025-08-13T14:00:03Z",
            "2025-08-13 14:06:56+0; none; ?",
        ),
        (
            "2025-08-13T14:06:56Z Signature expired: 20250813T140003Z is now earlier",
            "2025-08-13 14:06:56+0; none; ?",
        ),
        (
            "2025-08-13T14:06:56Z date: Wed, 13 Aug 2025 14:00:03 GMT",
            "2025-08-13 14:06:56+0; none; ?",
        ),
        (
            "2025-08-13T14:06:56Z gw1 Timestamp: 2025-08-13 14:00:03Z Trace ID: x",
            "2025-08-13 14:06:56+0; none; ?",
        ),
        (
            "2025-08-13T14:06:56Z token has expired at 2025-08-13T14:00:03Z",
            "2025-08-13 14:06:56+0; none; ?",
        ),
        // The body of an answer is of no local clock.
        (
            "Aug 13 16:00:03 ca app[1]: {\"timestamp\":\"2025-08-13T14:06:56Z\",\"status\":401,\"error\":\"x\"}",
            "1972-08-13 16:00:03? no year; none; ?",
        ),
        ("{\"code\":1013,\"success\":false,\"t\":1676136391720}", "none; none; ?"),
        ("{\"date\": \"Sat, 28 Nov 2026 10:20:00 GMT\"}", "none; none; ?"),
        ("Sat, 28 Nov 2026 10:20:00 GMT", "none; none; ?"),
        ("  \"time\": \"2025-08-13T14:06:56Z\",", "none; none; ?"),
    ];

    #[test]
    fn stamps_that_agree_complete_each_other_and_others_are_two_clocks() {
        for &(line, expected) in LINES {
            assert_eq!(said(RecordTime::of(&[], line.as_bytes())), expected, "{line}");
        }
    }

    #[test]
    fn time_of_a_server_is_no_stamp() {
        const LINES: &[(&str, bool)] = &[
            ("Time:2024-01-09T14:00:03Z</Message>", false),
            ("Error: Time:Thu Jan  1 00:01:14 1970 File:src/x.c", true),
            ("Info: Time:2024-01-09T14:00:03Z x", true),
        ];
        for &(line, is_stamp) in LINES {
            assert_eq!(RecordTime::of(&[], line.as_bytes()).writer.is_some(), is_stamp, "{line}");
        }
    }

    #[test]
    fn stamps_of_outer_layers_come_first() {
        let outer = |text: &str| stamp::parse_at(text.as_bytes()).expect(text).0;
        const ROWS: &[(&str, &str, &str)] = &[
            (
                "2025-08-13T14:00:03Z",
                "2025-08-13 16:00:03 x",
                "2025-08-13 16:00:03+120; none; +120",
            ),
            ("2025-08-13T14:00:03Z", "failed", "2025-08-13 14:00:03+0; none; ?"),
            (
                "2025-08-13T14:06:56Z",
                "2025-08-13T14:00:03Z x",
                "2025-08-13 14:00:03+0; 2025-08-13 14:06:56+0; ?",
            ),
        ];
        for &(text, line, expected) in ROWS {
            let time = RecordTime::of(&[outer(text)], line.as_bytes());
            assert_eq!(said(time), expected, "{text}, {line}");
        }
    }

    proptest! {
        #[test]
        fn stamps_of_one_moment_give_it_in_any_order(
            at in 0..100_000_000_i64,
            parts in proptest::collection::vec((0..3_usize, 0..5_usize), 2..=4),
        ) {
            // Stamps without a date are within half a day of the others.
            const ZONES: [Option<i64>; 5] = [Some(0), Some(2), Some(-5), Some(9), None];
            const DATES: [DateKnowledge; 3] =
                [DateKnowledge::Full, DateKnowledge::NoYear, DateKnowledge::Full];
            let instant = UnixTime::from_secs(1_700_000_000 + at);
            // The zone of stamps that state none.
            let unstated = Span::from_secs(3 * 3_600);
            let stamp = |&(date, zone): &(usize, usize)| {
                let zone = ZONES[zone].map(|hours| Span::from_secs(hours * 3_600));
                let civil = instant + zone.unwrap_or(unstated);
                let date = if zone.is_none() { DATES[date] } else { DateKnowledge::Full };
                Stamp { civil, zone, resolution: Span::from_secs(1), date, day_first: None }
            };
            let stamps: std::vec::Vec<_> = parts.iter().map(stamp).map(|it| (it, Place::Head)).collect();
            let states_all = |(stamp, _): &Placed| stamp.instant().is_some();
            prop_assume!(stamps.iter().any(states_all));
            let reversed: std::vec::Vec<_> = stamps.iter().rev().copied().collect();
            for order in [stamps, reversed] {
                let time = RecordTime::of_all(&order);
                prop_assert_eq!(time.collector, None);
                prop_assert_eq!(time.writer.and_then(|it| it.instant()), Some(instant));
                prop_assert!(time.zone.is_none_or(|zone| zone == unstated));
            }
        }
    }

    #[test]
    fn text_of_stamps_is_taken_out_of_the_head_only() {
        let line = "Aug 13 16:00:03 ca app[1]: 2025-08-13T14:00:03Z now 2025-08-13T14:00:03Z";
        let left = String::from_utf8(without_stamps(line.as_bytes()).to_vec()).unwrap();
        assert_eq!(left.trim(), "ca app[1]:                      now 2025-08-13T14:00:03Z");
    }
}
