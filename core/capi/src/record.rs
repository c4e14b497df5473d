//! The records that C fills in and reads: plain values, checked whenever they come in.

use core::ffi::c_char;

use jwtick_core::time::{Bracket, Offset};
use jwtick_core::{Span, TimeBounds, UnixTime};

use crate::pointer::Items;
use crate::status::Status;

/// The latest end of bounds that nothing limits from above, and the most of an offset or a margin
/// that nothing limits.
pub const OPEN: i64 = i64::MAX;
/// The least of an offset or a margin that nothing limits, and the earliest end of such bounds.
pub const OPEN_BELOW: i64 = i64::MIN;

/// UTC lies in `earliest` to `latest`: microseconds since 1970-01-01T00:00:00Z without leap seconds,
/// negative before. `latest` is `JWTICK_OPEN` where nothing limits it: a clock that was never set
/// still proves that UTC is at or after the firmware's build time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct BoundsRecord {
    /// The earliest that UTC may be.
    pub earliest: i64,
    /// The latest that UTC may be; not before `earliest`.
    pub latest: i64,
}

impl TryFrom<BoundsRecord> for TimeBounds {
    type Error = Status;

    fn try_from(bounds: BoundsRecord) -> Result<Self, Status> {
        let at = UnixTime::from_micros;
        Self::between(at(bounds.earliest), at(bounds.latest)).ok_or(Status::Inverted)
    }
}

impl From<TimeBounds> for BoundsRecord {
    fn from(bounds: TimeBounds) -> Self {
        let (earliest, latest) = (bounds.earliest(), bounds.latest());
        Self { earliest: earliest.as_micros(), latest: latest.as_micros() }
    }
}

/// Reference minus local, in microseconds: at least `least`, at most `most`. Positive means that the
/// local clock is behind (RFC 5905 §8). `JWTICK_OPEN_BELOW` and `JWTICK_OPEN` are open ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct OffsetRecord {
    /// The lower end.
    pub least: i64,
    /// The upper end; not below `least`.
    pub most: i64,
}

impl TryFrom<OffsetRecord> for Offset {
    type Error = Status;

    fn try_from(offset: OffsetRecord) -> Result<Self, Status> {
        let span = Span::from_micros;
        Self::between(span(offset.least), span(offset.most)).ok_or(Status::Inverted)
    }
}

impl From<Offset> for OffsetRecord {
    fn from(offset: Offset) -> Self {
        Self { least: offset.least().as_micros(), most: offset.most().as_micros() }
    }
}

/// The local clock, read before and after something happened: microseconds by whatever it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct BracketRecord {
    /// The last reading before the event.
    pub before: i64,
    /// The first reading after it; not less than `before`.
    pub after: i64,
}

impl TryFrom<BracketRecord> for Bracket {
    type Error = Status;

    fn try_from(bracket: BracketRecord) -> Result<Self, Status> {
        let at = UnixTime::from_micros;
        Self::between(at(bracket.before), at(bracket.after)).ok_or(Status::Inverted)
    }
}

/// Text that stands somewhere: `length` bytes, not ended by a zero. It may be printed by `%.*s`.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct TextRecord {
    /// Where it starts; NULL only if it has no bytes.
    pub bytes: *const c_char,
    /// How many bytes it has.
    pub length: usize,
}

impl TextRecord {
    pub(crate) const fn of(text: &str) -> Self {
        Self { bytes: text.as_ptr().cast(), length: text.len() }
    }

    /// # Safety
    /// The text is as the header says, for `'a`.
    pub(crate) unsafe fn text<'a>(self) -> Result<&'a str, Status> {
        // SAFETY: what the carrier asks for is what this function asks for.
        let bytes = unsafe { Items::new(self.bytes.cast(), self.length) };
        str::from_utf8(bytes.get()?).map_err(|_| Status::Utf8)
    }
}
