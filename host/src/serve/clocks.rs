//! The clocks of those who send tokens: for each issuer, and for the most active clients, an interval that
//! holds the offset of its clock.
//!
//! Tokens bound an issuer's clock from below, and the `Date` of its key server on both sides; they may be
//! two clocks, so each kind has an estimate of its own. Proofs with a nonce bound a client's clock on both
//! sides. Only messages with a valid signature count. The table is bounded, whatever is sent.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jwtick_core::survey::{Apart, ApartCause, ClockEstimate, DateSample, Reading};
use jwtick_core::time::{NumericDate, Offset};
use jwtick_core::{Span, TimeBounds, UnixTime};

/// The kind of message that tells about a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Token,
    Date,
    Proof,
}

impl Told {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Date => "date",
            Self::Proof => "proof",
        }
    }
}

/// Clients in the table. One that is new takes the place of the least active one.
const CLIENTS: usize = 64;
/// Points of a party's timeline.
const POINTS: usize = 120;
/// Contradictions that are remembered for each party.
const EVENTS: usize = 8;
/// The least time between two points, unless the interval changes by more than [`VISIBLE`].
const PACE: Span = Span::from_secs(60);
const VISIBLE: Span = Span::from_millis(100);
/// Offsets of clients that are known better than this are worth a place in a histogram.
const NARROW: Span = Span::from_secs(5);

/// An interval from an instant on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) at: UnixTime,
    pub(crate) offset: Offset,
}

/// A contradiction: the clock was set, or there are two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) at: UnixTime,
    pub(crate) told: Told,
    pub(crate) cause: ApartCause,
    pub(crate) gap: Span,
}

/// What is known about one clock. Offsets are that clock minus UTC.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    /// By what it signs.
    pub(crate) signed: ClockEstimate<Told>,
    /// By the `Date` of its answers.
    pub(crate) dates: ClockEstimate<Told>,
    pub(crate) points: VecDeque<Point>,
    pub(crate) events: VecDeque<Event>,
    /// The number of its messages; for a client that took the place of another, with those of the other.
    pub(crate) messages: u64,
}

/// What the estimates of a party say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conclusion {
    Unknown,
    Within(Offset),
    /// No offset explains both: the signer and the server of the keys have two clocks, or the clock was
    /// set. The value is the least difference.
    Apart(Span),
}

impl Party {
    fn new() -> Self {
        Self {
            signed: ClockEstimate::default(),
            dates: ClockEstimate::default(),
            points: VecDeque::new(),
            events: VecDeque::new(),
            messages: 0,
        }
    }

    fn add(&mut self, reading: Reading<Told>, now: TimeBounds) {
        let of_dates = reading.source == Told::Date;
        let estimate = if of_dates { &mut self.dates } else { &mut self.signed };
        let apart = estimate.add(reading).err();
        self.messages = self.messages.saturating_add(1);
        if let Some(apart) = apart {
            if of_dates {
                // Tokens from before the step bound a clock that is no more.
                self.signed = ClockEstimate::default();
            }
            self.record(&apart, now);
        }
        if let Conclusion::Within(offset) = self.conclusion(now) {
            self.draw(Point { at: now.latest(), offset });
        }
    }

    fn record(&mut self, apart: &Apart<Told>, now: TimeBounds) {
        let (told, cause, gap) = (apart.met.source, apart.cause(), apart.gap);
        push(&mut self.events, Event { at: now.latest(), told, cause, gap }, EVENTS);
    }

    fn draw(&mut self, point: Point) {
        let is_news = self.points.back().is_none_or(|last| {
            point.at - last.at >= PACE
                || differ(last.offset.least(), point.offset.least())
                || differ(last.offset.most(), point.offset.most())
        });
        if is_news {
            push(&mut self.points, point, POINTS);
        }
    }

    /// What is known at present.
    pub(crate) fn conclusion(&self, now: TimeBounds) -> Conclusion {
        match (self.signed.offset(now), self.dates.offset(now)) {
            (None, None) => Conclusion::Unknown,
            (Some(offset), None) | (None, Some(offset)) => Conclusion::Within(offset),
            (Some(signed), Some(dates)) => match signed.intersect(dates) {
                Some(offset) => Conclusion::Within(offset),
                None => Conclusion::Apart(
                    (signed.least() - dates.most()).max(dates.least() - signed.most()),
                ),
            },
        }
    }
}

