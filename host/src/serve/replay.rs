//! Used identifiers (`jti`): the key of an entry, how long it is kept, and an index in memory.
//!
//! An entry is kept for a length of time and never until an instant: nothing here compares the clock
//! of this host with that of a store. It is kept for as long as any clock within the bounds could
//! still accept the token.

use core::cmp::Reverse;
use core::fmt;
use core::time::Duration;
use std::collections::{BinaryHeap, HashMap};

use jwtick_core::{Span, TimeBounds, UnixTime};
use ring::digest::{Context, SHA256};

/// The purpose of a token. The same identifier in tokens of two purposes makes two entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Access,
    /// A DPoP proof; the thumbprint of its key takes the place of the issuer.
    Proof,
}

impl Tag {
    const fn octet(self) -> u8 {
        match self {
            Self::Access => 1,
            Self::Proof => 2,
        }
    }
}

/// The key of an entry: the first half of a SHA-256. With 10⁹ entries, two of them have the same key
/// with a probability of 10⁻²¹.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ReplayKey([u8; 16]);

impl ReplayKey {
    pub(crate) fn of(tag: Tag, iss: &str, jti: &str) -> Self {
        let mut digest = Context::new(&SHA256);
        digest.update(&[tag.octet()]);
        // The lengths keep `ab`, `c` apart from `a`, `bc`.
        for text in [iss, jti] {
            let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
            digest.update(&length.to_be_bytes());
            digest.update(text.as_bytes());
        }
        Self(digest.finish().as_ref().first_chunk().copied().unwrap_or_default())
    }

    pub(crate) const fn from_octets(octets: [u8; 16]) -> Self {
        Self(octets)
    }

    pub(crate) const fn octets(self) -> [u8; 16] {
        self.0
    }
}

/// The result of an insertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inserted {
    New,
    /// The key had been inserted before, so the token is a replay.
    Seen,
}

/// How much an entry may outlast the longest lifetime in the settings, so that a token with exactly
/// this lifetime passes although its issuer's clock is a little ahead of this one.
const AHEAD: Span = Span::from_secs(60);

/// Difference in rate that is allowed for between the clocks of this host and of the store.
const PPM: i128 = 500;

/// Returns how long an entry must be kept for a token that is accepted now and expires at `expires`.
/// `None` if it never expires, or only after `most`: the store could grow without limit.
///
/// It counts from the earliest possible now, since the actual one may be the earliest. From the end
/// on, a clock within its bounds no longer *accepts* the token. It may still call the token
/// *undecided*, so a policy that lets undecided tokens pass cannot extend to `exp`.
pub(crate) fn retention(
    expires: Option<UnixTime>,
    leeway: Span,
    now: TimeBounds,
    most: Span,
) -> Option<Duration> {
    let needed = expires? + leeway - now.earliest();
    let allowed = i128::from(most.as_micros()) + i128::from(AHEAD.as_micros());
    let needed = i128::from(needed.as_micros()).max(0);
    (needed <= allowed).then(|| with_allowances(needed))
}

/// Returns how long the entry of a token with the longest lifetime is kept.
pub(crate) fn longest(most: Span) -> Duration {
    with_allowances((i128::from(most.as_micros()) + i128::from(AHEAD.as_micros())).max(0))
}

// A second more, for stores with a coarse clock; then rounded up to milliseconds, which Redis counts.
fn with_allowances(micros: i128) -> Duration {
    let scaled = (micros + 1_000_000) * (1_000_000 + PPM);
    let millis = (scaled + 999_999_999) / 1_000_000_000;
    Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
}

/// Entries in memory. All times are milliseconds of a clock that never goes back.
#[derive(Debug)]
pub(crate) struct Index {
    until: HashMap<ReplayKey, u64>,
    /// The entries by their ends, with some that are in `until` no longer, or with another end.
    ends: BinaryHeap<Reverse<(u64, ReplayKey)>>,
    most: usize,
}

/// The result of claiming a key in an [`Index`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claimed {
    /// The key is now in the index, until the end.
    New {
        until: u64,
    },
    Seen,
    /// The index holds as many entries as it may.
    Full {
        most: usize,
    },
}

impl Index {
    /// Makes an index of at most `most` entries.
    pub(crate) fn new(most: usize) -> Self {
        Self { until: HashMap::new(), ends: BinaryHeap::new(), most }
    }

    /// Changes how many entries it may hold. Those that it holds already stay.
    pub(crate) fn limit(&mut self, most: usize) {
        self.most = most;
    }

