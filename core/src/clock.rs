//! Tying a free-running clock to UTC, with bounds that widen as it drifts.
//!
//! A counter measures time since it was read before, and knows nothing else. So the anchor keeps
//! what was known of UTC at one reading, and adds what the counter says has passed since, give or
//! take one tick at either end and the drift of its oscillator. A counter that may have wrapped in
//! between is refused, not guessed. This is the only module that names `embedded_time`.

use core::fmt;

use embedded_time::fraction::Fraction;
use embedded_time::{Clock, Instant, TimeInt};

use crate::time::{Span, TimeBounds, UnixTime};

/// Rate error of an oscillator in parts per million, either way.
///
/// # Example
/// ```
/// use jwtick_core::Ppm;
/// assert_eq!(Ppm::QUARTZ.to_string(), "50 ppm");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ppm(pub u32);

impl Ppm {
    /// An ordinary crystal over its whole range of temperature; RFC 5905 §11.1 allows one of a
    /// machine room 15 ppm (PHI).
    pub const QUARTZ: Self = Self(50);
}

impl fmt::Display for Ppm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ppm", self.0)
    }
}

// A counter whose half range is longer than any device runs can be read without a promise.
const WIDE: Span = Span::from_secs(50 * 365 * 86_400);

/// A free-running clock, tied to UTC.
///
/// For a clock that was never set, give [`TimeBounds::since`] the firmware's build time, or the
/// newest trusted time that was stored: then the upper bound stays open, and judging proves what
/// can be proved.
///
/// # Example
/// ```
/// use core::cell::Cell;
/// use embedded_time::{Clock, Instant, clock::Error, fraction::Fraction};
/// use jwtick_core::{Anchor, Ppm, Span, TimeBounds, UnixTime};
///
/// struct Millis(Cell<u64>);
/// impl Clock for Millis {
///     type T = u64;
///     const SCALING_FACTOR: Fraction = Fraction::new(1, 1_000);
///     fn try_now(&self) -> Result<Instant<Self>, Error> {
///         Ok(Instant::new(self.0.get()))
///     }
/// }
///
/// let clock = Millis(Cell::new(7));
/// let synced = TimeBounds::around(UnixTime::from_secs(1_000_000), Span::from_millis(10));
/// let anchor = Anchor::new(&clock, synced, Ppm::QUARTZ)?;
/// clock.0.set(1_000_007); // 1,000 s later, of which 50 ppm are 50 ms
/// let now = anchor.now(&clock)?;
/// let truth = UnixTime::from_secs(1_001_000);
/// assert!(now.earliest() < truth && truth < now.latest());
/// // 20 ms were unknown before; then come 100 ms of drift and a tick at either end.
/// assert_eq!(now.latest() - now.earliest(), Span::from_micros(122_006));
/// # Ok::<(), jwtick_core::ClockError>(())
/// ```
pub struct Anchor<C: Clock> {
    taken: Instant<C>,
    utc: TimeBounds,
    drift: Ppm,
}

