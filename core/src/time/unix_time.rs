//! Instants, spans and bounds, with the only arithmetic on time in the crate.
//!
//! All values count signed microseconds and saturate: a clock that reads 1900, a claim of 10³⁰ and
//! the offset between them stay ordered, and nothing wraps. Local readings and UTC share
//! [`UnixTime`]. [`TimeBounds`] marks a value as UTC, and [`Bracket`](crate::time::Bracket) marks
//! it as local.

use core::ops::{Add, Neg, Sub};

const MICROS_PER_SEC: i64 = 1_000_000;

/// An instant: microseconds since 1970-01-01T00:00:00Z without leap seconds (RFC 7519 §2,
/// "NumericDate"). Signed, because a clock that was never set may read 1900.
///
/// `MIN` and `MAX` represent everything beyond the range, which extends 292,000 years in both
/// directions. Arithmetic saturates there, so comparisons stay correct.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// let exp = UnixTime::from_secs(1_488_307_191);
/// assert_eq!(exp - UnixTime::from_secs(1_488_307_190), Span::from_secs(1));
/// assert_eq!(UnixTime::MAX + Span::from_secs(1), UnixTime::MAX);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(i64);

impl UnixTime {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(0);
    /// 2026-01-01T00:00:00Z. No release of this crate existed before it, so UTC is at or after it
    /// even on a device whose clock starts in 1970.
    pub const FIRST_RELEASE: Self = Self::from_secs(1_767_225_600);
    /// The earliest instant; also represents every instant before it.
    pub const MIN: Self = Self(i64::MIN);
    /// The latest instant; also represents every instant after it.
    pub const MAX: Self = Self(i64::MAX);

    /// The instant `micros` microseconds after 1970, or before it if negative.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The instant `secs` seconds after 1970; saturates.
    #[must_use]
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(MICROS_PER_SEC))
    }

    /// Microseconds since 1970.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded towards the past.
    #[must_use]
    pub const fn floor_secs(self) -> i64 {
        self.0.div_euclid(MICROS_PER_SEC)
    }
}

/// A signed length of time in microseconds. Saturates; `MIN` and `MAX` mean "no limit".
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// assert_eq!(Span::from_secs(90) - Span::from_secs(100), Span::from_secs(-10));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(i64);

impl Span {
    /// A length of zero.
    pub const ZERO: Self = Self(0);
    /// The most negative length; also represents every length below it.
    pub const MIN: Self = Self(i64::MIN);
    /// The greatest length; also represents every length above it.
    pub const MAX: Self = Self(i64::MAX);

    /// A length of `micros` microseconds.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// A length of `millis` milliseconds; saturates.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// A length of `secs` seconds; saturates.
    #[must_use]
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(MICROS_PER_SEC))
    }

    /// The length in microseconds.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// The length in whole seconds, rounded down (towards −∞).
    #[must_use]
    pub const fn floor_secs(self) -> i64 {
        self.0.div_euclid(MICROS_PER_SEC)
    }

    /// The absolute value of the length.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl Neg for Span {
    type Output = Self;

    // The two limits swap, so that "no limit" stays "no limit".
    fn neg(self) -> Self {
        Self(match self.0 {
            i64::MIN => i64::MAX,
            i64::MAX => i64::MIN,
            micros => micros.saturating_neg(),
        })
    }
}

