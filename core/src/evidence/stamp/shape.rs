//! A stamp: the wall clock that it shows, and how much of date and zone it states; and a time of day as
//! it is stated: its numbers, its half of the day, and its resolution.

use super::zone::Zone;
use crate::time::{Civil, Date, Span, TimeOfDay, UnixTime};

/// A date-time found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// The reading of the wall clock, as if it were UTC.
    pub(crate) civil: UnixTime,
    /// Local time minus UTC, if the stamp states it.
    pub(crate) zone: Option<Span>,
    /// The clock showed a value in `civil..civil + resolution`.
    pub(crate) resolution: Span,
    /// The parts of the date that the stamp states.
    pub(crate) date: DateKnowledge,
    /// The other reading of `03/04/2024`, whose order is not stated: `civil` takes the month first,
    /// and this value the day.
    pub(crate) day_first: Option<UnixTime>,
}

/// The parts of the date that a stamp states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateKnowledge {
    /// Year, month and day.
    Full,
    /// Month and day; `civil` is in [`UNSTATED_YEAR`].
    NoYear,
    /// Only a time of day; `civil` is on 1 January 1970.
    NoDate,
}

/// The year of stamps that state none. It is a leap year, so that it has every day.
pub(super) const UNSTATED_YEAR: i32 = 1972;

/// The statement of a stamp about its day.
#[derive(Debug, Clone, Copy)]
pub(super) enum Day {
    Stated(Date),
    Either { month_first: Date, day_first: Date },
    NoYear(Date),
    Unstated,
}

impl Stamp {
    /// Returns the instant that the stamp names, if it states the zone, the date and the order of
    /// its parts.
    pub(crate) fn instant(&self) -> Option<UnixTime> {
        match (self.zone, self.date, self.day_first) {
            (Some(zone), DateKnowledge::Full, None) => Some(self.civil - zone),
            _ => None,
        }
    }

    /// Returns the same stamp on the possible day that is closest to `hint`.
    ///
    /// This supplies the year or the date that a log does not print. A stated date stays unchanged.
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

    pub(super) fn new(day: Day, reading: Reading, zone: Option<Zone>) -> Self {
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

/// The resolution of a time without seconds.
pub(super) const MINUTE: Span = Span::from_secs(60);

/// A time of day and its resolution.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) since_midnight: Span,
    pub(super) resolution: Span,
    pub(super) clock: Clock,
}

impl Reading {
    /// Returns `true` if seconds are given.
    pub(super) fn has_seconds(&self) -> bool {
        self.resolution < MINUTE
    }
}

/// The way the hours are counted. The spelling hints at the origin of the date next to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// 0 to 23.
    Hours24,
    /// `AM` and `PM`.
    CapitalHalves,
    /// `am`, `p.m.`.
    SmallHalves,
}

/// One half of a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Half {
    /// The hour of the day at which this half begins: 0 or 12.
    pub(super) begins: u8,
    pub(super) clock: Clock,
}

/// The numbers of a time as written in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: Option<u8>,
}

impl Numbers {
    // Each half begins with twelve o'clock.
    pub(super) fn time(self, half: Option<Half>) -> Option<TimeOfDay> {
        let hour = match (half, self.hour) {
            (None, hour) => hour,
            (Some(half), 1..=12) => (self.hour % 12).saturating_add(half.begins),
            (Some(_), _) => return None,
        };
        TimeOfDay::new(hour, self.minute, self.second.unwrap_or(0))
    }
}
