//! NTP timestamps (RFC 5905 §6): 32 bits of seconds, 32 bits of fraction, and no era.

use crate::time::UnixTime;

// RFC 5905 §6, figure 4: 1970-01-01 lies 2,208,988,800 s after the first epoch, 1900-01-01.
const SECS_TO_1970: i64 = 2_208_988_800;
// The seconds wrap after 2³², for the first time on 2036-02-07.
const ERA: i64 = 1 << 32;

/// A timestamp as written in a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) seconds: u32,
    pub(super) fraction: u32,
}

/// The whole microseconds just before and just after a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Instants {
    pub(super) floor: UnixTime,
    pub(super) ceil: UnixTime,
}

impl Stamp {
    /// "Zero is unknown or unsynchronized" (RFC 5905 §6).
    pub(super) fn is_zero(self) -> bool {
        self.seconds == 0 && self.fraction == 0
    }

    /// Returns whether the stamp is before `other`, with both from the same exchange. The
    /// difference is signed and wraps, so it is correct across the end of an era (RFC 5905 §6).
    /// The whole seconds alone choose the era, as in [`near`](Self::near), which would otherwise
    /// place some later stamps half an era back.
    pub(super) fn is_before(self, other: Self) -> bool {
        let ahead = self.seconds.wrapping_sub(other.seconds).cast_signed();
        (ahead, self.fraction) < (0, other.fraction)
    }

    /// The instant nearest to `pivot` that the stamp can mean: less than 2³¹ s (68 years) away (RFC
    /// 5905 §6). A distance of exactly 2³¹ s counts as the past.
    pub(super) fn near(self, pivot: UnixTime) -> Instants {
        let pivot = pivot.floor_secs();
        let era = i64::from(self.seconds).saturating_sub(SECS_TO_1970).saturating_sub(pivot);
        let ahead = era.rem_euclid(ERA);
        let from_pivot = if ahead < ERA / 2 { ahead } else { ahead.saturating_sub(ERA) };
        let seconds = pivot.saturating_add(from_pivot);
        let fraction = i64::from(self.fraction).saturating_mul(1_000_000);
        let at = |micros| {
            UnixTime::from_micros(seconds.saturating_mul(1_000_000).saturating_add(micros))
        };
        // The shift rounds towards −∞, so shifting the negated value rounds up.
        Instants { floor: at(fraction >> 32), ceil: at(-((-fraction) >> 32)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2026-01-01T00:00:00Z
    const PIVOT: i64 = 1_767_225_600;

    #[test]
    fn stamp_is_read_in_the_era_nearest_to_the_pivot() {
        const ROWS: &[(&str, u32, i64, i64)] = &[
            ("RFC 5905 figure 4: 1970", 2_208_988_800, PIVOT, 0),
            ("the second before 1970", 2_208_988_799, PIVOT, -1),
            ("RFC 5905 figure 4: 1999-12-31", 3_155_587_200, PIVOT, 946_598_400),
            ("the last second of era 0, 2036", u32::MAX, PIVOT, 2_085_978_495),
            ("the first second of era 1, 2036", 0, PIVOT, 2_085_978_496),
            ("2040", 126_230_400, PIVOT, 2_212_208_896),
            ("the pivot itself", 3_976_214_400, PIVOT, PIVOT),
            ("2³¹ − 1 s after the pivot", 1_828_730_751, PIVOT, PIVOT + (1 << 31) - 1),
            ("2³¹ s are the past", 1_828_730_752, PIVOT, PIVOT - (1 << 31)),
            ("1900 as of 1900", 0, -2_208_988_800, -2_208_988_800),
            ("2100 as of 2100", 2_016_466_304, 4_102_444_800, 4_102_444_800),
        ];
        for &(name, seconds, pivot, expected) in ROWS {
            let at = Stamp { seconds, fraction: 0 }.near(UnixTime::from_secs(pivot));
            assert_eq!(at.floor, UnixTime::from_secs(expected), "{name}");
            assert_eq!(at.ceil, at.floor, "{name}");
        }
    }

    #[test]
    fn fraction_rounds_outwards() {
        const ROWS: &[(&str, u32, i64, i64)] = &[
            ("none", 0, 0, 0),
            ("the smallest, a quarter of a nanosecond", 1, 0, 1),
            ("a half", 1 << 31, 500_000, 500_000),
            ("the largest", u32::MAX, 999_999, 1_000_000),
        ];
        for &(name, fraction, floor, ceil) in ROWS {
            let at = Stamp { seconds: 2_208_988_800, fraction }.near(UnixTime::EPOCH);
            let expected =
                Instants { floor: UnixTime::from_micros(floor), ceil: UnixTime::from_micros(ceil) };
            assert_eq!(at, expected, "{name}");
        }
    }

    #[test]
    fn pivot_beyond_the_range_saturates() {
        let stamp = Stamp { seconds: 1, fraction: u32::MAX };
        for pivot in [UnixTime::MIN, UnixTime::MAX] {
            let at = stamp.near(pivot);
            assert!(at.floor <= at.ceil, "{pivot:?}");
        }
    }
}
