//! A server's clock by the `Date` of its answers: what a series of them proves, when to ask next.
//!
//! `Date` has whole seconds (RFC 9110 §5.6.7), so one answer leaves the offset open by a second and
//! its round trip. A request that reaches the server just when a second ends there halves what is
//! open, whichever of the two seconds it is answered with; what remains is one round trip.

mod fault;

use core::cmp::Ordering;

use super::agreement::Agreement;
use crate::time::HttpDate;
use crate::time::Ppm;
use crate::time::{Bracket, Offset};
use crate::time::{Span, TimeBounds, UnixTime};

pub use self::fault::DateFault;

const SECOND: Span = Span::from_secs(1);

/// How long a text of `Date` may be in use after its second: Tomcat and Undertow write one a second,
/// and the timer by which Node.js does fires late.
const STALE: Span = Span::from_secs(1);

// The most by which `adjtime` slews a clock, ours or the server's; two crystals part by less.
const SLEW: Ppm = Ppm(500);

// Fewer than this is not worth a request: timers wake up no better.
const LEAST_GAIN: Span = Span::from_micros(500);

// Where four answers that could have named the next second did not, it seems not to come.
const SUSPICIOUS: Span = Span::from_millis(63);

/// Whether the server wrote `Date` for this request.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::survey::{DateFault, DateOrigin, DateSample, DateSeries};
/// use jwtick_core::time::{Bracket, HttpDate};
/// let date = HttpDate::new(UnixTime::from_secs(1_488_515_345)).unwrap();
/// let local = Bracket::between(UnixTime::EPOCH, UnixTime::from_secs(1)).unwrap();
/// let cached = DateSample { local, date, origin: DateOrigin::Stored };
/// assert_eq!(DateSeries::new().add(cached), Err(DateFault::Stored { date }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrigin {
    /// Nothing says that it did not.
    Fresh,
    /// The answer has `Age`, so it was made for an earlier request (RFC 9111 §5.1).
    Stored,
}

/// One answer with a `Date`.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::survey::{DateOrigin, DateSample};
/// use jwtick_core::time::{Bracket, HttpDate, Offset};
/// let date = HttpDate::parse(b"Fri, 03 Mar 2017 04:29:05 GMT")?;
/// let asked = date.at() - Span::from_secs(60);
/// let local = Bracket::between(asked, asked + Span::from_millis(20)).unwrap();
/// let sample = DateSample { local, date, origin: DateOrigin::Fresh };
/// let (least, most) = (Span::from_millis(59_980), Span::from_secs(61));
/// assert_eq!(Some(sample.offset()), Offset::between(least, most));
/// # Ok::<(), jwtick_core::time::HttpDateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateSample {
    /// The local clock just before the request was sent, and when its answer was there.
    pub local: Bracket,
    /// The second that the server named.
    pub date: HttpDate,
    /// Whether it named it for this request.
    pub origin: DateOrigin,
}

impl DateSample {
    /// What this answer proves alone, if it was written for its request.
    #[must_use]
    pub fn offset(self) -> Offset {
        let named = self.date.at();
        let server = TimeBounds::between(named, named + SECOND);
        Offset::observed(self.local, server.unwrap_or(TimeBounds::exactly(named)))
    }

    /// The same where the text of its `Date` may have been a second old.
    pub(crate) fn stale_offset(self) -> Offset {
        self.offset().shift(Span::ZERO, STALE)
    }

    fn delay(self) -> Span {
        self.local.after() - self.local.before()
    }
}

/// What the answers of one server prove together.
///
/// All brackets must be of one local clock that is not set in between.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::survey::{DateOrigin, DateSample, DateSeries};
/// use jwtick_core::time::{Bracket, HttpDate};
/// // A server that is 10.3 s ahead and 10 ms away.
/// let ask = |local: UnixTime| {
///     let (ahead, way) = (Span::from_millis(10_300), Span::from_millis(10));
///     let local = Bracket::between(local, local + way + way).unwrap();
///     let date = HttpDate::new(local.before() + way + ahead).unwrap();
///     DateSample { local, date, origin: DateOrigin::Fresh }
/// };
/// let (mut series, mut now) = (DateSeries::new(), UnixTime::EPOCH);
/// for _ in 0..8 {
///     let Some(at) = series.next_request(now) else { break };
///     let sample = ask(at);
///     series.add(sample)?;
///     now = sample.local.after();
/// }
/// let offset = series.offset().unwrap();
/// assert!(offset.contains(Span::from_millis(10_300)));
/// assert!(offset.most() - offset.least() < Span::from_millis(30));
/// # Ok::<(), jwtick_core::survey::DateFault>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateSeries(Agreement<Agreed>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Agreed {
    // As of the newest sample: if every `Date` is as new as its answer, until that is refuted; and
    // if it may be a second older.
    fresh: Option<Offset>,
    stale: Offset,
    delay: Span, // the shortest
    first: DateSample,
    newest: DateSample,
    since: UnixTime, // when the `Date` of the newest was there for the first time
}

