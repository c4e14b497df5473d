//! Records of access logs: the common and combined formats, nginx, Envoy, load balancers, HAProxy,
//! and W3C logs.
//!
//! A record is known by its request line in quotes, which has no name before it. Every quoted field
//! without a name is then a requester's, and so are the address and the user before the time.

use super::Stretches;
use super::value::{Close, Form, Value, run, slashes_before};
use crate::evidence::stamp;

/// The methods of RFC 9110 §9.3, RFC 5789 and RFC 4918.
const METHODS: &[&str] =
    &["GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PROPFIND"];

/// Returns `true` if `text` has a request line in quotes, without a name, from `from` on.
pub(super) fn has_request_line(text: &[u8], from: usize) -> bool {
    request_line(text, from).is_some()
}

fn request_line(text: &[u8], from: usize) -> Option<usize> {
    quotes(text, from).find(|&at| {
        let method = method_at(text, at.saturating_add(1));
        method.is_some() && is_bare(text, at)
    })
}

/// Adds the fields of a record. Returns the end that a field lacks.
pub(super) fn find(
    text: &[u8],
    from: usize,
    starts_line: bool,
    found: &mut Stretches,
) -> Option<Close> {
    if starts_line && let Some(line) = request_line(text, from) {
        add_head(text, line, found);
    }
    let mut at = from;
    while let Some(quote) = quotes(text, at).next() {
        let field = Value::string(text, quote);
        let is_name = text.get(field.end.saturating_add(1)) == Some(&b':');
        if is_bare(text, quote) && !is_name {
            found.add(field.start, field.end);
            if field.open.is_some() {
                return field.open;
            }
        }
        at = field.end.saturating_add(1);
    }
    None
}

// The common format has the address and the user before the time. Either may be a forwarded one,
// and a user may contain another time. HAProxy has the captured headers in braces.
fn add_head(text: &[u8], request_line: usize, found: &mut Stretches) {
    let head = text.get(..request_line).unwrap_or(&[]).trim_ascii_end();
    let stamp = stamp::parse_at(head).map_or(0, |(_, len)| len);
    let time = match head {
        [.., b']'] => memchr::memrchr(b'[', head),
        _ => None,
    };
    let start = match time {
        Some(time) => {
            found.add(stamp, time);
            return;
        }
        None => memchr::memchr(b'{', head),
    };
    if let Some(start) = start {
        found.add(start, request_line);
    }
}

/// Adds requests that are not in quotes: `GET /a?b 401`, `POST "/a"`.
pub(super) fn find_bare(text: &[u8], from: usize, found: &mut Stretches) {
    let (mut at, mut has_columns) = (from, false);
    while let Some(target) = target_after(text, at) {
        let value = match text.get(target) {
            Some(b'"') => Value::string(text, target),
            _ => bare_target(text, target),
        };
        at = value.end.max(target.saturating_add(1));
        if found.end_around(value.start).is_none() {
            found.add(value.start, value.end);
            if !has_columns {
                add_columns(text, value.end, found);
            }
            has_columns = true;
        }
    }
}

// A target has no blank. In a string it ends with the string, whose writer escapes quotes.
fn bare_target(text: &[u8], at: usize) -> Value {
    let blank = Value::until(text, at, Close::Blank, Form::Bare);
    let is_in_string = quotes(text, 0).take_while(|quote| *quote < at).count() % 2 == 1;
    let string = Value::until(text, at, Close::Quote { quote: b'"', slashes: 0 }, Form::Bare);
    if is_in_string && string.end < blank.end { string } else { blank }
}

/// Returns where the target of the next request starts, which follows a method and a blank.
fn target_after(text: &[u8], from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    memchr::memchr3_iter(b'/', b'h', b'"', rest).find_map(|at| {
        let at = from.saturating_add(at);
        let starts = match text.get(at..)? {
            [b'/', ..] | [b'"', b'/', ..] => true,
            other => other.starts_with(b"http://") || other.starts_with(b"https://"),
        };
        let before = text.get(..at)?;
        let method = before.trim_ascii_end();
        (starts && method.len() < before.len() && ends_with_method(method)).then_some(at)
    })
}

fn ends_with_method(text: &[u8]) -> bool {
    METHODS.iter().any(|method| {
        let Some(before) = text.strip_suffix(method.as_bytes()) else { return false };
        before.last().is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte))
    })
}

// A W3C log has no quotes: it writes the blanks of a header as `+` or `%20`.
fn add_columns(text: &[u8], from: usize, found: &mut Stretches) {
    let mut at = from;
    while at < text.len() {
        at = at.saturating_add(run(text, at, |byte| byte.is_ascii_whitespace()));
        let len = run(text, at, |byte| !byte.is_ascii_whitespace());
        let column = text.get(at..at.saturating_add(len)).unwrap_or(&[]);
        if is_encoded(column) {
            found.add(at, at.saturating_add(len));
        }
        at = at.saturating_add(len);
    }
}

fn is_encoded(column: &[u8]) -> bool {
    let letters = |window: &[u8]| match *window {
        [_, b'+', after] => !after.is_ascii_digit(),
        [b'%', b'2', b'0'] => true,
        _ => false,
    };
    !column.starts_with(b"{") && column.windows(3).any(letters)
}

/// Yields the positions of double quotes that are not escaped.
fn quotes(text: &[u8], from: usize) -> impl Iterator<Item = usize> + '_ {
    let rest = text.get(from..).unwrap_or(&[]);
    let all = memchr::memchr_iter(b'"', rest).map(move |at| from.saturating_add(at));
    all.filter(|&at| slashes_before(text, at) == 0)
}

/// Returns `true` if the quote at `at` opens a field without a name.
fn is_bare(text: &[u8], at: usize) -> bool {
    let before = text.get(..at).unwrap_or(&[]);
    match before.last() {
        None => true,
        Some(byte) if !byte.is_ascii_whitespace() => b"|;,(".contains(byte),
        // `request: "GET / HTTP/1.1"`: a single word and a colon are a name, `api: ` is one of a
        // program, so only the names of requests count.
        Some(_) => !names_request(before.trim_ascii_end()),
    }
}

fn names_request(before: &[u8]) -> bool {
    let Some(name) = before.strip_suffix(b":") else {
        return before.ends_with(b"=") || before.ends_with(b"=>");
    };
    let ends = |word: &&[u8]| name.ends_with(word);
    let known: [&[u8]; 7] =
        [b"request", b"referrer", b"referer", b"host", b"upstream", b"\"", b"'"];
    known.iter().any(ends)
}

fn method_at(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let method = METHODS.iter().find(|method| {
        rest.strip_prefix(method.as_bytes()).is_some_and(|rest| rest.starts_with(b" "))
    });
    method.map(|method| method.len())
}
