//! Records in a form of their own: objects, pairs, rows and strings, of which only the message matters.

use core::ops::Range;

use super::escapes::decode;
use super::layers::{Before, Inside, Layers, State, Text, hash};
use super::object::{self, Kind, Member};
use super::unnamed::{
    around, holds_message, is_envelope, names_requester, says_nothing, transcript, unnamed,
};
use super::{escapes, head, pairs, prefix, shape};
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
    let Some(message) = object::message(text, 0).or_else(|| unnamed(text, before)) else {
        return stream(text, spare, layers).or_else(|| transcript(text, spare, layers));
    };
    let value = text.get(message.value.clone())?;
    // A record of a request that came in says by its other members whose words its message has.
    if !is_envelope(text, &message) || names_requester(text, &message.value) {
        return None;
    }
    if !object::is_message(message.name) {
        state.member = Some(hash(message.name.iter().copied()));
    }
    let is_lone = members.count() == 1 && text.get(message.whole.end..)?.trim_ascii() == b"}";
    let has_lines = memchr::memmem::find(value, b"\\n").is_some();
    let inside = decode(value, spare);
    let starts_record = prefix::opens(spare);
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

/// One line of an object that is printed over several: a string member that holds the message, in JSON,
/// YAML, or as Ruby and Python print it.
pub(super) fn member(
    text: &[u8],
    spare: &mut Text,
    before: &Before,
    state: &mut State,
    layers: &mut Layers,
) -> Option<Inside> {
    let (name, rest) = named(text)?;
    let value = [b":".as_slice(), b"=>"].iter().find_map(|mark| rest.strip_prefix(*mark))?;
    let value = value.trim_ascii_start();
    let at = text.len().saturating_sub(value.len());
    let close = object::end_of_string(text, at)?;
    let behind = text.get(close..)?.trim_ascii();
    let value = at.saturating_add(1)..close.checked_sub(1)?;
    (behind.is_empty() || behind == b",").then_some(())?;
    if !object::is_message(name) || !text.starts_with(b"\"") {
        holds_message(text, name, &value, before).then_some(())?;
        state.member = Some(hash(name.iter().copied()));
    }
    let inside = decode(text.get(value)?, spare);
    layers.is_quoted |= !prefix::opens(spare);
    inside
}

/// Returns the name at the start of `text`, in quotes or as one word, and what follows it.
fn named(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (name, rest) = if text.starts_with(b"\"") {
        let end = object::end_of_string(text, 0)?;
        (text.get(1..end.checked_sub(1)?)?, text.get(end..)?)
    } else {
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_@.-".contains(byte);
        text.split_at_checked(text.iter().take_while(|byte| part(byte)).count())?
    };
    (!name.is_empty()).then(|| (name, rest.trim_ascii_start()))
}

/// The name under which is kept that each line is a string.
const STRINGS: &[u8] = b"''";

/// A line that is one string literal, as programs print a list of lines.
pub(super) fn literal(
    text: &[u8],
    spare: &mut Text,
    before: &Before,
    state: &mut State,
    layers: &mut Layers,
) -> Option<Inside> {
    let strings = hash(STRINGS.iter().copied());
    let is_known = before.member == Some(strings);
    let Some(range) = literal_range(text) else {
        doubled(text, spare, is_known)?;
        state.member = Some(strings);
        return Some(Inside::Decoded);
    };
    let inside = text.get(range)?;
    let opens = prefix::opens(inside) || shape::starts_record(inside);
    let is_record = opens || (is_known && !is_call(text));
    if is_record && !is_call(text) {
        state.member = Some(strings);
    }
    (is_record || memchr::memmem::find(inside, b"\\n").is_some()).then_some(())?;
    layers.is_quoted |= !is_record;
    decode(inside, spare)
}

/// A record as a string of YAML in single quotes, in which quotes are doubled (YAML 1.2.2 §7.3.2).
fn doubled(text: &[u8], spare: &mut Text, is_known: bool) -> Option<()> {
    let inside = text.trim_ascii_end().strip_prefix(b"'")?.strip_suffix(b"'")?;
    let quotes = memchr::memchr_iter(b'\'', inside).count();
    let pairs = memchr::memmem::find_iter(inside, b"''").count();
    let is_record = is_known || prefix::opens(inside);
    (quotes == pairs.saturating_mul(2) && is_record).then_some(())?;
    escapes::undouble(inside, b'\'', spare);
    Some(())
}

/// Returns `true` if `text`, a literal, is the argument of a call.
fn is_call(text: &[u8]) -> bool {
    !text.first().is_some_and(|first| b"\"'".contains(first))
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

/// Pairs of which only the message matters.
pub(super) fn pairs_record(
    text: &[u8],
    spare: &mut Text,
    before: &Before,
    state: &mut State,
    layers: &mut Layers,
) -> Option<Inside> {
    let (name, inside) = pairs::message(text)
        .or_else(|| pairs::named(text, |name, value| holds_message(text, name, value, before)))?;
    if !around(text, &inside).all(says_nothing) || names_requester(text, &inside) {
        return None;
    }
    if !object::is_message(name) {
        state.member = Some(hash(name.iter().copied()));
    }
    // The message may state the times of others.
    let stamp = |part| {
        let outside = <[u8]>::strip_prefix(part, b"\"").unwrap_or(part);
        stamp::of_line(outside.trim_ascii_start())
    };
    if let Some(stamp) = around(text, &inside).find_map(stamp) {
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
        escapes::undouble(inside, b'"', spare);
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
    escapes::undouble(text.get(range)?, b'"', spare);
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

/// The head of a runtime or collector, before a record of another form.
pub(super) fn headed(text: &[u8], layers: &mut Layers) -> Option<Inside> {
    let starts = matches!(text.first()?, b'0'..=b'9' | b'<' | b'A'..=b'Z');
    let head = starts.then(|| head::of(text))??;
    if let Some(stamp) = head.stamp {
        layers.stamp(stamp);
    }
    if let Some(host) = head.host {
        layers.name_host(host);
    }
    layers.has_head |= head.host.is_some() || head.program.is_some();
    if let Some(program) = head.program {
        layers.name_program(program);
    }
    Some(Inside::Part(head.len..text.len()))
}
