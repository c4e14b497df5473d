//! Relating two logs by the requests that both have seen.
//!
//! Of one request, the client's line that sends it is written before every line of the server about it,
//! and the server's line about its arrival before the client's line about the answer. Each is a bound on
//! the difference of the two clocks, whatever the delays.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use jwtick_core::diagnosis::TimedLine;
use jwtick_core::time::Offset;
use jwtick_core::{Span, TimeBounds};

use super::identifiers::identifiers;

/// Number of requests that are kept of one log. Those with the smallest hashes are kept of each, so that
/// the same ones stay, and memory is bounded.
const KEPT: usize = 16_384;

/// An identifier that is seen for longer than this is used for several requests: the usual timeout of HTTP
/// clients.
const REQUEST: Span = Span::from_secs(30);

/// A server may log a request at most this long after it has sent the answer.
const LOGGED: Span = Span::from_secs(1);

/// Words of a client that is about to send a request, and of one that has the answer. A client names the
/// server, which a server does not: `POST https://`.
const SENDING: &[&[u8]] =
    &[b"ending ", b"T http", b"E http", b"H http", b"> POST ", b"> GET ", b"> PUT "];
const ANSWERED: &[&[u8]] = &[b"esponse", b"nswer", b"< HTTP/", b"eturned", b"equest sent"];
/// Words of a server about a request that has arrived.
const ARRIVED: &[&[u8]] = &[b"eceived", b"ncoming", b"POST /", b"GET /", b"PUT /"];

/// A line, and the time that its stamp shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) line: u64,
    pub(crate) at: TimeBounds,
    has_zone: bool,
}

/// The lines of one log about one request.
#[derive(Debug, Clone, Copy)]
struct Seen {
    first: Mark,
    last: Mark,
    /// The first line, if it says that the request arrived.
    arrived: Option<Mark>,
    sent: Option<Mark>,
    answered: Option<Mark>,
    is_sent_again: bool,
    is_client: bool,
}

/// The requests of one log.
#[derive(Debug, Clone)]
pub(super) struct Sightings {
    hasher: RandomState,
    requests: BTreeMap<u64, Seen>,
}

impl Sightings {
    /// Starts with an empty log. Logs are related if `hasher` is that of all.
    pub(super) const fn new(hasher: RandomState) -> Self {
        Self { hasher, requests: BTreeMap::new() }
    }

    /// Reads a line. A line without a stamp of its own may be older than it looks, or newer.
    pub(super) fn see(&mut self, line: TimedLine<'_>) {
        let Some(time) = line.time.filter(|_| line.is_stamped) else { return };
        let mark = Mark { line: line.number, at: time.at, has_zone: time.has_zone };
        let mut role = None;
        identifiers(line.text, |identifier| {
            let role = *role.get_or_insert_with(|| Role::of(line.text));
            let key = self.hasher.hash_one(identifier);
            let seen = self.requests.entry(key).or_insert_with(|| Seen::first(mark, role));
            seen.add(mark, role);
            if self.requests.len() > KEPT {
                self.requests.pop_last();
            }
        });
    }

    /// The difference between the clocks of this log and of `other`.
    pub(super) fn relation(&self, other: &Self) -> Option<Relation> {
        let mut relation = Relation::default();
        for (key, one) in &self.requests {
            if let Some(two) = other.requests.get(key).filter(|it| it.is_one_request())
                && one.is_one_request()
            {
                relation.take(one, two);
            }
        }
        (relation.requests > 0).then_some(relation)
    }
}

/// What a line says about its request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Sends,
    /// The answer, and whether a client says so.
    Answers { is_client: bool },
    Arrives,
    Other,
}

impl Role {
    fn of(line: &[u8]) -> Self {
        let has = |words: &[&[u8]]| {
            words.iter().any(|word| memchr::memmem::find(line, word).is_some())
        };
        let is_client = has(SENDING) || memchr::memmem::find(line, b"< HTTP/").is_some();
        // A line about the answer repeats the request.
        if has_status(line) || has(ANSWERED) {
            return Self::Answers { is_client };
        }
        match (is_client, has(ARRIVED)) {
            (true, _) => Self::Sends,
            (false, true) => Self::Arrives,
            (false, false) => Self::Other,
        }
    }
}

