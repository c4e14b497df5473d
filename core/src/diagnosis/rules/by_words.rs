//! Rules for texts that have no two times to compare, or none of the local clock.

use super::outcome::{Ground, Outcome};
use super::view::View;
use crate::diagnosis::cause::{Cause, Certainty, Decider};
use crate::diagnosis::fold::reasons::Length;
use crate::diagnosis::fold::refusal::Shape;
use crate::diagnosis::report::ZoneKnowledge;
use crate::diagnosis::reservation::Assumption;
use crate::evidence::Says;
use crate::time::{Direction, Offset, Span};

impl View<'_> {
    /// The servers that share a name differ. If each of them is farther from the local clock than
    /// from the others, and calls fail for that reason, the local clock has to be set first.
    pub(crate) fn nodes_differ(&self) -> Option<Outcome> {
        let nodes = self.totals.nodes.apart()?;
        let ours = self.clock_off().filter(|_| nodes.distance() > nodes.spread());
        match ours.zip(nodes.hull()) {
            Some((ours, offset)) => Some(ours.with(offset).by(Ground::Nodes)),
            None => Some(Outcome::found(Cause::PeerClocks, Certainty::Proven).by(Ground::Nodes)),
        }
    }

    /// Two clocks differ and the local clock plays no part.
    pub(crate) fn others_differ(&self) -> Option<Outcome> {
        let totals = self.totals;
        let likely = |cause| Outcome::found(cause, Certainty::Likely);
        if totals.reasons.dates_go_back {
            return Some(likely(Cause::RemoteClock).assuming(Assumption::NotCached));
        }
        // A clock that was set in between runs back, or several write the text.
        if totals.zoned.refused_after_right() && !totals.several_clocks {
            return Some(likely(Cause::RemoteClock).assuming(Assumption::OtherServersRight));
        }
        if totals.reasons.others_token {
            return Some(likely(Cause::PeerClocks).assuming(Assumption::OthersToken));
        }
        let proven = Outcome::found(Cause::PeerClocks, Certainty::Proven);
        if totals.reasons.peers_differ {
            return Some(totals.one_sided.offset.map_or(proven, |offset| proven.with(offset)));
        }
        if let Some(past) = totals.reasons.fresh_ends {
            return Some(self.ended_when_new(past));
        }
        let asked = totals.hosts.differ() && totals.refusals > 0;
        let proven = proven.by(Ground::Hosts);
        asked.then(|| totals.hosts.guest_offset().map_or(proven, |offset| proven.with(offset)))
    }

    // Tokens that were new had ended by the local clock, so it is ahead of the issuer's by more than that.
    fn ended_when_new(&self, past: Length) -> Outcome {
        let likely =
            |cause| Outcome::found(cause, Certainty::Likely).assuming(Assumption::NewToken);
        let ahead = Offset::at_most(-past.least.max(Span::from_micros(1)));
        match self.offset() {
            // The host agrees with a server, so the issuer is behind.
            Some(offset) if offset.contains(Span::ZERO) => likely(Cause::RemoteClock),
            Some(offset) if offset.intersect(ahead).is_some() => {
                likely(Cause::LocalClock).with(offset.intersect(ahead).unwrap_or(ahead))
            }
            // The judge may be a server.
            _ if self.shape() == Shape::Open => likely(Cause::PeerClocks).with(ahead),
            _ => likely(Cause::LocalClock).with(ahead),
        }
    }

    /// Only a clock can make a token come from the future, but it often stays open which clock. A
    /// page that lists refusals, or says both "not yet" and "no longer", is no such proof.
    pub(crate) fn blamed_by_words(&self) -> Option<Outcome> {
        let totals = self.totals;
        let too_long = totals.reasons.over_lifetime.is_some() || totals.reasons.long_lifetime;
        if too_long || self.says() == Some(Says::Lifetime) {
            return Some(Outcome::cleared(Cause::Lifetime, Certainty::Likely));
        }
        if totals.reasons.naive_time && self.is_about_time() {
            return Some(Outcome::cleared(Cause::TimeZone, Certainty::Likely));
        }
        let found = |cause| Outcome::found(cause, Certainty::Weak);
        match self.says() {
            Some(Says::ClockBehind) => {
                return Some(found(Cause::LocalClock).towards(Direction::Behind));
            }
            Some(Says::ClockAhead) => {
                return Some(found(Cause::LocalClock).towards(Direction::Ahead));
            }
            _ => {}
        }
        if self.says() == Some(Says::Skewed) && self.shape() == Shape::Peers {
            return Some(found(Cause::PeerClocks));
        }
        if totals.says_early && totals.says_late {
            return None;
        }
        match (self.says()?, self.shape()) {
            // The judge is this host, whose clock has not reached the start.
            (Says::CertificateNotYet, _) => {
                Some(found(Cause::LocalClock).towards(Direction::Behind))
            }
            (Says::NotYet, Shape::Provider) if self.judges_us() => {
                Some(found(Cause::LocalClock).towards(Direction::Ahead))
            }
            _ if !totals.happened => None,
            (Says::NotYet, Shape::Provider) => Some(found(Cause::PeerClocks)),
            (Says::NotYet, Shape::Us) if !totals.several_clocks => {
                Some(found(Cause::PeerClocks).towards(Direction::Behind))
            }
            (Says::NotYet, _) => Some(found(Cause::PeerClocks)),
            _ => None,
        }
    }

    /// The text decides nothing; returns the evidence that would.
    pub(crate) fn open(&self) -> Outcome {
        let zone_open = self.known.is_some_and(|known| known.zone == ZoneKnowledge::Unknown);
        let outcome = match self.says() {
            None if self.totals.shown.has_failure() => Outcome::open(Decider::ServerDate),
            None => Outcome::open(Decider::FailedCall),
            Some(_) if self.contradicts_token() => Outcome::open(Decider::TokenTimes),
            Some(Says::CertificateEnded | Says::CertificateWindow) => {
                Outcome::open(Decider::CertificateDates)
            }
            Some(_) if zone_open => Outcome::open(Decider::LogZone),
            Some(_) => Outcome::open(Decider::ServerDate),
        };
        outcome.stating(self.offset())
    }
}
