//! Which language the answer is written in.

use std::env;

use clap::ValueEnum;

/// The languages that `--lang` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// German
    De,
    /// Korean
    Ko,
}

impl Lang {
    /// The language of the locale: the first variable that is set and not empty decides, in the
    /// order of POSIX (XBD §8.2). Any other language is answered in English.
    pub(crate) fn of_environment() -> Self {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
            .map_or(Self::En, |locale| Self::of_locale(&locale))
    }

    fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "de" => Self::De,
            "ko" => Self::Ko,
            _ => Self::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_language_of_a_locale() {
        const ROWS: &[(&str, Lang)] = &[
            ("ko_KR.UTF-8", Lang::Ko),
            ("de", Lang::De),
            ("de-AT", Lang::De),
            ("de@euro", Lang::De),
            ("C", Lang::En),
            ("POSIX", Lang::En),
            ("dev_XX", Lang::En),
            ("", Lang::En),
        ];
        for &(locale, expected) in ROWS {
            assert_eq!(Lang::of_locale(locale), expected, "{locale:?}");
        }
    }
}
