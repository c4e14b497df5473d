//! An estimate of another party's clock from what it writes: tokens, proofs and answers.
//!
//! Offsets are the other clock minus UTC, so a positive one is ahead. Each reading bounds the offset on
//! one side or on both, and the estimate is the intersection of all of them. A bound loosens with time,
//! since the clock drifts, and is forgotten after a while. It stays with the time and the source that
//! made it, so that a report can show the reason.
//!
//! Where readings exclude each other, no single offset explains them: the clock was set, or two clocks
//! write under one name. The estimate then starts anew from the latest reading, and says so.

use super::reading::Reading;
use crate::time::{Offset, Ppm, Span, TimeBounds};

/// A bound is forgotten after a day, when a clock that drifts at the usual rate has moved by 4 s.
const HORIZON: Span = Span::from_secs(86_400);

/// One side of an estimate: a bound, and the message that it comes from.
///
/// # Example
/// ```
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// use jwtick_core::survey::{ClockEstimate, Reading};
/// let at = TimeBounds::exactly(UnixTime::from_secs(100));
/// let mut clock = ClockEstimate::default();
/// clock.add(Reading::of_token(UnixTime::from_secs(107).into(), at, "token")).unwrap();
/// let low = clock.low().unwrap();
/// assert_eq!((low.bound, low.source), (Span::from_secs(7), "token"));
/// assert_eq!(clock.high(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side<S> {
    /// The bound as it was proved.
    pub bound: Span,
    /// When the other clock was read.
    pub at: TimeBounds,
    /// The kind of message.
    pub source: S,
}

/// An interval of another clock's offset, from readings over time.
///
/// # Example
/// ```
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// use jwtick_core::survey::{ClockEstimate, Reading};
/// use jwtick_core::time::Ppm;
/// let at = |secs| TimeBounds::exactly(UnixTime::from_secs(secs));
/// let mut clock = ClockEstimate::new(Ppm::QUARTZ, Span::from_secs(86_400));
/// let proof = |iat, issued, seen| {
///     Reading::of_proof(UnixTime::from_secs(iat).into(), Some(at(issued)), at(seen), "proof")
/// };
/// clock.add(proof(412, 100, 102)).unwrap(); // 310 to 313 s ahead
/// clock.add(proof(431, 120, 120)).unwrap(); // 311 to 312 s ahead
/// let offset = clock.offset(at(120)).unwrap();
/// assert!(offset.contains(Span::from_millis(311_500)) && !offset.contains(Span::from_secs(310)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockEstimate<S> {
    low: Option<Side<S>>,
    high: Option<Side<S>>,
    drift: Ppm,
    horizon: Span,
    readings: u32,
}

/// Allows for the drift of a quartz, and forgets a bound after a day.
impl<S: Copy> Default for ClockEstimate<S> {
    fn default() -> Self {
        Self::new(Ppm::QUARTZ, HORIZON)
    }
}

impl<S: Copy> ClockEstimate<S> {
    /// An estimate without readings, of a clock that gains or loses at most `drift`. A bound counts
    /// for `horizon`.
    #[must_use]
    pub const fn new(drift: Ppm, horizon: Span) -> Self {
        Self { low: None, high: None, drift, horizon, readings: 0 }
    }

    /// Adds a reading. Readings may arrive in any order.
    ///
    /// # Errors
    /// [`Apart`] if no offset explains this reading and the earlier ones. The estimate then knows
    /// only this reading.
    pub fn add(&mut self, reading: Reading<S>) -> Result<(), Apart<S>> {
        let (new, at) = (reading.offset, reading.at);
        let (low, high) = (self.low_at(at), self.high_at(at));
        let over = low.filter(|(_, low)| new.most() < *low);
        let under = high.filter(|(_, high)| *high < new.least());
        if let Some((kept, bound)) = over.or(under) {
            let gap = (bound - new.most()).max(new.least() - bound);
            *self = Self::new(self.drift, self.horizon);
            self.take(reading);
            return Err(Apart { kept, met: reading, gap });
        }
        self.take(reading);
        Ok(())
    }

    /// Keeps a bound that is tighter than what the earlier one has loosened to. Both loosen at the same
    /// rate, so the other one never becomes the tighter again.
    fn take(&mut self, Reading { offset, at, source }: Reading<S>) {
        self.readings = self.readings.saturating_add(1);
        let (least, most) = (offset.least(), offset.most());
        if self.low_at(at).is_none_or(|(_, low)| low <= least) {
            self.low = side(least, at, source).or(self.low);
        }
        if self.high_at(at).is_none_or(|(_, high)| most <= high) {
            self.high = side(most, at, source).or(self.high);
        }
    }

