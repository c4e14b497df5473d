//! Instants as users write them: `now`, `+30min`, `-5m`, Unix seconds, RFC 3339, HTTP-date.

use core::fmt;

use jwtick_core::time::HttpDate;
use jwtick_core::{Span, TimeBounds, UnixTime};

use super::duration;

/// An instant from the command line, which may be relative to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// A span relative to now; before now if negative.
    FromNow(Span),
    /// A fixed instant.
    At(UnixTime),
}

impl Moment {
    /// The present.
    pub(crate) const NOW: Self = Self::FromNow(Span::ZERO);

    /// Resolves the moment, where `now` is the reading of the clock.
    pub(crate) fn point(self, now: UnixTime) -> UnixTime {
        match self {
            Self::FromNow(span) => now + span,
            Self::At(instant) => instant,
        }
    }

    /// Resolves the moment for a claim: a relative one is rounded to whole seconds.
    pub(crate) fn whole(self, now: UnixTime) -> UnixTime {
        match self {
            Self::FromNow(_) => UnixTime::from_secs(self.point(now).floor_secs()),
            Self::At(instant) => instant,
        }
    }

    /// Returns the bounds of the moment in UTC, given the bounds of `now`.
    pub(crate) fn bounds(self, now: TimeBounds) -> TimeBounds {
        match self {
            Self::FromNow(span) if now.is_open() => TimeBounds::since(now.earliest() + span),
            Self::FromNow(span) => {
                let (earliest, latest) = (now.earliest() + span, now.latest() + span);
                TimeBounds::between(earliest, latest).unwrap_or(TimeBounds::since(earliest))
            }
            Self::At(instant) => TimeBounds::exactly(instant),
        }
    }
}

/// A text that is not an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAnInstant {
    /// Not in any accepted form.
    Form,
    /// A civil time without a zone.
    NoZone,
}

impl fmt::Display for NotAnInstant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => {
                "a time is RFC 3339 (2017-02-28T18:39:51Z), Unix seconds (1488307191), \
                 an HTTP-date (Tue, 28 Feb 2017 18:39:51 GMT), now, +30min or -5m"
            }
            Self::NoZone => "this time names no zone, add Z for UTC or an offset such as +09:00",
        })
    }
}

impl core::error::Error for NotAnInstant {}

/// Parses a moment.
///
/// # Errors
/// [`NotAnInstant`] says what is wrong with `text`.
pub(crate) fn moment(text: &str) -> Result<Moment, NotAnInstant> {
    if text.eq_ignore_ascii_case("now") {
        return Ok(Moment::NOW);
    }
    relative(text)
        .or_else(|| unix(text))
        .or_else(|| http_date(text))
        .map_or_else(|| rfc3339(text).map(Moment::At), Ok)
}

// `+300` can only mean "from now", while `-300` is a second of 1969. With a unit, both are
// relative.
fn relative(text: &str) -> Option<Moment> {
    let signed = text.starts_with('+') || (text.starts_with('-') && ends_in_a_unit(text));
    signed.then(|| duration::signed(text).ok().map(Moment::FromNow))?
}

fn unix(text: &str) -> Option<Moment> {
    let number = !text.is_empty() && !ends_in_a_unit(text);
    let since_1970 = number.then(|| duration::signed(text).ok())??;
    Some(Moment::At(UnixTime::EPOCH + since_1970))
}

fn ends_in_a_unit(text: &str) -> bool {
    text.ends_with(|last: char| last.is_ascii_alphabetic())
}

fn http_date(text: &str) -> Option<Moment> {
    HttpDate::parse(text.as_bytes()).ok().map(|date| Moment::At(date.at()))
}

fn rfc3339(text: &str) -> Result<UnixTime, NotAnInstant> {
    match text.parse::<jiff::Timestamp>() {
        Ok(instant) => micros(instant.as_nanosecond()),
        Err(_) if text.parse::<jiff::civil::DateTime>().is_ok() => Err(NotAnInstant::NoZone),
        Err(_) => Err(NotAnInstant::Form),
    }
}

// Rounds towards the past, as the core does.
fn micros(nanos: i128) -> Result<UnixTime, NotAnInstant> {
    let micros = i64::try_from(nanos.div_euclid(1_000)).map_err(|_| NotAnInstant::Form)?;
    Ok(UnixTime::from_micros(micros))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_documented_notations() {
        use Moment::{At, FromNow};
        use NotAnInstant::{Form, NoZone};
        let at = |secs| Ok(At(UnixTime::from_secs(secs)));
        let from_now = |secs| Ok(FromNow(Span::from_secs(secs)));
        let rows: &[(&str, Result<Moment, NotAnInstant>)] = &[
            ("now", from_now(0)),
            ("+30min", from_now(1_800)),
            ("-5m", from_now(-300)),
            ("+300", from_now(300)),
            ("0", at(0)),
            ("-300", at(-300)),
            ("1488307191", at(1_488_307_191)),
            ("1488307191.25", Ok(At(UnixTime::from_micros(1_488_307_191_250_000)))),
            ("2017-02-28T18:39:51Z", at(1_488_307_191)),
            ("2017-03-01T03:39:51+09:00", at(1_488_307_191)),
            ("Tue, 28 Feb 2017 18:39:51 GMT", at(1_488_307_191)),
            ("Tuesday, 28-Feb-17 18:39:51 GMT", at(1_488_307_191)),
            ("Tue Feb 28 18:39:51 2017", at(1_488_307_191)),
            ("2017-02-28 18:39:51.25Z", Ok(At(UnixTime::from_micros(1_488_307_191_250_000)))),
            ("1969-12-31T23:59:59.9999999Z", Ok(At(UnixTime::from_micros(-1)))),
            ("2017-02-28T18:39:51", Err(NoZone)),
            ("2017-02-28", Err(NoZone)),
            ("", Err(Form)),
            ("5m", Err(Form)),
            ("tomorrow", Err(Form)),
            ("2017-02-30T00:00:00Z", Err(Form)),
        ];
        for &(text, expected) in rows {
            assert_eq!(moment(text), expected, "{text:?}");
        }
    }

    #[test]
    fn open_bound_stays_open() {
        let since = TimeBounds::since(UnixTime::EPOCH);
        let later = Moment::FromNow(Span::from_secs(5)).bounds(since);
        assert_eq!(later, TimeBounds::since(UnixTime::from_secs(5)));
    }
}
