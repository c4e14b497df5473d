//! Texts in one line of a drawing.

use super::terminal::columns;

/// Texts in one line, from left to right.
#[derive(Default)]
pub(crate) struct Row {
    pub(crate) text: String,
    end: usize,
}

impl Row {
    /// A line with one text.
    pub(crate) fn starting(start: usize, text: &str) -> Self {
        let mut row = Self::default();
        row.put(start, text);
        row
    }

    /// Whether a text may start there, a blank after the last.
    pub(crate) fn has_room(&self, start: usize) -> bool {
        self.end < start
    }

    /// Puts a text there, or right after the last where that is further.
    pub(crate) fn put(&mut self, start: usize, text: &str) {
        let blanks = start.saturating_sub(self.end);
        self.text.push_str(&" ".repeat(blanks));
        self.text.push_str(text);
        self.end += blanks + columns(text);
    }
}

/// Where a label starts that stands above `column` and shall not leave the line.
pub(crate) fn centred(column: usize, label: usize, width: usize) -> usize {
    column.saturating_sub(label / 2).min(width.saturating_sub(label))
}
