//! How far a clock is off: intervals, and which of several to believe.
//!
//! The sign follows RFC 5905 §8: **offset = reference − local**, so a positive offset means that
//! the local clock is behind. [`select`] is the intersection algorithm of RFC 5905 §11.2.1 reduced
//! to its proof: it returns only what a majority of the sources agrees on, takes no midpoints into
//! account (our intervals are bounds, not estimates), and so gives "no majority" where the RFC's
//! version would go on to weigh statistics.

use core::cmp::Ordering;
use core::fmt;

use crate::time::{Span, TimeBounds, UnixTime};

/// The local clock, read before and after something happened.
///
/// # Example
/// ```
/// use jwtick_core::{Bracket, UnixTime};
/// let at = UnixTime::from_secs;
/// assert!(Bracket::between(at(2), at(1)).is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bracket {
    before: UnixTime,
    after: UnixTime,
}

impl Bracket {
    /// Readings around an event; `None` if the clock went back in between, which proves nothing.
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

/// Reference minus local: at least `least`, at most `most`. Positive: the local clock is behind.
///
/// [`Span::MIN`] and [`Span::MAX`] are open ends.
///
/// # Example
/// ```
/// use jwtick_core::{Bracket, Offset, Span, TimeBounds, UnixTime};
/// let at = UnixTime::from_secs;
/// // A server's second 105..106 was seen while the local clock went from 100 to 101.
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
    /// An offset that nothing is known about.
    pub const UNKNOWN: Self = Self { least: Span::MIN, most: Span::MAX };

    /// Both ends; `None` if `least` is above `most`.
    #[must_use]
    pub const fn between(least: Span, most: Span) -> Option<Self> {
        if least.as_micros() <= most.as_micros() { Some(Self { least, most }) } else { None }
    }

    /// An offset that is known exactly.
    #[must_use]
    pub const fn exactly(offset: Span) -> Self {
        Self { least: offset, most: offset }
    }

    /// An offset of `least` or more.
    pub(crate) const fn at_least(least: Span) -> Self {
        Self { least, most: Span::MAX }
    }

    /// An offset of `most` or less.
    pub(crate) const fn at_most(most: Span) -> Self {
        Self { least: Span::MIN, most }
    }

    /// What one event proves that happened within `local` on this clock and within `utc` on the
    /// reference. No symmetry is assumed: the event may lie anywhere in both.
    #[must_use]
    pub fn observed(local: Bracket, utc: TimeBounds) -> Self {
        Self { least: utc.earliest() - local.after(), most: utc.latest() - local.before() }
    }

    /// What a clock daemon vouches for that takes the offset for `estimate`: its reference may be
    /// off by the root distance (RFC 5905 §11.1, Λ).
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

    /// The offset that is the least wrong, whatever of the interval is true.
    #[must_use]
    pub const fn middle(self) -> Span {
        Span::from_micros(self.least.as_micros().midpoint(self.most.as_micros()))
    }

    /// How far the clock is off at least, either way.
    #[must_use]
    pub fn distance(self) -> Span {
        self.least.max(-self.most).max(Span::ZERO)
    }

    /// Whether the clock may be off by exactly `span`.
    #[must_use]
    pub fn contains(self, span: Span) -> bool {
        self.least <= span && span <= self.most
    }

    /// What both intervals allow; `None` where they contradict each other.
    #[must_use]
    pub fn intersect(self, other: Self) -> Option<Self> {
        Self::between(self.least.max(other.least), self.most.min(other.most))
    }

    /// The smallest interval that holds both.
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

    /// The offset, either end farther out by `by`.
    pub(crate) fn widen(self, by: Span) -> Self {
        self.shift(-by, by)
    }

    /// How far the two are apart at least; negative where they share something.
    pub(crate) fn apart(self, other: Self) -> Span {
        (other.least - self.most).max(self.least - other.most)
    }

    /// UTC as `local` shows it, corrected by this offset.
    #[must_use]
    pub fn apply(self, local: UnixTime) -> TimeBounds {
        let (earliest, latest) = (local + self.least, local + self.most);
        TimeBounds::between(earliest, latest).unwrap_or(TimeBounds::exactly(earliest))
    }
}

/// What a majority of the sources agrees on.
///
/// # Example
/// ```
/// use jwtick_core::{Offset, Selection, Span};
/// let s = |least, most| Offset::between(Span::from_secs(least), Span::from_secs(most)).unwrap();
/// let sources = [s(0, 2), s(1, 3), s(3_600, 3_601)];
/// let selection = Selection::of(&sources)?;
/// assert_eq!(selection.offset(), s(1, 2));
/// assert!(!selection.agrees(sources[2]), "the falseticker is named");
/// # Ok::<(), jwtick_core::NoMajority>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Selection {
    offset: Offset,
    truechimers: usize,
    sources: usize,
}

/// No offset exists that more than half of the sources allow.
///
/// # Example
/// ```
/// use jwtick_core::{NoMajority, Offset, Selection, Span};
/// let s = |least, most| Offset::between(Span::from_secs(least), Span::from_secs(most)).unwrap();
/// let refusal = Selection::of(&[s(0, 1), s(60, 61)]).unwrap_err();
/// assert_eq!(refusal, NoMajority { sources: 2, largest_agreement: 1 });
/// assert_eq!(refusal.to_string(), "at most 1 of 2 sources agree, more than half must");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NoMajority {
    /// How many sources were given.
    pub sources: usize,
    /// How many of them agree at the most.
    pub largest_agreement: usize,
}

