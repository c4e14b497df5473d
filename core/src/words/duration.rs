//! Lengths of time (`2 d 9 h 49 min 14 s`), instants as seen from now (`in 4 min`), and the notation of
//! numbers in each language.

use core::fmt;

use super::language::Language;
use super::sentence::{Said, sentence, word};
use crate::time::{Grouped, Length, Millionths, Notation, Seconds, Span};

/// Formats `span` in days, hours, minutes and seconds without zero parts: `2 d 9 h 49 min 14 s`.
///
/// Lengths below one minute have a fraction (`1.25 s`, `250 ms`, `12 µs`). Longer ones are in whole
/// seconds, rounded towards zero. Negative lengths have a minus sign.
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

/// Formats `span` with no more digits than a reader needs, rounded towards zero: whole milliseconds
/// below a second, tenths of a second below a minute, and years and days from two years on. Lengths below
/// a millisecond are exact, so that only zero is shown as zero.
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
    with_years(whole(span, micros.saturating_sub(excess)), language)
}

/// Formats a limit that must not be understated, rounded away from zero.
pub(super) fn rounded_up(span: Span, language: Language) -> impl fmt::Display {
    let micros = span.as_micros();
    let step = readable(micros);
    let lack = match micros.wrapping_rem(step) {
        // The days after whole years are cut off, which must not lower the limit.
        _ if is_long(micros) => DAY.saturating_sub(1).saturating_mul(micros.signum()),
        0 => 0,
        excess if excess < 0 => step.saturating_neg().saturating_sub(excess),
        excess => step.saturating_sub(excess),
    };
    with_years(whole(span, micros.saturating_add(lack)), language)
}

/// A day in microseconds.
const DAY: i64 = 86_400_000_000;

/// Returns true from two years on.
const fn is_long(micros: i64) -> bool {
    matches!(Unit::of(micros.unsigned_abs().wrapping_div(1_000_000)), Unit::Year)
}

/// Formats `span` in years and whole days if it has two years or more.
fn with_years(span: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let micros = span.as_micros();
        if !is_long(micros) || matches!(span, Span::MIN | Span::MAX) {
            return write!(f, "{}", duration(span, language));
        }
        let sign = if micros < 0 { "-" } else { "" };
        let secs = micros.unsigned_abs().wrapping_div(1_000_000);
        let years = grouped(secs.wrapping_div(Unit::Year.secs()), language);
        let days = secs.wrapping_rem(Unit::Year.secs()).wrapping_div(Unit::Day.secs());
        sentence!(f, language, en: "{sign}{years} y", de: "{sign}{years} J.", ko: "{sign}{years}년")?;
        match days {
            0 => Ok(()),
            _ => sentence!(f, language, en: " {days} d", de: " {days} d", ko: " {days}일"),
        }
    })
}

// The ends of the range mean "unlimited".
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

/// Formats `span` in seconds alone, with its fraction: `208,154 s`. The surrounding words state the
/// sign.
pub(super) fn seconds(span: Span, language: Language) -> impl fmt::Display {
    Seconds(span, language.notation())
}

/// Formats `208,154 s (2 d 9 h 49 min 14 s)`, or the seconds alone if `span` is below a minute.
pub(super) fn amount(span: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let secs = seconds(span, language);
        if span.abs() < MINUTE {
            return write!(f, "{secs}");
        }
        let parts = duration(nearest_second(span.abs()), language);
        sentence!(f, language, en: "{secs} ({parts})", de: "{secs} ({parts})", ko: "{secs}({parts})")
    })
}

/// Formats the amount with its uncertainty: `208,154 s (2 d 9 h 49 min 14 s) ±1 s`. Korean uses one
/// pair of brackets for both.
pub(super) fn amount_within(middle: Span, radius: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let middle_alone = amount(middle, language);
        if radius == Span::ZERO {
            return write!(f, "{middle_alone}");
        }
        let (secs, margin) = (seconds(middle, language), duration(radius, language));
        let parts = Said(move |f: &mut fmt::Formatter<'_>| match middle < MINUTE {
            true => Ok(()),
            false => write!(f, "{}, ", duration(nearest_second(middle), language)),
        });
        sentence!(f, language,
            en: "{middle_alone} ±{margin}",
            de: "{middle_alone} ±{margin}",
            ko: "{secs}({parts}오차 ±{margin})",
        )
    })
}

const MINUTE: Span = Span::from_secs(60);

