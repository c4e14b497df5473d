//! Nonces without a store, which carry the time at which they were issued (RFC 9449 §8 and §9).
//!
//! A nonce is base64url of `version ‖ earliest ‖ width ‖ tag`: the bounds on UTC at its issue, in
//! milliseconds (6 and 4 bytes), and HMAC-SHA-256 over them and, in version 2, the thumbprint of the
//! client's key, truncated to 16 bytes. The version is part of the tag too, so neither can be exchanged
//! for the other. Servers that share the secret accept each other's nonces.

use core::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::key::{Hs256, WeakKey};
use crate::time::{TimeBounds, UnixTime};
use crate::token::{Text, decode, decoded_len, encode};

const FOR_ANYONE: u8 = 1;
const FOR_ONE_KEY: u8 = 2;

const TAG: usize = 16;
const STAMP: usize = 11; // version, 6 bytes, 4 bytes
const BYTES: usize = STAMP + TAG;
const SYMBOLS: usize = BYTES / 3 * 4;

/// A width that stands for every greater one: the latest time of issue is not known.
const OPEN: u32 = u32::MAX;

const MICROS: i64 = 1_000; // of a millisecond

/// The key of a server, or of several that accept each other's nonces.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, Span, TimeBounds, UnixTime};
/// use jwtick_core::dpop::{NonceFault, NonceKey};
/// use jwtick_core::token::Claims;
/// let key = NonceKey::new(b"a secret of at least thirty-two bytes")?;
/// let issued = TimeBounds::around(UnixTime::from_secs(1_488_515_345), Span::from_millis(3));
/// let nonce = key.issue(issued, Some([7; 32])).unwrap();
///
/// let text = format!(r#"{{"nonce":"{nonce}"}}"#);
/// let mut scratch = Scratch::<0>::new();
/// let claims = Claims::parse(text.as_bytes(), &mut scratch)?;
/// let repeated = claims.get("nonce").unwrap().text().unwrap();
/// assert_eq!(key.read(repeated, [7; 32]), Ok(issued));
/// assert_eq!(key.read(repeated, [8; 32]), Err(NonceFault::Foreign));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub struct NonceKey(Hmac<Sha256>);

impl NonceKey {
    /// Prepares a key from the bytes of a secret. It may be one that also signs tokens: what a nonce
    /// is computed from never is what a token is computed from.
    ///
    /// # Errors
    /// The [`WeakKey`] of [`Hs256::new`].
    pub fn new(secret: &[u8]) -> Result<Self, WeakKey> {
        let _checked = Hs256::new(secret)?;
        let short = WeakKey::Short { needs: SECRET, has: secret.len() };
        Hmac::new_from_slice(secret).map(Self).map_err(|_| short)
    }

    /// Makes a nonce that is issued now, at an unknown instant in `utc`. With `client`, the thumbprint
    /// of a key, only proofs of that key may use it. `None` if the earliest time is before 1970 or
    /// beyond the year 10000: such bounds would bound nothing.
    #[must_use]
    pub fn issue(&self, utc: TimeBounds, client: Option<[u8; 32]>) -> Option<Nonce> {
        let earliest = utc.earliest().as_micros().div_euclid(MICROS);
        let width = width(earliest, utc.latest());
        let [0, 0, earliest @ ..] = u64::try_from(earliest).ok()?.to_be_bytes() else {
            return None;
        };
        let version = if client.is_some() { FOR_ONE_KEY } else { FOR_ANYONE };
        let stamp = [&[version][..], &earliest, &width.to_be_bytes()];
        let mut mac = self.0.clone();
        stamp.iter().for_each(|part| mac.update(part));
        mac.update(client.as_ref().map_or(&[], <[u8; 32]>::as_slice));
        let tag = mac.finalize().into_bytes();
        let bytes = stamp.into_iter().flatten().chain(tag.iter().take(TAG));
        Some(Nonce::of(bytes.copied()))
    }

