//! Finds the end of a string, number or literal (RFC 8259 §3, §6, §7).

use super::error::{Expected, JsonError, JsonFault};
use crate::token::text::unescape;

const WORD: usize = size_of::<usize>();
const ONES: usize = usize::MAX / 0xFF; // 1 in every byte
const HIGHS: usize = ONES << 7;

/// The position after a string's closing quote.
pub(super) struct End {
    pub(super) end: usize,
    pub(super) escapes: bool,
}

/// Scans a string whose opening quote is just before `at`.
pub(super) fn string(bytes: &[u8], mut at: usize) -> Result<End, JsonError> {
    let mut escapes = false;
    loop {
        at = plain_end(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Ok(End { end: at.saturating_add(1), escapes }),
            Some(b'\\') => {
                at = escape(bytes, at).ok_or(JsonError { at, fault: JsonFault::Escape })?;
                escapes = true;
            }
            Some(&met) if met < b' ' => {
                return Err(JsonError { at, fault: JsonFault::Control { met } });
            }
            Some(_) => at = at.saturating_add(1),
            None => return Err(JsonError::unexpected(bytes, at, Expected::Quote)),
        }
    }
}

/// Skips bytes, one word at a time, up to a quote, a backslash or a control character, or up to the
/// last few bytes. The whole text has already been checked to be UTF-8.
#[inline]
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk::<WORD>) {
        let special = special(usize::from_le_bytes(*word));
        if special != 0 {
            let ahead = usize::try_from(special.trailing_zeros() / 8);
            return at.saturating_add(ahead.unwrap_or(0));
        }
        at = at.saturating_add(WORD);
    }
    at
}

/// Sets the high bit of each byte that is a quote, a backslash or a control character. A byte is
/// zero if subtracting one borrows into its high bit. A borrow may also mark bytes above the first
/// match, which are ignored.
#[inline]
const fn special(word: usize) -> usize {
    let quote = word ^ (ONES * 0x22);
    let backslash = word ^ (ONES * 0x5C);
    let special = (quote.wrapping_sub(ONES) & !quote)
        | (backslash.wrapping_sub(ONES) & !backslash)
        | (word.wrapping_sub(ONES * 0x20) & !word);
    special & HIGHS
}

/// The position after the escape whose backslash is at `at`.
fn escape(bytes: &[u8], at: usize) -> Option<usize> {
    let behind = at.saturating_add(1);
    let (_, len) = unescape(bytes.get(behind..)?)?;
    Some(behind.saturating_add(len))
}

/// A number (RFC 8259 §6): no leading zeros, no lone point, no plus.
pub(super) fn number(bytes: &[u8], at: usize) -> Result<usize, JsonError> {
    let mut at = after(bytes, at, b"-").unwrap_or(at);
    at = match after(bytes, at, b"0") {
        Some(at) => at,
        None => digits(bytes, at)?,
    };
    if let Some(fraction) = after(bytes, at, b".") {
        at = digits(bytes, fraction)?;
    }
    if let Some(exponent) = after(bytes, at, b"eE") {
        at = digits(bytes, after(bytes, exponent, b"+-").unwrap_or(exponent))?;
    }
    Ok(at)
}

fn digits(bytes: &[u8], at: usize) -> Result<usize, JsonError> {
    let mut end = at;
    while bytes.get(end).is_some_and(u8::is_ascii_digit) {
        end = end.saturating_add(1);
    }
    if end == at { Err(JsonError::unexpected(bytes, at, Expected::Digit)) } else { Ok(end) }
}

/// The position after the byte at `at`, if it is one of `any_of`.
fn after(bytes: &[u8], at: usize, any_of: &[u8]) -> Option<usize> {
    bytes.get(at).is_some_and(|byte| any_of.contains(byte)).then(|| at.saturating_add(1))
}

/// Scans `true`, `false` or `null`, whichever starts with `first`.
pub(super) fn literal(bytes: &[u8], at: usize, first: u8) -> Result<usize, JsonError> {
    let literal: &[u8] = match first {
        b't' => b"true",
        b'f' => b"false",
        _ => b"null",
    };
    let rest = bytes.get(at..).unwrap_or_default();
    let same = rest.iter().zip(literal).take_while(|(met, allowed)| met == allowed).count();
    let end = at.saturating_add(same);
    if same == literal.len() {
        Ok(end)
    } else {
        Err(JsonError::unexpected(bytes, end, Expected::Literal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_special_byte_of_eight() {
        const ROWS: &[(&[u8; 8], Option<usize>)] = &[
            (b"abcdefgh", None),
            (b"abcdefg\"", Some(7)),
            (b"\"bcdefgh", Some(0)),
            (b"ab\\def\"h", Some(2)),
            (b"abc\x1fefgh", Some(3)),
            (b"abc\x00efgh", Some(3)),
            (b"\x20\x21\x23\x5b\x5d\x7e\x7f\x80", None),
            (b"\xa2\xdc\x9f\x80\xff\xc3\xa9\xf0", None),
            (b"\xff\xff\xff\xff\"\xff\xff\xff", Some(4)),
        ];
        for &(eight, first) in ROWS {
            let end = plain_end(eight, 0);
            assert_eq!((end < 8).then_some(end), first, "{}", eight.escape_ascii());
        }
    }
}
