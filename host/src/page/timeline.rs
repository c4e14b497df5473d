//! The validity period of a token on one line, with the current time marked; and the positions of instants
//! on a line of a given width: points keep their order, and beyond a minimum distance, which leaves room
//! for labels, they are to scale.

use anstyle::{AnsiColor, Style};
use jwtick_core::time::NumericDate;
use jwtick_core::token::Claims;
use jwtick_core::words::Language;
use jwtick_core::{Span, TimeBounds, UnixTime, words};

use super::terminal::{Glyphs, columns};
use super::{finding, terminal};
use crate::output::Text;

/// The picture of a token; `None` if it has no date.
pub(crate) fn picture(claims: &Claims<'_>, utc: TimeBounds, language: Language) -> Option<Text> {
    let at = |name| finding::date(name, claims).map(NumericDate::at);
    let marks: Vec<(&str, UnixTime)> =
        ["iat", "nbf", "exp"].into_iter().filter_map(|name| Some((name, at(name)?))).collect();
    let timeline = Timeline {
        marks: &marks,
        now: utc,
        now_label: &words::relative(Span::ZERO, language).to_string(),
        valid: (at("nbf"), at("exp")),
        width: terminal::width(),
        glyphs: Glyphs::of_environment(),
    };
    let drawn = timeline.draw(|micros| {
        let length = i64::try_from(micros).map_or(Span::MAX, Span::from_micros);
        words::rounded(length, language).to_string()
    });
    (!marks.is_empty()).then_some(drawn)
}

/// The data of a timeline.
struct Timeline<'t> {
    /// Named instants, in any order.
    marks: &'t [(&'t str, UnixTime)],
    /// The bounds of UTC, and their label.
    now: TimeBounds,
    now_label: &'t str,
    /// From `nbf` until `exp`, if the token has them.
    valid: (Option<UnixTime>, Option<UnixTime>),
    /// Width of the line in columns.
    width: usize,
    glyphs: Glyphs,
}

