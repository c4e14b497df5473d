//! Labels of times: the words next to an instant that give its role.
//!
//! The catalogue knows products, and this table knows how programs name their times, in English and
//! in common words of German, French, Spanish, Portuguese, Japanese, Korean and Chinese. It reads
//! `exp 1700000000`, `id_token.exp=1700000000`, `"nbf": 1700000000`, `Valid from: 2024-…` and
//! `1700000000 (now)`.

mod table;

use self::table::LABELS;
use super::catalogue::Role;
use super::find::contains_any;

/// Words that may separate a label from its time.
const LINKS: &[&[u8]] = &[
    b"date/time",
    b"utc",
    b"gmt",
    b"is",
    b"was",
    b"at",
    b"of",
    b"on",
    b"in",
    b"the",
    b"claim",
    b"time",
    b"value",
    b"date",
    b"condition",
    b"numericdate",
    b"timestamp",
    "：".as_bytes(),
    "は".as_bytes(),
];

/// A label is searched this far before its time.
const REACH: usize = 72;

/// Returns the text before the time at `at` that may hold its label.
fn before(text: &[u8], at: usize) -> &[u8] {
    text.get(at.saturating_sub(REACH)..at).unwrap_or(&[])
}

/// Splits [that text](before) into the words and the marks after them, such as `": "`.
fn words_and_marks(text: &[u8], at: usize) -> (&[u8], &[u8]) {
    let before = before(text, at);
    before.split_at_checked(strip_marks(before).len()).unwrap_or((before, &[]))
}

/// Returns the role of the time at `at..end`, by the label before it or in brackets after it.
pub(crate) fn role(text: &[u8], at: usize, end: usize) -> Option<Role> {
    let before = before(text, at);
    if is_sum(before, text.get(end..)?) {
        return Some(Role::Server);
    }
    before_time(before).or_else(|| after_time(text.get(end..)?))
}

/// Returns `true` if the time at `at` is the end of a cookie, or of a cached answer (RFC 9111 §5.3).
pub(crate) fn is_of_cookie(text: &[u8], at: usize) -> bool {
    const COOKIES: &[&[u8]] = &[b"cookie", b"Cookie", b"; expires=", b"; Expires=", b";expires="];
    let (name, marks) = words_and_marks(text, at);
    let is_field = name.eq_ignore_ascii_case(b"expires") && marks.first() == Some(&b':');
    ends_with_word(name, b"expires") && (is_field || contains_any(before(text, at), COOKIES))
}

/// Returns `true` if the time at `at` is the member of an answer that states when it was given:
/// `"timestamp": 1700000000`, `'t': 1700000000000`.
pub(crate) fn is_timestamp(text: &[u8], at: usize) -> bool {
    /// Too short for a word of a sentence, so they count in quotes only.
    const SHORT: &[&[u8]] = &[b"t", b"ts", b"time", b"now"];
    let (name, marks) = words_and_marks(text, at);
    let is_quoted = marks.first().is_some_and(|mark| b"\"'\\".contains(mark));
    let is_short = || SHORT.iter().any(|short| ends_with_word(name, short));
    ends_with_word(name, b"timestamp") || (is_quoted && is_short())
}

/// Returns `true` if the words before `at` name a clock: `time is …`, `date: …`, `RTC=…`.
pub(crate) fn is_clock(text: &[u8], at: usize) -> bool {
    const NAMES: &[&[u8]] = &[b"time", b"clock", b"date", b"rtc", b"now"];
    let (name, _) = words_and_marks(text, at);
    let verb = [b"is".as_slice(), b"was", b"reads", b"shows", b"to"];
    let verb = verb.iter().find(|verb| ends_with_word(name, verb));
    let left = name.len().saturating_sub(verb.map_or(0, |verb| verb.len()));
    let name = strip_marks(name.get(..left).unwrap_or(&[]));
    NAMES.iter().any(|known| ends_with_word(name, known))
}

/// Returns `true` if the time at `at..end` is the value of the field `Date` (RFC 9110 §6.6.1).
pub(crate) fn is_field(text: &[u8], at: usize, end: usize) -> bool {
    let (name, marks) = words_and_marks(text, at);
    let is_value = marks.iter().any(|mark| b":=[".contains(mark));
    let value = text.get(at..end).unwrap_or(&[]);
    is_value && value.ends_with(b"GMT") && value.contains(&b',') && ends_with_word(name, b"date")
}

/// Returns `true` for the judge's time of `… (20241002T081950Z - 15 min.)`, which states a sum.
fn is_sum(before: &[u8], after: &[u8]) -> bool {
    let digit = |text: &[u8]| text.first().is_some_and(u8::is_ascii_digit);
    let sum = after.strip_prefix(b" - ").or_else(|| after.strip_prefix(b" + "));
    before.last() == Some(&b'(') && sum.is_some_and(digit)
}

