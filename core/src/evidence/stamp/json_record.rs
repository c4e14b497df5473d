//! The time of a log record that is a JSON object, or one line of a printed one.
//!
//! Not a parser: it follows strings and nesting, which is enough to tell a member of the record
//! from one of an object inside it and from a text that looks like either.

use memchr::{memchr2, memchr3};

use crate::time::Cursor;

use super::epoch::parse_epoch;
use super::find::read;
use super::shape::Stamp;

/// The time of the record that the text at `cursor` begins with.
///
/// An error response is no record: its `timestamp` is the server's.
pub(super) fn of_object(mut cursor: Cursor<'_>) -> Option<Stamp> {
    let mut depth = 0_usize;
    let mut found = None;
    let mut kind = Kind::default();
    while let Some(token) = next_token(&mut cursor) {
        match token {
            Token::Open => depth = depth.saturating_add(1),
            Token::Close => depth = depth.saturating_sub(1),
            Token::Text(name) => {
                kind.see(name, depth);
                if found.is_none() && names_the_time(name, depth) {
                    found = read_member(cursor);
                }
            }
        }
    }
    found.filter(|_| !kind.is_response())
}

/// Tells an error response from a record by the names of its members.
#[derive(Default)]
struct Kind {
    /// `error_description` (RFC 6749 §5.2).
    oauth: bool,
    /// How many of `status`, `error` and `path`, as Spring's error responses have them.
    spring: u8,
    /// Only a logger states a level.
    level: bool,
}

impl Kind {
    fn see(&mut self, name: &[u8], depth: usize) {
        match name {
            _ if depth != 1 => {}
            b"error_description" => self.oauth = true,
            b"status" | b"error" | b"path" => self.spring = self.spring.saturating_add(1),
            b"level" | b"severity" | b"lvl" | b"logger" => self.level = true,
            _ => {}
        }
    }

    fn is_response(&self) -> bool {
        self.oauth || (self.spring >= 3 && !self.level)
    }
}

/// The time in a line such as `"startedDateTime": "2024-04-25T20:48:51.818+01:00",` of a printed
/// object.
///
/// `timestamp` is left out: where a line is all there is, it may belong to an error response.
pub(super) fn of_member(mut cursor: Cursor<'_>) -> Option<Stamp> {
    match next_token(&mut cursor)? {
        Token::Text(b"timestamp") => None,
        Token::Text(name) if names_the_time(name, 1) => read_member(cursor),
        _ => None,
    }
}

// HAR and MongoDB nest their time; these names mean nothing else. They are formats of records, not
// wordings, so the catalogue lacks them.
fn names_the_time(name: &[u8], depth: usize) -> bool {
    match name {
        b"startedDateTime" => true,
        b"$date" => depth == 2,
        b"__REALTIME_TIMESTAMP" | b"asctime" | b"_time" => depth == 1,
        _ => depth == 1 && is_time_key(name),
    }
}

/// Whether a member or a key of this name holds the time of a record.
pub(super) fn is_time_key(key: &[u8]) -> bool {
    const KEYS: &[&str] = &["time", "ts", "t", "timestamp", "@timestamp", "datetime", "date", "@t"];
    KEYS.iter().any(|known| key.eq_ignore_ascii_case(known.as_bytes()))
}

// From a copy of the cursor, which goes on with the value's own quotes.
fn read_member(mut cursor: Cursor<'_>) -> Option<Stamp> {
    skip_white_space(&mut cursor);
    cursor.eat(b':')?;
    skip_white_space(&mut cursor);
    cursor.attempt(|ahead| ahead.eat(b'"'));
    cursor.attempt(read).or_else(|| parse_epoch(cursor.rest()).map(|(stamp, _)| stamp))
}

enum Token<'a> {
    Open,
    Close,
    Text(&'a [u8]),
}

fn next_token<'a>(cursor: &mut Cursor<'a>) -> Option<Token<'a>> {
    cursor.skip(memchr3(b'"', b'{', b'}', cursor.rest())?);
    match cursor.next()? {
        b'{' => Some(Token::Open),
        b'}' => Some(Token::Close),
        _ => read_string(cursor).map(Token::Text),
    }
}

// What stands before the closing quote; escapes stay as they are.
fn read_string<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let text = cursor.rest();
    loop {
        cursor.skip(memchr2(b'"', b'\\', cursor.rest())?);
        let length = text.len().saturating_sub(cursor.len());
        if cursor.next()? == b'"' {
            return text.get(..length);
        }
        cursor.next()?;
    }
}

fn skip_white_space(cursor: &mut Cursor<'_>) {
    cursor.take_while(|byte| byte.is_ascii_whitespace());
}
