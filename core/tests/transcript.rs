//! Entries of a transcript: written in one form, and read back unchanged.
#![cfg(test)]

use jwtick_core::evidence::transcript::{Entry, Level, Line, Means, Place, Text};
use jwtick_core::time::{Bracket, HttpDate, Offset};
use jwtick_core::{Span, UnixTime};
use proptest::prelude::*;

const HEAD: &str = "28.02.2017 18:39:51 - INFO - agent : ";

fn offset(least: i64, most: i64) -> Offset {
    Offset::between(Span::from_micros(least), Span::from_micros(most)).unwrap()
}

fn measured(offset: Offset) -> Entry<'static> {
    Entry::Measured { server: "login.example:443".into(), means: Means::HttpDate, offset }
}

/// Offsets in microseconds, and the phrase for each.
const OFFSETS: &[(i64, i64, &str)] = &[
    (208_153_990_000, 208_154_000_000, "208153.99 to 208154 s behind"),
    (-1_600_000, 600_000, "between 1.6 s ahead of and 0.6 s behind"),
    (-4_000_000, -3_000_001, "3.000001 to 4 s ahead of"),
    (5_000_000, 5_000_000, "5 s behind"),
    (-5_000_000, -5_000_000, "5 s ahead of"),
    (0, 0, "0 s behind"),
    (0, 10, "0 to 0.00001 s behind"),
    (-10, 0, "0 to 0.00001 s ahead of"),
    (1_000_000, i64::MAX, "at least 1 s behind"),
    (0, i64::MAX, "at least 0 s behind"),
    (-1_000_000, i64::MAX, "at most 1 s ahead of or any time behind"),
    (i64::MIN, -1_000_000, "at least 1 s ahead of"),
    (i64::MIN, 0, "at least 0 s ahead of"),
    (i64::MIN, 1_000_000, "at most 1 s behind or any time ahead of"),
    (i64::MIN, i64::MAX, "an unknown time from"),
    (i64::MIN, i64::MIN, "at least 9223372036854.775808 s ahead of"),
];

#[test]
fn offsets_are_phrased_as_behind_or_ahead() {
    for &(least, most, words) in OFFSETS {
        let entry = measured(offset(least, most));
        let text = entry.to_string();
        let expected = format!("This clock is {words} the clock of login.example:443 (HTTP Date)");
        assert_eq!(text, expected, "{least} to {most}");
        assert_eq!(Entry::parse(format!("{HEAD}{text}").as_bytes()), Some(entry), "{text}");
    }
}

type Sentence = (Entry<'static>, &'static str);

fn sentences_of_clocks() -> [Sentence; 6] {
    let at = UnixTime::from_secs(1_488_274_791);
    let local = Bracket::between(at, at + Span::from_millis(250)).unwrap();
    let date = HttpDate::new(at + Span::from_secs(90)).unwrap();
    let opened = |zone| Entry::Opened { zone: Span::from_secs(zone), at };
    [
        (opened(32_400), "The times of this log are UTC+09:00: it is 2017-02-28T09:39:51Z"),
        (opened(-1_850), "The times of this log are UTC-00:30:50: it is 2017-02-28T09:39:51Z"),
        (
            Entry::Answered { server: "a:80".into(), date, local },
            "This clock is 89.75 to 91 s behind the clock of a:80 (answer with Date 1488274881, \
             asked at 1488274791, received at 1488274791.25)",
        ),
        (
            Entry::Retrying { ahead: Span::from_millis(208_153_994) },
            "Trying again with the server's time, 208153.994 s ahead of this clock",
        ),
        (
            Entry::Retrying { ahead: Span::from_secs(-5) },
            "Trying again with the server's time, 5 s behind this clock",
        ),
        (Entry::Run { number: 2, of: 10 }, "Run 2 of 10"),
    ]
}

