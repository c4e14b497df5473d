//! Whether an error of the local clock caused a refusal: would the same call have passed with a
//! right clock?
//!
//! A judge refuses what is past its end by more than its tolerance, which is unknown. A clock that
//! is wrong by `error` moves the end by `error`. The call would have passed if the rest is within
//! the tolerance.

use super::known::Known;
use super::view::{LARGEST_TOLERANCE, PLAIN_ERROR, SHORTEST_LIFETIME, View};
use crate::diagnosis::cause::Certainty;
use crate::diagnosis::fold::reasons::Length;
use crate::diagnosis::fold::refusal::{LONGEST_LIFETIME, Refusal, Shape};
use crate::diagnosis::rules::third_opinion::RIGHT;
use crate::evidence::Says;
use crate::time::{Direction, Offset, Span};

/// The part of the local clock in a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blame {
    /// The clock is wrong, and a right one would have passed or would have been refused for less.
    Wrong,
    /// A right clock would have been refused as well.
    Innocent(Certainty),
    /// Either is possible.
    Open,
}

impl Blame {
    /// What holds if either of two readings of the text is true.
    const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Wrong, Self::Wrong) => Self::Wrong,
            (Self::Innocent(Certainty::Proven), Self::Innocent(certainty))
            | (Self::Innocent(certainty), Self::Innocent(_)) => Self::Innocent(certainty),
            _ => Self::Open,
        }
    }
}

/// Tolerances that servers and libraries grant by default, in seconds: none, those of jjwt's and
/// Nimbus' examples, Spring (60), Entra and Kerberos (300), and round numbers between.
const CUSTOMARY: &[i64] =
    &[0, 1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 150, 180, 240, 300, 600, 900];

impl View<'_> {
    /// The part of the clock, in every zone that the stamps may be in.
    pub(crate) fn blame(&self, known: &Known) -> Blame {
        let Some(refusal) = self.totals.refusal else { return Blame::Open };
        let each = known.readings().map(|offset| self.blame_for(offset, refusal));
        each.reduce(Blame::or).unwrap_or(Blame::Open)
    }

    fn blame_for(&self, offset: Offset, refusal: Refusal) -> Blame {
        match self.cause_of(offset, refusal) {
            // No tolerance covers such an error, whether or not it caused this refusal.
            Blame::Innocent(_) | Blame::Open if offset.distance() > LARGEST_TOLERANCE => {
                Blame::Wrong
            }
            blame => blame,
        }
    }

    fn cause_of(&self, offset: Offset, refusal: Refusal) -> Blame {
        let reasons = &self.totals.reasons;
        match refusal.row.says {
            Says::Expired => self.ended(offset, refusal.shape),
            Says::NotYet => match judging_direction(refusal.shape) {
                Some(Direction::Behind) => begins(error(offset, Direction::Ahead), reasons.to_start),
                Some(Direction::Ahead) => begins(error(offset, Direction::Behind), reasons.to_start),
                None => plain(offset, Span::from_micros(1)),
            },
            Says::Window => self.outside(offset, refusal.shape),
            Says::TooFar => self.too_far(offset),
            Says::Skewed => self.skewed(offset),
            Says::Refused => plain(offset, PLAIN_ERROR),
            Says::CertificateNotYet | Says::ClockBehind => {
                begins(error(offset, Direction::Behind), None)
            }
            Says::CertificateEnded => ends(error(offset, Direction::Ahead), None, PLAIN_ERROR),
            Says::ClockAhead => begins(error(offset, Direction::Ahead), None),
            Says::CertificateWindow => plain(offset, PLAIN_ERROR),
            Says::Lifetime
            | Says::Malformed
            | Says::Unfit
            | Says::Step
            | Says::Set
            | Says::Unset
            | Says::Fact => Blame::Innocent(Certainty::Proven),
        }
    }

    /// The end has passed at the judge.
    fn ended(&self, offset: Offset, shape: Shape) -> Blame {
        let reasons = &self.totals.reasons;
        // The token that the text shows has not ended by the judge's own clock.
        if reasons.end_to_come && reasons.past_end.is_none() {
            return Blame::Open;
        }
        match judging_direction(shape) {
            Some(side) => ends(error(offset, side), reasons.past_end, SHORTEST_LIFETIME),
            None => plain(offset, SHORTEST_LIFETIME),
        }
    }

    /// The judge does not say which end of the validity was missed.
    fn outside(&self, offset: Offset, shape: Shape) -> Blame {
        let reasons = &self.totals.reasons;
        let Some(side) = judging_direction(shape) else { return plain(offset, PLAIN_ERROR) };
        let late = ends(error(offset, side), reasons.past_end, SHORTEST_LIFETIME);
        let early = begins(error(offset, side.opposite()), reasons.to_start);
        match (reasons.past_end, reasons.to_start) {
            (Some(_), _) => late,
            (None, Some(_)) => early,
            // Not late by the times that the text shows.
            (None, None) if reasons.end_to_come || error(offset, side).most() <= Span::ZERO => {
                self.too_far(offset)
            }
            (None, None) if error(offset, side).least() > RIGHT => late,
            (None, None) => plain(offset, SHORTEST_LIFETIME),
        }
    }

    /// The end is too far in the judge's future.
    fn too_far(&self, offset: Offset) -> Blame {
        let ahead = error(offset, Direction::Ahead);
        let asks_too_long =
            self.totals.reasons.long_lifetime && ahead.most() < LONGEST_LIFETIME;
        if asks_too_long {
            return Blame::Innocent(Certainty::Proven);
        }
        begins(ahead, None)
    }

    /// The time of a signed request differs from the judge's by too much.
    fn skewed(&self, offset: Offset) -> Blame {
        match self.totals.reasons.aged {
            Some((age, limit)) if age.least > limit => Blame::Innocent(Certainty::Proven),
            Some((age, limit)) if age.most <= limit && offset.distance() > Span::ZERO => {
                Blame::Wrong
            }
            _ if offset.distance() >= PLAIN_ERROR => Blame::Wrong,
            _ => Blame::Open,
        }
    }
}

