//! Whether an error of the local clock caused a refusal: would the same call have passed with a
//! right clock?
//!
//! A judge refuses what is past its end by more than its tolerance, which is unknown. A clock that
//! is wrong by `error` moves the end by `error`. The call would have passed if the rest is within
//! the tolerance.

use super::explained::{
    Blame, LONGEST_LIMIT, PROVEN, SHORTEST_LIMIT, WHOLE_SECOND, begins, ends, error,
    is_above_any_limit, is_within, plain,
};
use super::known::{Basis, Known};
use super::view::{LARGEST_TOLERANCE, PLAIN_ERROR, SHORTEST_LIFETIME, View};
use crate::diagnosis::cause::Certainty;
use crate::diagnosis::fold::reasons::Length;
use crate::diagnosis::fold::refusal::{LONGEST_LIFETIME, Refusal, Shape};
use crate::evidence::Says;
use crate::time::{Direction, Offset, Span};

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
            return if is_wrong { PROVEN } else { Blame::Open };
        };
        let reasons = &self.totals.reasons;
        let judged = match known.basis {
            Basis::Pairs | Basis::Measured | Basis::Utc | Basis::Signing => {
                Judged { refusal, past_end: reasons.past_end, to_start: reasons.to_start }
            }
            // The bound follows from these very times.
            Basis::OneSided => Judged { refusal, past_end: None, to_start: None },
        };
        let blame = |judged: Judged| {
            let each = known.readings().map(|offset| self.blame_for(offset, judged));
            each.reduce(Blame::or).unwrap_or(Blame::Open)
        };
        // Of several refusals, a right clock may have met the one farthest from its limit.
        let longest = judged.past_end.and(reasons.longest_past_end);
        let meets = || matches!(blame(Judged { past_end: longest, ..judged }), Blame::Innocent(_));
        match blame(judged) {
            // The lifetime is the same by every clock.
            Blame::Open if reasons.over_lifetime.is_some() || meets() => {
                Blame::Innocent(Certainty::Likely)
            }
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
        if is_plain { PROVEN } else { blame }
    }

    fn cause_of(&self, offset: Offset, judged: Judged) -> Blame {
        let [behind, ahead] = [Direction::Behind, Direction::Ahead].map(|way| error(offset, way));
        match judged.refusal.row.says {
            Says::Expired => self.ended(offset, judged),
            Says::NotYet => match judging_direction(judged.refusal.shape) {
                Some(Direction::Behind) => begins(ahead, judged.to_start),
                Some(Direction::Ahead) => begins(behind, judged.to_start),
                None => plain(offset, Span::from_micros(1), Certainty::Proven),
            },
            Says::Window => self.outside(offset, judged),
            Says::TooFar => self.too_far(ahead),
            Says::Skewed => self.skewed(offset, judged),
            Says::Refused => self.unless_outside(plain(offset, PLAIN_ERROR, Certainty::Likely)),
            // Certificates are valid for days, so an error of seconds hardly ever matters.
            Says::CertificateNotYet | Says::CertificateEnded | Says::CertificateWindow
                if offset.contains(Span::ZERO) && is_within(offset, PLAIN_ERROR) =>
            {
                Blame::Innocent(Certainty::Likely)
            }
            Says::CertificateNotYet => begins(behind, None),
            Says::CertificateEnded => ends(ahead, None, PLAIN_ERROR, Span::ZERO),
            Says::CertificateWindow => plain(offset, PLAIN_ERROR, Certainty::Likely),
            Says::ClockBehind if offset.most() > Span::ZERO => begins(behind, None),
            Says::ClockAhead if offset.least() < Span::ZERO => begins(ahead, None),
            Says::ClockBehind | Says::ClockAhead => plain(offset, PLAIN_ERROR, Certainty::Proven),
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
        match (self.by_age(offset), ended_at(offset, judged)) {
            (Some(blame), _) => blame,
            // What ends before it begins is refused by every clock.
            (None, Blame::Open) if reasons.ended_lifetime.is_some_and(|it| it <= Span::ZERO) => {
                Blame::Innocent(Certainty::Likely)
            }
            (None, blame) if reasons.is_bearer => ended_bearer(offset, judged, blame),
            (None, blame) => blame,
        }
    }

    /// The age of a signed request by the local clock alone, in which its error cancels out.
    fn by_age(&self, offset: Offset) -> Option<Blame> {
        match self.totals.reasons.aged? {
            (age, limit) if age.least > limit.unwrap_or(LONGEST_LIMIT) + WHOLE_SECOND => {
                Some(Blame::Innocent(Certainty::Proven))
            }
            (age, limit) if age.most + WHOLE_SECOND <= limit.unwrap_or(SHORTEST_LIMIT) => {
                (offset.distance() > Span::ZERO).then_some(PROVEN)
            }
            // Whatever the limit is, a right clock would have been above it as well.
            (age, None) if is_above_any_limit(age, age.later(offset)) => {
                Some(Blame::Innocent(Certainty::Likely))
            }
            // It was too old for the judge, and may not have been for a right clock.
            (age, Some(limit)) if age.later(offset).most >= limit => Some(Blame::Open),
            _ => None,
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
            return plain(offset, PLAIN_ERROR, Certainty::Likely);
        };
        match (judged.past_end, judged.to_start) {
            (Some(_), _) => self.ended(offset, judged),
            (None, Some(_)) => begins(error(offset, way.opposite()), judged.to_start),
            (None, None) if self.totals.reasons.end_to_come => {
                self.too_far(error(offset, way.opposite()))
            }
            (None, None) => {
                let blame =
                    self.unless_outside(plain(offset, SHORTEST_LIFETIME, Certainty::Likely));
                // A second is enough to make the start of something new come too late.
                let is_early = error(offset, way.opposite()).least() > Span::ZERO;
                if is_early && matches!(blame, Blame::Innocent(_)) { Blame::Open } else { blame }
            }
        }
    }

    /// The words name no end of the validity, but the judge's time was outside it. Less than the clocks
    /// show may have made it so.
    fn unless_outside(&self, blame: Blame) -> Blame {
        match blame {
            Blame::Innocent(_) if self.totals.reasons.is_outside => Blame::Open,
            blame => blame,
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
        if let Some(blame) = self.by_age(offset) {
            return blame;
        }
        if reasons.zone_in_code && is_within(offset, PLAIN_ERROR) {
            Blame::Innocent(Certainty::Likely)
        } else if judged.to_start.is_some() {
            begins(error(offset, Direction::Ahead), judged.to_start)
        } else if offset.distance() >= PLAIN_ERROR {
            Blame::Wrong(Certainty::Likely)
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
    match judging_direction(judged.refusal.shape) {
        Some(Direction::Behind) => ended_there(offset, judged),
        Some(Direction::Ahead) => ended_here(offset, judged),
        None => match (ended_there(offset, judged), ended_here(offset, judged)) {
            (Blame::Wrong(_), _) | (_, Blame::Wrong(_))
                if offset.distance() < SHORTEST_LIFETIME =>
            {
                Blame::Open
            }
            (Blame::Wrong(_), _) | (_, Blame::Wrong(_)) => Blame::Wrong(Certainty::Likely),
            (one, other) => one.or(other),
        },
    }
}

/// A server judged what the local side made. It ends on a whole second of the local clock, which another
/// clock would have cut elsewhere.
fn ended_there(offset: Offset, judged: Judged) -> Blame {
    let past = judged.past_end.map(|past| match judged.refusal.shape {
        Shape::Provider => past,
        _ => past.later(offset),
    });
    ends(error(offset, Direction::Behind), past, SHORTEST_LIFETIME, WHOLE_SECOND)
}

/// The local side judged what another party made.
fn ended_here(offset: Offset, judged: Judged) -> Blame {
    let past = judged.past_end.map(|past| match judged.refusal.shape {
        Shape::Provider => past.later(offset.reversed()),
        _ => past,
    });
    ends(error(offset, Direction::Ahead), past, SHORTEST_LIFETIME, Span::ZERO)
}

/// The end of a bearer token has passed, which another party may have made. Then the local clock plays a
/// part only if the local side judges; `made_here` is its part if it made the token itself.
fn ended_bearer(offset: Offset, judged: Judged, made_here: Blame) -> Blame {
    let innocent = Blame::Innocent(Certainty::Likely);
    let judged_there = judged.refusal.shape == Shape::Provider;
    match (made_here, judged.past_end) {
        (Blame::Wrong(_), _) if offset.distance() >= PLAIN_ERROR => Blame::Wrong(Certainty::Likely),
        (_, Some(_)) if judged_there => innocent,
        (_, Some(_)) => innocent.or(ended_here(offset, judged)),
        (Blame::Wrong(_), None) => Blame::Open,
        (blame, None) => blame,
    }
}
