//! The `Date` header (RFC 9110 §6.6.1) and its `Age` (RFC 9111 §5.1) in transcripts of all kinds.

use super::catalogue::SENT;
use super::field::Name;
use super::head::Piece;
use super::moment::Moment;
use super::number;
use super::stamp::{self, DateKnowledge, Stamp};
use crate::time::Span;

/// The side that sent a `Date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// The other side, in its answer.
    Server,
    /// The local side, in its request.
    Client,
}

/// Returns the `Date` in `line`, in any of the forms of a [field](super::field); none if the line has several
/// lines in a string, with those of several answers.
pub(crate) fn date(line: &[u8], piece: Piece) -> Option<(Sender, Moment)> {
    let is_curls = line.starts_with(b"< ");
    let mut dates = folded_positions(line, b"date").filter_map(|at| {
        let name = Name::at(line, at, 4).filter(|name| name.is_field(line, piece))?;
        let date = name
            .value(line, |text| http_date(text).or_else(|| asctime(text).filter(|_| is_curls)))?;
        Some((name.start(), sender(line, name.start()), date))
    });
    let (start, by, first) = dates.next()?;
    let is_of_another = |(at, other_by, other): (usize, Sender, Moment)| {
        let between = line.get(start..at).unwrap_or(&[]);
        other_by == by && other != first && memchr::memmem::find(between, b"\\n").is_some()
    };
    (!dates.any(is_of_another)).then_some((by, first))
}

/// Returns the side that sent the field at `at`.
fn sender(line: &[u8], at: usize) -> Sender {
    /// The words that introduce a header are at most this many bytes before a field of it.
    const NEAR: usize = 1_024;
    /// Words before the header of a request, and before that of an answer.
    const REQUEST: &[&[u8]] = &[
        b"request header",
        b"request_header",
        b"requestheader",
        b"request.header",
        b"\"request\":",
        b"req.header",
        b"\"req\":",
        b"canonical",
        b"string to sign",
        b"stringtosign",
        b"string-to-sign",
        b"signed header",
        // The request line, in an escaped string.
        b" http/1.1\\r",
        b"-->",
        b"sending",
    ];
    const ANSWER: &[&[u8]] = &[
        b"response",
        b"\"res\":",
        b"answer",
        b"reply",
        b"<--",
        b"status",
        b"http/1.1 ",
        b"http/2 ",
    ];
    let before = line.get(at.saturating_sub(NEAR)..at).unwrap_or(&[]);
    let request = last_of(before, REQUEST);
    let is_sent = SENT.iter().any(|mark| line.starts_with(mark.as_bytes()))
        || (request > 0 && request > last_of(before, ANSWER));
    if is_sent { Sender::Client } else { Sender::Server }
}

