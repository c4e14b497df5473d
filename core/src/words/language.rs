//! The languages of the sentences.

use core::fmt;

/// A language in which sentences are available.
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

    /// Returns the code used on the command line (ISO 639-1).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Korean => "ko",
        }
    }

    /// Returns the language of a code, ignoring case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// Returns the language of a POSIX locale name, `language[_TERRITORY][.codeset][@modifier]`
    /// (XBD §8.2). `C` and `POSIX` are English. Returns `None` for other languages.
    #[must_use]
    pub fn from_locale(name: &str) -> Option<Self> {
        // Some systems write `de-DE`, as in RFC 5646.
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
    fn from_code_reverses_code() {
        for &language in Language::ALL {
            assert_eq!(Language::from_code(language.code()), Some(language), "{language}");
        }
        assert_eq!(Language::from_code("kr"), None);
    }
}
