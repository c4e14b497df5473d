//! Tokens that a device makes, with times that hold wherever UTC is within its bounds.
//!
//! `iat` is the earliest possible time, so no server sees it in the future, and `exp` is a lifetime later.
//! If UTC is late in the bounds, the token is as old as they are wide. It is therefore only made if a
//! server accepts it even then: a clock that is not known well enough is reported before the token is sent,
//! and not by the server as "JWT has expired".

use super::compact::Compact;
use super::error::AssertionError;
use super::member::{Member, Value, fault};
use super::signer::Signer;
use crate::time::{Span, TimeBounds, UnixTime};
use crate::token::{Algorithm, Segment};

/// The claims, the header and the lifetime of a token to be signed.
///
/// # Example
/// ```
/// use jwtick_core::sign::{Assertion, AssertionError, Value};
/// use jwtick_core::{Hs256, Span, TimeBounds, UnixTime};
/// let key = Hs256::new(b"a secret of at least thirty-two bytes")?;
/// let claims = [("iss", Value::Text("device-7")), ("aud", Value::Text("https://a.example"))];
/// let assertion = Assertion::new(&claims, Span::from_secs(300)).forgiving(Span::from_secs(60));
/// let mut room = [0; 256];
///
/// let now = TimeBounds::around(UnixTime::from_secs(1_795_250_000), Span::from_secs(2));
/// let token = assertion.sign(now, &key, &mut room)?;
/// assert!(token.starts_with("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."));
///
/// // The clock was never set: whatever the device wrote, a server might refuse it.
/// let built = TimeBounds::since(UnixTime::from_secs(1_795_000_000));
/// let refusal = assertion.sign(built, &key, &mut room).unwrap_err();
/// assert!(matches!(refusal, AssertionError::Clock { .. }));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Assertion<'a> {
    claims: &'a [Member<'a>],
    header: &'a [Member<'a>],
    life: Span,
    forgiven: Option<Span>,
    begins: bool,
}

impl<'a> Assertion<'a> {
    /// A token with these claims that is valid for `life`, in whole seconds. `iat` and `exp` are added.
    #[must_use]
    pub const fn new(claims: &'a [(&'a str, Value<'a>)], life: Span) -> Self {
        Self { claims, header: &[], life, forgiven: None, begins: false }
    }

    /// Adds members to the header, such as `kid`. `alg` is that of the signer, and `typ` is `JWT` unless
    /// it is among them.
    #[must_use]
    pub const fn with_header(self, header: &'a [(&'a str, Value<'a>)]) -> Self {
        Self { header, ..self }
    }

    /// The age of `iat` up to which the server accepts the token, less the time to send it. Half of the
    /// lifetime unless it is given. The token must also not have expired, so more than the lifetime is
    /// the same as the lifetime.
    #[must_use]
    pub const fn forgiving(self, forgiven: Span) -> Self {
        Self { forgiven: Some(forgiven), ..self }
    }

    /// Also writes `nbf`, equal to `iat`, which some servers require.
    #[must_use]
    pub const fn with_not_before(self) -> Self {
        Self { begins: true, ..self }
    }

    /// Signs a token at an unknown instant in `utc`, into `room`.
    ///
    /// # Errors
    /// [`AssertionError::Clock`] and [`AssertionError::NeverSet`] if UTC is not known well enough;
    /// [`AssertionError::Member`] for a claim or header member that must not be written;
    /// [`AssertionError::Life`] for a lifetime below a second; [`AssertionError::TooLong`] if `room` is too
    /// small; [`AssertionError::Signer`] if there is no signature.
    pub fn sign<'r, S: Signer>(
        &self,
        utc: TimeBounds,
        signer: &S,
        room: &'r mut [u8],
    ) -> Result<&'r str, AssertionError> {
        self.unsigned(utc, signer.algorithm(), room)?.sign(signer)
    }

    /// Writes the header and the claims, for a signature that is made elsewhere: by a secure element, or
    /// while other tasks run.
    ///
    /// # Errors
    /// The errors of [`sign`](Self::sign), except [`AssertionError::Signer`].
    pub fn unsigned<'r>(
        &self,
        utc: TimeBounds,
        algorithm: Algorithm,
        room: &'r mut [u8],
    ) -> Result<Unsigned<'r>, AssertionError> {
        for (segment, members) in [(Segment::Header, self.header), (Segment::Payload, self.claims)]
        {
            if let Some((index, fault)) = fault(segment, members) {
                return Err(AssertionError::Member { segment, index, fault });
            }
        }
        let (issued, expires) = self.times(utc)?;
        Ok(Unsigned::write(algorithm, room, |compact| {
            let typed = self.header.iter().any(|(name, _)| *name == "typ");
            if !typed {
                compact.bytes(b",\"typ\":\"JWT\"");
            }
            compact.members(false, self.header);
            compact.byte(b'}');
            compact.dot();
            compact.byte(b'{');
            compact.members(true, self.claims);
            let mut first = self.claims.is_empty();
            let begins = self.begins.then_some(("nbf", issued));
            for (name, at) in [("iat", issued), ("exp", expires)].into_iter().chain(begins) {
                compact.name(core::mem::take(&mut first), name);
                compact.integer(at);
            }
            compact.byte(b'}');
        }))
    }

    /// `iat` and `exp`, in seconds since 1970.
    fn times(&self, utc: TimeBounds) -> Result<(i64, i64), AssertionError> {
        let life = self.life.floor_secs();
        if life < 1 {
            return Err(AssertionError::Life { life: self.life });
        }
        let half = Span::from_micros(self.life.as_micros() / 2);
        // At `exp` itself, a token is invalid (RFC 7519 §4.1.4).
        let alive = Span::from_secs(life) - Span::from_micros(1);
        let forgiven = self.forgiven.unwrap_or(half).min(alive);
        let issued = issued(utc, forgiven)?;
        Ok((issued, issued.saturating_add(life)))
    }
}