fn sentences_of_exchanges() -> [Sentence; 7] {
    let fault = "no answer within 5 s";
    [
        (Entry::Granting { issuer: "me".into() }, "Using OAuth 2.0 Authorization Grants for me"),
        (
            Entry::Made { claims: r#"{"iss":"a\"b","iat":1}"#.into() },
            r#"Made an assertion that says {"iss":"a\"b","iat":1}"#,
        ),
        (
            Entry::Sending { method: "POST".into(), target: "https://a/?b=c d".into() },
            "Sending POST request to https://a/?b=c d",
        ),
        (Entry::Status { status: "400 Bad Request".into() }, " HTTP/1.1 400 Bad Request"),
        (Entry::Header { name: "Via".into(), value: "1.1 a: b".into() }, " Via: 1.1 a: b"),
        (
            Entry::Refused { place: Place::TokenEndpoint, status: 400, body: "{}".into() },
            "failed to get access token from authorization server status: 400 response: {}",
        ),
        (Entry::Unanswered { fault: fault.into() }, "no usable answer: no answer within 5 s"),
    ]
}

#[test]
fn sentences_round_trip() {
    for (entry, sentence) in sentences_of_clocks().into_iter().chain(sentences_of_exchanges()) {
        assert_eq!(entry.to_string(), sentence);
        for end in ["", "\n", "\r\n"] {
            let line = format!("{HEAD}{sentence}{end}");
            assert_eq!(Entry::parse(line.as_bytes()), Some(entry), "{line:?}");
        }
    }
}

#[test]
fn names_stay_in_their_place() {
    for name in ["", "a (NTP)", "x\ny", "the clock of a (NTP)", r"\u{41}", "\u{2028}", "a : b - c"]
    {
        let entry =
            Entry::Measured { server: name.into(), means: Means::Ntp, offset: Offset::UNKNOWN };
        let agent = Text::new(name);
        let line = Line { clock: UnixTime::EPOCH, level: Level::Error, agent, entry };
        let text = line.to_string();
        assert!(!text.chars().any(char::is_control), "{text:?}");
        assert_eq!(Line::parse(text.as_bytes()), Some(line), "{text:?}");
    }
}

/// Lines that resemble an entry but are none.
const OTHERS: &[&str] = &[
    "",
    "Run 1 of 2",
    " 28.02.2017 18:39:51 - INFO - agent : Run 1 of 2",
    "x 28.02.2017 18:39:51 - INFO - agent : Run 1 of 2",
    "28.2.2017 18:39:51 - INFO - agent : Run 1 of 2",
    "29.02.2017 18:39:51 - INFO - agent : Run 1 of 2",
    "28.02.2017 24:00:00 - INFO - agent : Run 1 of 2",
    "28.02.2017 18:39:60 - INFO - agent : Run 1 of 2",
    "28.02.2017 18:39:51 - WARN - agent : Run 1 of 2",
    "28.02.2017 18:39:51 - INFO - an agent : Run 1 of 2",
    "28.02.2017 18:39:51 - INFO - agent : Run 1 of 2 ",
    "28.02.2017 18:39:51 - INFO - agent : Run +1 of 2",
    "28.02.2017 18:39:51 - INFO - agent :  Server: Run 1 of 2\n\n",
    "28.02.2017 18:39:51 - INFO - agent :  Run 1 of 2",
    "28.02.2017 18:39:51 - INFO - agent : This clock is 5 to 5 s behind the clock of a (NTP)",
    "28.02.2017 18:39:51 - INFO - agent : This clock is 5.0 s behind the clock of a (NTP)",
    "28.02.2017 18:39:51 - INFO - agent : This clock is 6 to 5 s behind the clock of a (NTP)",
    "28.02.2017 18:39:51 - INFO - agent : This clock is 5 s behind the clock of a (SNTP)",
    "28.02.2017 18:39:51 - INFO - agent : This clock is 0 s ahead of the clock of a (NTP)",
    "28.02.2017 18:39:51 - INFO - agent : This clock is 1 s behind the clock of a (answer with Date \
     0, asked at 0, received at 0)",
    "28.02.2017 18:39:51 - INFO - agent : Made an assertion that says {\"a\":\"\u{1b}\"}",
];

#[test]
fn rejects_other_wordings() {
    for line in OTHERS {
        assert_eq!(Entry::parse(line.as_bytes()), None, "{line:?}");
    }
    assert_eq!(Entry::parse(b"28.02.2017 18:39:51 - INFO - a\xff : Run 1 of 2"), None, "UTF-8");
}

fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        ".*",
        "[ \\\\u{}0-9a-f()]{0,12}",
        "(: | : | - | \\(NTP\\)| the clock of |\\\\u\\{41\\}|\\n|\\r)",
    ];
    prop::collection::vec(part, 0..3).prop_map(|parts| parts.concat())
}