impl Add for Span {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Add<Span> for UnixTime {
    type Output = Self;

    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for UnixTime {
    type Output = Self;

    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Sub for UnixTime {
    type Output = Span;

    fn sub(self, other: Self) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

/// Bounds on UTC: it is in `earliest..=latest`. The bounds are never inverted.
///
/// `latest` is [`UnixTime::MAX`] if there is no upper limit: a clock that was never set still
/// proves that UTC is at or after the firmware's build time.
///
/// # Example
/// ```
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// let now = TimeBounds::around(UnixTime::from_secs(1_000), Span::from_secs(2));
/// assert_eq!(now.earliest(), UnixTime::from_secs(998));
/// assert_eq!(now.latest(), UnixTime::from_secs(1_002));
/// assert!(TimeBounds::since(UnixTime::from_secs(998)).is_open());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeBounds {
    pub(super) earliest: UnixTime, // never after `latest`
    pub(super) latest: UnixTime,
}

impl TimeBounds {
    /// Bounds for a clock that is exact.
    #[must_use]
    pub const fn exactly(at: UnixTime) -> Self {
        Self { earliest: at, latest: at }
    }

    /// Bounds of `radius` on either side of `midpoint`; the sign of `radius` does not matter.
    #[must_use]
    pub const fn around(midpoint: UnixTime, radius: Span) -> Self {
        let radius = radius.abs().0;
        Self {
            earliest: UnixTime(midpoint.0.saturating_sub(radius)),
            latest: UnixTime(midpoint.0.saturating_add(radius)),
        }
    }

    /// Bounds from both ends; `None` if `earliest` is after `latest`.
    #[must_use]
    pub const fn between(earliest: UnixTime, latest: UnixTime) -> Option<Self> {
        if earliest.0 <= latest.0 { Some(Self { earliest, latest }) } else { None }
    }

    /// Bounds without an upper limit: UTC is at or after `earliest`.
    #[must_use]
    pub const fn since(earliest: UnixTime) -> Self {
        Self { earliest, latest: UnixTime::MAX }
    }

    /// The earliest possible UTC.
    #[must_use]
    pub const fn earliest(self) -> UnixTime {
        self.earliest
    }

    /// The latest possible UTC.
    #[must_use]
    pub const fn latest(self) -> UnixTime {
        self.latest
    }

    /// Returns whether the bounds have no upper limit.
    #[must_use]
    pub const fn is_open(self) -> bool {
        self.latest.0 == i64::MAX
    }

    /// The overlap of both bounds; `None` if they contradict each other.
    #[must_use]
    pub fn intersect(self, other: Self) -> Option<Self> {
        Self::between(self.earliest.max(other.earliest), self.latest.min(other.latest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_saturates_instead_of_wrapping() {
        let second = Span::from_secs(1);
        assert_eq!(UnixTime::MAX + second, UnixTime::MAX);
        assert_eq!(UnixTime::MIN - second, UnixTime::MIN);
        assert_eq!(UnixTime::MAX - UnixTime::MIN, Span::MAX);
        assert_eq!(UnixTime::MIN - UnixTime::MAX, Span::MIN);
        assert_eq!(Span::MIN.abs(), Span::MAX);
        assert_eq!(UnixTime::from_secs(i64::MAX), UnixTime::MAX);
        assert_eq!(Span::from_secs(i64::MIN), Span::MIN);
    }

    #[test]
    fn negation_swaps_the_limits() {
        assert_eq!(-Span::MIN, Span::MAX);
        assert_eq!(-Span::MAX, Span::MIN);
        assert_eq!(-Span::from_secs(3), Span::from_secs(-3));
    }

    #[test]
    fn seconds_round_towards_the_past() {
        const ROWS: &[(i64, i64)] = &[(1_999_999, 1), (0, 0), (-1, -1), (-1_000_000, -1)];
        for &(micros, secs) in ROWS {
            assert_eq!(UnixTime::from_micros(micros).floor_secs(), secs, "{micros} µs");
            assert_eq!(Span::from_micros(micros).floor_secs(), secs, "{micros} µs");
        }
    }

    #[test]
    fn bounds_are_never_inverted() {
        let (early, late) = (UnixTime::from_secs(1), UnixTime::from_secs(2));
        assert_eq!(TimeBounds::between(late, early), None);
        assert!(TimeBounds::between(early, early).is_some_and(|point| !point.is_open()));
        let around = TimeBounds::around(early, Span::from_secs(-5));
        assert!(around.earliest() < around.latest());
    }

    #[test]
    fn intersection_is_the_overlap() {
        let at = UnixTime::from_secs;
        let wide = TimeBounds::between(at(0), at(10)).unwrap();
        let open = TimeBounds::since(at(4));
        assert_eq!(wide.intersect(open), TimeBounds::between(at(4), at(10)));
        assert_eq!(wide.intersect(TimeBounds::since(at(11))), None);
    }
}
