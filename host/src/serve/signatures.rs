//! Remembers which tokens have a good signature, and what they say. Nothing else about a token is remembered:
//! its times, its audience and whether it was seen before are judged every time.

use core::fmt;
use std::sync::Arc;

use jwtick_core::Scratch;
use jwtick_core::token::{Header, HeaderError, Jws};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use ring::digest::{SHA256, digest};

use super::line::KeySet;
use crate::keys::{Hmac, NotAuthentic};

/// The number of tokens to remember.
const MOST: usize = 10_000;
/// The length of the decoded header and claims of a token that counts as one. A longer one takes the place
/// of several, so that the memory is limited.
const USUAL: usize = 1_000;

/// Size of the decoded segments of the longest token, which fills the head of a request.
pub(crate) const LONGEST: usize = 24 * 1024;

/// Tokens whose signature was verified with one set of keys.
///
/// A token is known by half of its SHA-256. A forger would need a second token with the same 128 bits as one
/// that the issuer signed. Every set of keys has a number of its own, so that nothing remains of a key that
/// was withdrawn.
pub(crate) struct Signatures(Cache<Mark, Arc<Good>, ByLength>);

/// Half of the digest of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Mark([u8; 16]);

impl Mark {
    pub(crate) fn of(token: &[u8]) -> Self {
        Self(digest(&SHA256, token).as_ref().first_chunk().copied().unwrap_or_default())
    }
}

/// A token whose signature was verified, without it.
pub(crate) struct Good {
    /// The number of the set of keys.
    generation: u64,
    /// The decoded header, then the decoded claims.
    text: Box<[u8]>,
    header_len: usize,
}

impl Good {
    fn new(generation: u64, header: &[u8], claims: &[u8]) -> Self {
        Self { generation, text: [header, claims].concat().into(), header_len: header.len() }
    }

    /// Returns the header.
    ///
    /// # Errors
    /// None for a token that was decoded before.
    pub(crate) fn header(&self) -> Result<Header<'_>, HeaderError> {
        Header::parse(self.text.get(..self.header_len).unwrap_or_default())
    }

    /// Returns the text of the claims.
    pub(crate) fn payload(&self) -> &[u8] {
        self.text.get(self.header_len..).unwrap_or_default()
    }
}

#[derive(Clone)]
struct ByLength;

impl Weighter<Mark, Arc<Good>> for ByLength {
    fn weight(&self, _: &Mark, good: &Arc<Good>) -> u64 {
        u64::try_from(good.text.len().max(USUAL)).unwrap_or(u64::MAX)
    }
}

impl Signatures {
    pub(crate) fn new() -> Self {
        let weight = u64::try_from(MOST.saturating_mul(USUAL)).unwrap_or(u64::MAX);
        Self(Cache::with_weighter(MOST, weight, ByLength))
    }

    /// Returns what is remembered of a token.
    pub(crate) fn get(&self, mark: &Mark) -> Option<Arc<Good>> {
        self.0.get(mark)
    }

    /// Verifies the signature of a token, and remembers it under its mark, if it has one.
    ///
    /// # Errors
    /// As for [`KeySet::verify`].
    pub(crate) fn verify(
        &self,
        keys: &KeySet,
        jws: Jws<'_>,
        mark: Option<Mark>,
    ) -> Result<(), NotAuthentic> {
        let header = *jws.header();
        let verified = keys.verify(jws)?;
        // An HMAC takes no longer than the digest by which a token is remembered.
        if let Some(mark) = mark.filter(|_| !Hmac::has(header.alg)) {
            let header = header.as_written().as_bytes();
            self.add(mark, Good::new(keys.generation, header, verified.payload()));
        }
        Ok(())
    }

    /// Verifies the signature of a token again, unless it was verified with the same keys.
    ///
    /// # Errors
    /// As for [`KeySet::verify`].
    pub(crate) fn still(
        &self,
        good: &Good,
        keys: &KeySet,
        token: &[u8],
        mark: Mark,
    ) -> Result<(), NotAuthentic> {
        if good.generation == keys.generation {
            return Ok(());
        }
        let mut room = Box::new(Scratch::<LONGEST>::new());
        // It was decoded before.
        let jws = Jws::decode(token, &mut room).map_err(|_| NotAuthentic::Signature)?;
        self.verify(keys, jws, Some(mark))
    }

    fn add(&self, mark: Mark, good: Good) {
        self.0.insert(mark, Arc::new(good));
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

    fn good(length: usize) -> Good {
        Good::new(1, b"{}", &vec![b' '; length])
    }

    #[test]
    fn token_is_known_by_all_of_its_text() {
        let signatures = Signatures::new();
        signatures.add(Mark::of(b"a.b.c"), Good::new(7, b"a", b"bc"));
        let known = signatures.get(&Mark::of(b"a.b.c")).unwrap();
        assert_eq!((known.generation, known.payload()), (7, &b"bc"[..]));
        assert!(signatures.get(&Mark::of(b"a.b.d")).is_none(), "another token");
    }

    #[test]
    fn number_and_length_of_remembered_tokens_are_limited() {
        for (length, most) in [(300, MOST), (4 * USUAL, MOST / 4)] {
            let signatures = Signatures::new();
            for number in 0..3 * MOST {
                signatures.add(Mark::of(number.to_string().as_bytes()), good(length));
            }
            assert!(signatures.count() <= most, "{length}: {}", signatures.count());
            assert!(signatures.count() > most / 2, "{length}: {}", signatures.count());
        }
    }
}
