//! Lengths of time: `2 d 9 h 49 min 14 s`.

use core::fmt;

use super::Language;
use super::language::Phrase;
use super::number::{Grouped, Millionths, sign};
use super::said::Said;
use crate::time::Span;

/// `span` in days, hours, minutes and seconds, zero parts left out: `2 d 9 h 49 min 14 s`.
///
/// Below one minute with its fraction (`1.25 s`, `250 ms`, `12 µs`), from there on in whole
/// seconds, rounded towards zero. Negative lengths carry a minus sign.
///
/// # Example
/// ```
/// use jwtick_core::{Span, render::{duration, Language}};
/// let span = Span::from_secs(208_154);
/// assert_eq!(duration(span, Language::English).to_string(), "2 d 9 h 49 min 14 s");
/// assert_eq!(duration(span, Language::Korean).to_string(), "2일 9시간 49분 14초");
/// ```
#[must_use]
pub fn duration(span: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let micros = span.as_micros().unsigned_abs();
        if span == Span::MAX || span == Span::MIN {
            return f.write_str(UNLIMITED.said_in(language));
        }
        sign(span.as_micros(), f)?;
        match micros {
            0 => Unit::Second.amount(0, language, f),
            1..1_000 => Unit::Microsecond.fraction(micros.saturating_mul(1_000_000), language, f),
            1_000..1_000_000 => {
                Unit::Millisecond.fraction(micros.saturating_mul(1_000), language, f)
            }
            1_000_000..60_000_000 => Unit::Second.fraction(micros, language, f),
            _ => parts(micros.wrapping_div(1_000_000), language, f),
        }
    })
}

/// `span` with no more digits than a reader can use, rounded towards zero: below a second in whole
/// milliseconds, below a minute in tenths of a second. Below a millisecond nothing is left out, so
/// that what is not zero is never called zero.
///
/// # Example
/// ```
/// use jwtick_core::{Span, render::{rounded, Language}};
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

const UNLIMITED: Phrase = Phrase { en: "unlimited", de: "unbegrenzt", ko: "무제한" };

/// `span` in seconds alone, with its fraction: `208,154 s`. The sign is left to the words around.
pub(super) fn seconds(span: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        Unit::Second.fraction(span.as_micros().unsigned_abs(), language, f)
    })
}

fn parts(secs: u64, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut rest = secs;
    let mut gap = "";
    for unit in [Unit::Day, Unit::Hour, Unit::Minute, Unit::Second] {
        let amount = rest.wrapping_div(unit.secs());
        rest = rest.wrapping_rem(unit.secs());
        if amount > 0 {
            f.write_str(gap)?;
            unit.amount(amount, language, f)?;
            gap = " ";
        }
    }
    Ok(())
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
}

impl Unit {
    const fn secs(self) -> u64 {
        match self {
            Self::Day => 86_400,
            Self::Hour => 3_600,
            Self::Minute => 60,
            Self::Second | Self::Millisecond | Self::Microsecond => 1,
        }
    }

    // Symbols of the SI and of ISO 80000-3 keep one form in singular and plural. Korean units
    // follow their number without a blank, Latin symbols do not.
    const fn symbol(self) -> Phrase {
        match self {
            Self::Day => Phrase { en: " d", de: " d", ko: "일" },
            Self::Hour => Phrase { en: " h", de: " h", ko: "시간" },
            Self::Minute => Phrase { en: " min", de: " min", ko: "분" },
            Self::Second => Phrase { en: " s", de: " s", ko: "초" },
            Self::Millisecond => Phrase { en: " ms", de: " ms", ko: "ms" },
            Self::Microsecond => Phrase { en: " µs", de: " µs", ko: "µs" },
        }
    }

    fn amount(self, amount: u64, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Grouped(amount, language), self.symbol().said_in(language))
    }

    fn fraction(self, amount: u64, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Millionths(amount, language), self.symbol().said_in(language))
    }
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