impl DateSeries {
    /// A series without answers.
    #[must_use]
    pub const fn new() -> Self {
        Self(Agreement::Open)
    }

    /// Takes the next answer.
    ///
    /// # Errors
    /// - [`DateFault::Stored`] if the answer comes from a cache; the series stays as it was.
    /// - [`DateFault::Repeated`], [`DateFault::WentBack`] or [`DateFault::Apart`] if it contradicts
    ///   the earlier ones. Nobody knows which of them is right, so the series proves nothing more.
    pub fn add(&mut self, sample: DateSample) -> Result<(), DateFault> {
        if sample.origin == DateOrigin::Stored {
            return Err(DateFault::Stored { date: sample.date });
        }
        self.0.add(Agreed::of(sample), |agreed| agreed.and(sample))
    }

    /// The server minus the local clock as of the newest answer, once `Date` was seen to advance:
    /// one that stands still would pass for a clock within the first second.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        self.0.reached().filter(|agreed| agreed.advanced()).map(Agreed::offset)
    }

    /// The shortest round trip.
    #[must_use]
    pub fn delay(&self) -> Option<Span> {
        self.0.reached().map(|agreed| agreed.delay)
    }

    /// When by the local clock, now or later, the next request is best sent; `None` if another one
    /// can hardly narrow the offset.
    #[must_use]
    pub fn next_request(&self, now: UnixTime) -> Option<UnixTime> {
        match self.0 {
            Agreement::Open => Some(now),
            Agreement::Reached(agreed) => agreed.next_request(now),
            Agreement::Refuted => None,
        }
    }
}

impl Agreed {
    fn of(sample: DateSample) -> Self {
        Self {
            fresh: Some(sample.offset()),
            stale: sample.stale_offset(),
            delay: sample.delay(),
            first: sample,
            newest: sample,
            since: sample.local.after(),
        }
    }

    fn offset(self) -> Offset {
        self.fresh.unwrap_or(self.stale)
    }

    fn and(self, sample: DateSample) -> Result<Self, DateFault> {
        let elapsed = sample.local.after() - self.newest.local.before();
        let slewed = parted(elapsed);
        let held = self.stale.widen(slewed);
        let stale = held
            .intersect(sample.stale_offset())
            .filter(|_| self.newest.date <= sample.date)
            .ok_or_else(|| self.fault(sample, held))?;
        let fresh = self.fresh.map(|fresh| fresh.widen(slewed));
        let fresh = fresh.and_then(|fresh| fresh.intersect(sample.offset()));
        let (delay, after) = (self.delay.min(sample.delay()), sample.local.after());
        let since = if self.newest.date == sample.date { self.since } else { after };
        Ok(Self { fresh, stale, delay, newest: sample, since, ..self })
    }

    // What sets `sample` apart from what was `held` of the offset before.
    fn fault(self, sample: DateSample, held: Offset) -> DateFault {
        let (from, to) = (self.newest.date, sample.date);
        match to.cmp(&from) {
            Ordering::Less => DateFault::WentBack { from, to },
            Ordering::Equal => {
                DateFault::Repeated { date: to, later: sample.local.before() - self.since }
            }
            Ordering::Greater => DateFault::Apart { least: held.apart(sample.stale_offset()) },
        }
    }

    fn advanced(self) -> bool {
        self.first.date < self.newest.date
    }

    // Aims at the end of a second as the middle of what is possible has it. A `Date` that seems not
    // to advance is asked for again after a second at the least, when it must have. Where texts are
    // used for longer, their ends tell nothing.
    fn next_request(self, now: UnixTime) -> Option<UnixTime> {
        let offset = self.offset();
        let width = offset.most() - offset.least();
        let gain = half(width - self.delay);
        let earliest = match self.advanced() {
            true if self.fresh.is_none() => return None,
            false if self.fresh.is_none() => now.max(self.since + SECOND + STALE),
            true if gain < LEAST_GAIN.max(eighth(self.delay)) => return None,
            false if gain < SUSPICIOUS => now.max(self.since + SECOND),
            _ => now,
        };
        let arrives = earliest + offset.least() + half(width) + half(self.delay);
        Some(earliest + until_second_ends(arrives))
    }
}

fn until_second_ends(at: UnixTime) -> Span {
    let begun = at - UnixTime::from_secs(at.floor_secs());
    if begun == Span::ZERO { Span::ZERO } else { SECOND - begun }
}

/// How far two clocks may part in `elapsed`.
pub(crate) fn parted(elapsed: Span) -> Span {
    let micros = elapsed.abs().as_micros().saturating_mul(SLEW.0.into());
    Span::from_micros((micros / 1_000_000).saturating_add(1))
}

const fn half(span: Span) -> Span {
    Span::from_micros(span.as_micros() / 2)
}

const fn eighth(span: Span) -> Span {
    Span::from_micros(span.as_micros() / 8)
}
