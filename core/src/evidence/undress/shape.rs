//! The shape of a text: how clearly a record or a line of a transcript starts with it.

use crate::evidence::record;
use crate::evidence::stamp::{self, DateKnowledge, Stamp};

/// Returns the stamp with a date at the start of `text`, and its length.
pub(super) fn stamp_at(text: &[u8]) -> Option<(Stamp, usize)> {
    let is_dated = |(stamp, _): &(Stamp, usize)| stamp.date != DateKnowledge::NoDate;
    stamp::parse_at(text).or_else(|| stamp::parse_epoch(text)).filter(is_dated)
}

/// How clearly `text` starts a record: 2 with a full stamp, an object or a line of a transcript, and 1
/// with a time of day or a prompt.
pub(super) fn rank(text: &[u8]) -> usize {
    let text = text.trim_ascii_start();
    if is_stamped(text) || is_exchange(text) || matches!(text, [b'{', b'"', ..]) {
        return 2;
    }
    let is_start = is_time(text)
        || is_prompt(text)
        || record::counts_from_boot(text)
        || stamp::of_line(text).is_some();
    usize::from(is_start)
}

/// Returns `true` if `text` starts a record. A prompt may also be the mark of a comment.
pub(super) fn is_record(text: &[u8]) -> bool {
    rank(text) > 0 && !is_prompt(text)
}

/// Returns `true` if `text` starts with a time of day in full.
fn is_time(text: &[u8]) -> bool {
    stamp::parse_at(text).is_some_and(|(_, len)| len >= 8)
}

/// Returns `true` if `text` starts with the prompt of a shell: `$ `, `PS C:\> `, `[root@web ~]# `, `me@web:~$ `.
fn is_prompt(text: &[u8]) -> bool {
    if matches!(text, [b'$' | b'#', b' ', ..]) || text.starts_with(b"PS C:") {
        return true;
    }
    let start = text.get(..LONGEST_PROMPT).unwrap_or(text);
    let mut words = start.split(|byte| *byte == b' ');
    let Some(user) = words.next().filter(|word| word.contains(&b'@')) else { return false };
    let ends = |word: &[u8]| matches!(word, [.., b'$' | b'#' | b'%'] | [b'>']);
    ends(user) || words.take(2).any(ends)
}

/// No shell shows a longer one without being told to.
const LONGEST_PROMPT: usize = 64;

/// Names of pairs and of fields of a journal with which records start.
const FIRST: &[&[u8]] = &[
    b"time",
    b"ts",
    b"t",
    b"timestamp",
    b"@timestamp",
    b"level",
    b"lvl",
    b"msg",
    b"MESSAGE",
    b"__CURSOR",
    b"__REALTIME_TIMESTAMP",
];

/// Returns `true` if `text` starts with a stamp that has a date, in brackets or after the priority or the
/// name of a member.
fn is_stamped(text: &[u8]) -> bool {
    let inside = match text {
        [b'[', inside @ ..] => inside,
        [b'<', b'0'..=b'9', rest @ ..] => memchr::memchr(b'>', rest.get(..3).unwrap_or(rest))
            .and_then(|at| rest.get(at.saturating_add(1)..))
            .map_or(text, |rest| rest.strip_prefix(b"1 ").unwrap_or(rest)),
        _ => text,
    };
    let mut pair = text.splitn(2, |byte| *byte == b'=');
    let is_pair = pair.next().is_some_and(|name| FIRST.contains(&name)) && pair.next().is_some();
    is_pair || stamp_at(inside).is_some()
}

/// Returns `true` if `text` is a line of an exchange that can be recognised alone.
fn is_exchange(text: &[u8]) -> bool {
    let is_start = |text: &[u8]| {
        let is_date = text.get(..6).is_some_and(|name| name.eq_ignore_ascii_case(b"date: "));
        is_date || text.starts_with(b"HTTP/") || is_request_line(text)
    };
    let sent = text.strip_prefix(b"> ").or_else(|| text.strip_prefix(b"< "));
    is_start(text) || sent.is_some_and(|text| is_start(text) || is_field(text))
}

