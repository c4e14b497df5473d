//! The language of the answer, and texts in all languages.

use std::env;

use jwtick_core::words::Language;

/// The language of the locale, from the first variable that is set and not empty, in the order of
/// POSIX (XBD §8.2). English if that language is not supported.
pub(crate) fn of_environment() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
        .and_then(|locale| Language::from_locale(&locale))
        .unwrap_or_default()
}

/// A word or sentence in every language; a missing one does not compile.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    pub(crate) en: &'static str,
    pub(crate) de: &'static str,
    pub(crate) ko: &'static str,
}

impl Words {
    pub(crate) const fn said_in(self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::German => self.de,
            Language::Korean => self.ko,
        }
    }
}
