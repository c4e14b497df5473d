//! The time that a line of a log states for itself.

use super::lines::first_piece;
use super::record_time::RecordTime;
use super::stamp::DateKnowledge;
use super::undress::{Before, Undresser};
use crate::time::{Span, UnixTime};

/// The stamp at the head of a line, whatever the line is wrapped in.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::evidence::LineTime;
/// let time = LineTime::of(b"2024-01-09T15:00:00+01:00 ERROR JWT has expired").unwrap();
/// assert_eq!(time.zone, Some(Span::from_secs(3_600)));
/// assert_eq!(time.civil - Span::from_secs(3_600), UnixTime::from_secs(1_704_808_800));
/// assert_eq!(LineTime::of(b"    at com.example.Main.main(Main.java:7)"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineTime {
    /// The reading of the wall clock, as if it were UTC.
    pub civil: UnixTime,
    /// Local time minus UTC, if the line states it.
    pub zone: Option<Span>,
    /// `false` if the line states no year; `civil` is then in a leap year.
    pub has_year: bool,
}

impl LineTime {
    /// Returns the time of `line`; `None` if it has no stamp, or one without a date.
    #[must_use]
    pub fn of(line: &[u8]) -> Option<Self> {
        let mut rooms = Undresser::new();
        let (text, layers) = rooms.undress(first_piece(line), &mut Before::new());
        let time = RecordTime::of(&layers.stamps, text);
        let stamp = time.writer.or(time.collector)?;
        let has_year = match stamp.date {
            DateKnowledge::Full => true,
            DateKnowledge::NoYear => false,
            DateKnowledge::NoDate => return None,
        };
        Some(Self { civil: stamp.civil, zone: stamp.zone, has_year })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_has_time_of_its_own_clock() {
        const ROWS: &[(&str, Option<(i64, bool)>)] = &[
            ("2024-01-09T14:00:00Z failed", Some((1_704_808_800, true))),
            ("app-1  | 2024-01-09T14:00:00Z failed", Some((1_704_808_800, true))),
            ("{\"time\":\"2024-01-09T14:00:00Z\",\"msg\":\"x\"}", Some((1_704_808_800, true))),
            ("Jan  9 14:00:00 web1 app[1]: failed", Some((63_813_600, false))),
            ("14:00:00.123 failed", None),
            ("< Date: Tue, 09 Jan 2024 14:00:00 GMT", None),
            ("", None),
        ];
        for &(line, expected) in ROWS {
            let time = LineTime::of(line.as_bytes());
            let time = time.map(|time| (time.civil.floor_secs(), time.has_year));
            assert_eq!(time, expected, "{line}");
        }
    }
}
