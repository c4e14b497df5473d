//! The zone from the command line for log timestamps that name none.

use core::fmt;
use std::{env, fs};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jwtick_core::diagnosis::{LogZone, ZoneRules};
use jwtick_core::{Span, UnixTime};

/// A zone with a fixed offset, or with rules that change the offset over the year.
#[derive(Debug)]
pub(crate) enum Zone {
    /// Local minus UTC.
    Fixed(Span),
    /// A zone of the IANA database.
    Ruled(Rules),
}

/// The rules of a zone.
#[derive(Debug)]
pub(crate) struct Rules(TimeZone);

/// The name of the zone of this host.
const LOCAL: &str = "local";

// The zones of the earth, as the core assumes them for a log that names none.
const LEAST: Span = Span::from_secs(-12 * 3_600);
const MOST: Span = Span::from_secs(14 * 3_600);

/// The names that a shell completes: those that are not offsets.
pub(crate) fn names() -> impl Iterator<Item = String> {
    let database = TimeZoneDatabase::bundled();
    let known: Vec<String> = database.available().map(|name| name.to_string()).collect();
    [LOCAL.to_owned()].into_iter().chain(known)
}

/// Reasons why a text is not a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAZone {
    /// Neither an offset nor a name in the database.
    Unknown,
    /// An offset that no zone has.
    Range,
    /// `local`, but this host has no zone, or `TZ` names none.
    NoLocal,
}

impl fmt::Display for NotAZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => {
                "expected an offset (+09:00, -0330, UTC+9), UTC, local, or a name (Europe/Berlin)"
            }
            Self::Range => {
                "expected an offset from -12:00 to +14:00, as the zones of the earth have"
            }
            Self::NoLocal => {
                "the time zone of this host is not known: set TZ, or name the zone (Europe/Berlin)"
            }
        })
    }
}

impl core::error::Error for NotAZone {}

impl Zone {
    /// Parses a zone.
    ///
    /// # Errors
    /// [`NotAZone`] if `text` is neither an offset that a zone has, nor a name in the database, nor
    /// `local` on a host that has a zone.
    pub(crate) fn parse(text: &str) -> Result<Self, NotAZone> {
        if text.trim().eq_ignore_ascii_case(LOCAL) {
            let zone = local();
            return if zone.is_unknown() { Err(NotAZone::NoLocal) } else { Self::of(zone) };
        }
        let written = as_parsed(text);
        let zone = DateTimeParser::new().parse_time_zone(&written);
        let zone = zone.or_else(|_| TimeZone::get(text));
        let is_offset = || is_offset(&written);
        let fault = |_| if is_offset() { NotAZone::Range } else { NotAZone::Unknown };
        Self::of(zone.map_err(fault)?)
    }

    fn of(zone: TimeZone) -> Result<Self, NotAZone> {
        let Ok(offset) = zone.to_fixed_offset() else { return Ok(Self::Ruled(Rules(zone))) };
        let offset = Span::from_secs(offset.seconds().into());
        if (LEAST..=MOST).contains(&offset) {
            Ok(Self::Fixed(offset))
        } else {
            Err(NotAZone::Range)
        }
    }

    /// Returns the name of a zone that means the same on every host, if the zone has one.
    pub(crate) fn everywhere(text: &str) -> String {
        let is_local = text.trim().eq_ignore_ascii_case(LOCAL);
        let system = is_local.then(TimeZone::system);
        let name = system.as_ref().and_then(TimeZone::iana_name);
        name.unwrap_or(text).to_owned()
    }

    /// Returns the zone in the form that the core uses.
    pub(crate) const fn of_log(&self) -> LogZone<'_> {
        match self {
            Self::Fixed(offset) => LogZone::Fixed(*offset),
            Self::Ruled(rules) => LogZone::Rules(rules),
        }
    }
}

// Users write `Z`, `+9`, `UTC+9` and `GMT-3:30`; the parser expects two digits and no prefix.
fn as_parsed(text: &str) -> String {
    let text = text.trim();
    let (name, offset) = match text.get(..3).zip(text.get(3..)) {
        Some(("UTC" | "GMT", offset)) if offset.starts_with(['+', '-']) => ("", offset),
        _ => text.split_at(text.find(['+', '-']).unwrap_or_default()),
    };
    match (name, offset.split_at_checked(1)) {
        ("", Some((sign @ ("+" | "-"), hours))) if one_digit(hours) => format!("{sign}0{hours}"),
        ("", Some(("+" | "-", _))) => offset.to_owned(),
        ("", Some(("Z" | "z", ""))) => "UTC".to_owned(),
        _ => text.to_owned(),
    }
}

fn is_offset(written: &str) -> bool {
    let digits = written.strip_prefix(['+', '-']).unwrap_or_default();
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == ':')
}

fn one_digit(hours: &str) -> bool {
    let mut bytes = hours.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_digit())
        && bytes.next().is_none_or(|byte| byte == b':')
}

impl ZoneRules for Rules {
    fn utc_offset(&self, civil: UnixTime) -> Span {
        // A repeated hour uses its first occurrence; a skipped hour uses the offset before it (RFC
        // 5545 §3.3.5).
        let offset = self
            .0
            .to_ambiguous_timestamp(date_time(civil))
            .compatible()
            .map_or_else(|_| self.0.to_offset(Timestamp::UNIX_EPOCH), |at| self.0.to_offset(at));
        Span::from_secs(offset.seconds().into())
    }
}

