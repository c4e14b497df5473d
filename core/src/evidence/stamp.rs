//! Date-times as products print them: which wall clock they show, in which zone, how exactly.
//!
//! A stamp is read for what it says and no more. Where its zone, its year or the order of its
//! day and month is not stated, the [`Stamp`] says so, and the caller decides from other evidence.

mod epoch;
mod iso;
mod json_record;
mod klog;
mod korean;
mod named;
mod names;
mod numeric;
mod record;
mod time_of_day;
mod zone;

use core::ops::Range;

pub(crate) use self::epoch::parse_epoch;
pub(crate) use self::record::of_line;

use self::time_of_day::Reading;
use self::zone::Zone;
use crate::time::Cursor;
use crate::time::{Civil, Date, TimeOfDay};
use crate::time::{Span, UnixTime};

/// A date-time found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// What the wall clock showed, as if it kept UTC.
    pub(crate) civil: UnixTime,
    /// Local minus UTC, where the stamp states it.
    pub(crate) zone: Option<Span>,
    /// The clock showed a value in `civil..civil + resolution`.
    pub(crate) resolution: Span,
    /// How much of the date the stamp states.
    pub(crate) date: DateKnowledge,
    /// The other reading of `03/04/2024`, whose order is not stated: `civil` takes the month
    /// first, this the day.
    pub(crate) day_first: Option<UnixTime>,
}

/// How much of the date a stamp states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateKnowledge {
    /// Year, month and day.
    Full,
    /// Month and day; `civil` lies in [`UNSTATED_YEAR`].
    NoYear,
    /// Only a time of day; `civil` lies on 1 January 1970.
    NoDate,
}

/// Stands in for a year that a stamp does not state: a leap year, so that it has every day.
pub(crate) const UNSTATED_YEAR: i32 = 1972;

/// The stamp that `text` begins with, and its length.
///
/// Epoch seconds are no stamp here, since any number may look like them: [`parse_epoch`] reads
/// them where the text says that a time follows.
pub(crate) fn parse_at(text: &[u8]) -> Option<(Stamp, usize)> {
    let mut cursor = Cursor::new(text);
    let stamp = read(&mut cursor)?;
    Some((stamp, text.len().saturating_sub(cursor.len())))
}

/// The first stamp in `text` that states at least a month and a day, and where it stands.
///
/// A bare `00:12:31` is passed over: in running text it is as often a duration.
pub(crate) fn find(text: &[u8]) -> Option<(Stamp, Range<usize>)> {
    let mut cursor = Cursor::new(text);
    skip_gap(&mut cursor);
    loop {
        let start = text.len().saturating_sub(cursor.len());
        let dated = read_dated(&mut cursor);
        if let Some(stamp) = dated {
            return Some((stamp, start..text.len().saturating_sub(cursor.len())));
        }
        skip_word(&mut cursor)?;
    }
}

fn read_dated(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    cursor.attempt(read).filter(|stamp| stamp.date != DateKnowledge::NoDate)
}

// To the start of the next word; `None` at the end of the text. Points and colons between digits
// belong to the word, so that a stamp never starts inside an address or a version.
fn skip_word(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.next()?;
    loop {
        cursor.take_while(|byte| byte.is_ascii_alphanumeric());
        let inner = cursor.attempt(|ahead| {
            ahead.eat_one_of(b".:")?;
            ahead.at_digit().then_some(())
        });
        if inner.is_none() {
            break;
        }
    }
    skip_gap(cursor);
    cursor.peek().map(|_| ())
}

fn skip_gap(cursor: &mut Cursor<'_>) {
    cursor.take_while(|byte| !byte.is_ascii_alphanumeric());
}

fn read(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    match cursor.peek()? {
        b'0'..=b'9' => read_number_first(cursor),
        b'A'..=b'Z' | b'a'..=b'z' => cursor.attempt(klog::read).or_else(|| named::read(cursor)),
        _ => None,
    }
}

fn read_number_first(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    if iso::follows(*cursor) {
        return iso::read(cursor);
    }
    cursor.attempt(numeric::read).or_else(|| named::read(cursor))
}

/// What a stamp says about its day.
#[derive(Debug, Clone, Copy)]
enum Day {
    Stated(Date),
    Either { month_first: Date, day_first: Date },
    NoYear(Date),
    Unstated,
}

impl Stamp {
    /// The instant that the stamp names, where it states zone, date and the order of its parts.
    pub(crate) fn instant(&self) -> Option<UnixTime> {
        match (self.zone, self.date, self.day_first) {
            (Some(zone), DateKnowledge::Full, None) => Some(self.civil - zone),
            _ => None,
        }
    }

    /// The same stamp, on that one of its possible days that lies closest to `hint`.
    ///
    /// Supplies the year or the date that a log does not print; a date that is stated stays.
    pub(crate) fn near(self, hint: UnixTime) -> Self {
        let stated = Civil::of_utc(self.civil).date;
        let today = Civil::of_utc(hint).date;
        let since_midnight = self.civil - midnight(stated);
        let candidates = [-1, 0, 1].map(|step| match self.date {
            DateKnowledge::Full => Some(stated),
            DateKnowledge::NoYear => {
                Date::new(today.year().saturating_add(step), stated.month(), stated.day())
            }
            DateKnowledge::NoDate => Some(today.plus_days(i64::from(step))),
        });
        let civil = candidates
            .into_iter()
            .flatten()
            .map(|date| midnight(date) + since_midnight)
            .min_by_key(|civil| (*civil - hint).abs());
        match civil {
            Some(civil) => Self { civil, date: DateKnowledge::Full, ..self },
            None => self,
        }
    }

    fn new(day: Day, reading: Reading, zone: Option<Zone>) -> Self {
        let at = |date| midnight(date) + reading.since_midnight;
        let (civil, date, day_first) = match day {
            Day::Stated(date) => (at(date), DateKnowledge::Full, None),
            Day::Either { month_first, day_first } => {
                (at(month_first), DateKnowledge::Full, Some(at(day_first)))
            }
            Day::NoYear(date) => (at(date), DateKnowledge::NoYear, None),
            Day::Unstated => (at(Date::EPOCH), DateKnowledge::NoDate, None),
        };
        let zone = zone.and_then(Zone::offset);
        Self { civil, zone, resolution: reading.resolution, date, day_first }
    }
}

fn midnight(date: Date) -> UnixTime {
    Civil { date, time: TimeOfDay::MIDNIGHT }.as_utc()
}

#[cfg(test)]
mod tests;
