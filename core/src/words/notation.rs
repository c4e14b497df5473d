//! The notation of numbers and lengths of time in each language.

use super::language::Language;
use super::sentence::word;
use crate::time::{Grouped, Millionths, Notation};

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
