//! What a series of refusals shows that none of them shows alone.

use super::exchange::Exchange;
use super::reasons::Length;
use super::refusal::Shape;
use super::totals::Totals;
use crate::evidence::Says;
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
}
