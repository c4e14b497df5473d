//! Values that a requester chose, by the names of their members: `name=value`, `name: value`,
//! `"name":"value"`, `"name"=>"value"`.

use super::names::{self, Kind};
use super::value::{Close, Form, Value, run};
use crate::evidence::catalogue::SENT;
use crate::evidence::find::contains;

/// The start of an entry of a HAR file: a browser writes down its own requests.
const BROWSER: &[u8] = b"\"startedDateTime\"";

/// The largest number of requests and lists of headers in one record that are looked into. No record
/// has more, and a stranger could write many to slow the reader down.
const MOST_OBJECTS: usize = 8;

/// The values of a line that a requester chose.
pub(super) struct Members<'t> {
    names: Names<'t>,
    /// `true` if the line is the record of a request that came in.
    is_incoming: Option<bool>,
    objects: usize,
    /// The end of an object in which a `Date` is that of a request.
    request_ends: usize,
}

impl<'t> Members<'t> {
    pub(super) fn new(text: &'t [u8], from: usize) -> Self {
        // The dump of a request that the program itself sends.
        let is_sent = SENT.iter().any(|mark| text.starts_with(mark.as_bytes()));
        let at = if is_sent { text.len() } else { from };
        Self { names: Names { text, at }, is_incoming: None, objects: 0, request_ends: 0 }
    }

    /// Returns the first value that starts at or after `at`.
    pub(super) fn next(&mut self, at: usize) -> Option<Value> {
        let text = self.names.text;
        self.names.at = self.names.at.max(at);
        while let Some((name, sign)) = self.names.next() {
            // The `Date` of a request is that of no server.
            if sign < self.request_ends && names::is_date(name) {
                return value_after(text, sign, Kind::Word);
            }
            let Some(kind) = names::kind(name) else { continue };
            let Some(value) = value_after(text, sign, kind) else { continue };
            let is_incoming = *self.is_incoming.get_or_insert_with(|| is_incoming_record(text));
            if is_chosen(text, &value, kind, is_incoming) {
                return Some(value);
            }
            if matches!(kind, Kind::Request | Kind::Headers) && value.form == Form::Bracketed {
                self.objects = self.objects.saturating_add(1);
                if self.objects > MOST_OBJECTS {
                    return Some(Value { end: text.len(), open: Some(Close::Line), ..value });
                }
                let headers = text.get(value.start..value.end).unwrap_or(&[]);
                if kind == Kind::Request || is_of_request(headers) {
                    self.request_ends = self.request_ends.max(value.end);
                }
            }
        }
        None
    }
}

/// Returns `true` if a requester chose the whole `value`.
fn is_chosen(text: &[u8], value: &Value, kind: Kind, incoming: bool) -> bool {
    let inside = text.get(value.start..value.end).unwrap_or(&[]);
    match (kind, value.form) {
        (Kind::Header | Kind::Word | Kind::Text, _) => true,
        (Kind::Request, Form::Bracketed) => {
            (incoming || has_address(inside)) && !contains(text, BROWSER)
        }
        (Kind::Request, _) => true,
        (Kind::Headers, Form::Bracketed) => incoming && is_of_request(inside),
        (Kind::Headers, _) => false,
        (Kind::Either, _) => incoming,
    }
}

fn is_incoming_record(text: &[u8]) -> bool {
    has_address(text) && !contains(text, BROWSER)
}

/// Returns `true` if `text` names the address of a requester, as only servers do.
pub(in crate::evidence) fn has_address(text: &[u8]) -> bool {
    has_name(text, names::is_address)
}

/// Returns `true` if `text` has a name whose value a requester may choose.
pub(super) fn may_have_value(text: &[u8]) -> bool {
    has_name(text, |name| names::kind(name).is_some())
}

/// Returns `true` if the name before the first sign of `text` may start before `text`.
pub(super) fn may_start_before(text: &[u8]) -> bool {
    next_sign(text).is_some_and(|sign| up_to_name(text, sign).iter().all(is_in_name))
}

fn is_of_request(text: &[u8]) -> bool {
    has_name(text, names::is_of_request)
}

