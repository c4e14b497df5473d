//! A time of day as a stamp states it: its numbers, its half of the day, and its resolution.

use crate::time::Span;
use crate::time::TimeOfDay;

/// The resolution of a time without seconds.
pub(super) const MINUTE: Span = Span::from_secs(60);

/// A time of day and its resolution.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) since_midnight: Span,
    pub(super) resolution: Span,
    pub(super) clock: Clock,
}

impl Reading {
    /// Returns `true` if seconds are given.
    pub(super) fn has_seconds(&self) -> bool {
        self.resolution < MINUTE
    }
}

/// The way the hours are counted. The spelling hints at the origin of the date next to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// 0 to 23.
    Hours24,
    /// `AM` and `PM`.
    CapitalHalves,
    /// `am`, `p.m.`.
    SmallHalves,
}

/// One half of a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Half {
    /// The hour of the day at which this half begins: 0 or 12.
    pub(super) begins: u8,
    pub(super) clock: Clock,
}

/// The numbers of a time as written in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: Option<u8>,
}

impl Numbers {
    // Each half begins with twelve o'clock.
    pub(super) fn time(self, half: Option<Half>) -> Option<TimeOfDay> {
        let hour = match (half, self.hour) {
            (None, hour) => hour,
            (Some(half), 1..=12) => (self.hour % 12).saturating_add(half.begins),
            (Some(_), _) => return None,
        };
        TimeOfDay::new(hour, self.minute, self.second.unwrap_or(0))
    }
}
