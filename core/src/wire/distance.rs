//! A server's own report of its distance from UTC, in the formats of its packet.

use crate::time::Span;

/// NTP short format (RFC 5905 §6): 16 bits of seconds, 16 bits of fraction.
///
/// Unsigned, as in version 4. A negative root delay, which version 3 allowed (RFC 1305 §3.2.1),
/// therefore reads as 18 hours and is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Short(pub(super) u32);

impl Short {
    /// Converts to microseconds, rounded up.
    pub(super) fn span(self) -> Span {
        self.scaled_down(16)
    }

    /// Converts half of the value to microseconds, rounded up once.
    pub(super) fn half(self) -> Span {
        self.scaled_down(17)
    }

    fn scaled_down(self, bits: u32) -> Span {
        let micros = i64::from(self.0).saturating_mul(1_000_000);
        Span::from_micros(-((-micros) >> bits))
    }
}

/// The resolution of the server's clock, as a power of two in seconds (RFC 5905 §7.3, "Precision").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Precision(pub(super) i8);

impl Precision {
    // 2⁻²⁰ s is the first power below a microsecond; 2³⁰ s is 34 years, more than any policy
    // allows.
    const BITS: core::ops::RangeInclusive<i8> = -20..=30;

    /// Converts to microseconds, rounded up: the finest clock counts as one microsecond.
    pub(super) fn span(self) -> Span {
        let exponent = self.0.clamp(*Self::BITS.start(), *Self::BITS.end());
        let shift = u32::from(exponent.unsigned_abs());
        if exponent < 0 {
            Span::from_micros(-(-1_000_000 >> shift))
        } else {
            Span::from_secs(1 << shift)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_format_rounds_up() {
        const ROWS: &[(u32, i64, i64)] = &[
            (0, 0, 0),
            (1, 16, 8), // 15.3 µs and 7.6 µs
            (2, 31, 16),
            (0x0000_8000, 500_000, 250_000),
            (0x0001_0000, 1_000_000, 500_000),
            (u32::MAX, 65_535_999_985, 32_767_999_993),
        ];
        for &(raw, whole, half) in ROWS {
            assert_eq!(Short(raw).span(), Span::from_micros(whole), "{raw:#010x}");
            assert_eq!(Short(raw).half(), Span::from_micros(half), "half of {raw:#010x}");
        }
    }

    #[test]
    fn precision_is_a_power_of_two() {
        const ROWS: &[(i8, i64)] = &[
            (-128, 1),
            (-29, 1),
            (-20, 1), // 0.95 µs
            (-19, 2), // 1.9 µs
            (-18, 4), // 3.8 µs, the RFC's example
            (-6, 15_625),
            (-1, 500_000),
            (0, 1_000_000),
            (3, 8_000_000),
            (30, 1_073_741_824_000_000),
            (127, 1_073_741_824_000_000),
        ];
        for &(exponent, micros) in ROWS {
            assert_eq!(Precision(exponent).span(), Span::from_micros(micros), "2^{exponent}");
        }
    }
}
