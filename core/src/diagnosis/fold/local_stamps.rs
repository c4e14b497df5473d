//! Readings of the local clock around a line, from the stamps of the log.

use super::origin::UNNAMED;
use crate::evidence::{DateKnowledge, Moment, Stamp, dated};
use crate::time::Bracket;
use crate::time::{Span, UnixTime};

/// A client logs an answer at most this long after the server stated its time.
const SETTLED: Span = Span::from_secs(5);
/// A line without a stamp belongs to the stamped line before it for at most this long. This is the
/// usual timeout of HTTP clients.
const RECORD: Span = Span::from_secs(30);

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
    /// The stamp of the last request before the line.
    pub(crate) request: Option<Stamp>,
    /// The stamp of the line itself.
    pub(crate) own: Option<Stamp>,
    /// The nearest stamp after the line.
    pub(crate) after: Option<Stamp>,
    /// `true` if the line counts from boot, as records of devices without a clock do.
    pub(crate) counts_from_boot: bool,
    /// The host that wrote the line.
    pub(crate) host: u32,
}

/// Readings of the local clock around an event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// In UTC if the zone is known, otherwise read as if it were UTC.
    pub(crate) bracket: Bracket,
    /// Local time minus UTC, if known.
    pub(crate) zone: Option<Span>,
    /// `true` if the stamps name the year.
    pub(crate) has_year: bool,
}

impl LocalStamps {
    /// No stamps.
    pub(crate) const NONE: Self = Self {
        line: 0,
        before: None,
        follows_request: false,
        follows_making: false,
        request: None,
        own: None,
        after: None,
        counts_from_boot: false,
        host: UNNAMED,
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

    /// Returns `true` if the line has no stamp, and the lines before and after it are so far apart that
    /// it may belong to either.
    pub(crate) fn is_between_records(&self) -> bool {
        let (Some(before), Some(after), None) = (self.before, self.after, self.own) else {
            return false;
        };
        !self.follows_request && after.civil - before.civil > RECORD
    }

    /// The same line without a stamp, now that the record is known that it belongs to. A line before it
    /// that is much older may belong to anything.
    pub(crate) fn before_record_of(self, own: Option<Stamp>) -> Self {
        let joined = Self { after: own, ..self };
        let gap = Self { own, ..self }.jump();
        let is_near = gap.is_some_and(|gap| Span::ZERO <= gap && gap <= RECORD);
        Self { before: self.before.filter(|_| is_near), ..joined }
    }

    /// Returns `true` if the line and all before it have no stamp, so that it may be of any time before
    /// the first one.
    pub(crate) fn is_before_all(&self) -> bool {
        self.own.or(self.before).is_none()
    }

    /// Returns the readings between which the event of the line happened. `hint` is a time near the
    /// event, for stamps without a year.
    pub(crate) fn reading(&self, hint: Option<UnixTime>) -> Option<Reading> {
        // The year or the day that a stamp does not state is that of `hint`, which says nothing about
        // a clock that counts from its own start.
        // Programs print the start of Unix time where they have no time.
        let is_known = |stamp: &Stamp| {
            (stamp.date == DateKnowledge::Full || !self.counts_from_boot)
                && stamp.civil != UnixTime::EPOCH
        };
        let dated = |stamp: Option<Stamp>| dated(stamp.filter(is_known)?, hint);
        let (own, before, after) = (dated(self.own), dated(self.before), dated(self.after));
        let (bracket, stamp) = match (own, before, after) {
            (Some(own), ..) => (Self::stamped(own, dated(self.request))?, own),
            // No stamp of another line takes the place of one that cannot be read.
            (None, ..) if self.own.is_some() => return None,
            (None, Some(before), after) => {
                (Self::unstamped(before, after, self.follows_request)?, before)
            }
            (None, None, Some(after)) => {
                let latest = after.as_utc().latest();
                (Bracket::between(latest - RECORD, latest)?, after)
            }
            (None, None, None) => return None,
        };
        let shown = self.own.or(self.before).or(self.after);
        let has_year = shown.is_some_and(|stamp| stamp.date == DateKnowledge::Full);
        Some(Reading { bracket, zone: stamp.zone, has_year })
    }

    // The event happened before its line was written, and after the last request. Any other line may have been written after the event: the status line of an answer, for
    // example, is logged after the server wrote `Date`.
    fn stamped(own: Moment, request: Option<Moment>) -> Option<Bracket> {
        let own_bounds = own.as_utc();
        let start = request
            .filter(|request| request.zone.is_some() == own.zone.is_some())
            .map(|request| request.as_utc().earliest())
            .filter(|&start| start <= own_bounds.earliest())
            .filter(|&start| own_bounds.earliest() - start <= RECORD)
            .unwrap_or(own_bounds.earliest() - SETTLED);
        Bracket::between(start, own_bounds.latest())
    }

    // A stack trace follows the stamp of a record that was written after the event. The lines of a
    // transcript follow a stamp that was written before it.
    fn unstamped(before: Moment, after: Option<Moment>, is_request: bool) -> Option<Bracket> {
        let record = before.as_utc().earliest();
        let start = if is_request { record } else { record - SETTLED };
        let end = after
            .filter(|after| after.zone.is_some() == before.zone.is_some())
            .map(|after| after.as_utc().latest())
            .filter(|&end| end >= record)
            .map_or(record + RECORD, |end| end.min(record + RECORD));
        Bracket::between(start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("a recent request", at(99), at(100), None, Some((99, 101))),
            ("a slow request", at(71), at(100), None, Some((71, 101))),
            ("an old request", at(50), at(100), None, Some((95, 101))),
            ("a later request", at(103), at(100), None, Some((95, 101))),
            ("an answer after its request", at(100), None, at(102), Some((100, 103))),
            ("an answer, nothing after", at(100), None, None, Some((100, 130))),
            ("an answer, much later", at(100), None, at(900), Some((100, 130))),
            ("only a line after", None, None, at(100), Some((71, 101))),
        ];
        for &(name, before, own, after, expected) in rows {
            let stamps = LocalStamps {
                before,
                own,
                after,
                follows_request: true,
                request: before,
                ..LocalStamps::NONE
            };
            let bracket = stamps.reading(None).map(|reading| {
                (reading.bracket.before().floor_secs(), reading.bracket.after().floor_secs())
            });
            assert_eq!(bracket, expected, "{name}");
        }
    }

    #[test]
    fn only_a_request_is_certain_to_precede_the_event() {
        let reading = |own, before| {
            let stamps = LocalStamps { before, own, ..LocalStamps::NONE };
            let bracket = stamps.reading(None).unwrap().bracket;
            (bracket.before().floor_secs(), bracket.after().floor_secs())
        };
        assert_eq!(reading(at(100), at(99)), (95, 101), "its own stamp");
        assert_eq!(reading(None, at(100)), (95, 130), "a trace under its record");
    }
}
