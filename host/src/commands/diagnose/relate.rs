//! Relating two logs by the requests that both have seen.
//!
//! Of one request, the client's line that sends it is written before every line of the server about it,
//! and the server's line about its arrival before the client's line about the answer. Each is a bound on
//! the difference of the two clocks, whatever the delays.

use core::hash::BuildHasher;
use std::collections::BTreeMap;
use std::hash::RandomState;

use jwtick_core::diagnosis::TimedLine;
use jwtick_core::time::Offset;
use jwtick_core::{Span, TimeBounds, UnixTime};

use super::identifiers::{identifiers, may_identify};

/// Number of requests that are kept of one log. Those with the smallest hashes are kept of each, so that
/// the same ones stay, and memory is bounded.
const KEPT: usize = 4_096;

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
    first: UnixTime,
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

    /// The lines that [`see`](Self::see) needs. More requests only make them fewer.
    pub(super) fn sample(&self) -> Sample {
        let is_full = self.requests.len() >= KEPT;
        let last = self.requests.last_key_value().filter(|_| is_full);
        let most = last.map_or(u64::MAX, |(&key, _)| key);
        Sample { hasher: self.hasher.clone(), most }
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

/// Chooses the lines that add to the requests that are kept.
pub(super) struct Sample {
    hasher: RandomState,
    /// The largest hash of a request that is kept.
    most: u64,
}

impl Sample {
    /// Returns true if the line is about a request that may be kept.
    pub(super) fn wants(&self, line: &[u8]) -> bool {
        let mut wants = false;
        if may_identify(line) {
            identifiers(line, |it| wants |= self.hasher.hash_one(it) <= self.most);
        }
        wants
    }
}

/// What a line says about its request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Sends,
    /// The answer, and whether a client says so.
    Answers {
        is_client: bool,
    },
    Arrives,
    Other,
}

impl Role {
    fn of(line: &[u8]) -> Self {
        let has =
            |words: &[&[u8]]| words.iter().any(|word| memchr::memmem::find(line, word).is_some());
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
            first: mark.at.earliest(),
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
        let length = self.last.at.earliest() - self.first;
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
    /// How much earlier the second line may have been written.
    slack: Span,
}

impl Premise {
    /// The most that the clock of the second line can be ahead of that of the first, which had advanced by
    /// then.
    fn most(&self) -> Span {
        self.after.at.latest() - self.before.at.earliest() + self.slack
    }
}

/// The difference between the clocks of two logs: the second minus the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Relation {
    least: Option<Premise>,
    most: Option<Premise>,
    /// Number of requests that both logs show.
    pub(crate) requests: u64,
    /// True if it only holds if the stamps without a zone are in UTC.
    pub(crate) if_utc: bool,
}

impl Relation {
    fn take(&mut self, one: &Seen, two: &Seen) {
        let (client, server, is_first_the_client) = match (one.is_client, two.is_client) {
            (true, false) => (one, two, true),
            (false, true) => (two, one, false),
            // Both sent it on, or neither did: any order is possible.
            _ => return,
        };
        let sent = client.sent.map(|sent| Premise {
            is_forward: is_first_the_client,
            before: sent,
            after: server.last,
            slack: Span::ZERO,
        });
        let arrived = server.arrived.zip(client.answered).map(|(arrived, answered)| Premise {
            is_forward: !is_first_the_client,
            before: arrived,
            after: answered,
            slack: LOGGED,
        });
        let premises = [sent, arrived];
        self.requests = self.requests.saturating_add(premises.iter().any(Option::is_some).into());
        premises.into_iter().flatten().for_each(|premise| self.add(premise));
    }

    fn add(&mut self, premise: Premise) {
        self.if_utc |= !(premise.before.has_zone && premise.after.has_zone);
        let apart = premise.most();
        if premise.is_forward {
            if self.most.is_none_or(|held| apart < held.most()) {
                self.most = Some(premise);
            }
        } else if self.least.is_none_or(|held| apart < held.most()) {
            self.least = Some(premise);
        }
    }

    /// The difference, or `None` if the bounds contradict each other.
    pub(crate) fn offset(&self) -> Option<Offset> {
        let least = self.least.map_or(Span::MIN, |premise| -premise.most());
        let most = self.most.map_or(Span::MAX, |premise| premise.most());
        Offset::between(least, most)
    }

