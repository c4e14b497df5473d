//! Offsets between two clocks, as intervals, and the direction in which a clock is wrong.
//!
//! The sign follows RFC 5905 §8: **offset = reference − local**. A positive offset means that the
//! local clock is behind.

use super::unix_time::{Span, TimeBounds, UnixTime};

/// Two readings of the local clock, before and after an event.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::time::Bracket;
/// let at = UnixTime::from_secs;
/// assert!(Bracket::between(at(2), at(1)).is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bracket {
    before: UnixTime,
    after: UnixTime,
}

impl Bracket {
    /// Creates a bracket around an event; `None` if the clock went back in between, which proves
    /// nothing.
    #[must_use]
    pub const fn between(before: UnixTime, after: UnixTime) -> Option<Self> {
        if before.as_micros() <= after.as_micros() { Some(Self { before, after }) } else { None }
    }

    /// The last reading before the event.
    #[must_use]
    pub const fn before(self) -> UnixTime {
        self.before
    }

    /// The first reading after the event.
    #[must_use]
    pub const fn after(self) -> UnixTime {
        self.after
    }
}

/// Reference minus local, at least `least` and at most `most`. Positive: the local clock is behind.
///
/// [`Span::MIN`] and [`Span::MAX`] are open ends.
///
/// # Example
/// ```
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// use jwtick_core::time::{Bracket, Offset};
/// let at = UnixTime::from_secs;
/// // The server's clock read 105 (105 to 106) while the local clock went from 100 to 101.
/// let local = Bracket::between(at(100), at(101)).unwrap();
/// let utc = TimeBounds::between(at(105), at(106)).unwrap();
/// let offset = Offset::observed(local, utc);
/// assert_eq!((offset.least(), offset.most()), (Span::from_secs(4), Span::from_secs(6)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Offset {
    least: Span,
    most: Span,
}

impl Offset {
    /// The offset of a clock about which nothing is known.
    pub const UNKNOWN: Self = Self { least: Span::MIN, most: Span::MAX };

    /// Creates an offset from both ends; `None` if `least` is above `most`.
    #[must_use]
    pub const fn between(least: Span, most: Span) -> Option<Self> {
        if least.as_micros() <= most.as_micros() { Some(Self { least, most }) } else { None }
    }

    /// Creates an offset that is known exactly.
    #[must_use]
    pub const fn exactly(offset: Span) -> Self {
        Self { least: offset, most: offset }
    }

    /// Creates an offset of `middle`, give or take `radius`, whose sign does not matter.
    #[must_use]
    pub fn around(middle: Span, radius: Span) -> Self {
        Self::exactly(middle).widen(radius.abs())
    }

    /// Creates an offset of `least` or more.
    pub(crate) const fn at_least(least: Span) -> Self {
        Self { least, most: Span::MAX }
    }

    /// Creates an offset of `most` or less.
    pub(crate) const fn at_most(most: Span) -> Self {
        Self { least: Span::MIN, most }
    }

    /// The offset proved by an event that happened within `local` on this clock and within `utc` on
    /// the reference. No symmetry is assumed: the event may be anywhere in both.
    #[must_use]
    pub fn observed(local: Bracket, utc: TimeBounds) -> Self {
        Self { least: utc.earliest() - local.after(), most: utc.latest() - local.before() }
    }

    /// The offset reported by a clock daemon as `estimate`. Its reference may be wrong by the root
    /// distance (RFC 5905 §11.1, Λ).
    #[must_use]
    pub fn vouched(estimate: Self, root_delay: Span, root_dispersion: Span) -> Self {
        // Half of the delay, rounded up.
        let one_way = Span::from_micros(root_delay.as_micros().saturating_add(1).div_euclid(2));
        let distance = one_way.abs() + root_dispersion.abs();
        estimate.widen(distance)
    }

    /// The lower end; [`Span::MIN`] if open.
    #[must_use]
    pub const fn least(self) -> Span {
        self.least
    }

    /// The upper end; [`Span::MAX`] if open.
    #[must_use]
    pub const fn most(self) -> Span {
        self.most
    }

