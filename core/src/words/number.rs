//! Numbers as each language writes them: separators of thousands and decimals.

use super::language::Language;
use crate::time::{Grouped, Millionths, Notation};

static GERMAN: Notation = Notation {
    thousands: '.',
    decimal: ',',
    units: [" d", " h", " min", " s", " ms", " µs"],
    unlimited: "unbegrenzt",
};

// Korean units follow their number without a blank, Latin symbols do not.
static KOREAN: Notation = Notation {
    thousands: ',',
    decimal: '.',
    units: ["일", "시간", "분", "초", "ms", "µs"],
    unlimited: "무제한",
};

static ENGLISH: Notation = Notation::ENGLISH;

impl Language {
    pub(super) fn notation(self) -> &'static Notation {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
            Self::Korean => &KOREAN,
        }
    }
}

/// A whole number in groups of three digits: `208,154`, in German `208.154`.
pub(super) fn grouped(number: u64, language: Language) -> Grouped {
    Grouped(number, language.notation())
}

/// A number in millionths, without trailing zeros: `1.25`, in German `1,25`.
pub(super) fn millionths(number: u64, language: Language) -> Millionths {
    Millionths(number, language.notation())
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn groups_three_digits() {
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
    fn fractions_end_at_their_last_digit() {
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