fn before_time(text: &[u8]) -> Option<Role> {
    const STEPS: usize = 4;
    let mut text = strip_marks(text);
    for _ in 0..STEPS {
        if let Some(role) = label_at_end(text) {
            return Some(role);
        }
        text = strip_marks(strip_link(text)?);
    }
    None
}

/// `1700000000 (now)`.
fn after_time(text: &[u8]) -> Option<Role> {
    const LONGEST: usize = 24;
    let inside = text.trim_ascii_start().strip_prefix(b"(")?;
    let len = inside.iter().take(LONGEST).position(|byte| *byte == b')')?;
    let name = inside.get(..len)?;
    LABELS.iter().find(|(label, _)| name.eq_ignore_ascii_case(label.as_bytes())).map(|row| row.1)
}

fn label_at_end(text: &[u8]) -> Option<Role> {
    let last = usize::from(text.last()?.to_ascii_lowercase());
    let (by_last, ends) = &BY_LAST;
    let end = ends.get(last.saturating_add(1)).copied().map_or(LABELS.len(), usize::from);
    let ranks = by_last.get(usize::from(*ends.get(last)?)..end)?;
    let labels = ranks.iter().filter_map(|rank| LABELS.get(usize::from(*rank)));
    // Most labels with the same last byte have another one before it.
    let before_last = |text: &[u8]| text.iter().nth_back(1).map(u8::to_ascii_lowercase);
    let before = before_last(text);
    let mut labels = labels.filter(|(label, _)| before_last(label.as_bytes()) == before);
    labels.find(|(label, _)| ends_with_word(text, label.as_bytes())).map(|row| row.1)
}

/// The positions of the labels, sorted by the last byte of each, and otherwise in order; and for each
/// byte, the number of labels that end with a smaller one.
static BY_LAST: ([u8; LABELS.len()], [u8; 256]) = by_last();

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "there are fewer than 256 labels"
)]
const fn by_last() -> ([u8; LABELS.len()], [u8; 256]) {
    let (mut ranks, mut places, mut ends) = ([0; LABELS.len()], [0; 257], [0; 256]);
    let mut rank = 0;
    while rank < LABELS.len() {
        places[last_byte(rank) + 1] += 1;
        rank += 1;
    }
    let mut byte = 0;
    while byte < 256 {
        places[byte + 1] += places[byte];
        ends[byte] = places[byte] as u8;
        byte += 1;
    }
    rank = 0;
    while rank < LABELS.len() {
        let byte = last_byte(rank);
        ranks[places[byte]] = rank as u8;
        places[byte] += 1;
        rank += 1;
    }
    (ranks, ends)
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
#[expect(clippy::as_conversions, reason = "const, and a byte fits into any usize")]
const fn last_byte(rank: usize) -> usize {
    let label = LABELS[rank].0.as_bytes();
    label[label.len() - 1] as usize
}

fn strip_link(text: &[u8]) -> Option<&[u8]> {
    let last = text.last()?.to_ascii_lowercase();
    let may_end = |link: &&&[u8]| link.last() == Some(&last);
    let link = LINKS.iter().filter(may_end).find(|link| ends_with_word(text, link))?;
    text.get(..text.len().saturating_sub(link.len()))
}

/// Returns `true` if `text` ends with `word`, and the word does not start inside another one.
fn ends_with_word(text: &[u8], word: &[u8]) -> bool {
    let is_last = |byte: &u8| word.last().is_some_and(|last| last.eq_ignore_ascii_case(byte));
    let Some(start) = text.len().checked_sub(word.len()) else { return false };
    if !text.last().is_some_and(is_last) {
        return false;
    }
    let (before, met) = text.split_at_checked(start).unwrap_or((text, &[]));
    let first = met.first().is_some_and(u8::is_ascii_uppercase);
    let last = before.last();
    let is_hump = first && last.is_some_and(u8::is_ascii_lowercase);
    met.eq_ignore_ascii_case(word)
        && (is_hump || !word.is_ascii() || last.is_none_or(|byte| !byte.is_ascii_alphanumeric()))
}

fn strip_marks(text: &[u8]) -> &[u8] {
    const MOST: usize = 8;
    // A list of bytes would be searched by its length.
    let mark = |byte: &&u8| {
        matches!(
            byte,
            b' ' | b'\t'
                | b'\r'
                | b'\n'
                | b'"'
                | b'\''
                | b'`'
                | b'('
                | b'['
                | b'{'
                | b'<'
                | b'>'
                | b']'
                | b':'
                | b'='
                | b','
                | b'\\'
                | b')'
                | b'_'
        )
    };
    let count = text.iter().rev().take(MOST).take_while(mark).count();
    text.get(..text.len().saturating_sub(count)).unwrap_or(&[])
}
