//! Lines that fit a terminal: a cell of a table stays below itself, a list keeps its indent.

use super::paragraph::paragraph;
use super::terminal::columns;

/// `text` with every line broken that is wider than `width`, where it has blanks.
pub(super) fn fitted(text: &str, width: usize) -> String {
    text.split_inclusive('\n').map(|line| fit(line, width)).collect()
}

fn fit(line: &str, width: usize) -> String {
    let content = line.trim_end();
    if columns(content) <= width {
        return line.to_owned();
    }
    let indent = content.len().saturating_sub(content.trim_start().len());
    // A column of single words is no cell.
    let cell = cell(content, indent).filter(|&at| columns(head(content, at)) <= width / 2);
    let (first, rest) = content.split_at(cell.unwrap_or(indent));
    paragraph(first, rest, Some(width))
}

fn head(line: &str, at: usize) -> &str {
    line.get(..at).unwrap_or(line)
}

/// Where the second cell of a line starts: behind two blanks or more.
fn cell(line: &str, indent: usize) -> Option<usize> {
    let gap = line.get(indent..)?.find("  ")?.saturating_add(indent);
    let rest = line.get(gap..)?;
    Some(gap.saturating_add(rest.len().saturating_sub(rest.trim_start().len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_wide_is_broken_below_itself() {
        const ROWS: &[(&str, &str, &str)] = &[
            ("fits", "  exp  one two\n", "  exp  one two\n"),
            ("a cell", "  exp  one two three\n", "  exp  one two\n       three\n"),
            ("a list", "  one two three four\n", "  one two three\n  four\n"),
            ("a title", "one two three four five\n", "one two three\nfour five\n"),
            ("a wide name", "  abcdefgh  one two three\n", "  abcdefgh one\n  two three\n"),
            ("one word", "abcdefghijklmnopqrstuvwxyz\n", "abcdefghijklmnopqrstuvwxyz\n"),
            (
                "colour",
                "  \u{1b}[1mone\u{1b}[0m two three\n",
                "  \u{1b}[1mone\u{1b}[0m two three\n",
            ),
            ("wide letters", "  시  오류 판단 불가\n", "  시  오류 판단\n      불가\n"),
            ("several", "one two\n\none two three four\n", "one two\n\none two three\nfour\n"),
        ];
        for &(name, text, expected) in ROWS {
            assert_eq!(fitted(text, 15), expected, "{name}");
        }
    }
}
