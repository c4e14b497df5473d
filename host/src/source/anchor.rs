//! Measured bounds on UTC that remain valid while the machine runs.

use core::fmt;
use core::time::Duration;
use std::time::Instant;

use jwtick_core::time::{Anchor, ClockError, Ppm};
use jwtick_core::words::{self, Language};
use jwtick_core::{Span, TimeBounds};
use std_embedded_time::StandardClock;

use super::os;
use crate::notation::duration::span;

/// Bounds on UTC, tied to the monotonic clock at the moment they were measured.
///
/// The clock of the operating system is not used, so it may be wrong or be stepped. The monotonic
/// clock does not advance while the machine sleeps (`clock_gettime(2)`, `CLOCK_MONOTONIC`), and
/// neither do the bounds: they are dropped once boot time, which keeps running, differs from it. A time
/// daemon that corrects the clock speeds up or slows down the monotonic clock too (adjtimex(2)), so the
/// bounds include what the bare oscillator counted.
pub(crate) struct AnchoredUtc {
    clock: StandardClock,
    anchor: Anchor<StandardClock>,
    since: Pair,
    raw: Option<Duration>,
}

impl AnchoredUtc {
    /// Ties `utc`, which is valid now, to the monotonic clock.
    ///
    /// # Errors
    /// [`Lost::Clock`] if the monotonic clock cannot be read.
    pub(crate) fn new(utc: TimeBounds) -> Result<Self, Lost> {
        let clock = StandardClock::default();
        let anchor = Anchor::new(&clock, utc, Ppm::QUARTZ).map_err(Lost::Clock)?;
        let steady = Instant::now();
        Ok(Self { clock, anchor, since: Pair { steady, boot: os::boot() }, raw: os::raw() })
    }

    /// Returns UTC now; the bounds widen with age, by the drift of a quartz clock ([`Ppm::QUARTZ`]).
    ///
    /// # Errors
    /// [`Lost::Suspended`] if the machine slept since the bounds were measured, [`Lost::Clock`] as
    /// for [`new`](Self::new).
    pub(crate) fn now(&self) -> Result<TimeBounds, Lost> {
        let boot = os::boot();
        let now = Pair { steady: Instant::now(), boot };
        match self.since.slept_until(now) {
            Some(at_least) => Err(Lost::Suspended { at_least }),
            None => self.awake(),
        }
    }

    /// Returns the bounds that hold even if the machine slept: UTC has only advanced more.
    pub(crate) fn at_least(&self) -> TimeBounds {
        self.awake().map_or(self.anchor.floor(), |now| TimeBounds::since(now.earliest()))
    }

    fn awake(&self) -> Result<TimeBounds, Lost> {
        let now = self.anchor.now(&self.clock).map_err(Lost::Clock)?;
        let ran = || span(self.since.steady.elapsed());
        let (before, raw, after) = (ran(), os::raw(), ran());
        let counted = raw.zip(self.raw).map(|(now, then)| span(now.saturating_sub(then)));
        Ok(counted.map_or(now, |counted| including(now, counted - after, counted - before)))
    }
}

/// Returns the bounds by either of two clocks: the one whose bounds these are, and another that ran by
/// `least` to `most` more.
fn including(now: TimeBounds, least: Span, most: Span) -> TimeBounds {
    let (earliest, latest) =
        (now.earliest() + least.min(Span::ZERO), now.latest() + most.max(Span::ZERO));
    TimeBounds::between(earliest, latest).unwrap_or(now)
}

/// Both clocks at one moment; `boot` is `None` if the system has no such clock.
#[derive(Debug, Clone, Copy)]
struct Pair {
    steady: Instant,
    boot: Option<Duration>,
}

impl Pair {
    // The first pair reads the steady clock first, the second pair boot time first. So any time
    // between two readings makes the sleep seem shorter, never longer. As both clocks tick alike, a
    // difference of one nanosecond proves sleep.
    fn slept_until(self, later: Self) -> Option<Span> {
        let ran = later.steady.saturating_duration_since(self.steady);
        let passed = later.boot?.saturating_sub(self.boot?);
        passed.checked_sub(ran).filter(|slept| !slept.is_zero()).map(span)
    }
}

