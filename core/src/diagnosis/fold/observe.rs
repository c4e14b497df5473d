//! What two times of one exchange prove about the offset.

use super::exchange::Exchange;
use super::pairs::pair;
use super::totals::Totals;
use super::track::Sample;
use crate::evidence::{Moment, claim_moment, dated};
use crate::time::nearest_zone;
use crate::time::{Bracket, Offset};
use crate::time::{Span, TimeBounds};

/// The largest difference, apart from the zone, between two readings of one clock on one line.
const SAME_READING: Span = Span::from_secs(5);

impl Exchange {
    /// A stamp without a zone and one with a zone, of one clock at one moment, reveal the zone.
    ///
    /// Only a time that was made for this very exchange counts. The `iat` of a token says when it was
    /// made, which may be hours ago, and an hour ago looks like a zone.
    pub(crate) fn recover_zone(&self, totals: &mut Totals) {
        let facts = &self.facts;
        let captured = self.local_now().or(facts.captures.sent).or(facts.captures.signed);
        let is_new = (facts.is_made && !facts.is_corrected) || facts.claimed_at.follows_making;
        let claimed = facts.claims.iat.or(facts.claims.nbf).filter(|_| is_new).map(claim_moment);
        for (stamps, utc) in [(facts.captured_at, captured), (facts.claimed_at, claimed)] {
            let own = stamps.own.or(stamps.before).filter(|own| own.zone.is_none());
            let own = own.and_then(|own| dated(own, self.hint()));
            let utc = utc.filter(|utc| utc.zone.is_some());
            if let (Some(own), Some(utc)) = (own, utc) {
                let apart = own.civil - utc.as_utc().earliest();
                // A line is not written before what it states.
                let is_after = |zone: &Span| apart - *zone >= -own.resolution;
                totals.give_zone(nearest_zone(apart, SAME_READING).filter(is_after));
            }
        }
    }

    pub(crate) fn observe(&self, totals: &mut Totals) {
        let Some((utc, stamps)) = self.server else { return };
        let paired = pair(utc, &stamps, self.refused(), totals)
            || self.local_now().is_some_and(|now| pair_reading(utc, now, self.refused(), totals));
        let Some((made, flight)) = self.made_at() else { return };
        let made = made.as_utc();
        let youngest = utc.latest() - made.earliest();
        let oldest =
            if flight == Span::MAX { Span::MIN } else { utc.earliest() - made.latest() - flight };
        if let Some(offset) = Offset::between(oldest, youngest) {
            let refused = self.refused();
            totals.signing.add(Sample { offset, at: utc.earliest(), line: stamps.line, refused });
        }
        if paired {
            totals.bound(Offset::at_most(youngest));
        }
    }
}

/// The same for a time that the local verifier printed.
fn pair_reading(utc: TimeBounds, local: Moment, refused: bool, totals: &mut Totals) -> bool {
    let bounds = local.as_utc();
    let Some(bracket) = Bracket::between(bounds.earliest(), bounds.latest()) else { return false };
    let sample =
        Sample { offset: Offset::observed(bracket, utc), at: utc.earliest(), line: 0, refused };
    totals.zoned.add(sample);
    true
}
