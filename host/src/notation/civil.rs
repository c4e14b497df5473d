//! Human-readable instants in UTC and in the zone of this host.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use jwtick_core::words;
use jwtick_core::{Span, UnixTime};

/// Formats the instant in UTC, `2017-02-28 18:39:51 UTC`; `None` outside the years −9999 to 9999.
pub(crate) fn utc(at: UnixTime) -> Option<String> {
    Some(shown(at, TimeZone::UTC)? + " UTC")
}

/// Formats the instant in a zone that is `zone` ahead of UTC, `2017-03-01 03:39:51 UTC+09:00`; `None`
/// where `utc` returns `None`.
pub(crate) fn at_offset(at: UnixTime, zone: Span) -> Option<String> {
    Some(format!("{} {}", shown(at + zone, TimeZone::UTC)?, words::utc_offset(zone)))
}

/// Formats the instant as RFC 3339; `None` where `utc` returns `None`.
pub(crate) fn rfc3339(at: UnixTime) -> Option<String> {
    Timestamp::from_microsecond(at.as_micros()).ok().map(|instant| instant.to_string())
}

/// Formats the instant as RFC 3339, or in Unix seconds beyond the range of the calendar.
pub(crate) fn rfc3339_or_unix(at: UnixTime) -> String {
    rfc3339(at).unwrap_or_else(|| at.floor_secs().to_string())
}

/// Formats the instant as local time in `zone`, `2017-03-01 03:39:51 +09:00`; `None` where `utc`
/// returns `None`.
pub(crate) fn local(at: UnixTime, zone: &TimeZone) -> Option<String> {
    let offset = Timestamp::from_microsecond(at.as_micros()).ok()?.to_zoned(zone.clone());
    Some(format!("{} {}", shown(at, zone.clone())?, offset.strftime("%:z")))
}

// jiff writes a fraction of six digits or none.
fn shown(at: UnixTime, zone: TimeZone) -> Option<String> {
    let civil = Timestamp::from_microsecond(at.as_micros()).ok()?.to_zoned(zone).datetime();
    Some(civil.to_string().replacen('T', " ", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_both_times() {
        let korea = TimeZone::fixed(jiff::tz::offset(9));
        let rows: &[(i64, Option<&str>, Option<&str>)] = &[
            (
                1_488_307_191_000_000,
                Some("2017-02-28 18:39:51 UTC"),
                Some("2017-03-01 03:39:51 +09:00"),
            ),
            (-1, Some("1969-12-31 23:59:59.999999 UTC"), Some("1970-01-01 08:59:59.999999 +09:00")),
            (1_488_307_191_000_000_000, None, None),
            (i64::MIN, None, None),
        ];
        for &(micros, in_utc, in_korea) in rows {
            let at = UnixTime::from_micros(micros);
            assert_eq!(utc(at).as_deref(), in_utc, "{micros} µs");
            assert_eq!(local(at, &korea).as_deref(), in_korea, "{micros} µs");
        }
    }
}
