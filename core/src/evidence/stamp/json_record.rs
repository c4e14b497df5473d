//! The time of a log record that is a JSON object, or one line of a printed object.
//!
//! This is not a parser. It follows strings and nesting, which is enough to distinguish a member of
//! the record from a member of a nested object, and from a string that looks like either.

use memchr::{memchr2, memchr3};

use crate::time::Cursor;

use super::epoch::read_epoch;
use super::found::{Found, read_own};
use super::shape::Stamp;

/// Returns the time of the record at `cursor`.
///
/// An error response is not a record: its `timestamp` is the server's.
pub(super) fn of_object(cursor: Cursor<'_>) -> Option<Found> {
    let (time, kind) = read_object(cursor);
    time.filter(|_| !kind.is_response())
}

/// Returns the time that a server states in the error response at `cursor`. Only members that no
/// other object has identify one, because a server logs its own answers, too.
pub(super) fn of_response(cursor: Cursor<'_>) -> Option<Stamp> {
    let (time, kind) = read_object(cursor);
    time.filter(|_| kind.is_response() && kind.is_certain).map(|found| found.stamp)
}

/// Returns the first time among the members of an object, and the kind of the object.
fn read_object(mut cursor: Cursor<'_>) -> (Option<Found>, Kind) {
    let mut depth = 0_usize;
    let mut time = None;
    let mut kind = Kind::default();
    while let Some(token) = next_token(&mut cursor) {
        match token {
            Token::Open => depth = depth.saturating_add(1),
            Token::Close if depth <= 1 => break,
            Token::Close => depth = depth.saturating_sub(1),
            Token::Text(name) => {
                kind.see(name, depth);
                if time.is_none() && names_the_time(name, depth) {
                    time = read_member(cursor);
                }
            }
        }
    }
    (time, kind)
}

/// RFC 6749 §5.2, Microsoft Entra, and the interfaces of exchanges and devices.
const CERTAIN: &[&str] = &[
    "error_description",
    "error_codes",
    "error_uri",
    "success",
    "errorcode",
    "error_code",
    "errcode",
    "retcode",
    "ret_code",
    "servertime",
];
/// Spring, Quarkus, and RFC 9457.
const POSSIBLE: &[&str] = &["status", "error", "path", "code", "title", "detail", "statuscode"];
/// Members that only a logger or an access log writes.
const LOGGER: &[&str] = &[
    "level",
    "severity",
    "lvl",
    "loglevel",
    "log_level",
    "log.level",
    "levelname",
    "@l",
    "logger",
    "logger_name",
    "priority",
    "stream",
    "method",
    "request_method",
    "uri",
    "remote_addr",
    "remote_ip",
    "user_agent",
    "latency",
    "response_code",
    "thread",
];

/// Distinguishes an error response from a record by the names of its members.
#[derive(Default)]
struct Kind {
    /// Number of members that the body of an answer has. Those that nothing else has count twice.
    answer: u8,
    /// A member that only the body of an answer has.
    is_certain: bool,
    /// A member that only a logger writes.
    logger: bool,
}

impl Kind {
    fn see(&mut self, name: &[u8], depth: usize) {
        if depth != 1 {
            return;
        }
        let is_in =
            |names: &[&str]| names.iter().any(|it| name.eq_ignore_ascii_case(it.as_bytes()));
        self.is_certain |= is_in(CERTAIN);
        let weight = if is_in(CERTAIN) { 2 } else { u8::from(is_in(POSSIBLE)) };
        self.answer = self.answer.saturating_add(weight);
        self.logger |= is_in(LOGGER);
    }

    fn is_response(&self) -> bool {
        self.answer >= 2 && !self.logger
    }
}

/// Returns the time in a line of a printed object, such as `"startedDateTime":
/// "2024-04-25T20:48:51.818+01:00",`.
///
/// Only names that no body of an answer has: a single line does not show which object it belongs
/// to.
pub(super) fn of_member(mut cursor: Cursor<'_>) -> Option<Found> {
    match next_token(&mut cursor)? {
        Token::Text(name) if names_the_time(name, 1) && !is_time_key(name) => read_member(cursor),
        Token::Text(b"@timestamp" | b"@t") => read_member(cursor),
        _ => None,
    }
}

// HAR and MongoDB nest their time, and these names have no other meaning. They are record formats
// rather than wordings, so the catalogue does not list them.
fn names_the_time(name: &[u8], depth: usize) -> bool {
    match name {
        b"startedDateTime" => true,
        b"$date" => depth == 2,
        b"__REALTIME_TIMESTAMP" | b"asctime" | b"_time" => depth == 1,
        b"time_iso8601" | b"time_local" | b"eventTime" => depth == 1,
        _ => depth == 1 && is_time_key(name),
    }
}

/// Returns `true` if a member or a key of this name holds the time of a record.
pub(super) fn is_time_key(key: &[u8]) -> bool {
    const KEYS: &[&str] = &["time", "ts", "t", "timestamp", "@timestamp", "datetime", "date", "@t"];
    KEYS.iter().any(|known| key.eq_ignore_ascii_case(known.as_bytes()))
}

// Reads from a copy of the cursor, which continues with the quotes of the value.
fn read_member(mut cursor: Cursor<'_>) -> Option<Found> {
    skip_white_space(&mut cursor);
    cursor.eat(b':')?;
    skip_white_space(&mut cursor);
    cursor.attempt(|ahead| ahead.eat(b'"'));
    Found::by(&mut cursor, read_own).or_else(|| Found::by(&mut cursor, read_epoch))
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

/// Reads the text before the closing quote. Escapes stay unchanged.
pub(super) fn read_string<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
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
