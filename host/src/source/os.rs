//! The clock of the operating system.

mod ask;
mod chrony;
mod decimal;
pub(crate) mod machine;
pub(crate) mod note;
mod ntpq;
mod timesync;
mod unknown;

use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_core::render::Language;
use jwtick_core::{Span, TimeBounds, UnixTime};

use crate::instant::Moment;
use crate::output;
use crate::report::words;

pub(crate) use note::OsNote;
pub(crate) use unknown::Unknown;

/// 2026-01-01T00:00:00Z. This program was written later, so UTC is at or after it, whatever the
/// clock of a host says that starts in 1970.
const WRITTEN: UnixTime = UnixTime::from_secs(1_767_225_600);

/// What the clock reads, right or not; before 1970 too.
pub(crate) fn reading() -> UnixTime {
    let micros = |duration: core::time::Duration| i64::try_from(duration.as_micros());
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => micros(since).map_or(UnixTime::MAX, UnixTime::from_micros),
        Err(before) => micros(before.duration())
            .map_or(UnixTime::MIN, |micros| UnixTime::from_micros(micros.saturating_neg())),
    }
}

/// Where UTC lies whatever any clock or server says.
pub(crate) const fn known() -> TimeBounds {
    TimeBounds::since(WRITTEN)
}

/// Whether `reading` shows that the clock was never set.
fn is_unset(reading: UnixTime) -> bool {
    reading < WRITTEN
}

/// Where UTC lies when the clock reads `reading`. A clock that is set is believed: how far it may
/// be off, the user says (`--uncertainty`).
fn bounds(reading: UnixTime) -> TimeBounds {
    if is_unset(reading) { TimeBounds::since(WRITTEN) } else { TimeBounds::exactly(reading) }
}

/// Where UTC lies at `moment`, told by a clock that reads `reading` and may be off by
/// `uncertainty` either way. Says so where the clock was never set.
pub(crate) fn trusted(
    moment: Moment,
    reading: UnixTime,
    uncertainty: Span,
    language: Language,
) -> TimeBounds {
    if matches!(moment, Moment::FromNow(_)) && is_unset(reading) {
        output::warn(&words::unset(reading, language));
    }
    let bounds = moment.bounds(bounds(reading));
    if bounds.is_open() {
        return bounds; // a lower bound that is a proof needs no uncertainty
    }
    let (earliest, latest) = (bounds.earliest() - uncertainty, bounds.latest() + uncertainty);
    TimeBounds::between(earliest, latest).unwrap_or(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_in_1970_proves_only_that_time_went_on() {
        let boot = UnixTime::from_secs(42);
        assert_eq!(bounds(boot), TimeBounds::since(WRITTEN));
        let later = UnixTime::from_secs(1_800_000_000);
        assert_eq!(bounds(later), TimeBounds::exactly(later));
    }

    #[test]
    fn uncertainty_widens_what_is_not_proved() {
        let at = UnixTime::from_secs;
        let hour = Span::from_secs(3_600);
        let rows = [
            ("set", Moment::NOW, at(1_800_000_000), TimeBounds::around(at(1_800_000_000), hour)),
            ("never set", Moment::NOW, at(42), TimeBounds::since(WRITTEN)),
            ("before 1970", Moment::NOW, at(-42), TimeBounds::since(WRITTEN)),
            ("told", Moment::At(at(0)), at(42), TimeBounds::around(at(0), hour)),
        ];
        for (name, moment, reading, expected) in rows {
            assert_eq!(trusted(moment, reading, hour, Language::English), expected, "{name}");
        }
    }
}
