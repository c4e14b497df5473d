//! The stamps after the first one at the head of a line.
//!
//! A collector, a container runtime or a journal puts its own stamp before the line of a program,
//! which has one, too. Between the two are at most a host, a tag and the fields of syslog. Whatever
//! follows a level or other words may be part of the message.

use super::found::{Found, is_http_date};
use super::json_record;
use super::names::is_level;
use super::record::{
    Form, read_exact_epoch, read_here, short_word, skip_blanks, skip_group, skip_priority,
    skip_separators, skip_value,
};
use crate::time::Cursor;

/// More than any format has between two stamps.
const MOST_PARTS: usize = 12;
/// A host and a tag.
const WORDS: usize = 2;

/// The certainty that a stamp is one of the head, and not of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is at the place where a format has it.
    Head,
    /// It may also be the first words of the message.
    Open,
}

/// Words before a time in a message.
const LABELS: &[&str] = &[
    "expired",
    "expires",
    "expiry",
    "expiration",
    "exp",
    "nbf",
    "iat",
    "issued",
    "created",
    "valid",
    "before",
    "after",
    "until",
    "since",
    "from",
    "to",
    "at",
    "on",
    "now",
    "date",
    "time",
    "timestamp",
    "servertime",
    "current",
    "currently",
    "next",
    "last",
    "start",
    "started",
    "end",
    "ended",
    "notbefore",
    "notafter",
];

/// What lies between two stamps.
#[derive(Debug, Clone, Copy, Default)]
struct Gap {
    words: usize,
    /// `true` where a message starts: after `tag[123]:`, or after the fields of RFC 5424.
    is_message: bool,
    /// `true` after `tag:`.
    has_tag: bool,
    /// `true` after a word that says what a time means.
    has_label: bool,
    /// `true` after a level, a thread or a pair, which a program writes after its own stamp.
    is_inside: bool,
}

/// Reads the next stamp of a head at `cursor`, which follows another one. `has_version` means that
/// the version of RFC 5424 precedes both.
pub(super) fn next(cursor: &mut Cursor<'_>, has_version: bool) -> Option<(Found, Form, Place)> {
    let is_message = has_version && cursor.attempt(skip_fields).is_some();
    let mut gap = Gap { is_message, ..Gap::default() };
    // The first one may be in brackets.
    cursor.attempt(|ahead| ahead.eat_one_of(b"])"));
    for _ in 0..MOST_PARTS {
        skip_separators(cursor);
        skip_blanks(cursor);
        let text = cursor.rest();
        let found = match cursor.peek()? {
            b'{' => json_record::of_object(*cursor).map(|found| (found, Form::Members)),
            _ => read_exact_epoch(cursor).map(|it| (it, Form::Text)).or_else(|| read_here(cursor)),
        };
        if let Some((found, form)) = found {
            let is_own = !is_http_date(text.get(found.range(text.len()))?);
            return is_own.then(|| gap.place(form, *cursor)).flatten().map(|it| (found, form, it));
        }
        gap.skip(cursor)?;
    }
    None
}

impl Gap {
    fn skip(&mut self, cursor: &mut Cursor<'_>) -> Option<()> {
        match cursor.peek()? {
            b'<' => cursor.attempt(skip_level).or_else(|| skip_priority(cursor)),
            b'[' => {
                self.is_inside |= !matches!(cursor.rest(), [_, b'0'..=b'9', ..]);
                skip_group(cursor)
            }
            _ => self.skip_word(cursor),
        }
    }

