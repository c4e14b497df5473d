//! Rules that clear the clock because the refusal has another reason.

use super::explained::{Blame, SHORTEST_LIMIT, is_nearly_right};
use super::known::{Basis, Known};
use super::outcome::{Ground, Outcome};
use super::view::{PLAIN_ERROR, RIGHT, View};
use crate::diagnosis::cause::{Cause, Certainty, Decider};
use crate::diagnosis::fold::refusal::{Retry, Shape};
use crate::diagnosis::reservation::Assumption;
use crate::evidence::Says;
use crate::time::Direction;
use crate::time::Offset;
use crate::time::Span;

impl View<'_> {
    /// Claims that no clock can correct.
    pub(crate) fn wrong_claims(&self) -> Option<Outcome> {
        let reasons = &self.totals.reasons;
        if reasons.wrong_unit {
            let outcome = Outcome::cleared(Cause::Units, Certainty::Proven).by(Ground::Claims);
            return Some(outcome.stating(self.offset()));
        }
        let malformed = self.says() == Some(Says::Malformed);
        let certainty = if reasons.text_claim { Certainty::Proven } else { Certainty::Likely };
        let outcome = Outcome::cleared(Cause::NotClock, certainty).by(Ground::Claims);
        let outcome = outcome.stating(self.offset()).assuming(Assumption::StatedReason);
        // A tool may print the instants of a good token as strings.
        let text_claim = reasons.text_claim && !self.is_about_time();
        (malformed || text_claim).then_some(outcome)
    }

    /// Words that no clock explains, whether or not the clocks are right.
    pub(crate) fn unfit(&self) -> Option<Outcome> {
        let outcome = Outcome::cleared(Cause::NotClock, Certainty::Likely);
        let outcome = outcome.assuming(Assumption::StatedReason);
        let applies = self.says() == Some(Says::Unfit);
        applies.then(|| self.clock_right().unwrap_or(outcome.stating(self.offset())))
    }

    /// The judge itself had announced the end, so there is no second clock.
    pub(crate) fn own_token(&self) -> Option<Outcome> {
        let applies = self.totals.reasons.own_token;
        let outcome = Outcome::cleared(Cause::Expired, Certainty::Proven).by(Ground::Announced);
        applies.then(|| outcome.stating(self.offset()))
    }

    /// A right clock would have been refused as well, so the refusal has another reason.
    pub(crate) fn clock_right(&self) -> Option<Outcome> {
        let known = self.known?;
        match known.basis {
            Basis::Utc => self.right_by_utc(known.offset),
            Basis::Pairs | Basis::Measured => match self.blame(&known) {
                Blame::Innocent(certainty) => Some(self.reason(certainty).stating(self.offset())),
                _ if self.totals.refusal.is_none() => self.nothing_refused(&known),
                _ => self.slightly_off(&known),
            },
            // An assertion made within the same minute shows that both clocks agree.
            Basis::Signing => {
                let age = known.offset.most();
                let agree = Offset::between(-PLAIN_ERROR, age)?;
                let within = Span::ZERO <= age && age <= PLAIN_ERROR;
                let blame = self.blame(&known.at(agree));
                let innocent = within && matches!(blame, Blame::Innocent(_));
                let reason = self.reason(Certainty::Likely).assuming(Assumption::NoDelay);
                innocent.then(|| reason.stating(Some(agree)))
            }
            Basis::OneSided => None,
        }
    }

    /// Nothing was refused, and the clock is right.
    fn nothing_refused(&self, known: &Known) -> Option<Outcome> {
        let outcome = Outcome::cleared(Cause::NotClock, Certainty::Likely);
        let reasons = &self.totals.reasons;
        // Failures in unknown words may be refusals of what had just begun or ended.
        let may_be_refused = reasons.is_unrefused_outside
            || (reasons.is_unrefused_new && self.totals.shown.has_failure());
        let is_right = is_nearly_right(known.offset) && !may_be_refused;
        // A clock that was set in the course of the text was wrong before or after that.
        let is_right = is_right && Known::pairs(self.totals).is_constant_offset();
        is_right.then(|| outcome.stating(Some(known.offset)))
    }

    /// Something had not begun at the judge. The clocks agree to about a second, and less than that
    /// explains it.
    fn slightly_off(&self, known: &Known) -> Option<Outcome> {
        let reasons = &self.totals.reasons;
        let agree = known.offset.most() <= PLAIN_ERROR && known.offset.least() >= -PLAIN_ERROR;
        if self.says() != Some(Says::NotYet) || !agree {
            return None;
        }
        let likely = |cause| Outcome::found(cause, Certainty::Likely);
        let cleared = |cause| Outcome::cleared(cause, Certainty::Likely);
        let outcome = match self.shape() {
            Shape::Us => likely(Cause::LocalClock)
                .towards(Direction::Behind)
                .assuming(Assumption::StartWhenMade),
            _ if reasons.zone_in_code => cleared(Cause::TimeZone),
            _ if reasons.starts_later => cleared(Cause::NotClock).assuming(Assumption::SameToken),
            // The clock that judged is not the one that the answer shows.
            _ if reasons.has_begun => Outcome::open(Decider::ServerDate),
            Shape::Provider => self.early(),
            _ => return None,
        };
        Some(outcome.stating(Some(known.offset)))
    }

    /// A time service shows that the local clock is right, and the text has no time of the server.
    fn right_by_utc(&self, utc: Offset) -> Option<Outcome> {
        let reasons = &self.totals.reasons;
        let allowed = if self.totals.refusals == 0 { RIGHT } else { PLAIN_ERROR };
        let right = utc.most().max(-utc.least()) <= allowed;
        let there = self.shape() == Shape::Provider;
        let outcome = if there && reasons.valid_here {
            Outcome::found(Cause::RemoteClock, Certainty::Likely).assuming(Assumption::SameToken)
        } else if there && self.says() == Some(Says::TooFar) && !reasons.long_lifetime {
            Outcome::open(Decider::ServerDate)
        } else if there && !reasons.past_here {
            self.reason(Certainty::Likely)
        } else {
            self.reason(Certainty::Proven)
        };
        right.then(|| outcome.stating(Some(utc)))
    }

    /// Returns the reason why a call with a right clock was refused.
    fn reason(&self, certainty: Certainty) -> Outcome {
        let reasons = &self.totals.reasons;
        if reasons.over_lifetime.is_some() {
            return Outcome::cleared(Cause::Lifetime, certainty);
        }
        if reasons.zone_in_code || (reasons.naive_time && self.is_about_time()) {
            return Outcome::cleared(Cause::TimeZone, certainty);
        }
        let was_late = reasons.is_signature && self.was_signed_long_ago();
        match self.says() {
            Some(Says::Expired | Says::Skewed | Says::Window) if was_late => {
                Outcome::cleared(Cause::LateRequest, certainty)
            }
            Some(Says::Expired | Says::Window) => Outcome::cleared(Cause::Expired, certainty),
            Some(Says::Lifetime | Says::TooFar) => Outcome::cleared(Cause::Lifetime, certainty),
            Some(Says::CertificateEnded | Says::CertificateNotYet | Says::CertificateWindow) => {
                Outcome::cleared(Cause::ServerCertificate, certainty)
            }
            // The two clocks are those of the issuer and of the server that was asked.
            Some(Says::NotYet) if self.shape() == Shape::Us => {
                Outcome::found(Cause::RemoteClock, Certainty::Likely)
                    .assuming(Assumption::StartWhenMade)
            }
            Some(Says::NotYet) if reasons.starts_later => {
                Outcome::cleared(Cause::NotClock, certainty).assuming(Assumption::SameToken)
            }
            // The clock that judged is not the one that the answer shows.
            Some(Says::NotYet) => Outcome::open(Decider::ServerDate),
            Some(Says::Skewed) => Outcome::open(Decider::OwnStamp),
            _ => Outcome::cleared(Cause::NotClock, certainty),
        }
    }

    fn was_signed_long_ago(&self) -> bool {
        let by_server = self.totals.signing.offset().is_some_and(|age| age.most() > PLAIN_ERROR);
        by_server
            || self
                .totals
                .reasons
                .aged
                .is_some_and(|(age, limit)| age.least > limit.unwrap_or(SHORTEST_LIMIT))
    }

    /// Only a clock can make a token come from the future.
    fn early(&self) -> Outcome {
        let utc = self.totals.measurements.utc();
        if utc.is_some_and(|utc| utc.contains(Span::ZERO)) {
            return Outcome::found(Cause::RemoteClock, Certainty::Likely)
                .assuming(Assumption::StartWhenMade);
        }
        let ahead = Outcome::found(Cause::LocalClock, Certainty::Likely).towards(Direction::Ahead);
        ahead.assuming(Assumption::StartWhenMade)
    }

    /// The provider and the local clock agree that the end has passed.
    pub(crate) fn past_here(&self) -> Option<Outcome> {
        let reasons = &self.totals.reasons;
        let cause = if reasons.zone_in_code { Cause::TimeZone } else { Cause::Expired };
        let outcome = Outcome::cleared(cause, Certainty::Likely).assuming(Assumption::SameToken);
        reasons.past_here.then_some(outcome)
    }

    /// The attempt with the server's own time was refused as well. If words about time give way to
    /// other words, the clock was one obstacle after all, and something else is the next one.
    pub(crate) fn refused_again(&self) -> Option<Outcome> {
        let Retry::Refused(again) = self.totals.retry else { return None };
        let gave_way = self.is_about_clock() && again.says == Says::Refused;
        let cause = match again.says {
            Says::Lifetime | Says::TooFar => Cause::Lifetime,
            _ => Cause::NotClock,
        };
        let outcome =
            Outcome::cleared(cause, Certainty::Likely).assuming(Assumption::CorrectedRetry);
        (!gave_way).then(|| outcome.stating(self.offset()))
    }

    fn is_about_clock(&self) -> bool {
        self.is_about_time() || matches!(self.says(), Some(Says::TooFar | Says::Skewed))
    }
}
