//! Whether a clock is right, by several sources that were asked how far it is off.
//!
//! What a majority of them shares ([`Selection`]) is compared with what is allowed. The verdict is
//! three-valued, as that on a token: an interval that reaches over the edge of what is allowed
//! proves neither. Only sources outside of the host count: what the host's own daemon says of its
//! clock is no evidence for that clock, so callers show it beside the others ([`Survey::agrees`])
//! and do not hand it in.

use super::selection::{NoMajority, Selection};
use crate::time::Direction;
use crate::time::Offset;
use crate::time::Span;

/// Whether a clock is right.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::{ClockVerdict, Survey};
/// use jwtick_core::time::{Direction, Offset};
/// let ahead = Offset::between(Span::from_secs(-61), Span::from_secs(-60));
/// let verdict = Survey::of(&[ahead], Span::from_secs(1)).verdict();
/// assert_eq!(verdict, ClockVerdict::Wrong(Direction::Ahead));
/// assert_eq!(verdict.code(), "wrong");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClockVerdict {
    /// It is no further off than allowed.
    Right,
    /// It is further off than allowed.
    Wrong(Direction),
    /// Neither is proved.
    Undecided(Doubt),
}

/// Why neither is proved.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::{ClockVerdict, Doubt, Survey};
/// use jwtick_core::time::Offset;
/// let wide = Offset::between(Span::from_secs(0), Span::from_secs(3));
/// let verdict = Survey::of(&[wide], Span::from_secs(1)).verdict();
/// assert_eq!(verdict, ClockVerdict::Undecided(Doubt::AcrossTheEdge));
/// let verdict = Survey::of(&[], Span::from_secs(1)).verdict();
/// assert_eq!(verdict, ClockVerdict::Undecided(Doubt::NothingMeasured));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Doubt {
    /// No source gave an interval.
    NothingMeasured,
    /// The sources contradict each other.
    NoMajority(NoMajority),
    /// The interval lies partly within what is allowed.
    AcrossTheEdge,
}

impl ClockVerdict {
    /// The word of the JSON contract.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Right => "ok",
            Self::Wrong(_) => "wrong",
            Self::Undecided(_) => "undecided",
        }
    }
}

/// What several sources together say of one clock.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::{ClockVerdict, Survey};
/// use jwtick_core::time::{Direction, Offset};
/// let s = |least, most| Offset::between(Span::from_secs(least), Span::from_secs(most)).ok_or(());
/// let sources = [Some(s(172_800, 172_801)?), Some(s(172_799, 172_801)?), None, Some(s(0, 1)?)];
/// let survey = Survey::of(&sources, Span::from_secs(1));
/// assert_eq!(survey.verdict(), ClockVerdict::Wrong(Direction::Behind));
/// assert_eq!((survey.rests_on(), survey.measured()), (2, 3));
/// assert_eq!(sources.map(|source| survey.agrees(source)), [
///     Some(true), Some(true), None, Some(false),
/// ]);
/// # Ok::<(), ()>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Survey {
    selection: Result<Selection, NoMajority>,
    allowed: Span,
}

impl Survey {
    /// Compares what a majority of `sources` shares with `allowed`, either way; `None` is a source
    /// that proved nothing. Neither their order nor the sign of `allowed` matters.
    #[must_use]
    pub fn of(sources: &[Option<Offset>], allowed: Span) -> Self {
        let selection = Selection::among(sources.iter().flatten().copied());
        Self { selection, allowed: allowed.abs() }
    }

    /// What that proves.
    #[must_use]
    pub fn verdict(self) -> ClockVerdict {
        match self.selection {
            Ok(selection) => within(selection.offset(), self.allowed),
            Err(NoMajority { sources: 0, .. }) => ClockVerdict::Undecided(Doubt::NothingMeasured),
            Err(none) => ClockVerdict::Undecided(Doubt::NoMajority(none)),
        }
    }

    /// The same survey against another limit.
    #[must_use]
    pub const fn allowing(self, allowed: Span) -> Self {
        Self { allowed: allowed.abs(), ..self }
    }

    /// How far the clock may be off.
    #[must_use]
    pub const fn allowed(self) -> Span {
        self.allowed
    }

    /// How far it is off; `None` without a majority.
    #[must_use]
    pub fn offset(self) -> Option<Offset> {
        self.selection.ok().map(Selection::offset)
    }

    /// How many sources share that offset. One alone is nobody's witness: plain NTP and `Date` are
    /// not authenticated.
    #[must_use]
    pub fn rests_on(self) -> usize {
        self.selection.map_or(0, Selection::truechimers)
    }

    /// How many sources gave an interval.
    #[must_use]
    pub const fn measured(self) -> usize {
        match self.selection {
            Ok(selection) => selection.sources(),
            Err(none) => none.sources,
        }
    }