    /// The offset at an unknown instant in `now`; `None` if nothing bounds it any more. An open end is
    /// [`Span::MIN`] or [`Span::MAX`].
    #[must_use]
    pub fn offset(&self, now: TimeBounds) -> Option<Offset> {
        let (low, high) = (self.low_at(now), self.high_at(now));
        let (least, most) = (low.map(|(_, bound)| bound), high.map(|(_, bound)| bound));
        let known = least.is_some() || most.is_some();
        // A step may be told only by readings that are forgotten by now, so that no offset remains.
        let offset = Offset::between(least.unwrap_or(Span::MIN), most.unwrap_or(Span::MAX));
        offset.filter(|_| known)
    }

    /// The lower bound, and what it comes from.
    #[must_use]
    pub const fn low(&self) -> Option<Side<S>> {
        self.low
    }

    /// The upper bound, and what it comes from.
    #[must_use]
    pub const fn high(&self) -> Option<Side<S>> {
        self.high
    }

    /// The number of readings since the last contradiction.
    #[must_use]
    pub const fn readings(&self) -> u32 {
        self.readings
    }

    fn low_at(&self, now: TimeBounds) -> Option<(Side<S>, Span)> {
        let side = self.low.filter(|side| self.counts(side, now))?;
        Some((side, side.bound - self.drifted(&side, now)))
    }

    fn high_at(&self, now: TimeBounds) -> Option<(Side<S>, Span)> {
        let side = self.high.filter(|side| self.counts(side, now))?;
        Some((side, side.bound + self.drifted(&side, now)))
    }

    fn counts(&self, side: &Side<S>, now: TimeBounds) -> bool {
        now.earliest() - side.at.latest() <= self.horizon
    }

    /// The most that the clock can have drifted between the reading and now, rounded up.
    fn drifted(&self, side: &Side<S>, now: TimeBounds) -> Span {
        let elapsed = now.latest() - side.at.earliest();
        let elapsed = elapsed.max(side.at.latest() - now.earliest()).max(Span::ZERO);
        let micros = elapsed.as_micros().saturating_mul(self.drift.0.into());
        Span::from_micros((micros / 1_000_000).saturating_add(1))
    }
}

fn side<S>(bound: Span, at: TimeBounds, source: S) -> Option<Side<S>> {
    let open = bound == Span::MIN || bound == Span::MAX;
    (!open).then_some(Side { bound, at, source })
}

/// A reading that no offset explains together with an earlier one.
///
/// # Example
/// ```
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// use jwtick_core::survey::{ApartCause, ClockEstimate, Reading};
/// use jwtick_core::time::HttpDate;
/// let at = |secs| TimeBounds::exactly(UnixTime::from_secs(secs));
/// let mut clock = ClockEstimate::default();
/// clock.add(Reading::of_token(UnixTime::from_secs(400).into(), at(100), "token")).unwrap();
/// let date = HttpDate::new(UnixTime::from_secs(101)).unwrap();
/// let apart = clock.add(Reading::of_date(date, at(101), at(101), "date")).unwrap_err();
/// assert!(apart.gap > Span::from_secs(297));
/// assert_eq!(apart.cause(), ApartCause::SetOrTwoClocks);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Apart<S> {
    /// The earlier bound.
    pub kept: Side<S>,
    /// The reading that it excludes.
    pub met: Reading<S>,
    /// The least difference between the offsets that the two allow.
    pub gap: Span,
}

/// The possible reasons of a contradiction.
///
/// # Example
/// ```
/// use jwtick_core::{TimeBounds, UnixTime};
/// use jwtick_core::survey::{ApartCause, ClockEstimate, Reading};
/// use jwtick_core::time::HttpDate;
/// let at = |secs| TimeBounds::exactly(UnixTime::from_secs(secs));
/// let date = |secs, now| {
///     let date = HttpDate::new(UnixTime::from_secs(secs)).unwrap();
///     Reading::of_date(date, at(now), at(now), "date")
/// };
/// let mut clock = ClockEstimate::default();
/// clock.add(date(400, 100)).unwrap();
/// assert_eq!(clock.add(date(101, 101)).unwrap_err().cause(), ApartCause::Set);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApartCause {
    /// The messages are of one kind, so the clock was set (or drifts faster than allowed for).
    Set,
    /// They are of two kinds, which may also have two clocks: a cache in front of an issuer writes its
    /// own `Date`.
    SetOrTwoClocks,
}

impl<S: PartialEq> Apart<S> {
    /// The possible reasons.
    #[must_use]
    pub fn cause(&self) -> ApartCause {
        if self.kept.source == self.met.source {
            ApartCause::Set
        } else {
            ApartCause::SetOrTwoClocks
        }
    }
}
