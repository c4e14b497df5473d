//! The stamp of a log record: the one written by the logger at the start, not one that occurs in
//! the message.
//!
//! In plain text it is at the start of the line, after at most a level, a thread, a priority or a
//! prefix of the container runtime. In `key=value` and JSON records its key identifies it. A line
//! that starts with any other word has no stamp of its own. Examples are `expires:
//! 2025-04-03T09:51:52Z` and the header field `Date: Fri, 03 Mar 2017 04:29:05 GMT`.

use memchr::{memchr, memchr_iter, memrchr};

use crate::time::Cursor;

use super::epoch::read_epoch;
use super::find::read;
use super::found::{Found, is_http_date, read_own};
use super::json_record::is_time_key;
use super::names::is_level;
use super::shape::Stamp;
use super::{json_record, named};

// More than any known logger writes before its stamp.
const MOST_PREFIXES: usize = 8;
// The longest level, key or container name; a longer word is part of a message.
const LONGEST_WORD: usize = 48;
// Room for the name of a thread, or for the address and the user in an access log.
const LONGEST_GROUP: usize = 160;

/// The form of the record that a stamp was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Text, which may have another stamp after this one.
    Text,
    /// The members of an object, or pairs of keys and values.
    Members,
}

/// Returns the first stamp of the log record that `line` holds or starts.
pub(super) fn first(line: &[u8]) -> Option<(Found, Form)> {
    let mut cursor = Cursor::new(line);
    skip_blanks(&mut cursor);
    // `1699885516516|DEBUG|…` also looks like the name of a container.
    if let Some(found) = read_exact_epoch(&mut cursor) {
        return Some((found, Form::Text));
    }
    skip_container(&mut cursor);
    let found = match cursor.peek()? {
        b'{' => return json_record::of_object(cursor).map(|found| (found, Form::Members)),
        b'"' => json_record::of_member(cursor).or_else(|| of_quoted(cursor)),
        _ => return of_text(cursor).or_else(|| of_access_log(cursor).map(|it| (it, Form::Text))),
    };
    found.map(|found| (found, Form::Members))
}

fn of_text(mut cursor: Cursor<'_>) -> Option<(Found, Form)> {
    for _ in 0..MOST_PREFIXES {
        if let Some(found) = read_here(&mut cursor) {
            return Some(found);
        }
        skip_prefix(&mut cursor)?;
        skip_blanks(&mut cursor);
    }
    None
}

// The first column of a table of comma-separated values is quoted.
fn of_quoted(mut cursor: Cursor<'_>) -> Option<Found> {
    cursor.eat(b'"')?;
    Found::by(&mut cursor, read_own)
}

// `192.0.2.7 - alice [10/Oct/2000:13:55:36 -0700] "GET /`. The fields before it vary, and a requester
// chooses the user, but no other record has a bracket with a date in this form.
fn of_access_log(mut cursor: Cursor<'_>) -> Option<Found> {
    let head = cursor.rest();
    let head = head.get(..LONGEST_GROUP).unwrap_or(head);
    // The log escapes the quotes of a user.
    let is_plain = |at: &usize| at.checked_sub(1).and_then(|at| head.get(at)) != Some(&b'\\');
    let end = match memchr_iter(b'"', head).find(is_plain) {
        Some(quote) => quote,
        None if head.len() < LONGEST_GROUP => head.len(),
        None => return None,
    };
    cursor.skip(memrchr(b'[', head.get(..end)?)?.saturating_add(1));
    match cursor.rest() {
        [b'0'..=b'9', b'0'..=b'9', b'/', ..] => Found::by(&mut cursor, named::read),
        _ => None,
    }
}

/// Reads the stamp at the cursor.
pub(super) fn read_here(cursor: &mut Cursor<'_>) -> Option<(Found, Form)> {
    let found = match cursor.peek()? {
        b'[' => cursor.attempt(read_bracketed),
        b'(' => cursor.attempt(|ahead| ahead.eat(b'(').and_then(|()| Found::by(ahead, read))),
        b'0'..=b'9' => Found::by(cursor, read),
        _ => match Found::by(cursor, read_at_start) {
            Some(found) => Some(found),
            None => return cursor.attempt(read_keyed).map(|found| (found, Form::Members)),
        },
    };
    found.map(|found| (found, Form::Text))
}

