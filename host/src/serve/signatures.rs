//! Remembers which tokens have a good signature. Nothing else about a token is remembered: its times, its
//! audience and whether it was seen before are judged every time.

use core::fmt;

use jwtick_core::token::Jws;
use quick_cache::sync::Cache;
use ring::digest::{SHA256, digest};

use super::line::KeySet;
use crate::keys::{Hmac, NotAuthentic};

/// The number of tokens to remember.
const MOST: usize = 10_000;

/// Tokens whose signature was verified with one set of keys.
///
/// A token is known by half of its SHA-256. A forger would need a second token with the same 128 bits as one
/// that the issuer signed. Every set of keys has a number of its own, so that nothing remains of a key that
/// was withdrawn.
pub(crate) struct Signatures(Cache<Known, ()>);

/// A token whose signature was verified: half of its digest, and the number of the set of keys.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Known([u8; 16], u64);

impl Known {
    fn of(token: &[u8], generation: u64) -> Self {
        let half = digest(&SHA256, token).as_ref().first_chunk().copied();
        Self(half.unwrap_or_default(), generation)
    }
}

impl Signatures {
    pub(crate) fn new() -> Self {
        Self(Cache::new(MOST))
    }

    /// Verifies the signature of a token, unless it is known to be good.
    ///
    /// # Errors
    /// As for [`KeySet::verify`].
    pub(crate) fn verify(
        &self,
        keys: &KeySet,
        jws: Jws<'_>,
        token: &[u8],
    ) -> Result<(), NotAuthentic> {
        // An HMAC takes no longer than the digest by which a token is remembered.
        if Hmac::has(jws.header().alg) {
            return keys.verify(jws).map(drop);
        }
        let known = Known::of(token, keys.generation);
        if !self.has(&known) {
            keys.verify(jws)?;
            self.add(known);
        }
        Ok(())
    }

    fn has(&self, known: &Known) -> bool {
        self.0.get(known).is_some()
    }

    fn add(&self, known: Known) {
        self.0.insert(known, ());
    }

    /// Returns the number of remembered tokens.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}

impl Default for Signatures {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Signatures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Signatures").field(&self.count()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_is_known_only_with_the_keys_that_verified_it() {
        let signatures = Signatures::new();
        signatures.add(Known::of(b"a.b.c", 7));
        assert!(signatures.has(&Known::of(b"a.b.c", 7)));
        assert!(!signatures.has(&Known::of(b"a.b.c", 8)), "another set of keys");
        assert!(!signatures.has(&Known::of(b"a.b.d", 7)), "another token");
    }

    #[test]
    fn number_of_remembered_tokens_is_limited() {
        let signatures = Signatures::new();
        for number in 0..3 * MOST {
            signatures.add(Known::of(number.to_string().as_bytes(), 1));
        }
        assert!(signatures.count() <= MOST, "{}", signatures.count());
        assert!(signatures.count() > MOST / 2, "{}", signatures.count());
    }
}
