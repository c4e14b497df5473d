//! A table of the sources: offset, round trip, origin of the bounds, agreement.

use anstyle::{AnsiColor, Style};
use jwtick_core::words::word;
use jwtick_core::words::{self, Language};

use crate::commands::clock::plan::Surveyed;
use crate::measurement::Standing;
use crate::output::{Text, safe};
use crate::page::layout::{Page, padded, widest};
use crate::page::paragraph::paragraph;
use crate::page::source;
use crate::page::terminal::columns;
use crate::source::Observation;

/// Number of columns: name, offset, round trip, origin, agreement.
const COLUMNS: usize = 5;

/// A source with its cells, or with the reason why it gave no measurement.
struct Row {
    name: String,
    cells: Result<[String; COLUMNS - 1], String>,
    style: Style,
}

/// The table, or a few lines per source if the page is too narrow.
pub(super) fn table(surveyed: &Surveyed, page: &Page) -> Text {
    let rows: Vec<Row> = surveyed
        .measurement
        .standings(surveyed.survey)
        .iter()
        .map(|standing| row(standing, page.language))
        .collect();
    let title = titles(page.language);
    let widths = widths(&title, &rows);
    let total: usize = widths.iter().map(|width| width.saturating_add(2)).sum();
    if page.wrap.is_some_and(|wrap| total > wrap) {
        return rows.iter().map(|row| stacked(row, page)).collect();
    }
    let dim = Style::new().dimmed();
    let mut text = Text::styled(dim, line(&title, &widths)) + "\n";
    for row in &rows {
        text += &in_columns(row, &widths, page);
    }
    text
}

fn titles(language: Language) -> [String; COLUMNS] {
    [
        word!(language, en: "source", de: "Quelle", ko: "소스"),
        word!(language, en: "offset (+ is behind)", de: "Abweichung (+ geht nach)", ko: "차이(+는 느림)"),
        word!(language, en: "round trip", de: "Umlaufzeit", ko: "왕복 지연"),
        word!(language, en: "bound by", de: "begrenzt durch", ko: "오차 한계 산출 근거"),
        "",
    ]
    .map(str::to_owned)
}

fn row(standing: &Standing<'_>, language: Language) -> Row {
    let (answer, stance) = (standing.answer, standing.agrees);
    let name = safe::line(&answer.name);
    match &answer.found {
        Ok(found) => {
            let cells = cells(found, stance, language);
            Row { name, cells: Ok(cells), style: style(stance) }
        }
        Err(error) => {
            let reason = safe::line(&source::error(error, language));
            Row { name, cells: Err(reason), style: AnsiColor::Yellow.on_default() }
        }
    }
}

fn cells(found: &Observation, stance: Option<bool>, language: Language) -> [String; COLUMNS - 1] {
    let delay = found.delay.map(|delay| words::rounded(delay, language).to_string());
    let stance = stance.map(|yes| if yes { agrees(language) } else { disagrees(language) });
    [
        words::interval(found.offset, language).to_string(),
        delay.unwrap_or_default(),
        source::bound(found.bound, language).to_owned(),
        stance.unwrap_or_default().to_owned(),
    ]
}

const fn agrees(language: Language) -> &'static str {
    word!(language,
        en: "agrees",
        de: "stimmt überein",
        ko: "일치",
    )
}
const fn disagrees(language: Language) -> &'static str {
    word!(language,
        en: "disagrees",
        de: "weicht ab",
        ko: "불일치",
    )
}

/// Green for a source that agrees, red for one that does not.
pub(super) const fn style(stance: Option<bool>) -> Style {
    match stance {
        Some(true) => AnsiColor::Green.on_default(),
        Some(false) => AnsiColor::Red.on_default(),
        None => Style::new(),
    }
}

fn widths(title: &[String; COLUMNS], rows: &[Row]) -> [usize; COLUMNS] {
    core::array::from_fn(|column| {
        let cell = |row: &Row| match (&row.cells, column.checked_sub(1)) {
            (_, None) => Some(row.name.clone()),
            (Ok(cells), Some(at)) => cells.get(at).cloned(),
            (Err(_), Some(_)) => None,
        };
        let mut cells: Vec<String> = rows.iter().filter_map(cell).collect();
        cells.extend(title.get(column).cloned());
        widest(&cells)
    })
}

fn in_columns(row: &Row, widths: &[usize; COLUMNS], page: &Page) -> Text {
    let style = row.style;
    let [first, ..] = widths;
    match &row.cells {
        Ok([offset, delay, origin, stance]) => {
            let cells = [&row.name, offset, delay, origin, stance].map(Clone::clone);
            Text::styled(style, line(&cells, widths)) + "\n"
        }
        Err(reason) => {
            let name = format!("  {}  ", padded(&row.name, *first));
            let text = paragraph(&name, reason, page.wrap);
            Text::styled(style, text.trim_end()) + "\n"
        }
    }
}

fn line(cells: &[String; COLUMNS], widths: &[usize; COLUMNS]) -> String {
    let padded = cells.iter().zip(widths).map(|(cell, &width)| padded(cell, width));
    let line: Vec<String> = padded.collect();
    format!("  {}", line.join("  ").trim_end())
}

fn stacked(row: &Row, page: &Page) -> Text {
    let below = match &row.cells {
        Ok(cells) => cells.iter().filter(|cell| columns(cell) > 0).cloned().collect(),
        Err(reason) => vec![reason.clone()],
    };
    let below: String = below.iter().map(|cell| paragraph("    ", cell, page.wrap)).collect();
    let text = paragraph("  ", &row.name, page.wrap) + &below;
    Text::styled(row.style, text.trim_end()) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::clock::plan::tests::surveyed;
    use crate::page::terminal::Glyphs;

    fn drawn(wrap: Option<usize>, language: Language) -> String {
        let page = Page { language, width: 80, wrap, glyphs: Glyphs::Ascii };
        let drawn = table(&surveyed(&[(0, 1), (0, 2), (3_600, 3_601)]), &page);
        drawn.plain()
    }

    #[test]
    fn aligns_columns_in_every_language() {
        for &language in Language::ALL {
            let text = drawn(None, language);
            let at = |line: &str| line.find('…').map(|at| columns(&line[..at]));
            let ends: Vec<_> = text.lines().filter_map(at).collect();
            assert_eq!((text.lines().count(), ends.len()), (4, 3), "{text}");
            let start =
                |line: &str| line.match_indices("  ").nth(1).map(|(at, _)| columns(&line[..at]));
            let starts: Vec<_> = text.lines().skip(1).map(start).collect();
            assert!(starts.iter().all(|met| *met == starts[0]), "{text}");
        }
    }

    #[test]
    fn stacks_cells_on_a_narrow_page() {
        let text = drawn(Some(30), Language::English);
        assert!(text.contains("  source 2\n    +3,600 … +3,601 s\n"), "{text}");
        assert!(text.lines().all(|line| columns(line) <= 30), "{text}");
    }
}
