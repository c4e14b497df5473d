//! The stretches of a line that a stranger may have written, as positions.

/// The largest number of stretches kept of one line. If a line has more, all that follows the start
/// of the first one that was not kept counts as a stranger's.
pub(super) const MOST: usize = 32;

/// A part of a line, as positions of its first byte and of the byte after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The stretches of one line or piece.
#[derive(Debug, Clone, Default)]
pub(super) struct Stretches {
    pub(super) kept: heapless::Vec<Stretch, MOST>,
    /// The start of the first stretch that was not kept.
    pub(super) all_from: Option<usize>,
}

impl Stretches {
    pub(super) const NONE: Self = Self { kept: heapless::Vec::new(), all_from: None };

    /// Adds the stretch from `start` to `end`, unless it is empty.
    pub(super) fn add(&mut self, start: usize, end: usize) {
        if start < end && self.kept.push(Stretch { start, end }).is_err() {
            self.all_from = Some(self.all_from.map_or(start, |held| held.min(start)));
        }
    }

    /// Returns `true` if a stretch contains `at`.
    pub(super) fn contains(&self, at: usize) -> bool {
        let is_kept = self.kept.iter().any(|held| held.start <= at && at < held.end);
        is_kept || self.all_from.is_some_and(|from| from <= at)
    }
}