impl<C: Clock> Anchor<C>
where
    u64: From<C::T>,
{
    /// Ties what is known of UTC now to the clock's reading now.
    ///
    /// # Errors
    /// [`ClockError::Stopped`] if the clock gives no reading.
    pub fn new(clock: &C, utc: TimeBounds, drift: Ppm) -> Result<Self, ClockError> {
        Ok(Self { taken: reading(clock)?, utc, drift })
    }

    /// UTC now, by a counter that is wide enough never to wrap.
    ///
    /// # Errors
    /// [`ClockError::Stopped`] if the clock gives no reading; [`ClockError::WentBack`] if it reads
    /// less than before; [`ClockError::Narrow`] if the counter wraps within 100 years, so that the
    /// caller has to say how old the anchor may be.
    pub fn now(&self, clock: &C) -> Result<TimeBounds, ClockError> {
        self.now_within(clock, WIDE)
    }

    /// UTC now, if the caller knows that no more than `age` has passed since the anchor was made
    /// or last refreshed: by a watchdog, a sleep timer, a scheduler.
    ///
    /// # Errors
    /// As for [`now`](Self::now), and [`ClockError::Overdue`] if the counter proves that more than
    /// `age` has passed.
    pub fn now_within(&self, clock: &C, age: Span) -> Result<TimeBounds, ClockError> {
        self.elapsed_to(reading(clock)?, age).map(|elapsed| elapsed.after(self.utc))
    }

    /// Moves the anchor to now. A narrow counter is tracked by doing this at least once in half its
    /// range; then it may wrap as often as it likes.
    ///
    /// # Errors
    /// As for [`now_within`](Self::now_within); the anchor stays as it was.
    pub fn refresh(&mut self, clock: &C, age: Span) -> Result<(), ClockError> {
        let now = reading(clock)?;
        self.utc = self.elapsed_to(now, age)?.after(self.utc);
        self.taken = now;
        Ok(())
    }

    /// Adds another proof of what UTC is now, as from a token of a trusted issuer.
    ///
    /// # Errors
    /// As for [`refresh`](Self::refresh), and [`ClockError::Contradiction`] if `utc` can't be true
    /// together with what the anchor knows; the anchor stays as it was.
    pub fn learn(&mut self, clock: &C, age: Span, utc: TimeBounds) -> Result<(), ClockError> {
        let now = reading(clock)?;
        let known = self.elapsed_to(now, age)?.after(self.utc);
        self.utc = known.intersect(utc).ok_or(ClockError::Contradiction { known, told: utc })?;
        self.taken = now;
        Ok(())
    }

    /// What holds whatever the clock reads: UTC never goes back.
    #[must_use]
    pub const fn floor(&self) -> TimeBounds {
        TimeBounds::since(self.utc.earliest())
    }

    /// The rate error that the bounds allow for.
    #[must_use]
    pub const fn drift(&self) -> Ppm {
        self.drift
    }

    fn elapsed_to(&self, now: Instant<C>, age: Span) -> Result<Elapsed, ClockError> {
        let half_range = in_micros(u64::from(largest::<C::T>()) / 2, C::SCALING_FACTOR).0;
        if half_range < age {
            return Err(ClockError::Narrow { tells: half_range, needs: age });
        }
        let since = now.checked_duration_since(&self.taken).ok_or(ClockError::WentBack)?;
        let elapsed = Elapsed::of(u64::from(since.integer()), C::SCALING_FACTOR, self.drift);
        if elapsed.least > age {
            return Err(ClockError::Overdue { least: elapsed.least, promised: age });
        }
        Ok(elapsed)
    }
}

fn reading<C: Clock>(clock: &C) -> Result<Instant<C>, ClockError> {
    clock.try_now().map_err(|_| ClockError::Stopped)
}

fn largest<T: TimeInt>() -> T {
    T::max_value()
}

/// What a difference of two readings says: at least, at most.
struct Elapsed {
    least: Span,
    most: Span,
}

impl Elapsed {
    // A reading names a whole tick, and the moment lies anywhere in it: so does each end.
    fn of(ticks: u64, tick: Fraction, drift: Ppm) -> Self {
        let least = in_micros(ticks.saturating_sub(1), tick).0;
        let most = in_micros(ticks.saturating_add(1), tick).1;
        Self { least: least - drift.of(least), most: most + drift.of(most) }
    }

    // Open bounds stay open.
    fn after(&self, utc: TimeBounds) -> TimeBounds {
        let earliest = match utc.earliest() {
            UnixTime::MIN => UnixTime::MIN,
            earliest => earliest + self.least,
        };
        let latest = utc.latest() + self.most;
        TimeBounds::between(earliest, latest).unwrap_or(TimeBounds::since(earliest))
    }
}

impl Ppm {
    /// The most that an oscillator may have gained or lost while it counted `span`.
    #[must_use]
    pub fn of(self, span: Span) -> Span {
        // A clock that runs slow by r counts e while e / (1 − r) passes: r / (1 − r) more.
        let rest = 1_000_000_u32.saturating_sub(self.0);
        let lost = u128::from(span.as_micros().unsigned_abs()).saturating_mul(self.0.into());
        match lost.checked_add(u128::from(rest)) {
            Some(lost) if rest > 0 => saturated(lost.saturating_sub(1) / u128::from(rest)),
            _ => Span::MAX,
        }
    }
}

