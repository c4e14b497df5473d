//! What two times of one exchange prove about the offset.

use super::exchange::Exchange;
use super::local_stamps::LocalStamps;
use super::origin::UNNAMED;
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
        let is_new = (facts.is_made && !facts.is_corrected) || facts.claimed_at.follows_making;
        let claimed = facts.claims.iat.or(facts.claims.nbf).filter(|_| is_new).map(claim_moment);
        let now = self.local_now().or(facts.captures.sent);
        for (stamps, utc) in [(facts.captured_at, now), (facts.claimed_at, claimed)] {
            totals.give_zone(self.zone_between(stamps, utc));
        }
        if totals.zone.is_some() {
            return;
        }
        // A request may be sent long after it was signed, so these zones are likely at most. Few zones
        // are at odd quarters of an hour, and requests fail after exactly 15 minutes.
        let made = self.made_at().map(|(made, _)| made).filter(|_| !facts.is_bearer);
        let is_usual = |zone: &Span| zone.floor_secs().rem_euclid(1_800) == 0;
        let pairs = [(facts.captured_at, facts.captures.signed), (facts.claimed_at, made)];
        let mut zones =
            pairs.into_iter().filter_map(|(stamps, utc)| self.zone_between(stamps, utc));
        totals.suppose_zone(zones.rfind(is_usual));
    }

    /// The zone of the stamp of a line, if the line states `utc`, a time of the same clock.
    fn zone_between(&self, stamps: LocalStamps, utc: Option<Moment>) -> Option<Span> {
        let own = stamps.own.or(stamps.before).filter(|own| own.zone.is_none())?;
        let own = dated(own, self.hint())?;
        let apart = own.civil - utc.filter(|utc| utc.zone.is_some())?.as_utc().earliest();
        // A line is not written before what it states.
        let is_after = |zone: &Span| apart - *zone >= -own.resolution;
        nearest_zone(apart, SAME_READING).filter(is_after)
    }

    /// `true` if the exchange was refused for its time, and the host that met the refusal.
    fn sampled(&self) -> (bool, u32) {
        (self.refused(), self.facts.refusal.map_or(UNNAMED, |(_, stamps)| stamps.host))
    }

    pub(crate) fn observe(&self, totals: &mut Totals) {
        let Some((utc, stamps)) = self.server else { return };
        let paired = pair(utc, &stamps, self.refused(), totals)
            || self.local_now().is_some_and(|now| pair_reading(utc, now, self.sampled(), totals));
        let Some((made, flight)) = self.made_at() else { return };
        let made = made.as_utc();
        let youngest = utc.latest() - made.earliest();
        let oldest =
            if flight == Span::MAX { Span::MIN } else { utc.earliest() - made.latest() - flight };
        if let Some(offset) = Offset::between(oldest, youngest) {
            let refused = self.refused();
            let (at, line, host) = (utc.earliest(), stamps.line, stamps.host);
            totals.signing.add(Sample { offset, at, line, refused, host });
        }
        if paired {
            totals.bound(Offset::at_most(youngest));
        }
    }
}

/// The same for a time that the local verifier printed.
fn pair_reading(
    utc: TimeBounds,
    local: Moment,
    (refused, host): (bool, u32),
    totals: &mut Totals,
) -> bool {
    let bounds = local.as_utc();
    let Some(bracket) = Bracket::between(bounds.earliest(), bounds.latest()) else { return false };
    let offset = Offset::observed(bracket, utc);
    let sample = Sample { offset, at: utc.earliest(), line: 0, refused, host };
    totals.writers.observe(&sample);
    totals.zoned.add(sample);
    true
}
