//! Reading the stamp at the start of a text, and finding the first stamp inside a text.

use core::ops::Range;

use super::shape::{DateKnowledge, Stamp};
use super::{iso, named, numeric};
use crate::time::Cursor;

/// Returns the stamp at the start of `text`, and its length.
///
/// Epoch seconds are not stamps here, because any number may look like them.
/// [`parse_epoch`](super::parse_epoch) reads them where the text says that a time follows.
pub(crate) fn parse_at(text: &[u8]) -> Option<(Stamp, usize)> {
    let mut cursor = Cursor::new(text);
    let stamp = read(&mut cursor)?;
    Some((stamp, text.len().saturating_sub(cursor.len())))
}

/// Returns the first stamp in `text` that states at least a month and a day, and its position.
///
/// A bare `00:12:31` is skipped: in running text it is just as often a duration.
pub(crate) fn find(text: &[u8]) -> Option<(Stamp, Range<usize>)> {
    let mut cursor = Cursor::new(text);
    skip_gap(&mut cursor);
    loop {
        let start = text.len().saturating_sub(cursor.len());
        let dated = read_dated(&mut cursor);
        if let Some(stamp) = dated {
            return Some((stamp, start..text.len().saturating_sub(cursor.len())));
        }
        skip_word(&mut cursor)?;
    }
}

fn read_dated(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    cursor.attempt(read).filter(|stamp| stamp.date != DateKnowledge::NoDate)
}

// Moves to the start of the next word; returns `None` at the end of the text. Points and colons
// between digits belong to the word, so that a stamp never starts inside an address or a version.
fn skip_word(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.next()?;
    loop {
        cursor.take_while(|byte| byte.is_ascii_alphanumeric());
        let inner = cursor.attempt(|ahead| {
            ahead.eat_one_of(b".:")?;
            ahead.at_digit().then_some(())
        });
        if inner.is_none() {
            break;
        }
    }
    skip_gap(cursor);
    cursor.peek().map(|_| ())
}

fn skip_gap(cursor: &mut Cursor<'_>) {
    cursor.take_while(|byte| !byte.is_ascii_alphanumeric());
}

pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    match cursor.peek()? {
        b'0'..=b'9' => read_number_first(cursor),
        b'A'..=b'Z' | b'a'..=b'z' => {
            cursor.attempt(numeric::read_klog).or_else(|| named::read(cursor))
        }
        _ => None,
    }
}

fn read_number_first(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    if iso::follows(*cursor) {
        return iso::read(cursor);
    }
    cursor.attempt(numeric::read).or_else(|| named::read(cursor))
}
