//! Which language the answer is written in.

use std::env;

use clap::ValueEnum;
use jwtick_core::render::Language;

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

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::English,
            Lang::De => Self::German,
            Lang::Ko => Self::Korean,
        }
    }
}

/// The language of the locale: the first variable that is set and not empty decides, in the order
/// of POSIX (XBD §8.2). Whoever speaks another language is answered in English.
pub(crate) fn of_environment() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
        .and_then(|locale| Language::from_locale(&locale))
        .unwrap_or_default()
}