/// Reasons why measured bounds are no longer valid.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum Lost {
    /// The machine slept, and the monotonic clock did not advance.
    Suspended { at_least: Span },
    /// The monotonic clock cannot be read.
    Clock(ClockError),
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Suspended { at_least } => {
                let slept = words::duration(*at_least, Language::English);
                write!(
                    f,
                    "expected a machine that stays awake after the measurement of its clock, but it was \
                     suspended for {slept}: measure the clock again"
                )
            }
            Self::Clock(fault) => fault.fmt(f),
        }
    }
}

impl core::error::Error for Lost {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Suspended { .. } => None,
            Self::Clock(fault) => Some(fault),
        }
    }
}

#[cfg(test)]
mod tests {
    use jwtick_core::UnixTime;

    use super::*;

    #[test]
    fn sleep_is_detected_by_boot_time() {
        const NANO: Duration = Duration::from_nanos(1);
        let secs = Duration::from_secs;
        let rows = [
            ("awake", secs(60), Some(secs(60)), None),
            ("awake, read apart", secs(60) + NANO, Some(secs(60)), None),
            ("asleep for an hour", secs(60), Some(secs(3_660)), Some(Span::from_secs(3_600))),
            ("asleep for a nanosecond", secs(60), Some(secs(60) + NANO), Some(Span::ZERO)),
            ("no boot time", secs(60), None, None),
        ];
        let steady = Instant::now();
        let since = Pair { steady, boot: Some(secs(1_000)) };
        for (name, ran, passed, slept) in rows {
            let boot = passed.map(|passed| secs(1_000) + passed);
            let later = Pair { steady: steady + ran, boot };
            assert_eq!(since.slept_until(later), slept, "{name}");
        }
    }

    #[test]
    fn bounds_advance_independently_of_system_clock() {
        let utc = TimeBounds::around(UnixTime::from_secs(-5), Span::from_millis(1));
        let before = Instant::now();
        let anchored = AnchoredUtc::new(utc).unwrap();
        std::thread::sleep(Duration::from_millis(20));
        let now = anchored.now().unwrap();
        let passed = span(before.elapsed());
        assert!(now.earliest() >= utc.earliest() + Span::from_millis(19), "{now:?}");
        assert!(now.latest() <= utc.latest() + passed + Span::from_millis(1), "{now:?}");
    }

    #[test]
    fn bounds_include_the_clock_that_ran_faster_and_the_one_that_ran_slower() {
        let (at, span) = (UnixTime::from_secs, Span::from_secs);
        let now = TimeBounds::between(at(100), at(104)).unwrap();
        for (apart, earliest, latest) in [(0, 100, 104), (3, 100, 107), (-3, 97, 104)] {
            let expected = TimeBounds::between(at(earliest), at(latest));
            assert_eq!(Some(including(now, span(apart), span(apart))), expected, "{apart}");
        }
        let open = TimeBounds::since(at(100));
        assert!(including(open, span(3), span(3)).is_open());
    }

    #[test]
    fn bounds_are_dropped_after_sleep() {
        let mut anchored = AnchoredUtc::new(TimeBounds::exactly(UnixTime::EPOCH)).unwrap();
        let Some(boot) = anchored.since.boot else { return };
        anchored.since.boot = boot.checked_sub(Duration::from_millis(500));
        let lost = anchored.now().unwrap_err();
        assert!(matches!(lost, Lost::Suspended { .. }), "{lost}");
        assert!(anchored.at_least().is_open());
        assert!(anchored.at_least().earliest() >= UnixTime::EPOCH - Span::from_secs(1));
        let said = lost.to_string();
        assert!(said.contains("suspended for 4") && said.ends_with("again"), "{said}");
    }
}
