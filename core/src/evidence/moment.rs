//! A reading of a clock as a text states it: civil time, zone if stated, and resolution. Stamps of
//! network devices have their parts in another order.

use super::stamp::{self, DateKnowledge, Stamp};
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

/// Reads the stamps of network devices, whose parts are in another order: `09:40:17 UTC Fri Mar 14
/// 2025` of Cisco and `Mar/14/2025 09:40:17` of MikroTik.
pub(crate) fn turned(text: &[u8]) -> Option<(Moment, usize)> {
    const LONGEST: usize = 40;
    const WORDS: usize = 6;
    let text = text.get(..LONGEST).unwrap_or(text);
    let end = |word: &[u8]| end_of(text, word);
    let mut words = text.split(|byte| b" ,/".contains(byte)).filter(|word| !word.is_empty());
    let all: [&[u8]; WORDS] = core::array::from_fn(|_| words.next().unwrap_or(&[]));
    let [a, b, c, d, e, f] = all;
    let (day, month, year, time, last) = match a {
        [b'0'..=b'9', b'0'..=b'9', b':', ..] if b.first().is_some_and(u8::is_ascii_alphabetic) => {
            (e, d, f, a, f)
        }
        [b'A'..=b'Z', _, _] if text.get(3) == Some(&b'/') => (b, a, c, d, d),
        _ => return None,
    };
    let mut turned: heapless::Vec<u8, LONGEST> = heapless::Vec::new();
    for word in [month, b" ", day, b" ", year, b" ", time, b" "] {
        turned.extend_from_slice(word).ok()?;
    }
    if time == a {
        turned.extend_from_slice(b).ok()?;
    }
    let (stamp, len) = stamp::parse_at(&turned)?;
    (len > LONGEST / 3).then(|| (stamp.into(), end(last)))
}

/// Returns the position after `word`, which is a part of `text`.
fn end_of(text: &[u8], word: &[u8]) -> usize {
    (0..=text.len())
        .find(|&at| text.get(at..).is_some_and(|rest| rest.starts_with(word)))
        .map_or(0, |at| at.saturating_add(word.len()))
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
