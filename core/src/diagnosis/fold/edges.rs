//! The bounds on the offset that follow from one edge of a validity period.

use super::exchange::Exchange;
use super::refusal::{End, Shape};
use super::totals::Totals;
use crate::diagnosis::proof::{Fact, Sum};
use crate::evidence::{ClaimTimes, Moment, Says, claim_moment};
use crate::time::Offset;
use crate::time::{EAST, Span, WEST};

const A_SECOND: Span = Span::from_secs(1);

impl Exchange<'_> {
    /// Adds what a single edge proves: one in the future, or one in the past of a token just made.
    pub(crate) fn observe_edges(&self, totals: &mut Totals) {
        match (self.shape, self.says()) {
            (Shape::Provider, Some(Says::Expired)) => self.end_ahead_of_us(totals),
            (Shape::Provider, Some(Says::TooFar)) => self.end_too_far(totals),
            (Shape::Provider, Some(Says::NotYet)) => self.ahead_of_provider(totals),
            (Shape::Provider, _) | (_, None) => {}
            (Shape::Peers, Some(Says::Skewed)) => self.apart(totals),
            (
                _,
                Some(
                    Says::NotYet | Says::Window | Says::CertificateNotYet | Says::CertificateWindow,
                ),
            ) => {
                self.start_ahead_of_us(totals);
            }
            (_, Some(Says::Expired)) => self.fresh_end_behind_us(totals),
            _ => {}
        }
    }

    /// A token starts in the local future, so the local clock is behind the issuer's by at least
    /// that much.
    fn start_ahead_of_us(&self, totals: &mut Totals) {
        let captures = &self.facts.captures;
        let start = self.stated_start().or_else(|| {
            let claims = self.judged_claims();
            claims.iat.or(claims.nbf).filter(|_| self.is_issued()).map(claim_moment)
        });
        // One program prints both times in the same zone, whichever zone that is.
        let measured = match (start, self.local()) {
            (Some(start), Some((local, zone))) if zone.is_some() == start.zone.is_some() => {
                start.as_utc().earliest() - local.after()
            }
            _ => Span::MIN,
        };
        // The resolution of both times may hide a difference that the refusal itself states.
        let says_early = matches!(self.says(), Some(Says::NotYet | Says::CertificateNotYet));
        let is_compared = says_early && self.local_now().is_some() && measured >= -A_SECOND;
        let stated = if is_compared { Span::from_micros(1) } else { Span::MIN };
        let least = captures.gap.unwrap_or(Span::MIN).max(measured).max(stated);
        if least <= Span::ZERO {
            return;
        }
        if self.shape == Shape::Peers {
            totals.reasons.peers_differ = true;
        }
        let sum = match start.filter(|_| least == measured) {
            Some(start) => {
                let start = self.facts.lines.start(start.as_utc().earliest(), &self.facts.claims);
                self.least_of(start, Span::ZERO)
            }
            None => {
                let in_words = captures.gap != Some(least);
                let fact = if in_words { Fact::Refusal } else { Fact::Difference(least) };
                self.refused_by(fact).map(|it| Sum::of(it, least))
            }
        };
        totals.one_sided.add(Offset::at_least(least), sum);
    }

    /// The provider states by how much a request comes from its future. A request is signed before
    /// it is judged, so the local clock is ahead by at least that much.
    fn ahead_of_provider(&self, totals: &mut Totals) {
        let stated = self.facts.captures.gap.filter(|gap| *gap > Span::ZERO);
        if let (Some(gap), true) = (stated, self.refused()) {
            let sum = self.refused_by(Fact::Difference(-gap)).map(|it| Sum::of(it, -gap));
            note_fault(Offset::at_most(-gap), sum, totals);
        }
    }

    /// A cluster states by how much the clocks of two of its members differ, but not which of them
    /// is ahead.
    fn apart(&self, totals: &mut Totals) {
        let stated = self.facts.captures.gap.filter(|gap| *gap > Span::ZERO);
        if let Some(gap) = stated {
            totals.reasons.peers_differ = true;
            totals.one_sided.apart(gap, self.refused_by(Fact::Difference(gap)));
        }
    }

    /// The start that the verifier itself states in its refusal, or the one of a certificate. The
    /// times of a token that the log merely quotes do not count: see [`Self::is_issued`].
    fn stated_start(&self) -> Option<Moment> {
        let captures = &self.facts.captures;
        let compares = captures.local.or(captures.now).is_some() || captures.gap.is_some();
        let states = self.facts.refusal.is_some_and(|(row, _)| {
            row.says.is_about_certificate()
                || row.words.contains("{iat}")
                || row.words.contains("{nbf}")
        });
        captures.iat.or(captures.nbf).filter(|_| compares || states)
    }

    /// Returns `true` if the refused token came from its issuer in this exchange. Anyone can send
    /// another token, with any claims, so the claims of a token that was not accepted are the time
    /// of no clock.
    fn is_issued(&self) -> bool {
        self.facts.is_delivered || self.facts.refusal.is_some_and(|(row, _)| row.is_fresh)
    }

    // In a busy log the next token may belong to any request. The refused claims are known for
    // certain only if they are in the refusal's own record, in a transcript without stamps, or in
    // what was made for the exchange.
    pub(crate) fn judged_claims(&self) -> ClaimTimes {
        let refused = self.facts.refusal.map_or(0, |(_, stamps)| stamps.line);
        let claimed = self.facts.claimed_at;
        let same_record = claimed.own.is_none() || claimed.line == refused;
        let same_record = same_record && !self.facts.is_from_before;
        if same_record || self.facts.is_made { self.facts.claims } else { ClaimTimes::NONE }
    }

    /// Returns `true` if the stamps show that `end` had not come yet, with both in the same zone.
    fn is_before(&self, end: End) -> bool {
        let reading = self.facts.refusal.and_then(|(_, stamps)| stamps.reading(self.hint()));
        reading.is_some_and(|now| now.zone.is_some() == end.in_utc && now.bracket.after() < end.at)
    }

    /// A token fetched a moment ago has expired by the local clock, so the local clock is ahead by
    /// that much.
    fn fresh_end_behind_us(&self, totals: &mut Totals) {
        let within_announced = self.facts.announced.is_some_and(|end| self.is_before(end));
        let is_fresh = (self.facts.is_fresh && !self.facts.is_from_before)
            || within_announced
            || self.facts.refusal.is_some_and(|(row, _)| row.is_fresh);
        let end = self.end();
        if let (true, Some(end), Some(local)) = (is_fresh, end, self.local_in_any_zone(totals)) {
            let by = self.facts.lines.end(end.earliest(), &self.facts.claims);
            let zone = self.zone_allowance(totals, EAST);
            let sum = self.most_of(by, end.latest() - end.earliest(), zone);
            note_fault(Offset::at_most(end.latest() - local.before()), sum, totals);
        }
    }

    /// The provider rejects an assertion as expired although its end is still ahead by the local
    /// clock.
    fn end_ahead_of_us(&self, totals: &mut Totals) {
        let end = self.stated_end(self.judged_claims().exp);
        if let (Some(end), Some(local)) = (end, self.local_in_any_zone(totals)) {
            let at = end.as_utc().earliest();
            let sum = self.least_of(
                self.facts.lines.end(at, &self.facts.claims),
                self.zone_allowance(totals, WEST),
            );
            note_fault(Offset::at_least(at - local.after()), sum, totals);
        }
    }

    /// The end is too far in the provider's future although the lifetime is within the limit.
    fn end_too_far(&self, totals: &mut Totals) {
        let limit = self.facts.refusal.map_or(0, |(row, _)| row.cap_secs);
        let Some(lifetime) = self.facts.claims.lifetime() else { return };
        let most = lifetime - Span::from_secs(limit) - Span::from_micros(1);
        let sum = self.refused_by(Fact::Difference(most)).map(|it| Sum::of(it, most));
        note_fault(Offset::at_most(most), sum, totals);
    }
}

/// Records an offset that excludes a right clock. Any other offset carries no information.
fn note_fault(offset: Offset, sum: Option<Sum>, totals: &mut Totals) {
    if !offset.contains(Span::ZERO) {
        totals.one_sided.add(offset, sum);
    }
}
