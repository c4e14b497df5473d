//! A zone by its distance from UTC: `UTC+09:00`.

use core::fmt;

use crate::time::Span;

/// `UTC+09:00` for a local time nine hours ahead of UTC (ISO 8601, the same in every language).
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::words::utc_offset;
/// assert_eq!(utc_offset(Span::from_secs(-12_600)).to_string(), "UTC-03:30");
/// assert_eq!(utc_offset(Span::ZERO).to_string(), "UTC");
/// ```
#[must_use]
pub fn utc_offset(local_minus_utc: Span) -> impl fmt::Display {
    UtcOffset(local_minus_utc)
}

struct UtcOffset(Span);

impl fmt::Display for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UTC")?;
        let secs = self.0.as_micros().unsigned_abs().wrapping_div(1_000_000);
        if secs == 0 {
            return Ok(());
        }
        let sign = if self.0 < Span::ZERO { '-' } else { '+' };
        let (hours, minutes) = (secs.wrapping_div(3_600), secs.wrapping_div(60).wrapping_rem(60));
        write!(f, "{sign}{hours:02}:{minutes:02}")?;
        match secs.wrapping_rem(60) {
            0 => Ok(()),
            seconds => write!(f, ":{seconds:02}"), // local mean time, before zones
        }
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn offsets_are_written_as_clocks_are() {
        const ROWS: &[(i64, &str)] = &[
            (0, "UTC"),
            (3_600, "UTC+01:00"),
            (20_700, "UTC+05:45"),
            (-12_600, "UTC-03:30"),
            (-1_172, "UTC-00:19:32"),
        ];
        for &(secs, said) in ROWS {
            assert_eq!(utc_offset(Span::from_secs(secs)).to_string(), said);
        }
    }
}
