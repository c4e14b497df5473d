//! What two times of one exchange prove about the offset.

use super::exchange::Exchange;
use super::local_stamps::Witness;
use super::totals::Totals;
use super::track::Sample;
use crate::evidence::{ClaimTimes, Moment, claim_moment, dated};
use crate::time::nearest_zone;
use crate::time::{Bracket, Offset};
use crate::time::{Span, TimeBounds};

/// Two readings of one clock on one line differ by at most this much beside their zone.
const SAME_READING: Span = Span::from_secs(5);

impl Exchange {
    // A stamp without a zone and one with, of one clock and one moment, give the zone away.
    pub(crate) fn recover_zone(&self, totals: &mut Totals) {
        let facts = &self.facts;
        let captured = self.local_now().or(facts.captures.sent).or(facts.captures.signed);
        let fresh =
            facts.claims.iat.filter(|_| facts.is_made && !facts.is_corrected).map(claim_moment);
        let claimed = self.made_at().map(|(made, _)| made).or(fresh);
        for (witness, utc) in [(facts.captured_at, captured), (facts.claimed_at, claimed)] {
            let own = witness.own.or(witness.before).filter(|own| own.zone.is_none());
            let own = own.and_then(|own| dated(own, self.hint()));
            let utc = utc.filter(|utc| utc.zone.is_some());
            if let (Some(own), Some(utc), None) = (own, utc, totals.zone) {
                totals.zone = nearest_zone(own.civil - utc.as_utc().earliest(), SAME_READING);
            }
        }
    }

    pub(crate) fn observe(&self, totals: &mut Totals) {
        let Some((utc, witness)) = self.server else { return };
        let paired = pair(utc, &witness, self.refused(), totals)
            || self.local_now().is_some_and(|now| pair_reading(utc, now, self.refused(), totals));
        let Some((made, flight)) = self.made_at() else { return };
        let made = made.as_utc();
        let youngest = utc.latest() - made.earliest();
        let oldest =
            if flight == Span::MAX { Span::MIN } else { utc.earliest() - made.latest() - flight };
        if let Some(offset) = Offset::between(oldest, youngest) {
            let refused = self.refused();
            totals.signing.add(Sample { offset, at: utc.earliest(), line: witness.line, refused });
        }
        if paired {
            totals.bound(Offset::at_most(youngest));
        }
    }
}

/// Adds the server's time beside the local stamps; whether there were any.
pub(crate) fn pair(utc: TimeBounds, witness: &Witness, refused: bool, totals: &mut Totals) -> bool {
    totals.last_date = Some(utc.earliest());
    let Some(reading) = witness.reading(Some(utc.earliest())) else { return false };
    let offset = Offset::observed(reading.bracket, utc);
    let sample = Sample { offset, at: utc.earliest(), line: witness.line, refused };
    match reading.zone {
        Some(_) => totals.zoned.add(sample),
        None => totals.zoneless.add(sample),
    }
    true
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

/// A token that arrives within a minute of its `iat` shows issuer and local clock agreeing. An
/// older one shows nothing: it may come from a cache.
pub(crate) fn compare_delivery(claims: &ClaimTimes, witness: &Witness, totals: &mut Totals) {
    const FRESH: Span = Span::from_secs(60);
    let (Some(issued), Some(own)) = (claims.iat, witness.own.and_then(|own| own.instant())) else {
        return;
    };
    if (issued - own).abs() <= FRESH {
        pair(claim_moment(issued).as_utc(), witness, false, totals);
    }
}
