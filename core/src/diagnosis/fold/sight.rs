//! The lines on which the two readings of a bracket are written, in three bytes.

use crate::diagnosis::proof::{Fact, Premise};
use crate::time::{Span, UnixTime};

/// A client logs an answer at most this long after the server stated its time.
pub(crate) const SETTLED: Span = Span::from_secs(5);
/// A line without a stamp belongs to the stamped line before it for at most this long. This is the
/// usual timeout of HTTP clients.
pub(crate) const RECORD: Span = Span::from_secs(30);

/// An `Age` is in whole seconds, which some caches cut and others round up.
pub(crate) const AGE_ROUNDED: Span = Span::from_secs(1);

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
    /// The reading before the event.
    before: Place,
    /// The reading after it.
    after: Place,
    /// The resolutions of the readings and of the time of the event, and two flags.
    how: u8,
}

/// A number of lines back to a reading, or ahead if negative, and a flag in the last bit: the reading is as
/// far from the event as the longest record lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Place(i8);

impl Place {
    const HERE: Self = Self(0);

    fn back(lines: i64) -> Self {
        const MOST: i64 = 63;
        Self(i8::try_from(lines.clamp(-MOST, MOST).saturating_mul(2)).unwrap_or(0))
    }

    const fn far(self) -> Self {
        Self(self.0 | 1)
    }

    const fn is_far(self) -> bool {
        self.0 & 1 != 0
    }

    fn lines(self) -> i64 {
        i64::from(self.0 >> 1)
    }

    fn moved(self, lines: i64) -> Self {
        let moved = Self::back(self.lines().saturating_add(lines));
        if self.is_far() { moved.far() } else { moved }
    }
}

/// A reading of the local clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Number of lines back to it, or ahead if negative.
    pub(crate) back: i64,
    /// `true` if the words of the line state it.
    pub(crate) is_printed: bool,
    /// The time to be added to the reading, because it is cut to whole seconds, for example.
    pub(crate) resolution: Span,
    /// The time to be added to it, because the event may have happened earlier or later by that much.
    pub(crate) delay: Span,
}

impl Sight {
    /// The line has a stamp of its own.
    pub(crate) const HERE: Self = Self { before: Place::HERE, after: Place::HERE, how: 0 };

    /// The line has a stamp of its own, and the request before it has one.
    pub(crate) fn since(request: u8) -> Self {
        Self { before: Place::back(request.into()), ..Self::HERE }.exact()
    }

    /// Another line before and maybe one after it have stamps.
    pub(crate) fn between(before: u8, after: Option<u8>) -> Self {
        let before = Place::back(before.into());
        let after = after.map_or(before.far(), |after| Place::back(-i64::from(after)));
        Self { before, after, how: 0 }
    }

    /// Only a line after it has a stamp.
    pub(crate) fn until(after: u8) -> Self {
        let after = Place::back(-i64::from(after));
        Self { before: after.far(), after, how: 0 }
    }

    /// The words of the line state the time of the local clock.
    pub(crate) fn printed(resolution: Span) -> Self {
        Self { before: Place::HERE.far(), ..Self::HERE }.exact().of_resolution(resolution)
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

    /// How much earlier or later than stated the event may have happened because of its `Age`.
    pub(crate) const fn rounded(self) -> Span {
        if self.is_aged() { AGE_ROUNDED } else { Span::ZERO }
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
        let shift = to.wrapping_sub(from).cast_signed();
        Self { before: self.before.moved(shift), after: self.after.moved(shift), how: self.how }
    }

    /// The resolution of the time of the event.
    pub(crate) fn width(self) -> Span {
        span(self.how >> 3)
    }

    /// The reading after the event.
    pub(crate) fn after(self) -> Seen {
        let (back, is_printed) = (self.after.lines(), self.is_printed());
        // The event happened within that time after the stamp before it.
        let (resolution, delay) =
            if self.after.is_far() { (Span::ZERO, RECORD) } else { (span(self.how), Span::ZERO) };
        Seen { back, is_printed, resolution, delay }
    }

    /// The reading before the event.
    pub(crate) fn before(self) -> Seen {
        let (back, is_printed) = (self.before.lines(), self.is_printed());
        let (resolution, delay) = match (self.is_exact(), self.before.is_far()) {
            (true, _) => (Span::ZERO, Span::ZERO),
            (false, true) => (span(self.how), -RECORD),
            (false, false) => (Span::ZERO, -SETTLED),
        };
        Seen { back, is_printed, resolution, delay }
    }

    const fn is_exact(self) -> bool {
        self.how & EXACT != 0
    }

    // A stamp is either exact or far.
    const fn is_printed(self) -> bool {
        self.is_exact() && self.before.is_far()
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
        let line = line.saturating_add_signed(self.back.saturating_neg());
        Premise { line, fact }
    }
}

fn code(resolution: Span) -> u8 {
    let held = RESOLUTIONS.iter().position(|held| *held >= resolution);
    held.and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
}

fn span(code: u8) -> Span {
    RESOLUTIONS.get(usize::from(code & 7)).copied().unwrap_or(Span::ZERO)
}
