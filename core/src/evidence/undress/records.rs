//! Records in a form of their own: objects, pairs, rows and strings, of which only the message matters.

use core::ops::Range;

use super::layers::{Before, Inside, Layers, State, Text, hash};
use super::object::{self, Kind, Member};
use super::{escapes, head, pairs, prefix};
use crate::evidence::hearsay::{self, Context, Hearsay};
use crate::evidence::{filter, stamp};

/// An object whose message is all that matters.
pub(super) fn object_record(
    text: &[u8],
    spare: &mut Text,
    depth: u8,
    before: &Before,
    state: &mut State,
    layers: &mut Layers,
) -> Option<Inside> {
    let text = text.trim_ascii_end();
    let text = text.strip_suffix(b",").unwrap_or(text);
    let (members, end) = object::Members::of(text, 0)?;
    (end == text.len()).then_some(())?;
    let Some(message) = object::message(text, 0) else { return stream(text, spare, layers) };
    let value = text.get(message.value.clone())?;
    // A record of a request that came in says by its other members whose words its message has.
    if !is_envelope(text, &message) || names_requester(text, &message.value) {
        return None;
    }
    let is_lone = members.count() == 1 && text.get(message.whole.end..)?.trim_ascii() == b"}";
    let has_lines = memchr::memmem::find(value, b"\\n").is_some();
    let inside = decode(value, spare);
    let starts_record = prefix::starts_record(spare);
    if is_lone {
        let name = hash(message.name.iter().copied());
        state.lone_member = Some(name).filter(|_| depth == 0).or(state.lone_member);
        // A body of one member that an API answered is no record.
        let is_record = before.lone_member == Some(name)
            || starts_record
            || has_lines
            || !message.name.eq_ignore_ascii_case(b"message")
            || filter::scan(value, |_| Some(())).is_none();
        if !is_record {
            spare.clear();
            return None;
        }
    }
    if let Some(stamp) = stamp::of_line(text) {
        layers.stamp(stamp);
    }
    if let Some(host) = host_of(text) {
        layers.name_host(host);
    }
    layers.is_quoted |= !is_lone && !starts_record;
    inside
}

/// `{"stream":{…},"values":[["1704808800000000000","…"]]}` of Loki, if it has one value.
fn stream(text: &[u8], spare: &mut Text, layers: &mut Layers) -> Option<Inside> {
    let (mut members, _) = object::Members::of(text, 0)?;
    let values = members.find(|member| member.name == b"values")?;
    let value = text.get(values.value)?.strip_prefix(b"[")?.strip_suffix(b"]")?;
    let (stamp, inside) = head::value(value)?;
    layers.stamp(stamp);
    decode(value.get(inside)?, spare)
}

/// Returns the parts of the record `text` before and after `message`.
fn around<'t>(text: &'t [u8], message: &Range<usize>) -> impl Iterator<Item = &'t [u8]> {
    [text.get(..message.start), text.get(message.end..)].into_iter().flatten()
}

/// Returns `true` if nothing but its `message` matters in the record `text`.
fn is_envelope(text: &[u8], message: &Member<'_>) -> bool {
    // An export of Loki has its own stamp next to the line. In the body of an answer, it is the server's.
    let is_export = message.name == b"line";
    let is_empty = |part| {
        let (head, tail) = if is_export { around_time(part) } else { (part, &[][..]) };
        says_nothing(head) && says_nothing(tail)
    };
    around(text, &message.whole).all(is_empty)
}

/// Returns the parts of `part` before and after a member with a time.
fn around_time(part: &[u8]) -> (&[u8], &[u8]) {
    const NAME: &[u8] = b"\"timestamp\":\"";
    let found = memchr::memmem::find(part, NAME).and_then(|at| {
        let time = part.get(at.saturating_add(NAME.len())..)?;
        let tail = time.get(stamp::parse_at(time)?.1..)?.strip_prefix(b"\"")?;
        Some((part.get(..at)?, tail))
    });
    found.unwrap_or((part, &[]))
}

/// Returns `true` if `part` of a record states nothing, and no stranger wrote any of it. Otherwise it
/// would depend on a stranger's words how the record is read.
fn says_nothing(part: &[u8]) -> bool {
    let has_words = filter::scan(part, |_| Some(())).is_some();
    !has_words && Hearsay::of(part, Context::LINE).is_empty()
}

