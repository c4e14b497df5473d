//! What it means that a hardware clock reads otherwise than the clock of the system.
//!
//! Kernels set the system's clock from the hardware clock at start and write it back every eleven
//! minutes while a daemon synchronizes it (hwclock(8)), so the two agree to a few seconds.

use crate::time::Offset;
use crate::time::Span;
use crate::time::looks_like_zone;

/// How a hardware clock parts from the clock of the system.
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
    /// By so much, hardware clock minus system's clock.
    Apart(Span),
    /// By so much, which looks like a time zone: one of the two holds local time.
    Zone(Span),
}

impl RtcFault {
    /// What `apart`, hardware clock minus system's clock, gives away; `None` up to a minute.
    #[must_use]
    pub fn of(apart: Span) -> Option<Self> {
        // A cheap crystal loses some seconds a week while nobody corrects it.
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
    fn hardware_clocks_part_by_a_minute_or_a_zone() {
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