/// `iat`: the earliest possible time, if the latest one is at most `forgiven` after it.
pub(crate) fn issued(utc: TimeBounds, forgiven: Span) -> Result<i64, AssertionError> {
    // No release of this crate existed before it, so a clock that reads less was never set, and `iat` of
    // 1970 is never written.
    let known = utc.intersect(TimeBounds::since(UnixTime::FIRST_RELEASE));
    let known = known.ok_or(AssertionError::NeverSet { latest: utc.latest() })?;
    let issued = known.earliest().floor_secs();
    let width = match known.latest() {
        UnixTime::MAX => Span::MAX,
        latest => latest - UnixTime::from_secs(issued),
    };
    if width > forgiven { Err(AssertionError::Clock { width, forgiven }) } else { Ok(issued) }
}

/// A header and claims in their compact form, without a signature.
///
/// # Example
/// ```
/// use jwtick_core::sign::{Assertion, Value};
/// use jwtick_core::token::Algorithm;
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// # fn signed_by_the_element(_: &[u8]) -> [u8; 64] { [7; 64] }
/// let claims = [("sub", Value::Text("device-7"))];
/// let now = TimeBounds::exactly(UnixTime::from_secs(1_795_250_000));
/// let mut room = [0; 256];
/// let assertion = Assertion::new(&claims, Span::from_secs(300));
/// let unsigned = assertion.unsigned(now, Algorithm::Es256, &mut room)?;
/// let signature = signed_by_the_element(unsigned.signing_input());
/// let token = unsigned.finish(&signature)?;
/// assert_eq!(token.split('.').count(), 3);
/// # Ok::<(), jwtick_core::sign::AssertionError>(())
/// ```
pub struct Unsigned<'r> {
    algorithm: Algorithm,
    room: &'r mut [u8],
    length: usize,
}

impl<'r> Unsigned<'r> {
    /// Begins the header with `alg`; `rest` writes everything after it.
    pub(crate) fn write(
        algorithm: Algorithm,
        room: &'r mut [u8],
        rest: impl FnOnce(&mut Compact<'_>),
    ) -> Self {
        let mut compact = Compact::new(room);
        compact.bytes(b"{\"alg\":");
        compact.string(algorithm.name());
        rest(&mut compact);
        compact.end();
        let length = compact.len();
        Self { algorithm, room: compact.into_room(), length }
    }

    /// Continues with a signing input that [`Assertion::unsigned`] wrote into the first `length` bytes of
    /// `room`, for a caller that cannot keep the borrow until the signature is there. `None` if `room` has
    /// fewer bytes.
    #[must_use]
    pub fn resume(algorithm: Algorithm, room: &'r mut [u8], length: usize) -> Option<Self> {
        (length <= room.len()).then_some(Self { algorithm, room, length })
    }

    /// The bytes to sign: the header and payload segments with the dot between them.
    #[must_use]
    pub fn signing_input(&self) -> &[u8] {
        self.room.get(..self.length).unwrap_or_default()
    }

    pub(crate) fn sign<S: Signer>(self, signer: &S) -> Result<&'r str, AssertionError> {
        self.fits(signature_bytes(self.algorithm).unwrap_or_default())?;
        let signature = signer.sign(self.signing_input()).map_err(AssertionError::Signer)?;
        self.finish(signature.as_ref())
    }

    /// Adds the signature, in the form of RFC 7518 §3, and returns the token. A signature by ECDSA is `r` and
    /// `s`, of 32 or 48 bytes each, and not DER.
    ///
    /// # Errors
    /// [`AssertionError::SignatureBytes`] for a signature of another length than that of the algorithm, and
    /// [`AssertionError::TooLong`] if the room is too small.
    pub fn finish(self, signature: &[u8]) -> Result<&'r str, AssertionError> {
        let (met, allowed) = (signature.len(), signature_bytes(self.algorithm));
        if let Some(allowed) = allowed.filter(|allowed| *allowed != met) {
            return Err(AssertionError::SignatureBytes { met, allowed });
        }
        let whole = self.fits(met)?;
        let mut compact = Compact::after(self.room, self.length);
        compact.dot();
        compact.bytes(signature);
        compact.end();
        let token = compact.into_room().get(..whole).unwrap_or_default();
        // All symbols are ASCII.
        Ok(str::from_utf8(token).unwrap_or_default())
    }

    /// The length of the token with a signature of `bytes` bytes, if there is room for it.
    fn fits(&self, bytes: usize) -> Result<usize, AssertionError> {
        let symbols = bytes.saturating_mul(4).div_ceil(3);
        let needs = self.length.saturating_add(1).saturating_add(symbols);
        let has = self.room.len();
        if needs > has { Err(AssertionError::TooLong { needs, has }) } else { Ok(needs) }
    }
}

/// The length of all signatures by an algorithm; `None` for RSA, whose key decides.
const fn signature_bytes(algorithm: Algorithm) -> Option<usize> {
    Some(match algorithm {
        Algorithm::Hs256 => 32,
        Algorithm::Hs384 => 48,
        Algorithm::Hs512 | Algorithm::Es256 | Algorithm::Es256k => 64,
        Algorithm::EdDsa | Algorithm::Ed25519 => 64,
        Algorithm::Es384 => 96,
        Algorithm::Es512 => 132,
        _ => return None,
    })
}
