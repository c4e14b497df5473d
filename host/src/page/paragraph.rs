//! Paragraphs that fit a terminal. Commands in backticks stay on one line, for copying.

use super::terminal::columns;

/// Puts `text` into lines of at most `width` columns, if there is a limit, with `first` before the
/// first line and as many blanks before the others.
pub(crate) fn paragraph(first: &str, text: &str, width: Option<usize>) -> String {
    let indent = columns(first);
    let limit = width.unwrap_or(usize::MAX);
    let (mut page, mut column, mut empty) = (first.to_owned(), indent, true);
    for word in words(text) {
        let length = columns(word);
        if !empty && column.saturating_add(1).saturating_add(length) > limit {
            page.push('\n');
            page.push_str(&" ".repeat(indent));
            (column, empty) = (indent, true);
        }
        if !empty {
            page.push(' ');
            column += 1;
        }
        page.push_str(word);
        (column, empty) = (column.saturating_add(length), false);
    }
    page.push('\n');
    page
}

// Blanks separate words, except inside backticks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let breaks = move |c: char| {
        quoted ^= c == '`';
        c == ' ' && !quoted
    };
    text.split(breaks).filter(|word| !word.is_empty())
}

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
    // A narrower cell would have one word per line.
    let cell = cell(content, indent).filter(|&at| columns(head(content, at)) <= width / 2);
    let (first, rest) = content.split_at(cell.unwrap_or(indent));
    paragraph(first, rest, Some(width))
}

fn head(line: &str, at: usize) -> &str {
    line.get(..at).unwrap_or(line)
}

/// The position at which the second cell of a line starts: after two blanks or more.
fn cell(line: &str, indent: usize) -> Option<usize> {
    let gap = line.get(indent..)?.find("  ")?.saturating_add(indent);
    let rest = line.get(gap..)?;
    Some(gap.saturating_add(rest.len().saturating_sub(rest.trim_start().len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraph_breaks_between_words() {
        const ROWS: &[(&str, &str, &str, Option<usize>, &str)] = &[
            ("no limit", "", "one two three", None, "one two three\n"),
            ("at the limit", "", "one two three", Some(7), "one two\nthree\n"),
            ("hanging", "1. ", "one two", Some(6), "1. one\n   two\n"),
            ("commands stay whole", "", "run `a b c` now", Some(6), "run\n`a b c`\nnow\n"),
            ("a syllable is two columns", "", "한국 어", Some(5), "한국\n어\n"),
            ("longer than a line", "- ", "abcdefgh", Some(4), "- abcdefgh\n"),
            ("nothing", "- ", "", Some(4), "- \n"),
        ];
        for &(name, first, text, width, expected) in ROWS {
            assert_eq!(paragraph(first, text, width), expected, "{name}");
        }
    }

    #[test]
    fn line_wider_than_the_page_continues_under_its_cell() {
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