// A date in the form of HTTP that is alone on its line is the value of a header.
fn read_at_start(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    let text = cursor.rest();
    let stamp = read(cursor)?;
    let length = text.len().saturating_sub(cursor.len());
    let is_alone = cursor.rest().trim_ascii().is_empty();
    text.get(..length).filter(|text| !is_alone || !is_http_date(text)).map(|_| stamp)
}

// `[2025-04-03 09:41:52,006]`, `[I 2024-03-05 02:14:08.123 server]`, `[1710000000]`.
fn read_bracketed(cursor: &mut Cursor<'_>) -> Option<Found> {
    cursor.eat(b'[')?;
    cursor.attempt(skip_word);
    let found = Found::by(cursor, read).or_else(|| {
        let found = Found::by(cursor, read_epoch)?;
        cursor.attempt(|ahead| ahead.eat(b']')).map(|()| found)
    })?;
    cursor.attempt(|ahead| ahead.eat(b']'));
    Some(found)
}

/// Reads `1710000000.123` or `1710000000123`. Ten digits alone may be any number.
pub(super) fn read_exact_epoch(cursor: &mut Cursor<'_>) -> Option<Found> {
    let text = cursor.rest();
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_epoch = match text.get(digits..)? {
        // `1.7100000001234567e+09`, as zap prints it.
        [b'.', b'0'..=b'9', ..] => matches!(digits, 1 | 10),
        // Alone on its line it may be any number.
        [b' ' | b'|' | b',' | b'\t', _, ..] => digits == 13,
        _ => false,
    };
    is_epoch.then(|| Found::by(cursor, read_epoch)).flatten()
}

// `time="2023-08-14T05:31:19Z"`, `ts=1710000000.5`, `Time:Thu Jan  1 00:01:14 1970`,
// `msg=audit(1710000000.123:456)`.
fn read_keyed(cursor: &mut Cursor<'_>) -> Option<Found> {
    // Most words are no key of a time.
    if !matches!(cursor.peek()?, b't' | b'T' | b'@' | b'd' | b'D' | b'm') {
        return None;
    }
    let key = short_word(cursor)?;
    let separator = cursor.eat_one_of(b"=:")?;
    if key == b"msg" && cursor.attempt(|ahead| ahead.eat_all(b"audit(")).is_some() {
        return Found::by(cursor, read_epoch);
    }
    // After a colon also fields of a transcript have their values, such as `Timestamp:`.
    if !is_time_key(key) || (separator == b':' && !key.eq_ignore_ascii_case(b"time")) {
        return None;
    }
    cursor.spaces();
    cursor.attempt(|ahead| ahead.eat_one_of(b"\"'"));
    Found::by(cursor, read_own).or_else(|| Found::by(cursor, read_epoch))
}

fn skip_prefix(cursor: &mut Cursor<'_>) -> Option<()> {
    match cursor.peek()? {
        b'<' => skip_priority(cursor),
        b'[' => skip_group(cursor),
        b'0'..=b'9' => skip_process(cursor),
        b'*' | b'.' => skip_clock_state(cursor),
        b'#' => skip_rule(cursor, b'#'),
        b'=' => skip_rule(cursor, b'='),
        _ => skip_word(cursor),
    }
}

// `####<Nov 28, 2026 …>` of WebLogic, and `=ERROR REPORT==== 28-Nov-2026::…` of Erlang.
fn skip_rule(cursor: &mut Cursor<'_>, mark: u8) -> Option<()> {
    let length = cursor.take_while(|byte| byte == mark).len();
    match (mark, length) {
        (b'#', 4..) => cursor.peek().filter(|byte| *byte == b'<').map(|_| ()),
        (b'=', 1) => {
            cursor.take_while(|byte| byte.is_ascii_uppercase() || byte == b' ');
            cursor.eat_all(b"==== ")
        }
        _ => None,
    }
}

