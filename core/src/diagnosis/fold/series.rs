//! What a series of refusals shows that none of them shows alone.

use super::exchange::Exchange;
use super::find_reasons::SAME_ANSWER;
use super::pairs::ServerTime;
use super::reasons::Length;
use super::refusal::Shape;
use super::totals::Totals;
use crate::evidence::{Says, claim_moment};
use crate::time::{Span, TimeBounds};

impl Exchange<'_> {
    /// Records that two tokens ended as far apart as they were refused by the local verifier: each was
    /// new when it was refused. Those that are renewed on schedule are whole minutes apart.
    pub(crate) fn find_fresh_ends(
        &self,
        end: TimeBounds,
        judged_at: TimeBounds,
        totals: &mut Totals,
    ) {
        const ALIKE: Span = Span::from_secs(2);
        if self.shape == Shape::Provider || self.says() != Some(Says::Expired) {
            return;
        }
        let (end_at, at) = (end.earliest(), judged_at.latest());
        if let Some((last_end, last_at)) = totals.reasons.last_end.replace((end_at, at)) {
            let (moved, waited) = (end_at - last_end, at - last_at);
            let is_scheduled = (moved.floor_secs() + 2).rem_euclid(60) <= 4;
            if !is_scheduled && moved > ALIKE && (moved - waited).abs() <= ALIKE {
                totals.reasons.fresh_ends = Some(Length::between(end, judged_at));
            }
        }
    }

    /// Counts requests that were refused at exactly the limit of their age.
    pub(crate) fn find_age_at_limit(&self, totals: &mut Totals) {
        let captures = &self.facts.captures;
        if let (Some(signed), Some(server), Some(limit)) =
            (captures.signed, captures.server, captures.limit)
        {
            let over = server.civil - signed.civil - limit;
            if Span::ZERO <= over && over <= Span::from_secs(1) {
                totals.reasons.at_limit = totals.reasons.at_limit.saturating_add(1);
            }
        }
    }

    // The token has the issuer's time, and the judge's time is earlier.
    pub(crate) fn find_dates_going_back(&self, totals: &mut Totals) {
        let made = self.facts.claims.nbf.or(self.facts.claims.iat).map(claim_moment);
        if let (Some(ServerTime { utc, stamps, .. }), Some(made)) = (self.server, made)
            && stamps.reading(Some(utc.earliest())).is_none()
            && self.shape == Shape::Provider
            && self.facts.is_delivered
            && utc.latest() <= made.as_utc().earliest()
            && totals.last_date.is_some_and(|date| (date - made.civil).abs() <= SAME_ANSWER)
        {
            totals.reasons.dates_go_back = true;
        }
    }
}
