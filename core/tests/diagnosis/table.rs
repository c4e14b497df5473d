//! Table rows of a text and its expected diagnosis, and texts built for a test.

use jwtick_core::diagnosis::{ClockFault, Diagnosis, LogZone};
use jwtick_core::evidence::transcript::{Entry, Level, Line, Means, Text};
use jwtick_core::time::{HttpDate, Offset};
use jwtick_core::{Diagnoser, Options, Span, UnixTime};

/// A name, a text, and the expected [`said`].
pub(crate) type Row = (&'static str, &'static str, &'static str);
/// A name, the seconds by which the server is ahead of the log, words, and the expected [`said`].
pub(crate) type Measured = (&'static str, i64, &'static str, &'static str);

/// 2024-01-09T14:00:00Z, the local time of every text built here.
pub(crate) const LOCAL: UnixTime = UnixTime::from_secs(1_704_808_800);

/// Diagnoses `text` with an unknown time zone.
pub(crate) fn diagnose(text: &str) -> Diagnosis {
    diagnose_in(LogZone::Unknown, text)
}

/// Diagnoses `text` with the time zone that the caller gives.
pub(crate) fn diagnose_in(zone: LogZone<'_>, text: &str) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options { zone });
    diagnoser.feed(text.as_bytes());
    diagnoser.finish()
}

/// A transcript line at the local time of every text.
pub(crate) fn told(entry: Entry<'_>) -> String {
    told_at(LOCAL, entry)
}

/// A transcript line at another time of the local clock.
pub(crate) fn told_at(clock: UnixTime, entry: Entry<'_>) -> String {
    format!("{}\n", Line { clock, level: Level::Info, agent: Text::new("agent"), entry })
}

/// Lines in which an assertion with these claims is made for the exchange that follows.
pub(crate) fn made(claims: &str) -> String {
    told(Entry::Made { claims: claims.into() })
}

/// A line in which a clock is measured: least and most seconds by which it is ahead of the local one.
pub(crate) fn measured(means: Means, least: &str, most: &str) -> String {
    let offset = Offset::between(seconds(least), seconds(most)).unwrap();
    told(Entry::Measured { server: "x".into(), means, offset })
}

/// Parses a decimal number of seconds.
fn seconds(text: &str) -> Span {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let micros = format!("{whole}{fraction:0<6}").parse().unwrap();
    Span::from_micros(micros)
}

/// Formats as `cause fault certainty direction least..most`, in seconds; empty parts are not stated, and
/// an empty end is open.
pub(crate) fn said(diagnosis: &Diagnosis) -> String {
    let fault = match diagnosis.fault {
        ClockFault::Found => "found",
        ClockFault::Cleared => "cleared",
        ClockFault::Open => "open",
    };
    let direction = diagnosis.direction.map(|direction| format!(" {}", direction.code()));
    let offset = diagnosis.offset.map(|offset| format!(" {}", interval(offset)));
    format!(
        "{} {fault} {}{}{}",
        diagnosis.cause,
        diagnosis.certainty.code(),
        direction.unwrap_or_default(),
        offset.unwrap_or_default(),
    )
}

/// Formats as `least..most` in seconds.
pub(crate) fn interval(offset: Offset) -> String {
    let end = |span: Span| {
        let (sign, micros) = if span < Span::ZERO { ("-", -span) } else { ("", span) };
        let micros = micros.as_micros();
        let fraction = format!("{:06}", micros % 1_000_000);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{}{point}{fraction}", micros / 1_000_000)
    };
    let least = if offset.least() == Span::MIN { String::new() } else { end(offset.least()) };
    let most = if offset.most() == Span::MAX { String::new() } else { end(offset.most()) };
    format!("{least}..{most}")
}

/// Compares all rows before failing, so that one run shows every row that a change affects.
pub(crate) fn check(rows: &[Row]) {
    let texts = rows.iter().map(|&(name, text, expected)| (name, text.to_owned(), expected));
    compare(texts, said);
}

/// Checks rows of texts built from a measured difference.
pub(crate) fn check_measured(rows: &[Measured], text: fn(i64, &str) -> String) {
    let made = |&(name, ahead, words, expected): &Measured| (name, text(ahead, words), expected);
    compare(rows.iter().map(made), said);
}

/// Compares the result of `say` for each text.
pub(crate) fn compare<'t>(
    texts: impl Iterator<Item = (&'t str, String, &'t str)>,
    say: fn(&Diagnosis) -> String,
) {
    let wrong: Vec<_> = texts
        .map(|(name, text, expected)| (name, say(&diagnose(&text)), expected))
        .filter(|(_, said, expected)| said != expected)
        .map(|(name, said, expected)| format!("{name}: `{said}` instead of `{expected}`"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A provider's refusal in `words`, its `Date` the log's second plus `ahead`: the offset lies in
/// `ahead ± 1`.
pub(crate) fn refused_there(ahead: i64, words: &str) -> String {
    let date = http_date(ahead);
    format!(
        "2024-01-09T14:00:00Z POST /token\n\
         2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request\n\
         2024-01-09T14:00:00Z < date: {date}\n\
         2024-01-09T14:00:00Z < {words}\n"
    )
}

/// A refusal by a program on this host, after a server has answered normally.
pub(crate) fn refused_here(ahead: i64, words: &str) -> String {
    let date = http_date(ahead);
    format!(
        "2024-01-09T14:00:00Z GET /jwks\n\
         2024-01-09T14:00:00Z < date: {date}\n\
         2024-01-09T14:00:00Z {words}\n"
    )
}

/// A `Date` that is `ahead` seconds after the local time.
fn http_date(ahead: i64) -> HttpDate {
    HttpDate::new(LOCAL + Span::from_secs(ahead)).unwrap()
}
