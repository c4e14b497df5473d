//! The local clock during a measurement.

use std::time::Instant;

use jwtick_core::time::Bracket;
use jwtick_core::{Span, UnixTime};

use super::os;
use crate::notation::duration::span;

/// The reading that the system's clock would have if it ran undisturbed from one initial reading.
///
/// Readings are derived from the monotonic clock, so that a step of the system's clock during a
/// measurement does not affect any bracket; [`stepped`](Self::stepped) reports it afterwards.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LocalClock {
    read: UnixTime,
    // The instant just before the system's clock was read.
    steady: Instant,
    // Maximum time from `steady` to that reading.
    gap: Span,
}

/// A clock that is only slewed keeps pace with the monotonic one, which is slewed alike; the rest
/// is tolerance for a delayed reading.
const STEP: Span = Span::from_millis(10);

/// Readings are truncated to whole microseconds.
const CUT: Span = Span::from_micros(1);

impl LocalClock {
    /// Reads the system's clock between two readings of the monotonic one, and keeps the narrowest
    /// of a few tries.
    pub(crate) fn read() -> Self {
        let reading = || {
            let (steady, read) = (Instant::now(), os::reading());
            Self { read, steady, gap: span(steady.elapsed()) + CUT }
        };
        (0..3)
            .map(|_| reading())
            .fold(reading(), |best, next| if next.gap < best.gap { next } else { best })
    }

    /// Returns a clock that shows `by` more.
    pub(crate) fn shifted(self, by: Span) -> Self {
        Self { read: self.read + by, ..self }
    }

    /// Returns the reading now.
    pub(crate) fn now(&self) -> UnixTime {
        self.at(Instant::now())
    }

    /// Returns the reading at an instant of the monotonic clock, also before the first reading.
    pub(crate) fn at(&self, instant: Instant) -> UnixTime {
        match instant.checked_duration_since(self.steady) {
            Some(later) => self.read + span(later),
            None => self.read - span(self.steady.duration_since(instant)),
        }
    }

    /// Returns the readings around an event between two instants; `None` if `after` is before
    /// `before`.
    pub(crate) fn bracket(&self, before: Instant, after: Instant) -> Option<Bracket> {
        let (before, after) = (self.at(before), self.at(after));
        Bracket::between(before, after)?;
        Bracket::between(before - self.gap, after + CUT)
    }

    /// Returns how far the system's clock was moved since it was read; positive if it was moved
    /// forward.
    fn moved(&self) -> Span {
        os::reading() - self.now()
    }

    /// Returns the step of the system's clock since it was read; `None` if it was not stepped.
    pub(crate) fn stepped(&self) -> Option<Span> {
        Some(self.moved()).filter(|by| by.abs() > STEP)
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;

    #[test]
    fn clock_advances_from_its_reading() {
        let steady = Instant::now();
        let local = LocalClock { read: UnixTime::from_secs(-5), steady, gap: Span::from_micros(3) };
        let at = |secs| steady + Duration::from_secs(secs);
        assert_eq!(local.at(at(7)), UnixTime::from_secs(2));
        let later = LocalClock { steady: at(7), ..local };
        assert_eq!(later.at(steady), UnixTime::from_secs(-12), "before the reading");
        let bracket = local.bracket(at(1), at(2)).unwrap();
        assert_eq!(bracket.before(), UnixTime::from_micros(-4_000_003), "readings lie apart");
        assert_eq!(bracket.after(), UnixTime::from_micros(-2_999_999), "readings are cut");
        assert_eq!(local.bracket(at(2), at(1)), None);
    }

    #[test]
    fn undisturbed_clock_reports_no_step() {
        assert!(LocalClock::read().moved().abs() < Span::from_secs(5));
    }
}
