//! A time of day as a stamp gives it: its numbers, its half of the day, and its resolution.

use crate::time::Span;
use crate::time::TimeOfDay;

/// The resolution of a time without seconds.
pub(super) const MINUTE: Span = Span::from_secs(60);

/// A time of day and how exactly it is given.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) since_midnight: Span,
    pub(super) resolution: Span,
    pub(super) clock: Clock,
}

impl Reading {
    /// Whether seconds are given.
    pub(super) fn has_seconds(&self) -> bool {
        self.resolution < MINUTE
    }
}

/// How the hours are counted. The spelling hints at who wrote the date beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// 0 to 23.
    Hours24,
    /// `AM` and `PM`.
    CapitalHalves,
    /// `am`, `p.m.`.
    SmallHalves,
}

/// Half of a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Half {
    /// Hours from midnight to its twelve o'clock.
    pub(super) begins: u8,
    pub(super) clock: Clock,
}

/// A time as its numbers stand in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: Option<u8>,
}

impl Numbers {
    // Twelve o'clock begins each half.
    pub(super) fn time(self, half: Option<Half>) -> Option<TimeOfDay> {
        let hour = match (half, self.hour) {
            (None, hour) => hour,
            (Some(half), 1..=12) => (self.hour % 12).saturating_add(half.begins),
            (Some(_), _) => return None,
        };
        TimeOfDay::new(hour, self.minute, self.second.unwrap_or(0))
    }
}
