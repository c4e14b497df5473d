//! Faults shown by a hardware clock that differs from the system clock.
//!
//! The kernel sets the system clock from the hardware clock at start, and writes it back every
//! eleven minutes while a daemon synchronizes it (hwclock(8)). The two therefore agree to within a
//! few seconds.

use crate::time::Offset;
use crate::time::Span;
use crate::time::looks_like_zone;

/// The kind of difference between the hardware clock and the system clock.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::RtcFault;
/// let berlin = Span::from_secs(7_200);
/// assert_eq!(RtcFault::of(berlin), Some(RtcFault::Zone(berlin)));
/// assert_eq!(RtcFault::of(Span::from_secs(-59)), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RtcFault {
    /// The difference, hardware clock minus system clock.
    Apart(Span),
    /// A difference that looks like a time zone: one of the two clocks holds local time.
    Zone(Span),
}

impl RtcFault {
    /// The fault shown by `apart`, hardware clock minus system clock; `None` up to a minute.
    #[must_use]
    pub fn of(apart: Span) -> Option<Self> {
        // A cheap crystal drifts by a few seconds a week while nothing corrects it.
        const USUAL: Span = Span::from_secs(60);
        if apart.abs() <= USUAL {
            None
        } else if looks_like_zone(Offset::exactly(apart)) {
            Some(Self::Zone(apart))
        } else {
            Some(Self::Apart(apart))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_differences_over_a_minute_and_zones() {
        type Made = fn(Span) -> RtcFault;
        const ROWS: &[(&str, i64, Option<Made>)] = &[
            ("the same", 0, None),
            ("a minute", 60, None),
            ("more", 61, Some(RtcFault::Apart)),
            ("a minute behind", -60, None),
            ("more behind", -61, Some(RtcFault::Apart)),
            ("Berlin in winter", 3_601, Some(RtcFault::Zone)),
            ("New York", -5 * 3_600 + 2, Some(RtcFault::Zone)),
            ("India", 19_799, Some(RtcFault::Zone)),
            ("never set", -1_795_000_000, Some(RtcFault::Apart)),
        ];
        for &(name, secs, expected) in ROWS {
            let apart = Span::from_secs(secs);
            assert_eq!(RtcFault::of(apart), expected.map(|made| made(apart)), "{name}");
        }
    }
}
