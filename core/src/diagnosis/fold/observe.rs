//! What two times of one exchange prove about the offset.

use super::exchange::Exchange;
use super::local_stamps::LocalStamps;
use super::origin::UNNAMED;
use super::pairs::{ServerTime, pair};
use super::sight::Sight;
use super::totals::Totals;
use super::track::Sample;
use crate::diagnosis::proof::Sum;
use crate::evidence::{Moment, claim_moment, dated};
use crate::time::nearest_zone;
use crate::time::{Bracket, Offset};
use crate::time::{Span, UnixTime};

/// The largest difference, apart from the zone, between two readings of one clock on one line.
const SAME_READING: Span = Span::from_secs(5);

impl Exchange<'_> {
    /// A stamp without a zone and one with a zone, of one clock at one moment, reveal the zone.
    ///
    /// Only a time that was made for this very exchange counts. The `iat` of a token says when it was
    /// made, which may be hours ago, and an hour ago looks like a zone.
    pub(crate) fn recover_zone(&self, totals: &mut Totals) {
        let facts = &self.facts;
        // A server made the token that it delivered.
        let is_ours = facts.claimed_at.follows_making && !facts.is_delivered;
        let is_new = (facts.is_made && !facts.is_corrected) || is_ours;
        let claimed = facts.claims.iat.or(facts.claims.nbf).filter(|_| is_new).map(claim_moment);
        let now = self.local_now().or(facts.captures.sent);
        for (stamps, utc) in [(&facts.captured_at, now), (&facts.claimed_at, claimed)] {
            totals.give_zone(self.zone_between(stamps, utc), self.civil(stamps), stamps.number());
        }
        // A request may be sent long after it was signed, so these zones are likely at most. Few zones
        // are at odd quarters of an hour, and requests fail after exactly 15 minutes.
        let is_claimed = facts.claims.iat.or(facts.claims.nbf).is_some()
            && facts.captures.signed.or(facts.captures.sent).is_none();
        let made = self.made_at().map(|(made, _)| made);
        let made = made.filter(|_| is_claimed && !facts.is_bearer);
        let is_usual = |zone: &Span| zone.floor_secs().rem_euclid(1_800) == 0;
        let pairs = [(&facts.captured_at, facts.captures.signed), (&facts.claimed_at, made)];
        let mut zones = pairs.into_iter().filter_map(|(stamps, utc)| {
            let zone = self.zone_between(stamps, utc).filter(is_usual)?;
            Some((zone, self.civil(stamps), stamps.number()))
        });
        if let Some((zone, at, line)) = zones.next_back() {
            totals.suppose_zone(zone, at, line);
        }
    }

    /// The time by the stamp of a line, in the zone of the log.
    fn civil(&self, stamps: &LocalStamps) -> Option<UnixTime> {
        Some(dated(stamps.own.or(stamps.before)?, self.hint())?.civil)
    }

    /// The zone of the stamp of a line, if the line states `utc`, a time of the same clock.
    fn zone_between(&self, stamps: &LocalStamps, utc: Option<Moment>) -> Option<Span> {
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

    /// Adds what the server's time shows next to the local clock and to the time of signing.
    pub(crate) fn observe(&self, totals: &mut Totals) {
        let Some(server) = self.server else { return };
        let ServerTime { utc, line, stamps } = server;
        let is_stamped = pair(server, self.refused(), totals);
        let printed_at = self.facts.lines.local();
        let is_same_line = self.facts.captured_at.line == stamps.line && stamps.own.is_some();
        // On the line of the server's time, the words say more exactly than the stamp when it was read.
        let printed =
            self.local_now().filter(|now| !is_stamped || (is_same_line && now.zone.is_some()));
        if let Some(now) = printed {
            let sight = Sight::printed(now.resolution).from(printed_at, line);
            pair_reading(server, now, sight, self.sampled(), totals);
        }
        let Some((made, flight)) = self.made_at() else { return };
        let made = made.as_utc();
        let youngest = utc.latest() - made.earliest();
        let oldest =
            if flight == Span::MAX { Span::MIN } else { utc.earliest() - made.latest() - flight };
        if let Some(offset) = Offset::between(oldest, youngest) {
            let refused = self.refused();
            let (at, host) = (server.stated(), stamps.host);
            let sight = server.seen_by(Sight::HERE);
            totals.signing.add(Sample { offset, at, line, sight, refused, host });
        }
    }

    /// Adds the bound that follows from the time of signing, if both clocks were read: what is signed has been
    /// made before it is judged.
    pub(crate) fn bound_by_making(&self, totals: &mut Totals) {
        let (Some(server), Some((made, _))) = (self.server, self.made_at()) else { return };
        let is_paired = server.stamps.reading(Some(server.utc.earliest())).is_some()
            || self.local_now().is_some_and(|now| {
                let bounds = now.as_utc();
                Bracket::between(bounds.earliest(), bounds.latest()).is_some()
            });
        if is_paired {
            let made = made.as_utc().earliest();
            let youngest = server.utc.latest() - made;
            let made = self.facts.lines.start(made, &self.facts.claims);
            let resolution = server.utc.latest() - server.stated();
            let sum = Sum { resolution, ..Sum::between(server.premise(), made) };
            totals.one_sided.add(Offset::at_most(youngest), Some(sum));
        }
    }
}

/// The same for a time that the local verifier printed.
fn pair_reading(
    server: ServerTime,
    local: Moment,
    sight: Sight,
    (refused, host): (bool, u32),
    totals: &mut Totals,
) {
    let bounds = local.as_utc();
    let Some(bracket) = Bracket::between(bounds.earliest(), bounds.latest()) else { return };
    let offset = Offset::observed(bracket, server.utc);
    let (at, line, sight) = (server.stated(), server.line, server.seen_by(sight));
    let sample = Sample { offset, at, line, sight, refused, host };
    totals.writers.observe(&sample);
    totals.zoned.add(sample);
}
