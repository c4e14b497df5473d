//! Which assertions were used: RFC 7523 §3, item 7. For how long one can be, the core says.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jwtick_core::UnixTime;

/// The number of identifiers remembered. Each is bounded by the length of a request; a client that fills the
/// memory is told to wait, since forgetting one would let it be used twice.
const MOST: usize = 100_000;

/// What came of showing an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    First,
    Again,
    /// Nothing can be remembered before something else is over.
    Full,
}

/// The identifiers that were used, each beside its issuer: `jti` is unique for one issuer only
/// (RFC 7519 §4.1.7).
#[derive(Debug)]
pub(crate) struct Replays {
    used: Mutex<HashMap<(String, String), UnixTime>>,
    most: usize,
}

impl Replays {
    pub(crate) fn new() -> Self {
        Self { used: Mutex::new(HashMap::new()), most: MOST }
    }

    /// Takes an identifier that can be used until `dies`; of those that come at once, one is first.
    pub(crate) fn show(&self, id: (String, String), dies: UnixTime, now: UnixTime) -> Shown {
        // Whoever panicked held no half-made change: each is one call.
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.contains_key(&id) {
            return Shown::Again;
        }
        if used.len() >= self.most {
            used.retain(|_, dies| *dies >= now);
        }
        if used.len() >= self.most {
            return Shown::Full;
        }
        used.insert(id, dies);
        Shown::First
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_as_long_as_it_has_to() {
        let replays = Replays { most: 2, ..Replays::new() };
        let id = |jti: &str| ("joe".to_owned(), jti.to_owned());
        let rows = [
            ("a, until 10", id("a"), 10, 0, Shown::First),
            ("a again", id("a"), 10, 1, Shown::Again),
            ("another issuer's", ("eve".to_owned(), "a".to_owned()), 20, 1, Shown::First),
            ("full", id("b"), 30, 5, Shown::Full),
            ("full at the last instant of a", id("b"), 30, 10, Shown::Full),
            ("a is over", id("b"), 30, 11, Shown::First),
            ("so that a is new", id("a"), 30, 21, Shown::First),
        ];
        for (name, id, dies, now, expected) in rows {
            let at = UnixTime::from_secs;
            assert_eq!(replays.show(id, at(dies), at(now)), expected, "{name}");
        }
    }
}