fn has_name(text: &[u8], is_wanted: fn(&[u8]) -> bool) -> bool {
    let mut all = Names { text, at: 0 };
    while let Some((name, _)) = all.next() {
        if is_wanted(name) {
            return true;
        }
    }
    false
}

/// The names of members, and the positions of the signs after them.
struct Names<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Names<'t> {
    fn next(&mut self) -> Option<(&'t [u8], usize)> {
        loop {
            let rest = self.text.get(self.at..)?;
            let sign = self.at.saturating_add(next_sign(rest)?);
            self.at = sign.saturating_add(1);
            let name = name_before(self.text, sign);
            if !name.is_empty() {
                return Some((name, sign));
            }
        }
    }
}

/// Returns where the next sign is. The names in objects are short, and a search is slow to begin.
pub(super) fn next_sign(text: &[u8]) -> Option<usize> {
    const NEAR: usize = 8;
    let is_sign = |byte: &u8| matches!(byte, b':' | b'=');
    let near = text.iter().take(NEAR).position(is_sign);
    near.or_else(|| {
        memchr::memchr2(b':', b'=', text.get(NEAR..)?).map(|at| at.saturating_add(NEAR))
    })
}

/// Returns `true` if the name before `sign` follows another parameter of a form or a query.
fn is_parameter(text: &[u8], sign: usize) -> bool {
    let len = name_before(text, sign).len();
    let before = sign.checked_sub(len.saturating_add(1)).and_then(|at| text.get(at));
    matches!(before, Some(b'&' | b'?'))
}

fn name_before(text: &[u8], sign: usize) -> &[u8] {
    let before = up_to_name(text, sign);
    let len = before.iter().rev().take_while(|byte| is_in_name(byte)).count();
    before.get(before.len().saturating_sub(len)..).unwrap_or(&[])
}

/// Returns `text` up to the end of the name before `sign`, without blanks and a quote.
fn up_to_name(text: &[u8], sign: usize) -> &[u8] {
    let mut before = text.get(..sign).unwrap_or(&[]).trim_ascii_end();
    if let [rest @ .., b'"' | b'\''] = before {
        before = rest;
        while let [rest @ .., b'\\'] = before {
            before = rest;
        }
    }
    before
}

const fn is_in_name(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// Returns the value after the sign at `sign`, or `None` if the sign belongs to no member: in
/// ordinary prose a colon follows the name of a module, too.
///
/// Logs that write a field or a request after a plain colon escape nothing in it, so it extends to
/// the end of the line.
fn value_after(text: &[u8], sign: usize, kind: Kind) -> Option<Value> {
    let is_colon = text.get(sign) == Some(&b':');
    let quoted_name =
        matches!(text.get(..sign).map(<[u8]>::trim_ascii_end), Some([.., b'"' | b'\'']));
    let mut at = sign.saturating_add(1);
    at = at.saturating_add(run(text, at, |byte| byte == b'>'));
    let blanks = run(text, at, |byte| byte == b' ' || byte == b'\t');
    let spaced = sign.checked_sub(1).and_then(|at| text.get(at)) == Some(&b' ');
    if is_colon || spaced || quoted_name {
        at = at.saturating_add(blanks);
    }
    let is_line = match kind {
        Kind::Header => true,
        // The method comes first, so a requester cannot write the brace of an object.
        Kind::Request => text.get(at) != Some(&b'{'),
        _ => false,
    };
    if is_line && is_colon && !quoted_name {
        return Some(Value::until(text, at, Close::Line, Form::Bare));
    }
    let bare = match kind {
        _ if quoted_name => Close::Literal,
        _ if is_parameter(text, sign) => Close::Parameter,
        _ => Close::Blank,
    };
    let value = Value::at(text, at, bare)?;
    let is_prose = is_colon && !quoted_name && value.form == Form::Bare;
    let starts_url =
        text.get(at..).is_some_and(|rest| rest.first() == Some(&b'/') || rest.starts_with(b"http"));
    (!is_prose || (kind == Kind::Word && starts_url)).then_some(value)
}