// Outside the calendar's years −9999 to 9999, the rules at its end continue.
fn date_time(civil: UnixTime) -> DateTime {
    let end = if civil < UnixTime::EPOCH { Timestamp::MIN } else { Timestamp::MAX };
    let at = Timestamp::from_microsecond(civil.as_micros()).unwrap_or(end);
    at.to_zoned(TimeZone::UTC).datetime()
}

/// Returns the local zone of this host.
///
/// Reads the file that names the zone directly: looking its name up in the database would first
/// list all zones, which takes longer than everything else that `inspect` does.
pub(crate) fn local() -> TimeZone {
    let named = env::var_os("TZ").is_some_and(|zone| !zone.is_empty());
    let file = (!named).then(|| fs::read("/etc/localtime").ok()).flatten();
    file.and_then(|rules| TimeZone::tzif(LOCAL, &rules).ok()).unwrap_or_else(TimeZone::system)
}

/// The zone in which this host shows times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalZone {
    /// Its name in the IANA database, or the value of `TZ`; `None` if only its rules are known.
    pub(crate) name: Option<String>,
    /// Local minus UTC.
    pub(crate) offset: Span,
}

/// Returns the zone of this host, with its offset at `now`.
pub(crate) fn local_zone(now: UnixTime) -> LocalZone {
    let zone = local();
    let at = Timestamp::from_microsecond(now.as_micros()).unwrap_or(Timestamp::UNIX_EPOCH);
    let offset = Span::from_secs(zone.to_offset(at).seconds().into());
    let name = env::var("TZ").ok().filter(|name| !name.is_empty()).or_else(linked);
    LocalZone { name: name.or_else(|| known(&zone)), offset }
}

// `local` is no name of the database, but that of a file that is no link.
fn known(zone: &TimeZone) -> Option<String> {
    zone.iana_name().filter(|name| *name != LOCAL).map(str::to_owned)
}

// The file is a link into the database, by convention (localtime(5)).
fn linked() -> Option<String> {
    let target = fs::read_link("/etc/localtime").ok()?;
    let (_, name) = target.to_str()?.split_once("zoneinfo/")?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600;

    #[test]
    fn reads_offsets_and_names() {
        const ROWS: &[(&str, Option<i64>)] = &[
            ("+09:00", Some(9 * HOUR)),
            ("+0900", Some(9 * HOUR)),
            ("+09", Some(9 * HOUR)),
            ("+9", Some(9 * HOUR)),
            ("-3:30", Some(-12_600)),
            ("UTC+9", Some(9 * HOUR)),
            ("GMT-03:30", Some(-12_600)),
            ("UTC", Some(0)),
            ("Z", Some(0)),
            (" +09:00 ", Some(9 * HOUR)),
            ("", None),
            ("+", None),
            ("-12:00", Some(-12 * HOUR)),
            ("+14:00", Some(14 * HOUR)),
            ("09:00", None),
            ("Mars/Base", None),
        ];
        for &(text, secs) in ROWS {
            let read = match Zone::parse(text) {
                Ok(Zone::Fixed(offset)) => Some(offset),
                Ok(Zone::Ruled(_)) | Err(_) => None,
            };
            assert_eq!(read, secs.map(Span::from_secs), "{text:?}");
        }
    }

    #[test]
    fn rejects_offsets_that_no_zone_has() {
        const ROWS: &[(&str, NotAZone)] = &[
            ("+14:01", NotAZone::Range),
            ("-12:01", NotAZone::Range),
            ("UTC+25", NotAZone::Range),
            ("+25:00", NotAZone::Range),
            ("+99:00", NotAZone::Range),
            ("+1234567", NotAZone::Range),
            ("+", NotAZone::Unknown),
            ("+x", NotAZone::Unknown),
            ("09:00", NotAZone::Unknown),
        ];
        for &(text, fault) in ROWS {
            assert_eq!(Zone::parse(text).err(), Some(fault), "{text:?}");
        }
    }

    #[test]
    fn every_completed_name_is_a_zone() {
        let known: Vec<String> = names().collect();
        assert!(known.len() > 400, "{}", known.len());
        for name in known.iter().skip(1) {
            assert!(Zone::parse(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn offset_follows_daylight_saving() {
        let Ok(Zone::Ruled(berlin)) = Zone::parse("europe/berlin") else {
            panic!("a named zone has rules");
        };
        let rows: &[(&str, i64, i64)] = &[
            ("winter", 1_488_307_191, HOUR),
            ("summer", 1_500_000_000, 2 * HOUR),
            ("repeated hour, 2017-10-29 02:30", 1_509_244_200, 2 * HOUR),
            ("skipped hour, 2017-03-26 02:30", 1_490_495_400, 2 * HOUR),
            ("beyond the calendar", 1_000_000_000_000, HOUR),
        ];
        for &(name, civil, offset) in rows {
            let found = berlin.utc_offset(UnixTime::from_secs(civil));
            assert_eq!(found, Span::from_secs(offset), "{name}");
        }
    }
}
