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

// Blanks part words, but not inside of backticks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let breaks = move |c: char| {
        quoted ^= c == '`';
        c == ' ' && !quoted
    };
    text.split(breaks).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_between_words() {
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
}
