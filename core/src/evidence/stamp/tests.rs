//! Tables of stamps that products print.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::time::Civil;

// Format: `2017-02-28 18:39:51 +60 1000000`, the wall clock, the zone in minutes, and the
// resolution in µs.
fn shown(stamp: &Stamp) -> String {
    let fraction = stamp.civil.as_micros().rem_euclid(1_000_000);
    let civil = Civil::of_utc(stamp.civil);
    let point = if fraction == 0 { String::new() } else { format!(".{fraction:06}") };
    let zone = match stamp.zone {
        Some(zone) => format!("{:+}", zone.floor_secs() / 60),
        None => "?".to_string(),
    };
    format!("{civil}{point} {zone} {}", stamp.resolution.as_micros())
}

const FULL: &[(&str, &str)] = &[
    // ISO 8601, RFC 3339 and similar forms
    ("20170721T074556Z", "2017-07-21 07:45:56 +0 1000000"),
    ("20170721T074556.25Z", "2017-07-21 07:45:56.250000 +0 10000"),
    ("20170721T07:45:56", "2017-07-21 07:45:56 ? 1000000"),
    ("20170721 07:45:56,123", "2017-07-21 07:45:56.123000 ? 1000"),
    ("20170721074556Z", "2017-07-21 07:45:56 +0 1000000"),
    ("2024-03-05T02:14:08Z", "2024-03-05 02:14:08 +0 1000000"),
    ("2024-03-05T02:14:08.6Z", "2024-03-05 02:14:08.600000 +0 100000"),
    ("2024-03-05T02:14:08.655Z", "2024-03-05 02:14:08.655000 +0 1000"),
    ("2024-03-05T02:14:08.6551234Z", "2024-03-05 02:14:08.655123 +0 1"),
    ("2024-03-05T02:14:08.870114509Z", "2024-03-05 02:14:08.870114 +0 1"),
    ("2024-03-05t02:14:08z", "2024-03-05 02:14:08 +0 1000000"),
    ("2024-03-05T02:14:08+0200", "2024-03-05 02:14:08 +120 1000000"),
    ("2024-03-05T02:14:08,123+02:00", "2024-03-05 02:14:08.123000 +120 1000"),
    ("2024-03-05 02:14:08.123+02", "2024-03-05 02:14:08.123000 +120 1000"),
    ("2024-03-05T02:14:08-05:00", "2024-03-05 02:14:08 -300 1000000"),
    ("2024-03-05T02:14Z", "2024-03-05 02:14:00 +0 60000000"),
    ("2015-07-30 17:18:47Z", "2015-07-30 17:18:47 +0 1000000"),
    ("2025-04-03 09:41:52,006", "2025-04-03 09:41:52.006000 ? 1000"),
    ("2022/09/07 06:41:20", "2022-09-07 06:41:20 ? 1000000"),
    ("2022.09.07 06:41:20.5", "2022-09-07 06:41:20.500000 ? 100000"),
    ("2024-Mar-05 02:14:08", "2024-03-05 02:14:08 ? 1000000"),
    ("2024-02-22 14:40:31 -0500 EST m=+12.3", "2024-02-22 14:40:31 -300 1000000"),
    ("2024-02-22 14:40:31.5 +0000 UTC", "2024-02-22 14:40:31.500000 +0 100000"),
    ("2023-12-01 10:11:12 UTC [611] LOG:", "2023-12-01 10:11:12 +0 1000000"),
    ("2024:03:05-02:14:08 host", "2024-03-05 02:14:08 ? 1000000"),
    ("2024-03-05-02:14:08", "2024-03-05 02:14:08 ? 1000000"),
    // Korean
    ("2017. 2. 28. 오후 6:39:51", "2017-02-28 18:39:51 ? 1000000"),
    ("2017-02-28 오전 12:39:51", "2017-02-28 00:39:51 ? 1000000"),
    ("2017. 02. 28. (화) 18:39:51 KST", "2017-02-28 18:39:51 +540 1000000"),
    ("2017년 02월 28일 (화) 오후 06시 39분 51초", "2017-02-28 18:39:51 ? 1000000"),
    ("2017년  2월 28일 화요일 18:39:51 KST", "2017-02-28 18:39:51 +540 1000000"),
    ("2017년 2월 28일 오후 6시 9분 GMT+9", "2017-02-28 18:09:00 +540 60000000"),
    // named months
    ("Fri, 03 Mar 2017 04:29:05 GMT", "2017-03-03 04:29:05 +0 1000000"),
    ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06 08:49:37 +0 1000000"),
    ("Tue Feb  6 08:15:42 2018", "2018-02-06 08:15:42 ? 1000000"),
    ("Tue Mar 12 09:23:11 UTC 2024", "2024-03-12 09:23:11 +0 1000000"),
    ("Tue Feb 13 21:40:18 CET 2024", "2024-02-13 21:40:18 +60 1000000"),
    ("Tue Feb 13 21:40:18 GMT+01:00 2024", "2024-02-13 21:40:18 +60 1000000"),
    ("Tue Feb 13 21:40:18 2024 +0100", "2024-02-13 21:40:18 +60 1000000"),
    ("Thu Jun 09 11:14:38.123456 2022", "2022-06-09 11:14:38.123456 ? 1"),
    ("Wed Jan 15 2020 22:26:59 GMT+0100 (x)", "2020-01-15 22:26:59 +60 1000000"),
    ("03 Mar 2017 04:29:05.123", "2017-03-03 04:29:05.123000 ? 1000"),
    ("04-Mar-2024 09:12:10 UTC", "2024-03-04 09:12:10 +0 1000000"),
    ("10/Oct/2000:13:55:36 -0700", "2000-10-10 13:55:36 -420 1000000"),
    ("Feb  6 08:15:42 2018 GMT", "2018-02-06 08:15:42 +0 1000000"),
    ("Jul 21, 2017 7:45:56 AM", "2017-07-21 07:45:56 ? 1000000"),
    ("July 21, 2017 at 7:45:56\u{202f}PM UTC", "2017-07-21 19:45:56 +0 1000000"),
    ("Tue Feb 28 06:39:51 PM CET 2017", "2017-02-28 18:39:51 +60 1000000"),
    ("Di 28. Feb 18:39:51 CET 2017", "2017-02-28 18:39:51 +60 1000000"),
    ("Dienstag, 28. Februar 2017 um 18:39:51 MEZ", "2017-02-28 18:39:51 +60 1000000"),
    ("Tue 2024-03-12 09:23:11 UTC", "2024-03-12 09:23:11 +0 1000000"),
    ("28 févr. 2017 18:39:51", "2017-02-28 18:39:51 ? 1000000"),
    ("TUE FEB  6 08:15:42 2018", "2018-02-06 08:15:42 ? 1000000"),
    // numbers
    ("28.02.2017 18:39:51", "2017-02-28 18:39:51 ? 1000000"),
    ("14.09.2023 08:12:37 +0200", "2023-09-14 08:12:37 +120 1000000"),
    ("3.4.2024, 08:12:37", "2024-04-03 08:12:37 ? 1000000"),
    ("1/31/2023 2:45:58 PM", "2023-01-31 14:45:58 ? 1000000"),
    ("31/1/2023, 12:45:58 a.m.", "2023-01-31 00:45:58 ? 1000000"),
    ("3/4/2024, 12:00:00 AM", "2024-03-04 00:00:00 ? 1000000"),
    ("3/4/2024 12:00:00 PM", "2024-03-04 12:00:00 ? 1000000"),
    ("14/03/2024 13:22:41", "2024-03-14 13:22:41 ? 1000000"),
    ("03/14/2024 13:22:41", "2024-03-14 13:22:41 ? 1000000"),
    ("03/03/2024 13:22:41", "2024-03-03 13:22:41 ? 1000000"),
    ("06:44:14 UTC 08/31/2021", "2021-08-31 06:44:14 +0 1000000"),
    ("06:44:14 UTC 08/07/2021", "2021-08-07 06:44:14 +0 1000000"),
    ("2/28/17 18:39:51:123 CET", "2017-02-28 18:39:51.123000 +60 1000"),
    ("28.02.17 18:39:51", "2017-02-28 18:39:51 ? 1000000"),
    // klog with the year, edges
    ("I20240722 11:41:09.420668 1 main.go", "2024-07-22 11:41:09.420668 ? 1"),
    ("1969-12-31T23:59:59Z", "1969-12-31 23:59:59 +0 1000000"),
    ("Thu Jan  1 00:01:14 1970 File:", "1970-01-01 00:01:14 ? 1000000"),
    ("9999-12-31T23:59:59Z", "9999-12-31 23:59:59 +0 1000000"),
    ("0001-01-01T00:00:00Z", "0001-01-01 00:00:00 +0 1000000"),
    ("2016-12-31T23:59:60Z", "2017-01-01 00:00:00 +0 1000000"),
    ("2024-02-29 00:00:00", "2024-02-29 00:00:00 ? 1000000"),
    ("2024-03-05 02:14:08 CST", "2024-03-05 02:14:08 ? 1000000"),
    ("2024-03-05 02:14:08 - INFO", "2024-03-05 02:14:08 ? 1000000"),
];

