//! What lies across the seam of two lines: times, wordings, tokens, words; and the widths at which lines
//! are broken.

use super::sentence::LINKS;
use crate::evidence::catalogue::{ROWS, Row};
use crate::evidence::claims::is_base64url;
use crate::evidence::undress::hash;
use crate::evidence::{filter, stamp};

/// How the parts of a broken line fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seam {
    /// Between two words.
    Blank,
    /// Inside a word, or at a blank that is still there.
    Nothing,
}

/// Returns the form in which the record in `line` starts: all up to the end of its stamp, in which a run of
/// letters or of digits counts as one.
pub(super) fn form(line: &[u8]) -> Option<u32> {
    let end = stamp::first_at_head(line)?.end.min(FORM);
    let mut shape = heapless::Vec::<u8, FORM>::new();
    for byte in line.get(..end)? {
        let class = match byte {
            b'0'..=b'9' => b'0',
            b'A'..=b'Z' | b'a'..=b'z' => b'a',
            other => *other,
        };
        if shape.last() != Some(&class) {
            let _ = shape.push(class);
        }
    }
    Some(hash(shape))
}

/// Number of bytes at the start of a record of which its form consists.
const FORM: usize = 64;

/// Returns `true` if `text` ends as lines do before a token: `Authorization: Bearer`.
pub(super) fn announces_token(text: &[u8]) -> bool {
    const NAMES: [&[u8]; 7] = [b"earer", b"oken", b"jwt", b"JWT", b"ssertion", b"=", b":"];
    NAMES.iter().any(|name| text.trim_ascii_end().ends_with(name))
}

/// Returns how `held` and `next` fit together, if a time or a known wording lies across the seam.
pub(super) fn bridge(held: &[u8], next: &[u8]) -> Option<Seam> {
    [(Seam::Blank, b" ".as_slice()), (Seam::Nothing, &[])].into_iter().find_map(
        |(seam, between)| {
            let mut window = heapless::Vec::<u8, { 2 * NEAR + 1 }>::new();
            let head = held.get(held.len().saturating_sub(NEAR)..).unwrap_or(held);
            let tail = next.get(..NEAR).unwrap_or(next);
            [head, between, tail]
                .into_iter()
                .try_for_each(|part| window.extend_from_slice(part))
                .ok()?;
            lies_across(&window, head.len(), head.len().saturating_add(between.len()))
                .then_some(seam)
        },
    )
}

/// Returns `true` if `held` ends inside a token that `next` goes on with.
pub(super) fn parts_token(held: &[u8], next: &[u8]) -> bool {
    let is_in_token = |byte: &&u8| is_base64url(**byte) || **byte == b'.';
    let last = held.iter().rev().take_while(is_in_token).count();
    let first = next.iter().take_while(is_in_token).count();
    let starts_token = next.starts_with(b"eyJ") && !held.ends_with(b".");
    last >= TOKEN && first >= TOKEN / 2 && !starts_token
}

/// Returns `true` if `held` and `next` are parts of one word that is longer than a line, such as the fields
/// of a form.
pub(super) fn parts_long_word(held: &[u8], next: &[u8]) -> bool {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~%&=+:/".contains(byte);
    let is_word = |text: &[u8]| !text.is_empty() && text.iter().all(part);
    is_word(held) && is_word(next) && held.contains(&b'=')
}

/// A longer run of characters is a part of a token, not a word.
const TOKEN: usize = 32;

/// Number of bytes on each side of a seam that are looked at.
const NEAR: usize = 48;

const fn never_in_time(byte: u8) -> bool {
    matches!(
        byte,
        b'!'..=b'\'' | b'*' | b'<' | b'>'..=b'@' | b'['..=b'^' | b'`' | b'{'..=b'~'
    )
}

