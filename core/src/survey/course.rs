//! The course of a clock over days: bounds on its offset at several times, and the lines between them.
//!
//! A clock that is left alone gains or loses at a nearly constant rate, so that its offset follows a line
//! until the clock is set. Each observation bounds the line at one time from below, from above, or both.
//! Of the lower bounds, only those on their upper hull limit a line; of the upper bounds, only those on
//! their lower hull. The hull of a union is the hull of the hulls of its parts, so evidence can be
//! collected in any order, and any part of it more than once.

use core::cmp::Ordering;

use crate::time::{Offset, Ppm, Rate, Span, UnixTime};

/// The end of an offset that a [`Bound`] limits.
///
/// # Example
/// ```
/// use jwtick_core::survey::Edge;
/// assert!(Edge::Least < Edge::Most); // of bounds at one time, those below come first
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edge {
    /// The offset is at least the bound.
    Least,
    /// The offset is at most the bound.
    Most,
}

/// A limit on the offset (reference − local) of a clock at one time. Bounds are ordered by time.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::survey::{Bound, Edge};
/// let at = UnixTime::from_secs;
/// let noon = Bound { at: at(43_200), edge: Edge::Most, offset: Span::ZERO };
/// assert!(noon < Bound { at: at(43_201), edge: Edge::Least, ..noon });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bound {
    /// When the clock was observed.
    pub at: UnixTime,
    /// The end that is limited.
    pub edge: Edge,
    /// The limit.
    pub offset: Span,
}

impl Bound {
    /// Moves the bounds that limit some line to the front of `bounds`, those below first and each kind in
    /// the order of time. Returns their number; the rest of the slice has no meaning.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::{Span, UnixTime};
    /// use jwtick_core::survey::{Bound, Edge};
    /// let least = |at, offset| Bound {
    ///     at: UnixTime::from_secs(at),
    ///     edge: Edge::Least,
    ///     offset: Span::from_secs(offset),
    /// };
    /// // A line that is above 1 at first and above 5 at the end is above 2 in the middle.
    /// let mut bounds = [least(20, 5), least(10, 2), least(0, 1)];
    /// assert_eq!(Bound::hull(&mut bounds), 2);
    /// assert_eq!(bounds.first(), Some(&least(0, 1)));
    /// ```
    pub fn hull(bounds: &mut [Self]) -> usize {
        bounds.sort_unstable_by_key(|bound| (bound.edge, bound.at, bound.height()));
        let mut kept: usize = 0;
        for next in 0..bounds.len() {
            let Some(bound) = bounds.get(next).copied() else { break };
            while hides(bounds.get(..kept).unwrap_or(&[]), &bound) {
                kept = kept.saturating_sub(1);
            }
            if let Some(room) = bounds.get_mut(kept) {
                *room = bound;
                kept = kept.saturating_add(1);
            }
        }
        kept
    }

    /// The offset, so that the greater one is the narrower bound.
    fn height(&self) -> Span {
        match self.edge {
            Edge::Least => self.offset,
            Edge::Most => -self.offset,
        }
    }
}

/// Returns `true` if the last bound of `kept` limits no line that `next` and the one before it allow.
fn hides(kept: &[Bound], next: &Bound) -> bool {
    let mut kept = kept.iter().rev().filter(|held| held.edge == next.edge);
    let Some(last) = kept.next() else { return false };
    if last.at == next.at {
        return true; // they are sorted by height
    }
    let Some(first) = kept.next() else { return false };
    let rise = |to: &Bound| Slope::between(first.height(), to.height(), to.at - first.at);
    rise(last) <= rise(next)
}

/// A rate, in units of offset for units of time that pass, exactly.
#[derive(Debug, Clone, Copy)]
struct Slope {
    rise: i128,
    /// More than zero.
    run: i128,
}

impl Slope {
    fn between(first: Span, last: Span, over: Span) -> Self {
        let run = i128::from(over.as_micros()).max(1);
        Self { rise: i128::from((last - first).as_micros()), run }
    }

    fn of(ppm: i64) -> Self {
        Self { rise: ppm.into(), run: 1_000_000 }
    }

    /// The change of the offset during `over`, rounded down.
    fn floor_over(self, over: Span) -> Span {
        let exact = self.rise.saturating_mul(over.as_micros().into());
        span(exact.checked_div_euclid(self.run))
    }

    /// The same, rounded up.
    fn ceil_over(self, over: Span) -> Span {
        -Self { rise: self.rise.saturating_neg(), ..self }.floor_over(over)
    }
}

fn span(micros: Option<i128>) -> Span {
    let micros = micros.unwrap_or_default();
    Span::from_micros(i64::try_from(micros).unwrap_or(if micros < 0 { i64::MIN } else { i64::MAX }))
}