// The parts follow the exact seconds, so they may be rounded: 3,599.999 s becomes an hour.
fn nearest_second(span: Span) -> Span {
    match span {
        Span::MAX => Span::MAX,
        _ => {
            let half_up = span.as_micros().saturating_add(500_000);
            Span::from_secs(half_up.div_euclid(1_000_000))
        }
    }
}

/// Formats an instant that is `span` after now (before now if negative), in its largest unit and
/// rounded towards now: `in 4 min`, `3 days ago`.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::words::{Language, relative};
/// assert_eq!(relative(Span::from_secs(250), Language::English).to_string(), "in 4 min");
/// assert_eq!(relative(Span::from_secs(-260_000), Language::German).to_string(), "vor 3 Tagen");
/// ```
#[must_use]
pub fn relative(span: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let secs = span.as_micros().unsigned_abs().wrapping_div(1_000_000);
        if secs == 0 {
            return sentence!(f, language, en: "now", de: "jetzt", ko: "지금");
        }
        let unit = Unit::of(secs);
        let amount = secs.wrapping_div(unit.secs());
        let (number, name) = (grouped(amount, language), unit.name(amount, language));
        if span > Span::ZERO {
            sentence!(f, language, en: "in {number} {name}", de: "in {number} {name}", ko: "{number}{name} 후")
        } else {
            sentence!(f, language, en: "{number} {name} ago", de: "vor {number} {name}", ko: "{number}{name} 전")
        }
    })
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    Year,
    Day,
    Hour,
    Minute,
    Second,
}

impl Unit {
    // From two years on, years are counted: "800 days ago" is less clear.
    const fn of(secs: u64) -> Self {
        match secs {
            0..60 => Self::Second,
            60..3_600 => Self::Minute,
            3_600..86_400 => Self::Hour,
            86_400..63_113_904 => Self::Day,
            _ => Self::Year,
        }
    }

    const fn secs(self) -> u64 {
        match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => 86_400,
            Self::Year => 31_556_952, // 365.2425 days, the mean Gregorian year
        }
    }

    // German uses the dative after "in" and "vor". Years begin at two, so they have no singular.
    const fn name(self, amount: u64, language: Language) -> &'static str {
        match self {
            Self::Second => word!(language, en: "s", de: "s", ko: "초"),
            Self::Minute => word!(language, en: "min", de: "min", ko: "분"),
            Self::Hour => word!(language, en: "h", de: "h", ko: "시간"),
            Self::Day if amount == 1 => word!(language, en: "day", de: "Tag", ko: "일"),
            Self::Day => word!(language, en: "days", de: "Tagen", ko: "일"),
            Self::Year => word!(language, en: "years", de: "Jahren", ko: "년"),
        }
    }
}

/// Returns how `language` writes numbers and lengths of time.
const fn notation(language: Language) -> Notation {
    Notation {
        thousands: word!(language, en: ',', de: '.', ko: ','),
        decimal: word!(language, en: '.', de: ',', ko: '.'),
        // Korean units follow their number without a blank; Latin symbols do not.
        units: [
            word!(language, en: " d", de: " d", ko: "일"),
            word!(language, en: " h", de: " h", ko: "시간"),
            word!(language, en: " min", de: " min", ko: "분"),
            word!(language, en: " s", de: " s", ko: "초"),
            word!(language, en: " ms", de: " ms", ko: "ms"),
            word!(language, en: " µs", de: " µs", ko: "µs"),
        ],
        unlimited: word!(language, en: "unlimited", de: "unbegrenzt", ko: "무제한"),
    }
}

static ENGLISH: Notation = notation(Language::English);
static GERMAN: Notation = notation(Language::German);
static KOREAN: Notation = notation(Language::Korean);

impl Language {
    pub(super) fn notation(self) -> &'static Notation {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
            Self::Korean => &KOREAN,
        }
    }
}

/// Formats a whole number in groups of three digits: `208,154`, in German `208.154`.
pub(super) fn grouped(number: u64, language: Language) -> Grouped {
    Grouped(number, language.notation())
}

