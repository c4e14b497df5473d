//! Date-times as products print them: the wall clock, the zone and the resolution.
//!
//! A stamp is read for what it states and nothing more. If its zone, its year or the order of its
//! day and month is not stated, the [`Stamp`] says so, and the caller decides from other evidence.

mod east_asian;
mod epoch;
mod find;
mod found;
mod inner;
mod iso;
mod json_record;
mod named;
mod names;
mod numeric;
mod record;
mod shape;
mod time_of_day;
mod zone;

pub(crate) use self::epoch::parse_epoch;
pub(crate) use self::find::{find, parse_at};
pub(crate) use self::inner::Place;
pub(crate) use self::names::is_level;
pub(crate) use self::shape::{DateKnowledge, Stamp};

use core::ops::Range;

use crate::time::Cursor;

/// The largest number of stamps that are read at the head of a line.
pub(crate) const HEAD_MAX: usize = 4;

/// A stamp at the head of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadStamp {
    pub(crate) stamp: Stamp,
    pub(crate) place: Place,
    /// The place of its text in the line.
    pub(crate) range: Range<usize>,
}

/// Returns the stamps at the head of the record that `line` holds or starts, from the outside in.
pub(crate) fn at_head(line: &[u8]) -> heapless::Vec<HeadStamp, HEAD_MAX> {
    let mut stamps = heapless::Vec::new();
    let mut next = record::first(line).map(|(found, form)| (found, form, Place::Head));
    let has_version = inner::has_version(line);
    while let Some((found, form, place)) = next {
        let range = found.range(line.len());
        let pushed = stamps.push(HeadStamp { stamp: found.stamp, place, range });
        let ends = form == record::Form::Members || pushed.is_err();
        next =
            if ends { None } else { inner::next(&mut Cursor::new(found.after(line)), has_version) };
    }
    stamps
}

/// Returns `true` if `text` starts as `2024-03-05T02:14:08`, and `before` is no part of such a stamp after a
/// blank: only the name of a weekday is.
pub(crate) fn starts_after(before: &[u8], text: &[u8]) -> bool {
    let before = before.trim_ascii_end();
    let before = before.strip_suffix(b",").unwrap_or(before);
    let before = before.strip_suffix(b".").unwrap_or(before);
    iso::usual(text).is_some() && !names::may_end(before)
}

/// Returns the instant that a server states in the body of an answer in `line`.
pub(crate) fn of_response(line: &[u8]) -> Option<Stamp> {
    let object = line.get(memchr::memchr(b'{', line)?..)?;
    json_record::of_response(Cursor::new(object)).filter(|stamp| stamp.instant().is_some())
}

/// Returns the place of the outermost stamp at the head of the record that `line` holds or starts.
pub(crate) fn first_at_head(line: &[u8]) -> Option<Range<usize>> {
    record::first(line).map(|(found, _)| found.range(line.len()))
}

/// Returns the outermost stamp at the head of the record that `line` holds or starts.
pub(crate) fn of_line(line: &[u8]) -> Option<Stamp> {
    record::first(line).map(|(found, _)| found.stamp)
}

#[cfg(test)]
mod forms;
#[cfg(test)]
mod tests;
