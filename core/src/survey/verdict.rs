//! Clock verdicts from the offsets of several sources.
//!
//! The offset that a majority shares ([`Selection`]) is compared with a limit. The verdict is
//! three-valued, like that on a token: an interval that crosses the limit proves neither answer.
//! Only sources outside the host count. The host's own daemon is not evidence for its own clock, so
//! callers show it next to the others ([`Survey::agrees`]) and do not pass it in.

use super::selection::{NoMajority, Selection};
use super::witness::Testimony;
use crate::time::Direction;
use crate::time::Offset;
use crate::time::Span;

/// The verdict on a clock.
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
    /// The clock is within the limit.
    Right,
    /// The clock is outside the limit.
    Wrong(Direction),
    /// Neither is proved.
    Undecided(Doubt),
}

/// The reason why neither is proved.
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
    /// The interval crosses the limit.
    AcrossTheEdge,
}

impl ClockVerdict {
    /// The code in JSON output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Right => "ok",
            Self::Wrong(_) => "wrong",
            Self::Undecided(_) => "undecided",
        }
    }
}

/// The combined result of several sources about one clock.
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
    allowed: Offset,
    answers: usize,
}

impl Survey {
    /// Compares the offset that a majority of `sources` shares with the limit `allowed` in both
    /// directions. `None` is a source that proved nothing. The order of the sources and the sign of
    /// `allowed` do not matter.
    #[must_use]
    pub fn of(sources: &[Option<Offset>], allowed: Span) -> Self {
        let selection = Selection::among(sources.iter().flatten().copied());
        let answers = sources.iter().flatten().count();
        Self { selection, allowed: Offset::around(Span::ZERO, allowed), answers }
    }

