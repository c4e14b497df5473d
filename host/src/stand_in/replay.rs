//! Remembers used assertions: RFC 7523 §3, item 7. The core determines for how long.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jwtick_core::UnixTime;

/// Maximum number of remembered identifiers. The request limit bounds the length of each. When the
/// memory is full, clients must wait, since forgetting an identifier would permit its reuse.
const MOST: usize = 100_000;

/// The result of presenting an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    First,
    Again,
    /// The memory is full until an older identifier expires.
    Full,
}

/// The used identifiers, each with its issuer: `jti` is unique only for one issuer (RFC 7519
/// §4.1.7).
#[derive(Debug)]
pub(crate) struct Replays {
    used: Mutex<HashMap<(String, String), UnixTime>>,
    most: usize,
}

impl Replays {
    pub(crate) fn new() -> Self {
        Self { used: Mutex::new(HashMap::new()), most: MOST }
    }

    /// Records an identifier that is usable until `until`; of simultaneous requests, only one is
    /// first.
    pub(crate) fn show(&self, id: (String, String), until: UnixTime, now: UnixTime) -> Shown {
        // A panic cannot leave a partial change, since each change is one call.
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.contains_key(&id) {
            return Shown::Again;
        }
        if used.len() >= self.most {
            used.retain(|_, until| *until >= now);
        }
        if used.len() >= self.most {
            return Shown::Full;
        }
        used.insert(id, until);
        Shown::First
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifier_is_remembered_while_usable() {
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
        for (name, id, until, now, expected) in rows {
            let at = UnixTime::from_secs;
            assert_eq!(replays.show(id, at(until), at(now)), expected, "{name}");
        }
    }
}