    /// The lines that prove it: for each bound, two.
    pub(crate) fn premises(&self) -> impl Iterator<Item = Premise> {
        [self.least, self.most].into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use jwtick_core::diagnosis::{LogZone, TimedLines};

    use super::*;

    const ID: &str = "request_id=5f0c2b7e-9a41-4d7c-8f2b-1f7d3c0a9e11";
    const OTHER: &str = "request_id=0b9f6f0e-33ab-4f58-a2ce-6f2f0f4b7d52";

    fn sightings(hasher: &RandomState, log: &str) -> Sightings {
        let mut sightings = Sightings::new(hasher.clone());
        let mut lines = TimedLines::new(LogZone::Unknown, UnixTime::EPOCH);
        lines.feed(log.as_bytes(), |line| sightings.see(line));
        sightings
    }

    /// The bounds in seconds, in both directions of the relation.
    fn related(one: &str, two: &str) -> Option<(Option<(i64, i64)>, u64)> {
        let hasher = RandomState::new();
        let (one, two) = (sightings(&hasher, one), sightings(&hasher, two));
        let shown = |relation: Relation| {
            let secs = |span: Span| span.as_micros() / 1_000_000;
            let offset = relation.offset();
            (offset.map(|it| (secs(it.least()), secs(it.most()))), relation.requests)
        };
        let there = one.relation(&two).map(shown);
        let back = two.relation(&one).map(shown);
        let turned = back.map(|(it, count)| (it.map(|(least, most)| (-most, -least)), count));
        assert_eq!(there, turned, "the other direction has the other sign");
        there
    }

    fn client(id: &str, sent: &str, answered: &str) -> String {
        format!(
            "2024-01-09T{sent}Z POST https://id.example.com/token {id}\n\
             2024-01-09T{answered}Z response 400 {id}\n"
        )
    }

    fn server(id: &str, at: &str) -> String {
        format!("2024-01-09T{at}Z received POST /token {id}\n2024-01-09T{at}Z denied {id}\n")
    }

    #[test]
    fn request_bounds_the_difference_from_both_sides() {
        let client = client(ID, "14:00:00.000", "14:00:01.000");
        let bounds = related(&client, &server(ID, "14:07:00.000")).unwrap();
        // Received by 14:00:01 and a millisecond, and logged within a second of it.
        assert_eq!(bounds, (Some((417, 420)), 1));
    }

    #[test]
    fn only_requests_of_one_client_count() {
        let sent = client(ID, "14:00:00.000", "14:00:01.000");
        let rows: &[(&str, String, String)] = &[
            ("another request", sent.clone(), server(OTHER, "14:07:00.000")),
            ("two servers", server(ID, "14:00:00.000"), server(ID, "14:07:00.000")),
            ("a proxy on both sides", sent.clone(), client(ID, "14:07:00.000", "14:07:01.000")),
            ("a token used twice", sent.repeat(2), server(ID, "14:07:00.000")),
            (
                "a token used all day",
                sent.clone(),
                server(ID, "14:07:00.000") + &server(ID, "18:07:00.000"),
            ),
            (
                "a line without a stamp",
                format!("POST https://id.example.com/token {ID}\n"),
                server(ID, "14:07:00.000"),
            ),
        ];
        for (name, one, two) in rows {
            assert_eq!(related(one, two), None, "{name}");
        }
    }

    #[test]
    fn requests_intersect_or_contradict_each_other() {
        let one = client(ID, "14:00:00.000", "14:00:09.000");
        let two = client(OTHER, "14:10:00.000", "14:10:01.000");
        let good = server(ID, "14:07:05.000") + &server(OTHER, "14:17:00.500");
        assert_eq!(related(&(one.clone() + &two), &good), Some((Some((418, 420)), 2)));
        let stepped = server(ID, "14:07:05.000") + &server(OTHER, "14:12:00.500");
        assert_eq!(related(&(one + &two), &stepped), Some((None, 2)));
    }

    #[test]
    fn true_difference_is_within_the_bounds() {
        // The delays of the request and of the answer, and the difference, in milliseconds.
        for (there, back, apart) in [(0, 0, 0), (1, 900, 60_000), (30, 2, -90_000), (5_000, 1, 1)] {
            let at = |millis: i64| {
                let millis = millis + 36_000_000;
                let (secs, rest) = (millis / 1_000, millis % 1_000);
                format!("{:02}:{:02}:{:02}.{rest:03}", secs / 3_600, secs / 60 % 60, secs % 60)
            };
            let client = client(ID, &at(0), &at(there + back));
            let hasher = RandomState::new();
            let (one, two) =
                (sightings(&hasher, &client), sightings(&hasher, &server(ID, &at(there + apart))));
            let offset = one.relation(&two).unwrap().offset().unwrap();
            assert!(offset.contains(Span::from_millis(apart)), "{apart}: {offset:?}");
        }
    }

    #[test]
    fn number_of_requests_is_limited() {
        let hasher = RandomState::new();
        let line = |n: u64| format!("2024-01-09T14:00:00Z GET https://a/ trace_id=00{n:030x}\n");
        let log: String =
            (0..20_000_u64).map(|n| line(n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
        assert_eq!(sightings(&hasher, &log).requests.len(), KEPT);
    }
}