/// Returns `true` if a time or an anchor of the catalogue starts before `end` and ends after `start`.
fn lies_across(window: &[u8], end: usize, start: usize) -> bool {
    let is_across = |hit: filter::Hit| hit.at < end && hit.end() > start;
    // Few of the bytes that meet at a seam also meet in an anchor.
    let around = window.get(end.saturating_sub(1)..=start).unwrap_or(&[]);
    let mut met = around.windows(2);
    let may_have_words = met.all(|met| matches!(met, [a, b] if filter::may_adjoin(*a, *b)));
    let scan = || filter::scan(window, |hit| is_across(hit).then_some(()));
    let has_words = may_have_words.then(scan).flatten();
    if has_words.is_some() || !window.iter().any(u8::is_ascii_digit) {
        return has_words.is_some();
    }
    let (before, after) = (window.get(..end).unwrap_or(&[]), window.get(start..).unwrap_or(&[]));
    if start > end && stamp::starts_after(before, after) {
        return false;
    }
    // A line that ends with a whole time may come before a record that starts with one.
    let starts_time = window.get(start..).and_then(stamp::parse_at).is_some();
    let ends_time = |at| window.get(at..end).and_then(stamp::parse_at).is_some();
    // `GMT2026`: only `2026-11-28T10:00` and `E1128` have a letter directly before a digit.
    if let [letter, b'0'..=b'9'] = around
        && letter.is_ascii_alphabetic()
    {
        let before = end.checked_sub(2).and_then(|before| window.get(before));
        let is_separator = before.is_some_and(u8::is_ascii_digit);
        let is_level = before.is_none_or(|byte| !byte.is_ascii_alphanumeric());
        if !(is_separator || is_level) {
            return false;
        }
    }
    // A time goes on over the seam only if it goes on up to it.
    let from = window.iter().take(start.saturating_add(1)).rposition(|byte| never_in_time(*byte));
    (from.map_or(0, |at| at.saturating_add(1))..end).any(|at| {
        let before = at.checked_sub(1).and_then(|before| window.get(before));
        let starts_word =
            before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b".:-".contains(byte));
        let len = || stamp::parse_at(window.get(at..)?).map(|(_, len)| len);
        starts_word
            && len().is_some_and(|len| at.saturating_add(len) > start)
            && !(starts_time && ends_time(at))
    })
}

/// Returns `true` if the seam lies between two whole words: both are words of the catalogue, or the first
/// links sentences or ends with a comma.
pub(super) fn parts_words(held: &[u8], next: &[u8]) -> bool {
    let is_letter = |byte: &&u8| byte.is_ascii_alphabetic();
    let last = held.iter().rev().take_while(is_letter).count();
    let last = held.get(held.len().saturating_sub(last)..).unwrap_or(&[]);
    let first = next.get(..next.iter().take_while(is_letter).count()).unwrap_or(&[]);
    if held.ends_with(b",") && !first.is_empty() {
        return held.contains(&b' ');
    }
    (is_word(last) && is_word(first)) || LINKS.iter().any(|link| last.eq_ignore_ascii_case(link))
}

fn is_word(word: &[u8]) -> bool {
    let is_same = |known: &[u8]| known.eq_ignore_ascii_case(word);
    let is_in =
        |row: &Row| row.words.as_bytes().split(|byte| !byte.is_ascii_alphabetic()).any(is_same);
    !word.is_empty() && ROWS.iter().any(is_in)
}

/// Lines that are wider were not broken by a terminal.
pub(super) const WIDEST: usize = 201;

/// Widths at which mail programs and terminals break lines, with those that are left after quoting.
pub(super) fn is_common(width: usize) -> bool {
    matches!(width, 72 | 76 | 78 | 80 | 98 | 100 | 118 | 120 | 132 | 158 | 160 | 200)
}

/// Widths at which programs cut lines inside words, with those that are left after quoting.
pub(super) fn is_usual(width: usize) -> bool {
    width.is_multiple_of(10)
        || matches!(width, 72 | 76 | 78 | 96 | 98 | 116 | 118 | 132 | 156 | 158)
}
/// Returns `true` if both lines start alike but for the value of many digits, as records do whose stamps have a
/// form that is not known.
pub(super) fn are_records(held: &[u8], line: &[u8]) -> bool {
    const HEAD: usize = 24;
    const DIGITS: usize = 8;
    let heads = held.get(..HEAD).zip(line.get(..HEAD));
    heads.is_some_and(|(held, line)| {
        let alike = |(one, other): (&u8, &u8)| {
            one == other || (one.is_ascii_digit() && other.is_ascii_digit())
        };
        held.iter().zip(line).all(alike)
            && line.iter().filter(|byte| byte.is_ascii_digit()).count() >= DIGITS
    })
}
