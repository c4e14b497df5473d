//! Values that a requester chose, by the names of their members: `name=value`, `name: value`,
//! `"name":"value"`, `"name"=>"value"`.

use super::Stretches;
use super::names::{self, Kind};
use super::value::{Close, Form, Value, run};
use crate::evidence::catalogue::SENT;
use crate::evidence::find::contains;

/// The start of an entry of a HAR file: a browser writes down its own requests.
const BROWSER: &[u8] = b"\"startedDateTime\"";

/// The largest number of requests and lists of headers in one record that are looked into. No record
/// has more, and a stranger could write many to slow the reader down.
const MOST_OBJECTS: usize = 8;

/// Adds the values in `text`, from `from` on. Returns the end that a value lacks.
pub(super) fn find(text: &[u8], from: usize, found: &mut Stretches) -> Option<Close> {
    // The dump of a request that the program itself sends.
    if SENT.iter().any(|mark| text.starts_with(mark.as_bytes())) {
        return None;
    }
    let mut members = Members { text, at: from };
    let (mut is_incoming, mut objects) = (None, 0_usize);
    while let Some((name, sign)) = members.next() {
        if let Some(end) = found.end_around(sign) {
            members.at = end;
            continue;
        }
        let Some(kind) = names::kind(name) else { continue };
        let Some(value) = value_after(text, sign, kind) else { continue };
        let incoming = *is_incoming.get_or_insert_with(|| is_incoming_record(text));
        if is_chosen(text, &value, kind, incoming) {
            found.add(value.start, value.end);
            members.at = value.end;
            if value.open.is_some() {
                return value.open;
            }
        } else if matches!(kind, Kind::Request | Kind::Headers) && value.form == Form::Bracketed {
            objects = objects.saturating_add(1);
            if objects > MOST_OBJECTS {
                found.add(value.start, text.len());
                return Some(Close::Line);
            }
            add_date_of_request(text, &value, kind, found);
        }
    }
    None
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

// The `Date` of a request is that of no server.
fn add_date_of_request(text: &[u8], value: &Value, kind: Kind, found: &mut Stretches) {
    let inside = text.get(..value.end).unwrap_or(text);
    let headers = text.get(value.start..value.end).unwrap_or(&[]);
    if kind == Kind::Headers && !is_of_request(headers) {
        return;
    }
    let mut members = Members { text: inside, at: value.start };
    while let Some((name, sign)) = members.next() {
        if names::is_date(name)
            && let Some(date) = value_after(inside, sign, Kind::Word)
        {
            found.add(date.start, date.end);
        }
    }
}

fn is_incoming_record(text: &[u8]) -> bool {
    has_address(text) && !contains(text, BROWSER)
}

fn has_address(text: &[u8]) -> bool {
    has_name(text, names::is_address)
}

fn is_of_request(text: &[u8]) -> bool {
    has_name(text, names::is_of_request)
}

fn has_name(text: &[u8], is_wanted: fn(&[u8]) -> bool) -> bool {
    let mut members = Members { text, at: 0 };
    while let Some((name, _)) = members.next() {
        if is_wanted(name) {
            return true;
        }
    }
    false
}

/// The names of members, and the positions of the signs after them.
struct Members<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Members<'t> {
    fn next(&mut self) -> Option<(&'t [u8], usize)> {
        loop {
            let rest = self.text.get(self.at..)?;
            let sign = self.at.saturating_add(memchr::memchr2(b':', b'=', rest)?);
            self.at = sign.saturating_add(1);
            let name = name_before(self.text, sign);
            if !name.is_empty() {
                return Some((name, sign));
            }
        }
    }
}

/// Returns `true` if the name before `sign` follows another parameter of a form or a query.
fn is_parameter(text: &[u8], sign: usize) -> bool {
    let len = name_before(text, sign).len();
    let before = sign.checked_sub(len.saturating_add(1)).and_then(|at| text.get(at));
    matches!(before, Some(b'&' | b'?'))
}

fn name_before(text: &[u8], sign: usize) -> &[u8] {
    let mut before = text.get(..sign).unwrap_or(&[]).trim_ascii_end();
    if let [rest @ .., b'"' | b'\''] = before {
        before = rest;
        while let [rest @ .., b'\\'] = before {
            before = rest;
        }
    }
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    let len = before.iter().rev().take_while(|byte| part(byte)).count();
    before.get(before.len().saturating_sub(len)..).unwrap_or(&[])
}

/// Returns the value after the sign at `sign`, or `None` if the sign belongs to no member: in
/// ordinary prose a colon follows the name of a module, too.
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
    let bare = match kind {
        _ if quoted_name => Close::Literal,
        _ if is_parameter(text, sign) => Close::Parameter,
        Kind::Header if is_colon => Close::Line,
        _ => Close::Blank,
    };
    let value = Value::at(text, at, bare)?;
    let is_prose = is_colon && !quoted_name && value.form == Form::Bare && kind != Kind::Header;
    let starts_url =
        text.get(at..).is_some_and(|rest| rest.first() == Some(&b'/') || rest.starts_with(b"http"));
    (!is_prose || (kind == Kind::Word && starts_url)).then_some(value)
}
