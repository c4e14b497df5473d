//! The `Date` header (RFC 9110 §6.6.1) and its `Age` (RFC 9111 §5.1) in transcripts of all kinds.

use super::catalogue::SENT;
use super::head::{Piece, is_field_place};
use super::moment::Moment;
use super::number;
use super::stamp;
use crate::time::Span;

/// The side that sent a `Date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// The other side, in its answer.
    Server,
    /// The local side, in its request.
    Client,
}

/// Returns the `Date` in `line`, written as `Date: …`, `"date":"…"`, `date:[…]` or similar.
pub(crate) fn date(line: &[u8], piece: Piece) -> Option<(Sender, Moment)> {
    folded_positions(line, b"date").find_map(|at| {
        let before = at.checked_sub(1).and_then(|before| line.get(before));
        // Python prints a request as one string in which `
        // ` is two characters.
        let escaped = line.get(..at).is_some_and(|before| before.ends_with(b"\\n"));
        let in_word =
            before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte));
        if in_word && !escaped {
            return None;
        }
        let value = line.get(at.saturating_add(4)..)?;
        // In the middle of a message, the words are a quotation.
        let is_plain = value.first() == Some(&b':') && !escaped;
        if is_plain && !is_field_place(line, at, piece) {
            return None;
        }
        let is_sent = SENT.iter().any(|mark| line.starts_with(mark.as_bytes()));
        let sender = if is_sent { Sender::Client } else { Sender::Server };
        Some((sender, http_date_after(value)?))
    })
}

/// Returns `true` if `line` is the first half of a header that a HAR file writes on two lines.
pub(crate) fn names_date(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let Some(value) = line.strip_prefix(b"\"name\":") else { return false };
    value.trim_ascii().strip_suffix(b",").is_some_and(|name| name.eq_ignore_ascii_case(b"\"date\""))
}

/// Returns the date in the second half: `"value": "Thu, 25 Apr 2024 18:09:31 GMT"`.
pub(crate) fn value(line: &[u8]) -> Option<Moment> {
    http_date_after(line.trim_ascii().strip_prefix(b"\"value\"")?)
}

/// Returns the date after a name, if only quotes, brackets, `:`, `=` and `"value"` separate the
/// two.
fn http_date_after(text: &[u8]) -> Option<Moment> {
    let text = skip_punctuation(text);
    let text = text.strip_prefix(b"value").map_or(text, skip_punctuation);
    let weekday = text.first().is_some_and(u8::is_ascii_alphabetic);
    let (stamp, len) = weekday.then(|| stamp::parse_at(text)).flatten()?;
    // An HTTP date starts with a weekday and a comma and ends with GMT (RFC 9110 §5.6.7). Dates of
    // mails, commits and certificates do not. Python's formatdate writes -0000.
    let text = text.get(..len)?;
    let is_utc = text.ends_with(b"GMT") || text.ends_with(b"-0000");
    (is_utc && text.contains(&b',')).then(|| stamp.into())
}

fn skip_punctuation(text: &[u8]) -> &[u8] {
    let count = text.iter().take_while(|byte| b" \t\"'\\:=[,".contains(byte)).count();
    text.get(count..).unwrap_or(&[])
}

/// Returns the time of the service in an error body of Azure Storage, at the start of a line:
/// `Time:2019-06-13T09:22:53.9093129Z`. This is not a row of the catalogue because rows match
/// anywhere in a line.
pub(crate) fn azure_time(line: &[u8]) -> Option<Moment> {
    let (stamp, _) = stamp::parse_at(line.strip_prefix(b"Time:")?)?;
    stamp.instant().map(|_| stamp.into())
}

/// Returns the `Age` of a cached answer if `line` is that header, or has it in a map of headers.
pub(crate) fn age(line: &[u8]) -> Option<Span> {
    let line = line.trim_ascii_end();
    let secs = header_age(line)
        .or_else(|| folded_positions(line, b"age").find_map(|at| mapped_age(line, at)));
    secs.map(Span::from_secs)
}

/// Reads `Age: 120` at the end of a line.
fn header_age(line: &[u8]) -> Option<i64> {
    let at = folded_positions(line, b"age:").last()?;
    let before = at.checked_sub(1).and_then(|before| line.get(before));
    if before.is_some_and(|byte| !byte.is_ascii_whitespace()) {
        return None;
    }
    let value = line.get(at.saturating_add(4)..)?.trim_ascii();
    let (secs, len) = number::whole(value)?;
    (len == value.len()).then_some(secs)
}

/// Reads `"age":"120"`, `'Age': ['120']` and `"age", "value": "120"`, where name and value are
/// quoted as headers are. The age of a person is an unquoted number.
fn mapped_age(line: &[u8], at: usize) -> Option<i64> {
    let quote = *line.get(at.checked_sub(1)?)?;
    let behind = line.get(at.saturating_add(3)..)?.strip_prefix(&[quote])?;
    let value = skip_punctuation(behind);
    let value = value.strip_prefix(b"value").map_or(value, skip_punctuation);
    let skipped = behind.len().saturating_sub(value.len());
    let (secs, len) = number::whole(value)?;
    let is_quoted = |at: Option<usize>, text: &[u8]| at.and_then(|at| text.get(at)) == Some(&quote);
    let quoted = is_quoted(skipped.checked_sub(1), behind) && is_quoted(Some(len), value);
    (b"\"'".contains(&quote) && quoted).then_some(secs)
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
    use super::*;

    #[test]
    fn finds_date_of_answer() {
        const SERVER: Option<Sender> = Some(Sender::Server);
        const ROWS: &[(&str, Option<Sender>)] = &[
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
        ];
        for &(line, sender) in ROWS {
            assert_eq!(
                date(line.as_bytes(), Piece::Record).map(|(sender, _)| sender),
                sender,
                "{line}"
            );
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
    fn finds_age_of_answer() {
        assert_eq!(age(b"Age: 120\r"), Some(Span::from_secs(120)));
        assert_eq!(age(b"28.02.2017 18:39:51 - INFO - agent :  Age: 7"), Some(Span::from_secs(7)));
        assert_eq!(age(b"Cache-Control: max-age: 7"), None);
        assert_eq!(age(b"storage: 120"), None);
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
        ];
        for &(line, secs) in ROWS {
            assert_eq!(age(line.as_bytes()), secs.map(Span::from_secs), "{line}");
        }
    }
}
