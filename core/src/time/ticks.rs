//! Bounds on UTC from two readings of a free-running counter.
//!
//! A counter only measures the time since an earlier reading. The anchor stores the bounds on UTC
//! at one reading and adds the time counted since then, plus or minus one tick at either end and
//! the drift of the oscillator. A counter that may have wrapped in between is refused; its wraps
//! are never guessed.

mod error;

use core::fmt;

use super::unix_time::{Span, TimeBounds, UnixTime};

pub use self::error::ClockError;

/// The rate error of an oscillator in parts per million, in either direction.
///
/// # Example
/// ```
/// use jwtick_core::time::Ppm;
/// assert_eq!(Ppm::QUARTZ.to_string(), "50 ppm");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ppm(pub u32);

impl Ppm {
    /// An ordinary crystal over its full temperature range. RFC 5905 §11.1 allows 15 ppm (PHI) for
    /// one in a machine room.
    pub const QUARTZ: Self = Self(50);
}

impl fmt::Display for Ppm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ppm", self.0)
    }
}

impl Ppm {
    /// The most time that an oscillator can have gained or lost while it counted `span`.
    #[must_use]
    #[inline(never)] // as for `Counter::in_micros`
    pub fn of(self, span: Span) -> Span {
        // A clock that is slow by r counts e while e / (1 − r) passes, which is r / (1 − r) more.
        let rest = 1_000_000_u32.saturating_sub(self.0);
        let lost = u128::from(span.as_micros().unsigned_abs()).saturating_mul(self.0.into());
        match lost.checked_add(u128::from(rest)) {
            Some(lost) if rest > 0 => saturated(lost.saturating_sub(1) / u128::from(rest)),
            _ => Span::MAX,
        }
    }
}

/// The tick length of a counter and the value after which it wraps.
///
/// # Example
/// ```
/// use jwtick_core::time::Counter;
/// let rtc = Counter::new(1, 32_768, 32).unwrap(); // a watch crystal, counted in 32 bits
/// assert_ne!(Some(rtc), Counter::new(1, 1_000, 32));
/// assert!(Counter::new(1, 0, 32).is_none() && Counter::new(1, 1_000, 65).is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Counter {
    numerator: u32,
    denominator: u32,
    largest: u64, // 2ⁿ − 1
}

impl Counter {
    /// Creates a counter with ticks of `numerator` / `denominator` seconds in `bits` bits. Returns
    /// `None` for a tick of zero length, and for widths other than 2 to 64 bits.
    #[must_use]
    pub const fn new(numerator: u32, denominator: u32, bits: u32) -> Option<Self> {
        match (numerator, denominator, bits) {
            (0, ..) | (_, 0, _) => None,
            (_, _, 2..=64) => {
                let largest = u64::MAX >> 64_u32.saturating_sub(bits);
                Some(Self { numerator, denominator, largest })
            }
            _ => None,
        }
    }

    pub(crate) const fn wrapping_after(numerator: u32, denominator: u32, largest: u64) -> Self {
        Self { numerator, denominator, largest }
    }

    // A reading more than half the range ahead counts as earlier.
    fn since(self, before: u64, now: u64) -> Option<u64> {
        let ticks = now.wrapping_sub(before) & self.largest;
        (ticks <= self.largest / 2).then_some(ticks)
    }

    /// Converts `ticks` to microseconds, rounded down and up.
    #[inline(never)] // a division of 128 bits is long code on a small device, and there are several
    fn in_micros(self, ticks: u64) -> (Span, Span) {
        let micros = u128::from(ticks).saturating_mul(1_000_000 * u128::from(self.numerator));
        let per = u128::from(self.denominator);
        match (micros.checked_div(per), micros.checked_rem(per)) {
            (Some(down), Some(rest)) => {
                (saturated(down), saturated(down.saturating_add(u128::from(rest > 0))))
            }
            // A tick of zero length proves nothing.
            _ => (Span::ZERO, Span::MAX),
        }
    }
}

fn saturated(micros: u128) -> Span {
    i64::try_from(micros).map_or(Span::MAX, Span::from_micros)
}