    /// Compares as [`of`](Self::of), and counts each witness once. `witnesses` holds the number of
    /// the witness of each source ([`Witness::number`](super::Witness::number)); sources without a
    /// number are ignored. `hosts` holds the same by the addresses that answered alone, without those
    /// that a name claims: a witness counts as that many hosts where it disagrees. One that
    /// contradicts itself always disagrees.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::Span;
    /// use jwtick_core::survey::Survey;
    /// use jwtick_core::time::Offset;
    /// let hour = Some(Offset::exactly(Span::from_secs(3_600)));
    /// // One liar by two names does not outvote an honest source.
    /// let sources = [hour, hour, Some(Offset::exactly(Span::ZERO))];
    /// assert_eq!(Survey::of(&sources, Span::ZERO).offset(), hour);
    /// let (witnesses, hosts) = ([0, 0, 2], [0, 0, 2]);
    /// assert_eq!(Survey::of_witnesses(&sources, &witnesses, &hosts, Span::ZERO).offset(), None);
    /// ```
    #[must_use]
    pub fn of_witnesses(
        sources: &[Option<Offset>],
        witnesses: &[usize],
        hosts: &[usize],
        allowed: Span,
    ) -> Self {
        let each = Testimony::each(sources, witnesses, hosts);
        let selection =
            Selection::weighed(each.map(|(testimony, hosts)| (testimony.offset(), hosts)));
        let answers = sources.iter().zip(witnesses).filter(|(offset, _)| offset.is_some()).count();
        Self { selection, allowed: Offset::around(Span::ZERO, allowed), answers }
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(self) -> ClockVerdict {
        match self.selection {
            Ok(selection) => within(selection.offset(), self.allowed),
            Err(NoMajority { sources: 0, .. }) => ClockVerdict::Undecided(Doubt::NothingMeasured),
            Err(none) => ClockVerdict::Undecided(Doubt::NoMajority(none)),
        }
    }

    /// The same survey with other limits: the offsets that are no error. They need not contain zero, for
    /// a clock that is wrong on purpose.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::Span;
    /// use jwtick_core::survey::{ClockVerdict, Survey};
    /// use jwtick_core::time::{Direction, Offset};
    /// let (second, minutes) = (Span::from_secs(1), Span::from_secs(300));
    /// let right = Survey::of(&[Some(Offset::exactly(Span::ZERO))], second);
    /// let expected = right.allowing(Offset::around(minutes, second));
    /// // It was to be 5 minutes behind.
    /// assert_eq!(expected.verdict(), ClockVerdict::Wrong(Direction::Ahead));
    /// ```
    #[must_use]
    pub const fn allowing(self, allowed: Offset) -> Self {
        Self { allowed, ..self }
    }

    /// The limits: the offsets that are no error.
    #[must_use]
    pub const fn allowed(self) -> Offset {
        self.allowed
    }

    /// The selected offset; `None` without a majority.
    #[must_use]
    pub fn offset(self) -> Option<Offset> {
        self.selection.ok().map(Selection::offset)
    }

    /// The number of witnesses that share the selected offset. A single one is not confirmed:
    /// plain NTP and `Date` are not authenticated.
    #[must_use]
    pub fn rests_on(self) -> usize {
        self.selection.map_or(0, Selection::truechimers)
    }

    /// The number of sources that gave an interval. Several of them may be one witness.
    #[must_use]
    pub const fn answers(self) -> usize {
        self.answers
    }

    /// The number of witnesses that gave an interval. One that disagrees counts as the number of its
    /// hosts that did.
    #[must_use]
    pub const fn measured(self) -> usize {
        match self.selection {
            Ok(selection) => selection.sources(),
            Err(none) => none.sources,
        }
    }

    /// Returns whether a source shares the selected offset, whether or not it was passed in; `None`
    /// if there is nothing to compare. A source that was passed in and disagrees is a falseticker
    /// (RFC 5905 §11.2.1).
    #[must_use]
    pub fn agrees(self, source: Option<Offset>) -> Option<bool> {
        Some(self.selection.ok()?.agrees(source?))
    }

    /// Returns whether a witness shares the selected offset, as [`agrees`](Self::agrees). One that
    /// contradicts itself does not.
    #[must_use]
    pub fn confirms(self, testimony: Option<Testimony>) -> Option<bool> {
        match testimony? {
            Testimony::Clear(offset) => self.agrees(Some(offset)),
            Testimony::Torn => self.selection.ok().map(|_| false),
        }
    }
}

fn within(offset: Offset, allowed: Offset) -> ClockVerdict {
    if offset.least() > allowed.most() {
        ClockVerdict::Wrong(Direction::Behind)
    } else if offset.most() < allowed.least() {
        ClockVerdict::Wrong(Direction::Ahead)
    } else if allowed.contains(offset.least()) && allowed.contains(offset.most()) {
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
    fn verdict_compares_the_selected_interval_with_one_second() {
        type Row = (&'static str, &'static [Option<(i64, i64)>], ClockVerdict, usize);
        const OPEN: ClockVerdict = ClockVerdict::Undecided(Doubt::NoMajority(NoMajority {
            sources: 2,
            largest_agreement: 1,
        }));
        const ROWS: &[Row] = &[
            ("no source", &[], NOTHING, 0),
            ("no source answered", &[None, None], NOTHING, 0),
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
            ("a silent source does not count", &[Some((0, 5)), None], ClockVerdict::Right, 1),
            ("two contradict", &[Some((0, 5)), Some((3_600_000, 3_600_005))], OPEN, 0),
            (
                "the falseticker is outvoted",
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
    fn each_witness_counts_once() {
        const HOUR: (i64, i64) = (3_600_000, 3_600_005);
        type Row = (&'static str, &'static [(i64, i64)], &'static [usize], (usize, usize));
        const HERE: (i64, i64) = (0, 5);
        const ROWS: &[Row] = &[
            ("two hosts", &[(0, 5), (0, 5)], &[0, 1], (2, 2)),
            ("one host twice", &[(0, 5), (3, 9)], &[0, 0], (1, 1)),
            ("one against one", &[HOUR, HOUR, (0, 5)], &[0, 0, 2], (0, 2)),
            ("outvoted", &[HOUR, HOUR, (0, 5), (1, 6)], &[0, 0, 2, 3], (2, 3)),
            ("contradicts itself", &[(0, 5), HOUR], &[0, 0], (0, 1)),
            ("the other one does not", &[(0, 5), HOUR, (0, 5)], &[0, 0, 2], (0, 2)),
            ("two others agree", &[(0, 5), HOUR, (0, 5), (0, 5)], &[0, 0, 2, 3], (2, 3)),
            ("sources without a number", &[(0, 5), HOUR], &[0], (1, 1)),
        ];
        for &(name, sources, witnesses, expected) in ROWS {
            let sources: Vec<_> = sources.iter().map(|&ends| millis(Some(ends))).collect();
            let survey = Survey::of_witnesses(&sources, witnesses, witnesses, Span::from_secs(1));
            assert_eq!((survey.rests_on(), survey.measured()), expected, "{name}");
        }
        // The first three hosts are right; the third claims the addresses of the others.
        let sources: Vec<_> =
            [HERE, HERE, HERE, HOUR, HOUR].iter().map(|&ends| millis(Some(ends))).collect();
        let (claimed, hosts) = ([0, 0, 0, 3, 4], [0, 1, 2, 3, 4]);
        let survey = Survey::of_witnesses(&sources, &claimed, &hosts, Span::ZERO);
        assert_eq!((survey.rests_on(), survey.measured()), (0, 5), "two liars are no majority");
        let survey = Survey::of_witnesses(&sources[..4], &claimed, &hosts, Span::ZERO);
        assert_eq!((survey.rests_on(), survey.measured()), (0, 4), "one witness, or three hosts");
    }

    #[test]
    fn verdict_depends_on_the_limit() {
        let survey = Survey::of(&[millis(Some((1_500, 1_600)))], Span::from_secs(-1));
        assert_eq!(survey.verdict(), BEHIND);
        let rows = [
            ("both ends at the edges", (1_500, 1_600), ClockVerdict::Right),
            ("the lower end below", (1_501, 1_600), ACROSS),
            ("the upper end above", (1_500, 1_599), ACROSS),
            ("wide in one direction only", (-1, 2_000), ClockVerdict::Right),
            ("expected further behind", (1_601, 9_000), AHEAD),
            ("expected less behind", (0, 1_499), BEHIND),
        ];
        for (name, limits, verdict) in rows {
            let limits = millis(Some(limits)).unwrap();
            assert_eq!(survey.allowing(limits).verdict(), verdict, "{name}");
        }
        let any = Offset::around(Span::ZERO, Span::MAX);
        assert_eq!(survey.allowing(any).verdict(), ClockVerdict::Right);
    }

    #[test]
    fn open_end_is_never_within_the_limit() {
        let since = |least| Offset::between(Span::from_secs(least), Span::MAX);
        let of = |offset| Survey::of(&[offset], Span::from_secs(1)).verdict();
        assert_eq!(of(since(0)), ACROSS);
        assert_eq!(of(since(2)), BEHIND);
        assert_eq!(of(Some(Offset::UNKNOWN)), ACROSS);
    }

    #[test]
    fn agrees_accepts_a_source_that_was_not_passed_in() {
        let survey = Survey::of(&[millis(Some((0, 5)))], Span::from_secs(1));
        assert_eq!(survey.agrees(millis(Some((5, 6)))), Some(true));
        assert_eq!(survey.agrees(millis(Some((6, 7)))), Some(false));
        assert_eq!(survey.agrees(None), None);
        assert_eq!(Survey::of(&[], Span::ZERO).agrees(millis(Some((0, 0)))), None);
    }
}
