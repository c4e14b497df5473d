//! The clocks of the operating system: the one that shows the time, and those that only run.

mod ask;
mod chrony;
mod facts;
pub(crate) mod machine;
pub(crate) mod note;
mod ntpq;
mod timesync;
mod w32tm;

use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_core::{Span, TimeBounds, UnixTime};

pub(crate) use facts::{Facts, Kernel};
pub(crate) use note::{HardwareClock, Keeps, OsNote, Unknown};

/// Returns the clock's reading, right or wrong, including before 1970.
pub(crate) fn reading() -> UnixTime {
    since_1970(SystemTime::now())
}

/// A time of the operating system, rounded down to a microsecond.
pub(crate) fn since_1970(time: SystemTime) -> UnixTime {
    let micros = |duration: Duration| i64::try_from(duration.as_micros());
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => micros(since).map_or(UnixTime::MAX, UnixTime::from_micros),
        Err(before) => micros(before.duration())
            .map_or(UnixTime::MIN, |micros| UnixTime::from_micros(micros.saturating_neg())),
    }
}

/// Returns bounds on UTC that hold regardless of any clock or server.
pub(crate) const fn known() -> TimeBounds {
    TimeBounds::since(UnixTime::FIRST_RELEASE)
}

/// Returns true if `reading` shows that the clock was never set.
pub(crate) fn is_unset(reading: UnixTime) -> bool {
    reading < UnixTime::FIRST_RELEASE
}

/// Returns bounds on UTC when the clock reads `reading`. A clock that was set is taken as right;
/// the user gives its possible error (`--uncertainty`).
pub(crate) fn bounds(reading: UnixTime) -> TimeBounds {
    if is_unset(reading) {
        TimeBounds::since(UnixTime::FIRST_RELEASE)
    } else {
        TimeBounds::exactly(reading)
    }
}

/// Returns bounds that hold for any clock: the program was written earlier.
pub(crate) const fn proved() -> TimeBounds {
    TimeBounds::since(UnixTime::FIRST_RELEASE)
}

/// Returns the build time of this program, or the value of `SOURCE_DATE_EPOCH` at that time, so
/// that two builds of the same sources can be identical (reproducible-builds.org). Never before the
/// program was written, because the build machine may have a wrong clock too.
pub(crate) fn built() -> UnixTime {
    let built = env!("JWTICK_BUILT").parse().map_or(UnixTime::FIRST_RELEASE, UnixTime::from_secs);
    built.max(UnixTime::FIRST_RELEASE)
}

/// The clock that keeps running while the machine sleeps; `None` if the system has only the one
/// that [`std::time::Instant`] reads.
#[cfg(target_os = "linux")]
pub(crate) fn boot() -> Option<Duration> {
    clock(rustix::time::ClockId::Boottime)
}

/// The clock that keeps running while the machine sleeps; `None` if the system has only the one
/// that [`std::time::Instant`] reads.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn boot() -> Option<Duration> {
    None
}

/// Returns the time for which the machine was suspended since boot; `None` if unknown.
#[cfg(target_os = "linux")]
pub(crate) fn suspended() -> Option<Span> {
    // Boot time is read first: the time between the readings must not look like sleep.
    let boot = boot()?;
    let awake = clock(rustix::time::ClockId::Monotonic)?;
    Some(crate::notation::duration::span(boot.saturating_sub(awake)))
}

/// Returns the time for which the machine was suspended since boot; `None` if unknown.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn suspended() -> Option<Span> {
    None
}

/// The clock that only counts the oscillator of the machine: no daemon changes its rate. `None` if the system
/// has none.
#[cfg(target_os = "linux")]
pub(crate) fn raw() -> Option<Duration> {
    clock(rustix::time::ClockId::MonotonicRaw)
}

/// The clock that only counts the oscillator of the machine: no daemon changes its rate. `None` if the system
/// has none.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn raw() -> Option<Duration> {
    None
}

#[cfg(target_os = "linux")]
fn clock(clock: rustix::time::ClockId) -> Option<Duration> {
    let time = rustix::time::clock_gettime(clock);
    let (secs, nanos) = (u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?);
    Some(Duration::new(secs, nanos))
}

/// Returns the processor time that this process has used.
#[cfg(target_os = "linux")]
pub(crate) fn processor_time() -> Option<Duration> {
    clock(rustix::time::ClockId::ProcessCPUTime)
}

/// Returns the memory of this process that is resident (proc(5)).
#[cfg(target_os = "linux")]
pub(crate) fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = resident.trim().strip_suffix(" kB")?.parse().ok()?;
    kibibytes.checked_mul(1_024)
}

/// Returns the number of open file descriptors of this process, other than the one that counts them.
#[cfg(target_os = "linux")]
pub(crate) fn open_files() -> Option<usize> {
    std::fs::read_dir("/proc/self/fd").ok()?.count().checked_sub(1)
}

#[cfg(not(target_os = "linux"))]
pub(crate) const fn processor_time() -> Option<Duration> {
    None
}

#[cfg(not(target_os = "linux"))]
pub(crate) const fn resident_bytes() -> Option<u64> {
    None
}

#[cfg(not(target_os = "linux"))]
pub(crate) const fn open_files() -> Option<usize> {
    None
}

/// The answer of a time daemon in `fixtures/os.txt` below this name.
#[cfg(test)]
fn recorded(name: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/os.txt");
    let answers = std::fs::read_to_string(path).unwrap();
    let (_, answer) = answers.split_once(&format!("== {name}\n")).unwrap();
    answer.split("== ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_in_1970_gives_only_lower_bound() {
        let boot = UnixTime::from_secs(42);
        assert_eq!(bounds(boot), TimeBounds::since(UnixTime::FIRST_RELEASE));
        let later = UnixTime::from_secs(1_800_000_000);
        assert_eq!(bounds(later), TimeBounds::exactly(later));
    }

    #[test]
    fn built_is_not_before_program_was_written() {
        assert!(built() >= UnixTime::FIRST_RELEASE);
        assert!(env!("JWTICK_BUILT").parse::<i64>().is_ok(), "{}", env!("JWTICK_BUILT"));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn boot_time_is_at_least_time_awake() {
        let awake = clock(rustix::time::ClockId::Monotonic).unwrap();
        assert!(boot().unwrap() >= awake);
        assert!(suspended().unwrap() >= Span::ZERO);
    }
}