// A counter with a half range longer than any device runs can be read without an age.
pub(crate) const WIDE: Span = Span::from_secs(50 * 365 * 86_400);

/// Ties a hardware counter to UTC. Use it instead of [`Anchor`](crate::time::Anchor) when you read
/// the counter yourself.
///
/// # Example
/// ```
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// use jwtick_core::time::{ClockError, Counter, Ppm, TickAnchor};
/// let millis = Counter::new(1, 1_000, 32).unwrap();
/// let synced = TimeBounds::exactly(UnixTime::from_secs(1_000_000));
/// let mut anchor = TickAnchor::new(millis, 4_294_967_290, synced, Ppm::QUARTZ);
/// let hour = Span::from_secs(3_600);
/// let now = anchor.now_within(9_994, hour)?; // the counter has wrapped after 10 s
/// assert!(now.earliest() < UnixTime::from_secs(1_000_010));
/// assert!(now.latest() > UnixTime::from_secs(1_000_010));
/// anchor.refresh(9_994, hour)?;
/// assert!(matches!(anchor.now(9_994), Err(ClockError::Narrow { .. })), "who knows how often");
/// # Ok::<(), ClockError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TickAnchor {
    counter: Counter,
    taken: u64,
    utc: TimeBounds,
    drift: Ppm,
}

impl TickAnchor {
    /// Ties the current bounds on UTC to the counter's current reading.
    #[must_use]
    pub const fn new(counter: Counter, reading: u64, utc: TimeBounds, drift: Ppm) -> Self {
        Self { counter, taken: reading, utc, drift }
    }

    /// Returns the bounds on UTC now, from a counter wide enough never to wrap.
    ///
    /// # Errors
    /// [`ClockError::WentBack`] if the counter reads less than before. [`ClockError::Narrow`] if it
    /// wraps within 100 years; use [`now_within`](Self::now_within) then.
    pub fn now(&self, reading: u64) -> Result<TimeBounds, ClockError> {
        self.now_within(reading, WIDE)
    }

    /// Returns the bounds on UTC now, given that at most `age` has passed since the anchor was made
    /// or last refreshed.
    ///
    /// # Errors
    /// The errors of [`now`](Self::now), and [`ClockError::Overdue`] if the counter proves that
    /// more than `age` has passed.
    pub fn now_within(&self, reading: u64, age: Span) -> Result<TimeBounds, ClockError> {
        self.elapsed_to(reading, age).map(|elapsed| elapsed.after(self.utc))
    }

    /// Moves the anchor to now. Call this at least once per half range of a narrow counter; the
    /// counter may then wrap any number of times.
    ///
    /// # Errors
    /// The errors of [`now_within`](Self::now_within). The anchor is unchanged on error.
    pub fn refresh(&mut self, reading: u64, age: Span) -> Result<(), ClockError> {
        self.utc = self.now_within(reading, age)?;
        self.taken = reading;
        Ok(())
    }

    /// Adds an independent proof of UTC now, for example from a token of a trusted issuer.
    ///
    /// # Errors
    /// The errors of [`refresh`](Self::refresh), and [`ClockError::Contradiction`] if `utc`
    /// contradicts what the anchor knows. The anchor is unchanged on error.
    pub fn learn(&mut self, reading: u64, age: Span, utc: TimeBounds) -> Result<(), ClockError> {
        let known = self.now_within(reading, age)?;
        self.utc = known.intersect(utc).ok_or(ClockError::Contradiction { known, told: utc })?;
        self.taken = reading;
        Ok(())
    }

    /// Bounds that hold for any reading of the counter, because UTC never goes back.
    #[must_use]
    pub const fn floor(&self) -> TimeBounds {
        TimeBounds::since(self.utc.earliest())
    }

    /// The rate error that the bounds allow for.
    #[must_use]
    pub const fn drift(&self) -> Ppm {
        self.drift
    }

    fn elapsed_to(&self, reading: u64, age: Span) -> Result<Elapsed, ClockError> {
        let half_range = self.counter.in_micros(self.counter.largest / 2).0;
        if half_range < age {
            return Err(ClockError::Narrow { tells: half_range, needs: age });
        }
        let since = self.counter.since(self.taken, reading).ok_or(ClockError::WentBack)?;
        let elapsed = Elapsed::of(since, self.counter, self.drift);
        if elapsed.least > age {
            return Err(ClockError::Overdue { least: elapsed.least, promised: age });
        }
        Ok(elapsed)
    }
}