/// The direction in which a wrong local clock lets tokens end too early, by the side that judged.
fn judging_direction(shape: Shape) -> Option<Direction> {
    match shape {
        Shape::Provider => Some(Direction::Behind),
        Shape::Us => Some(Direction::Ahead),
        Shape::Peers | Shape::Open => None,
    }
}

/// How far the clock is off in `direction`; negative in the other one.
fn error(offset: Offset, direction: Direction) -> Offset {
    match direction {
        Direction::Behind => offset,
        Direction::Ahead => offset.reversed(),
    }
}

/// Something ended `past` ago at the judge, too early by `error`. Without `past`, only an error of
/// at least `shortest` explains it.
fn ends(error: Offset, past: Option<Length>, shortest: Span) -> Blame {
    if error.most() <= Span::ZERO {
        return Blame::Innocent(Certainty::Proven);
    }
    let is_right = error.most() <= RIGHT;
    let Some(past) = past else {
        return match (error.least() >= shortest, is_right) {
            (true, _) => Blame::Wrong,
            (false, true) => Blame::Innocent(Certainty::Likely),
            (false, false) => Blame::Open,
        };
    };
    if error.least() > past.most {
        Blame::Wrong
    } else if !hangs_on_tolerance(error, past) {
        let certainty = if is_right { Certainty::Proven } else { Certainty::Likely };
        Blame::Innocent(certainty)
    } else if is_right {
        Blame::Innocent(Certainty::Likely)
    } else {
        Blame::Open
    }
}

/// Something begins in `to_start` at the judge, too late by `error`. Without `to_start`, any error
/// explains it.
fn begins(error: Offset, to_start: Option<Length>) -> Blame {
    if error.most() <= Span::ZERO {
        return Blame::Innocent(Certainty::Proven);
    }
    match to_start {
        Some(left) if error.least() > left.most => Blame::Wrong,
        Some(left) if !hangs_on_tolerance(error, left) => Blame::Innocent(Certainty::Likely),
        None if error.least() > Span::ZERO => Blame::Wrong,
        Some(_) | None => Blame::Open,
    }
}

/// Any direction explains it, from an error of `shortest` on.
fn plain(offset: Offset, shortest: Span) -> Blame {
    if offset.distance() >= shortest {
        Blame::Wrong
    } else if offset.most() <= RIGHT && offset.least() >= -RIGHT {
        Blame::Innocent(Certainty::Likely)
    } else {
        Blame::Open
    }
}

/// Returns `true` if some customary tolerance would have let a right clock pass: it is below what
/// the judge saw, and not below that without the error.
fn hangs_on_tolerance(error: Offset, past: Length) -> bool {
    let right = past.least - error.most();
    let between = |tolerance: &i64| {
        let tolerance = Span::from_secs(*tolerance);
        right < tolerance && tolerance <= past.most
    };
    CUSTOMARY.iter().any(between)
}
