//! Whether an error of the local clock caused a refusal: would the same call have passed with a
//! right clock?
//!
//! A judge refuses what is past its end by more than its tolerance, which is unknown. A clock that
//! is wrong by `error` moves the end by `error`. The call would have passed if the rest is within
//! the tolerance.

use super::known::{Basis, Known};
use super::view::{LARGEST_TOLERANCE, PLAIN_ERROR, RIGHT, SHORTEST_LIFETIME, View};
use crate::diagnosis::cause::Certainty;
use crate::diagnosis::fold::reasons::Length;
use crate::diagnosis::fold::refusal::{LONGEST_LIFETIME, Refusal, Shape};
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

/// A refusal, and how far the judge was from the ends of validity, as far as the text shows it.
#[derive(Debug, Clone, Copy)]
struct Judged {
    refusal: Refusal,
    past_end: Option<Length>,
    to_start: Option<Length>,
}

impl View<'_> {
    /// The part of the clock, in every zone that the stamps may be in.
    pub(crate) fn blame(&self, known: &Known) -> Blame {
        let Some(refusal) = self.totals.refusal else {
            let is_measured = matches!(known.basis, Basis::Pairs | Basis::Measured);
            let mut readings = known.readings();
            let is_wrong = self.totals.failed
                && is_measured
                && readings.all(|it| it.distance() > LARGEST_TOLERANCE);
            return if is_wrong { Blame::Wrong } else { Blame::Open };
        };
        let reasons = &self.totals.reasons;
        let judged = match known.basis {
            Basis::Pairs | Basis::Measured | Basis::Utc | Basis::Signing => {
                Judged { refusal, past_end: reasons.past_end, to_start: reasons.to_start }
            }
            // The bound follows from these very times.
            Basis::OneSided => Judged { refusal, past_end: None, to_start: None },
        };
        let each = known.readings().map(|offset| self.blame_for(offset, judged));
        match each.reduce(Blame::or).unwrap_or(Blame::Open) {
            // The lifetime is the same by every clock.
            Blame::Open if reasons.over_lifetime.is_some() => Blame::Innocent(Certainty::Likely),
            blame => blame,
        }
    }

    fn blame_for(&self, offset: Offset, judged: Judged) -> Blame {
        let blame = self.cause_of(offset, judged);
        // No tolerance covers such an error, whether or not it caused this refusal. A third clock may
        // show that it is the server's, and a lifetime above the limit explains all.
        let is_plain = offset.distance() > LARGEST_TOLERANCE
            && self.contradiction().is_none()
            && !self.totals.reasons.long_lifetime;
        if is_plain { Blame::Wrong } else { blame }
    }

    fn cause_of(&self, offset: Offset, judged: Judged) -> Blame {
        let [behind, ahead] = [Direction::Behind, Direction::Ahead].map(|way| error(offset, way));
        match judged.refusal.row.says {
            Says::Expired => self.ended(offset, judged),
            Says::NotYet => match judging_direction(judged.refusal.shape) {
                Some(Direction::Behind) => begins(ahead, judged.to_start),
                Some(Direction::Ahead) => begins(behind, judged.to_start),
                None => plain(offset, Span::from_micros(1)),
            },
            Says::Window => self.outside(offset, judged),
            Says::TooFar => self.too_far(ahead),
            Says::Skewed => self.skewed(offset, judged),
            Says::Refused => plain(offset, PLAIN_ERROR),
            // Certificates are valid for days, so an error of seconds hardly ever matters.
            Says::CertificateNotYet | Says::CertificateEnded | Says::CertificateWindow
                if offset.contains(Span::ZERO) && is_within(offset, PLAIN_ERROR) =>
            {
                Blame::Innocent(Certainty::Likely)
            }
            Says::CertificateNotYet => begins(behind, None),
            Says::CertificateEnded => ends(ahead, None, PLAIN_ERROR),
            Says::CertificateWindow => plain(offset, PLAIN_ERROR),
            Says::ClockBehind if offset.most() > Span::ZERO => begins(behind, None),
            Says::ClockAhead if offset.least() < Span::ZERO => begins(ahead, None),
            Says::ClockBehind | Says::ClockAhead => plain(offset, PLAIN_ERROR),
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
    fn ended(&self, offset: Offset, judged: Judged) -> Blame {
        let reasons = &self.totals.reasons;
        // The token that the text shows has not ended by the judge's own clock.
        if self.contradicts_token() {
            return Blame::Open;
        }
        match ended_at(offset, judged) {
            // The local clock has no part in the times of a token that another party made.
            Blame::Wrong if reasons.is_bearer && offset.distance() < PLAIN_ERROR => Blame::Open,
            blame => blame,
        }
    }

    /// Returns `true` if a token is said to have ended that had not by the judge's own clock.
    pub(crate) fn contradicts_token(&self) -> bool {
        let reasons = &self.totals.reasons;
        let ended = self.says() == Some(Says::Expired);
        ended && reasons.end_to_come && reasons.past_end.is_none()
    }

    /// The judge does not say which end of the validity was missed.
    fn outside(&self, offset: Offset, judged: Judged) -> Blame {
        let Some(way) = judging_direction(judged.refusal.shape) else {
            return plain(offset, PLAIN_ERROR);
        };
        match (judged.past_end, judged.to_start) {
            (Some(_), _) => self.ended(offset, judged),
            (None, Some(_)) => begins(error(offset, way.opposite()), judged.to_start),
            (None, None) if self.totals.reasons.end_to_come => {
                self.too_far(error(offset, way.opposite()))
            }
            (None, None) => plain(offset, SHORTEST_LIFETIME),
        }
    }

    /// The end is too far in the judge's future.
    fn too_far(&self, ahead: Offset) -> Blame {
        let asks_too_long = self.totals.reasons.long_lifetime && ahead.most() < LONGEST_LIFETIME;
        if asks_too_long { Blame::Innocent(Certainty::Proven) } else { begins(ahead, None) }
    }

    /// The time of a signed request differs from the judge's by too much.
    fn skewed(&self, offset: Offset, judged: Judged) -> Blame {
        let reasons = &self.totals.reasons;
        match reasons.aged {
            Some((age, limit)) if age.least > limit.unwrap_or(LONGEST_LIMIT) => {
                return Blame::Innocent(Certainty::Proven);
            }
            Some((age, Some(limit))) if age.most <= limit && offset.distance() > Span::ZERO => {
                return Blame::Wrong;
            }
            _ => {}
        }
        if reasons.zone_in_code && is_within(offset, PLAIN_ERROR) {
            Blame::Innocent(Certainty::Likely)
        } else if judged.to_start.is_some() {
            begins(error(offset, Direction::Ahead), judged.to_start)
        } else if offset.distance() >= PLAIN_ERROR {
            Blame::Wrong
        } else {
            Blame::Open
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

/// The end has passed at the judge, whose side may be unknown.
fn ended_at(offset: Offset, judged: Judged) -> Blame {
    let by = |way| ends(error(offset, way), judged.past_end, SHORTEST_LIFETIME);
    match judging_direction(judged.refusal.shape) {
        Some(way) => by(way),
        None => match (by(Direction::Behind), by(Direction::Ahead)) {
            (Blame::Wrong, _) | (_, Blame::Wrong) => Blame::Wrong,
            (one, other) => one.or(other),
        },
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
    let may_be_right = error.least() <= Span::ZERO;
    let is_right = error.most() <= if may_be_right { NEARLY } else { RIGHT };
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
        let certainty = if error.most() <= NEARLY { Certainty::Proven } else { Certainty::Likely };
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
        // Without the error, the start may have come.
        Some(left) if error.least() > Span::ZERO && left.least <= error.most() => Blame::Wrong,
        Some(left) if !hangs_on_tolerance(error, left) => Blame::Innocent(Certainty::Likely),
        None if error.least() > Span::ZERO => Blame::Wrong,
        Some(_) | None => Blame::Open,
    }
}

/// Any direction explains it, from an error of `shortest` on.
fn plain(offset: Offset, shortest: Span) -> Blame {
    if offset.distance() >= shortest {
        Blame::Wrong
    } else if is_nearly_right(offset) {
        Blame::Innocent(Certainty::Likely)
    } else {
        Blame::Open
    }
}

/// The largest age of a signed request that a provider accepts (AWS, Azure: 15 minutes).
pub(super) const LONGEST_LIMIT: Span = Span::from_secs(900);
/// A clock that may be right, and is off by less than this, explains a refusal only by coincidence.
const NEARLY: Span = Span::from_secs(10);

pub(super) fn is_nearly_right(offset: Offset) -> bool {
    (offset.contains(Span::ZERO) && is_within(offset, NEARLY)) || is_within(offset, RIGHT)
}

fn is_within(offset: Offset, limit: Span) -> bool {
    offset.most() <= limit && offset.least() >= -limit
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
