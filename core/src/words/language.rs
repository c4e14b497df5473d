//! The languages, and numbers as each of them writes them.

use core::fmt;

use crate::time::{Grouped, Millionths, Notation};

/// A language of the sentences.
///
/// # Example
/// ```
/// use jwtick_core::words::Language;
/// assert_eq!(Language::from_locale("ko_KR.UTF-8"), Some(Language::Korean));
/// assert_eq!(Language::from_locale("C.UTF-8"), Some(Language::English));
/// assert_eq!(Language::from_locale("fr_FR"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English, with international units.
    #[default]
    English,
    /// German, formal address.
    German,
    /// Korean, formal polite style.
    Korean,
}

impl Language {
    /// Every language.
    pub const ALL: &'static [Self] = &[Self::English, Self::German, Self::Korean];

    /// The code as the command line takes it (ISO 639-1).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Korean => "ko",
        }
    }

    /// The language of a code, in any case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// The language of a POSIX locale name, `language[_TERRITORY][.codeset][@modifier]`
    /// (XBD §8.2); `C` and `POSIX` are English. `None` for a language that is not spoken here.
    #[must_use]
    pub fn from_locale(name: &str) -> Option<Self> {
        // Some systems write `de-DE` as in RFC 5646.
        match name.split(['_', '-', '.', '@']).next()? {
            "C" | "POSIX" => Some(Self::English),
            code => Self::from_code(code),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

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
    fn reads_locale_names() {
        use Language::{English, German, Korean};
        const ROWS: &[(&str, Option<Language>)] = &[
            ("ko_KR.UTF-8", Some(Korean)),
            ("ko", Some(Korean)),
            ("KO_kr", Some(Korean)),
            ("de_AT@euro", Some(German)),
            ("de-CH", Some(German)),
            ("en_GB.ISO-8859-1", Some(English)),
            ("C", Some(English)),
            ("C.UTF-8", Some(English)),
            ("POSIX", Some(English)),
            ("fr_FR.UTF-8", None),
            ("deu", None),
            ("", None),
        ];
        for &(name, language) in ROWS {
            assert_eq!(Language::from_locale(name), language, "{name:?}");
        }
    }

    #[test]
    fn codes_read_back() {
        for &language in Language::ALL {
            assert_eq!(Language::from_code(language.code()), Some(language), "{language}");
        }
        assert_eq!(Language::from_code("kr"), None);
    }

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
