//! Lines of a table, as other programs pass the logs of many hosts: `host \t line`, or
//! `host \t time \t source \t offset \t line`.
//!
//! Fields have the escapes of Hive, Spark and PostgreSQL: `\t`, `\n`, `\r` and `\\`, and `\N` for none.

use core::fmt;
use core::net::IpAddr;
use std::borrow::Cow;

use jwtick_core::UnixTime;
use jwtick_core::diagnosis::{LineTimes, LogZone};

use super::stretch::Place;
use crate::notation::instant;

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row<'t> {
    pub(super) host: &'t [u8],
    /// The time in the table; `None` if the line has it.
    pub(super) time: Option<UnixTime>,
    pub(super) place: Place,
    /// The line as it was logged, with a line feed.
    pub(super) line: Vec<u8>,
}

/// A reason why a line is no row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotARow {
    /// It has another number of fields.
    Fields { met: usize },
    /// It names no host.
    NoHost,
    /// The second of five fields is no time.
    Time { met: String },
}

impl fmt::Display for NotARow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fields { met } => write!(
                f,
                "expected `host TAB line` or `host TAB time TAB source TAB offset TAB line`, but the number of fields is {met}"
            ),
            Self::NoHost => f.write_str("expected a host in the first field, but found none"),
            Self::Time { met } => write!(
                f,
                "expected a time in the second field (RFC 3339 or Unix seconds), but found `{met}`"
            ),
        }
    }
}

impl core::error::Error for NotARow {}

/// Returns true if `line`, the first one of an input, is a row of a table and not a line of a log.
pub(super) fn is_row(line: &[u8]) -> bool {
    let fields: Vec<&[u8]> = line.split(|&byte| byte == b'\t').collect();
    let host = fields.first().copied().unwrap_or_default();
    matches!(fields.len(), 2 | 5) && is_host(host)
}

/// Returns true if `word` can be the name of a host: not a time, and not the level of a record.
fn is_host(word: &[u8]) -> bool {
    const LEVELS: [&str; 9] =
        ["trace", "debug", "info", "notice", "warn", "warning", "error", "fatal", "critical"];
    let Ok(word) = core::str::from_utf8(word) else { return false };
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let has_letter = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_level = LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level));
    // 2024-01-09T14 has a letter, too.
    let is_stamp = word.len() > 8
        && word.starts_with(|first: char| first.is_ascii_digit())
        && word.matches('-').count() == 2
        && word.contains('T');
    let is_named = word.bytes().all(is_name) && has_letter && !is_level && !is_stamp;
    is_named || word.parse::<IpAddr>().is_ok()
}

/// Reads a row without its line feed. A time without a zone is read as `zone` says.
///
/// # Errors
/// [`NotARow`] if it has neither two nor five fields, or one of them no meaning.
pub(super) fn row<'t>(text: &'t [u8], zone: LogZone<'_>) -> Result<Row<'t>, NotARow> {
    let mut fields = [&[][..]; 5];
    let mut met: usize = 0;
    for field in text.split(|&byte| byte == b'\t') {
        if let Some(room) = fields.get_mut(met) {
            *room = field;
        }
        met = met.saturating_add(1);
    }
    let [host, time, source, offset, line] = match (met, fields) {
        (2, [host, line, ..]) => [host, b"\\N", b"", b"", line],
        (5, fields) => fields,
        _ => return Err(NotARow::Fields { met }),
    };
    if host.is_empty() || host == b"\\N" {
        return Err(NotARow::NoHost);
    }
    let text = |field: &[u8]| {
        let field = if field == b"\\N" { &[][..] } else { field };
        String::from_utf8_lossy(&unescaped(field)).into_owned()
    };
    let mut line = unescaped(line).into_owned();
    line.push(b'\n');
    let time = self::time(&String::from_utf8_lossy(time), zone)?;
    Ok(Row { host, time, place: Place { source: text(source), at: text(offset) }, line })
}

