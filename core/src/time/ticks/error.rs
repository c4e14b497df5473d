//! The error for a clock or counter that cannot give bounds on UTC.

use core::fmt;

use crate::time::unix_time::{Span, TimeBounds, UnixTime};

/// The reason why a clock or counter cannot give bounds on UTC.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::time::ClockError;
/// let (tells, needs) = (Span::from_secs(2_147_483), Span::from_secs(2_592_000));
/// let refusal = ClockError::Narrow { tells, needs };
/// assert_eq!(
///     refusal.to_string(),
///     "the counter can measure at most 2147483 s, but 2592000 s may have passed",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClockError {
    /// The clock cannot be read.
    Stopped,
    /// The clock reads less than before.
    WentBack,
    /// The counter may have wrapped.
    Narrow {
        /// The longest time that the counter can measure: half its range.
        tells: Span,
        /// The time that may have passed.
        needs: Span,
    },
    /// More time has passed than the caller's `age` allows.
    Overdue {
        /// The least time that has passed.
        least: Span,
        /// The `age` that the caller gave.
        promised: Span,
    },
    /// Two bounds on UTC contradict each other.
    Contradiction {
        /// The bounds that the anchor knows.
        known: TimeBounds,
        /// The bounds that it was given.
        told: TimeBounds,
    },
    /// The time is later than any at which the firmware is in use, so its source is wrong.
    BeyondCap {
        /// The earliest time that the source leaves possible.
        earliest: UnixTime,
        /// The latest time that is believed.
        cap: UnixTime,
    },
}

impl fmt::Display for ClockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => f.write_str("the clock could not be read"),
            Self::WentBack => f.write_str(
                "expected a clock that only moves forward, but this reading is before the last one",
            ),
            Self::Narrow { tells, needs } => {
                let (tells, needs) = (tells.floor_secs(), needs.floor_secs());
                write!(
                    f,
                    "the counter can measure at most {tells} s, but {needs} s may have passed"
                )
            }
            Self::Overdue { least, promised } => {
                let (least, promised) = (least.floor_secs(), promised.floor_secs());
                write!(
                    f,
                    "expected at most {promised} s since the last reading, but at least {least} s have passed"
                )
            }
            Self::Contradiction { known, told } => {
                let bounds =
                    |utc: &TimeBounds| (utc.earliest().floor_secs(), utc.latest().floor_secs());
                let ((from, to), (told_from, told_to)) = (bounds(known), bounds(told));
                write!(
                    f,
                    "expected UTC to be {from} to {to} s after 1970, but found {told_from} to {told_to} s"
                )
            }
            Self::BeyondCap { earliest, cap } => {
                let (met, most) = (earliest.floor_secs(), cap.floor_secs());
                write!(f, "expected UTC to be at most {most} s after 1970, but found {met} s")
            }
        }
    }
}

impl core::error::Error for ClockError {}
