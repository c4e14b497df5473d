//! Readings of the local clock around a line, from the stamps of the log.

use super::origin::UNNAMED;
use super::sight::{RECORD, SETTLED, Sight};
use crate::diagnosis::proof::{Fact, Premise};
use crate::evidence::{DateKnowledge, Moment, Stamp, dated};
use crate::time::Bracket;
use crate::time::{Span, UnixTime};

const DAY: Span = Span::from_secs(86_400);
const YEAR: Span = Span::from_secs(366 * 86_400);

/// The stamps of a line and of its neighbours.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LocalStamps {
    /// The place of the line in the order of reading.
    pub(crate) line: u64,
    /// By how much the place is above the number of the line, because of lines inside of others.
    pub(crate) inner: u32,
    /// The nearest stamp before the line.
    pub(crate) before: Option<Stamp>,
    /// Number of lines back to that stamp.
    pub(crate) before_back: u8,
    /// `true` if the line with that stamp says that a request is being sent.
    pub(crate) follows_request: bool,
    /// `true` if the line, or one directly before it, says that a token was made.
    pub(crate) follows_making: bool,
    /// The stamp of the last request before the line.
    pub(crate) request: Option<Stamp>,
    /// Number of lines back to that request.
    pub(crate) request_back: u8,
    /// The stamp of the line itself.
    pub(crate) own: Option<Stamp>,
    /// The nearest stamp after the line.
    pub(crate) after: Option<Stamp>,
    /// Number of lines ahead to that stamp.
    pub(crate) after_ahead: u8,
    /// `true` if the time that a server states on the line includes its `Age`.
    pub(crate) is_aged: bool,
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
    /// The lines of the stamps.
    pub(crate) sight: Sight,
}

impl LocalStamps {
    /// No stamps.
    pub(crate) const NONE: Self = Self {
        line: 0,
        inner: 0,
        before: None,
        before_back: 0,
        follows_request: false,
        follows_making: false,
        request: None,
        request_back: 0,
        own: None,
        after: None,
        after_ahead: 0,
        is_aged: false,
        counts_from_boot: false,
        host: UNNAMED,
    };

    /// Number of the line in the text, counted from 1.
    pub(crate) fn number(&self) -> u64 {
        self.line.saturating_sub(u64::from(self.inner))
    }

    /// Number of the line that says that the last request before this one is being sent.
    pub(crate) fn sent(&self) -> Option<u64> {
        self.request.map(|_| self.number().saturating_sub(self.request_back.into()))
    }

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

    /// Returns `true` if more time than that of one record may lie between `before` and the line: stamps of two
    /// forms, of which one has no date, for example, do not show how much it is.
    pub(crate) fn is_long_after(&self, before: Option<Stamp>) -> bool {
        let own = self.own.or(self.before);
        let gap = Self { before, own, ..*self }.jump();
        before.and(own).is_some() && gap.is_none_or(|gap| gap.abs() > RECORD)
    }

    /// The stamp of the line and the one before it, which [`Self::jump`] compares.
    pub(crate) fn jumped(&self) -> [Option<Premise>; 2] {
        let line = self.number();
        [(self.own, line), (self.before, line.saturating_sub(self.before_back.into()))].map(
            |(stamp, line)| {
                let stamp = stamp?;
                let fact = stamp.instant().map_or(Fact::CivilStamp(stamp.civil), Fact::Stamp);
                Some(Premise { line, fact })
            },
        )
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
        // The clock may have been set back in between.
        let between = after.civil - before.civil;
        !self.follows_request && (between + after.resolution > RECORD || between < -RECORD)
    }

    /// The same line without a stamp, now that the record is known that it belongs to. A line before it
    /// that is much older may belong to anything.
    pub(crate) fn before_record_of(self, own: Option<Stamp>) -> Self {
        let joined = Self { after: own, ..self };
        let gap = Self { own, ..self }.jump().zip(own);
        let is_near =
            gap.is_some_and(|(gap, own)| Span::ZERO <= gap && gap + own.resolution <= RECORD);
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
        let (bracket, stamp, sight) = match (own, before, after) {
            (Some(own), ..) => {
                let (bracket, request) = Self::stamped(own, dated(self.request))?;
                let sight = if request { Sight::since(self.request_back) } else { Sight::HERE };
                (bracket, own, sight)
            }
            // No stamp of another line takes the place of one that cannot be read.
            (None, ..) if self.own.is_some() => return None,
            (None, Some(before), after) => {
                let (bracket, until) = Self::unstamped(before, after, self.follows_request)?;
                let sight = Sight::between(self.before_back, until.then_some(self.after_ahead));
                (bracket, before, if self.follows_request { sight.exact() } else { sight })
            }
            (None, None, Some(after)) => {
                let latest = after.as_utc().latest();
                let sight = Sight::until(self.after_ahead);
                (Bracket::between(latest - RECORD, latest)?, after, sight)
            }
            (None, None, None) => return None,
        };
        let shown = self.own.or(self.before).or(self.after);
        let has_year = shown.is_some_and(|stamp| stamp.date == DateKnowledge::Full);
        let sight = sight.of_resolution(stamp.resolution);
        Some(Reading { bracket, zone: stamp.zone, has_year, sight })
    }

    // The event happened before its line was written, and after the last request. Any other line may have been written after the event: the status line of an answer, for
    // example, is logged after the server wrote `Date`.
    fn stamped(own: Moment, request: Option<Moment>) -> Option<(Bracket, bool)> {
        let own_bounds = own.as_utc();
        let request = request
            .filter(|request| request.zone.is_some() == own.zone.is_some())
            .map(|request| request.as_utc().earliest())
            .filter(|&start| start <= own_bounds.earliest())
            .filter(|&start| own_bounds.earliest() - start <= RECORD);
        let start = request.unwrap_or(own_bounds.earliest() - SETTLED);
        Some((Bracket::between(start, own_bounds.latest())?, request.is_some()))
    }

    // A stack trace follows the stamp of a record that was written after the event. The lines of a
    // transcript follow a stamp that was written before it.
    fn unstamped(
        before: Moment,
        after: Option<Moment>,
        is_request: bool,
    ) -> Option<(Bracket, bool)> {
        let record = before.as_utc().earliest();
        let start = if is_request { record } else { record - SETTLED };
        let end = after
            .filter(|after| after.zone.is_some() == before.zone.is_some())
            .map(|after| after.as_utc().latest())
            .filter(|&end| record <= end && end <= record + RECORD);
        Some((Bracket::between(start, end.unwrap_or(record + RECORD))?, end.is_some()))
    }
}

/// Number of lines from the line `from` to the line `to`.
pub(crate) fn lines_between(from: u64, to: u64) -> u8 {
    u8::try_from(to.saturating_sub(from)).unwrap_or(u8::MAX)
}

/// Returns `true` if a clock that shows `civil` runs from a start of clocks that were never set:
/// 1900 (NTP), 1970, 1980 (GPS) or January 2000 (many RTCs).
pub(crate) fn was_never_set(civil: UnixTime) -> bool {
    const YEAR_1990: UnixTime = UnixTime::from_secs(631_152_000);
    const YEAR_2000: UnixTime = UnixTime::from_secs(946_684_800);
    const MONTH: Span = Span::from_secs(31 * 86_400);
    civil < YEAR_1990 || (YEAR_2000 <= civil && civil < YEAR_2000 + MONTH)
}

/// The same for a time in a text. A clock shows the start of Unix time for a second only, but programs
/// print it where they have no time.
pub(crate) fn runs_from_a_start(civil: UnixTime) -> bool {
    civil != UnixTime::EPOCH && was_never_set(civil)
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