/// Returns `true` if `content`, that of a string with escapes, starts a record and is not only a time.
pub(super) fn starts_record(content: &[u8]) -> bool {
    const LEAST: usize = 8;
    let time = stamp_at(content).map_or(0, |(_, len)| len);
    let is_object = content.starts_with(b"{\\\"") && content.ends_with(b"}");
    content.len() > time.saturating_add(LEAST)
        && content.contains(&b' ')
        && (is_object
            || rank(content) > 1
            || is_prompt(content)
            || is_time(content)
            || record::counts_from_boot(content))
}

/// Returns `true` if `text` is the first line of a request (RFC 9112 §3).
pub(crate) fn is_request_line(text: &[u8]) -> bool {
    let mut words = text.trim_ascii_end().split(|byte| *byte == b' ');
    let method = words.next().unwrap_or(&[]);
    let is_method = (3..=7).contains(&method.len()) && method.iter().all(u8::is_ascii_uppercase);
    let has_target = words.next().is_some_and(|target| !target.is_empty());
    is_method && has_target && words.next().is_some_and(|version| version.starts_with(b"HTTP/"))
}

/// Returns `true` if `text` is a field of a message (RFC 9110 §5.1): `Name: value`.
pub(crate) fn is_field(text: &[u8]) -> bool {
    let part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    let name = text.iter().take_while(part).count();
    let is_name = name > 1 && text.first().is_some_and(u8::is_ascii_alphabetic);
    is_name && matches!(text.get(name..), Some([b':'] | [b':', b' ', ..]))
}

/// Returns `true` if each bracket of `text` is closed.
pub(super) fn is_balanced(text: &[u8]) -> bool {
    const PAIRS: [(u8, u8); 3] = [(b'(', b')'), (b'[', b']'), (b'{', b'}')];
    let count = |mark: u8| memchr::memchr_iter(mark, text).count();
    PAIRS.iter().all(|(open, close)| count(*open) == count(*close)) && count(b'"') % 2 == 0
}

/// Returns `true` if two words follow the bracket at the start of `start`.
pub(super) fn names_host(start: &[u8]) -> bool {
    let words = start.splitn(2, |byte| *byte == b']').nth(1).unwrap_or(&[]);
    words.trim_ascii().contains(&b' ')
}

/// Returns `true` if `start` ends with a mark, as what tools write before a line does.
pub(super) fn ends_with_mark(start: &[u8]) -> bool {
    let is_mark = |last: &u8| {
        *last == b'0' || !(last.is_ascii_alphanumeric() || b"=\"'({[<,.&?@%+_".contains(last))
    };
    let is_line = !start.is_empty() && start.iter().all(u8::is_ascii_punctuation);
    is_line || start.last().is_some_and(is_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_of_a_record_is_seen() {
        const ROWS: &[(&str, usize)] = &[
            ("2024-01-09T14:00:00Z x", 2),
            ("[2024-01-09 14:00:00] x", 2),
            ("<134>1 2024-01-09T14:00:00Z web app 1 - - x", 2),
            ("1704808800123|DEBUG|x", 2),
            ("time=\"2024-01-09T14:00:00Z\" x", 2),
            ("MESSAGE=x", 2),
            ("{\"a\":1}", 2),
            ("HTTP/1.1 400 Bad Request", 2),
            ("< Server: x", 2),
            ("POST /token HTTP/1.1", 2),
            ("date: Tue, 09 Jan 2024 14:07:30 GMT", 2),
            ("14:00:00 x", 1),
            ("$ date", 1),
            ("[root@build ~]# date", 1),
            ("dev@laptop:~$ date", 1),
            ("user@laptop ~ % date", 1),
            ("root@example.com is locked", 0),
            ("E (13560) esp-tls: x", 1),
            ("Server: x", 0),
            ("token expired", 0),
            ("1.5 GB", 0),
            ("", 0),
        ];
        for &(text, expected) in ROWS {
            assert_eq!(rank(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn time_alone_is_no_record() {
        const ROWS: &[(&str, bool)] = &[
            ("2024-01-09T14:00:00Z ERROR failed", true),
            ("2024-01-09T14:00:00Z", false),
            ("Tue, 09 Jan 2024 14:07:30 GMT", false),
            ("$ date -u; date", true),
            (r#"{\"error\": \"invalid_grant\"}"#, true),
            ("BrowserId=x1; expires=Wed, 21-May-2025 08:15:30 GMT", false),
            ("JWT has expired", false),
        ];
        for &(text, expected) in ROWS {
            assert_eq!(starts_record(text.as_bytes()), expected, "{text}");
        }
    }
}
