//! The width and the characters of the reader's terminal.

use std::env;

use anstream::adapter::strip_str;
use unicode_width::UnicodeWidthStr;

use crate::output;

/// Columns if standard output is not a terminal.
const DEFAULT_WIDTH: usize = 80;

/// The maximum width of an answer, in columns.
pub(crate) fn width() -> usize {
    output::columns().unwrap_or(DEFAULT_WIDTH)
}

/// The columns that `text` takes: a Hangul syllable takes two, a colour code none.
pub(crate) fn columns(text: &str) -> usize {
    strip_str(text).map(UnicodeWidthStr::width).sum()
}

/// The characters to draw with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyphs {
    /// Lines and blocks.
    Unicode,
    /// Characters that every terminal has.
    Ascii,
}

impl Glyphs {
    /// Unicode if the character set of the locale is UTF-8 (POSIX XBD §8.2); Windows consoles and
    /// macOS have it without saying so.
    pub(crate) fn of_environment() -> Self {
        if cfg!(any(windows, target_os = "macos")) {
            return Self::Unicode;
        }
        ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
            .map_or(Self::Ascii, |locale| Self::of_locale(&locale))
    }

    fn of_locale(locale: &str) -> Self {
        let locale = locale.to_ascii_lowercase();
        if locale.contains("utf-8") || locale.contains("utf8") {
            Self::Unicode
        } else {
            Self::Ascii
        }
    }

    /// Returns the value for this set of characters.
    pub(crate) const fn pick<T: Copy>(self, unicode: T, ascii: T) -> T {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_in_ascii_unless_the_locale_is_utf8() {
        const ROWS: &[(&str, Glyphs)] = &[
            ("ko_KR.UTF-8", Glyphs::Unicode),
            ("C.utf8", Glyphs::Unicode),
            ("de_DE@euro", Glyphs::Ascii),
            ("C", Glyphs::Ascii),
        ];
        for &(locale, glyphs) in ROWS {
            assert_eq!(Glyphs::of_locale(locale), glyphs, "{locale}");
        }
    }
}
