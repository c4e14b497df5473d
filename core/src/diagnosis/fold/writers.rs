//! The hosts that wrote a text, each with what the text proves about its clock.

use super::origin::{Origin, UNNAMED};
use super::track::Sample;
use crate::diagnosis::cause::{Cause, Certainty, ClockFault};
use crate::diagnosis::host_clock::HostClock;
use crate::time::{Offset, Span};

/// Number of hosts that are kept: those with refusals, and those with the largest errors.
pub(crate) const HOSTS: usize = 16;

/// A host and its clock so far.
#[derive(Debug, Clone)]
struct Writer {
    id: u32,
    /// `true` if its offset was observed at a refusal.
    at_refusal: bool,
    clock: HostClock,
}

impl Writer {
    fn error(&self) -> Span {
        self.clock.offset.map_or(Span::ZERO, Offset::distance)
    }

    /// The order in which hosts are kept and reported.
    fn rank(&self) -> (bool, u8, Span) {
        (self.clock.refusals > 0, weight(self.clock.fault), self.error())
    }
}

/// The hosts that wrote a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Writers {
    list: heapless::Vec<Writer, HOSTS>,
    /// The host that the conclusion is about.
    subject: Option<u32>,
}

/// A conclusion about a host.
type Finding = (Cause, ClockFault, Certainty);

/// The order of hosts with refusals: those whose clock is wrong come first, and those whose clock is right last.
const fn weight(fault: Option<ClockFault>) -> u8 {
    match fault {
        Some(ClockFault::Found) => 2,
        Some(ClockFault::Open) | None => 1,
        Some(ClockFault::Cleared) => 0,
    }
}

impl Writers {
    pub(crate) const fn new() -> Self {
        Self { list: heapless::Vec::new(), subject: None }
    }

    /// Records that a host wrote a line.
    pub(crate) fn meet(&mut self, origin: Origin<'_>) {
        if self.list.iter().any(|held| held.id == origin.id) {
            return;
        }
        let mut clock = HostClock::default();
        for byte in origin.name {
            let _ = clock.name.push(char::from(*byte));
        }
        let writer = Writer { id: origin.id, at_refusal: false, clock };
        if let Err(writer) = self.list.push(writer) {
            let least = self.list.iter_mut().min_by_key(|held| held.rank());
            if let Some(least) = least.filter(|held| held.clock.refusals == 0) {
                *least = writer;
            }
        }
    }

    fn find(&mut self, id: u32) -> Option<&mut Writer> {
        self.list.iter_mut().find(|held| held.id == id)
    }

    /// Counts an exchange of a host.
    pub(crate) fn count(&mut self, id: u32, is_refused: bool) {
        if let Some(Writer { clock, .. }) = self.find(id) {
            let count = if is_refused { &mut clock.refusals } else { &mut clock.successes };
            *count = count.saturating_add(1);
        }
    }

    /// Adds an observation of a host's clock. The last one counts, since the clock may drift or be set; those at
    /// refusals outweigh all others.
    pub(crate) fn observe(&mut self, sample: &Sample) {
        let Some(writer) = self.find(sample.host) else { return };
        if writer.at_refusal && !sample.refused {
            return;
        }
        writer.at_refusal = sample.refused;
        writer.clock.offset = Some(sample.offset);
    }

    /// Makes `host` the one that the conclusion is about, unless there is one.
    pub(crate) fn be_about(&mut self, host: u32) {
        if host != UNNAMED {
            self.subject.get_or_insert(host);
        }
    }

    /// Returns `true` if the conclusion is about another host than `host`.
    pub(crate) fn is_about_another(&self, host: u32) -> bool {
        host != UNNAMED && self.subject.is_some_and(|subject| subject != host)
    }

    /// Records the conclusion about a host.
    pub(crate) fn find_out(
        &mut self,
        id: u32,
        (cause, fault, certainty): Finding,
        offset: Option<Offset>,
    ) {
        if let Some(Writer { clock, .. }) = self.find(id) {
            clock.cause = Some(cause);
            clock.fault = Some(fault);
            clock.certainty = Some(certainty);
            clock.offset = offset.or(clock.offset);
        }
    }

    /// Chooses the host that the conclusion is about, if several wrote the text: one with refusals, and of
    /// those one whose clock is wrong, the farthest off if there are several.
    pub(crate) fn choose(&mut self) -> Option<u32> {
        let several = self.list.len() > 1;
        let is_harmed = |held: &&Writer| held.clock.refusals > 0 || held.clock.cause.is_some();
        let refused = self.list.iter().filter(|held| several && is_harmed(held));
        // Of equals, the same host is chosen in whatever order they are named.
        let harm = |held: &&Writer| {
            let HostClock { fault, certainty, refusals, .. } = held.clock;
            (weight(fault), certainty, held.error(), refusals, held.id)
        };
        self.subject = self.subject.or(refused.max_by_key(harm).map(|held| held.id));
        self.subject
    }

    /// Returns `true` if several hosts wrote the text.
    pub(crate) fn are_several(&self) -> bool {
        self.list.len() > 1
    }

    /// The hosts for the report, those with refusals and the largest errors first.
    /// `finding` is the one about the host that the conclusion is about.
    pub(crate) fn report(&self, finding: Finding) -> heapless::Vec<HostClock, HOSTS> {
        let (cause, fault, certainty) = finding;
        let finding = (Some(cause), Some(fault), Some(certainty));
        let mut sorted: heapless::Vec<&Writer, HOSTS> = heapless::Vec::new();
        let left = |sorted: &[&Writer]| {
            let others = self.list.iter().filter(|held| sorted.iter().all(|it| it.id != held.id));
            others.max_by_key(|held| held.rank())
        };
        while let Some(next) = left(&sorted).filter(|_| self.are_several()) {
            let _ = sorted.push(next);
        }
        let report = |held: &Writer| {
            let (clock, is_subject) = (held.clock.clone(), Some(held.id) == self.subject);
            let held = (clock.cause, clock.fault, clock.certainty);
            let (cause, fault, certainty) = if is_subject { finding } else { held };
            HostClock { cause, fault, certainty, is_subject, ..clock }
        };
        sorted.into_iter().map(report).collect()
    }
}
