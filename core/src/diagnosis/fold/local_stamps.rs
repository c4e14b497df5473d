//! Readings of the local clock around a line, from the stamps of the log.

use crate::evidence::{DateKnowledge, Moment, Stamp, dated};
use crate::time::Bracket;
use crate::time::{Span, UnixTime};

/// A client logs an answer at most this long after the server stated its time.
const SETTLED: Span = Span::from_secs(5);
/// A line without a stamp belongs to the stamped line before it for at most this long. This is the
/// usual timeout of HTTP clients.
const RECORD: Span = Span::from_secs(30);

/// 1 January of the year in which stamps without one are read: 1972.
const UNSTATED_YEAR_STARTS: i64 = 63_072_000;
const DAY: Span = Span::from_secs(86_400);
const YEAR: Span = Span::from_secs(366 * 86_400);

/// The stamps of a line and of its neighbours.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LocalStamps {
    /// Number of the line, counted from 1.
    pub(crate) line: u64,
    /// The nearest stamp before the line.
    pub(crate) before: Option<Stamp>,
    /// `true` if the line with that stamp says that a request is being sent.
    pub(crate) follows_request: bool,
    /// `true` if the line, or one directly before it, says that a token was made.
    pub(crate) follows_making: bool,
    /// The stamp of the line itself.
    pub(crate) own: Option<Stamp>,
    /// The nearest stamp after the line.
    pub(crate) after: Option<Stamp>,
    /// `true` if the line counts from boot, as records of devices without a clock do.
    pub(crate) counts_from_boot: bool,
}

/// Readings of the local clock around an event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// In UTC if the zone is known, otherwise read as if it were UTC.
    pub(crate) bracket: Bracket,
    /// Local time minus UTC, if known.
    pub(crate) zone: Option<Span>,
}

/// Returns `true` if `stamp` has no year and shows the first days of one, although it is far from
/// then by `hint`. Clocks that were never set start on 1 January, of a year that the stamp does not
/// state.
fn is_start_of_clock(stamp: Stamp, hint: Option<UnixTime>) -> bool {
    const MONTH: Span = Span::from_secs(31 * 86_400);
    let start = UnixTime::from_secs(UNSTATED_YEAR_STARTS);
    let is_first_month = start <= stamp.civil && stamp.civil < start + MONTH;
    let is_far = hint.is_some_and(|hint| (stamp.near(hint).civil - hint).abs() > DAY);
    stamp.date == DateKnowledge::NoYear && is_first_month && is_far
}

impl LocalStamps {
    /// No stamps.
    pub(crate) const NONE: Self = Self {
        line: 0,
        before: None,
        follows_request: false,
        follows_making: false,
        own: None,
        after: None,
        counts_from_boot: false,
    };

    /// The time from the stamp before the line to its own, if one clock wrote both.
    pub(crate) fn jump(&self) -> Option<Span> {
        let (own, before) = (self.own?, self.before?);
        let same = own.date == before.date && own.zone == before.zone;
        let jump = own.civil - before.civil;
        // Without its date or its year, a stamp starts over at midnight or at New Year.
        let most = match own.date {
            DateKnowledge::Full => Span::MAX,
            DateKnowledge::NoYear => YEAR,
            DateKnowledge::NoDate => DAY,
        };
        (same && Span::from_micros(jump.abs().as_micros().saturating_mul(2)) <= most)
            .then_some(jump)
    }

    /// Returns `true` if the line is part of a log.
    pub(crate) fn is_stamped(&self) -> bool {
        self.counts_from_boot || self.own.or(self.before).or(self.after).is_some()
    }

    /// Returns the readings between which the event of the line happened. `hint` is a time near the
    /// event, for stamps without a year.
    pub(crate) fn reading(&self, hint: Option<UnixTime>) -> Option<Reading> {
        // The year or the day that a stamp does not state is that of `hint`, which says nothing about
        // a clock that counts from its own start.
        let is_known = |stamp: &Stamp| {
            let is_guessed = stamp.date != DateKnowledge::Full && self.counts_from_boot;
            !is_guessed && !is_start_of_clock(*stamp, hint)
        };
        let dated = |stamp: Option<Stamp>| dated(stamp.filter(is_known)?, hint);
        let (own, before, after) = (dated(self.own), dated(self.before), dated(self.after));
        let (bracket, stamp) = match (own, before, after) {
            (Some(own), before, _) => (Self::stamped(own, before)?, own),
            // No stamp of another line takes the place of one that cannot be read.
            (None, ..) if self.own.is_some() => return None,
            (None, Some(before), after) => (Self::unstamped(before, after)?, before),
            (None, None, Some(after)) => {
                let latest = after.as_utc().latest();
                (Bracket::between(latest - RECORD, latest)?, after)
            }
            (None, None, None) => return None,
        };
        Some(Reading { bracket, zone: stamp.zone })
    }

    // The event happened before its line was written, and after the previous line was written if
    // that line is recent: the lines of one exchange follow each other.
    fn stamped(own: Moment, before: Option<Moment>) -> Option<Bracket> {
        let own_bounds = own.as_utc();
        let earliest = own_bounds.earliest() - SETTLED;
        let start = before
            .filter(|before| before.zone.is_some() == own.zone.is_some())
            .map(|before| before.as_utc().earliest())
            .filter(|&start| start <= own_bounds.earliest())
            .map_or(earliest, |start| start.max(earliest));
        Bracket::between(start, own_bounds.latest())
    }

    // A stack trace follows the stamp of a record that was written after the event. The lines of a
    // transcript follow a stamp that was written before it.
    fn unstamped(before: Moment, after: Option<Moment>) -> Option<Bracket> {
        let record = before.as_utc().earliest();
        let end = after
            .filter(|after| after.zone.is_some() == before.zone.is_some())
            .map(|after| after.as_utc().latest())
            .filter(|&end| end >= record)
            .map_or(record + RECORD, |end| end.min(record + RECORD));
        Bracket::between(record - SETTLED, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::DateKnowledge;

    fn at(secs: i64) -> Option<Stamp> {
        Some(Stamp {
            civil: UnixTime::from_secs(secs),
            zone: Some(Span::ZERO),
            resolution: Span::from_secs(1),
            date: DateKnowledge::Full,
            day_first: None,
        })
    }

    #[test]
    fn reading_is_bracketed_by_stamps() {
        type Row = (&'static str, Option<Stamp>, Option<Stamp>, Option<Stamp>, Option<(i64, i64)>);
        let rows: &[Row] = &[
            ("no stamp", None, None, None, None),
            ("its own", None, at(100), None, Some((95, 101))),
            ("a recent line before", at(99), at(100), None, Some((99, 101))),
            ("an old line before", at(50), at(100), None, Some((95, 101))),
            ("a later line before", at(103), at(100), None, Some((95, 101))),
            ("a trace under its record", at(100), None, at(102), Some((95, 103))),
            ("a trace, nothing after", at(100), None, None, Some((95, 130))),
            ("a trace, much later", at(100), None, at(900), Some((95, 130))),
            ("only a line after", None, None, at(100), Some((71, 101))),
        ];
        for &(name, before, own, after, expected) in rows {
            let stamps = LocalStamps { before, own, after, ..LocalStamps::NONE };
            let bracket = stamps.reading(None).map(|reading| {
                (reading.bracket.before().floor_secs(), reading.bracket.after().floor_secs())
            });
            assert_eq!(bracket, expected, "{name}");
        }
    }
}