impl Timeline<'_> {
    /// The lines, with labels above and lengths below; `length` formats a number of microseconds.
    fn draw(&self, length: impl Fn(u64) -> String) -> Text {
        let axis = Axis::of(&self.instants(), self.width);
        let mut text = Text::new();
        for label in self.labels(&axis) {
            text += &(label + "\n");
        }
        text += &self.line(&axis);
        let lengths = lengths(&axis, length);
        if lengths.is_empty() { text } else { text + "\n" + &lengths }
    }

    fn instants(&self) -> Vec<i64> {
        let mut instants: Vec<UnixTime> = self.marks.iter().map(|&(_, at)| at).collect();
        instants.push(self.now.earliest());
        instants.extend((!self.now.is_open()).then_some(self.now.latest()));
        let mut micros: Vec<i64> = instants.into_iter().map(UnixTime::as_micros).collect();
        micros.sort_unstable();
        micros.dedup();
        micros
    }

    fn labels(&self, axis: &Axis) -> Vec<String> {
        let mut labels: Vec<(usize, String)> = Vec::new();
        let now = (self.now_label, self.now.earliest());
        for &(name, at) in self.marks.iter().chain([&now]) {
            let column = axis.column(at.as_micros());
            match labels.iter_mut().find(|(held, _)| *held == column) {
                Some((_, label)) => *label = format!("{label} {name}"),
                None => labels.push((column, name.to_owned())),
            }
        }
        labels.sort();
        let mut rows: Vec<Row> = Vec::new();
        for (column, label) in labels {
            let start = centred(column, columns(&label), self.width);
            match rows.iter_mut().find(|row| row.has_room(start)) {
                Some(row) => row.put(start, &label),
                None => rows.push(Row::starting(start, &label)),
            }
        }
        rows.into_iter().rev().map(|row| row.text).collect()
    }

    fn line(&self, axis: &Axis) -> Text {
        let mut line = Text::new();
        let mut drawn: Option<Cell> = None;
        for column in 0..self.width {
            let cell = self.cell(column, axis);
            if drawn != Some(cell) {
                drawn.iter().for_each(|held| line.end(held.style()));
                line.start(cell.style());
                drawn = Some(cell);
            }
            line.push(cell.glyph(self.glyphs));
        }
        drawn.iter().for_each(|held| line.end(held.style()));
        line
    }

    fn cell(&self, column: usize, axis: &Axis) -> Cell {
        let first = axis.column(self.now.earliest().as_micros());
        let last = if self.now.is_open() {
            self.width
        } else {
            axis.column(self.now.latest().as_micros())
        };
        let from = self.valid.0.map_or(0, |from| axis.column(from.as_micros()));
        let until = self.valid.1.map_or(self.width, |until| axis.column(until.as_micros()));
        if self.marks.iter().any(|&(_, at)| axis.column(at.as_micros()) == column) {
            Cell::Mark
        } else if (first..=last).contains(&column) {
            Cell::Now
        } else if (from..until).contains(&column) {
            Cell::Valid
        } else {
            Cell::Outside
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Mark,
    Now,
    Valid,
    Outside,
}

impl Cell {
    const fn glyph(self, glyphs: Glyphs) -> char {
        match self {
            Self::Mark => glyphs.pick('┃', '|'),
            Self::Now => glyphs.pick('█', '#'),
            Self::Valid => glyphs.pick('━', '='),
            Self::Outside => glyphs.pick('╌', '-'),
        }
    }

    const fn style(self) -> Style {
        match self {
            Self::Mark => Style::new().bold(),
            Self::Now => AnsiColor::Yellow.on_default(),
            Self::Valid => AnsiColor::Green.on_default(),
            Self::Outside => Style::new().dimmed(),
        }
    }
}

/// The lengths of the gaps that have room for one.
fn lengths(axis: &Axis, length: impl Fn(u64) -> String) -> String {
    let mut row = Row::default();
    for (left, right) in axis.gaps() {
        let text = length(left.0.abs_diff(right.0));
        let gap = right.1.saturating_sub(left.1);
        if columns(&text) < gap {
            let start = left.1 + (gap + 1).saturating_sub(columns(&text)) / 2;
            row.put(start, &text);
        }
    }
    row.text
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: i64) -> UnixTime {
        UnixTime::from_secs(secs)
    }

    fn draw(marks: &[(&str, UnixTime)], now: TimeBounds, width: usize) -> String {
        let named = |name| marks.iter().find(|(held, _)| *held == name).map(|&(_, at)| at);
        let valid = (named("nbf"), named("exp"));
        let glyphs = Glyphs::Ascii;
        let drawing = Timeline { marks, now, now_label: "now", valid, width, glyphs }
            .draw(|micros| format!("{} s", micros / 1_000_000));
        drawing.plain()
    }

    /// A name, the claims, the bounds of UTC, and the expected drawing.
    type Row = (&'static str, &'static [(&'static str, i64)], (i64, Option<i64>), &'static str);

    const ROWS: &[Row] = &[
        (
            "valid",
            &[("iat", 0), ("exp", 300)],
            (150, Some(150)),
            "    iat           now            exp
=====|=============#==============|-----
          150 s         150 s",
        ),
        (
            "expired",
            &[("nbf", 0), ("exp", 300)],
            (900, Some(900)),
            "    nbf         exp              now
-----|===========|----------------#-----
         300 s         600 s",
        ),
        (
            "the edge lies inside",
            &[("iat", 0), ("exp", 100)],
            (90, Some(110)),
            "    iat       now      exp
=====|=========#########|##########-----
        90 s      10 s     10 s",
        ),
        (
            "open upwards",
            &[("iat", 0), ("exp", 100)],
            (50, None),
            "    iat           now            exp
=====|=============###############|#####
          50 s           50 s",
        ),
        (
            "only now",
            &[],
            (5, Some(5)),
            "                   now
====================#===================",
        ),
        (
            "two labels, one column",
            &[("iat", 0), ("nbf", 0)],
            (9, Some(9)),
            "  iat nbf                        now
-----|============================#=====
                  9 s",
        ),
    ];

    #[test]
    fn draws_marks_lengths_and_current_time() {
        for &(name, marks, (earliest, latest), expected) in ROWS {
            let marks: Vec<_> = marks.iter().map(|&(name, secs)| (name, at(secs))).collect();
            let latest = latest.map_or(UnixTime::MAX, at);
            let now = TimeBounds::between(at(earliest), latest).unwrap();
            let drawn = draw(&marks, now, 40);
            assert_eq!(drawn, expected, "{name}");
        }
    }

    #[test]
    fn narrow_timeline_stacks_its_labels() {
        let marks = [("iat", at(0)), ("nbf", at(0)), ("exp", at(9))];
        let drawn = draw(&marks, TimeBounds::exactly(at(9)), 4);
        assert_eq!(drawn, "exp now\niat nbf\n|==|");
    }

    #[test]
    fn lines_fit_the_terminal() {
        let marks = [("iat", at(0)), ("nbf", at(1)), ("exp", UnixTime::MAX)];
        let now = TimeBounds::around(at(2_000_000_000), Span::from_secs(1));
        for width in 0..200 {
            for line in draw(&marks, now, width).lines() {
                assert!(columns(line) <= width.max(16), "{width}: {line}");
            }
        }
    }
}