#[test]
fn reads_stamps_with_date() {
    for &(text, expected) in FULL {
        let (stamp, _) = parse_at(text.as_bytes()).expect(text);
        assert_eq!(shown(&stamp), expected, "{text}");
        assert_eq!((stamp.date, stamp.day_first), (DateKnowledge::Full, None), "{text}");
    }
}

const PARTIAL: &[(&str, DateKnowledge, &str)] = &[
    ("Jul 12 22:06:40 host", DateKnowledge::NoYear, "1972-07-12 22:06:40 ? 1000000"),
    ("Jul 12 22:06:40 2001:db8::7", DateKnowledge::NoYear, "1972-07-12 22:06:40 ? 1000000"),
    ("Jul 12 22:06:40 2024vm", DateKnowledge::NoYear, "1972-07-12 22:06:40 ? 1000000"),
    ("Feb 29 22:06:40.5 host", DateKnowledge::NoYear, "1972-02-29 22:06:40.500000 ? 100000"),
    ("E0722 11:41:09.420668", DateKnowledge::NoYear, "1972-07-22 11:41:09.420668 ? 1"),
    ("07-12 22:06:40.123  611", DateKnowledge::NoYear, "1972-07-12 22:06:40.123000 ? 1000"),
    ("18:29:26:041", DateKnowledge::NoDate, "1970-01-01 18:29:26.041000 ? 1000"),
    ("18:29:26,041 |-INFO", DateKnowledge::NoDate, "1970-01-01 18:29:26.041000 ? 1000"),
    ("18:29:26 INFO", DateKnowledge::NoDate, "1970-01-01 18:29:26 ? 1000000"),
];

