//! The clocks behind one name: which answers one clock can have given, and which it cannot.
//!
//! Every answer with a `Date` (RFC 9110 §6.6.1) bounds the offset of the server that wrote it. All
//! answers of one clock have its true offset in common, so those without a common one come from
//! clocks that differ. An answer joins the group that it shares an offset with, and founds a group
//! where there is none: two groups exist only where two answers exclude each other, and servers
//! that agree never make two. Their number is no count of servers: those that differ by less than
//! the bounds share a group.

use super::date_series::{DateOrigin, DateSample, parted};
use crate::time::HttpDate;
use crate::time::Offset;
use crate::time::{Span, UnixTime};

/// Clusters have a handful of nodes; a few more clocks than that are told apart.
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
    /// That clock minus the local one.
    #[must_use]
    pub const fn offset(self) -> Offset {
        self.offset
    }

    /// How many answers it gave.
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

/// The clocks that answer to one name, by the answers to many requests.
///
/// All brackets must be of one local clock that is not set in between.
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

/// What an answer tells that the ones before it did not.
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
    /// None of them can.
    Another,
    /// Nothing: a cache gave it, or there is no room for another clock.
    Nothing,
}

impl NodeClocks {
    /// Nobody has answered yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { clocks: heapless::Vec::new(), others: 0, first: None, advanced: false }
    }

    /// Takes the next answer. One that a cache had stored tells no clock's time, and is passed over.
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
            // One that several clocks can have given narrows none of them.
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

    /// The groups, from the one that shows the local clock the farthest ahead.
    pub(crate) fn by_offset(&self) -> heapless::Vec<NodeClock, MOST> {
        let mut clocks = self.clocks.clone();
        clocks.sort_unstable_by_key(|clock| clock.offset.least());
        clocks
    }

    /// How many answers none of the groups can have given, beyond the eight that there is room for.
    #[must_use]
    pub const fn others(&self) -> u32 {
        self.others
    }

    /// How many answers there were in all.
    #[must_use]
    pub fn answers(&self) -> u32 {
        let counted = self.clocks.iter().map(|clock| clock.answers);
        counted.fold(self.others, u32::saturating_add)
    }

    /// Whether no single clock can have given all answers. A `Date` that never moves is no clock's,
    /// although its offset grows with every request.
    #[must_use]
    pub fn differ(&self) -> bool {
        self.clocks.len() > 1 && self.advanced
    }

    /// What the local clock can be by any of them; `None` if nobody has answered.
    #[must_use]
    pub fn hull(&self) -> Option<Offset> {
        self.clocks.iter().map(|clock| clock.offset).reduce(Offset::hull)
    }

    /// By how much the two that are the farthest apart differ at least.
    #[must_use]
    pub fn spread(&self) -> Span {
        let offsets = || self.clocks.iter().map(|clock| clock.offset);
        let highest = offsets().map(Offset::least).max();
        let lowest = offsets().map(Offset::most).min();
        highest.zip(lowest).map_or(Span::ZERO, |(high, low)| (high - low).max(Span::ZERO))
    }

    /// By how much the local clock differs at least from the nearest of them.
    #[must_use]
    pub fn distance(&self) -> Span {
        let distances = self.clocks.iter().map(|clock| clock.offset.distance());
        distances.min().unwrap_or(Span::ZERO)
    }
}