// `<34>` of syslog, and the version after it (RFC 5424 §6.2).
pub(super) fn skip_priority(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.eat(b'<')?;
    // `<Nov 28, 2026 10:00:00 AM UTC> <Error>` of WebLogic.
    if cursor.peek().is_some_and(|byte| byte.is_ascii_uppercase()) {
        return Some(());
    }
    cursor.number(1, 3)?;
    cursor.eat(b'>')?;
    cursor.attempt(|ahead| ahead.eat_all(b"1 "));
    Some(())
}

// `[main]`, `[error]`, `[    0.123456]`.
pub(super) fn skip_group(cursor: &mut Cursor<'_>) -> Option<()> {
    let rest = cursor.rest();
    let end = memchr(b']', rest.get(..LONGEST_GROUP).unwrap_or(rest))?;
    cursor.skip(end.saturating_add(1));
    skip_separators(cursor);
    Some(())
}

// `611:M `, the process and role before a stamp of Redis, and `000123: `, the number of a message of
// a router.
fn skip_process(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.number(1, 7)?;
    cursor.eat(b':')?;
    cursor.attempt(|ahead| ahead.eat_one_of(b"MSCX"));
    cursor.eat(b' ')
}

// `*Mar  1 00:01:14.123`: a router marks a clock that was not set with `*`, and one that lost its
// server with `.`.
fn skip_clock_state(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.next()?;
    cursor.peek().filter(u8::is_ascii_uppercase).map(|_| ())
}

// A level, or a pair whose key does not identify the time: `level=info `.
fn skip_word(cursor: &mut Cursor<'_>) -> Option<()> {
    let word = short_word(cursor)?;
    if cursor.attempt(|ahead| ahead.eat(b'=')).is_some() {
        return skip_value(cursor);
    }
    if !is_level(word) {
        return None;
    }
    skip_separators(cursor);
    Some(())
}

pub(super) fn skip_value(cursor: &mut Cursor<'_>) -> Option<()> {
    if cursor.attempt(|ahead| ahead.eat(b'"')).is_some() {
        return json_record::read_string(cursor).map(|_| ());
    }
    let end = memchr(b' ', cursor.rest())?;
    cursor.skip(end);
    Some(())
}

// `web_1  | `, the prefix that container runtimes write before the lines of several containers.
fn skip_container(cursor: &mut Cursor<'_>) {
    let rest = cursor.rest();
    // Most lines have no bar, and searching for one is faster than reading a word.
    if memchr(b'|', rest.get(..LONGEST_WORD).unwrap_or(rest)).is_none() {
        return;
    }
    // A process manager also writes a bar after the number of a process: `0|web  | `.
    for _ in 0..2 {
        cursor.attempt(|ahead| {
            short_word(ahead)?;
            ahead.spaces();
            ahead.eat(b'|')?;
            skip_blanks(ahead);
            Some(())
        });
    }
}

pub(super) fn short_word<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let rest = cursor.rest();
    let head = rest.get(..LONGEST_WORD).unwrap_or(rest);
    let end = head.iter().position(|&byte| !is_in_word(byte))?;
    cursor.take(end).filter(|word| !word.is_empty())
}

const fn is_in_word(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'@' | b'/')
}

pub(super) fn skip_separators(cursor: &mut Cursor<'_>) {
    cursor.take_while(|byte| b" \t:|,-".contains(&byte));
}

// Blanks, and the colour codes around a level on a terminal.
pub(super) fn skip_blanks(cursor: &mut Cursor<'_>) {
    loop {
        cursor.take_while(|byte| matches!(byte, b' ' | b'\t'));
        if cursor.attempt(skip_colour).is_none() {
            return;
        }
    }
}