/// Formats a number of millionths without trailing zeros: `1.25`, in German `1,25`.
pub(super) fn millionths(number: u64, language: Language) -> Millionths {
    Millionths(number, language.notation())
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::ToString;

    use super::*;

    #[test]
    fn duration_omits_zero_parts() {
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
    fn rounded_has_readable_digits() {
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
            (63_113_903_000_000, "730 d 11 h 38 min 23 s", "730 d 11 h 38 min 23 s"),
            (63_113_904_000_000, "2 y", "2 y"),
            (63_113_904_000_001, "2 y", "2 y 1 d"),
            (-431_999_999_000_000, "-13 y 251 d", "-13 y 252 d"),
            (i64::MAX, "unlimited", "unlimited"),
            (i64::MIN, "unlimited", "unlimited"),
        ];
        for &(micros, down, up) in ROWS {
            let span = Span::from_micros(micros);
            assert_eq!(rounded(span, Language::English).to_string(), down, "{micros} µs");
            assert_eq!(rounded_up(span, Language::English).to_string(), up, "{micros} µs");
        }
    }

    #[test]
    fn amount_rounds_parts_but_not_seconds() {
        const ROWS: &[(i64, &str)] = &[
            (59_999_999, "59.999999 s"),
            (60_000_000, "60 s (1 min)"),
            (3_599_499_999, "3,599.499999 s (59 min 59 s)"),
            (3_599_500_000, "3,599.5 s (1 h)"),
            (-172_799_999_000, "172,799.999 s (2 d)"),
        ];
        for &(micros, words) in ROWS {
            let span = Span::from_micros(micros);
            assert_eq!(amount(span, Language::English).to_string(), words, "{micros} µs");
        }
        assert_eq!(nearest_second(Span::MAX), Span::MAX);
    }

    #[test]
    fn relative_uses_largest_unit() {
        const DAY: i64 = 86_400;
        const ROWS: &[(i64, &str, &str, &str)] = &[
            (0, "now", "jetzt", "지금"),
            (1, "in 1 s", "in 1 s", "1초 후"),
            (-59, "59 s ago", "vor 59 s", "59초 전"),
            (250, "in 4 min", "in 4 min", "4분 후"),
            (-7_199, "1 h ago", "vor 1 h", "1시간 전"),
            (DAY, "in 1 day", "in 1 Tag", "1일 후"),
            (-DAY, "1 day ago", "vor 1 Tag", "1일 전"),
            (-3 * DAY, "3 days ago", "vor 3 Tagen", "3일 전"),
            (400 * DAY, "in 400 days", "in 400 Tagen", "400일 후"),
            (-731 * DAY, "2 years ago", "vor 2 Jahren", "2년 전"),
            (-20_000 * DAY, "54 years ago", "vor 54 Jahren", "54년 전"),
            (2_000_000 * DAY, "in 5,475 years", "in 5.475 Jahren", "5,475년 후"),
        ];
        for &(secs, english, german, korean) in ROWS {
            let said = |language| relative(Span::from_secs(secs), language).to_string();
            assert_eq!(said(Language::English), english, "{secs} s");
            assert_eq!(said(Language::German), german, "{secs} s");
            assert_eq!(said(Language::Korean), korean, "{secs} s");
        }
    }

    #[test]
    fn english_is_the_notation_of_display() {
        let [said, shown] = [&ENGLISH, &Notation::ENGLISH].map(|notation| format!("{notation:?}"));
        assert_eq!(said, shown);
    }

    #[test]
    fn grouped_separates_three_digits() {
        const ROWS: &[(u64, &str, &str)] = &[
            (0, "0", "0"),
            (7, "7", "7"),
            (999, "999", "999"),
            (1_000, "1,000", "1.000"),
            (208_154, "208,154", "208.154"),
            (1_000_005, "1,000,005", "1.000.005"),
            (u64::MAX, "18,446,744,073,709,551,615", "18.446.744.073.709.551.615"),
        ];
        for &(number, english, german) in ROWS {
            assert_eq!(grouped(number, Language::English).to_string(), english, "{number}");
            assert_eq!(grouped(number, Language::Korean).to_string(), english, "{number}");
            assert_eq!(grouped(number, Language::German).to_string(), german, "{number}");
        }
    }

    #[test]
    fn millionths_omit_trailing_zeros() {
        const ROWS: &[(u64, &str, &str)] = &[
            (0, "0", "0"),
            (1, "0.000001", "0,000001"),
            (1_250_000, "1.25", "1,25"),
            (1_000_000, "1", "1"),
            (1_050_000, "1.05", "1,05"),
            (12_345_678_000_010, "12,345,678.00001", "12.345.678,00001"),
        ];
        for &(number, english, german) in ROWS {
            assert_eq!(millionths(number, Language::English).to_string(), english, "{number}");
            assert_eq!(millionths(number, Language::German).to_string(), german, "{number}");
        }
    }
}
