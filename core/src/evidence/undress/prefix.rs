//! What people and tools write before a line: quoting, bullets, file names and line numbers, the name
//! of a container.
//!
//! Each function but the first returns the length of the prefix that it knows at the start of `text`.

use super::layers::Before;
use super::shape::{self, is_field, is_request_line};
use crate::evidence::stamp::{self, DateKnowledge};

/// Returns true for the first byte of a name or a number.
pub(super) fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_./\\".contains(&byte)
}

/// `> `, with which people quote. The program curl marks what it sends in the same way, but starts
/// with a request line, and a field is quoted only beside other quoted lines.
pub(super) fn quote(text: &[u8], level: u8, before: &mut Before) -> Option<usize> {
    let rest = text.strip_prefix(b">")?;
    let len = match rest {
        [] | [b'>', ..] => 1,
        [b' ', ..] => 2,
        _ => return None,
    };
    let rest = text.get(len..)?;
    if before.sending == Some(level) {
        // The request was not sent by curl: the answer is quoted, too.
        let is_answer = rest.starts_with(b"HTTP/");
        before.sending = before.sending.filter(|_| !is_answer);
        return is_answer.then_some(len);
    }
    let is_quoted = before.quotes > level;
    if !is_quoted && is_request_line(rest) {
        before.sending = Some(level);
        return None;
    }
    (is_quoted || rest.starts_with(b">") || !(rest.trim_ascii().is_empty() || is_field(rest)))
        .then_some(len)
}

/// `| `, with which people quote, too. A table also ends with a bar.
pub(super) fn bar(text: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(b"|")?;
    let is_table = rest.trim_ascii_end().ends_with(b"|");
    (!is_table && rest.first().is_none_or(|byte| *byte == b' ')).then_some(text.len().min(2))
}

/// `- `, `* ` and `1. ` of lists, and `+` of differences, before what is a record without them, or after
/// a line with the same mark.
pub(super) fn bullet(text: &[u8], before: &Before, mark: &mut Option<u8>) -> Option<usize> {
    let first = *text.first()?;
    let len = match text {
        // An access log starts with the marks of missing values.
        [b'-', b' ', b'-', ..] => return None,
        [b'-' | b'*', b' ', ..] => 2,
        [b'+', ..] => 1,
        _ if text.starts_with("• ".as_bytes()) => "• ".len(),
        [b'0'..=b'9', ..] => {
            let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let is_item = matches!(text.get(digits..), Some([b'.' | b')', b' ', ..]));
            (digits <= 3 && is_item).then(|| digits.saturating_add(2))?
        }
        _ => return None,
    };
    let rest = text.get(len..)?;
    let is_item = first == b'-' || before.mark == Some(first) || opens(rest.trim_ascii_start());
    if is_item {
        *mark = Some(first);
    }
    is_item.then_some(len)
}

/// `web-1  | `, the prefix of `docker compose`, and `0|web  | ` of a process manager.
pub(super) fn compose(text: &[u8]) -> Option<usize> {
    let name = text.iter().take_while(|byte| is_in_name(**byte)).count();
    let rest = text.get(name..)?;
    let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
    let rest = rest.get(blanks..)?;
    let is_prefix = (1..=LONGEST_NAME).contains(&name) && rest.starts_with(b"|");
    if !is_prefix {
        return None;
    }
    // `1699885516516|DEBUG|…` starts with a time.
    let is_time = stamp::parse_epoch(text).is_some() || stamp::parse_at(text).is_some();
    let len = name.saturating_add(blanks).saturating_add(1);
    let blank = usize::from(text.get(len) == Some(&b' '));
    (!is_time && (blanks > 0 || blank > 0 || name <= 2)).then_some(len.saturating_add(blank))
}

/// `[pod/web-0/app] ` of `kubectl logs --prefix`. Also returns the name of the pod.
pub(super) fn pod(text: &[u8]) -> Option<(usize, &[u8])> {
    let inside = text.strip_prefix(b"[pod/")?;
    let end = memchr::memchr(b']', inside.get(..2 * LONGEST_NAME).unwrap_or(inside))?;
    let name = inside.get(..end)?.split(|byte| *byte == b'/').next()?;
    let len = end.saturating_add(b"[pod/]".len());
    let blank = usize::from(text.get(len) == Some(&b' '));
    Some((len.saturating_add(blank), name))
}