/// `ticks` in microseconds, rounded down and up.
fn in_micros(ticks: u64, tick: Fraction) -> (Span, Span) {
    let micros = u128::from(ticks).saturating_mul(1_000_000 * u128::from(*tick.numerator()));
    let per = u128::from(*tick.denominator());
    match (micros.checked_div(per), micros.checked_rem(per)) {
        (Some(down), Some(rest)) => {
            (saturated(down), saturated(down.saturating_add(u128::from(rest > 0))))
        }
        // A tick of no length: nothing is known.
        _ => (Span::ZERO, Span::MAX),
    }
}

fn saturated(micros: u128) -> Span {
    i64::try_from(micros).map_or(Span::MAX, Span::from_micros)
}

/// Why a clock tells nothing.
///
/// # Example
/// ```
/// use jwtick_core::{ClockError, Span};
/// let (tells, needs) = (Span::from_secs(2_147_483), Span::from_secs(2_592_000));
/// let refusal = ClockError::Narrow { tells, needs };
/// assert_eq!(
///     refusal.to_string(),
///     "the counter tells 2147483 s apart, 2592000 s may have passed",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClockError {
    /// It gives no reading.
    Stopped,
    /// It reads less than before.
    WentBack,
    /// The counter may have wrapped.
    Narrow {
        /// The longest time that the counter can tell: half its range.
        tells: Span,
        /// The time that may have passed.
        needs: Span,
    },
    /// More time has passed than the caller promised.
    Overdue {
        /// The time that has passed at least.
        least: Span,
        /// The time that was promised at most.
        promised: Span,
    },
    /// Two statements about UTC can't both be true.
    Contradiction {
        /// What the anchor knows.
        known: TimeBounds,
        /// What it was told.
        told: TimeBounds,
    },
}

impl fmt::Display for ClockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => f.write_str("the clock gives no reading"),
            Self::WentBack => f.write_str("the clock reads less than before, it may only go on"),
            Self::Narrow { tells, needs } => {
                let (tells, needs) = (tells.floor_secs(), needs.floor_secs());
                write!(f, "the counter tells {tells} s apart, {needs} s may have passed")
            }
            Self::Overdue { least, promised } => {
                let (least, promised) = (least.floor_secs(), promised.floor_secs());
                write!(f, "at least {least} s have passed, no more than {promised} s were promised")
            }
            Self::Contradiction { known, told } => {
                let bounds =
                    |utc: &TimeBounds| (utc.earliest().floor_secs(), utc.latest().floor_secs());
                let ((from, to), (told_from, told_to)) = (bounds(known), bounds(told));
                write!(
                    f,
                    "UTC can't be in {told_from} to {told_to} s after 1970, it is in {from} to {to} s"
                )
            }
        }
    }
}

impl core::error::Error for ClockError {}

#[cfg(test)]
mod tests {
    use core::cell::Cell;

    use embedded_time::clock::Error;

    use super::*;

    struct Ticks<T>(Cell<Option<T>>);

    impl<T> Ticks<T> {
        const fn at(ticks: T) -> Self {
            Self(Cell::new(Some(ticks)))
        }
    }

    // Milliseconds in 32 bits: wraps after 49.7 days, the half range is 24.8.
    impl Clock for Ticks<u32> {
        type T = u32;
        const SCALING_FACTOR: Fraction = Fraction::new(1, 1_000);

        fn try_now(&self) -> Result<Instant<Self>, Error> {
            self.0.get().map(Instant::new).ok_or(Error::NotRunning)
        }
    }

    impl Clock for Ticks<u64> {
        type T = u64;
        const SCALING_FACTOR: Fraction = Fraction::new(1, 1_000_000_000);

        fn try_now(&self) -> Result<Instant<Self>, Error> {
            self.0.get().map(Instant::new).ok_or(Error::NotRunning)
        }
    }

    const DAY: Span = Span::from_secs(86_400);
    const SYNCED: TimeBounds = TimeBounds::exactly(UnixTime::from_secs(1_000));

    #[test]
    fn a_narrow_counter_is_refused_without_a_promise() {
        let clock = Ticks::at(0_u32);
        let anchor = Anchor::new(&clock, SYNCED, Ppm::QUARTZ).unwrap();
        let tells = Span::from_micros(2_147_483_647_000);
        let narrow = |needs| Err(ClockError::Narrow { tells, needs });
        assert_eq!(anchor.now(&clock), narrow(WIDE));
        assert_eq!(anchor.now_within(&clock, Span::from_secs(30 * 86_400)), {
            narrow(Span::from_secs(30 * 86_400))
        });
        assert!(anchor.now_within(&clock, DAY).is_ok());
        assert_eq!(anchor.floor(), TimeBounds::since(UnixTime::from_secs(1_000)));
    }

