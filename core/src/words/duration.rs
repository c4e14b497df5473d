//! Lengths of time: `2 d 9 h 49 min 14 s`.

use core::fmt;

use super::language::Language;
use crate::time::Span;
use crate::time::{Length, Seconds};

/// `span` in days, hours, minutes and seconds, zero parts left out: `2 d 9 h 49 min 14 s`.
///
/// Below one minute with its fraction (`1.25 s`, `250 ms`, `12 µs`), from there on in whole
/// seconds, rounded towards zero. Negative lengths carry a minus sign.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::words::{Language, duration};
/// let span = Span::from_secs(208_154);
/// assert_eq!(duration(span, Language::English).to_string(), "2 d 9 h 49 min 14 s");
/// assert_eq!(duration(span, Language::Korean).to_string(), "2일 9시간 49분 14초");
/// ```
#[must_use]
pub fn duration(span: Span, language: Language) -> impl fmt::Display {
    Length(span, language.notation())
}

/// `span` with no more digits than a reader can use, rounded towards zero: below a second in whole
/// milliseconds, below a minute in tenths of a second. Below a millisecond nothing is left out, so
/// that what is not zero is never called zero.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::words::{Language, rounded};
/// assert_eq!(rounded(Span::from_micros(12_345_678), Language::English).to_string(), "12.3 s");
/// ```
#[must_use]
pub fn rounded(span: Span, language: Language) -> impl fmt::Display {
    let micros = span.as_micros();
    let excess = micros.wrapping_rem(readable(micros));
    duration(whole(span, micros.saturating_sub(excess)), language)
}

/// The same for a limit that is not to be understated: rounded away from zero.
pub(super) fn rounded_up(span: Span, language: Language) -> impl fmt::Display {
    let micros = span.as_micros();
    let step = readable(micros);
    let lack = match micros.wrapping_rem(step) {
        0 => 0,
        excess if excess < 0 => step.saturating_neg().saturating_sub(excess),
        excess => step.saturating_sub(excess),
    };
    duration(whole(span, micros.saturating_add(lack)), language)
}

// The ends of the range stand for "unlimited".
const fn whole(span: Span, micros: i64) -> Span {
    match span {
        Span::MIN | Span::MAX => span,
        _ => Span::from_micros(micros),
    }
}

const fn readable(micros: i64) -> i64 {
    match micros.unsigned_abs() {
        0..1_000 => 1,
        1_000..1_000_000 => 1_000,
        1_000_000..60_000_000 => 100_000,
        _ => 1_000_000,
    }
}

/// `span` in seconds alone, with its fraction: `208,154 s`. The sign is left to the words around.
pub(super) fn seconds(span: Span, language: Language) -> impl fmt::Display {
    Seconds(span, language.notation())
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn leaves_zero_parts_out() {
        const ROWS: &[(i64, &str, &str, &str)] = &[
            (0, "0 s", "0 s", "0초"),
            (12, "12 µs", "12 µs", "12µs"),
            (1_500, "1.5 ms", "1,5 ms", "1.5ms"),
            (250_000, "250 ms", "250 ms", "250ms"),
            (1_250_000, "1.25 s", "1,25 s", "1.25초"),
            (59_999_999, "59.999999 s", "59,999999 s", "59.999999초"),
            (60_900_000, "1 min", "1 min", "1분"),
            (86_400_000_000, "1 d", "1 d", "1일"),
            (208_154_000_000, "2 d 9 h 49 min 14 s", "2 d 9 h 49 min 14 s", "2일 9시간 49분 14초"),
            (-300_000_000, "-5 min", "-5 min", "-5분"),
            (
                1_488_515_345_000_000,
                "17,228 d 4 h 29 min 5 s",
                "17.228 d 4 h 29 min 5 s",
                "17,228일 4시간 29분 5초",
            ),
            (i64::MAX, "unlimited", "unbegrenzt", "무제한"),
            (i64::MIN, "unlimited", "unbegrenzt", "무제한"),
        ];
        for &(micros, english, german, korean) in ROWS {
            let said = |language| duration(Span::from_micros(micros), language).to_string();
            assert_eq!(said(Language::English), english, "{micros} µs");
            assert_eq!(said(Language::German), german, "{micros} µs");
            assert_eq!(said(Language::Korean), korean, "{micros} µs");
        }
    }
    #[test]
    fn rounds_to_what_can_be_read() {
        const ROWS: &[(i64, &str, &str)] = &[
            (0, "0 s", "0 s"),
            (7, "7 µs", "7 µs"),
            (1_999, "1 ms", "2 ms"),
            (999_001, "999 ms", "1 s"),
            (12_345_678, "12.3 s", "12.4 s"),
            (59_999_999, "59.9 s", "1 min"),
            (61_000_001, "1 min 1 s", "1 min 2 s"),
            (-12_345_678, "-12.3 s", "-12.4 s"),
            (90_000_000, "1 min 30 s", "1 min 30 s"),
            (i64::MAX, "unlimited", "unlimited"),
            (i64::MIN, "unlimited", "unlimited"),
        ];
        for &(micros, down, up) in ROWS {
            let span = Span::from_micros(micros);
            assert_eq!(rounded(span, Language::English).to_string(), down, "{micros} µs");
            assert_eq!(rounded_up(span, Language::English).to_string(), up, "{micros} µs");
        }
    }
}