/// The time between two readings, at least and at most.
struct Elapsed {
    least: Span,
    most: Span,
}

impl Elapsed {
    // A reading names a whole tick, and the moment may be anywhere in it. This applies to both
    // ends.
    fn of(ticks: u64, counter: Counter, drift: Ppm) -> Self {
        let least = counter.in_micros(ticks.saturating_sub(1)).0;
        let most = counter.in_micros(ticks.saturating_add(1)).1;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drift_rounds_up() {
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
    fn zero_length_tick_is_refused() {
        let of = |numerator, denominator, ticks| {
            Counter::wrapping_after(numerator, denominator, u64::MAX).in_micros(ticks)
        };
        assert_eq!(of(1, 0, 5), (Span::ZERO, Span::MAX));
        assert_eq!(of(u32::MAX, 1, u64::MAX), (Span::MAX, Span::MAX));
        assert_eq!(of(1, 3_000_000, 1), (Span::ZERO, Span::from_micros(1)));
    }

    #[test]
    fn counter_wraps_at_its_width() {
        const ROWS: &[(u32, u64, u64, Option<u64>)] = &[
            (64, 5, 7, Some(2)),
            (64, 7, 5, None),
            (64, u64::MAX, 0, Some(1)),
            (24, 0xFF_FFFF, 0, Some(1)),
            (24, 0, 0x7F_FFFF, Some(0x7F_FFFF)),
            (24, 0, 0x80_0000, None),
            (24, 0, 0x100_0001, Some(1)),
            (2, 0, 1, Some(1)),
            (2, 0, 2, None),
        ];
        for &(bits, before, now, ticks) in ROWS {
            let counter = Counter::new(1, 1_000, bits).unwrap();
            assert_eq!(counter.since(before, now), ticks, "{bits} bits from {before} to {now}");
        }
        for bits in [0, 1, 65, u32::MAX] {
            assert_eq!(Counter::new(1, 1_000, bits), None, "{bits} bits");
        }
    }

    #[test]
    fn elapsed_time_includes_one_tick_and_the_drift_either_way() {
        // Milliseconds; 50 ppm of 1,000 s is 50 ms, and slightly more at the upper end.
        let counter = Counter::new(1, 1_000, 32).unwrap();
        let elapsed = Elapsed::of(1_000_000, counter, Ppm(50));
        assert_eq!(elapsed.least, Span::from_micros(999_999_000 - 50_003));
        assert_eq!(elapsed.most, Span::from_micros(1_000_001_000 + 50_003));
    }

    #[test]
    fn age_equal_to_half_range_is_accepted() {
        let counter = Counter::new(1, 1_000, 8).unwrap();
        let utc = TimeBounds::exactly(UnixTime::EPOCH);
        let anchor = TickAnchor::new(counter, 0, utc, Ppm(0));
        let millis = Span::from_millis;
        let narrow = ClockError::Narrow { tells: millis(127), needs: millis(128) };
        let overdue = ClockError::Overdue { least: millis(99), promised: millis(98) };
        assert!(anchor.elapsed_to(100, millis(127)).is_ok(), "half the range");
        assert_eq!(anchor.elapsed_to(100, millis(128)).err(), Some(narrow));
        assert!(anchor.elapsed_to(100, millis(99)).is_ok(), "a tick less than was counted");
        assert_eq!(anchor.elapsed_to(100, millis(98)).err(), Some(overdue));
    }

    #[test]
    fn counter_that_wraps_within_100_years_needs_an_age() {
        let now = |bits| {
            let seconds = Counter::new(1, 1, bits).unwrap();
            let utc = TimeBounds::exactly(UnixTime::EPOCH);
            TickAnchor::new(seconds, 0, utc, Ppm(0)).now(1)
        };
        assert!(now(32).is_ok(), "136 years");
        assert!(matches!(now(31), Err(ClockError::Narrow { .. })), "68 years");
    }
}