    #[test]
    fn a_tracked_counter_may_wrap() {
        let clock = Ticks::at(u32::MAX - 500);
        let mut anchor = Anchor::new(&clock, SYNCED, Ppm(0)).unwrap();
        for day in 1..=100_u32 {
            clock.0.set(Some((u32::MAX - 500).wrapping_add(day.wrapping_mul(86_400_000))));
            anchor.refresh(&clock, DAY + Span::from_secs(1)).unwrap();
        }
        let now = anchor.now_within(&clock, DAY).unwrap();
        let truth = UnixTime::from_secs(1_000 + 100 * 86_400);
        assert!(now.earliest() <= truth && truth <= now.latest());
        assert!(now.latest() - now.earliest() < Span::from_secs(1), "one tick each way a day");
    }

    #[test]
    fn a_broken_promise_is_noticed() {
        let clock = Ticks::at(0_u32);
        let anchor = Anchor::new(&clock, SYNCED, Ppm::QUARTZ).unwrap();
        clock.0.set(Some(10_000));
        let refused = anchor.now_within(&clock, Span::from_secs(5));
        assert!(matches!(refused, Err(ClockError::Overdue { .. })), "{refused:?}");
    }

    #[test]
    fn a_clock_that_went_back_or_stands_tells_nothing() {
        let clock = Ticks::at(5_u64);
        let anchor = Anchor::new(&clock, SYNCED, Ppm::QUARTZ).unwrap();
        clock.0.set(Some(4));
        assert_eq!(anchor.now(&clock), Err(ClockError::WentBack));
        clock.0.set(None);
        assert_eq!(anchor.now(&clock), Err(ClockError::Stopped));
    }

    #[test]
    fn open_bounds_stay_open() {
        let clock = Ticks::at(0_u64);
        let built = UnixTime::from_secs(1_700_000_000);
        let mut anchor = Anchor::new(&clock, TimeBounds::since(built), Ppm::QUARTZ).unwrap();
        clock.0.set(Some(100_000_000_000));
        let now = anchor.now(&clock).unwrap();
        assert!(now.is_open());
        assert!(now.earliest() > built + Span::from_secs(99));
        anchor.learn(&clock, DAY, TimeBounds::since(built + DAY)).unwrap();
        assert_eq!(anchor.floor(), TimeBounds::since(built + DAY));
    }

    #[test]
    fn contradictions_are_not_resolved_by_guessing() {
        let clock = Ticks::at(0_u64);
        let mut anchor = Anchor::new(&clock, SYNCED, Ppm::QUARTZ).unwrap();
        let told = TimeBounds::exactly(UnixTime::from_secs(2_000));
        let refused = anchor.learn(&clock, DAY, told);
        assert!(matches!(refused, Err(ClockError::Contradiction { .. })), "{refused:?}");
        assert!(anchor.now(&clock).unwrap().latest() < UnixTime::from_secs(1_001));
    }

    #[test]
    fn drift_rounds_against_certainty() {
        const ROWS: &[(u32, i64, i64)] = &[
            (0, 1_000_000, 0),
            (50, 0, 0),
            (50, 1, 1),
            (50, 1_000_000, 51), // 50 ppm of what passed, not of what was counted
            (500_000, 1_000_000, 1_000_000),
            (1_000_000, 1, i64::MAX),
            (u32::MAX, 1, i64::MAX),
            (50, i64::MAX, 461_191_661_425_811),
        ];
        for &(ppm, counted, drift) in ROWS {
            assert_eq!(
                Ppm(ppm).of(Span::from_micros(counted)).as_micros(),
                drift,
                "{ppm} ppm of {counted}"
            );
        }
    }

    #[test]
    fn a_tick_without_length_tells_nothing() {
        assert_eq!(in_micros(5, Fraction::new(1, 0)), (Span::ZERO, Span::MAX));
        assert_eq!(in_micros(u64::MAX, Fraction::new(u32::MAX, 1)), (Span::MAX, Span::MAX));
        assert_eq!(in_micros(1, Fraction::new(1, 3_000_000)), (Span::ZERO, Span::from_micros(1)));
    }
}