/// Returns true if a word of `line` is a status code (RFC 9110 §15).
fn has_status(line: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./+".contains(byte);
    line.split(|byte| !is_part(byte)).any(|word| {
        matches!(word, [b'1'..=b'5', rest @ ..] if rest.len() == 2 && rest.iter().all(u8::is_ascii_digit))
    })
}

impl Seen {
    fn first(mark: Mark, role: Role) -> Self {
        let arrived = matches!(role, Role::Arrives | Role::Answers { .. }).then_some(mark);
        Self {
            first: mark,
            last: mark,
            arrived,
            sent: None,
            answered: None,
            is_sent_again: false,
            is_client: false,
        }
    }

    fn add(&mut self, mark: Mark, role: Role) {
        self.last = mark;
        match role {
            // A token and its `jti` are two identifiers of one line.
            Role::Sends => {
                self.is_sent_again |= self.sent.is_some_and(|sent| sent.line != mark.line);
                self.sent = Some(mark);
                self.is_client = true;
            }
            Role::Answers { is_client } => {
                self.answered = self.answered.or(Some(mark));
                self.is_client |= is_client;
            }
            Role::Arrives | Role::Other => {}
        }
    }

    /// Returns true if the identifier was used for a single request, as far as the log shows.
    fn is_one_request(&self) -> bool {
        let length = self.last.at.earliest() - self.first.at.earliest();
        !self.is_sent_again && length.abs() <= REQUEST
    }
}

/// Two lines, the first of which was written before the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Premise {
    /// True if the first line is in the first log.
    pub(crate) is_forward: bool,
    pub(crate) before: Mark,
    pub(crate) after: Mark,
}

/// A bound on the difference of two clocks.
type Bound = (Span, Premise);

/// The difference between the clocks of two logs: the second minus the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Relation {
    least: Option<Bound>,
    most: Option<Bound>,
    /// Number of requests that both logs show.
    pub(crate) requests: u64,
    /// True if it only holds if the stamps without a zone are in UTC.
    pub(crate) if_utc: bool,
}

impl Relation {
    fn take(&mut self, one: &Seen, two: &Seen) {
        let bounds = match (one.is_client, two.is_client) {
            (true, false) => between(one, two).map(|it| it.map(|it| (it, true))),
            (false, true) => between(two, one).map(|it| it.map(|it| (it, false))),
            // Both sent it on, or neither did: any order is possible.
            _ => return,
        };
        let mut is_bound = false;
        for ((before, after), is_first_the_client) in bounds.into_iter().flatten() {
            is_bound = true;
            self.if_utc |= !(before.has_zone && after.has_zone);
            let is_sending = after_is_servers(&before, &after, one, two, is_first_the_client);
            let is_forward = is_sending == is_first_the_client;
            self.add(Premise { is_forward, before, after }, is_sending);
        }
        self.requests = self.requests.saturating_add(is_bound.into());
    }

    /// Adds a bound. At the second line, the clock of the first one had advanced.
    fn add(&mut self, premise: Premise, is_sending: bool) {
        let Premise { is_forward, before, after } = premise;
        let slack = if is_sending { Span::ZERO } else { LOGGED };
        let apart = after.at.latest() - before.at.earliest() + slack;
        if is_forward {
            if self.most.is_none_or(|(most, _)| apart < most) {
                self.most = Some((apart, premise));
            }
        } else if self.least.is_none_or(|(least, _)| -apart > least) {
            self.least = Some((-apart, premise));
        }
    }

    /// The difference, or `None` if the bounds contradict each other.
    pub(crate) fn offset(&self) -> Option<Offset> {
        let least = self.least.map_or(Span::MIN, |(least, _)| least);
        let most = self.most.map_or(Span::MAX, |(most, _)| most);
        Offset::between(least, most)
    }

    /// The lines that prove it: for each bound, two.
    pub(crate) fn premises(&self) -> impl Iterator<Item = Premise> {
        [self.least, self.most].into_iter().flatten().map(|(_, premise)| premise)
    }
}
