//! From the folded evidence to a cause.
//!
//! The rules are tried in order, and the first that applies decides. Times come before words: a
//! clock is called wrong only where two times cannot both be right, or where the words leave no
//! other reading.

use super::known::{Basis, Known};
use super::remedy::remedies;
use super::report::{
    Cause, Certainty, ClockFault, Decider, Diagnosis, Direction, Reading, ZoneKnowledge,
};
use super::totals::{Refusal, Shape, Totals};
use super::zone::looks_like_zone;
use crate::evidence::{Judge, Says};
use crate::offset::Offset;
use crate::time::Span;

/// A clock within this of right explains no expired token: nobody grants shorter lifetimes.
const SHORTEST_LIFETIME: Span = Span::from_secs(30);
/// A clock within this of right is called right.
const RIGHT: Span = Span::from_secs(60);
/// A refusal that has many reasons is blamed on a clock from this error on.
const PLAIN_ERROR: Span = Span::from_secs(60);
/// A time service's step from this size on is a fault even where no refusal is in the text.
const PLAIN_STEP: Span = Span::from_secs(10);
/// A smaller step is the daily work of a time service.
const LEAST_STEP: Span = Span::from_secs(1);

/// The conclusion before it is dressed for a report.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    pub(crate) cause: Cause,
    pub(crate) fault: ClockFault,
    pub(crate) certainty: Certainty,
    pub(crate) direction: Option<Direction>,
    pub(crate) offset: Option<Offset>,
    pub(crate) decider: Option<Decider>,
}

impl Outcome {
    const fn new(cause: Cause, fault: ClockFault, certainty: Certainty) -> Self {
        Self { cause, fault, certainty, direction: None, offset: None, decider: None }
    }

    const fn cleared(cause: Cause, certainty: Certainty) -> Self {
        Self::new(cause, ClockFault::Cleared, certainty)
    }

    const fn found(cause: Cause, certainty: Certainty) -> Self {
        Self::new(cause, ClockFault::Found, certainty)
    }

    const fn open(decider: Decider) -> Self {
        let outcome = Self::new(Cause::Undetermined, ClockFault::Open, Certainty::Weak);
        Self { decider: Some(decider), ..outcome }
    }

    fn with(self, offset: Offset) -> Self {
        Self { offset: Some(offset), direction: direction(offset), ..self }
    }

    const fn towards(self, direction: Direction) -> Self {
        Self { direction: Some(direction), ..self }
    }
}

/// Which way a clock with this offset is off, if that is certain.
fn direction(offset: Offset) -> Option<Direction> {
    if offset.least() > Span::ZERO {
        Some(Direction::Behind)
    } else if offset.most() < Span::ZERO {
        Some(Direction::Ahead)
    } else {
        None
    }
}

/// The evidence as the rules see it.
pub(crate) struct View<'t> {
    pub(crate) totals: &'t Totals,
    pub(crate) known: Option<Known>,
}

/// Says what `totals` prove.
pub(crate) fn conclude(totals: &Totals, lines: u64) -> Diagnosis {
    let view = View { totals, known: Known::of(totals) };
    let outcome = view.outcome();
    let shown = view.known.filter(|_| outcome.offset.is_none());
    let offset = outcome
        .offset
        .or(shown.map(|known| known.offset))
        .filter(|offset| *offset != Offset::UNKNOWN);
    let narrow = view.known.filter(|known| known.offset == offset.unwrap_or(Offset::UNKNOWN));
    Diagnosis {
        cause: outcome.cause,
        fault: outcome.fault,
        direction: outcome.direction,
        certainty: outcome.certainty,
        offset,
        offset_if_utc: narrow.and_then(|known| known.if_utc),
        zone: view.known.map_or(ZoneKnowledge::Stated, |known| known.zone),
        reading: view.reading(),
        drift: totals.zoned.drift().or(totals.zoneless.drift()),
        evidence: totals.evidence.clone(),
        remedies: remedies(&view, &outcome),
        decider: outcome.decider,
        refusals: totals.refusals,
        lines,
    }
}

