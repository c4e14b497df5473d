//! Ties a free-running clock to UTC, with bounds that widen as the clock drifts.
//!
//! [`Anchor`] reads the clock, and [`TickAnchor`] does the arithmetic. This is the only module that
//! names `embedded_time`.

use core::marker::PhantomData;

use embedded_time::fraction::Fraction;
use embedded_time::{Clock, Instant, TimeInt};

use super::ticks::ClockError;
use super::ticks::{Counter, Ppm, TickAnchor};
use super::unix_time::{Span, TimeBounds};

/// A free-running clock tied to UTC.
///
/// For a clock that was never set, pass [`TimeBounds::since`] the firmware's build time or the
/// newest trusted time in storage. The upper bound then stays open, and judging still proves what
/// can be proved.
///
/// # Example
/// ```
/// use core::cell::Cell;
/// use embedded_time::{Clock, Instant, clock::Error, fraction::Fraction};
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// use jwtick_core::time::{Anchor, Ppm};
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
/// // 20 ms from the start, 100 ms of drift, and a tick at either end.
/// assert_eq!(now.latest() - now.earliest(), Span::from_micros(122_006));
/// # Ok::<(), jwtick_core::time::ClockError>(())
/// ```
pub struct Anchor<C: Clock> {
    ticks: TickAnchor,
    clock: PhantomData<fn(&C)>,
}

impl<C: Clock> Anchor<C>
where
    u64: From<C::T>,
{
    /// Ties the current bounds on UTC to the clock's current reading.
    ///
    /// # Errors
    /// [`ClockError::Stopped`] if the clock cannot be read.
    pub fn new(clock: &C, utc: TimeBounds, drift: Ppm) -> Result<Self, ClockError> {
        let ticks = TickAnchor::new(counter::<C>(), reading(clock)?, utc, drift);
        Ok(Self { ticks, clock: PhantomData })
    }

    /// Returns the bounds on UTC now, from a counter wide enough never to wrap.
    ///
    /// # Errors
    /// [`ClockError::Stopped`] if the clock cannot be read, and the errors of [`TickAnchor::now`].
    pub fn now(&self, clock: &C) -> Result<TimeBounds, ClockError> {
        self.ticks.now(reading(clock)?)
    }

    /// Returns the bounds on UTC now, given that at most `age` has passed since the anchor was made
    /// or last refreshed. A watchdog, a sleep timer or a scheduler can guarantee this.
    ///
    /// # Errors
    /// [`ClockError::Stopped`] if the clock cannot be read, and the errors of
    /// [`TickAnchor::now_within`].
    pub fn now_within(&self, clock: &C, age: Span) -> Result<TimeBounds, ClockError> {
        self.ticks.now_within(reading(clock)?, age)
    }

    /// Moves the anchor to now. Call this at least once per half range of a narrow counter; the
    /// counter may then wrap any number of times.
    ///
    /// # Errors
    /// The errors of [`now_within`](Self::now_within). The anchor is unchanged on error.
    pub fn refresh(&mut self, clock: &C, age: Span) -> Result<(), ClockError> {
        self.ticks.refresh(reading(clock)?, age)
    }

    /// Adds an independent proof of UTC now, for example from a token of a trusted issuer.
    ///
    /// # Errors
    /// The errors of [`refresh`](Self::refresh), and [`ClockError::Contradiction`] if `utc`
    /// contradicts what the anchor knows. The anchor is unchanged on error.
    pub fn learn(&mut self, clock: &C, age: Span, utc: TimeBounds) -> Result<(), ClockError> {
        self.ticks.learn(reading(clock)?, age, utc)
    }

    /// Bounds that hold for any reading of the clock, because UTC never goes back.
    #[must_use]
    pub const fn floor(&self) -> TimeBounds {
        self.ticks.floor()
    }

    /// The rate error that the bounds allow for.
    #[must_use]
    pub const fn drift(&self) -> Ppm {
        self.ticks.drift()
    }
}

fn reading<C: Clock>(clock: &C) -> Result<u64, ClockError>
where
    u64: From<C::T>,
{
    let now: Instant<C> = clock.try_now().map_err(|_| ClockError::Stopped)?;
    Ok(now.duration_since_epoch().integer().into())
}

fn counter<C: Clock>() -> Counter
where
    u64: From<C::T>,
{
    let tick: Fraction = C::SCALING_FACTOR;
    Counter::wrapping_after(*tick.numerator(), *tick.denominator(), largest::<C::T>().into())
}

fn largest<T: TimeInt>() -> T {
    T::max_value()
}

#[cfg(test)]
mod tests {
    use core::cell::Cell;

    use embedded_time::clock::Error;

    use super::super::ticks::WIDE;
    use super::super::unix_time::UnixTime;
    use super::*;

    struct Ticks<T>(Cell<Option<T>>);

    impl<T> Ticks<T> {
        const fn at(ticks: T) -> Self {
            Self(Cell::new(Some(ticks)))
        }
    }

    // Milliseconds in 32 bits wrap after 49.7 days; half the range is 24.8 days.
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
    fn narrow_counter_without_age_is_refused() {
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
    fn refreshed_counter_may_wrap() {
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
    fn reports_age_that_the_counter_disproves() {
        let clock = Ticks::at(0_u32);
        let anchor = Anchor::new(&clock, SYNCED, Ppm::QUARTZ).unwrap();
        clock.0.set(Some(10_000));
        let refused = anchor.now_within(&clock, Span::from_secs(5));
        assert!(matches!(refused, Err(ClockError::Overdue { .. })), "{refused:?}");
    }

    #[test]
    fn refuses_clock_that_went_back_or_stopped() {
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
    fn contradictory_bounds_are_refused() {
        let clock = Ticks::at(0_u64);
        let mut anchor = Anchor::new(&clock, SYNCED, Ppm::QUARTZ).unwrap();
        let told = TimeBounds::exactly(UnixTime::from_secs(2_000));
        let refused = anchor.learn(&clock, DAY, told);
        assert!(matches!(refused, Err(ClockError::Contradiction { .. })), "{refused:?}");
        assert!(anchor.now(&clock).unwrap().latest() < UnixTime::from_secs(1_001));
    }
}
