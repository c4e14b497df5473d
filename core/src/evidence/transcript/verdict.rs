//! A line of the log of `jwtick serve`, which is JSON: what it states about the clock of the issuer and
//! about that of the service.
//!
//! It has the members `time`, `verdict`, `issuer`, `now` (the bounds on UTC by which the token was judged),
//! `clock` (the source of these bounds) and `issuer_ahead_s` (the issuer's clock minus UTC). Like a line of
//! a transcript, it counts only as a whole line.

use super::entry::Means;
use crate::evidence::number;
use crate::time::{Offset, Span, TimeBounds, UnixTime};
use crate::token::{Index, Json, Members};

/// The statements of a line about clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judged {
    /// The issuer's clock minus that of the service.
    pub(crate) issuer: Option<Offset>,
    /// UTC minus the service's clock, if that was measured.
    pub(crate) utc: Option<Offset>,
}

impl Judged {
    /// The first of them, as a measurement.
    pub(crate) fn issuer(self) -> Option<(Means, Offset)> {
        self.issuer.map(|offset| (Means::HttpDate, offset))
    }

    /// Reads a line; `None` if it is not one of such a log.
    pub(crate) fn parse(line: &[u8]) -> Option<Self> {
        // Rejects other lines, which are the majority, at low cost.
        let line = line.strip_prefix(b"{\"time\":\"").and(Some(line.trim_ascii_end()))?;
        let mut index = Index::new();
        let members = Members::parse(line, &mut index).ok()?;
        members.get("verdict")?;
        let now = utc(members.get("now")?)?;
        let utc = is_measured(members.get("clock")?).then(|| around_middle(now)).flatten();
        let issuer = members.get("issuer_ahead_s").and_then(interval);
        let issuer = issuer.zip(utc).and_then(|(ahead, utc)| {
            Offset::between(sum(ahead.least(), utc.least()), sum(ahead.most(), utc.most()))
        });
        Some(Self { issuer, utc })
    }
}

/// The bounds do not rest on the service's own clock alone.
fn is_measured(clock: Json<'_>) -> bool {
    ["sources", "daemon", "kernel"].iter().any(|basis| clock.text().is_some_and(|it| it == **basis))
}

fn utc(bounds: Json<'_>) -> Option<TimeBounds> {
    let bounds = interval(bounds)?;
    TimeBounds::between(UnixTime::EPOCH + bounds.least(), UnixTime::EPOCH + bounds.most())
}

/// The service judges by the bounds, so its clock is their middle.
fn around_middle(now: TimeBounds) -> Option<Offset> {
    let (earliest, latest) = (now.earliest().as_micros(), now.latest().as_micros());
    let middle = UnixTime::from_micros(earliest.midpoint(latest));
    Offset::between(now.earliest() - middle, now.latest() - middle)
}

/// `{"least":310,"most":312}`; an end that is `null` is open.
fn interval(value: Json<'_>) -> Option<Offset> {
    let ends = value.as_written().strip_prefix("{\"least\":")?.strip_suffix('}')?;
    let (least, most) = ends.split_once(",\"most\":")?;
    Offset::between(end(least, Span::MIN)?, end(most, Span::MAX)?)
}

fn end(text: &str, open: Span) -> Option<Span> {
    if text == "null" {
        return Some(open);
    }
    let (end, len) = number::seconds(text.as_bytes())?;
    (len == text.len()).then_some(end)
}

/// An open end stays open.
fn sum(one: Span, other: Span) -> Span {
    if one == Span::MIN || one == Span::MAX { one } else { one + other }
}

#[cfg(test)]
mod tests {
    use std::borrow::ToOwned;

    use super::*;

    const LINE: &str = r#"{"time":"2026-11-30T13:31:37.2Z","message":"m","verdict":"refuse","issuer":"login","iat":null,"now":{"least":100,"most":102},"clock":"daemon","issuer_ahead_s":{"least":-312,"most":-310.5}}"#;

    fn offset(least: i64, most: i64) -> Option<Offset> {
        Offset::between(Span::from_millis(least), Span::from_millis(most))
    }

    type Row = (&'static str, &'static str, &'static str, Option<(Option<Offset>, Option<Offset>)>);

    #[test]
    fn reads_both_clocks_of_whole_lines() {
        let known = (offset(-313_000, -309_500), offset(-1_000, 1_000));
        let rows: [Row; 8] = [
            ("as written", "", "", Some(known)),
            ("line end", "-310.5}}", "-310.5}}\n", Some(known)),
            ("own clock", "daemon", "host", Some((None, None))),
            (
                "open end",
                "-310.5",
                "null",
                Some((Offset::between(Span::from_secs(-313), Span::MAX), known.1)),
            ),
            ("no estimate", "{\"least\":-312,\"most\":-310.5}", "null", Some((None, known.1))),
            ("another log", "\"verdict\"", "\"level\"", None),
            ("inverted", "-310.5", "-313", Some((None, known.1))),
            ("not a number", "-310.5", "\"x\"", Some((None, known.1))),
        ];
        for (name, from, to, expected) in rows {
            let line = if from.is_empty() { LINE.to_owned() } else { LINE.replace(from, to) };
            let found = Judged::parse(line.as_bytes()).map(|it| (it.issuer, it.utc));
            assert_eq!(found, expected, "{name}");
        }
        assert_eq!(Judged::parse(&LINE.as_bytes()[1..]), None, "within a line");
    }
}
