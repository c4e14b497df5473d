//! Offsets that were measured rather than read from the stamps of a log: a server's clock by a
//! series of its `Date`s, and UTC by a time service; and those that follow from single times.

use super::track::agreed;
use crate::diagnosis::proof::{Fact, Premise, Sum};
use crate::evidence::transcript::Means;
use crate::time::Offset;
use crate::time::Span;

/// Number of measurements kept of each kind: those at the start of the text, and the newest.
const KEPT: usize = 8;

/// A measurement: the interval, and the number of the line that states it.
pub(crate) type Measured = (Offset, u64);

/// The measurements in a text, each as reference minus local.
#[derive(Debug, Clone)]
pub(crate) struct Measurements {
    by_date: heapless::Vec<Measured, KEPT>,
    by_ntp: heapless::Vec<Measured, KEPT>,
    /// The line on which a time service said that it follows no source.
    distrusted_at: Option<u64>,
}

/// Number of lines after those words that belong to the same report of the service.
const REPORT: u64 = 12;

impl Measurements {
    pub(crate) const fn new() -> Self {
        Self { by_date: heapless::Vec::new(), by_ntp: heapless::Vec::new(), distrusted_at: None }
    }

    /// Records an interval that `line` states.
    pub(crate) fn note(&mut self, means: Means, offset: Offset, line: u64) {
        let kept = match means {
            Means::HttpDate => &mut self.by_date,
            Means::Ntp => &mut self.by_ntp,
        };
        if kept.is_full() {
            kept.remove(KEPT / 2);
        }
        let _ = kept.push((offset, line));
    }

    /// Records that the service whose report includes `line` follows no source: the offset that it states
    /// is that of the clock to itself.
    pub(crate) const fn distrust(&mut self, line: u64) {
        self.distrusted_at = Some(line);
    }

    /// Returns `true` if `line` belongs to such a report.
    pub(crate) fn is_distrusted(&self, line: u64) -> bool {
        self.distrusted_at.is_some_and(|at| line.saturating_sub(at) <= REPORT)
    }

    /// Records that a daemon keeps the clock within `offset` of UTC. The daemon states no bound, so
    /// one second is allowed for its daily work.
    pub(crate) fn note_kept(&mut self, offset: Span, line: u64) {
        const DAILY: Span = Span::from_secs(1);
        self.note(Means::Ntp, Offset::exactly(offset).widen(DAILY), line);
    }

    /// All measurements, those of the server first.
    pub(crate) fn samples(&self) -> impl Iterator<Item = &Measured> {
        self.by_date.iter().chain(&self.by_ntp)
    }

    /// The server's clock minus the local clock.
    pub(crate) fn server(&self) -> Option<Offset> {
        agreed(self.by_date.iter().map(|(offset, _)| *offset))
    }

    /// UTC minus the local clock.
    pub(crate) fn utc(&self) -> Option<Offset> {
        agreed(self.by_ntp.iter().map(|(offset, _)| *offset))
    }
}

/// An offset that follows from single times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OneSided {
    pub(crate) offset: Option<Offset>,
    /// The sums for its lower and its upper end.
    pub(crate) by: [Option<Sum>; 2],
}

impl OneSided {
    pub(crate) const NONE: Self = Self { offset: None, by: [None; 2] };

    /// Adds what a single time proves. Contradictions widen the result.
    pub(crate) fn add(&mut self, offset: Offset, sum: Option<Sum>) {
        let held = self.offset.unwrap_or(Offset::UNKNOWN);
        let left = held.intersect(offset).unwrap_or(held.hull(offset));
        let [least, most] = &mut self.by;
        if left.least() == offset.least() && (left.least() != held.least() || least.is_none()) {
            *least = sum.filter(|_| left.least() != Span::MIN);
        }
        if left.most() == offset.most() && (left.most() != held.most() || most.is_none()) {
            *most = sum.filter(|_| left.most() != Span::MAX);
        }
        self.offset = Some(left);
    }

    /// Adds that two clocks differ by `gap`, whichever is ahead. The largest difference counts.
    pub(crate) fn apart(&mut self, gap: Span, by: Option<Premise>) {
        let held = self.offset.map_or(Span::ZERO, Offset::most);
        if gap > held {
            self.offset = Offset::between(-gap, gap);
            self.by = [-gap, gap].map(|end| {
                by.map(|by| Sum::of(Premise { fact: Fact::Difference(end), ..by }, end))
            });
        }
    }
}