fn differ(one: Span, other: Span) -> bool {
    (one - other).abs() > VISIBLE
}

fn push<T>(queue: &mut VecDeque<T>, item: T, most: usize) {
    if queue.len() >= most {
        queue.pop_front();
    }
    queue.push_back(item);
}

/// The clocks of all issuers and of the most active clients. It outlasts a reload.
pub(crate) struct ClockMap(Mutex<Parties>);

#[derive(Default)]
struct Parties {
    issuers: BTreeMap<Arc<str>, Party>,
    clients: HashMap<[u8; 32], Party>,
}

/// A copy of the table, for a page.
pub(crate) struct Snapshot {
    pub(crate) now: TimeBounds,
    pub(crate) issuers: Vec<(Arc<str>, Party)>,
    /// The most active first.
    pub(crate) clients: Vec<([u8; 32], Party)>,
}

impl ClockMap {
    pub(crate) fn new() -> Self {
        Self(Mutex::default())
    }

    /// Notes a token of an issuer whose signature is valid.
    pub(crate) fn token(&self, issuer: &Arc<str>, iat: UnixTime, seen: TimeBounds) {
        self.issued(issuer, Reading::of_token(iat.into(), seen, Told::Token), seen);
    }

    /// Notes the `Date` of the server of an issuer's keys. The readings of the sample are of UTC.
    pub(crate) fn date(&self, issuer: &Arc<str>, sample: DateSample) {
        let [sent, received] =
            [sample.local.before(), sample.local.after()].map(TimeBounds::exactly);
        self.issued(issuer, Reading::of_date(sample.date, sent, received, Told::Date), received);
    }

    fn issued(&self, issuer: &Arc<str>, reading: Reading<Told>, now: TimeBounds) {
        if now.is_open() {
            return;
        }
        let issuers = &mut self.parties().issuers;
        if let Some(party) = issuers.get_mut(issuer) {
            return party.add(reading, now);
        }
        issuers.entry(Arc::clone(issuer)).or_insert_with(Party::new).add(reading, now);
    }

    /// Notes a proof of a client. Returns the middle of the interval of its clock, if that is narrow.
    pub(crate) fn proof(
        &self,
        client: [u8; 32],
        iat: NumericDate,
        nonce_issued: Option<TimeBounds>,
        seen: TimeBounds,
    ) -> Option<Span> {
        if seen.is_open() {
            return None;
        }
        let mut parties = self.parties();
        let clients = &mut parties.clients;
        // As in the Space-Saving algorithm of Metwally et al., a new client takes over the count of the
        // one that it replaces, so that an active client is never replaced by several rare ones.
        let taken = match clients.len() < CLIENTS || clients.contains_key(&client) {
            true => 0,
            false => replaced(clients),
        };
        let party =
            clients.entry(client).or_insert_with(|| Party { messages: taken, ..Party::new() });
        party.add(Reading::of_proof(iat, nonce_issued, seen, Told::Proof), seen);
        let offset = party.signed.offset(seen)?;
        let is_narrow = offset.least() != Span::MIN
            && offset.most() != Span::MAX
            && offset.most() - offset.least() < NARROW;
        is_narrow.then(|| offset.middle())
    }

    /// The interval of an issuer's clock, if there is one.
    pub(crate) fn issuer(&self, issuer: &str, now: TimeBounds) -> Option<Offset> {
        match self.parties().issuers.get(issuer)?.conclusion(now) {
            Conclusion::Within(offset) => Some(offset),
            Conclusion::Unknown | Conclusion::Apart(_) => None,
        }
    }

    /// Forgets issuers that are no longer in force.
    pub(crate) fn retain(&self, named: &[&str]) {
        self.parties().issuers.retain(|name, _| named.contains(&&**name));
    }

    /// A copy of the table.
    pub(crate) fn snapshot(&self, now: TimeBounds) -> Snapshot {
        let parties = self.parties();
        let issuers = parties.issuers.iter().map(|(name, party)| (Arc::clone(name), party.clone()));
        let issuers = issuers.collect();
        let clients = parties.clients.iter().map(|(key, party)| (*key, party.clone()));
        let mut clients: Vec<_> = clients.collect();
        drop(parties);
        clients.sort_by_key(|(key, party)| (u64::MAX - party.messages, *key));
        Snapshot { now, issuers, clients }
    }

