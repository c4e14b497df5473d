//! Characters that are not seen: colours, marks of the direction of writing, and blanks at which no line is
//! broken.
//!
//! Windows writes U+200E around each part of a date, and browsers write U+202F before `AM`. No reader of times
//! should have to know them.

use super::escapes;
use super::layers::Text;

/// These characters, and what a reader sees in their place.
const UNSEEN: &[(&[u8], &[u8])] = &[
    ("\u{200e}".as_bytes(), b""),
    ("\u{200f}".as_bytes(), b""),
    ("\u{200b}".as_bytes(), b""),
    ("\u{2060}".as_bytes(), b""),
    ("\u{feff}".as_bytes(), b""),
    ("\u{a0}".as_bytes(), b" "),
    ("\u{202f}".as_bytes(), b" "),
    ("\u{2009}".as_bytes(), b" "),
];

/// Appends `line` without colours, or without other characters that are not seen and with plain blanks.
/// Returns `false` if it has neither.
pub(super) fn remove(line: &[u8], text: &mut Text) -> bool {
    if escapes::may_have_colour(line) {
        escapes::remove_colour(line, text);
        return true;
    }
    !line.is_ascii() && remove_marks(line, text)
}

fn remove_marks(line: &[u8], text: &mut Text) -> bool {
    let mut rest = line;
    let mut found = false;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, 0xC2 | 0xE2 | 0xEF)) {
        let (head, tail) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        escapes::push(head, text);
        let known = UNSEEN.iter().find(|(unseen, _)| tail.starts_with(unseen));
        found |= known.is_some();
        let (seen, len) =
            known.map_or((tail.get(..1).unwrap_or(&[]), 1), |(unseen, seen)| (*seen, unseen.len()));
        escapes::push(seen, text);
        rest = tail.get(len..).unwrap_or(&[]);
    }
    escapes::push(rest, text);
    if !found {
        text.clear();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_not_seen_are_removed() {
        const ROWS: &[(&str, Option<&str>)] = &[
            (
                "\u{200e}2025\u{200e}-\u{200e}03\u{200e}-\u{200e}14T10:00:17Z é",
                Some("2025-03-14T10:00:17Z é"),
            ),
            ("10:00:17\u{202f}AM –\u{a0}failed", Some("10:00:17 AM – failed")),
            ("“für” 你好 │", None),
        ];
        for &(line, expected) in ROWS {
            let mut text = Text::new();
            let met = remove(line.as_bytes(), &mut text).then_some(text);
            assert_eq!(met.as_deref(), expected.map(str::as_bytes), "{line}");
        }
    }
}
