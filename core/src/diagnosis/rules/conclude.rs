//! The conclusion: from the folded evidence to a cause.
//!
//! The rules are tried in order, and the first that applies decides. Times come before words: a
//! clock is reported wrong only if two times cannot both be right, or if the words allow no other
//! reading.

use super::known::{Basis, Known};
use super::outcome::Outcome;
use super::remedy::remedies;
use super::view::View;
use crate::diagnosis::cause::{Attribution, Cause, ClockFault};
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
    let mut evidence = totals.shown.lines().clone();
    // If one clock gave all answers, further answers prove nothing.
    evidence.retain(|it| clocks.is_some() || it.kind != EvidenceKind::NodeTime);
    // A failure whose words are unknown is shown where nothing else was recognised.
    let unknown = totals.refusals == 0 && outcome.cause == Cause::Undetermined;
    evidence.retain(|it| unknown || it.kind != EvidenceKind::Failure);
    // What strangers wrote comes last.
    evidence.retain(|it| it.by != Author::Stranger);
    let heard = totals.shown.lines().iter().filter(|it| it.by == Author::Stranger);
    evidence.extend(heard.cloned());
    // The narrow interval belongs to the offset of the pairs and to no other.
    let narrow = view.known.filter(|known| Some(known.offset) == outcome.offset);
    let (offset, if_utc) = (view.sound(&outcome), narrow.and_then(|known| known.if_utc));
    Diagnosis {
        cause: outcome.cause,
        fault: outcome.fault,
        direction: outcome.direction,
        certainty: outcome.certainty,
        attribution: view.attribution(&outcome),
        offset,
        difference: narrow.and_then(|known| view.difference(&known)),
        offset_if_utc: if_utc,
        proof: view.proof(&outcome, offset),
        assumptions: view.assumptions(&outcome),
        possibilities: view.possibilities(&outcome),
        third_opinion: ThirdOpinion::of(totals),
        zone: view.known.map_or(ZoneKnowledge::Stated, |known| known.zone),
        reading: view.reading(if_utc.or(offset)),
        // Requests that alternate between clocks show no drift.
        drift: view.drift().filter(|_| clocks.is_none()),
        clocks,
        hosts: totals.writers.report((outcome.cause, outcome.fault, outcome.certainty)),
        evidence,
        remedies: remedies(&view, &outcome),
        server: view.server(),
        decider: outcome.decider,
        refusals: totals.refusals,
        lines,
    }
}

impl View<'_> {
    /// The result of the first rule that applies.
    pub(super) fn outcome(&self) -> Outcome {
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

    /// The ground on which the outcome's clock is held to be the wrong one.
    fn attribution(&self, outcome: &Outcome) -> Option<Attribution> {
        let totals = self.totals;
        let has_third_clock = totals.measurements.utc().is_some() || totals.step.is_some();
        let witnessed = match outcome.cause {
            _ if outcome.fault != ClockFault::Found => return None,
            Cause::ClockUnset => true,
            Cause::LocalClock | Cause::TimeZone => has_third_clock,
            // Another server agrees with the local clock.
            Cause::RemoteClock => has_third_clock || totals.zoned.refused_after_right(),
            _ => return None,
        };
        Some(if witnessed { Attribution::Witnessed } else { Attribution::Assumed })
    }

    /// The difference between the times of signing and of judging, if requests may have waited so long
    /// between the two that the middle of the offset says little.
    fn difference(&self, known: &Known) -> Option<Span> {
        const BRIEF: Span = Span::from_secs(60);
        let offset = known.offset;
        let is_wide = known.basis == Basis::Signing && offset.most() - offset.least() > BRIEF;
        let mut samples = self.totals.signing.samples().iter();
        let sample = samples.find(|sample| is_wide && sample.offset.most() == offset.most())?;
        Some(offset.most() - sample.sight.width())
    }

    fn drift(&self) -> Option<Drift> {
        self.totals.zoned.drift().or(self.totals.zoneless.drift())
    }

    /// One moment on both clocks, as far apart as the report states. An interval that is open or
    /// includes zero is no such moment.
    fn reading(&self, stated: Option<Offset>) -> Option<Reading> {
        self.known.filter(|known| known.basis == Basis::Pairs)?;
        let track = Known::pairs(self.totals);
        let sample = track.counting().next()?;
        let stated = stated.filter(|stated| !stated.contains(Span::ZERO))?;
        let is_open = stated.least() == Span::MIN || stated.most() == Span::MAX;
        (!is_open)
            .then(|| Reading { local: sample.at - shown_middle(stated), reference: sample.at })
    }
}

/// The middle of an offset as the report shows it: in whole seconds if it is not known better.
fn shown_middle(offset: Offset) -> Span {
    let middle = offset.middle();
    if offset.most() - offset.least() < Span::from_secs(1) {
        return middle;
    }
    Span::from_secs((middle + Span::from_millis(500)).floor_secs())
}
