//! A record that is a list of `name=value` pairs (logfmt), or a row of comma-separated values.

use core::ops::Range;

use super::object;
use crate::evidence::stamp::{self, DateKnowledge, Stamp};

/// Returns the name and the content of the quoted message in `text`, which consists of pairs and of nothing
/// else.
pub(super) fn message(text: &[u8]) -> Option<(&[u8], Range<usize>)> {
    named(text, |name, _| object::is_message(name))
}

/// Returns the name and the content of the first quoted value that `is_wanted` in `text`, which consists of
/// pairs and of nothing else.
pub(super) fn named(
    text: &[u8],
    is_wanted: impl Fn(&[u8], &Range<usize>) -> bool,
) -> Option<(&[u8], Range<usize>)> {
    let mut at = 0_usize;
    let mut found = None;
    while at < text.len() {
        let name_ends = at.saturating_add(run(text, at, is_in_name));
        let name = text.get(at..name_ends).filter(|name| !name.is_empty())?;
        (text.get(name_ends) == Some(&b'=')).then_some(())?;
        let value = name_ends.saturating_add(1);
        let end = match text.get(value) {
            Some(b'"') => {
                let end = object::end_of_string(text, value)?;
                let inside = value.saturating_add(1)..end.checked_sub(1)?;
                if found.is_none() && is_wanted(name, &inside) {
                    found = Some((name, inside));
                }
                end
            }
            _ => value.saturating_add(run(text, value, |byte| byte != b' ')),
        };
        at = end.saturating_add(run(text, end, |byte| byte == b' '));
        (at > end || at == text.len()).then_some(())?;
    }
    found
}

/// A cell of a row, without its quotes.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) inside: Range<usize>,
    pub(super) is_quoted: bool,
}

/// The largest number of cells in a row that is looked at.
const MOST: usize = 24;

/// Returns the cell that holds the message of a row, and the stamp in another cell.
///
/// A row starts with a quoted cell or with a time, and has at least two cells. Only one of them is a
/// text: it has a blank and is no time.
pub(super) fn cell(text: &[u8]) -> Option<(Cell, Option<Stamp>)> {
    let starts =
        matches!(text.first()?, b'"' | b'0'..=b'9') && memchr::memchr(b',', text).is_some();
    let mut at = 0_usize;
    let mut stamped = None;
    let mut found: Option<Cell> = None;
    let mut time: Option<Cell> = None;
    let mut quoted: Option<Cell> = None;
    let mut quotes = 0_usize;
    let mut cells = 0_usize;
    while starts && at <= text.len() && cells < MOST {
        let (cell, end) = cell_at(text, at)?;
        let inside = text.get(cell.inside.clone())?;
        cells = cells.saturating_add(1);
        if cell.is_quoted {
            quotes = quotes.saturating_add(1);
        }
        match stamp_of_cell(text, &cell.inside) {
            Some(stamp) => {
                stamped = stamped.or(Some(stamp));
                time = Some(cell).filter(|cell| cell.is_quoted && time.is_none());
            }
            None if inside.trim_ascii().contains(&b' ') => {
                let held = found.replace(cell);
                held.is_none().then_some(())?;
            }
            None if cell.is_quoted => quoted = Some(cell),
            None => {}
        }
        at = end.saturating_add(1);
    }
    // A text of one word is the only cell in quotes, which a row doubles and does not escape.
    let is_row = quotes == 1 && memchr::memmem::find(text, b"\\\"").is_none();
    let found = found.or(quoted.filter(|_| is_row));
    // The text may be a time itself, as the output of `date`.
    let is_alone = found.is_none() && cells > 1;
    let stamped = stamped.filter(|_| !is_alone);
    let cell = found.or(time).filter(|_| cells > 1 && at > text.len())?;
    // Prose has commas, too, with a blank behind them.
    let is_close = text.get(cell.inside.start) != Some(&b' ');
    (cell.is_quoted || (stamped.is_some() && cells == 2 && is_close)).then_some((cell, stamped))
}

/// Returns the time that is all of the cell. A comma may also come before a fraction of a second.
fn stamp_of_cell(text: &[u8], inside: &Range<usize>) -> Option<Stamp> {
    let rest = text.get(inside.start..)?;
    let is_whole =
        |len: usize, stamp: &Stamp| len == inside.len() && stamp.date != DateKnowledge::NoDate;
    let whole = |(stamp, len): (Stamp, usize)| is_whole(len, &stamp).then_some(stamp);
    stamp::parse_at(rest).and_then(whole).or_else(|| stamp::parse_epoch(rest).and_then(whole))
}

