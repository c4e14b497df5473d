//! Which language to speak, and one sentence in all of them.

use core::fmt;

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

/// One sentence in every language; a missing one does not compile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    pub(super) en: &'static str,
    pub(super) de: &'static str,
    pub(super) ko: &'static str,
}

impl Phrase {
    pub(super) const fn said_in(self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::German => self.de,
            Language::Korean => self.ko,
        }
    }
}

/// A word beside a number. Korean has one form; English and German have two.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noun {
    pub(super) one: Phrase,
    pub(super) many: Phrase,
}

impl Noun {
    pub(super) const fn counting(self, amount: u64) -> Phrase {
        if amount == 1 { self.one } else { self.many }
    }
}

#[cfg(test)]
mod tests {
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
}