#[test]
fn reports_missing_part_of_date() {
    for &(text, date, expected) in PARTIAL {
        let (stamp, _) = parse_at(text.as_bytes()).expect(text);
        assert_eq!((stamp.date, shown(&stamp).as_str()), (date, expected), "{text}");
        assert_eq!(stamp.instant(), None, "{text}");
    }
}

#[test]
fn keeps_both_readings_of_ambiguous_day_and_month() {
    const ROWS: &[(&str, &str, &str)] = &[
        ("03/04/2024 13:22:41", "2024-03-04 13:22:41", "2024-04-03 13:22:41"),
        ("3-4-2024 13:22:41", "2024-03-04 13:22:41", "2024-04-03 13:22:41"),
        ("5/3/2024, 1:22:41 pm", "2024-05-03 13:22:41", "2024-03-05 13:22:41"),
        ("13:22:41 03/04/2024", "2024-03-04 13:22:41", "2024-04-03 13:22:41"),
    ];
    for &(text, month_first, day_first) in ROWS {
        let (stamp, _) = parse_at(text.as_bytes()).expect(text);
        let other = stamp.day_first.expect(text);
        let readings = [stamp.civil, other].map(|at| Civil::of_utc(at).to_string());
        assert_eq!(readings, [month_first, day_first], "{text}");
    }
}

