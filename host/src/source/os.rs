//! The clock of the operating system.

mod ask;
mod chrony;
mod kernel;
pub(crate) mod machine;
pub(crate) mod note;
mod ntpq;
mod timesync;
mod unknown;

use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_core::{TimeBounds, UnixTime};

pub(crate) use note::OsNote;
pub(crate) use unknown::Unknown;

/// What the clock reads, right or not; before 1970 too.
pub(crate) fn reading() -> UnixTime {
    since_1970(SystemTime::now())
}

fn since_1970(time: SystemTime) -> UnixTime {
    let micros = |duration: core::time::Duration| i64::try_from(duration.as_micros());
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => micros(since).map_or(UnixTime::MAX, UnixTime::from_micros),
        Err(before) => micros(before.duration())
            .map_or(UnixTime::MIN, |micros| UnixTime::from_micros(micros.saturating_neg())),
    }
}

/// Where UTC lies whatever any clock or server says.
pub(crate) const fn known() -> TimeBounds {
    TimeBounds::since(UnixTime::FIRST_RELEASE)
}

/// Whether `reading` shows that the clock was never set.
pub(crate) fn is_unset(reading: UnixTime) -> bool {
    reading < UnixTime::FIRST_RELEASE
}

/// Where UTC lies when the clock reads `reading`. A clock that is set is believed: how far it may
/// be off, the user says (`--uncertainty`).
pub(crate) fn bounds(reading: UnixTime) -> TimeBounds {
    if is_unset(reading) {
        TimeBounds::since(UnixTime::FIRST_RELEASE)
    } else {
        TimeBounds::exactly(reading)
    }
}

/// What holds whatever clocks say: this program was written before.
pub(crate) const fn proved() -> TimeBounds {
    TimeBounds::since(UnixTime::FIRST_RELEASE)
}

/// When this program was built, or what `SOURCE_DATE_EPOCH` said then, so that two builds of the same
/// sources can be the same (reproducible-builds.org). Never before the program was written: a build
/// may have a wrong clock too.
pub(crate) fn built() -> UnixTime {
    let built = env!("JWTICK_BUILT").parse().map_or(UnixTime::FIRST_RELEASE, UnixTime::from_secs);
    built.max(UnixTime::FIRST_RELEASE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_in_1970_proves_only_that_time_went_on() {
        let boot = UnixTime::from_secs(42);
        assert_eq!(bounds(boot), TimeBounds::since(UnixTime::FIRST_RELEASE));
        let later = UnixTime::from_secs(1_800_000_000);
        assert_eq!(bounds(later), TimeBounds::exactly(later));
    }
}
