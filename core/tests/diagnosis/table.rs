//! Rows of a text and what it must be taken for, and texts made to measure.

use jwtick_core::diagnosis::{ClockFault, Diagnosis, LogZone};
use jwtick_core::evidence::transcript::{Entry, Level, Line, Means, Text};
use jwtick_core::time::{HttpDate, Offset};
use jwtick_core::{Diagnoser, Options, Span, UnixTime};

/// A name, a text, and what [`said`] must make of it.
pub(crate) type Row = (&'static str, &'static str, &'static str);
/// A name, the seconds by which the server is ahead of the log, words, and what [`said`] makes of it.
pub(crate) type Measured = (&'static str, i64, &'static str, &'static str);

/// 2024-01-09T14:00:00Z, the local time of every text that is made to measure.
pub(crate) const LOCAL: UnixTime = UnixTime::from_secs(1_704_808_800);

/// What `text` proves where the zone of its stamps is not known.
pub(crate) fn diagnose(text: &str) -> Diagnosis {
    diagnose_in(LogZone::Unknown, text)
}

/// The same where the caller knows the zone.
pub(crate) fn diagnose_in(zone: LogZone<'_>, text: &str) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options { zone });
    diagnoser.feed(text.as_bytes());
    diagnoser.finish()
}

/// A line of a transcript at the local time of every text.
pub(crate) fn told(entry: Entry<'_>) -> String {
    told_at(LOCAL, entry)
}

/// The same at another time of the local clock.
pub(crate) fn told_at(clock: UnixTime, entry: Entry<'_>) -> String {
    format!("{}\n", Line { clock, level: Level::Info, agent: Text::new("agent"), entry })
}

/// An assertion with these claims is made for the exchange that follows.
pub(crate) fn made(claims: &str) -> String {
    told(Entry::Made { claims: claims.into() })
}

/// A clock is measured: the seconds by which it is ahead of the local one at least and at most.
pub(crate) fn measured(means: Means, least: &str, most: &str) -> String {
    let offset = Offset::between(seconds(least), seconds(most)).unwrap();
    told(Entry::Measured { server: "x".into(), means, offset })
}

/// A length of time from a decimal number of seconds.
fn seconds(text: &str) -> Span {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let micros = format!("{whole}{fraction:0<6}").parse().unwrap();
    Span::from_micros(micros)
}

/// `cause fault certainty direction least..most`, in seconds; nothing stands for what is not
/// stated and for an open end.
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

/// `least..most` in seconds.
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

/// Compares all rows before it fails, so that one run shows every row that a change moves.
pub(crate) fn check(rows: &[Row]) {
    let texts = rows.iter().map(|&(name, text, expected)| (name, text.to_owned(), expected));
    compare(texts, said);
}

/// The same for texts made to measure.
pub(crate) fn check_measured(rows: &[Measured], text: fn(i64, &str) -> String) {
    let made = |&(name, ahead, words, expected): &Measured| (name, text(ahead, words), expected);
    compare(rows.iter().map(made), said);
}

/// Compares what `say` makes of each text.
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

/// The same where a program on this host refuses, after a server has answered well.
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