/// `web-6d4cf56db6-x2x9k app ` of `stern`: a pod with the two hashes that a deployment gives it, and a
/// container. Also returns the name of the pod.
pub(super) fn stern(text: &[u8]) -> Option<(usize, &[u8])> {
    let mut words = text.split(|byte| *byte == b' ');
    let pod = words.next()?;
    let mut parts = pod.rsplit(|byte| *byte == b'-');
    // Few first words end as the name of a pod does.
    parts.next().filter(|last| last.len() == 5)?;
    let set = parts.next()?;
    parts.next()?;
    let container = words.next()?;
    words.next()?;
    let is_hash = |part: &[u8]| {
        part.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            && part.iter().any(u8::is_ascii_digit)
    };
    let is_pod =
        pod.iter().all(|byte| is_in_name(*byte)) && (8..=10).contains(&set.len()) && is_hash(set);
    let is_container = !container.is_empty() && container.iter().all(|byte| is_in_name(*byte));
    let len = pod.len().saturating_add(container.len()).saturating_add(2);
    (is_pod && is_container).then_some((len, pod))
}

/// `12:` of `grep -n`, `app.log:` of `grep -H`, `app.log:12:` of both, and the same with `-` around a
/// match. Remembers the file and the number, by which the next line is recognised.
pub(super) fn grep(text: &[u8], level: usize, before: &mut Before) -> Option<usize> {
    let Some(len) = file(text, before) else { return number(text, level, before) };
    // Behind the name of a file, any number is that of a line, unless it starts a time.
    let number = text.get(len..).and_then(|rest| {
        let (_, len) = number_at(rest)?;
        let is_line = rest.get(len.checked_sub(1)?) == Some(&b':') && is_full(rest.get(len..)?);
        (is_line || stamp::parse_at(rest).is_none()).then_some(len)
    });
    Some(len.saturating_add(number.unwrap_or(0)))
}

/// `     11 ` of `less -N` and `uniq -c`: a number behind `indent` blanks that make all of them as wide.
pub(super) fn padded(text: &[u8], indent: usize) -> Option<usize> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_padded = indent > 2 && (1..=5).contains(&digits);
    let is_wide = indent.saturating_add(digits) >= 6;
    match text.get(digits..)? {
        [] => (is_padded && is_wide).then_some(digits),
        [b' ', rest @ ..] => {
            let is_text = rest.first().is_none_or(|byte| *byte != b' ');
            (is_padded && is_wide && is_text).then(|| digits.saturating_add(1))
        }
        _ => None,
    }
}

/// A line number as `grep -n`, `cat -n` and editors write it.
fn number(text: &[u8], level: usize, before: &mut Before) -> Option<usize> {
    let (value, len) = number_at(text)?;
    let (rest, is_context) = (text.get(len..)?, text.get(..len)?.ends_with(b"-"));
    // `12:31:05` and `12-03-2024` are no numbers of lines, but `7:12:31:05` starts with one.
    let is_time = stamp::parse_at(text).is_some() || is_date(text);
    let starts_time = || is_full(rest) || stamp::parse_at(rest).is_some_and(|(_, len)| len >= 8);
    if is_time && (is_context || !starts_time()) {
        return None;
    }
    let last = before.numbers.get_mut(level)?;
    let is_next = |last: u64| last < value && value <= last.saturating_add(FAR);
    // No program writes a number, a colon and a word without a blank between them.
    let is_close =
        matches!(rest, [first, ..] if !first.is_ascii_digit() && !first.is_ascii_whitespace());
    let is_number = last.is_some_and(is_next) || is_close || opens(rest.trim_ascii_start());
    if is_number {
        *last = Some(value);
    }
    is_number.then_some(len)
}

/// Returns the number of a line at the start of `text`, and its length with the mark after it.
fn number_at(text: &[u8]) -> Option<(u64, usize)> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = text.get(..digits).filter(|digits| (1..=9).contains(&digits.len()))?;
    let rest = text.get(digits..)?;
    let mark = match rest {
        [b':' | b'-' | b'\t', ..] => 1,
        [b' ', b' ', ..] => rest.iter().take_while(|byte| **byte == b' ').count(),
        _ => return None,
    };
    let value = number.iter().fold(0_u64, |value, digit| {
        value.saturating_mul(10).saturating_add(u64::from(digit.saturating_sub(b'0')))
    });
    Some((value, digits.saturating_add(mark)))
}