fn span() -> impl Strategy<Value = Span> {
    let edge = prop::sample::select(vec![0, 1, -1, 1_000_000, i64::MIN, i64::MAX, i64::MIN + 1]);
    prop_oneof![any::<i64>(), -10_000_000..10_000_000_i64, edge].prop_map(Span::from_micros)
}

fn any_offset() -> impl Strategy<Value = Offset> {
    (span(), span())
        .prop_map(|(one, other)| Offset::between(one.min(other), one.max(other)).unwrap())
}

/// The owned parts of an entry.
#[derive(Debug, Clone)]
struct Parts {
    one: String,
    other: String,
    offset: Offset,
    at: UnixTime,
    date: HttpDate,
    numbers: (u16, u16),
}

prop_compose! {
    fn parts()(
        one in text(),
        other in text(),
        offset in any_offset(),
        secs in -9_000_000_000_000..9_000_000_000_000_i64,
        date in 0..4_000_000_000_i64,
        numbers: (u16, u16),
    ) -> Parts {
        let (at, date) = (UnixTime::from_secs(secs), HttpDate::new(UnixTime::from_secs(date)).unwrap());
        Parts { one, other, offset, at, date, numbers }
    }
}

fn entries(parts: &Parts) -> Vec<Entry<'_>> {
    let Parts { offset, at, date, numbers: (number, of), .. } = *parts;
    let (one, other) = (Text::new(&parts.one), Text::new(&parts.other));
    let [before, after] = [offset.least(), offset.most()].map(|span| UnixTime::EPOCH + span);
    let zone = Span::from_secs(offset.least().as_micros() / 1_000_000);
    let mut entries = vec![
        Entry::Opened { zone, at },
        Entry::Granting { issuer: one },
        Entry::Answered { server: one, date, local: Bracket::between(before, after).unwrap() },
        Entry::Made { claims: one },
        Entry::Sending { method: one, target: other },
        Entry::Status { status: one },
        Entry::Header { name: one, value: other },
        Entry::Unanswered { fault: one },
        Entry::Retrying { ahead: offset.least() },
        Entry::Run { number, of },
    ];
    entries.extend([Means::HttpDate, Means::Ntp].map(|means| Entry::Measured {
        server: one,
        means,
        offset,
    }));
    let places = [Place::TokenEndpoint, Place::Receiver];
    entries.extend(places.map(|place| Entry::Refused { place, status: number, body: one }));
    entries
}

proptest! {
    #[test]
    fn entries_round_trip(parts in parts(), agent in text()) {
        for entry in entries(&parts) {
            let line = Line { clock: parts.at, level: Level::Info, agent: Text::new(&agent), entry };
            let text = line.to_string();
            prop_assert!(!text.chars().any(char::is_control), "{:?}", text);
            prop_assert_eq!(Line::parse(text.as_bytes()), Some(line), "{}", text);
            let ended = text + "\n";
            prop_assert_eq!(Entry::parse(ended.as_bytes()), Some(entry), "{}", ended);
        }
    }

    /// Whatever is read is written back unchanged.
    #[test]
    fn changed_line_round_trips_if_read(
        parts in parts(),
        at in any::<prop::sample::Index>(),
        change in "[ -~\\n\u{85}é]{0,2}",
        len in 0..3_usize,
    ) {
        for entry in entries(&parts) {
            let line = Line { clock: parts.at, level: Level::Info, agent: "a".into(), entry };
            let mut chars: Vec<char> = line.to_string().chars().collect();
            let start = at.index(chars.len());
            let end = (start + len).min(chars.len());
            chars.splice(start..end, change.chars());
            let text: String = chars.into_iter().collect();
            if let Some(read) = Line::parse(text.as_bytes()) {
                prop_assert_eq!(read.to_string(), text.trim_end_matches('\n'));
            }
        }
    }

    #[test]
    fn garbage_after_a_head_round_trips_if_read(sentence in text()) {
        let text = format!("{HEAD}{sentence}");
        if let Some(read) = Line::parse(text.as_bytes()) {
            prop_assert_eq!(read.to_string(), text.trim_end_matches(['\n', '\r']));
        }
    }
}