    /// Inserts the key, unless it is in the index and its end has not passed.
    pub(crate) fn claim(&mut self, key: ReplayKey, now: u64, keep: Duration) -> Claimed {
        match self.until.get(&key) {
            Some(until) if *until > now => return Claimed::Seen,
            None if self.until.len() >= self.most => return Claimed::Full { most: self.most },
            _ => {}
        }
        let keep = u64::try_from(keep.as_millis()).unwrap_or(u64::MAX);
        let until = now.saturating_add(keep);
        self.insert(key, until);
        Claimed::New { until }
    }

    /// Returns true if the key is in the index and its end has not passed.
    pub(crate) fn has(&self, key: ReplayKey, now: u64) -> bool {
        self.until.get(&key).is_some_and(|until| *until > now)
    }

    /// Inserts an entry that a store had kept.
    pub(crate) fn insert(&mut self, key: ReplayKey, until: u64) {
        self.until.insert(key, until);
        self.ends.push(Reverse((until, key)));
    }

    /// Removes the key of a token that was not accepted after all.
    pub(crate) fn release(&mut self, key: ReplayKey) {
        self.until.remove(&key);
    }

    /// Removes at most `most` entries whose end has passed, and returns their keys.
    pub(crate) fn take_expired(&mut self, now: u64, most: usize) -> Vec<ReplayKey> {
        let mut expired = Vec::new();
        while expired.len() < most {
            match self.ends.peek() {
                Some(Reverse((until, _))) if *until <= now => {}
                _ => break,
            }
            let Some(Reverse((until, key))) = self.ends.pop() else { break };
            if self.until.get(&key) == Some(&until) {
                self.until.remove(&key);
                expired.push(key);
            }
        }
        expired
    }

    pub(crate) fn len(&self) -> usize {
        self.until.len()
    }
}

/// Reasons why a store could not tell whether a token is a replay. The token is not accepted then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StoreFault {
    /// No answer within the time limit.
    Late { limit: Duration },
    /// The store in memory, or on disk, holds as many entries as it may.
    Full { most: usize },
    /// The file, with the error of the system or of the database.
    File(String),
    /// The Redis server cannot be reached, or it answered with an error.
    Redis(String),
    /// The Redis server removes entries before their end when its memory is full.
    Evicting { policy: String },
    /// The Redis server was restarted without its entries, or they were deleted.
    Lost,
}

impl fmt::Display for StoreFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Late { limit } => {
                write!(f, "expected an answer of the replay store within {} ms, but found none", limit.as_millis())
            }
            Self::Full { most } => write!(
                f,
                "the replay store holds {most} used tokens, its limit: raise the limit, or issue tokens with shorter lifetimes"
            ),
            Self::File(fault) => write!(f, "the replay store cannot be written: {fault}"),
            Self::Redis(fault) => write!(f, "the Redis server does not work: {fault}"),
            Self::Evicting { policy } => write!(
                f,
                "the Redis server has maxmemory-policy `{policy}`, which deletes used tokens early, so that a replay \
                 would pass: expected noeviction"
            ),
            Self::Lost => f.write_str(
                "the Redis server lost its entries, so tokens that were used before could be replayed: turn on \
                 `appendonly` there; all tokens are refused until those have expired, or until the key \
                 `jwtick:replay:lost` is deleted",
            ),
        }
    }
}

