//! Reads the clock of the operating system; requires the feature `std`.

use core::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use super::unix_time::{Span, TimeBounds, UnixTime};

// `UnixTime` truncates nanoseconds, so the clock may be ahead of it by less than this.
const RESOLUTION: Span = Span::from_micros(1);

impl TimeBounds {
    /// Reads the clock of the operating system, which may be wrong by up to `uncertainty` in either
    /// direction.
    ///
    /// A clock beyond the range of [`UnixTime`] gives bounds that are open at that end.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::{Span, TimeBounds, UnixTime};
    /// let now = TimeBounds::of_system_clock(Span::from_secs(2));
    /// assert!(now.latest() - now.earliest() >= Span::from_secs(4));
    /// ```
    #[must_use]
    pub fn of_system_clock(uncertainty: Span) -> Self {
        Self::of_system_time(SystemTime::now(), uncertainty)
    }

    fn of_system_time(at: SystemTime, uncertainty: Span) -> Self {
        let beyond = if at < UNIX_EPOCH { UnixTime::MIN } else { UnixTime::MAX };
        let read = Self::around(UnixTime::try_from(at).unwrap_or(beyond), uncertainty);
        Self { earliest: read.earliest(), latest: read.latest() + RESOLUTION }
    }
}

/// Rounds down to a microsecond. A time before 1970 becomes negative.
///
/// # Example
/// ```
/// use std::time::{Duration, SystemTime};
/// use jwtick_core::UnixTime;
/// use jwtick_core::time::TimeOutOfRange;
/// let before_1970 = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
/// assert_eq!(UnixTime::try_from(before_1970)?, UnixTime::from_secs(-1));
/// # Ok::<(), TimeOutOfRange>(())
/// ```
impl TryFrom<SystemTime> for UnixTime {
    type Error = TimeOutOfRange;

    fn try_from(at: SystemTime) -> Result<Self, TimeOutOfRange> {
        let micros = match at.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_micros()),
            Err(before) => {
                i64::try_from(before.duration().as_nanos().div_ceil(1_000)).map(|micros| -micros)
            }
        };
        micros.map(Self::from_micros).map_err(|_| TimeOutOfRange)
    }
}

/// A time of the operating system that [`UnixTime`] cannot represent.
///
/// # Example
/// ```
/// use std::time::{Duration, SystemTime};
/// use jwtick_core::UnixTime;
/// use jwtick_core::time::TimeOutOfRange;
/// let far = SystemTime::UNIX_EPOCH + Duration::from_secs(10_000_000_000_000);
/// assert_eq!(UnixTime::try_from(far), Err(TimeOutOfRange));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOutOfRange;

impl fmt::Display for TimeOutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "expected a time within 292,000 years of 1970, but found one beyond: check the clock",
        )
    }
}

impl core::error::Error for TimeOutOfRange {}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;

    #[test]
    fn rounds_towards_the_past_on_both_sides_of_1970() {
        const ROWS: &[(i64, u64, i64)] =
            &[(1, 0, 0), (1, 999, 0), (1, 1_000, 1), (-1, 1, -1), (-1, 1_000, -1), (-1, 1_001, -2)];
        for &(sign, nanos, micros) in ROWS {
            let away = Duration::from_nanos(nanos);
            let at = if sign < 0 { UNIX_EPOCH - away } else { UNIX_EPOCH + away };
            let met = UnixTime::try_from(at);
            assert_eq!(met, Ok(UnixTime::from_micros(micros)), "{sign} * {nanos} ns");
        }
    }

    #[test]
    fn bounds_hold_the_instant_between_two_microseconds() {
        let at = UNIX_EPOCH + Duration::from_nanos(1_500);
        let met = TimeBounds::of_system_time(at, Span::ZERO);
        let micros = UnixTime::from_micros;
        assert_eq!((met.earliest(), met.latest()), (micros(1), micros(2)));
    }

    #[test]
    fn a_clock_beyond_the_range_has_an_open_end() {
        let far = Duration::from_secs(10_000_000_000_000);
        let late = TimeBounds::of_system_time(UNIX_EPOCH + far, Span::from_secs(1));
        assert_eq!(late.latest(), UnixTime::MAX);
        let early = TimeBounds::of_system_time(UNIX_EPOCH - far, Span::from_secs(1));
        assert_eq!(early.earliest(), UnixTime::MIN);
    }
}