impl fmt::Display for NoMajority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sources, largest_agreement } = self;
        write!(f, "at most {largest_agreement} of {sources} sources agree, more than half must")
    }
}

impl core::error::Error for NoMajority {}

impl Selection {
    /// The interval that the most sources allow, if they are more than half of all.
    ///
    /// Where several intervals have equally many, the result is the hull of them: none of them is
    /// proved against the others. The order of `sources` does not matter.
    ///
    /// # Errors
    /// [`NoMajority`] if no more than half of the sources share any offset, or there are none.
    pub fn of(sources: &[Offset]) -> Result<Self, NoMajority> {
        Self::among(sources.iter().copied())
    }

    /// The same for sources that stand in no slice.
    ///
    /// # Errors
    /// As for [`of`](Self::of).
    pub fn among(sources: impl Iterator<Item = Offset> + Clone) -> Result<Self, NoMajority> {
        let mut best: Option<(usize, Offset)> = None;
        // The most sources overlap in a stretch that starts at some source's lower end.
        for start in sources.clone().map(|source| source.least) {
            let sharing = || sources.clone().filter(|source| source.contains(start));
            let count = sharing().count();
            let end = sharing().map(|source| source.most).min().unwrap_or(start);
            let stretch = Offset { least: start, most: end };
            best = match best.map(|(most, held)| (most.cmp(&count), held)) {
                Some((Ordering::Greater, _)) => best,
                Some((Ordering::Equal, held)) => Some((count, held.hull(stretch))),
                Some((Ordering::Less, _)) | None => Some((count, stretch)),
            };
        }
        let (truechimers, offset) = best.unwrap_or((0, Offset::UNKNOWN));
        let sources = sources.count();
        if truechimers.saturating_mul(2) > sources {
            Ok(Self { offset, truechimers, sources })
        } else {
            Err(NoMajority { sources, largest_agreement: truechimers })
        }
    }

    /// What the majority agrees on.
    #[must_use]
    pub const fn offset(self) -> Offset {
        self.offset
    }

    /// How many sources agree.
    #[must_use]
    pub const fn truechimers(self) -> usize {
        self.truechimers
    }

    /// How many sources there are.
    #[must_use]
    pub const fn sources(self) -> usize {
        self.sources
    }

    /// How many sources stand apart.
    #[must_use]
    pub const fn falsetickers(self) -> usize {
        self.sources.saturating_sub(self.truechimers)
    }

    /// Whether `source` overlaps the selected interval; one that does not is a falseticker.
    #[must_use]
    pub fn agrees(self, source: Offset) -> bool {
        source.intersect(self.offset).is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    fn secs(least: i64, most: i64) -> Offset {
        Offset::between(Span::from_secs(least), Span::from_secs(most)).unwrap()
    }

    #[test]
    fn selects_what_a_majority_shares() {
        type Row = (&'static str, &'static [(i64, i64)], Option<((i64, i64), usize)>);
        const ROWS: &[Row] = &[
            ("no source", &[], None),
            ("one source stands alone", &[(5, 7)], Some(((5, 7), 1))),
            ("two that agree", &[(0, 4), (2, 9)], Some(((2, 4), 2))),
            ("two that touch", &[(0, 4), (4, 9)], Some(((4, 4), 2))),
            ("two that disagree", &[(0, 4), (5, 9)], None),
            ("the liar is left out", &[(0, 2), (1, 3), (3600, 3601)], Some(((1, 2), 2))),
            ("half is no majority", &[(0, 1), (0, 1), (5, 6), (5, 6)], None),
            ("two equal majorities give their hull", &[(0, 9), (1, 2), (7, 8)], Some(((1, 8), 2))),
            ("nested", &[(0, 9), (3, 4), (2, 6)], Some(((3, 4), 3))),
        ];
        for &(name, sources, expected) in ROWS {
            let offsets: Vec<Offset> =
                sources.iter().map(|&(least, most)| secs(least, most)).collect();
            let found = Selection::of(&offsets).ok();
            let expected = expected.map(|((least, most), chimers)| (secs(least, most), chimers));
            assert_eq!(found.map(|s| (s.offset(), s.truechimers())), expected, "{name}");
        }
    }

    #[test]
    fn open_ends_stay_open() {
        let open = Offset::between(Span::from_secs(27), Span::MAX).unwrap();
        let shifted = open.shift(Span::from_secs(-1), Span::from_secs(1));
        assert_eq!((shifted.least(), shifted.most()), (Span::from_secs(26), Span::MAX));
        assert_eq!(open.intersect(secs(0, 30)), Some(secs(27, 30)));
    }

    #[test]
    fn a_daemon_vouches_up_to_its_root_distance() {
        let vouched = Offset::vouched(secs(4, 5), Span::from_micros(5), Span::from_secs(1));
        let micros = |offset: Offset| (offset.least().as_micros(), offset.most().as_micros());
        assert_eq!(micros(vouched), (2_999_997, 6_000_003));
    }

    #[test]
    fn applies_to_a_local_reading() {
        let utc = secs(10, 12).apply(UnixTime::from_secs(100));
        assert_eq!(
            Some(utc),
            TimeBounds::between(UnixTime::from_secs(110), UnixTime::from_secs(112))
        );
    }

    #[test]
    fn a_clock_that_went_back_brackets_nothing() {
        assert_eq!(Bracket::between(UnixTime::from_secs(2), UnixTime::from_secs(1)), None);
    }
}