fn skip_colour(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.eat_all(b"\x1b[")?;
    cursor.take_while(|byte| byte.is_ascii_digit() || byte == b';');
    cursor.eat(b'm')
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::super::of_line;
    use crate::time::Civil;

    const STAMPED: &[(&str, &str)] = &[
        // at the start
        ("28.02.2017 18:39:51 - INFO - agent : text", "2017-02-28 18:39:51"),
        ("2024-06-18T19:44:00.702Z INFO  [main] text", "2024-06-18 19:44:00"),
        ("   2024-06-18T19:44:00.702Z indented", "2024-06-18 19:44:00"),
        ("Tue Mar 12 09:23:11 UTC 2024", "2024-03-12 09:23:11"),
        ("2022/09/07 06:41:20 [error] 611#0: text", "2022-09-07 06:41:20"),
        ("[04-Mar-2024 09:12:10 UTC] PHP Warning: text", "2024-03-04 09:12:10"),
        ("[Thu Jun 09 11:14:38.123456 2022] [core:error] text", "2022-06-09 11:14:38"),
        ("E0722 11:41:09.420668       1 oidc.go:232] text", "1972-07-22 11:41:09"),
        ("18:29:26,041 |-INFO in x", "1970-01-01 18:29:26"),
        ("1710000000.123    611 192.0.2.1 TCP_MISS/200", "2024-03-09 16:00:00"),
        ("[1710000000] SERVICE ALERT: text", "2024-03-09 16:00:00"),
        // after a level, a thread, a priority, a process, a container
        ("INFO  [2025-04-03 09:41:52,006] [dw-21 - POST /] text", "2025-04-03 09:41:52"),
        ("[ERROR] 2025-04-03 09:41:52 text", "2025-04-03 09:41:52"),
        ("[main] ERROR: 2025-04-03 09:41:52 text", "2025-04-03 09:41:52"),
        ("warning | 2025-04-03 09:41:52 | text", "2025-04-03 09:41:52"),
        ("Information: 2025-04-03 09:41:52 text", "2025-04-03 09:41:52"),
        ("I, [2024-03-05T02:14:08.123456 #611]  INFO -- : text", "2024-03-05 02:14:08"),
        ("[I 2024-03-05 02:14:08.123 ServerApp] text", "2024-03-05 02:14:08"),
        ("Error: Time:Thu Jan  1 00:01:14 1970 File:src/x.c", "1970-01-01 00:01:14"),
        ("<34>Oct 11 22:14:15 host su: text", "1972-10-11 22:14:15"),
        ("<34>1 2003-10-11T22:14:15.003Z host su - ID47 - text", "2003-10-11 22:14:15"),
        ("611:M 05 Mar 2024 02:14:08.123 * text", "2024-03-05 02:14:08"),
        ("web_1  | 2024-03-05T02:14:08Z text", "2024-03-05 02:14:08"),
        ("\x1b[36mweb_1  |\x1b[0m {\"time\":\"2024-03-05T02:14:08Z\"}", "2024-03-05 02:14:08"),
        ("\x1b[32mINFO\x1b[0m 2024-03-05T02:14:08Z text", "2024-03-05 02:14:08"),
        (
            "192.0.2.7 - al ice [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\"",
            "2000-10-10 13:55:36",
        ),
        ("\"2024-03-05 02:14:08\",\"ERROR\",\"text\"", "2024-03-05 02:14:08"),
        ("0|web    | 2024-03-05T02:14:08Z text", "2024-03-05 02:14:08"),
        ("*Mar  1 00:01:14.123: %SYS-5-CONFIG_I: text", "1972-03-01 00:01:14"),
        ("[2/28/17 18:39:51:123 CET] 0000001f text", "2017-02-28 18:39:51"),
        // named by a key
        ("date=2024-03-05 time=02:14:08 devname=x", "2024-03-05 02:14:08"),
        ("time=\"2023-08-14T05:31:19.870114509Z\" level=info", "2023-08-14 05:31:19"),
        ("level=info ts=2023-08-14T05:31:19Z caller=x", "2023-08-14 05:31:19"),
        ("level=info msg=\"a = b\" exp=1488307191 ts=1710000000.5", "2024-03-09 16:00:00"),
        ("level=info msg=\"a \\\\\\\" b\" ts=1710000000.5", "2024-03-09 16:00:00"),
        ("Time: 06:44:14 UTC 08/31/2021", "2021-08-31 06:44:14"),
        ("{\"level\":\"info\",\"time\":\"2024-10-02T06:11:40.902Z\"}", "2024-10-02 06:11:40"),
        ("{\"ts\": 1710000000.25, \"msg\": \"x\"}", "2024-03-09 16:00:00"),
        ("{\"time\":1710000000250,\"msg\":\"x\"}", "2024-03-09 16:00:00"),
        ("{\"__REALTIME_TIMESTAMP\" : \"1710000000250000\"}", "2024-03-09 16:00:00"),
        (
            "{\"time\":\"2024-03-05T02:14:08Z\",\"res\":{\"error_description\":\"y\"}}",
            "2024-03-05 02:14:08",
        ),
        (
            "{\"timestamp\":\"2024-03-05T02:14:08Z\",\"level\":\"WARN\",\"status\":401,\"error\":\"x\",\"path\":\"/\"}",
            "2024-03-05 02:14:08",
        ),
        (
            "{\"t\":{\"$date\":\"2024-03-05T02:14:08.123+00:00\"},\"s\":\"I\"}",
            "2024-03-05 02:14:08",
        ),
        (
            "{\"a\": {\"time\": \"2001-01-01T00:00:00Z\"}, \"b\": \"\\\"time\\\": {\", \"@timestamp\": \"2024-09-17T20:40:50Z\"}",
            "2024-09-17 20:40:50",
        ),
        ("    \"startedDateTime\": \"2024-04-25T20:48:51.818+01:00\",", "2024-04-25 20:48:51"),
        (
            "{\"log\":{\"entries\":[{\"startedDateTime\":\"2024-04-25T20:48:51Z\"",
            "2024-04-25 20:48:51",
        ),
    ];

    #[test]
    fn reads_stamp_written_by_logger() {
        for &(line, expected) in STAMPED {
            let stamp = of_line(line.as_bytes()).expect(line);
            assert_eq!(Civil::of_utc(stamp.civil).to_string(), expected, "{line}");
        }
    }

    #[test]
    fn ignores_stamps_inside_message() {
        const ROWS: &[&str] = &[
            "",
            "   ",
            "Date: Fri, 03 Mar 2017 04:29:05 GMT",
            "< Date: Fri, 03 Mar 2017 04:29:05 GMT",
            "Expires: Fri, 03 Mar 2017 04:29:05 GMT",
            "Last-Modified: Fri, 03 Mar 2017 04:29:05 GMT",
            "Timestamp: 2024-06-18 20:51:38Z",
            "expiry 2025-04-03T09:51:52.000Z",
            "token expires 2025-04-03T09:51:52.000Z",
            "     exp: 'Tue Feb 13 21:40:18 CET 2024',",
            "exp=2025-04-03T09:51:52.000Z",
            "    \"timestamp\": \"2024-06-18 20:51:38Z\",",
            "    \"time\": 248,",
            "    \"exp\": 1715074552,",
            "{\"error\":\"x\",\"error_description\":\"y\",\"timestamp\":\"2024-06-18 20:51:38Z\"}",
            "{\"timestamp\":\"2024-06-18 20:51:38Z\",\"error_description\":\"y\"}",
            "{\"msg\":\"at \\\"time\\\":\\\"2024-10-02T06:11:40.902Z\\\"\"}",
            "{\"message\":{\"time\":\"2024-10-02T06:11:40.902Z\"}}",
            "{\"record\":{\"asctime\":\"2024-10-02 06:11:40,902\"}}",
            "{\"time\":248}",
            "{\"timestamp\":\"2024-03-05T02:14:08Z\",\"status\":401,\"error\":\"x\",\"path\":\"/\"}",
            "* Connected to 192.0.2.44",
            "*  start date: Jan  9 00:00:00 2024 GMT",
            "E (13560) esp-tls: failed",
            "[  600.1] 61204 stored, 18822 waiting",
            "[  600.1] Signature expired: 20231108T113017Z is now",
            "E/ReactNativeJS(14207): Signature not yet current: 20230619T134502Z",
            "\tat com.example.Main(Main.java:107)",
            "1684941516730",
            "1710000000 items",
            "192.0.2.7 - - [x] \"GET /\"",
            "10.0.0.1:8080 2024-03-05T02:14:08Z",
            "Potentially unhandled rejection [311] expired: 20231108T113017Z",
            "[never closed 2024-03-05T02:14:08Z",
            "seq=1 payload=\"date=\\\"Fri, 03 Mar 2017 04:29:05 GMT\\\"\"",
        ];
        for &line in ROWS {
            assert_eq!(of_line(line.as_bytes()), None, "{line}");
        }
    }
}
