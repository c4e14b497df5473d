//! A server's clock, measured by the `Date` header of its answers, and the best time for the next
//! request.
//!
//! `Date` has whole seconds (RFC 9110 §5.6.7), so one answer leaves the offset uncertain by a
//! second plus its round trip. A request that reaches the server just as its second ends halves
//! this uncertainty, whichever of the two seconds is named. About one round trip remains.

mod fault;

use core::cmp::Ordering;

use super::agreement::Agreement;
use crate::time::HttpDate;
use crate::time::Ppm;
use crate::time::{Bracket, Offset};
use crate::time::{Span, TimeBounds, UnixTime};

pub use self::fault::DateFault;

const SECOND: Span = Span::from_secs(1);

/// The time for which a server may reuse a `Date` text after its second. Tomcat and Undertow write
/// one text per second, and the timer with which Node.js does so fires late.
const STALE: Span = Span::from_secs(1);

// The greatest rate at which `adjtime` slews a clock, local or remote; two crystals drift apart
// more slowly.
const SLEW: Ppm = Ppm(500);

// A smaller gain is not worth a request, because timers are no more accurate.
const LEAST_GAIN: Span = Span::from_micros(500);

// After four answers that could have named the next second but did not, it seems not to come.
const SUSPICIOUS: Span = Span::from_millis(63);

/// The origin of a `Date`: written for this request, or stored.
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
    /// Nothing indicates a stored answer.
    Fresh,
    /// The answer has an `Age` header, so it was made for an earlier request (RFC 9111 §5.1).
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
    /// The local clock just before the request was sent and just after its answer arrived.
    pub local: Bracket,
    /// The second that the server named.
    pub date: HttpDate,
    /// The origin of the answer.
    pub origin: DateOrigin,
}

impl DateSample {
    /// The offset that this answer proves alone, if it was written for its request.
    #[must_use]
    pub fn offset(self) -> Offset {
        let named = self.date.at();
        let server = TimeBounds::between(named, named + SECOND);
        Offset::observed(self.local, server.unwrap_or(TimeBounds::exactly(named)))
    }

    /// The same, if the `Date` text may have been one second old.
    pub(crate) fn stale_offset(self) -> Offset {
        self.offset().shift(Span::ZERO, STALE)
    }

    fn delay(self) -> Span {
        self.local.after() - self.local.before()
    }
}

/// The combined proof of one server's answers.
///
/// All brackets must come from one local clock that is not set in between.
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
    // As of the newest sample. `fresh` assumes that every `Date` is as new as its answer, until
    // that is refuted; the other allows for one that is a second older.
    fresh: Option<Offset>,
    stale: Offset,
    delay: Span, // the shortest
    first: DateSample,
    newest: DateSample,
    since: UnixTime, // when the newest `Date` was first received
}

impl DateSeries {
    /// An empty series.
    #[must_use]
    pub const fn new() -> Self {
        Self(Agreement::Open)
    }

    /// Adds the next answer.
    ///
    /// # Errors
    /// - [`DateFault::Stored`] if the answer comes from a cache; the series is unchanged.
    /// - [`DateFault::Repeated`], [`DateFault::WentBack`] or [`DateFault::Apart`] if it contradicts
    ///   the earlier answers. Any of them may be wrong, so the series proves nothing more.
    pub fn add(&mut self, sample: DateSample) -> Result<(), DateFault> {
        if sample.origin == DateOrigin::Stored {
            return Err(DateFault::Stored { date: sample.date });
        }
        self.0.add(Agreed::of(sample), |agreed| agreed.and(sample))
    }

    /// The server minus the local clock as of the newest answer, once `Date` has advanced. Without
    /// an advance, a stopped `Date` would pass for a clock within its first second.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        self.0.reached().filter(|agreed| agreed.advanced()).map(Agreed::offset)
    }

    /// The shortest round trip.
    #[must_use]
    pub fn delay(&self) -> Option<Span> {
        self.0.reached().map(|agreed| agreed.delay)
    }

    /// The best time by the local clock, now or later, to send the next request; `None` if another
    /// one can hardly narrow the offset.
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

    // The reason why `sample` contradicts the offset `held` so far.
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

    // Aims at the end of a second, at the midpoint of what is possible. If `Date` seems not to
    // advance, the next request follows after at least a second, when it must have advanced. Where
    // texts are reused for longer, the ends of seconds tell nothing.
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

/// The greatest drift between two clocks in `elapsed`.
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
