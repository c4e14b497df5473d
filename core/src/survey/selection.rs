//! Selects the sources to believe.
//!
//! [`Selection::of`] is the intersection algorithm of RFC 5905 §11.2.1 reduced to its proof. It
//! returns only the interval on which a majority of the sources agrees. It ignores midpoints,
//! because our intervals are bounds and not estimates, and it reports "no majority" where the RFC's
//! version continues with statistics.

use core::cmp::Ordering;
use core::fmt;

use crate::time::Offset;

/// The offset on which a majority of the sources agrees.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::Selection;
/// use jwtick_core::time::Offset;
/// let s = |least, most| Offset::between(Span::from_secs(least), Span::from_secs(most)).unwrap();
/// let sources = [s(0, 2), s(1, 3), s(3_600, 3_601)];
/// let selection = Selection::of(&sources)?;
/// assert_eq!(selection.offset(), s(1, 2));
/// assert!(!selection.agrees(sources[2]), "the falseticker is named");
/// # Ok::<(), jwtick_core::survey::NoMajority>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Selection {
    offset: Offset,
    truechimers: usize,
    sources: usize,
}

/// The error when no offset is allowed by more than half of the sources.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::{NoMajority, Selection};
/// use jwtick_core::time::Offset;
/// let s = |least, most| Offset::between(Span::from_secs(least), Span::from_secs(most)).unwrap();
/// let refusal = Selection::of(&[s(0, 1), s(60, 61)]).unwrap_err();
/// assert_eq!(refusal, NoMajority { sources: 2, largest_agreement: 1 });
/// assert_eq!(refusal.to_string(), "at most 1 of 2 sources agree, but more than half must");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NoMajority {
    /// The number of sources given.
    pub sources: usize,
    /// The size of the largest group that agrees.
    pub largest_agreement: usize,
}

impl fmt::Display for NoMajority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sources, largest_agreement } = self;
        write!(f, "at most {largest_agreement} of {sources} sources agree, but more than half must")
    }
}

impl core::error::Error for NoMajority {}

impl Selection {
    /// Selects the interval that the most sources allow, if they are more than half of all.
    ///
    /// If several intervals have equally many sources, the result is their hull, because none of
    /// them is proved against the others. The order of `sources` does not matter.
    ///
    /// # Errors
    /// [`NoMajority`] if no more than half of the sources share any offset, or there are none.
    pub fn of(sources: &[Offset]) -> Result<Self, NoMajority> {
        Self::among(sources.iter().copied())
    }

    /// Selects from an iterator of sources, as [`of`](Self::of).
    ///
    /// # Errors
    /// The error of [`of`](Self::of).
    pub fn among(sources: impl Iterator<Item = Offset> + Clone) -> Result<Self, NoMajority> {
        Self::weighed(sources.map(|source| (Some(source), 1)))
    }

    /// Selects among sources, each of which counts as one if it supports an offset, and as a number
    /// of sources if it does not. `None` supports no offset.
    pub(super) fn weighed(
        sources: impl Iterator<Item = (Option<Offset>, usize)> + Clone,
    ) -> Result<Self, NoMajority> {
        let mut best: Option<Supported> = None;
        let heaviest = || sources.clone().map(|(_, weight)| weight).fold(0, usize::saturating_add);
        // The interval with the most sources starts at some source's lower end.
        for start in sources.clone().filter_map(|(source, _)| Some(source?.least())) {
            let sharing =
                || sources.clone().filter(|(it, _)| it.is_some_and(|it| it.contains(start)));
            let weight = sharing().map(|(_, weight)| weight).fold(0, usize::saturating_add);
            let ends = sharing().filter_map(|(source, _)| Some(source?.most()));
            let end = ends.min().unwrap_or(start);
            let found = Supported {
                count: sharing().count(),
                against: heaviest().saturating_sub(weight),
                offset: Offset::between(start, end).unwrap_or(Offset::exactly(start)),
            };
            best = Some(best.map_or(found, |held: Supported| held.or(found)));
        }
        let Supported { count, against, offset } =
            best.unwrap_or(Supported { count: 0, against: heaviest(), offset: Offset::UNKNOWN });
        let sources = count.saturating_add(against);
        if count > against {
            Ok(Self { offset, truechimers: count, sources })
        } else {
            Err(NoMajority { sources, largest_agreement: count })
        }
    }

    /// The offset on which the majority agrees.
    #[must_use]
    pub const fn offset(self) -> Offset {
        self.offset
    }

    /// The number of sources that agree.
    #[must_use]
    pub const fn truechimers(self) -> usize {
        self.truechimers
    }

    /// The number of sources.
    #[must_use]
    pub const fn sources(self) -> usize {
        self.sources
    }

    /// The number of sources that disagree.
    #[must_use]
    pub const fn falsetickers(self) -> usize {
        self.sources.saturating_sub(self.truechimers)
    }

    /// Returns whether `source` overlaps the selected interval; one that does not is a falseticker.
    #[must_use]
    pub fn agrees(self, source: Offset) -> bool {
        source.intersect(self.offset).is_some()
    }
}

/// An offset, the number of sources that support it, and the number of those that do not.
#[derive(Clone, Copy)]
struct Supported {
    count: usize,
    against: usize,
    offset: Offset,
}

impl Supported {
    fn or(self, other: Self) -> Self {
        match self.count.cmp(&other.count) {
            Ordering::Greater => self,
            Ordering::Less => other,
            Ordering::Equal => Self {
                count: self.count,
                against: self.against.max(other.against),
                offset: self.offset.hull(other.offset),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;
    use crate::time::Span;

    fn secs(least: i64, most: i64) -> Offset {
        Offset::between(Span::from_secs(least), Span::from_secs(most)).unwrap()
    }

    #[test]
    fn selects_the_interval_that_a_majority_shares() {
        type Row = (&'static str, &'static [(i64, i64)], Option<((i64, i64), usize)>);
        const ROWS: &[Row] = &[
            ("no source", &[], None),
            ("one source", &[(5, 7)], Some(((5, 7), 1))),
            ("two that agree", &[(0, 4), (2, 9)], Some(((2, 4), 2))),
            ("two that touch", &[(0, 4), (4, 9)], Some(((4, 4), 2))),
            ("two that disagree", &[(0, 4), (5, 9)], None),
            ("the falseticker is left out", &[(0, 2), (1, 3), (3600, 3601)], Some(((1, 2), 2))),
            ("half is not a majority", &[(0, 1), (0, 1), (5, 6), (5, 6)], None),
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
}
