//! The conclusion: from the folded evidence to a cause.
//!
//! The rules are tried in order, and the first that applies decides. Times come before words: a
//! clock is reported wrong only if two times cannot both be right, or if the words allow no other
//! reading.

use super::known::{Basis, Known};
use super::outcome::Outcome;
use super::remedy::remedies;
use super::view::View;
use crate::diagnosis::cause::{Cause, ClockFault};
use crate::diagnosis::fold::totals::Totals;
use crate::diagnosis::report::{
    Diagnosis, Drift, EvidenceKind, Reading, ThirdOpinion, ZoneKnowledge,
};
use crate::evidence::Author;
use crate::time::Offset;
use crate::time::Span;

/// Returns what `totals` prove.
pub(crate) fn conclude(totals: &Totals, lines: u64) -> Diagnosis {
    let view = View::of(totals);
    let outcome = view.outcome();
    let clocks = totals.nodes.apart().cloned();
    let mut evidence = totals.evidence.clone();
    // If one clock gave all answers, further answers prove nothing.
    evidence.retain(|it| clocks.is_some() || it.kind != EvidenceKind::NodeTime);
    // A failure whose words are unknown is shown where nothing else was recognised.
    let unknown = totals.refusals == 0 && outcome.cause == Cause::Undetermined;
    evidence.retain(|it| unknown || it.kind != EvidenceKind::Failure);
    // What strangers wrote comes last.
    evidence.retain(|it| it.by != Author::Stranger);
    let heard = totals.evidence.iter().filter(|it| it.by == Author::Stranger);
    evidence.extend(heard.cloned());
    // The narrow interval belongs to the offset of the pairs and to no other.
    let narrow = view.known.filter(|known| Some(known.offset) == outcome.offset);
    Diagnosis {
        cause: outcome.cause,
        fault: outcome.fault,
        direction: outcome.direction,
        certainty: outcome.certainty,
        offset: view.sound(&outcome),
        offset_if_utc: narrow.and_then(|known| known.if_utc),
        third_opinion: ThirdOpinion::of(totals),
        zone: view.known.map_or(ZoneKnowledge::Stated, |known| known.zone),
        reading: view.reading(),
        // Requests that alternate between clocks show no drift.
        drift: view.drift().filter(|_| clocks.is_none()),
        clocks,
        evidence,
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
            .or_else(|| self.nodes_differ())
            .or_else(|| self.others_differ())
            .or_else(|| self.own_token())
            .or_else(|| self.refused_again())
            .or_else(|| self.unfit())
            .or_else(|| self.server_contradicted())
            .or_else(|| self.measured_off())
            .or_else(|| self.clock_off())
            .or_else(|| self.clock_right())
            .or_else(|| self.past_here())
            .or_else(|| self.signed_long_ago())
            .or_else(|| self.blamed_by_words())
            .unwrap_or_else(|| self.open())
    }

    // If no fault is found, two references that contradict each other may both be right.
    fn sound(&self, outcome: &Outcome) -> Option<Offset> {
        let offset = outcome.offset?;
        let both = self.contradiction().filter(|_| outcome.fault != ClockFault::Found);
        Some(both.map_or(offset, |(utc, _)| offset.hull(utc)))
    }

    fn drift(&self) -> Option<Drift> {
        self.totals.zoned.drift().or(self.totals.zoneless.drift())
    }

    /// One moment on both clocks.
    fn reading(&self) -> Option<Reading> {
        let known = self.known.filter(|known| known.basis == Basis::Pairs)?;
        let track = Known::pairs(self.totals);
        let refused = track.samples().iter().find(|sample| sample.refused);
        let sample = refused.or(track.samples().first())?;
        let narrow = known.if_utc.unwrap_or(sample.offset);
        let half = Span::from_micros((narrow.most() - narrow.least()).as_micros() / 2);
        Some(Reading { local: sample.at - narrow.least() - half, reference: sample.at })
    }
}
