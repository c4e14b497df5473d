//! `--summary`: the hosts of all inputs, the most harmed first.

use core::cmp::Reverse;

use jwtick_core::Span;
use jwtick_core::diagnosis::{Cause, Certainty, Diagnosis};
use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language, word};
use serde::Serialize;

use crate::output::{Text, safe};
use crate::page::json::{self, Interval};
use crate::page::layout::{Page, TITLE, padded, widest};
use crate::page::terminal::columns;

/// One host of one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    input: String,
    /// `None` if the input is about one host, whose name it need not have.
    host: Option<String>,
    refusals: u64,
    /// `None` where the diagnosis does not count them.
    successes: Option<u32>,
    offset: Option<Offset>,
    offset_if_utc: Option<Offset>,
    /// `None` if nothing of the host was refused.
    finding: Option<(Cause, Certainty)>,
}

/// The hosts of one input.
pub(crate) fn rows(input: &str, diagnosis: &Diagnosis) -> Vec<Row> {
    let finding = (diagnosis.cause, diagnosis.certainty);
    if diagnosis.hosts.is_empty() {
        return vec![Row {
            input: input.to_owned(),
            host: None,
            refusals: diagnosis.refusals,
            successes: None,
            offset: diagnosis.offset,
            offset_if_utc: diagnosis.offset_if_utc,
            finding: Some(finding),
        }];
    }
    let of_host = diagnosis.hosts.iter().map(|host| Row {
        input: input.to_owned(),
        host: Some(host.name.as_str().to_owned()),
        refusals: host.refusals.into(),
        successes: Some(host.successes),
        offset: host.offset,
        offset_if_utc: diagnosis.offset_if_utc.filter(|_| host.is_subject),
        finding: host.cause.zip(host.certainty),
    });
    of_host.collect()
}

impl Row {
    /// The harm that the host suffers: its refusals, then the amount by which its clock is certainly
    /// wrong.
    fn harm(&self) -> (u64, Span) {
        let distance = self.offset.map_or(Span::ZERO, Offset::distance);
        (self.refusals, distance)
    }
}

/// Sorts the hosts by harm. Equals keep the order of the inputs.
pub(crate) fn sort(rows: &mut [Row]) {
    rows.sort_by_key(|row| Reverse(row.harm()));
}

/// A heading and a cell for each row.
struct Column {
    title: &'static str,
    cells: Vec<String>,
}

/// The table. On a terminal that is too narrow for it, each host gets a block of lines.
pub(crate) fn table(rows: &[Row], page: &Page) -> Text {
    let columns = columns_of(rows, page.language);
    let widths: Vec<usize> = columns
        .iter()
        .map(|column| widest(&column.cells).max(self::columns(column.title)))
        .collect();
    let width = widths.iter().map(|width| width.saturating_add(2)).sum::<usize>().saturating_sub(2);
    if page.wrap.is_some_and(|wrap| width > wrap) {
        return blocks(&columns, rows.len(), page);
    }
    let line = |cells: Vec<&str>| {
        let padded: Vec<_> =
            cells.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
        padded.join("  ").trim_end().to_owned()
    };
    let head = line(columns.iter().map(|column| column.title).collect());
    let mut text = Text::styled(TITLE, head) + "\n";
    for at in 0..rows.len() {
        text += &line(columns.iter().map(|column| cell(column, at)).collect());
        text.push('\n');
    }
    text
}

fn blocks(columns: &[Column], rows: usize, page: &Page) -> Text {
    let widest = columns.iter().map(|column| self::columns(column.title)).max().unwrap_or_default();
    let block = |at: usize| {
        let mut cells = columns.iter().map(|column| (column.title, cell(column, at)));
        let name = cells.next().map_or("", |(_, cell)| cell);
        let lines = cells.map(|(title, cell)| format!("  {}  {cell}\n", padded(title, widest)));
        page.fitted(Text::styled(TITLE, name) + "\n" + &lines.collect::<String>())
    };
    (0..rows).map(block).collect()
}

fn cell(column: &Column, row: usize) -> &str {
    column.cells.get(row).map_or("", String::as_str)
}

fn columns_of(rows: &[Row], language: Language) -> Vec<Column> {
    let column = |title, cell: &dyn Fn(&Row) -> String| Column {
        title,
        cells: rows.iter().map(|row| or_dash(cell(row))).collect(),
    };
    let word = |title| title_of(title, language);
    let certainty =
        |row: &Row| row.finding.map(|(_, it)| words::certainty(it, language).to_string());
    let all = [
        column(word(Title::Input), &|row| safe::line(&row.input)),
        column(word(Title::Host), &|row| row.host.as_deref().map(safe::line).unwrap_or_default()),
        column(word(Title::Refusals), &|row| row.refusals.to_string()),
        column(word(Title::Successes), &|row| {
            row.successes.map(|count| count.to_string()).unwrap_or_default()
        }),
        column(word(Title::Cause), &|row| {
            row.finding.map(|(it, _)| words::cause(it, language).to_string()).unwrap_or_default()
        }),
        column(word(Title::Certainty), &|row| certainty(row).unwrap_or_default()),
        column(word(Title::Clock), &|row| clock(row, language)),
    ];
    // Columns that say nothing only take room: the input if there is one, the host if none is named.
    let is_single = rows.iter().all(|row| Some(&row.input) == rows.first().map(|row| &row.input));
    let has_hosts = rows.iter().any(|row| row.host.is_some());
    let says_something = |at: usize| match at {
        0 => !is_single || !has_hosts,
        1 | 3 => has_hosts,
        _ => true,
    };
    let shown = all.into_iter().enumerate().filter(|(at, _)| says_something(*at));
    shown.map(|(_, column)| column).collect()
}

