//! The records that C fills in and reads: plain values, checked on every call.

use core::ffi::c_char;

use jwtick_core::time::{Bracket, Offset};
use jwtick_core::{Span, TimeBounds, UnixTime};

use crate::pointer::Items;
use crate::status::Status;

/// The latest end of bounds without an upper limit, and the upper end of an offset or margin
/// without one.
pub const OPEN: i64 = i64::MAX;
/// The lower end of an offset or margin without a limit, and the earliest end of such bounds.
pub const OPEN_BELOW: i64 = i64::MIN;

/// Bounds on UTC, `earliest` to `latest`: microseconds since 1970-01-01T00:00:00Z without leap
/// seconds, negative before. `latest` is `JWTICK_OPEN` if there is no upper limit: a clock that was
/// never set still proves that UTC is at or after the firmware's build time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct BoundsRecord {
    /// The earliest possible UTC.
    pub earliest: i64,
    /// The latest possible UTC; not before `earliest`.
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

/// Two readings of the local clock in microseconds, before and after an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct BracketRecord {
    /// The last reading before the event.
    pub before: i64,
    /// The first reading after the event; not less than `before`.
    pub after: i64,
}

impl TryFrom<BracketRecord> for Bracket {
    type Error = Status;

    fn try_from(bracket: BracketRecord) -> Result<Self, Status> {
        let at = UnixTime::from_micros;
        Self::between(at(bracket.before), at(bracket.after)).ok_or(Status::Inverted)
    }
}

/// A text in the memory of another object: `length` bytes, without a terminating zero. Print it
/// with `%.*s`.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct TextRecord {
    /// The start of the text; NULL only if it is empty.
    pub bytes: *const c_char,
    /// The length in bytes.
    pub length: usize,
}

impl TextRecord {
    pub(crate) const fn of(text: &str) -> Self {
        Self::of_bytes(text.as_bytes())
    }

    pub(crate) const fn of_bytes(bytes: &[u8]) -> Self {
        Self { bytes: bytes.as_ptr().cast(), length: bytes.len() }
    }

    /// # Safety
    /// The text is valid as the header requires, for `'a`.
    pub(crate) unsafe fn text<'a>(self) -> Result<&'a str, Status> {
        // SAFETY: this function requires of its caller what the constructor requires.
        let bytes = unsafe { Items::new(self.bytes.cast(), self.length) };
        str::from_utf8(bytes.get()?).map_err(|_| Status::Utf8)
    }
}
