//! The intervals of all sources on one axis, with the local clock at zero.

use anstyle::Style;
use jwtick_core::Span;
use jwtick_core::time::Offset;
use jwtick_core::words::word;
use jwtick_core::words::{self, Language};

use super::table;
use crate::commands::clock::plan::Surveyed;
use crate::output::{Text, safe};
use crate::page::layout::{Page, padded, widest};
use crate::page::terminal::{Glyphs, columns};
use crate::page::timeline::{Axis, Row, centred};

/// Minimum width in columns; a narrower bar shows nothing.
const NARROWEST: usize = 20;

/// Maximum width in columns; a wider picture would show no more.
const WIDEST: usize = 100;

/// One bar.
struct Bar {
    name: String,
    offset: Offset,
    style: Style,
    glyph: char,
}

/// The picture, or `None` if no source gave an interval that can be drawn.
pub(super) fn picture(surveyed: &Surveyed, page: &Page) -> Option<Text> {
    let bars = bars(surveyed, page);
    if bars.is_empty() {
        return None;
    }
    let names: Vec<String> = bars.iter().map(|bar| bar.name.clone()).collect();
    let names = widest(&names).min(page.width / 3);
    let width = page.width.min(WIDEST).saturating_sub(names + 4).max(NARROWEST);
    let axis = Axis::of(&points(&bars), width);
    let indent = " ".repeat(names + 4);
    let labels = labels(&axis, &bars, width, page.language);
    let mut text = Text::from(format!("{indent}{labels}\n"));
    for bar in &bars {
        text += &row(bar, &axis, names, width, page.glyphs);
    }
    Some(text)
}

fn bars(surveyed: &Surveyed, page: &Page) -> Vec<Bar> {
    let drawn = |name: String, offset: Option<Offset>, style, glyphs: (char, char)| {
        let offset = offset.filter(|it| it.least() != Span::MIN && it.most() != Span::MAX)?;
        Some(Bar { name, offset, style, glyph: page.glyphs.pick(glyphs.0, glyphs.1) })
    };
    let selected = surveyed.survey.offset();
    let standings = surveyed.measurement.standings(surveyed.survey);
    let sources = standings.iter().filter_map(|standing| {
        let (answer, style) = (standing.answer, table::style(standing.agrees));
        drawn(safe::line(&answer.name), answer.offset(), style, ('━', '='))
    });
    let name = together(page.language).to_owned();
    let all = sources.chain(drawn(name, selected, Style::new().bold(), ('█', '#')));
    all.collect()
}

const fn together(language: Language) -> &'static str {
    word!(language,
        en: "together",
        de: "zusammen",
        ko: "종합",
    )
}

fn points(bars: &[Bar]) -> Vec<i64> {
    let ends = bars.iter().flat_map(|bar| [bar.offset.least(), bar.offset.most()]);
    let mut points: Vec<i64> = ends.chain([Span::ZERO]).map(Span::as_micros).collect();
    points.sort_unstable();
    points.dedup();
    points
}

/// The line above the bars: this clock, and the distance of each bar from it.
fn labels(axis: &Axis, bars: &[Bar], width: usize, language: Language) -> String {
    let zero = (axis.column(0), this_clock(language).to_owned());
    let away = bars.iter().filter(|bar| !bar.offset.contains(Span::ZERO)).map(|bar| {
        let (least, most) = (bar.offset.least().as_micros(), bar.offset.most().as_micros());
        let middle = least.midpoint(most);
        let sign = if middle < 0 { "-" } else { "+" };
        let label = format!("{sign}{}", words::rounded(near(middle), language));
        (axis.column(least).midpoint(axis.column(most)), label)
    });
    let mut labels: Vec<(usize, String)> = away.collect();
    labels.sort();
    labels.dedup();
    // The local clock always has its label; others have one where there is room.
    let mut kept = vec![zero];
    for (column, label) in labels {
        let clashes = |(held, text): &(usize, String)| {
            column.abs_diff(*held) < columns(text).max(columns(&label)) + 2
        };
        if !kept.iter().any(clashes) {
            kept.push((column, label));
        }
    }
    kept.sort();
    let mut row = Row::default();
    for (column, label) in kept {
        row.put(centred(column, columns(&label), width), &label);
    }
    row.text
}

// Rounds a label for reading: a missing microsecond must not turn `2 min` into `1 min 59 s`.
fn near(micros: i64) -> Span {
    let step = if micros.unsigned_abs() < 1_000_000 { 1 } else { 1_000 };
    let whole = (micros.saturating_abs().saturating_add(step / 2) / step).saturating_mul(step);
    Span::from_micros(whole)
}

const fn this_clock(language: Language) -> &'static str {
    word!(language,
        en: "this clock",
        de: "diese Uhr",
        ko: "이 시계",
    )
}

fn row(bar: &Bar, axis: &Axis, names: usize, width: usize, glyphs: Glyphs) -> Text {
    let (least, most) = (bar.offset.least().as_micros(), bar.offset.most().as_micros());
    let covered = axis.column(least)..=axis.column(most);
    let zero = axis.column(0);
    let (line, blank) = glyphs.pick(('│', '·'), ('|', '.'));
    let cell = |column| match column {
        _ if covered.contains(&column) => bar.glyph,
        _ if column == zero => line,
        _ => blank,
    };
    let drawn: String = (0..width).map(cell).collect();
    let first = if columns(&bar.name) > names {
        format!("  {}\n{}", bar.name, " ".repeat(names + 4))
    } else {
        format!("  {}  ", padded(&bar.name, names))
    };
    Text::from(first) + &Text::styled(bar.style, drawn) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::clock::plan::tests::surveyed;

    fn drawn(ends: &[(i64, i64)], language: Language, width: usize, glyphs: Glyphs) -> String {
        let page = Page { language, width, wrap: Some(width), glyphs };
        let drawn = picture(&surveyed(ends), &page).unwrap_or_default();
        drawn.plain()
    }

    #[test]
    fn picture_keeps_order_and_shares_one_axis() {
        let ascii = drawn(&[(-5, 10), (3_600, 3_601)], Language::English, 56, Glyphs::Ascii);
        assert_eq!(ascii.lines().count(), 3, "two sources that disagree select nothing:\n{ascii}");
        let zero = ascii.lines().nth(2).and_then(|line| line.find('|'));
        let label = ascii.lines().next().and_then(|line| line.find("this clock"));
        assert!(zero.zip(label).is_some_and(|(zero, label)| zero - label <= 6), "{ascii}");
    }

    #[test]
    fn picture_fits_any_width() {
        for width in 0..130 {
            for &language in Language::ALL {
                let drawn = drawn(&[(0, 1), (0, 2), (9, 90)], language, width, Glyphs::Unicode);
                let widest = drawn.lines().map(columns).max().unwrap_or_default();
                assert!(widest <= width.max(60), "{width}: {drawn}");
            }
        }
    }

    #[test]
    fn picture_without_sources_is_empty() {
        assert_eq!(drawn(&[], Language::English, 80, Glyphs::Ascii), "");
    }
}
