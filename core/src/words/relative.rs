//! An instant as seen from another: `in 4 min`, `3 days ago`.

use core::fmt;

use super::language::Language;
use super::language::Phrase;
use super::number::grouped;
use super::said::Said;
use crate::time::Span;

/// Where an instant lies that is `span` after now (before now when negative), in its greatest
/// unit and rounded towards now: `in 4 min`, `3 days ago`.
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
            return f.write_str(NOW.said_in(language));
        }
        let unit = Unit::of(secs);
        let amount = secs.wrapping_div(unit.secs());
        let name = unit.name(amount, language);
        let number = grouped(amount, language);
        match (language, span > Span::ZERO) {
            (Language::English, true) => write!(f, "in {number} {name}"),
            (Language::English, false) => write!(f, "{number} {name} ago"),
            (Language::German, true) => write!(f, "in {number} {name}"),
            (Language::German, false) => write!(f, "vor {number} {name}"),
            (Language::Korean, true) => write!(f, "{number}{name} 후"),
            (Language::Korean, false) => write!(f, "{number}{name} 전"),
        }
    })
}

const NOW: Phrase = Phrase { en: "now", de: "jetzt", ko: "지금" };

#[derive(Debug, Clone, Copy)]
enum Unit {
    Year,
    Day,
    Hour,
    Minute,
    Second,
}

impl Unit {
    // Two years and more are counted in years: "800 days ago" says less.
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

    // German: dative after "in" and "vor". Years begin at two, so they have no singular.
    const fn name(self, amount: u64, language: Language) -> &'static str {
        let one = amount == 1;
        match self {
            Self::Second => Phrase { en: "s", de: "s", ko: "초" },
            Self::Minute => Phrase { en: "min", de: "min", ko: "분" },
            Self::Hour => Phrase { en: "h", de: "h", ko: "시간" },
            Self::Day if one => Phrase { en: "day", de: "Tag", ko: "일" },
            Self::Day => Phrase { en: "days", de: "Tagen", ko: "일" },
            Self::Year => Phrase { en: "years", de: "Jahren", ko: "년" },
        }
        .said_in(language)
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn counts_in_the_greatest_unit() {
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
}
