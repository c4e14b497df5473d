//! The uptime of the machine, and how much of it the machine slept.

use core::time::Duration;

use jwtick_core::Span;

/// The clock that keeps running while the machine sleeps; `None` if the system has only the one
/// that [`std::time::Instant`] reads.
#[cfg(target_os = "linux")]
pub(crate) fn boot() -> Option<Duration> {
    reading(rustix::time::ClockId::Boottime)
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
    let awake = reading(rustix::time::ClockId::Monotonic)?;
    Some(crate::notation::duration::span(boot.saturating_sub(awake)))
}

/// Returns the time for which the machine was suspended since boot; `None` if unknown.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn suspended() -> Option<Span> {
    None
}

#[cfg(target_os = "linux")]
fn reading(clock: rustix::time::ClockId) -> Option<Duration> {
    let time = rustix::time::clock_gettime(clock);
    let (secs, nanos) = (u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?);
    Some(Duration::new(secs, nanos))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn boot_time_is_at_least_time_awake() {
        let awake = reading(rustix::time::ClockId::Monotonic).unwrap();
        assert!(boot().unwrap() >= awake);
        assert!(suspended().unwrap() >= Span::ZERO);
    }
}
