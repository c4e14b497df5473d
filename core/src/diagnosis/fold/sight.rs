//! The lines on which the two readings of a bracket are written, in three bytes.

use super::local_stamps::{RECORD, SETTLED};
use crate::diagnosis::proof::{Fact, Premise};
use crate::time::{Span, UnixTime};

/// The resolutions of times in logs.
const RESOLUTIONS: [Span; 8] = [
    Span::from_micros(1),
    Span::from_micros(10),
    Span::from_micros(100),
    Span::from_micros(1_000),
    Span::from_micros(10_000),
    Span::from_micros(100_000),
    Span::from_micros(1_000_000),
    Span::from_micros(60_000_000),
];
const EXACT: u8 = 1 << 6;
const AGED: u8 = 1 << 7;

/// Where the local readings around an event are written, seen from the line that states the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sight {
    /// Number of lines back to the stamp before the event, or ahead if negative.
    before: i8,
    /// The same for the stamp after it.
    after: i8,
    /// The resolutions of the stamps and of the time of the event, and two flags.
    how: u8,
}

/// A reading of the local clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Number of lines back to it, or ahead if negative.
    pub(crate) back: i8,
    /// `true` if the words of the line state it.
    pub(crate) is_printed: bool,
    /// The time to be added to the reading, because it is cut to whole seconds, for example.
    pub(crate) resolution: Span,
    /// The time to be added to it, because the event may have happened so long before or after.
    pub(crate) delay: Span,
}

impl Sight {
    /// The line has a stamp of its own.
    pub(crate) const HERE: Self = Self { before: 0, after: 0, how: 0 };

    /// The line has a stamp of its own, and the request before it has one.
    pub(crate) fn since(request: u8) -> Self {
        Self { before: ahead(request), ..Self::HERE }.exact()
    }

    /// Another line before and maybe one after it have stamps.
    pub(crate) fn between(before: u8, after: Option<u8>) -> Self {
        let back = ahead(before);
        Self { before: back, after: after.map_or(back, |after| -ahead(after)), how: 0 }
    }

    /// Only a line after it has a stamp.
    pub(crate) fn until(after: u8) -> Self {
        Self { before: -ahead(after), after: -ahead(after), how: 0 }
    }

    /// The same, with a stamp that was certainly written before the event.
    pub(crate) const fn exact(self) -> Self {
        Self { how: self.how | EXACT, ..self }
    }

    /// The same, with a time of the event that includes its `Age`.
    pub(crate) const fn aged(self, is_aged: bool) -> Self {
        Self { how: if is_aged { self.how | AGED } else { self.how }, ..self }
    }

    pub(crate) const fn is_aged(self) -> bool {
        self.how & AGED != 0
    }

    /// The same, with stamps of this resolution.
    pub(crate) fn of_resolution(self, resolution: Span) -> Self {
        Self { how: self.how | code(resolution), ..self }
    }

    /// The same, with a time of the event of this resolution.
    pub(crate) fn of_width(self, width: Span) -> Self {
        Self { how: self.how | (code(width) << 3), ..self }
    }

    /// The same as seen from line `to` rather than from line `from`.
    pub(crate) fn from(self, from: u64, to: u64) -> Self {
        let shift = i8::try_from(to.wrapping_sub(from).cast_signed()).unwrap_or(0);
        let (before, after) = (self.before.saturating_add(shift), self.after.saturating_add(shift));
        Self { before, after, how: self.how }
    }

    /// The resolution of the time of the event.
    pub(crate) fn width(self) -> Span {
        span(self.how >> 3)
    }

    /// The reading after the event.
    pub(crate) fn after(self) -> Seen {
        let (resolution, is_printed) = (span(self.how), self.is_printed());
        match self.after {
            // The event happened within that time after the stamp before it.
            back if back > 0 => Seen { back, is_printed, resolution: Span::ZERO, delay: RECORD },
            back => Seen { back, is_printed, resolution, delay: Span::ZERO },
        }
    }

    /// The reading before the event.
    pub(crate) fn before(self) -> Seen {
        let (back, is_printed) = (self.before, self.is_printed());
        let (resolution, delay) = match (back, self.how & EXACT != 0) {
            (..0, _) => (span(self.how), -RECORD),
            (_, true) => (Span::ZERO, Span::ZERO),
            (_, false) => (Span::ZERO, -SETTLED),
        };
        Seen { back, is_printed, resolution, delay }
    }

    // A stamp is exact only if it is that of a request on a line before.
    const fn is_printed(self) -> bool {
        self.before == 0 && self.how & EXACT != 0
    }
}

impl Seen {
    /// The line of this reading, as seen from `line`, if the event was before or after `end`.
    pub(crate) fn premise(self, line: u64, end: UnixTime, is_zoned: bool) -> Premise {
        let at = end - self.resolution - self.delay;
        let fact = match (is_zoned, self.is_printed) {
            (true, true) => Fact::LocalTime(at),
            (true, false) => Fact::Stamp(at),
            (false, _) => Fact::CivilStamp(at),
        };
        let line = line.saturating_add_signed(-i64::from(self.back));
        Premise { line, fact }
    }
}

fn ahead(lines: u8) -> i8 {
    i8::try_from(lines).unwrap_or(i8::MAX)
}

fn code(resolution: Span) -> u8 {
    let held = RESOLUTIONS.iter().position(|held| *held >= resolution);
    held.and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
}

fn span(code: u8) -> Span {
    RESOLUTIONS.get(usize::from(code & 7)).copied().unwrap_or(Span::ZERO)
}