fn time(field: &str, zone: LogZone<'_>) -> Result<Option<UnixTime>, NotARow> {
    if field.is_empty() || field == "\\N" {
        return Ok(None);
    }
    if let Ok(moment) = instant::moment(field) {
        return Ok(Some(moment.point(UnixTime::EPOCH)));
    }
    // Spark writes a timestamp without its zone.
    let mut times = LineTimes::new(zone, UnixTime::EPOCH);
    let time = times.read(field.as_bytes()).time.map(|time| time.at.earliest());
    time.map(Some).ok_or_else(|| NotARow::Time { met: field.to_owned() })
}

fn unescaped(field: &[u8]) -> Cow<'_, [u8]> {
    if !field.contains(&b'\\') {
        return field.into();
    }
    let mut text = Vec::with_capacity(field.len());
    let mut bytes = field.iter().copied();
    while let Some(byte) = bytes.next() {
        match (byte, byte == b'\\') {
            (byte, false) => text.push(byte),
            (_, true) => match bytes.next() {
                Some(b't') => text.push(b'\t'),
                Some(b'n') => text.push(b'\n'),
                Some(b'r') => text.push(b'\r'),
                Some(b'\\') | None => text.push(b'\\'),
                // No escape of these: the text itself has a backslash.
                Some(other) => text.extend([b'\\', other]),
            },
        }
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_line_tells_tables_from_logs() {
        const ROWS: &[(&str, bool)] = &[
            ("web1\tJWT has expired", true),
            ("10.0.0.7\tJWT has expired", true),
            ("web1.example.com\t1704808800\tapp.log\t0\tJWT has expired", true),
            ("JWT has expired", false),
            ("2024-01-09T14:00:00Z\tJWT has expired", false),
            ("2024-01-09\tJWT has expired", false),
            ("20240109T140000Z\tJWT has expired", true),
            ("INFO\tJWT has expired", false),
            ("web1\tapp\tJWT has expired", false),
            ("web 1\tJWT has expired", false),
            ("", false),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(is_row(line.as_bytes()), expected, "{line:?}");
        }
    }

    #[test]
    fn escapes_are_undone() {
        const ROWS: &[(&str, &str)] = &[
            ("plain", "plain"),
            (r"a\tb\nc\\n", "a\tb\nc\\n"),
            (r"C:\Users", r"C:\Users"),
            (r"ends with \", r"ends with \"),
        ];
        for &(field, text) in ROWS {
            assert_eq!(unescaped(field.as_bytes()), text.as_bytes(), "{field}");
        }
    }

    #[test]
    fn rows_have_two_or_five_fields() {
        let read = |text: &'static str| row(text.as_bytes(), LogZone::Unknown);
        let line = |row: Row<'_>| String::from_utf8(row.line).unwrap();
        let two = read("web1\ta\\tb").unwrap();
        assert_eq!((two.host, two.time), (b"web1".as_slice(), None));
        assert_eq!(line(two), "a\tb\n");
        for time in ["2024-01-09T14:00:00Z", "1704808800", "2024-01-09 14:00:00"] {
            let text = format!("web1\t{time}\tapp.log\t17\tx");
            let five = row(text.as_bytes(), LogZone::Unknown).unwrap();
            assert_eq!(five.time, Some(UnixTime::from_secs(1_704_808_800)), "{time}");
            assert_eq!(five.place, Place { source: "app.log".into(), at: "17".into() });
        }
        assert_eq!(read("web1\t\\N\t\\N\t\\N\tx").unwrap().time, None);
        assert_eq!(read("web1"), Err(NotARow::Fields { met: 1 }));
        assert_eq!(read("a\tb\tc\td\te\tf"), Err(NotARow::Fields { met: 6 }));
        assert_eq!(read("\\N\tx"), Err(NotARow::NoHost));
        assert_eq!(read("a\tsoon\t\t\tx"), Err(NotARow::Time { met: "soon".into() }));
    }
}