// Both factors are the sums of two 64-bit numbers at most, so no product is cut.
impl Ord for Slope {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rise.saturating_mul(other.run).cmp(&other.rise.saturating_mul(self.run))
    }
}

impl PartialOrd for Slope {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Slope {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Slope {}

/// The lines that a clock can have followed between two times at which it was set.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::survey::{Bound, Course, Edge};
/// use jwtick_core::time::Ppm;
/// let bound = |at, edge, millis| Bound {
///     at: UnixTime::from_secs(at),
///     edge,
///     offset: Span::from_millis(millis),
/// };
/// // The clock loses 50 ppm, and is set in between: its offset goes back from 5 s to 0.
/// let bounds = [
///     bound(0, Edge::Least, 0), bound(0, Edge::Most, 1_000),
///     bound(100_000, Edge::Least, 4_500), bound(100_000, Edge::Most, 5_500),
///     bound(101_000, Edge::Least, -500), bound(101_000, Edge::Most, 500),
/// ];
/// let (first, rest) = Course::longest(&bounds, Ppm(500)).unwrap();
/// assert_eq!((first.rate().least_ppb(), first.rate().most_ppb()), (35_000, 55_000));
/// assert_eq!(rest.len(), 2);
/// let (second, _) = Course::longest(rest, Ppm(500)).unwrap();
/// assert!(second.offset().contains(Span::ZERO));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Course<'b> {
    bounds: &'b [Bound],
    least: Slope,
    most: Slope,
}

impl<'b> Course<'b> {
    /// The longest start of `bounds` that one line explains, if the clock gains or loses at most `drift`,
    /// and the bounds after it. `bounds` are in the order of time. `None` if there are none.
    ///
    /// A reading that limits both ends is never divided.
    #[must_use]
    pub fn longest(bounds: &'b [Bound], drift: Ppm) -> Option<(Self, &'b [Bound])> {
        let limit = i64::from(drift.0);
        let (mut least, mut most) = (Slope::of(limit.saturating_neg()), Slope::of(limit));
        let mut course = None;
        let mut rest = bounds;
        while let Some(next) = rest.first() {
            let of_next = rest.iter().take_while(|bound| bound.at == next.at).count();
            let (group, after) = rest.split_at_checked(of_next)?;
            let taken = bounds.len().saturating_sub(rest.len());
            let so_far = bounds.get(..taken)?;
            let narrowed = narrowed(so_far, group, (least, most));
            let Some(fits) = narrowed else {
                // One reading that contradicts itself is a course of its own.
                if course.is_none() {
                    course = Some(Self { bounds: group, least, most });
                    rest = after;
                }
                break;
            };
            (least, most) = fits;
            course =
                Some(Self { bounds: bounds.get(..taken.saturating_add(of_next))?, least, most });
            rest = after;
        }
        Some((course?, rest))
    }

    /// The bounds that it is drawn through, in the order of time.
    #[must_use]
    pub const fn bounds(&self) -> &'b [Bound] {
        self.bounds
    }

    /// The offset at the time of the last bound. An open end is [`Span::MIN`] or [`Span::MAX`].
    #[must_use]
    pub fn offset(&self) -> Offset {
        let Some(last) = self.bounds.last() else { return Offset::UNKNOWN };
        let of = |edge| self.bounds.iter().filter(move |bound| bound.edge == edge);
        let least = of(Edge::Least).map(|it| it.offset + self.least.floor_over(last.at - it.at));
        let most = of(Edge::Most).map(|it| it.offset + self.most.ceil_over(last.at - it.at));
        let (least, most) = (least.max().unwrap_or(Span::MIN), most.min().unwrap_or(Span::MAX));
        Offset::between(least, most)
            .unwrap_or(Offset::between(most, least).unwrap_or(Offset::UNKNOWN))
    }

    /// The rate at which the clock loses.
    #[must_use]
    pub fn rate(&self) -> Rate {
        // A million seconds, so that a microsecond is a part in 10^12.
        const LONG: Span = Span::from_secs(1_000_000);
        let (least, most) = (self.least.floor_over(LONG), self.most.ceil_over(LONG));
        let moved = Offset::between(least, most).unwrap_or(Offset::exactly(least));
        Rate::of_move(moved, LONG)
    }
}

