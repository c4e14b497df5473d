//! The language of the answer.

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
