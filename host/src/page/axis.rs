//! Positions of instants on a line of a given width.
//!
//! Points keep their order. Beyond a minimum distance, which leaves room for labels, they are to scale.

use super::terminal::columns;

/// Columns between two neighbours, so that `iat`, `now` and lengths fit.
const LEAST_GAP: usize = 9;

/// Maps instants, in microseconds, to columns.
pub(crate) struct Axis(Vec<(i64, usize)>);

impl Axis {
    /// Spreads `points` (in order, each once) over `width` columns.
    pub(crate) fn of(points: &[i64], width: usize) -> Self {
        let gaps = points.len().saturating_sub(1);
        let margin = if gaps == 0 { width / 2 } else { LEAST_GAP.min(width / 8) };
        let room = width.saturating_sub(1).saturating_sub(margin.saturating_mul(2));
        let least = LEAST_GAP.min(room.checked_div(gaps).unwrap_or(0));
        let rest = room.saturating_sub(least.saturating_mul(gaps));
        let place = |(index, &at): (usize, &i64)| {
            let column = margin + least * index + share(points, at, rest);
            (at, column.min(width.saturating_sub(1)))
        };
        Self(points.iter().enumerate().map(place).collect())
    }

    /// The column of a point that was spread.
    pub(crate) fn column(&self, at: i64) -> usize {
        self.0.iter().find(|&&(held, _)| held == at).map_or(0, |&(_, column)| column)
    }

    /// Every point and its right neighbour, each with its column.
    pub(crate) fn gaps(&self) -> impl Iterator<Item = ((i64, usize), (i64, usize))> {
        self.0.iter().copied().zip(self.0.iter().copied().skip(1))
    }
}

/// The part of `rest` columns that lies before `at`.
fn share(points: &[i64], at: i64, rest: usize) -> usize {
    let (Some(&first), Some(&last)) = (points.first(), points.last()) else { return 0 };
    let before = u128::from(first.abs_diff(at)) * u128::try_from(rest).unwrap_or(0);
    let columns = before.checked_div(u128::from(first.abs_diff(last))).unwrap_or(0);
    usize::try_from(columns).unwrap_or(0)
}

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

    /// Returns whether a text may start there, a blank after the last.
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

/// The first column of a label above `column` that must stay on the line.
pub(crate) fn centred(column: usize, label: usize, width: usize) -> usize {
    column.saturating_sub(label / 2).min(width.saturating_sub(label))
}