/// Returns the end of the last of `words` (in lower case) in `text`, or 0.
fn last_of(text: &[u8], words: &[&'static [u8]]) -> usize {
    let ends = words.iter().filter_map(|word| {
        let at = folded_positions(text, word).last()?;
        Some(at.saturating_add(word.len()))
    });
    ends.max().unwrap_or(0)
}

/// Returns `true` if `line` is the first half of a header that a HAR file writes on two lines.
pub(crate) fn names_date(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let Some(value) = line.strip_prefix(b"\"name\":") else { return false };
    value.trim_ascii().strip_suffix(b",").is_some_and(|name| name.eq_ignore_ascii_case(b"\"date\""))
}

/// Returns the date in the second half: `"value": "Thu, 25 Apr 2024 18:09:31 GMT"`.
pub(crate) fn value(line: &[u8]) -> Option<Moment> {
    let value = line.trim_ascii().strip_prefix(b"\"value\"")?;
    let marks = value.iter().take_while(|byte| b" \t\"'\\:".contains(byte)).count();
    http_date(value.get(marks..)?)
}

/// Reads a date that starts with a weekday and a comma and ends with GMT (RFC 9110 §5.6.7, and its
/// older form). Dates of mails, commits and certificates do not. Python's formatdate writes -0000.
fn http_date(text: &[u8]) -> Option<Moment> {
    let (stamp, text) = named_date(text)?;
    let is_utc = text.ends_with(b"GMT") || text.ends_with(b"-0000");
    (is_utc && text.contains(&b',')).then(|| stamp.into())
}

/// Reads `Sun Nov  6 08:49:37 1994`, the third form of RFC 9110 §5.6.7.
fn asctime(text: &[u8]) -> Option<Moment> {
    let (stamp, text) = named_date(text)?;
    let is_plain = stamp.zone.is_none() && !text.contains(&b',');
    let is_full = stamp.date == DateKnowledge::Full;
    (is_plain && is_full).then(|| Stamp { zone: Some(Span::ZERO), ..stamp }.into())
}

/// Reads a date that starts with a name, and returns it with its text.
fn named_date(text: &[u8]) -> Option<(Stamp, &[u8])> {
    let is_named = text.first().is_some_and(u8::is_ascii_alphabetic);
    let (stamp, len) = is_named.then(|| stamp::parse_at(text)).flatten()?;
    Some((stamp, text.get(..len)?))
}

/// Returns the time of the service in an error body of Azure Storage, at the start of a line:
/// `Time:2019-06-13T09:22:53.9093129Z`. This is not a row of the catalogue because rows match
/// anywhere in a line.
pub(crate) fn azure_time(line: &[u8]) -> Option<Moment> {
    let (stamp, _) = stamp::parse_at(line.strip_prefix(b"Time:")?)?;
    stamp.instant().map(|_| stamp.into())
}

/// Returns the time of the service in the body of an answer that is a JSON object:
/// `{"code":1013,"success":false,"t":1676136391720}`.
pub(crate) fn body_time(line: &[u8]) -> Option<Moment> {
    stamp::of_response(line).map(Moment::from)
}

/// Returns the `Age` of a cached answer in `line`, in any of the forms of a
/// [field](super::field).
pub(crate) fn age(line: &[u8]) -> Option<Span> {
    let line = line.trim_ascii_end();
    folded_positions(line, b"age").find_map(|at| aged(line, at)).map(Span::from_secs)
}

/// Reads `Age: 120` at the end of a line, and a value in quotes or brackets, where names and values
/// are quoted as headers are: `"age":"120"`, `'Age': ['120']`, `{age=[120]}`. The age of a person is
/// an unquoted number.
fn aged(line: &[u8], at: usize) -> Option<i64> {
    let name = Name::at(line, at, 3)?;
    let (secs, value, len) = name.value(line, |text| {
        let (secs, len) = number::whole(text)?;
        let value = line.len().saturating_sub(text.len());
        // The number of a colour is none of seconds.
        (text.get(len) != Some(&b'm')).then_some((secs, value, len))
    })?;
    let opening = value.checked_sub(1).and_then(|before| line.get(before)).copied()?;
    let closing = line.get(value.saturating_add(len)).copied();
    let is_closed = match opening {
        b'"' | b'\'' => closing == Some(opening) || closing == Some(b'\\'),
        b'[' => closing == Some(b']'),
        // The columns of a table, and the parts of a pair: `[Age, 120]`.
        b' ' | b'\t' | b':' => match name.opening(line) {
            b'[' => closing == Some(b']'),
            b'"' | b'\'' => false,
            before => is_end(line, value.saturating_add(len)) && before.is_ascii_whitespace(),
        },
        _ => false,
    };
    is_closed.then_some(secs)
}

/// Returns `true` if nothing follows `at`, or only ends of the string and the objects that the line is in, or
/// the border of a box, with what another program shows beside it.
fn is_end(line: &[u8], at: usize) -> bool {
    let rest = line.get(at..).unwrap_or(&[]);
    let ends = match rest {
        [b'"' | b'\'' | b'\\', ..] => {
            rest.iter().take_while(|byte| b"\"'\\nr}]),".contains(byte)).count()
        }
        _ => 0,
    };
    let rest = rest.get(ends..).unwrap_or(&[]);
    let beside = rest.trim_ascii_start();
    let is_bar = beside.len() < rest.len() && beside.starts_with(b"|");
    rest.is_empty() || is_bar || beside.starts_with("│".as_bytes())
}

/// Yields the positions of `word` (in lower case) in `text`, ignoring case.
fn folded_positions<'t>(text: &'t [u8], word: &'static [u8]) -> impl Iterator<Item = usize> + 't {
    let (small, large) = match word {
        [first, ..] => (*first, first.to_ascii_uppercase()),
        [] => (0, 0),
    };
    memchr::memchr2_iter(small, large, text).filter(move |&at| {
        text.get(at..at.saturating_add(word.len()))
            .is_some_and(|met| met.eq_ignore_ascii_case(word))
    })
}

#[cfg(test)]
mod tests {
    use std::format;

    use super::*;

    const SERVER: Option<Sender> = Some(Sender::Server);
    /// A line, and the side that sent its `Date`.
    const DATES: &[(&str, Option<Sender>)] = &[
        ("Date: Fri, 03 Mar 2017 04:29:05 GMT", SERVER),
        ("< date: Tue, 12 Mar 2024 09:21:47 GMT", SERVER),
        ("> Date: Tue, 12 Mar 2024 09:21:47 GMT", Some(Sender::Client)),
        ("28.02.2017 18:39:51 - ERROR - agent :  Date: Fri, 03 Mar 2017 04:29:05 GMT", SERVER),
        (r#"{"name":"date","value":"Thu, 25 Apr 2024 18:09:31 GMT"}"#, SERVER),
        ("map[Content-Type:[text/html] Date:[Tue, 12 Mar 2024 09:21:47 GMT]]", SERVER),
        ("{'date': 'Tue, 12 Mar 2024 09:21:47 GMT'}", SERVER),
        ("JWT has expired Date: Fri, 03 Mar 2017 04:29:05 GMT", None),
        ("Date: Fri, 03 Mar 2017 04:29:05 +0000", None),
        ("Date:   Fri Mar 3 04:29:05 2017 +0900", None),
        ("expiry-date: Fri, 03 Mar 2017 04:29:05 GMT", None),
        ("Expires: Thu, 01 Jan 1970 00:00:00 GMT", None),
        (" start date: Jan  9 00:00:00 2024 GMT", None),
        // Node.js, also in colour.
        ("  date: 'Sat, 28 Nov 2026 10:20:00 GMT',", SERVER),
        ("headers: { server: 'nginx', date: 'Sat, 28 Nov 2026 10:20:00 GMT' }", SERVER),
        ("\x1b[36mdate\x1b[0m: Sat, 28 Nov 2026 10:20:00 GMT", SERVER),
        ("  \x1b[32mdate\x1b[39m: \x1b[32m'Sat, 28 Nov 2026 10:20:00 GMT'\x1b[39m,", SERVER),
        ("\\u001b[36mdate\\u001b[0m: Sat, 28 Nov 2026 10:20:00 GMT", SERVER),
        // Python.
        ("{'Server': 'nginx', 'Date': 'Sat, 28 Nov 2026 10:20:00 GMT'}", SERVER),
        ("CaseInsensitiveDict({'Date': 'Sat, 28 Nov 2026 10:20:00 GMT'})", SERVER),
        ("<CIMultiDictProxy('Date': 'Sat, 28 Nov 2026 10:20:00 GMT')>", SERVER),
        ("Headers([('date', 'Sat, 28 Nov 2026 10:20:00 GMT'), ('a', 'b')])", SERVER),
        ("[(b'date', b'Sat, 28 Nov 2026 10:20:00 GMT')]", SERVER),
        // Java, Spring, Kotlin.
        ("{connection=[close], date=[Sat, 28 Nov 2026 10:20:00 GMT]}", SERVER),
        ("{date=[Sat, 28 Nov 2026 10:20:00 GMT]}", SERVER),
        ("{Date=Sat, 28 Nov 2026 10:20:00 GMT, Server=nginx}", SERVER),
        ("[Server:\"nginx\", Date:\"Sat, 28 Nov 2026 10:20:00 GMT\"]", SERVER),
        ("[Date:\"Sat, 28 Nov 2026 10:20:00 GMT\"]", SERVER),
        // Go, Rust, Ruby, PHP, Elixir, Erlang, Swift, C#.
        ("map[Date:[Sat, 28 Nov 2026 10:20:00 GMT] Server:[nginx]]", SERVER),
        ("http.Header{\"Date\":[]string{\"Sat, 28 Nov 2026 10:20:00 GMT\"}}", SERVER),
        ("{\"server\": \"nginx\", \"date\": \"Sat, 28 Nov 2026 10:20:00 GMT\"}", SERVER),
        ("\"date\": HeaderValue(\"Sat, 28 Nov 2026 10:20:00 GMT\")", SERVER),
        ("{\"date\"=>[\"Sat, 28 Nov 2026 10:20:00 GMT\"]}", SERVER),
        ("  'date' => 'Sat, 28 Nov 2026 10:20:00 GMT',", SERVER),
        ("    [Date] => Sat, 28 Nov 2026 10:20:00 GMT", SERVER),
        ("[{\"date\", \"Sat, 28 Nov 2026 10:20:00 GMT\"}]", SERVER),
        ("{<<\"date\">>,<<\"Sat, 28 Nov 2026 10:20:00 GMT\">>}", SERVER),
        ("    Date = \"Sat, 28 Nov 2026 10:20:00 GMT\";", SERVER),
        ("AnyHashable(\"Date\"): Sat, 28 Nov 2026 10:20:00 GMT", SERVER),
        // PowerShell.
        ("Date                 Sat, 28 Nov 2026 10:20:00 GMT", SERVER),
        ("Date : Sat, 28 Nov 2026 10:20:00 GMT", SERVER),
        ("Headers : {[Date, Sat, 28 Nov 2026 10:20:00 GMT], [Server, nginx]}", SERVER),
        ("{[Server, nginx], [Date, System.String[]]}", None),
        // Escaped.
        ("{\"msg\":\"{\\\"date\\\":\\\"Sat, 28 Nov 2026 10:20:00 GMT\\\"}\"}", SERVER),
        ("'HTTP/1.1 400 Bad Request\\r\\nDate: Sat, 28 Nov 2026 10:20:00 GMT\\r\\n'", SERVER),
        // The older forms.
        ("< Date: Saturday, 28-Nov-26 10:20:00 GMT", SERVER),
        ("< Date: Sat Nov 28 10:20:00 2026", SERVER),
        ("Date:   Sat Nov 28 10:20:00 2026", None),
        // Sent by the client.
        ("request headers: {date: 'Sat, 28 Nov 2026 10:20:00 GMT'}", Some(Sender::Client)),
        (
            "{\"request\":{\"headers\":{\"date\":\"Sat, 28 Nov 2026 10:20:00 GMT\"}}}",
            Some(Sender::Client),
        ),
        ("string to sign: \"date: Sat, 28 Nov 2026 10:20:00 GMT\"", None),
        ("request headers: {}, response headers: {date: 'Sat, 28 Nov 2026 10:20:00 GMT'}", SERVER),
        (
            "'POST /token HTTP/1.1\\r\\nDate: Sat, 28 Nov 2026 10:20:00 GMT\\r\\n'",
            Some(Sender::Client),
        ),
        ("request failed with 400 {'date': 'Sat, 28 Nov 2026 10:20:00 GMT'}", SERVER),
        // Prose.
        ("of the date Sat, 28 Nov 2026 10:20:00 GMT", None),
        ("updated: Sat, 28 Nov 2026 10:20:00 GMT", None),
        ("\"update\": \"Sat, 28 Nov 2026 10:20:00 GMT\"", None),
        ("date_of_end: Sat, 28 Nov 2026 10:20:00 GMT", None),
    ];

    #[test]
    fn finds_date_of_answer() {
        for &(line, sender) in DATES {
            assert_eq!(
                date(line.as_bytes(), Piece::Record).map(|(sender, _)| sender),
                sender,
                "{line}"
            );
        }
    }

    #[test]
    fn lines_in_a_string_have_the_date_of_one_answer() {
        const FIRST: &str = r#""date: Sat, 28 Nov 2026 10:20:00 GMT\n"#;
        let rows = [
            (format!("{FIRST}a\""), true),
            (format!("{FIRST}date: Sat, 28 Nov 2026 10:20:00 GMT\""), true),
            (format!("{FIRST}date: Sat, 28 Nov 2026 10:20:01 GMT\""), false),
            (format!("{FIRST}> date: Sat, 28 Nov 2026 10:20:01 GMT\""), false),
            ("{'date': 'Sat, 28 Nov 2026 10:20:00 GMT'}, {'date': 'Sat, 28 Nov 2026 10:20:01 GMT'}".into(), true),
        ];
        for (line, expected) in rows {
            assert_eq!(date(line.as_bytes(), Piece::Record).is_some(), expected, "{line}");
        }
    }

    #[test]
    fn joins_two_lines_of_har_header() {
        assert!(names_date(br#"       "name": "date","#));
        assert!(!names_date(br#"       "name": "update","#));
        assert!(value(br#"       "value": "Thu, 25 Apr 2024 18:09:31 GMT""#).is_some());
    }

    #[test]
    fn finds_time_in_azure_body() {
        assert!(azure_time(b"Time:2019-06-13T09:22:53.9093129Z</Message>").is_some());
        assert_eq!(azure_time(b"Time:2019-06-13T09:22:53"), None, "no zone, no instant");
        assert_eq!(azure_time(b"Uptime:2019-06-13T09:22:53Z"), None);
    }

    #[test]
    fn finds_time_in_body_of_answer() {
        const ROWS: &[(&str, bool)] = &[
            (r#"{"code":1013,"msg":"x","success":false,"t":1676136391720}"#, true),
            (
                r#"400 {"error":"x","error_description":"y","timestamp":"2024-06-18 20:51:38Z"}"#,
                true,
            ),
            (r#"{"retCode":10002,"retMsg":"x","time":1677852616092}"#, true),
            (r#"{"errorCode":"x","timestamp":"2024-06-18 20:51:38"}"#, false),
            // A server logs its own answers.
            (r#"{"timestamp":"2024-03-05T02:14:08Z","status":401,"error":"x","path":"/"}"#, false),
            (r#"{"time":"2024-06-18T20:51:38Z","level":"error","success":false}"#, false),
            (r#"{"time":"2024-06-18T20:51:38Z","msg":"x"}"#, false),
            ("no object", false),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(body_time(line.as_bytes()).is_some(), expected, "{line}");
        }
    }

    #[test]
    fn finds_age_of_answer() {
        assert_eq!(age(b"Age: 120\r"), Some(Span::from_secs(120)));
        assert_eq!(age(b"28.02.2017 18:39:51 - INFO - agent :  Age: 7"), Some(Span::from_secs(7)));
        assert_eq!(age(b"Cache-Control: max-age: 7"), None);
        assert_eq!(age(b"storage: 120"), None);
        assert_eq!(age("< Age: 7   │ up 3 days".as_bytes()), Some(Span::from_secs(7)));
        assert_eq!(age(b"| Age: 7 |"), Some(Span::from_secs(7)));
        assert_eq!(age("\"< Age: 7\"}   │ up 3 days".as_bytes()), Some(Span::from_secs(7)));
        assert_eq!(age("\"< Age: 7\"}│ up 3 days".as_bytes()), Some(Span::from_secs(7)));
        assert_eq!(age("\"< Age: 7\" │ up 3 days".as_bytes()), Some(Span::from_secs(7)));
        assert_eq!(age("\"< Age: 7\" days".as_bytes()), None);
        assert_eq!(age(b"  - \"< Age: 7\""), Some(Span::from_secs(7)));
        assert_eq!(age(b"  'Server: x', ' Age: 7',"), Some(Span::from_secs(7)));
        assert_eq!(age(b"Age: 7 days"), None);
    }

    #[test]
    fn finds_age_in_map_of_headers() {
        const ROWS: &[(&str, Option<i64>)] = &[
            (r#"{"date":"Thu, 25 Apr 2024 18:09:31 GMT","age":"1200"}"#, Some(1_200)),
            (r#"    "age": "1200","#, Some(1_200)),
            ("{'Age': '1200', 'Via': '1.1 varnish'}", Some(1_200)),
            (r#"{"Age":["1200"]}"#, Some(1_200)),
            (r#"{"name":"age","value":"1200"}"#, Some(1_200)),
            (r#"{"name":"Ann","age":42}"#, None),
            (r#"{"max-age":"1200"}"#, None),
            (r#"{"message":"1200"}"#, None),
            (r#"{"age":"1200 s"}"#, None),
            (r#"{"age":"unknown"}"#, None),
            ("age age 'age", None),
            ("  age: '1200',", Some(1_200)),
            ("\x1b[36mage\x1b[0m: 1200", Some(1_200)),
            ("  \x1b[32mage\x1b[39m: \x1b[32m'1200'\x1b[39m", Some(1_200)),
            ("{age=[1200], date=[Sat, 28 Nov 2026 10:20:00 GMT]}", Some(1_200)),
            ("map[Age:[1200] Date:[Sat, 28 Nov 2026 10:20:00 GMT]]", Some(1_200)),
            ("[Age:\"1200\", Server:\"x\"]", Some(1_200)),
            ("{\"age\"=>[\"1200\"]}", Some(1_200)),
            ("{[Age, 1200], [Server, nginx]}", Some(1_200)),
            ("Age                  1200", Some(1_200)),
            ("{\\\"age\\\":\\\"1200\\\"}", Some(1_200)),
            ("the age: 1200 of it", None),
            ("age=1200", None),
        ];
        for &(line, secs) in ROWS {
            assert_eq!(age(line.as_bytes()), secs.map(Span::from_secs), "{line}");
        }
    }
}