    fn skip_word(&mut self, cursor: &mut Cursor<'_>) -> Option<()> {
        let word = short_word(cursor)?;
        if cursor.attempt(|ahead| ahead.eat(b'=')).is_some() {
            self.is_inside = true;
            return skip_value(cursor);
        }
        if is_level(word) {
            self.is_inside = true;
            return Some(());
        }
        // `stdout F` and `stderr P` of the container runtime interface.
        if matches!(word, b"stdout" | b"stderr") {
            cursor.attempt(|ahead| ahead.eat(b' ').and_then(|()| ahead.eat_one_of(b"FP")));
            return Some(());
        }
        if self.is_message {
            return None;
        }
        // A process and a thread.
        if word.iter().all(u8::is_ascii_digit) && cursor.peek() == Some(b' ') {
            return Some(());
        }
        self.words = self.words.saturating_add(1);
        let process = cursor.attempt(skip_process).is_some();
        self.has_label |= is_label(word);
        self.has_tag |= cursor.peek() == Some(b':');
        self.is_message |= process && self.has_tag;
        (self.words <= WORDS).then_some(())
    }

    /// Returns the certainty of a stamp after this gap, or `None` if it is part of the message.
    /// `after` is what follows the stamp.
    fn place(self, form: Form, after: Cursor<'_>) -> Option<Place> {
        let is_record = self.words == 0 || form == Form::Members || is_followed_by_record(after);
        if self.has_label {
            return None;
        }
        if self.is_message || (!self.is_inside && is_record) {
            return Some(Place::Head);
        }
        is_followed_by_words(after).then_some(Place::Open)
    }
}

fn is_label(word: &[u8]) -> bool {
    let first = word.first().map(u8::to_ascii_lowercase);
    let is_same =
        |label: &[u8]| label.first().copied() == first && word.eq_ignore_ascii_case(label);
    LABELS.iter().any(|label| is_same(label.as_bytes()))
}

/// Returns `true` if `line` starts with `<34>1 ` (RFC 5424 §6.2).
pub(super) fn has_version(line: &[u8]) -> bool {
    let end = memchr::memchr(b'>', line.get(..6).unwrap_or(line));
    let after = end.and_then(|end| line.get(end.saturating_add(1)..));
    line.first() == Some(&b'<') && after.is_some_and(|after| after.starts_with(b"1 "))
}

// The host, the program, its process, the kind of the message, and structured data (RFC 5424 §6).
fn skip_fields(cursor: &mut Cursor<'_>) -> Option<()> {
    for _ in 0..4 {
        cursor.spaces();
        let field = cursor.take_while(|byte| byte != b' ');
        (!field.is_empty()).then_some(())?;
    }
    cursor.spaces();
    if cursor.attempt(|ahead| ahead.eat(b'-')).is_some() {
        return Some(());
    }
    skip_group(cursor)
}

// `<Error>: `
fn skip_level(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.eat(b'<')?;
    is_level(short_word(cursor)?).then_some(())?;
    cursor.eat(b'>')
}

// `[1]` of a tag, and `(CFNetwork)[1]` of one with its library.
fn skip_process(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.attempt(|ahead| {
        ahead.eat(b'(')?;
        short_word(ahead)?;
        ahead.eat(b')')
    });
    cursor.eat(b'[')?;
    cursor.number(1, 8)?;
    cursor.eat(b']')
}

// A level, or the host and the tag of syslog.
fn is_followed_by_record(mut cursor: Cursor<'_>) -> bool {
    cursor.take_while(|byte| b" \t:|,-])".contains(&byte));
    cursor.attempt(|ahead| ahead.eat_one_of(b"[<"));
    let Some(word) = short_word(&mut cursor) else { return false };
    if is_level(word) || cursor.attempt(skip_process).is_some() {
        return true;
    }
    cursor.spaces();
    short_word(&mut cursor).is_some() && cursor.attempt(skip_process).is_some()
}

// A record has a message after its stamp; a sentence goes on about its time.
fn is_followed_by_words(mut cursor: Cursor<'_>) -> bool {
    const VERBS: &[&str] = &["is", "was", "has", "and", "or", "to", "but"];
    let is_apart = cursor.spaces() > 0;
    let is_verb = |word: &[u8]| VERBS.iter().any(|verb| word == verb.as_bytes());
    is_apart && !short_word(&mut cursor).is_some_and(is_verb) && cursor.peek().is_some()
}
