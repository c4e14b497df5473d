//! The clocks that answer to one name, grouped by the answers that one clock can have given.
//!
//! Every answer with a `Date` (RFC 9110 §6.6.1) bounds the offset of the server that wrote it. All
//! answers of one clock share its true offset, so answers without a common offset come from
//! different clocks. An answer joins the group that it shares an offset with, or starts a new one.
//! Two groups exist only where two answers exclude each other, so servers that agree never form
//! two. The number of groups is not the number of servers: clocks that differ by less than the
//! bounds share a group.

use super::date_series::{DateOrigin, DateSample, parted};
use crate::time::HttpDate;
use crate::time::Offset;
use crate::time::{Span, UnixTime};

/// Clusters have a handful of nodes; the limit leaves room for a few more clocks.
const MOST: usize = 8;

/// A group of answers that one clock can have given.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::survey::{DateOrigin, DateSample, NodeClocks};
/// use jwtick_core::time::{Bracket, HttpDate};
/// let at = UnixTime::from_secs(1_488_515_345);
/// let local = Bracket::between(at, at).unwrap();
/// let date = HttpDate::new(at + Span::from_secs(90)).unwrap();
/// let mut clocks = NodeClocks::new();
/// clocks.add(DateSample { local, date, origin: DateOrigin::Fresh });
/// let [clock] = clocks.clocks() else { unreachable!() };
/// assert!(clock.offset().contains(Span::from_secs(90)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeClock {
    offset: Offset,
    answers: u32,
    newest: UnixTime,
}

impl NodeClock {
    /// The clock of this group minus the local clock.
    #[must_use]
    pub const fn offset(self) -> Offset {
        self.offset
    }

    /// The number of answers in this group.
    #[must_use]
    pub const fn answers(self) -> u32 {
        self.answers
    }

    // Two clocks may have drifted apart since the newest answer.
    fn since(self, local: UnixTime) -> Offset {
        let slewed = parted(local - self.newest);
        self.offset.widen(slewed)
    }

    fn counted(&mut self) {
        self.answers = self.answers.saturating_add(1);
    }
}

/// The clocks that answer to one name, from the answers to many requests.
///
/// All brackets must come from one local clock that is not set in between.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::survey::{DateOrigin, DateSample, NodeClocks};
/// use jwtick_core::time::{Bracket, HttpDate};
/// let answer = |local: i64, ahead: i64| {
///     let at = UnixTime::from_secs(local);
///     let local = Bracket::between(at, at + Span::from_millis(10)).unwrap();
///     let date = HttpDate::new(at + Span::from_secs(ahead)).unwrap();
///     DateSample { local, date, origin: DateOrigin::Fresh }
/// };
/// let mut clocks = NodeClocks::new();
/// [answer(0, 0), answer(1, 90), answer(2, 0)].map(|answer| clocks.add(answer));
/// assert!(clocks.differ());
/// let answers: Vec<u32> = clocks.clocks().iter().map(|clock| clock.answers()).collect();
/// assert_eq!(answers, [2, 1]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NodeClocks {
    clocks: heapless::Vec<NodeClock, MOST>,
    others: u32,
    first: Option<HttpDate>,
    advanced: bool,
}

/// The new information in an answer.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::survey::{DateOrigin, DateSample, Heard, NodeClocks};
/// use jwtick_core::time::{Bracket, HttpDate};
/// let at = UnixTime::from_secs(1_488_515_345);
/// let (local, date) = (Bracket::between(at, at).unwrap(), HttpDate::new(at).unwrap());
/// let answer = DateSample { local, date, origin: DateOrigin::Fresh };
/// let mut clocks = NodeClocks::new();
/// assert_eq!(clocks.add(answer), Heard::Another);
/// assert_eq!(clocks.add(answer), Heard::Known);
/// assert_eq!(clocks.add(DateSample { origin: DateOrigin::Stored, ..answer }), Heard::Nothing);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// One of the known clocks can have given it.
    Known,
    /// No known clock can have given it.
    Another,
    /// No new information: the answer came from a cache, or there is no room for another clock.
    Nothing,
}

impl NodeClocks {
    /// A collection without answers.
    #[must_use]
    pub const fn new() -> Self {
        Self { clocks: heapless::Vec::new(), others: 0, first: None, advanced: false }
    }

    /// Adds the next answer. A cached answer says nothing about a clock and is ignored.
    pub fn add(&mut self, sample: DateSample) -> Heard {
        if sample.origin == DateOrigin::Stored {
            return Heard::Nothing;
        }
        self.advanced |= *self.first.get_or_insert(sample.date) != sample.date;
        self.place(sample.stale_offset(), sample.local.before(), sample.local.after())
    }

    fn place(&mut self, answer: Offset, before: UnixTime, after: UnixTime) -> Heard {
        let shares = |clock: &&mut NodeClock| clock.since(before).intersect(answer).is_some();
        let mut able = self.clocks.iter_mut().filter(shares);
        let (first, second) = (able.next(), able.next());
        if let Some(clock) = first {
            // An answer that several clocks can have given narrows none of them.
            if let (None, Some(shared)) = (second, clock.since(before).intersect(answer)) {
                (clock.offset, clock.newest) = (shared, after);
            }
            clock.counted();
            return Heard::Known;
        }
        let clock = NodeClock { offset: answer, answers: 1, newest: after };
        if self.clocks.push(clock).is_ok() {
            return Heard::Another;
        }
        self.others = self.others.saturating_add(1);
        Heard::Nothing
    }

    /// The groups, in the order of their first answers.
    #[must_use]
    pub fn clocks(&self) -> &[NodeClock] {
        &self.clocks
    }

    /// The groups, in the order of their offsets.
    pub(crate) fn by_offset(&self) -> heapless::Vec<NodeClock, MOST> {
        let mut clocks = self.clocks.clone();
        clocks.sort_unstable_by_key(|clock| clock.offset.least());
        clocks
    }

    /// The number of answers that fit none of the eight groups.
    #[must_use]
    pub const fn others(&self) -> u32 {
        self.others
    }

    /// The total number of answers.
    #[must_use]
    pub fn answers(&self) -> u32 {
        let counted = self.clocks.iter().map(|clock| clock.answers);
        counted.fold(self.others, u32::saturating_add)
    }

    /// Returns whether no single clock can have given all answers. A `Date` that never advances
    /// does not count as a clock, although its offset grows with every request.
    #[must_use]
    pub fn differ(&self) -> bool {
        self.clocks.len() > 1 && self.advanced
    }

    /// The smallest interval with the offsets of all groups; `None` without answers.
    #[must_use]
    pub fn hull(&self) -> Option<Offset> {
        self.clocks.iter().map(|clock| clock.offset).reduce(Offset::hull)
    }

    /// The least difference between the two groups that are farthest apart.
    #[must_use]
    pub fn spread(&self) -> Span {
        let offsets = || self.clocks.iter().map(|clock| clock.offset);
        let highest = offsets().map(Offset::least).max();
        let lowest = offsets().map(Offset::most).min();
        highest.zip(lowest).map_or(Span::ZERO, |(high, low)| (high - low).max(Span::ZERO))
    }

    /// The least difference between the local clock and the nearest group.
    #[must_use]
    pub fn distance(&self) -> Span {
        let distances = self.clocks.iter().map(|clock| clock.offset.distance());
        distances.min().unwrap_or(Span::ZERO)
    }
}