    /// Whether a source shares the selected offset, handed in or not; `None` if there is nothing to
    /// compare. A source that was handed in and does not is a falseticker (RFC 5905 §11.2.1).
    #[must_use]
    pub fn agrees(self, source: Option<Offset>) -> Option<bool> {
        Some(self.selection.ok()?.agrees(source?))
    }
}

fn within(offset: Offset, allowed: Span) -> ClockVerdict {
    if offset.least() > allowed {
        ClockVerdict::Wrong(Direction::Behind)
    } else if offset.most() < -allowed {
        ClockVerdict::Wrong(Direction::Ahead)
    } else if -allowed <= offset.least() && offset.most() <= allowed {
        ClockVerdict::Right
    } else {
        ClockVerdict::Undecided(Doubt::AcrossTheEdge)
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    const BEHIND: ClockVerdict = ClockVerdict::Wrong(Direction::Behind);
    const AHEAD: ClockVerdict = ClockVerdict::Wrong(Direction::Ahead);
    const ACROSS: ClockVerdict = ClockVerdict::Undecided(Doubt::AcrossTheEdge);
    const NOTHING: ClockVerdict = ClockVerdict::Undecided(Doubt::NothingMeasured);

    fn millis(ends: Option<(i64, i64)>) -> Option<Offset> {
        let (least, most) = ends?;
        Offset::between(Span::from_millis(least), Span::from_millis(most))
    }

    #[test]
    fn compares_the_selected_interval_with_one_second() {
        type Row = (&'static str, &'static [Option<(i64, i64)>], ClockVerdict, usize);
        const OPEN: ClockVerdict = ClockVerdict::Undecided(Doubt::NoMajority(NoMajority {
            sources: 2,
            largest_agreement: 1,
        }));
        const ROWS: &[Row] = &[
            ("nobody asked", &[], NOTHING, 0),
            ("nobody answered", &[None, None], NOTHING, 0),
            ("both ends at the edge", &[Some((-1_000, 1_000))], ClockVerdict::Right, 1),
            ("one end beyond", &[Some((-1_000, 1_001))], ACROSS, 1),
            ("the other end beyond", &[Some((-1_001, 1_000))], ACROSS, 1),
            ("from edge to beyond", &[Some((1_000, 2_000))], ACROSS, 1),
            ("all behind", &[Some((1_001, 2_000))], BEHIND, 1),
            ("all ahead", &[Some((-2_000, -1_001))], AHEAD, 1),
            ("ahead from the edge", &[Some((-2_000, -1_000))], ACROSS, 1),
            (
                "the intersection decides",
                &[Some((0, 1_500)), Some((-5, 7))],
                ClockVerdict::Right,
                2,
            ),
            ("a silent source counts for nobody", &[Some((0, 5)), None], ClockVerdict::Right, 1),
            ("two contradict", &[Some((0, 5)), Some((3_600_000, 3_600_005))], OPEN, 0),
            (
                "the liar is outvoted",
                &[Some((0, 5)), Some((3_600_000, 3_600_005)), Some((2, 9))],
                ClockVerdict::Right,
                2,
            ),
        ];
        for &(name, sources, verdict, rests_on) in ROWS {
            let sources: Vec<_> = sources.iter().map(|&ends| millis(ends)).collect();
            let survey = Survey::of(&sources, Span::from_secs(1));
            assert_eq!((survey.verdict(), survey.rests_on()), (verdict, rests_on), "{name}");
        }
    }

    #[test]
    fn another_limit_is_another_verdict() {
        let survey = Survey::of(&[millis(Some((1_500, 1_600)))], Span::from_secs(-1));
        assert_eq!(survey.verdict(), BEHIND);
        assert_eq!(survey.allowing(Span::from_secs(2)).verdict(), ClockVerdict::Right);
        assert_eq!(survey.allowing(Span::MAX).verdict(), ClockVerdict::Right);
    }

    #[test]
    fn an_open_end_is_never_within() {
        let since = |least| Offset::between(Span::from_secs(least), Span::MAX);
        let of = |offset| Survey::of(&[offset], Span::from_secs(1)).verdict();
        assert_eq!(of(since(0)), ACROSS);
        assert_eq!(of(since(2)), BEHIND);
        assert_eq!(of(Some(Offset::UNKNOWN)), ACROSS);
    }

    #[test]
    fn who_agrees_can_be_asked_of_a_bystander() {
        let survey = Survey::of(&[millis(Some((0, 5)))], Span::from_secs(1));
        assert_eq!(survey.agrees(millis(Some((5, 6)))), Some(true));
        assert_eq!(survey.agrees(millis(Some((6, 7)))), Some(false));
        assert_eq!(survey.agrees(None), None);
        assert_eq!(Survey::of(&[], Span::ZERO).agrees(millis(Some((0, 0)))), None);
    }
}
