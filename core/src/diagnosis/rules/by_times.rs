//! Rules that rest on times: a clock that was never set, one that was measured, or one that
//! contradicts another.

use super::known::{Basis, Known};
use super::outcome::Outcome;
use super::view::{PLAIN_ERROR, SHORTEST_LIFETIME, View};
use crate::diagnosis::cause::{Cause, Certainty, Decider};
use crate::diagnosis::fold::refusal::{LONGEST_LIFETIME, Refusal, Shape};
use crate::evidence::Says;
use crate::time::Direction;
use crate::time::Offset;
use crate::time::Span;
use crate::time::looks_like_zone;

/// A step of a time service is a fault from this size on, even if the text has no refusal.
const PLAIN_STEP: Span = Span::from_secs(10);
/// Smaller steps are the daily work of a time service.
const LEAST_STEP: Span = Span::from_secs(1);

impl View<'_> {
    /// Stamps from 1970 next to a failure: the clock was never set.
    pub(crate) fn unset(&self) -> Option<Outcome> {
        let applies = self.totals.unset && self.totals.refusals > 0;
        let outcome = Outcome::found(Cause::ClockUnset, Certainty::Proven);
        let behind = self.offset().filter(|offset| offset.least() > Span::ZERO);
        applies.then(|| match behind {
            Some(offset) => outcome.with(offset),
            None => outcome.towards(Direction::Behind),
        })
    }

    /// A time service has measured the error.
    pub(crate) fn stepped(&self) -> Option<Outcome> {
        let step = self.totals.step?;
        let least = if self.totals.refusals > 0 { LEAST_STEP } else { PLAIN_STEP };
        if step.abs() < least {
            return None;
        }
        let margin = Span::from_millis(500);
        let offset = Offset::between(step - margin, step + margin)?;
        let cause = if looks_like_zone(offset) { Cause::TimeZone } else { Cause::LocalClock };
        Some(Outcome::found(cause, Certainty::Proven).with(offset))
    }

    /// Two times that cannot both be right, and a refusal that this explains.
    pub(crate) fn clock_off(&self) -> Option<Outcome> {
        let known = self.known.filter(Known::is_off)?;
        let refusal = self.totals.refusal?;
        if self.totals.is_page()
            || !self.explains(&known, refusal)
            || (known.basis == Basis::Signing && self.is_backlog())
        {
            return None;
        }
        // A single bound compares two clocks, and here both write the text.
        if known.basis == Basis::OneSided && self.totals.several_clocks {
            return Some(Outcome::found(Cause::PeerClocks, Certainty::Likely));
        }
        let cause = if looks_like_zone(known.offset) { Cause::TimeZone } else { Cause::LocalClock };
        let certainty = match known.basis {
            Basis::Pairs | Basis::Measured | Basis::Utc => Certainty::Proven,
            Basis::Signing | Basis::OneSided => Certainty::Likely,
        };
        Some(Outcome::found(cause, certainty).with(known.offset))
    }

    /// Returns `true` if a clock with this offset causes this refusal.
    pub(crate) fn explains(&self, known: &Known, refusal: Refusal) -> bool {
        let behind = known.offset.least() > Span::ZERO;
        let judged_us = match refusal.shape {
            Shape::Provider => Some(true),
            Shape::Us => Some(false),
            Shape::Peers | Shape::Open => None,
        };
        let ends_early = match self.totals.reasons.past_end {
            Some(past) => known.largest_error() >= past,
            None if self.totals.reasons.end_to_come => false,
            None => known.least_error() >= SHORTEST_LIFETIME,
        };
        match refusal.row.says {
            Says::Expired => judged_us.is_none_or(|us| us == behind) && ends_early,
            Says::NotYet => judged_us.is_none_or(|us| us != behind),
            Says::TooFar => !behind && !self.asks_too_long(known),
            Says::Window if behind => ends_early,
            Says::Window => !self.asks_too_long(known),
            Says::Skewed => true,
            Says::Refused => known.least_error() >= PLAIN_ERROR,
            Says::CertificateNotYet | Says::ClockBehind => behind,
            Says::CertificateEnded | Says::ClockAhead => !behind,
            Says::CertificateWindow => known.least_error() >= PLAIN_ERROR,
            Says::Lifetime
            | Says::Malformed
            | Says::Unfit
            | Says::Step
            | Says::Set
            | Says::Unset
            | Says::Fact => false,
        }
    }

    /// Returns `true` if the lifetime alone causes a refusal that an error of this size hardly
    /// does.
    fn asks_too_long(&self, known: &Known) -> bool {
        self.totals.reasons.long_lifetime && known.largest_error() < LONGEST_LIFETIME
    }

    /// Only the age of the signature is known: the request was late, or the clock that made it is
    /// behind.
    pub(crate) fn signed_long_ago(&self) -> Option<Outcome> {
        let known = self.known.filter(|known| known.basis == Basis::Signing)?;
        if self.is_backlog() {
            return Some(Outcome::cleared(Cause::LateRequest, Certainty::Likely));
        }
        let constant = self.totals.signing.is_constant(Span::from_secs(2), Span::from_secs(5));
        let age = known.offset.most();
        if constant && age > PLAIN_ERROR {
            let offset = Offset::between(age - PLAIN_ERROR, age)?;
            return Some(Outcome::found(Cause::LocalClock, Certainty::Likely).with(offset));
        }
        Some(Outcome::open(Decider::OwnStamp).stating(Some(known.offset)))
    }
}
