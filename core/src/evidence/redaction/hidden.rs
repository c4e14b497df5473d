//! A part of a text that must not be shown.

use core::ops::Range;

/// Text that is written instead of a secret.
pub(super) const MARK: &str = "(redacted)";

/// A range of the text that must not be shown, and how much at its start may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) start: usize,
    pub(super) lead: usize,
    pub(super) end: usize,
}

impl Hidden {
    pub(super) const fn all(range: Range<usize>) -> Self {
        Self { start: range.start, lead: range.start, end: range.end }
    }
}
