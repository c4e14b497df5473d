//! The hosts that wrote a text, each with what the text proves about its clock.

use super::origin::{Origin, UNNAMED};
use super::track::Sample;
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
    fn rank(&self) -> (bool, Span) {
        (self.clock.refusals > 0, self.error())
    }
}

/// The hosts that wrote a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Writers {
    list: heapless::Vec<Writer, HOSTS>,
}

impl Writers {
    pub(crate) const fn new() -> Self {
        Self { list: heapless::Vec::new() }
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

    /// Adds an observation of a host's clock. Those at refusals outweigh all others.
    pub(crate) fn observe(&mut self, sample: &Sample) {
        let Some(writer) = self.find(sample.host) else { return };
        if writer.at_refusal && !sample.refused {
            return;
        }
        let held = writer.clock.offset.filter(|_| writer.at_refusal == sample.refused);
        writer.at_refusal = sample.refused;
        writer.clock.offset = Some(held.map_or(sample.offset, |held| {
            held.intersect(sample.offset).unwrap_or(held.hull(sample.offset))
        }));
    }

    /// The host that the conclusion is about, if several wrote the text: one with refusals, and of
    /// those the one whose clock is the farthest off.
    pub(crate) fn refused(&self) -> Option<u32> {
        let several = self.list.len() > 1;
        let refused = self.list.iter().filter(|held| held.clock.refusals > 0 && several);
        refused.max_by_key(|held| (held.error(), held.clock.refusals)).map(|held| held.id)
    }

    /// Returns `true` if several hosts wrote the text.
    pub(crate) fn are_several(&self) -> bool {
        self.list.len() > 1
    }

    /// The hosts for the report, those with refusals and the largest errors first.
    pub(crate) fn report(&self) -> heapless::Vec<HostClock, HOSTS> {
        let subject = self.refused().unwrap_or(UNNAMED);
        let mut sorted: heapless::Vec<&Writer, HOSTS> = heapless::Vec::new();
        let left = |sorted: &[&Writer]| {
            let others = self.list.iter().filter(|held| sorted.iter().all(|it| it.id != held.id));
            others.max_by_key(|held| held.rank())
        };
        while let Some(next) = left(&sorted).filter(|_| self.are_several()) {
            let _ = sorted.push(next);
        }
        let report =
            |held: &Writer| HostClock { is_subject: held.id == subject, ..held.clock.clone() };
        sorted.into_iter().map(report).collect()
    }
}
