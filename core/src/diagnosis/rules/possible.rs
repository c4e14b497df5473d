//! The readings that an undecided text leaves possible.

use super::outcome::Outcome;
use super::view::{LARGEST_TOLERANCE, View};
use crate::diagnosis::cause::Cause;
use crate::diagnosis::fold::refusal::Shape;
use crate::diagnosis::report::ZoneKnowledge;
use crate::diagnosis::reservation::Possibility;
use crate::evidence::Says;
use crate::time::{Direction, Span};

/// The possibilities of one refusal.
type Left = heapless::Vec<Possibility, 12>;

impl View<'_> {
    /// The readings that remain if `outcome` is undetermined; none if nothing was refused.
    pub(crate) fn possibilities(&self, outcome: &Outcome) -> Left {
        let mut left = Left::new();
        if outcome.cause != Cause::Undetermined {
            return left;
        }
        let all = if self.contradicts_token() { CONTRADICTED } else { ALL };
        for &possibility in all {
            if self.is_possible(possibility) {
                let _ = left.push(possibility);
            }
        }
        left
    }

    fn is_possible(&self, possibility: Possibility) -> bool {
        let totals = self.totals;
        let Some(says) = self.says() else {
            return totals.shown.has_failure() && self.explains_failure(possibility);
        };
        // A page or a log with both kinds of refusals.
        let ends = ends_late(says) || totals.says_late;
        let begins = begins_early(says) || totals.says_early;
        let is_certificate = says.is_about_certificate();
        // The side whose clock lets things end too early if it is ahead.
        let (judged_there, judged_here) = self.judges();
        let behind = (ends && judged_there) || (begins && judged_here) || says == Says::ClockBehind;
        let ahead = (ends && judged_here) || (begins && judged_there) || says == Says::ClockAhead;
        match possibility {
            Possibility::LocalBehind => self.may_be_wrong(Direction::Behind, behind),
            Possibility::LocalAhead => self.may_be_wrong(Direction::Ahead, ahead),
            Possibility::OtherAhead => {
                behind && !is_certificate && self.issuer_may_differ(Direction::Behind)
            }
            Possibility::OtherBehind => {
                ahead && !is_certificate && self.issuer_may_differ(Direction::Ahead)
            }
            Possibility::Expired => ends && !is_certificate && says != Says::TooFar,
            Possibility::LateRequest => {
                ends && !is_certificate && judged_there && !totals.reasons.is_bearer
            }
            Possibility::StartsLater => {
                matches!(says, Says::NotYet | Says::Window)
                    || (totals.says_early && !is_certificate)
            }
            Possibility::Lifetime => matches!(says, Says::TooFar | Says::Lifetime),
            Possibility::Certificate => is_certificate,
            Possibility::LogZone => self.is_right_in_another_zone(),
            Possibility::OtherReason => {
                matches!(says, Says::Refused | Says::Unfit | Says::Malformed | Says::Fact)
            }
            Possibility::OtherToken | Possibility::OtherNode | Possibility::Verifier => {
                self.contradicts_token()
            }
        }
    }

    /// A failure in unknown words may have any reason.
    fn explains_failure(&self, possibility: Possibility) -> bool {
        match possibility {
            Possibility::LocalBehind => self.may_be_off(Direction::Behind),
            Possibility::LocalAhead => self.may_be_off(Direction::Ahead),
            Possibility::OtherReason => true,
            _ => false,
        }
    }

    /// Whether the other side and the local side may have judged.
    fn judges(&self) -> (bool, bool) {
        let is_certificate = self.says().is_some_and(Says::is_about_certificate);
        match self.shape() {
            _ if is_certificate => (false, true),
            Shape::Provider => (true, false),
            Shape::Us => (false, true),
            Shape::Peers | Shape::Open => (true, true),
        }
    }

    /// Whether the local clock may be wrong in this direction, which may explain the refusal.
    fn may_be_wrong(&self, way: Direction, explains: bool) -> bool {
        (explains && self.may_be_off(way)) || self.may_be_far(way)
    }

    /// Whether the text leaves it possible that the local clock is off in this direction.
    fn may_be_off(&self, way: Direction) -> bool {
        let utc = self.totals.measurements.utc();
        self.may_differ(way) && utc.is_none_or(|utc| reaches(utc.least(), utc.most(), way))
    }

    /// The same, whichever of the two clocks is wrong.
    fn may_differ(&self, way: Direction) -> bool {
        let Some(known) = self.known.filter(|known| !known.is_modulo_year()) else { return true };
        let mut readings = known.readings();
        readings.any(|offset| reaches(offset.least(), offset.most(), way))
    }

    /// The same of the other side. A token that is judged here may be that of a third clock, about which
    /// the two say nothing.
    fn issuer_may_differ(&self, way: Direction) -> bool {
        self.shape() == Shape::Us || self.may_differ(way)
    }

    /// Whether the local clock may be off by so much that this is a fault, whatever was refused.
    fn may_be_far(&self, way: Direction) -> bool {
        let utc = self.totals.measurements.utc();
        let Some(known) = self.known.filter(|_| utc.is_none()) else { return false };
        let mut readings = known.readings();
        readings.any(|offset| match way {
            Direction::Behind => offset.least() > LARGEST_TOLERANCE,
            Direction::Ahead => offset.most() < -LARGEST_TOLERANCE,
        })
    }

    /// The clock is wrong if the stamps are in UTC, and right in some other zone.
    fn is_right_in_another_zone(&self) -> bool {
        self.known.is_some_and(|known| {
            known.zone == ZoneKnowledge::Unknown
                && known.if_utc.is_none_or(|utc| !utc.contains(Span::ZERO))
                && known.readings().any(|offset| offset.contains(Span::ZERO))
        })
    }
}

const ALL: &[Possibility] = &[
    Possibility::LocalBehind,
    Possibility::LocalAhead,
    Possibility::OtherBehind,
    Possibility::OtherAhead,
    Possibility::Expired,
    Possibility::LateRequest,
    Possibility::StartsLater,
    Possibility::Lifetime,
    Possibility::Certificate,
    Possibility::LogZone,
    Possibility::OtherReason,
];

const CONTRADICTED: &[Possibility] =
    &[Possibility::OtherToken, Possibility::OtherNode, Possibility::Verifier];

/// Whether an offset between these ends may be in this direction.
fn reaches(least: Span, most: Span, way: Direction) -> bool {
    match way {
        Direction::Behind => most > Span::ZERO,
        Direction::Ahead => least < Span::ZERO,
    }
}

/// Whether these words may mean that an end has passed at the judge.
const fn ends_late(says: Says) -> bool {
    matches!(
        says,
        Says::Expired
            | Says::Window
            | Says::Skewed
            | Says::Refused
            | Says::CertificateEnded
            | Says::CertificateWindow
    )
}

/// Whether these words may mean that the judge's clock is too early for what it judged.
const fn begins_early(says: Says) -> bool {
    matches!(
        says,
        Says::NotYet
            | Says::Window
            | Says::Skewed
            | Says::TooFar
            | Says::Refused
            | Says::CertificateNotYet
            | Says::CertificateWindow
    )
}