/// The slopes that `group` leaves of those that the bounds `before` it allow; `None` if it leaves none.
fn narrowed(before: &[Bound], group: &[Bound], slopes: (Slope, Slope)) -> Option<(Slope, Slope)> {
    let (mut least, mut most) = slopes;
    let lowest = |edge| group.iter().filter(move |it| it.edge == edge).map(|it| it.offset);
    let (floor, ceiling) = (lowest(Edge::Least).max(), lowest(Edge::Most).min());
    if floor.zip(ceiling).is_some_and(|(floor, ceiling)| floor > ceiling) {
        return None;
    }
    for next in group {
        for held in before.iter().filter(|held| held.edge != next.edge) {
            let slope = Slope::between(held.offset, next.offset, next.at - held.at);
            match next.edge {
                Edge::Least => least = least.max(slope),
                Edge::Most => most = most.min(slope),
            }
        }
    }
    (least <= most).then_some((least, most))
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    fn bound(at: i64, edge: Edge, offset: i64) -> Bound {
        Bound { at: UnixTime::from_secs(at), edge, offset: Span::from_secs(offset) }
    }

    fn readings(rows: &[(i64, i64, i64)]) -> Vec<Bound> {
        let both = |&(at, least, most): &(i64, i64, i64)| {
            [bound(at, Edge::Least, least), bound(at, Edge::Most, most)]
        };
        rows.iter().flat_map(both).collect()
    }

    #[test]
    fn hull_keeps_the_bounds_that_limit_a_line() {
        type Row = (&'static str, &'static [(i64, i64)], &'static [(i64, i64)]);
        const ROWS: &[Row] = &[
            ("none", &[], &[]),
            ("one", &[(5, 5)], &[(5, 5)]),
            ("the tighter of one time", &[(5, 5), (5, 7), (5, 6)], &[(5, 7)]),
            ("one on the line between two", &[(0, 0), (1, 1), (2, 2)], &[(0, 0), (2, 2)]),
            ("one above it", &[(0, 0), (1, 2), (2, 2)], &[(0, 0), (1, 2), (2, 2)]),
            ("one below it", &[(0, 0), (1, 0), (2, 2)], &[(0, 0), (2, 2)]),
            (
                "a step up keeps its foot and its edge",
                &[(0, 0), (9, 0), (10, 90), (20, 90)],
                &[(0, 0), (10, 90), (20, 90)],
            ),
        ];
        for &(name, given, expected) in ROWS {
            for (edge, sign) in [(Edge::Least, 1), (Edge::Most, -1)] {
                let bounds = |rows: &[(i64, i64)]| -> Vec<Bound> {
                    rows.iter().map(|&(at, height)| bound(at, edge, sign * height)).collect()
                };
                let mut met = bounds(given);
                met.reverse();
                let kept = Bound::hull(&mut met);
                assert_eq!(met.get(..kept), Some(&*bounds(expected)), "{name}, {edge:?}");
            }
        }
    }

    #[test]
    fn course_ends_where_no_line_goes_on() {
        type Row = (&'static str, &'static [(i64, i64, i64)], &'static [usize]);
        // At most 1,000 ppm: a second in 1,000 s.
        const ROWS: &[Row] = &[
            ("nothing", &[], &[]),
            ("one reading", &[(0, 1, 2)], &[2]),
            ("a steady clock", &[(0, 0, 2), (9_000, 1, 3), (20_000, 0, 2)], &[6]),
            ("as fast as allowed", &[(0, 0, 0), (1_000, 1, 1)], &[4]),
            ("faster than allowed", &[(0, 0, 0), (999, 1, 1)], &[2, 2]),
            ("set once", &[(0, 0, 1), (100, 0, 1), (200, 60, 61), (300, 60, 61)], &[4, 4]),
            ("set and set back", &[(0, 0, 1), (100, 60, 61), (200, 0, 1)], &[2, 2, 2]),
            ("drift that changes its sign", &[(0, 0, 0), (10_000, 5, 5), (20_000, 0, 0)], &[4, 2]),
            (
                "a reading that contradicts itself",
                &[(0, 0, 1), (100, 9, 2), (200, 0, 1)],
                &[2, 2, 2],
            ),
        ];
        for &(name, rows, expected) in ROWS {
            let bounds = readings(rows);
            let mut rest = bounds.as_slice();
            let mut lengths = Vec::new();
            while let Some((course, after)) = Course::longest(rest, Ppm(1_000)) {
                lengths.push(course.bounds().len());
                rest = after;
            }
            assert_eq!(lengths, expected, "{name}");
        }
    }

    #[test]
    fn one_sided_bounds_leave_an_end_open() {
        let bounds = [bound(0, Edge::Least, 5), bound(1_000_000, Edge::Least, 0)];
        let (course, _) = Course::longest(&bounds, Ppm(1)).unwrap();
        assert_eq!(course.offset(), Offset::between(Span::from_secs(4), Span::MAX).unwrap());
    }
}