/// One line of an object that is printed over several: a string member that holds the message.
pub(super) fn member(text: &[u8], spare: &mut Text, layers: &mut Layers) -> Option<Inside> {
    let end = object::end_of_string(text, 0)?;
    let name = text.get(1..end.checked_sub(1)?)?;
    let rest = text.get(end..)?;
    let value = rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
    let at = text.len().saturating_sub(value.len());
    let close = object::end_of_string(text, at).filter(|_| value.starts_with(b"\""))?;
    let behind = text.get(close..)?.trim_ascii();
    let inside = text.get(at.saturating_add(1)..close.checked_sub(1)?)?;
    (object::is_message(name) && (behind.is_empty() || behind == b",")).then_some(())?;
    let inside = decode(inside, spare);
    layers.is_quoted |= !prefix::starts_record(spare);
    inside
}

/// A line that is one string literal, as programs print a list of lines.
pub(super) fn literal(text: &[u8], spare: &mut Text, layers: &mut Layers) -> Option<Inside> {
    let inside = text.get(literal_range(text)?)?;
    let is_record = prefix::starts_record(inside);
    (is_record || memchr::memmem::find(inside, b"\\n").is_some()).then_some(())?;
    layers.is_quoted |= !is_record;
    decode(inside, spare)
}

/// Returns the content of the literal that is all of `text`, or the only argument of a call.
pub(super) fn literal_range(text: &[u8]) -> Option<Range<usize>> {
    let trimmed = text.trim_ascii_end();
    let trimmed =
        trimmed.strip_suffix(b";").or_else(|| trimmed.strip_suffix(b",")).unwrap_or(trimmed);
    let name = trimmed
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(byte))
        .count();
    let is_call = name > 0 && trimmed.get(name) == Some(&b'(');
    let trimmed = if is_call { trimmed.strip_suffix(b")")? } else { trimmed };
    let at =
        if is_call { name.saturating_add(1) } else { usize::from(trimmed.first() == Some(&b'b')) };
    let end = object::end_of_string(trimmed, at)?;
    (end == trimmed.len()).then(|| at.saturating_add(1)..end.saturating_sub(1))
}

/// Returns `true` if a record names the address of a requester besides its message, which may be a record
/// itself.
fn names_requester(text: &[u8], message: &Range<usize>) -> bool {
    around(text, message).any(hearsay::has_address)
}

/// Pairs of which only the message matters.
pub(super) fn pairs_record(text: &[u8], spare: &mut Text, layers: &mut Layers) -> Option<Inside> {
    let inside = pairs::message(text)?;
    if !around(text, &inside).all(says_nothing) || names_requester(text, &inside) {
        return None;
    }
    if let Some(stamp) = stamp::of_line(text) {
        layers.stamp(stamp);
    }
    decode(text.get(inside)?, spare)
}

/// A row of comma-separated values of which one cell is the message.
pub(super) fn row(text: &[u8], spare: &mut Text, layers: &mut Layers) -> Option<Inside> {
    let (cell, stamp) = pairs::cell(text)?;
    let inside = text.get(cell.inside.clone())?;
    if let Some(stamp) = stamp {
        layers.stamp(stamp);
    }
    if cell.is_quoted {
        escapes::undouble(inside, spare);
        return Some(Inside::Decoded);
    }
    Some(Inside::Part(cell.inside))
}

/// A line of a cell that has several lines.
pub(super) fn open_cell(
    text: &[u8],
    spare: &mut Text,
    depth: u8,
    before: &mut Before,
) -> Option<Inside> {
    (depth == 0).then_some(())?;
    let range = if before.is_in_cell {
        let end = pairs::end_of_cell(text);
        before.is_in_cell = end.is_none();
        0..end.unwrap_or(text.len())
    } else {
        let at = pairs::open_cell(text)?;
        before.is_in_cell = true;
        at..text.len()
    };
    escapes::undouble(text.get(range)?, spare);
    Some(Inside::Decoded)
}

/// Names of the member that holds the host of a record.
const HOSTS: &[&str] =
    &["host", "hostname", "host.name", "_hostname", "instance", "pod", "pod_name", "node"];

/// Returns the host that the object `text` names.
fn host_of(text: &[u8]) -> Option<&[u8]> {
    let (mut members, _) = object::Members::of(text, 0)?;
    let is_host = |member: &Member<'_>| {
        member.kind == Kind::String
            && HOSTS.iter().any(|name| member.name.eq_ignore_ascii_case(name.as_bytes()))
    };
    let member = members.find(is_host)?;
    text.get(member.value)
}

/// Writes the content of a string to the spare room, without blanks and line feeds at its end.
pub(super) fn decode(content: &[u8], spare: &mut Text) -> Option<Inside> {
    escapes::unescape(content, spare);
    spare.truncate(spare.trim_ascii_end().len());
    Some(Inside::Decoded)
}
