//! The page that an answer for people is written on, and the parts of all such answers.

use core::fmt::Display;

use anstyle::Style;
use jwtick_core::survey::Remedy;
use jwtick_core::words::{self, Heading, Language};

use super::paragraph::{fitted, paragraph};
use super::terminal::{self, Glyphs, columns};
use crate::output::{self, Text};

/// The output that an answer is laid out for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    pub(crate) language: Language,
    /// Columns of the picture.
    pub(crate) width: usize,
    /// Columns of a line of text; none if the output is not a terminal, so that `grep` finds
    /// whole sentences.
    pub(crate) wrap: Option<usize>,
    pub(crate) glyphs: Glyphs,
}

impl Page {
    pub(crate) fn of_terminal(language: Language) -> Self {
        let width = terminal::width();
        let wrap = output::is_read_on_a_terminal().then_some(width);
        Self { language, width, wrap, glyphs: Glyphs::of_environment() }
    }

    /// An answer that was written for any width, with its lines broken where they are too wide.
    pub(crate) fn fitted(&self, text: impl Into<Text>) -> Text {
        let text = text.into();
        match self.wrap {
            Some(width) => text.arranged(|words| fitted(words, width)),
            None => text,
        }
    }

    // Text in a narrower column would have one word per line.
    pub(crate) fn has_room_beside(&self, first: &str) -> bool {
        self.wrap.is_none_or(|wrap| columns(first) <= wrap / 2)
    }
}

pub(crate) const TITLE: Style = Style::new().bold();

/// A part of the answer under its title.
pub(crate) fn section(title: Heading, body: impl Into<Text>, language: Language) -> Text {
    let body: Text = body.into();
    Text::from("\n") + &Text::styled(TITLE, words::heading(title, language)) + "\n" + &body
}

/// The columns of the widest cell.
pub(crate) fn widest(cells: &[String]) -> usize {
    cells.iter().map(|cell| columns(cell)).max().unwrap_or_default()
}

/// A cell followed by blanks.
pub(crate) fn padded(cell: &str, width: usize) -> String {
    cell.to_owned() + &" ".repeat(width.saturating_sub(columns(cell)))
}

/// The remedies, numbered, with the name of the server in their commands; it may be empty.
pub(crate) fn remedies(remedies: &[Remedy], server: &str, page: &Page) -> String {
    let sentences = remedies.iter().map(|it| words::remedy_at(it, server, page.language));
    let numbered = |(number, sentence): (usize, _)| numbered(number, &sentence, page);
    (1..).zip(sentences).map(numbered).collect()
}

fn numbered(number: usize, sentence: &impl Display, page: &Page) -> String {
    paragraph(&format!("  {number}. "), &sentence.to_string(), page.wrap)
}
