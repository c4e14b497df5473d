//! Text for a terminal: words from anywhere, and colours from this program alone.

use core::fmt::{self, Display, Write};
use core::ops::{Add, AddAssign};
use std::io;

use anstyle::Style;
use zeroize::{Zeroize, Zeroizing};

use super::safe;

/// Text for a terminal.
///
/// Words lose their hidden characters as they are added, whoever wrote them. Colours have methods of
/// their own, so that no word can be taken for one. There is no `Display`: text that is formatted into
/// other text would lose its colours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Text(String);

impl Text {
    pub(crate) const fn new() -> Self {
        Self(String::new())
    }

    /// Words in a style.
    pub(crate) fn styled(style: Style, words: impl Display) -> Self {
        let mut text = Self::new();
        text.start(style);
        let _ = write!(text, "{words}");
        text.end(style);
        text
    }

    /// Starts a style; words that follow have it.
    pub(crate) fn start(&mut self, style: Style) {
        let _ = write!(self.0, "{style}");
    }

    /// Ends a style.
    pub(crate) fn end(&mut self, style: Style) {
        let _ = write!(self.0, "{style:#}");
    }

    pub(crate) fn push(&mut self, character: char) {
        *self += character.encode_utf8(&mut [0; 4]);
    }

    /// Lines of a program's own help, with the colours that are in it.
    ///
    /// Sequences other than those of colours become visible (ECMA-48 §8.3.117, SGR).
    pub(crate) fn of_help(help: &str) -> Self {
        let mut text = Self::new();
        let mut rest = help;
        while let Some((before, after)) = rest.split_once("\u{1B}[") {
            text += before;
            let is_colour = |c: char| c.is_ascii_digit() || c == ';';
            match after.trim_start_matches(is_colour).strip_prefix('m') {
                Some(next) => {
                    let colour = after.strip_suffix(next).unwrap_or_default();
                    text.0.extend(["\u{1B}[", colour]);
                    rest = next;
                }
                None => {
                    text += "\u{1B}[";
                    rest = after;
                }
            }
        }
        text += rest;
        text
    }

    /// The text with its lines broken by `arrange`, which gets the colours too. It may only add and
    /// remove white space; if it does more, the text stays as it is.
    pub(crate) fn arranged(self, arrange: impl FnOnce(&str) -> String) -> Self {
        let arranged = arrange(&self.0);
        if visible(&arranged).eq(visible(&self.0)) { Self(arranged) } else { self }
    }

    /// The words without colours.
    #[cfg(test)]
    pub(crate) fn plain(&self) -> String {
        anstream::adapter::strip_str(&self.0).to_string()
    }
}

fn visible(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|character| !matches!(character, ' ' | '\n' | '\t'))
}

impl Write for Text {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        safe::pieces(words, |piece| self.0.write_str(piece))
    }
}

/// Anything that can be printed.
pub(crate) trait Printable {
    /// Writes it without hidden characters.
    ///
    /// # Errors
    /// Those of `stream`.
    fn write_to(&self, stream: &mut dyn io::Write) -> io::Result<()>;

    /// Adds it to a text.
    fn add_to(&self, text: &mut Text);
}

// Piece by piece, so that no copy of a private key is left in memory.
impl Printable for str {
    fn write_to(&self, stream: &mut dyn io::Write) -> io::Result<()> {
        safe::pieces(self, |piece| stream.write_all(piece.as_bytes()))
    }

    fn add_to(&self, text: &mut Text) {
        let _ = text.write_str(self);
    }
}

impl Printable for String {
    fn write_to(&self, stream: &mut dyn io::Write) -> io::Result<()> {
        self.as_str().write_to(stream)
    }

    fn add_to(&self, text: &mut Text) {
        self.as_str().add_to(text);
    }
}

impl Printable for Text {
    fn write_to(&self, stream: &mut dyn io::Write) -> io::Result<()> {
        stream.write_all(self.0.as_bytes())
    }

    fn add_to(&self, text: &mut Text) {
        text.0.push_str(&self.0);
    }
}

impl<P: Printable + Zeroize> Printable for Zeroizing<P> {
    fn write_to(&self, stream: &mut dyn io::Write) -> io::Result<()> {
        (**self).write_to(stream)
    }

    fn add_to(&self, text: &mut Text) {
        (**self).add_to(text);
    }
}

impl<P: Printable + ?Sized> AddAssign<&P> for Text {
    fn add_assign(&mut self, more: &P) {
        more.add_to(self);
    }
}

impl<P: Printable + ?Sized> Add<&P> for Text {
    type Output = Self;

    fn add(mut self, more: &P) -> Self {
        self += more;
        self
    }
}

impl<P: Printable + ?Sized> From<&P> for Text {
    fn from(words: &P) -> Self {
        Self::new() + words
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::from(&words)
    }
}

impl FromIterator<Self> for Text {
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        parts.into_iter().fold(Self::new(), |text, part| text + &part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOLD: Style = Style::new().bold();

    #[test]
    fn only_methods_add_colours() {
        let mut text = Text::styled(BOLD, "a\u{1b}[31mb");
        text += "\u{9b}0m\n";
        let title = "\u{1b}]0;title\u{7}\t";
        let _ = write!(text, "{title}");
        let written = "\u{1b}[1ma\\u{1b}[31mb\u{1b}[0m\\u{9b}0m\n\\u{1b}]0;title\\u{7}\t";
        assert_eq!(text.0, written);
    }

    #[test]
    fn help_keeps_colours_alone() {
        const ROWS: &[(&str, &str)] = &[
            ("plain\n", "plain\n"),
            ("\u{1b}[1;4mUsage:\u{1b}[0m x\u{1b}[m", "\u{1b}[1;4mUsage:\u{1b}[0m x\u{1b}[m"),
            ("\u{1b}[2J", "\\u{1b}[2J"),
            ("\u{1b}[1", "\\u{1b}[1"),
            ("\u{1b}]8;;http://a\u{1b}\\", "\\u{1b}]8;;http://a\\u{1b}\\"),
        ];
        for &(help, kept) in ROWS {
            assert_eq!(Text::of_help(help).0, kept, "{help:?}");
        }
    }

    #[test]
    fn arrangement_moves_only_white_space() {
        let text = || Text::styled(BOLD, "a b");
        assert_eq!(text().arranged(|words| words.replace(' ', "\n  ")).plain(), "a\n  b");
        assert_eq!(text().arranged(|words| words.replace('a', "\u{1b}c")), text());
    }
}