    /// Returns the bounds on UTC at the issue of a nonce that the proof of the key `client` repeats.
    ///
    /// # Errors
    /// [`NonceFault::Form`] if it is not such a nonce, and [`NonceFault::Foreign`] if it was made with
    /// another secret or for another client, or was changed.
    pub fn read(&self, nonce: Text<'_>, client: [u8; 32]) -> Result<TimeBounds, NonceFault> {
        let bytes = octets::<SYMBOLS, BYTES>(nonce).ok_or(NonceFault::Form)?;
        let (stamp, tag) = bytes.split_first_chunk::<STAMP>().ok_or(NonceFault::Form)?;
        let [version, a, b, c, d, e, f, width @ ..] = *stamp;
        let mac = self.0.clone().chain_update(stamp);
        let mac = match version {
            FOR_ANYONE => mac,
            FOR_ONE_KEY => mac.chain_update(client),
            _ => return Err(NonceFault::Form),
        };
        mac.verify_truncated_left(tag).map_err(|_| NonceFault::Foreign)?;
        let earliest = i64::from_be_bytes([0, 0, a, b, c, d, e, f]);
        let latest = match u32::from_be_bytes(width) {
            OPEN => UnixTime::MAX,
            width => instant(earliest.saturating_add(width.into())),
        };
        TimeBounds::between(instant(earliest), latest).ok_or(NonceFault::Form)
    }
}

/// The least length of a secret (RFC 7518 §3.2).
const SECRET: usize = 32;

// Rounded up, as the earliest time is rounded down: the bounds that are read hold the ones issued.
fn width(earliest: i64, latest: UnixTime) -> u32 {
    if latest == UnixTime::MAX {
        return OPEN;
    }
    let latest = latest.as_micros().saturating_add(MICROS.saturating_sub(1)).div_euclid(MICROS);
    u32::try_from(latest.saturating_sub(earliest)).unwrap_or(OPEN)
}

const fn instant(millis: i64) -> UnixTime {
    UnixTime::from_micros(millis.saturating_mul(MICROS))
}

/// A nonce, as the header `DPoP-Nonce` carries it.
///
/// # Example
/// ```
/// use jwtick_core::{TimeBounds, UnixTime};
/// use jwtick_core::dpop::NonceKey;
/// let key = NonceKey::new(b"a secret of at least thirty-two bytes")?;
/// let now = TimeBounds::exactly(UnixTime::from_secs(1_488_515_345));
/// assert_eq!(key.issue(now, None).unwrap().as_str().len(), 36);
/// assert!(key.issue(TimeBounds::exactly(UnixTime::from_secs(-1)), None).is_none());
/// # Ok::<(), jwtick_core::key::WeakKey>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Nonce(heapless::String<SYMBOLS>);

impl Nonce {
    fn of(bytes: impl Iterator<Item = u8>) -> Self {
        let bytes: heapless::Vec<u8, BYTES> = bytes.take(BYTES).collect();
        let quads = bytes.as_chunks().0.iter().flat_map(|triple| encode(*triple));
        Self(quads.map(char::from).collect())
    }

    /// The text, of base64url characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// The reason why a nonce is refused. In every case, the client should repeat its request with a new
/// one.
///
/// # Example
/// ```
/// use jwtick_core::dpop::NonceFault;
/// assert_eq!(NonceFault::Missing.to_string(), "the proof has no nonce");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NonceFault {
    /// The policy requires a nonce, and the proof has none.
    Missing,
    /// The text is not a nonce of this kind.
    Form,
    /// It was made with another secret or for another client, or was changed.
    Foreign,
    /// It is issued later than now: the server's clock was set back, or another server's is ahead.
    Early,
}

impl fmt::Display for NonceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "the proof has no nonce",
            Self::Form => "the nonce does not have the form of this server's",
            Self::Foreign => "the nonce was not issued by this server for this client",
            Self::Early => "the nonce was issued later than now, so a server's clock was set back",
        })
    }
}

impl core::error::Error for NonceFault {}

/// Decodes base64url of a known length; `SYMBOLS` are those that `BYTES` need.
pub(super) fn octets<const SYMBOLS: usize, const BYTES: usize>(
    text: Text<'_>,
) -> Option<[u8; BYTES]> {
    let mut symbols = heapless::Vec::<u8, SYMBOLS>::new();
    for symbol in text.chars() {
        symbols.push(u8::try_from(symbol).ok()?).ok()?;
    }
    let mut bytes = [0; BYTES];
    let fits = decoded_len(&symbols) == BYTES;
    (fits && decode(&symbols, &mut bytes).is_ok()).then_some(bytes)
}