/// Returns the cell that starts at `at`, and its end: the position of the comma or of the end.
fn cell_at(text: &[u8], at: usize) -> Option<(Cell, usize)> {
    if text.get(at) != Some(&b'"') {
        let end = at.saturating_add(run(text, at, |byte| byte != b','));
        return Some((Cell { inside: at..end, is_quoted: false }, end));
    }
    let mut end = at.saturating_add(1);
    loop {
        end = end.saturating_add(memchr::memchr(b'"', text.get(end..)?)?);
        match text.get(end.saturating_add(1)) {
            Some(b'"') => end = end.saturating_add(2),
            None | Some(b',') => break,
            Some(_) => return None,
        }
    }
    let inside = at.saturating_add(1)..end;
    Some((Cell { inside, is_quoted: true }, end.saturating_add(1)))
}

/// Returns where the text of a cell starts that `line` opens and does not close. Only short cells come
/// before it.
pub(super) fn open_cell(line: &[u8]) -> Option<usize> {
    const LONGEST: usize = 32;
    let quote = memchr::memchr(b'"', line)?;
    let head = line.get(..quote)?;
    let is_short = |cell: &[u8]| cell.len() <= LONGEST && !cell.contains(&b' ');
    let is_head =
        head.is_empty() || (head.ends_with(b",") && head.split(|byte| *byte == b',').all(is_short));
    let quotes = memchr::memchr_iter(b'"', line).count();
    // A string that is open at its end is no cell in any other text.
    (is_head && quotes % 2 == 1 && head.len() > 1).then(|| quote.saturating_add(1))
}

/// Returns where the text of an open cell ends in `line`, if it does.
pub(super) fn end_of_cell(line: &[u8]) -> Option<usize> {
    (memchr::memchr_iter(b'"', line).count() % 2 == 1).then(|| memchr::memrchr(b'"', line))?
}

fn is_in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.@/".contains(&byte)
}

fn run(text: &[u8], at: usize, part: impl Fn(u8) -> bool) -> usize {
    text.get(at..).unwrap_or(&[]).iter().take_while(|byte| part(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_of_pairs_is_found() {
        const ROWS: &[(&str, Option<&str>)] = &[
            (r#"msg="a b""#, Some("a b")),
            (r#"time=2024-01-09T14:00:00Z level=error msg="a \" b" n=1"#, Some(r#"a \" b"#)),
            (r#"ts=1 message="a""#, Some("a")),
            ("msg=bare", None),
            (r#"failed: msg="a""#, None),
            (r#"msg="cut"#, None),
            (r#"msg="a"b"#, None),
            ("", None),
        ];
        for &(text, expected) in ROWS {
            let found = message(text.as_bytes()).and_then(|(_, range)| text.get(range));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn message_of_a_row_is_found() {
        const ROWS: &[(&str, Option<&str>, bool)] = &[
            (r#""a b""#, None, false),
            (r#""2024-01-09T14:00:00Z","web","a ""b"", c""#, Some(r#"a ""b"", c"#), true),
            ("1704808800000,a b", Some("a b"), true),
            ("1704808800000,a b, c", None, false),
            (r#""x","a b","c d""#, None, false),
            (r#"2024-01-09 14:00:00,"a b""#, Some("a b"), true),
            (r#""x","a b""#, Some("a b"), false),
            ("failed, again", None, false),
            ("2024-01-09T14:00:00Z, expiry time of assertion", None, false),
            (r#""x"y,"a b""#, None, false),
            (r#"5,"Time:2025-05-29T07:03:46Z",web"#, Some("Time:2025-05-29T07:03:46Z"), false),
            (r#"1704808800000,"failed""#, Some("failed"), true),
            (r#""a","b",c"#, None, false),
            (r#""a\",\"exp\":1}""#, None, false),
            ("2024-01-09 14:00:00,123 ERROR a", None, false),
        ];
        for &(text, expected, is_stamped) in ROWS {
            let found = cell(text.as_bytes());
            let inside = found.as_ref().and_then(|(cell, _)| text.get(cell.inside.clone()));
            assert_eq!(inside, expected, "{text}");
            assert_eq!(found.is_some_and(|(_, stamp)| stamp.is_some()), is_stamped, "{text}");
        }
    }
}