const REFUSED: &[&str] = &[
    "",
    "2024-02-30 00:00:00",
    "2023-02-29T00:00:00Z",
    "2024-03-05T24:00:00Z",
    "2024-03-05T23:60:00Z",
    "2024-03-05T23:59:61Z",
    "2024-03-05T02:14:089",
    "2024-13-05T02:14:08",
    "2024-03-05",
    "2024-03/05 02:14:08",
    "2017년 2월 30일 18:39:51",
    "2017년 2월 28일 오후 13:39:51",
    "2017년 2월 28일",
    "20240230T000000Z",
    "20240305021408",
    "99.99.2017 18:39:51",
    "31.02.2017 18:39:51",
    "13/13/2024 13:22:41",
    "3/4/2024 13:22:41 PM",
    "3/4/2024 0:22:41 AM",
    "192.168.1.1 10:00:00",
    "10.2.2024",
    "17/06/09 20:10:40",
    "05/06/09 20:10:40",
    "05/12/09 20:10:40",
    "1.2.2024.5 x",
    "E (13560) tls",
    "E0722 11:41:09",
    "Z0722 11:41:09.420668",
    "[ 600.1] 61204 stored",
    "1488307191",
    "Feb 30 22:06:40",
    "Jul 12 22:06",
    "Jul12 22:06:40",
    "Jul 12",
    "Mon",
    "worker 7 up",
    "12:34",
    "25:00:00",
    "1:2:3:4",
    "may 12",
    "07-12 22:06:40",
];

