//! The proof of an outcome: the lines and the sums from which it follows.

use super::by_times::STEP_MARGIN;
use super::outcome::{Ground, Outcome};
use super::view::View;
use crate::diagnosis::cause::Certainty;
use crate::diagnosis::fold::track::Sample;
use crate::diagnosis::proof::{Fact, Premise, Proof, Sum};
use crate::diagnosis::report::{EvidenceKind, ZoneKnowledge};
use crate::time::{EAST, Offset, Span, WEST};

/// An end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Least,
    Most,
}

impl Side {
    const fn of(self, offset: Offset) -> Span {
        match self {
            Self::Least => offset.least(),
            Self::Most => offset.most(),
        }
    }

    /// Whether the offset has no such end.
    fn is_open(self, offset: Offset) -> bool {
        self.of(offset) == self.of(Offset::UNKNOWN)
    }
}

impl View<'_> {
    /// The proof of `outcome`, which states `offset`; `None` if it is not proven.
    pub(crate) fn proof(&self, outcome: &Outcome, offset: Option<Offset>) -> Option<Proof> {
        if outcome.certainty != Certainty::Proven {
            return None;
        }
        let stated = offset.or_else(|| self.known.map(|known| known.offset));
        let end = |side: Side| self.sum(side, stated.filter(|it| !side.is_open(*it))?);
        let mut proof =
            Proof { least: end(Side::Least), most: end(Side::Most), ..Proof::default() };
        for premise in self.grounds(outcome.ground) {
            let _ = proof.grounds.push(premise);
        }
        Some(proof)
    }

    fn grounds(&self, ground: Ground) -> impl Iterator<Item = Premise> {
        let totals = self.totals;
        let zone = self.known.and_then(|known| match known.zone {
            ZoneKnowledge::Recovered(zone) => {
                Some(Premise { line: totals.zone_by, fact: Fact::Zone(zone) })
            }
            _ => None,
        });
        let refused =
            totals.refusal.map(|refusal| Premise { line: refusal.line, fact: Fact::Refusal });
        let first = match ground {
            Ground::Offset => [None; 3],
            Ground::Unset => [totals.unset, None, None],
            Ground::Claims => [totals.claims_by, None, None],
            Ground::Announced => totals.announced_by,
            Ground::Hosts => three(totals.hosts.readings()),
            Ground::Nodes => three(self.nodes()),
        };
        first.into_iter().chain([zone, refused]).flatten()
    }

    /// The first answers of two clocks that share a name.
    fn nodes(&self) -> [Option<Premise>; 2] {
        let lines = self.totals.shown.lines().iter();
        let mut nodes = lines.filter(|it| it.kind == EvidenceKind::NodeTime).map(|it| {
            let fact = it.instant.map_or(Fact::Refusal, Fact::ServerTime);
            Premise { line: it.line, fact }
        });
        [nodes.next(), nodes.next()]
    }

    /// The sum that gives this end of `offset`.
    fn sum(&self, side: Side, offset: Offset) -> Option<Sum> {
        let totals = self.totals;
        let end = side.of(offset);
        let is_end = |sum: &Sum| sum.result() == Some(end);
        let tracks = [(&totals.zoned, true), (&totals.zoneless, false)];
        let pairs = tracks.into_iter().flat_map(|(track, is_zoned)| {
            track.counting().map(move |sample| {
                let sum = self.sum_of_pair(side, sample, is_zoned);
                let drift = track.drift_since(sample);
                let drift = if side == Side::Least { -drift } else { drift };
                Sum { delay: sum.delay + drift, ..sum }
            })
        });
        let [least, most] = totals.one_sided.by;
        let single = if side == Side::Least { least } else { most };
        let measured = totals.measurements.samples().map(|&(offset, line)| {
            Sum::of(Premise { line, fact: Fact::Measured(offset) }, side.of(offset))
        });
        let step = self.sum_of_step(side);
        let [least, most] = totals.hosts.guest_sums();
        let hosts = if side == Side::Least { least } else { most };
        pairs.chain(single).chain(measured).chain(step).chain(hosts).find(is_end)
    }

    fn sum_of_step(&self, side: Side) -> Option<Sum> {
        let [reference, local] = self.totals.step_by;
        let (reference, step) = (reference?, self.totals.step?);
        let resolution = if side == Side::Least { -STEP_MARGIN } else { STEP_MARGIN };
        let sum = Sum { local, ..Sum::of(reference, step) };
        Some(Sum { resolution, ..sum })
    }

    fn sum_of_pair(&self, side: Side, sample: &Sample, is_zoned: bool) -> Sum {
        let (sight, at, line) = (sample.sight, sample.at, sample.line);
        let fact = if sight.is_aged() { Fact::CachedTime(at) } else { Fact::ServerTime(at) };
        let reference = Premise { line, fact };
        let (seen, width) = match side {
            Side::Least => (sight.after(), -sight.rounded()),
            Side::Most => (sight.before(), sight.width() + sight.rounded()),
        };
        let end = at + width - side.of(sample.offset);
        let local = seen.premise(line, end, is_zoned);
        let outermost = if side == Side::Least { WEST } else { EAST };
        let zone =
            if is_zoned { Span::ZERO } else { self.totals.zone_of_pairs().unwrap_or(outermost) };
        let (resolution, delay) = (width - seen.resolution, -seen.delay);
        Sum { resolution, delay, zone, ..Sum::between(reference, local) }
    }
}

fn three([first, second]: [Option<Premise>; 2]) -> [Option<Premise>; 3] {
    [first, second, None]
}