/// The number of lines between two matches of one search is not larger.
const FAR: u64 = 1_000;

fn is_date(text: &[u8]) -> bool {
    matches!(text, [b'0'..=b'9', b'0'..=b'9', b'-', b'0'..=b'9', b'0'..=b'9', b'-' | b' ', ..])
}

/// Endings of the names of logs.
const LOGS: &[&[u8]] = &[
    b".log",
    b".txt",
    b".out",
    b".err",
    b".json",
    b".jsonl",
    b".ndjson",
    b".csv",
    b".har",
    b".trace",
    b"syslog",
    b"messages",
    b".log.1",
    b".gz",
];

fn file(text: &[u8], before: &mut Before) -> Option<usize> {
    let known = before.file.as_slice();
    if let Some(rest) = text.strip_prefix(known).filter(|_| !known.is_empty())
        && matches!(rest.first(), Some(b':' | b'-'))
    {
        return Some(known.len().saturating_add(1));
    }
    let (name, len) = named_file(text)?;
    before.keep_file(name).then_some(len)
}

/// Returns the file that is named at the start of `text`, and the length with the mark after it.
fn named_file(text: &[u8]) -> Option<(&[u8], usize)> {
    let drive =
        usize::from(matches!(text, [b'A'..=b'Z' | b'a'..=b'z', b':', b'\\', ..])).saturating_mul(2);
    let part = |byte: &u8| is_in_name(*byte) || b"/\\".contains(byte);
    let len = text.get(drive..)?.iter().take_while(|byte| part(byte)).count().saturating_add(drive);
    let name = text.get(..len)?;
    // Most words end otherwise.
    let may_end = |name: &[u8]| name.last().is_some_and(|last| b"gtrnlvezs1".contains(last));
    let is_log = |name: &[u8]| {
        name.len() > 4 && may_end(name) && LOGS.iter().any(|ending| name.ends_with(ending))
    };
    if text.get(len) == Some(&b':') && is_log(name) {
        return Some((name, len.saturating_add(1)));
    }
    // Before a match, `-` follows the name, of which it may also be a part.
    let dash = memchr::memchr_iter(b'-', name).find(|at| is_log(name.get(..*at).unwrap_or(&[])))?;
    Some((name.get(..dash)?, dash.saturating_add(1)))
}

/// Returns `true` if `text` starts as records and lines of transcripts do.
pub(super) fn starts_record(text: &[u8]) -> bool {
    matches!(
        text,
        [b'{', b'"' | b' ', ..] | [b'<' | b'>' | b'*', b' ', ..] | [b'<', b'0'..=b'9', ..]
    ) || text.starts_with(b"HTTP/")
        || is_full(text)
        || text.strip_prefix(b"[").is_some_and(is_full)
        || stamp::of_line(text).is_some()
        || has_prefix(text)
}

/// Returns `true` if `text` starts as records do, or as a transcript of a shell or of an exchange.
pub(super) fn opens(text: &[u8]) -> bool {
    starts_record(text) || shape::rank(text) > 0
}

/// Returns `true` if `text` starts with a prefix that can be recognised without the lines before.
fn has_prefix(text: &[u8]) -> bool {
    text.starts_with(b"| ")
        || text.starts_with(b"MESSAGE=")
        || literal_starts(text)
        || compose(text).is_some()
        || pod(text).is_some()
        || stern(text).is_some()
        || named_file(text).is_some()
        || super::pairs::message(text).is_some()
}

/// Returns `true` if `text` is a string or a row of cells, or a list of them.
fn literal_starts(text: &[u8]) -> bool {
    matches!(text, [b'"', b'0'..=b'9', ..] | [b'[', b'"', b'0'..=b'9', ..])
}

fn is_full(text: &[u8]) -> bool {
    stamp::parse_at(text).is_some_and(|(stamp, _)| stamp.date != DateKnowledge::NoDate)
}

/// The longest name of a container or pod (RFC 1123 §2.1).
const LONGEST_NAME: usize = 63;

fn is_in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)
}