impl core::error::Error for StoreFault {}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Span = Span::from_secs(86_400);

    fn key(jti: &str) -> ReplayKey {
        ReplayKey::of(Tag::Access, "https://login.example", jti)
    }

    #[test]
    fn keys_differ_by_every_part() {
        let rows = [
            ("purpose", ReplayKey::of(Tag::Proof, "https://login.example", "1")),
            ("issuer", ReplayKey::of(Tag::Access, "https://login.exampl", "1")),
            ("boundary", ReplayKey::of(Tag::Access, "https://login.example1", "")),
            ("identifier", key("2")),
            ("zero octet", key("1\0")),
        ];
        for (name, other) in rows {
            assert_ne!(other, key("1"), "{name}");
        }
        assert_eq!(key("1"), key("1"));
        let known = ReplayKey::of(Tag::Access, "a", "b");
        assert_eq!(known.octets(), KNOWN);
    }

    /// `printf '\x01\0\0\0\x01a\0\0\0\x01b' | sha256sum | head -c 32`
    const KNOWN: [u8; 16] = [
        0xe9, 0xcf, 0x93, 0x48, 0x21, 0x83, 0xe9, 0xd7, 0x42, 0xe4, 0x16, 0x62, 0x06, 0x75, 0x77,
        0x19,
    ];

    #[test]
    fn retention_counts_from_the_earliest_possible_now() {
        let at = UnixTime::from_secs;
        let exact = TimeBounds::exactly(at(1_000));
        let wide = TimeBounds::around(at(1_000), Span::from_secs(5));
        let open = TimeBounds::since(at(0));
        let s = Span::from_secs;
        type Row = (&'static str, Option<i64>, Span, TimeBounds, Option<u64>);
        let rows: [Row; 9] = [
            ("300 s", Some(1_300), Span::ZERO, exact, Some(301_151)), // 301 s × 1.0005, rounded up
            ("leeway", Some(1_300), s(30), exact, Some(331_166)),
            ("uncertain clock", Some(1_300), Span::ZERO, wide, Some(306_153)),
            ("already expired", Some(900), Span::ZERO, exact, Some(1_001)),
            ("longest", Some(87_400 + 60), Span::ZERO, exact, Some(86_504_231)),
            ("too long", Some(87_400 + 61), Span::ZERO, exact, None),
            ("no exp", None, Span::ZERO, exact, None),
            ("beyond the calendar", Some(i64::MAX), Span::ZERO, exact, None),
            ("clock without an upper limit", Some(80_000), Span::ZERO, open, Some(80_041_001)),
        ];
        for (name, exp, leeway, now, millis) in rows {
            let kept = retention(exp.map(at), leeway, now, DAY);
            assert_eq!(kept, millis.map(Duration::from_millis), "{name}");
        }
        assert_eq!(longest(DAY), Duration::from_millis(86_504_231));
    }

    /// Pseudo-random numbers, the same every time (xorshift).
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, limit: i64) -> i64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            i64::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
        }
    }

    /// For any leeway, bounds, `exp` and true time within the bounds: as long as a verifier whose
    /// later bounds hold the true time could accept the token, the entry exists, even if the clock
    /// of the store is 500 ppm fast.
    #[test]
    fn entry_outlasts_every_instant_at_which_the_token_could_be_accepted() {
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        let mut accepted = 0;
        for _ in 0..200_000 {
            let micros = |n| Span::from_micros(n);
            let truth = UnixTime::from_secs(1_700_000_000) + micros(numbers.below(1_000_000));
            let widths = [1, 1_000, 10_000_000, 3_600_000_000];
            let width = widths[usize::try_from(numbers.below(4)).unwrap()];
            let around = |truth: UnixTime, numbers: &mut Numbers| {
                let (before, after) = (numbers.below(width), numbers.below(width));
                TimeBounds::between(truth - micros(before), truth + micros(after)).unwrap()
            };
            let leeway = micros(numbers.below(300_000_000));
            let exp = truth + micros(numbers.below(7_200_000_000) - 600_000_000);
            let now = around(truth, &mut numbers);
            let Some(keep) = retention(Some(exp), leeway, now, DAY) else { continue };
            // An instant close to the end of the entry, on either side.
            let kept = i64::try_from(keep.as_micros()).unwrap();
            let later = kept + numbers.below(4_000_000) - 3_000_000;
            let seen = around(truth + micros(later), &mut numbers);
            let by_the_store = i128::from(later) * 1_000_500 / 1_000_000;
            // The core accepts a token only while its last possible now is before the end.
            if seen.latest() < exp + leeway {
                accepted += 1;
                assert!(by_the_store < i128::from(kept), "{exp:?} {leeway:?} {now:?} {seen:?}");
            }
        }
        assert!(accepted > 1_000, "{accepted} instants were close enough to the end");
    }

    #[test]
    fn index_holds_entries_until_their_end() {
        let second = Duration::from_secs(1);
        let mut index = Index::new(2);
        assert_eq!(index.claim(key("a"), 0, second), Claimed::New { until: 1_000 });
        assert_eq!(index.claim(key("a"), 999, second), Claimed::Seen);
        assert_eq!(index.claim(key("b"), 999, second), Claimed::New { until: 1_999 });
        assert_eq!(index.claim(key("c"), 999, second), Claimed::Full { most: 2 });
        index.limit(3);
        assert_eq!(index.claim(key("c"), 999, second), Claimed::New { until: 1_999 });
        index.release(key("c"));
        // `a` has expired, and is claimed again before it is removed.
        assert_eq!(index.claim(key("a"), 1_000, second), Claimed::New { until: 2_000 });
        assert_eq!(index.take_expired(1_999, 9), [key("b")]);
        index.release(key("a"));
        assert_eq!((index.len(), index.take_expired(9_999, 9)), (0, vec![]));
    }
}