#[test]
fn rejects_text_that_is_not_a_date_time() {
    for &text in REFUSED {
        assert_eq!(parse_at(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn finds_first_stamp_in_running_text() {
    const ROWS: &[(&str, Option<&str>)] = &[
        ("expires 2025-04-03T09:51:52.000Z!", Some("2025-04-03T09:51:52.000Z")),
        ("Signature expired: 20241002T061158Z is", Some("20241002T061158Z")),
        ("< Date: Fri, 03 Mar 2017 04:29:05 GMT", Some("Fri, 03 Mar 2017 04:29:05 GMT")),
        (
            "current time (Thu Apr 25 2024 20:48:52 GMT+0100)",
            Some("Thu Apr 25 2024 20:48:52 GMT+0100"),
        ),
        ("took 00:12:31 until 28.02.2017 18:39:51 - x", Some("28.02.2017 18:39:51")),
        ("at 10.0.0.1:8080, 1.2.2024 10:00:00", Some("1.2.2024 10:00:00")),
        ("v1.2.2024 10:00:00", None),
        ("'Wed, 24 May 2023 15:18:36 GMT'", Some("Wed, 24 May 2023 15:18:36 GMT")),
        ("exp: 'Tue Feb 13 21:40:18 CET 2024'", Some("Tue Feb 13 21:40:18 CET 2024")),
        ("le mar. 28 févr. 2017 18:39:51 CET", Some("mar. 28 févr. 2017 18:39:51 CET")),
        ("Time:Thu Jan  1 00:01:14 1970 File:", Some("Thu Jan  1 00:01:14 1970")),
        ("took 00:12:31", None),
        ("E (13560) esp-tls: failed", None),
        ("", None),
    ];
    for &(text, expected) in ROWS {
        let found = find(text.as_bytes()).map(|(_, range)| &text[range]);
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn digits_determine_unit_of_epoch_number() {
    const ROWS: &[(&str, Option<(&str, usize)>)] = &[
        ("1488307191", Some(("2017-02-28 18:39:51 +0 1000000", 10))),
        ("1488307191.25,", Some(("2017-02-28 18:39:51.250000 +0 10000", 13))),
        ("1488307191.1234567", Some(("2017-02-28 18:39:51.123456 +0 1", 18))),
        ("1488307191. ", Some(("2017-02-28 18:39:51 +0 1000000", 10))),
        ("1488307191250", Some(("2017-02-28 18:39:51.250000 +0 1000", 13))),
        ("1488307191250000", Some(("2017-02-28 18:39:51.250000 +0 1", 16))),
        ("1488307191250000999}", Some(("2017-02-28 18:39:51.250000 +0 1", 19))),
        ("148830719", None),
        ("14883071912", None),
        ("-1488307191", None),
        ("99999999999999999999999", None),
        ("", None),
    ];
    for &(text, expected) in ROWS {
        let found = parse_epoch(text.as_bytes()).map(|(stamp, length)| (shown(&stamp), length));
        let expected = expected.map(|(stamp, length)| (stamp.to_string(), length));
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn missing_parts_come_from_nearest_day() {
    const ROWS: &[(&str, &str, &str)] = &[
        ("Jul 12 22:06:40", "2024-07-13T00:00:00Z", "2024-07-12 22:06:40"),
        ("Dec 31 23:59:59", "2024-01-01T00:00:01Z", "2023-12-31 23:59:59"),
        ("Jan  1 00:00:01", "2023-12-31T23:59:59Z", "2024-01-01 00:00:01"),
        ("Feb 29 10:00:00", "2023-03-01T00:00:00Z", "2024-02-29 10:00:00"),
        ("23:59:59 x", "2024-03-05T00:00:01Z", "2024-03-04 23:59:59"),
        ("00:00:01 x", "2024-03-04T23:59:59Z", "2024-03-05 00:00:01"),
        ("2017-02-28 18:39:51", "2024-03-04T23:59:59Z", "2017-02-28 18:39:51"),
    ];
    for &(text, hint, expected) in ROWS {
        let (stamp, _) = parse_at(text.as_bytes()).expect(text);
        let (hint, _) = parse_at(hint.as_bytes()).expect(hint);
        let near = stamp.near(hint.civil);
        assert_eq!(Civil::of_utc(near.civil).to_string(), expected, "{text}");
        assert_eq!(near.date, DateKnowledge::Full, "{text}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_within_their_length(text: Vec<u8>) {
        check_ranges(&text);
    }

    #[test]
    fn any_mixture_of_parts_is_read_within_its_length(
        text in "([0-9]{1,4}|[-:./, TZ+\\[\\]\"{}=<>|]|Feb|Tue|UTC|PM|time|INFO|févr|\\n){0,40}",
    ) {
        check_ranges(text.as_bytes());
    }

    #[test]
    fn usual_form_is_read_as_its_parts_are(
        text in "2[0-9]{3}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9]([.,:][0-9]{1,4})?( ?(Z|PM|\\+02:00|UTC))?[ a0]?",
        place in prop::sample::select(&[0, 3, 4, 5, 7, 10, 13, 16, 18, 19, 40][..]),
        other in prop::sample::select(&b"09:-T /,.;V\xC3\xFF\x7F"[..]),
    ) {
        let mut text = text.into_bytes();
        if let Some(byte) = text.get_mut(place) {
            *byte = other;
        }
        let (mut usual, mut parts) = (Cursor::new(&text), Cursor::new(&text));
        prop_assert_eq!(usual.attempt(iso::read), parts.attempt(iso::read_parts));
        prop_assert_eq!(usual.rest(), parts.rest());
    }

    #[test]
    fn only_weekday_is_part_of_a_stamp_in_the_usual_form(
        before in "([a-z 0-9:/,.]{0,9}|Mar|2026|10:00)[ é]?(Mon|Di|sam|s\u{e1}bado|GMT|Mar|March|5|05|UTC|x|at|10:00|:)?[.]?,?[ ]{0,2}",
    ) {
        let text = format!("{before} 2026-03-02T07:10:11Z INFO x");
        let starts_word = |at: &usize| {
            at.checked_sub(1).is_none_or(|last| !text.as_bytes()[last].is_ascii_alphanumeric())
        };
        let is_across = (0..=before.len()).filter(starts_word).any(|at| {
            parse_at(&text.as_bytes()[at..]).is_some_and(|(_, length)| at + length > before.len() + 1)
        });
        let (before, after) = text.as_bytes().split_at(before.len());
        prop_assert!(!(is_across && starts_after(before, &after[1..])), "{}", text);
    }

    #[test]
    fn stamp_is_found_after_any_prefix(row in 0..FULL.len()) {
        let (text, expected) = FULL[row];
        let (stamp, _) = find(format!("said: {text}").as_bytes()).unwrap();
        prop_assert_eq!(shown(&stamp), expected);
    }
}

fn check_ranges(text: &[u8]) {
    if let Some((_, length)) = parse_at(text) {
        assert!((1..=text.len()).contains(&length), "{length} of {}", text.len());
    }
    if let Some((_, range)) = find(text) {
        assert!(range.start < range.end && range.end <= text.len(), "{range:?} of {}", text.len());
        assert_eq!(parse_at(&text[range.start..]).map(|(_, length)| length), Some(range.len()));
    }
    parse_epoch(text);
    of_line(text);
}