fn or_dash(cell: String) -> String {
    if cell.is_empty() { "-".to_owned() } else { cell }
}

/// The offset, or the narrower one that holds if the stamps are in UTC.
fn clock(row: &Row, language: Language) -> String {
    match (row.offset_if_utc, row.offset.filter(|&offset| offset != Offset::UNKNOWN)) {
        (Some(narrow), _) => {
            let narrow = words::offset(narrow, language);
            let condition = word!(language,
                en: "(if the log is in UTC)", de: "(wenn das Log in UTC ist)", ko: "(로그 시각이 UTC라면)");
            format!("{narrow} {condition}")
        }
        (None, Some(offset)) => words::offset(offset, language).to_string(),
        (None, None) => String::new(),
    }
}

#[derive(Debug, Clone, Copy)]
enum Title {
    Input,
    Host,
    Refusals,
    Successes,
    Cause,
    Certainty,
    Clock,
}

const fn title_of(title: Title, language: Language) -> &'static str {
    match title {
        Title::Input => word!(language, en: "input", de: "Eingabe", ko: "입력"),
        Title::Host => word!(language, en: "host", de: "Host", ko: "호스트"),
        Title::Refusals => word!(language, en: "refused", de: "abgelehnt", ko: "거부"),
        Title::Successes => word!(language, en: "accepted", de: "angenommen", ko: "성공"),
        Title::Cause => word!(language, en: "cause", de: "Ursache", ko: "원인"),
        Title::Certainty => word!(language, en: "certainty", de: "Gewissheit", ko: "확실성"),
        Title::Clock => word!(language, en: "clock", de: "Uhr", ko: "시계"),
    }
}

#[derive(Serialize)]
struct RowJson<'a> {
    input: &'a str,
    host: Option<&'a str>,
    refusals: u64,
    successes: Option<u32>,
    offset_s: Option<Interval>,
    offset_if_utc_s: Option<Interval>,
    cause: Option<&'static str>,
    certainty: Option<&'static str>,
}

/// One line of JSON for each host; `fixtures/schema/summary.json` describes it.
pub(crate) fn lines(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let interval = |offset: &Offset| json::interval(*offset);
        json::line(&RowJson {
            input: &row.input,
            host: row.host.as_deref(),
            refusals: row.refusals,
            successes: row.successes,
            offset_s: row.offset.filter(|&it| it != Offset::UNKNOWN).as_ref().map(interval),
            offset_if_utc_s: row.offset_if_utc.as_ref().map(interval),
            cause: row.finding.map(|(cause, _)| cause.code()),
            certainty: row.finding.map(|(_, certainty)| certainty.code()),
        })
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::terminal::Glyphs;

    fn row(input: &str, host: Option<&str>, refusals: u64, offset: Option<i64>) -> Row {
        Row {
            input: input.to_owned(),
            host: host.map(str::to_owned),
            refusals,
            successes: host.map(|_| 2),
            offset: offset.map(|secs| Offset::exactly(Span::from_secs(secs))),
            offset_if_utc: None,
            finding: (refusals > 0).then_some((Cause::LocalClock, Certainty::Proven)),
        }
    }

    fn page(wrap: Option<usize>, language: Language) -> Page {
        Page { language, width: 80, wrap, glyphs: Glyphs::Ascii }
    }

    #[test]
    fn refusals_and_then_the_size_of_the_offset_decide_the_order() {
        let mut rows = [
            row("a", None, 1, Some(9)),
            row("b", None, 2, Some(1)),
            row("c", None, 2, Some(-30)),
            row("d", None, 2, None),
            row("e", None, 2, None),
        ];
        sort(&mut rows);
        let order: String = rows.iter().map(|row| row.input.as_str()).collect();
        assert_eq!(order, "cbdea");
    }

    const TABLE: &str = "\
input  host   refused  accepted  cause              certainty  clock
a.log  edge1  3        2         local clock wrong  proven     490 s (8 min 10 s) behind
b.log  -      0        -         -                  -          -
";

    #[test]
    fn columns_are_aligned() {
        let rows = [row("a.log", Some("edge1"), 3, Some(490)), row("b.log", None, 0, None)];
        assert_eq!(table(&rows, &page(None, Language::English)).plain(), TABLE);
        for &language in Language::ALL {
            let text = table(&rows, &page(None, language)).plain();
            let at = |line: &str, word: &str| columns(line.split(word).next().unwrap());
            let lines: Vec<_> = text.lines().collect();
            let title = title_of(Title::Refusals, language);
            assert_eq!(at(lines[0], title), at(lines[1], "3  "), "{text}");
        }
    }

    #[test]
    fn narrow_terminal_gets_a_block_for_each_host() {
        let rows = [row("a.log", Some("edge1"), 3, Some(490)), row("b.log", None, 0, None)];
        let text = table(&rows, &page(Some(40), Language::English)).plain();
        assert!(text.lines().map(columns).all(|width| width <= 40), "{text}");
        assert!(text.contains("a.log\n  host       edge1\n  refused    3\n"), "{text}");
        assert!(text.contains("  clock      490 s (8 min 10 s) behind\nb.log\n"), "{text}");
    }
}