    /// The midpoint, which minimizes the largest possible error.
    #[must_use]
    pub const fn middle(self) -> Span {
        Span::from_micros(self.least.as_micros().midpoint(self.most.as_micros()))
    }

    /// The smallest error that the clock can have, in either direction.
    #[must_use]
    pub fn distance(self) -> Span {
        self.least.max(-self.most).max(Span::ZERO)
    }

    /// Returns whether the clock may be wrong by exactly `span`.
    #[must_use]
    pub fn contains(self, span: Span) -> bool {
        self.least <= span && span <= self.most
    }

    /// The offset of the reference from this clock.
    pub(crate) fn reversed(self) -> Self {
        let flipped = |end: Span| match end {
            Span::MIN => Span::MAX,
            Span::MAX => Span::MIN,
            end => -end,
        };
        Self { least: flipped(self.most), most: flipped(self.least) }
    }

    /// The overlap of both intervals; `None` if they contradict each other.
    #[must_use]
    pub fn intersect(self, other: Self) -> Option<Self> {
        Self::between(self.least.max(other.least), self.most.min(other.most))
    }

    /// The smallest interval that contains both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), most: self.most.max(other.most) }
    }

    /// The same interval with `low` added below and `high` above; open ends stay open.
    #[must_use]
    pub fn shift(self, low: Span, high: Span) -> Self {
        let least = if self.least == Span::MIN { Span::MIN } else { self.least + low };
        let most = if self.most == Span::MAX { Span::MAX } else { self.most + high };
        Self { least: least.min(most), most }
    }

    /// Moves either end outwards by `by`.
    pub(crate) fn widen(self, by: Span) -> Self {
        self.shift(-by, by)
    }

    /// The smallest distance between the two intervals; negative where they overlap.
    pub(crate) fn apart(self, other: Self) -> Span {
        (other.least - self.most).max(self.least - other.most)
    }

    /// UTC when the local clock reads `local`, according to this offset.
    #[must_use]
    pub fn apply(self, local: UnixTime) -> TimeBounds {
        let (earliest, latest) = (local + self.least, local + self.most);
        TimeBounds::between(earliest, latest).unwrap_or(TimeBounds::exactly(earliest))
    }
}

/// The direction in which the local clock is wrong.
///
/// # Example
/// ```
/// use jwtick_core::time::Direction;
/// assert_eq!(Direction::Behind.code(), "behind");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The clock shows a time that is too early; the offset is positive (RFC 5905 §8).
    Behind,
    /// The clock shows a time that is too late; the offset is negative.
    Ahead,
}

impl Direction {
    /// The direction as written in JSON output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Behind => "behind",
            Self::Ahead => "ahead",
        }
    }

    pub(crate) const fn opposite(self) -> Self {
        match self {
            Self::Behind => Self::Ahead,
            Self::Ahead => Self::Behind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secs(least: i64, most: i64) -> Offset {
        Offset::between(Span::from_secs(least), Span::from_secs(most)).unwrap()
    }

    #[test]
    fn open_ends_stay_open() {
        let open = Offset::between(Span::from_secs(27), Span::MAX).unwrap();
        let shifted = open.shift(Span::from_secs(-1), Span::from_secs(1));
        assert_eq!((shifted.least(), shifted.most()), (Span::from_secs(26), Span::MAX));
        assert_eq!(open.intersect(secs(0, 30)), Some(secs(27, 30)));
    }

    #[test]
    fn vouched_offset_includes_the_root_distance() {
        let vouched = Offset::vouched(secs(4, 5), Span::from_micros(5), Span::from_secs(1));
        let micros = |offset: Offset| (offset.least().as_micros(), offset.most().as_micros());
        assert_eq!(micros(vouched), (2_999_997, 6_000_003));
    }

    #[test]
    fn apply_turns_a_local_reading_into_utc_bounds() {
        let utc = secs(10, 12).apply(UnixTime::from_secs(100));
        assert_eq!(
            Some(utc),
            TimeBounds::between(UnixTime::from_secs(110), UnixTime::from_secs(112))
        );
    }

    #[test]
    fn rejects_bracket_of_a_clock_that_went_back() {
        assert_eq!(Bracket::between(UnixTime::from_secs(2), UnixTime::from_secs(1)), None);
    }
}
