//! The result of a rule, before it becomes a report.

use crate::diagnosis::cause::{Cause, Certainty, ClockFault, Decider};
use crate::diagnosis::reservation::Assumption;
use crate::time::Direction;
use crate::time::Offset;
use crate::time::Span;

/// A rule's conclusion.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    pub(crate) cause: Cause,
    pub(crate) fault: ClockFault,
    pub(crate) certainty: Certainty,
    pub(crate) direction: Option<Direction>,
    pub(crate) offset: Option<Offset>,
    pub(crate) decider: Option<Decider>,
    pub(crate) ground: Ground,
    /// What the rule assumes, if the outcome is likely.
    pub(crate) assumes: Option<Assumption>,
}

/// The evidence of an outcome, in addition to the offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// None.
    Offset,
    /// A clock shows a time that only one shows that was never set.
    Unset,
    /// A claim is written in the wrong form.
    Claims,
    /// The host that judged had announced the end.
    Announced,
    /// Two hosts printed their times.
    Hosts,
    /// The servers that share a name have different clocks.
    Nodes,
}

impl Outcome {
    const fn new(cause: Cause, fault: ClockFault, certainty: Certainty) -> Self {
        Self {
            cause,
            fault,
            certainty,
            direction: None,
            offset: None,
            decider: None,
            ground: Ground::Offset,
            assumes: None,
        }
    }

    /// No clock is wrong.
    pub(crate) const fn cleared(cause: Cause, certainty: Certainty) -> Self {
        Self::new(cause, ClockFault::Cleared, certainty)
    }

    /// Some clock is wrong.
    pub(crate) const fn found(cause: Cause, certainty: Certainty) -> Self {
        Self::new(cause, ClockFault::Found, certainty)
    }

    /// Undecided; `decider` would settle it.
    pub(crate) const fn open(decider: Decider) -> Self {
        let outcome = Self::new(Cause::Undetermined, ClockFault::Open, Certainty::Weak);
        Self { decider: Some(decider), ..outcome }
    }

    /// The same, with the clock off by `offset` and in the direction that follows.
    pub(crate) fn with(self, offset: Offset) -> Self {
        Self { offset: Some(offset), direction: direction(offset), ..self }
    }

    /// The same, with an offset that is no fault. If the words give a direction, only the part of
    /// the offset in that direction is stated.
    pub(crate) fn stating(self, offset: Option<Offset>) -> Self {
        let side = self.direction.map_or(Offset::UNKNOWN, side);
        let left = offset.and_then(|offset| offset.intersect(side));
        Self { offset: left.or(offset).or(self.offset), ..self }
    }

    /// The same, if `assumption` holds.
    pub(crate) const fn assuming(self, assumption: Assumption) -> Self {
        Self { assumes: Some(assumption), ..self }
    }

    /// The same, with other evidence than the offset.
    pub(crate) const fn by(self, ground: Ground) -> Self {
        Self { ground, ..self }
    }

    /// The same, with a direction that the words give.
    pub(crate) const fn towards(self, direction: Direction) -> Self {
        Self { direction: Some(direction), ..self }
    }
}

/// The direction in which a clock with this offset is off, if that is certain.
fn direction(offset: Offset) -> Option<Direction> {
    if offset.least() > Span::ZERO {
        Some(Direction::Behind)
    } else if offset.most() < Span::ZERO {
        Some(Direction::Ahead)
    } else {
        None
    }
}

/// The interval of all offsets of a clock that is off in that direction.
fn side(direction: Direction) -> Offset {
    match direction {
        Direction::Behind => Offset::at_least(Span::from_micros(1)),
        Direction::Ahead => Offset::at_most(Span::from_micros(-1)),
    }
}
