//! A token: a [`Jws`] whose payload is a claims set (RFC 7519 §7.2).
//!
//! The steps are `decode → verify → judge`, and each returns its own type. No step can be skipped,
//! a forged token is never reported as merely expired, and the claims of an expired token stay
//! readable.

use super::claims::Claims;
use super::header::Header;
use super::json::Index;
use super::jws::{DecodeError, Jws};
use super::scratch::Scratch;
use super::verifier::{Accepted, Unverified, Verified, Verifier, VerifyError};

/// A decoded token; `State` shows the steps that it has passed.
///
/// # Example
/// ```
/// use jwtick_core::{Hs256, Policy, Scratch, TimeBounds, Token, UnixTime};
/// # let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE0ODgzMDcxOTF9.\
/// # RbwpqIM1m3pqhT2CHHEt7jSTcOUShM0vgab_SCzRgvM";
/// let key = Hs256::new(b"a secret of at least thirty-two bytes")?;
/// let mut scratch = Scratch::<128>::new();
/// let token = Token::decode(compact, &mut scratch)?.verify(&key)?; // {"exp":1488307191}
/// let now = TimeBounds::exactly(UnixTime::from_secs(1_488_307_190));
/// assert!(token.judge(&Policy::RFC7519, now).is_ok());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// Unverified claims cannot be used as verified ones:
/// ```compile_fail,E0599
/// use jwtick_core::{Scratch, Token};
/// let mut scratch = Scratch::<128>::new();
/// let token = Token::decode(b"", &mut scratch).unwrap();
/// token.claims();
/// ```
///
/// An unverified token cannot be judged:
/// ```compile_fail,E0599
/// use jwtick_core::{Policy, Scratch, TimeBounds, Token, UnixTime};
/// let mut scratch = Scratch::<128>::new();
/// let token = Token::decode(b"", &mut scratch).unwrap();
/// let now = TimeBounds::exactly(UnixTime::EPOCH);
/// token.judge(&Policy::RFC7519, now);
/// ```
#[derive(Debug, Clone)]
pub struct Token<'a, State = Unverified> {
    jws: Jws<'a, State>,
    claims: Claims<'a>,
}

impl<'a> Token<'a> {
    /// Decodes the three segments and parses the header and the claims set.
    ///
    /// # Errors
    /// The [`DecodeError`] of [`Jws::decode`], and [`DecodeError::Claims`] if the payload is not a
    /// strict JSON object or a registered claim has the wrong type.
    pub fn decode<const N: usize>(
        compact: &'a [u8],
        scratch: &'a mut Scratch<N>,
    ) -> Result<Self, DecodeError> {
        let Scratch { bytes, index } = scratch;
        Self::decode_within(compact, bytes, index)
    }

    /// Decodes into a buffer whose size is only known at run time, such as that of a C caller.
    ///
    /// # Errors
    /// The errors of [`decode`](Self::decode).
    pub fn decode_within(
        compact: &'a [u8],
        room: &'a mut [u8],
        index: &'a mut Index,
    ) -> Result<Self, DecodeError> {
        let jws = Jws::decode_into(compact, room, index)?;
        let claims = Claims::parse_with(jws.unverified_payload(), index);
        Ok(Self { jws, claims: claims.map_err(DecodeError::Claims)? })
    }

    /// Checks the signature. The algorithm is that of the key (RFC 8725 §3.1).
    ///
    /// # Errors
    /// The [`VerifyError`] of [`Jws::verify`].
    pub fn verify(self, key: &impl Verifier) -> Result<Token<'a, Verified>, VerifyError> {
        Ok(Token { jws: self.jws.verify(key)?, claims: self.claims })
    }

    /// The claims. Their signature was not checked.
    #[must_use]
    pub const fn unverified_claims(&self) -> &Claims<'a> {
        &self.claims
    }
}

impl<'a> Token<'a, Verified> {
    /// The claims. They are authentic, but not yet judged.
    #[must_use]
    pub const fn claims(&self) -> &Claims<'a> {
        &self.claims
    }

    /// Takes the last step. Call it only after the policy has accepted the claims.
    pub(crate) fn accept(self) -> Token<'a, Accepted> {
        Token { jws: self.jws.accept(), claims: self.claims }
    }
}

impl<'a> Token<'a, Accepted> {
    /// The claims. They are authentic, and a policy has accepted them.
    #[must_use]
    pub const fn claims(&self) -> &Claims<'a> {
        &self.claims
    }
}

impl<'a, State> Token<'a, State> {
    /// The header.
    #[must_use]
    pub const fn header(&self) -> &Header<'a> {
        self.jws.header()
    }
}
