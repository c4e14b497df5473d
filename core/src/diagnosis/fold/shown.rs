//! The lines of a text that the report shows.

use crate::diagnosis::report::{Evidence, EvidenceKind};
use crate::evidence::Author;

/// The largest number of lines shown of one kind.
const OF_A_KIND: usize = 2;

/// The lines to show, in the order of the text.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    lines: heapless::Vec<Evidence, 8>,
}

impl Shown {
    pub(crate) const fn new() -> Self {
        Self { lines: heapless::Vec::new() }
    }

    pub(crate) const fn lines(&self) -> &heapless::Vec<Evidence, 8> {
        &self.lines
    }

    /// Keeps a line to be shown, at most two of each kind. Lines of strangers make room.
    pub(crate) fn show(&mut self, evidence: Evidence) {
        if !self.awaits(evidence.kind, evidence.line) {
            return;
        }
        let gives_way =
            |held: &Evidence| held.by == Author::Stranger || held.kind == EvidenceKind::Failure;
        let heard = self.lines.iter().position(gives_way);
        if let Some(heard) = heard.filter(|_| self.lines.is_full()) {
            self.lines.remove(heard);
        }
        let _ = self.lines.push(evidence);
    }

    /// Keeps a line that looks like a failure, at most three.
    pub(crate) fn suspect(&mut self, evidence: Evidence) {
        if self.awaits_failure(evidence.line) {
            let _ = self.lines.push(evidence);
        }
    }

    /// Returns `true` if a line that looks like a failure would be kept.
    pub(crate) fn awaits_failure(&self, line: u64) -> bool {
        const MOST: usize = 3;
        let same = |held: &&Evidence| held.kind == EvidenceKind::Failure;
        let shown = self.lines.iter().any(|held| held.line == line);
        !shown && !self.lines.is_full() && self.lines.iter().filter(same).count() < MOST
    }

    /// Returns `true` if a line looks like a failure.
    pub(crate) fn has_failure(&self) -> bool {
        self.lines.iter().any(|held| held.kind == EvidenceKind::Failure)
    }

    /// Keeps a line with words of a stranger, at most two.
    pub(crate) fn hear(&mut self, evidence: Evidence) {
        if self.awaits_stranger() {
            let _ = self.lines.push(evidence);
        }
    }

    /// Returns `true` if a line with words of a stranger would be kept.
    pub(crate) fn awaits_stranger(&self) -> bool {
        let same = |held: &&Evidence| held.by == Author::Stranger;
        !self.lines.is_full() && self.lines.iter().filter(same).count() < OF_A_KIND
    }

    /// Returns `true` if a line with this kind of evidence would be shown.
    pub(crate) fn awaits(&self, kind: EvidenceKind, line: u64) -> bool {
        let counting = || self.lines.iter().filter(|held| held.by != Author::Stranger);
        let same = || counting().filter(|held| held.kind == kind);
        same().count() < OF_A_KIND && same().all(|held| held.line != line)
    }
}
