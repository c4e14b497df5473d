//! Whether an error of a clock explains how far from its limit a judge was, for each tolerance that the
//! judge may have granted.

use super::view::RIGHT;
use crate::diagnosis::cause::Certainty;
use crate::diagnosis::fold::reasons::{CUSTOMARY, Length};
use crate::time::{Direction, Offset, Span};

/// The part of the local clock in a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blame {
    /// The clock is wrong. *Proven*: by more than any judge tolerates, or a right one would have passed.
    /// *Likely*: the text does not show how far from its limit the judge was.
    Wrong(Certainty),
    /// A right clock would have been refused as well.
    Innocent(Certainty),
    /// Either is possible.
    Open,
}

impl Blame {
    /// What holds if either of two readings of the text is true.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Wrong(one), Self::Wrong(other)) => Self::Wrong(one.min(other)),
            (Self::Innocent(Certainty::Proven), Self::Innocent(certainty))
            | (Self::Innocent(certainty), Self::Innocent(_)) => Self::Innocent(certainty),
            _ => Self::Open,
        }
    }
}

pub(super) const PROVEN: Blame = Blame::Wrong(Certainty::Proven);

/// Times of tokens and requests are cut to whole seconds (RFC 7519 §2).
pub(super) const WHOLE_SECOND: Span = Span::from_secs(1);

/// No judge is known to tolerate more. Any smaller tolerance may have been set by somebody.
const UNKNOWN_TOLERANCE: Span = Span::from_secs(1_200);

/// How far the clock is off in `direction`; negative in the other one.
pub(super) fn error(offset: Offset, direction: Direction) -> Offset {
    match direction {
        Direction::Behind => offset,
        Direction::Ahead => offset.reversed(),
    }
}

/// Something ended `past` ago at the judge, too early by `error`. Without `past`, only an error of
/// at least `shortest` explains it. The end may be off by `cut` in addition.
pub(super) fn ends(error: Offset, past: Option<Length>, shortest: Span, cut: Span) -> Blame {
    if error.most() <= Span::ZERO {
        return Blame::Innocent(Certainty::Proven);
    }
    let Some(past) = past else {
        let may_be_right = error.least() <= RIGHT;
        let is_right = error.most() <= if may_be_right { NEARLY } else { RIGHT };
        return match (error.least() >= shortest, is_right) {
            (true, _) => Blame::Wrong(Certainty::Likely),
            (false, true) => Blame::Innocent(Certainty::Likely),
            (false, false) => Blame::Open,
        };
    };
    if error.least() > past.most + cut {
        PROVEN
    } else if !hangs_on(error.most() + cut, past) {
        // With some tolerance just below what the judge saw, a right clock would have passed.
        let is_proven = past.least - error.most() - cut >= UNKNOWN_TOLERANCE;
        let certainty = if is_proven { Certainty::Proven } else { Certainty::Likely };
        Blame::Innocent(certainty)
    } else {
        Blame::Open
    }
}

/// Something begins in `to_start` at the judge, too late by `error`. Without `to_start`, any error
/// explains it.
pub(super) fn begins(error: Offset, to_start: Option<Length>) -> Blame {
    if error.most() <= Span::ZERO {
        return Blame::Innocent(Certainty::Proven);
    }
    match to_start {
        Some(left) if error.least() > left.most => PROVEN,
        // Without the error, the start may have come.
        Some(left) if error.least() > Span::ZERO && left.least <= error.most() => PROVEN,
        Some(left) if !hangs_on(error.most(), left) => Blame::Innocent(Certainty::Likely),
        None if error.least() > Span::ZERO => PROVEN,
        Some(_) | None => Blame::Open,
    }
}

/// Any direction explains it, from an error of `shortest` on.
pub(super) fn plain(offset: Offset, shortest: Span, certainty: Certainty) -> Blame {
    if offset.distance() >= shortest {
        Blame::Wrong(certainty)
    } else if is_nearly_right(offset) {
        Blame::Innocent(Certainty::Likely)
    } else {
        Blame::Open
    }
}

/// The largest age of a signed request that a provider accepts (AWS, Azure: 15 minutes).
pub(super) const LONGEST_LIMIT: Span = Span::from_secs(900);
/// The smallest age of a signed request at which providers refuse it by default (Binance, Bybit).
pub(super) const SHORTEST_LIMIT: Span = Span::from_secs(5);
/// A clock that may be [`RIGHT`], and is off by less than this, explains a refusal only by coincidence: the
/// precision of a log whose lines are written some seconds after an answer of whole seconds.
const NEARLY: Span = Span::from_secs(10);

pub(super) fn is_nearly_right(offset: Offset) -> bool {
    (offset.contains(Span::ZERO) && is_within(offset, NEARLY)) || is_within(offset, RIGHT)
}

pub(super) fn is_within(offset: Offset, limit: Span) -> bool {
    offset.most() <= limit && offset.least() >= -limit
}

/// Returns `true` if a request of `age` is refused for its age by every customary limit that refuses one
/// of the age that the judge saw.
pub(super) fn is_above_any_limit(age: Length, seen: Length) -> bool {
    let between = |limit: &i64| {
        let limit = Span::from_secs(*limit);
        limit >= SHORTEST_LIMIT && age.least - WHOLE_SECOND < limit && limit <= seen.most
    };
    seen.least > SHORTEST_LIMIT && !CUSTOMARY.iter().any(between)
}

/// Returns `true` if a customary tolerance would have let a right clock pass: it is below what
/// the judge saw, and not below that without the error.
fn hangs_on(error: Span, past: Length) -> bool {
    let right = past.least - error;
    let between = |tolerance: &i64| {
        let tolerance = Span::from_secs(*tolerance);
        right < tolerance && tolerance <= past.most
    };
    CUSTOMARY.iter().any(between)
}