impl View<'_> {
    fn outcome(&self) -> Outcome {
        self.unset()
            .or_else(|| self.stepped())
            .or_else(|| self.wrong_claims())
            .or_else(|| self.others_differ())
            .or_else(|| self.own_token())
            .or_else(|| self.clock_off())
            .or_else(|| self.clock_right())
            .or_else(|| self.past_here())
            .or_else(|| self.signed_long_ago())
            .unwrap_or_else(|| self.by_words())
    }

    fn says(&self) -> Option<Says> {
        self.totals.refusal.map(|refusal| refusal.row.says)
    }

    fn shape(&self) -> Shape {
        self.totals.refusal.map_or(Shape::Open, |refusal| refusal.shape)
    }

    /// Whether only a provider prints these words, about what its client made.
    fn judges_us(&self) -> bool {
        self.totals.refusal.is_some_and(|refusal| refusal.row.judge == Judge::Provider)
    }

    /// One moment on both clocks.
    fn reading(&self) -> Option<Reading> {
        let known = self.known.filter(|known| known.basis == Basis::Pairs)?;
        let totals = self.totals;
        let track =
            if totals.zoned.samples().is_empty() { &totals.zoneless } else { &totals.zoned };
        let sample =
            track.samples().iter().find(|sample| sample.refused).or(track.samples().first())?;
        let narrow = known.if_utc.unwrap_or(sample.offset);
        Some(Reading { local: sample.at - narrow.least(), reference: sample.at })
    }

    /// Stamps from 1970 beside a failure: the clock was never set.
    fn unset(&self) -> Option<Outcome> {
        let applies = self.totals.unset && self.totals.refusals > 0;
        let outcome = Outcome::found(Cause::ClockUnset, Certainty::Proven);
        let behind = self.known.filter(|known| known.offset.least() > Span::ZERO);
        applies.then(|| match behind {
            Some(known) => outcome.with(known.offset),
            None => Outcome { offset: Some(Offset::UNKNOWN), ..outcome.towards(Direction::Behind) },
        })
    }

    /// A time service has measured the error.
    fn stepped(&self) -> Option<Outcome> {
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

    /// Claims that no clock can mend.
    fn wrong_claims(&self) -> Option<Outcome> {
        let reasons = &self.totals.reasons;
        if reasons.wrong_unit {
            return Some(Outcome::cleared(Cause::Units, Certainty::Proven));
        }
        let malformed = self.says() == Some(Says::Malformed);
        let certainty = if reasons.text_claim { Certainty::Proven } else { Certainty::Likely };
        (malformed || reasons.text_claim).then(|| Outcome::cleared(Cause::NotClock, certainty))
    }

    /// Two clocks differ and the local one plays no part.
    fn others_differ(&self) -> Option<Outcome> {
        let reasons = &self.totals.reasons;
        if reasons.dates_go_back {
            let outcome = Outcome::found(Cause::RemoteClock, Certainty::Likely);
            return Some(Outcome { offset: Some(Offset::UNKNOWN), ..outcome });
        }
        if reasons.others_token {
            let outcome = Outcome::found(Cause::PeerClocks, Certainty::Likely);
            return Some(Outcome { offset: Some(Offset::UNKNOWN), ..outcome });
        }
        if reasons.peers_differ {
            let outcome = Outcome::found(Cause::PeerClocks, Certainty::Proven);
            return Some(self.totals.one_sided.map_or(outcome, |offset| outcome.with(offset)));
        }
        if self.totals.hosts.differ() && self.totals.refusals > 0 {
            let outcome = Outcome::found(Cause::PeerClocks, Certainty::Proven);
            return Some(match self.totals.hosts.guest_offset() {
                Some(offset) => outcome.with(offset),
                None => Outcome { offset: Some(Offset::UNKNOWN), ..outcome },
            });
        }
        let remote = self.totals.zoned.refused_after_right();
        remote.then(|| Outcome {
            offset: Some(Offset::UNKNOWN),
            ..Outcome::found(Cause::RemoteClock, Certainty::Likely)
        })
    }

    /// Who announced the end is who judged it: no second clock exists.
    fn own_token(&self) -> Option<Outcome> {
        let applies = self.totals.reasons.own_token;
        applies.then(|| Outcome::cleared(Cause::Expired, Certainty::Proven))
    }

    /// Two times that cannot both be right, and a refusal that this explains.
    fn clock_off(&self) -> Option<Outcome> {
        let known = self.known.filter(Known::is_off)?;
        let refusal = self.totals.refusal?;
        if !self.explains(&known, refusal) || (known.basis == Basis::Signing && self.is_at_limit())
        {
            return None;
        }
        let cause = if looks_like_zone(known.offset) { Cause::TimeZone } else { Cause::LocalClock };
        let certainty = match known.basis {
            Basis::Pairs => Certainty::Proven,
            Basis::Signing | Basis::OneSided => Certainty::Likely,
        };
        Some(Outcome::found(cause, certainty).with(known.offset))
    }

    /// Whether a clock that is off like this gets this refusal.
    fn explains(&self, known: &Known, refusal: Refusal) -> bool {
        let behind = known.offset.least() > Span::ZERO;
        let judged_us = match refusal.shape {
            Shape::Provider => Some(true),
            Shape::Us => Some(false),
            Shape::Peers | Shape::Open => None,
        };
        let ends_early = match self.totals.reasons.past_end {
            Some(past) => known.largest_error() >= past,
            None => known.least_error() >= SHORTEST_LIFETIME,
        };
        match refusal.row.says {
            Says::Expired => judged_us.is_none_or(|us| us == behind) && ends_early,
            Says::NotYet => judged_us.is_none_or(|us| us != behind),
            Says::TooFar => !behind,
            Says::Window => !behind || ends_early,
            Says::Skewed => true,
            Says::Refused => known.least_error() >= PLAIN_ERROR,
            Says::CertificateNotYet => behind,
            Says::CertificateEnded => !behind,
            Says::CertificateWindow => known.least_error() >= PLAIN_ERROR,
            Says::Lifetime | Says::Malformed | Says::Step | Says::Unset | Says::Fact => false,
        }
    }

    /// The clock is right, so the refusal has another reason.
    fn clock_right(&self) -> Option<Outcome> {
        let known = self.known?;
        let within = match known.basis {
            Basis::Pairs => known.largest_error() <= RIGHT,
            // An assertion made within the same minute shows both clocks agreeing.
            Basis::Signing => Span::ZERO <= known.offset.most() && known.offset.most() <= RIGHT,
            Basis::OneSided => false,
        };
        if !within {
            return None;
        }
        let certainty =
            if known.basis == Basis::Pairs { Certainty::Proven } else { Certainty::Likely };
        let offset = if known.basis == Basis::Pairs {
            known.offset
        } else {
            known.offset.intersect(Offset::between(-RIGHT, RIGHT)?)?
        };
        let outcome = self.reason(certainty);
        Some(Outcome { offset: Some(offset), ..outcome })
    }

    /// Why a call with a right clock was refused.
    fn reason(&self, certainty: Certainty) -> Outcome {
        let reasons = &self.totals.reasons;
        if reasons.over_lifetime.is_some() {
            return Outcome::cleared(Cause::Lifetime, certainty);
        }
        if reasons.zone_in_code {
            return Outcome::cleared(Cause::TimeZone, certainty);
        }
        let was_late = self.totals.signing.offset().is_some_and(|age| age.most() > RIGHT);
        match self.says() {
            Some(Says::Expired | Says::Skewed | Says::Window) if was_late => {
                Outcome::cleared(Cause::LateRequest, certainty)
            }
            Some(Says::Expired | Says::Window) => Outcome::cleared(Cause::Expired, certainty),
            Some(Says::Lifetime | Says::TooFar) => Outcome::cleared(Cause::Lifetime, certainty),
            Some(Says::CertificateEnded | Says::CertificateNotYet | Says::CertificateWindow) => {
                Outcome::cleared(Cause::ServerCertificate, certainty)
            }
            Some(Says::NotYet) if self.shape() == Shape::Us => {
                Outcome::found(Cause::RemoteClock, certainty)
            }
            Some(Says::Skewed) => Outcome::open(Decider::OwnStamp),
            _ => Outcome::cleared(Cause::NotClock, certainty),
        }
    }

    /// The provider and our own clock agree that the end has passed.
    fn past_here(&self) -> Option<Outcome> {
        let outcome = Outcome::cleared(Cause::Expired, Certainty::Likely);
        let applies = self.totals.reasons.past_here;
        applies.then_some(Outcome { offset: Some(Offset::UNKNOWN), ..outcome })
    }

    fn is_at_limit(&self) -> bool {
        const IN_BULK: u32 = 3;
        self.totals.reasons.at_limit >= IN_BULK
    }

    /// Only the age of the signature is known: late, or made by a slow clock.
    fn signed_long_ago(&self) -> Option<Outcome> {
        let known = self.known.filter(|known| known.basis == Basis::Signing)?;
        if self.is_at_limit() {
            let outcome = Outcome::cleared(Cause::LateRequest, Certainty::Likely);
            return Some(Outcome { offset: Some(Offset::UNKNOWN), ..outcome });
        }
        let constant = self.totals.signing.is_constant(Span::from_secs(2), Span::from_secs(5));
        let age = known.offset.most();
        if constant && age > SHORTEST_LIFETIME {
            let offset = Offset::between(age - PLAIN_ERROR, age)?;
            return Some(Outcome::found(Cause::LocalClock, Certainty::Likely).with(offset));
        }
        Some(Outcome { offset: Some(known.offset), ..Outcome::open(Decider::OwnStamp) })
    }

    /// Nothing but a clock makes a token come from the future; whose clock often stays open. A
    /// page that lists refusals, or says both "not yet" and "no longer", is no such proof.
    fn blamed_by_words(&self) -> Option<Outcome> {
        let totals = self.totals;
        let found = |cause| Outcome::found(cause, Certainty::Weak);
        if self.says() == Some(Says::Skewed) && self.shape() == Shape::Peers {
            return Some(found(Cause::PeerClocks));
        }
        if !totals.happened || (totals.says_early && totals.says_late) {
            return None;
        }
        match (self.says()?, self.shape()) {
            (Says::NotYet, Shape::Provider) if self.judges_us() => {
                Some(found(Cause::LocalClock).towards(Direction::Ahead))
            }
            (Says::NotYet, Shape::Provider) => Some(found(Cause::PeerClocks)),
            (Says::NotYet, _) => Some(found(Cause::PeerClocks).towards(Direction::Behind)),
            (Says::CertificateNotYet, _) => {
                Some(found(Cause::LocalClock).towards(Direction::Behind))
            }
            _ => None,
        }
    }

    /// No two times stand against each other.
    fn by_words(&self) -> Outcome {
        if self.totals.reasons.over_lifetime.is_some() {
            return Outcome::cleared(Cause::Lifetime, Certainty::Likely);
        }
        if let Some(outcome) = self.blamed_by_words() {
            return outcome;
        }
        match (self.says(), self.shape()) {
            (None, _) => Outcome::open(Decider::FailedCall),
            (Some(Says::Lifetime), _) => Outcome::cleared(Cause::Lifetime, Certainty::Likely),
            (Some(Says::CertificateEnded | Says::CertificateWindow), _) => {
                Outcome::open(Decider::CertificateDates)
            }
            (Some(Says::Expired | Says::Window), _)
                if self.known.is_none_or(|k| k.if_utc.is_none()) =>
            {
                Outcome::open(Decider::ServerDate)
            }
            _ if self.known.is_some_and(|known| known.if_utc.is_some()) => {
                Outcome::open(Decider::LogZone)
            }
            _ => Outcome::open(Decider::ServerDate),
        }
    }
}
