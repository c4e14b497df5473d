//! A reading of a clock as a text states it: civil time, zone if stated, and resolution.

use super::stamp::{DateKnowledge, Stamp};
use crate::time::{Span, TimeBounds, UnixTime};

/// A reading of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The civil reading, as if it were UTC.
    pub(crate) civil: UnixTime,
    /// Local time minus UTC, or `None` if the text does not state it.
    pub(crate) zone: Option<Span>,
    /// The true reading is in `civil..civil + resolution`.
    pub(crate) resolution: Span,
}

impl Moment {
    /// An instant that is UTC by definition.
    pub(crate) const fn utc(at: UnixTime, resolution: Span) -> Self {
        Self { civil: at, zone: Some(Span::ZERO), resolution }
    }

    /// Returns the bounds of the reading in UTC. `zone` applies unless the text states a zone.
    pub(crate) fn bounds_in(self, zone: Span) -> TimeBounds {
        let start = self.civil - self.zone.unwrap_or(zone);
        TimeBounds::between(start, start + self.resolution).unwrap_or(TimeBounds::exactly(start))
    }

    /// Returns the bounds in UTC if the text states the zone or the field is UTC by definition.
    pub(crate) fn as_utc(self) -> TimeBounds {
        self.bounds_in(Span::ZERO)
    }
}

impl From<Stamp> for Moment {
    fn from(stamp: Stamp) -> Self {
        Self { civil: stamp.civil, zone: stamp.zone, resolution: stamp.resolution }
    }
}

/// Completes the date of `stamp` with parts of `hint`. Returns `None` if the stamp states no day at
/// all, or if there is no hint.
pub(crate) fn dated(stamp: Stamp, hint: Option<UnixTime>) -> Option<Moment> {
    let day_first = stamp.day_first.map(|civil| Stamp { civil, ..stamp });
    match (stamp.date, hint) {
        (DateKnowledge::NoDate, _) | (DateKnowledge::NoYear, None) => None,
        (DateKnowledge::NoYear, Some(hint)) => Some(stamp.near(hint).into()),
        (DateKnowledge::Full, None) => Some(stamp.into()),
        (DateKnowledge::Full, Some(hint)) => {
            let readings = [Some(stamp), day_first].into_iter().flatten();
            readings.min_by_key(|reading| (reading.civil - hint).abs()).map(Moment::from)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::super::stamp::parse_at;
    use super::*;
    use crate::time::Civil;

    #[test]
    fn chooses_reading_nearest_to_hint() {
        const ROWS: &[(&str, Option<&str>, Option<&str>)] = &[
            ("03/04/2024 13:22:41", Some("2024-03-05T00:00:00Z"), Some("2024-03-04 13:22:41")),
            ("03/04/2024 13:22:41", Some("2024-04-02T00:00:00Z"), Some("2024-04-03 13:22:41")),
            ("03/04/2024 13:22:41", None, Some("2024-03-04 13:22:41")),
            ("Jul 12 22:06:40", Some("2024-04-02T00:00:00Z"), Some("2024-07-12 22:06:40")),
            ("Jul 12 22:06:40", None, None),
            ("22:06:40", Some("2024-04-02T00:00:00Z"), None),
        ];
        let read = |text: &str| parse_at(text.as_bytes()).expect(text).0;
        for &(text, hint, expected) in ROWS {
            let moment = dated(read(text), hint.map(|hint| read(hint).civil));
            let met = moment.map(|moment| Civil::of_utc(moment.civil).to_string());
            assert_eq!(met.as_deref(), expected, "{text} near {hint:?}");
        }
    }
}