    fn parties(&self) -> MutexGuard<'_, Parties> {
        // No code panics while it holds the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes the least active client, and returns the number of its messages.
fn replaced(clients: &mut HashMap<[u8; 32], Party>) -> u64 {
    let least = clients.iter().min_by_key(|(key, party)| (party.messages, **key));
    let key = least.map(|(key, _)| *key);
    key.and_then(|key| clients.remove(&key)).map_or(0, |party| party.messages)
}

#[cfg(test)]
mod tests {
    use jwtick_core::survey::DateOrigin;
    use jwtick_core::time::{Bracket, HttpDate};

    use super::*;

    fn at(secs: i64) -> TimeBounds {
        TimeBounds::exactly(UnixTime::from_secs(secs))
    }

    fn date(named: i64, now: i64) -> DateSample {
        let local = UnixTime::from_secs(now);
        DateSample {
            local: Bracket::between(local, local).unwrap(),
            date: HttpDate::new(UnixTime::from_secs(named)).unwrap(),
            origin: DateOrigin::Fresh,
        }
    }

    #[test]
    fn tokens_and_dates_of_one_clock_narrow_its_interval() {
        let (map, issuer) = (ClockMap::new(), Arc::from("login"));
        map.token(&issuer, UnixTime::from_secs(690), at(1000));
        assert_eq!(map.issuer("login", at(1000)).unwrap().most(), Span::MAX);
        map.date(&issuer, date(689, 1000));
        let offset = map.issuer("login", at(1000)).unwrap();
        assert!(offset.contains(Span::from_millis(-309_500)), "{offset:?}");
        assert!(offset.most() - offset.least() < Span::from_secs(3));
        assert_eq!(map.issuer("other", at(1000)), None);
    }

    #[test]
    fn clock_that_was_set_leaves_an_event_and_a_new_interval() {
        let (map, issuer) = (ClockMap::new(), Arc::from("login"));
        map.token(&issuer, UnixTime::from_secs(1310), at(1000));
        map.date(&issuer, date(1310, 1000));
        map.date(&issuer, date(1060, 1060));
        assert!(map.issuer("login", at(1060)).unwrap().contains(Span::ZERO));
        let snapshot = map.snapshot(at(1060));
        let events = &snapshot.issuers[0].1.events;
        assert_eq!((events.len(), events[0].cause), (1, ApartCause::Set));
        assert!(events[0].gap > Span::from_secs(300));
    }

    #[test]
    fn two_clocks_of_one_issuer_are_apart() {
        let (map, issuer) = (ClockMap::new(), Arc::from("login"));
        map.date(&issuer, date(1000, 1000));
        map.token(&issuer, UnixTime::from_secs(1310), at(1000));
        assert_eq!(map.issuer("login", at(1000)), None);
        let party = &map.snapshot(at(1000)).issuers[0].1;
        assert!(
            matches!(party.conclusion(at(1000)), Conclusion::Apart(gap) if gap > Span::from_secs(307))
        );
    }

    #[test]
    fn active_clients_stay_among_many_rare_ones() {
        let (map, iat) = (ClockMap::new(), UnixTime::from_secs(1005).into());
        for _ in 0..100 {
            map.proof([1; 32], iat, Some(at(999)), at(1000));
        }
        for nth in 0..2_000_u32 {
            let mut key = [0; 32];
            key[..4].copy_from_slice(&nth.to_be_bytes());
            map.proof(key, iat, None, at(1000));
        }
        let middle = map.proof([1; 32], iat, Some(at(1000)), at(1000));
        assert!(middle.is_some_and(|middle| (middle - Span::from_millis(5_500)).abs() < PACE));
        let snapshot = map.snapshot(at(1000));
        assert_eq!(snapshot.clients.len(), CLIENTS);
        assert_eq!((snapshot.clients[0].0, snapshot.clients[0].1.messages), ([1; 32], 101));
    }

    #[test]
    fn timeline_is_bounded_and_skips_what_does_not_show() {
        let (map, issuer) = (ClockMap::new(), Arc::from("login"));
        for second in 0..20_000 {
            map.token(&issuer, UnixTime::from_secs(second), at(second));
        }
        let party = &map.snapshot(at(20_000)).issuers[0].1;
        assert_eq!(party.points.len(), POINTS);
        assert!(
            party.points.iter().zip(party.points.iter().skip(1)).all(|(a, b)| b.at - a.at >= PACE)
        );
    }
}
