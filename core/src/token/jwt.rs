//! A token: a [`Jws`] whose payload is a claims set (RFC 7519 §7.2).
//!
//! The steps are `decode → verify → judge`, and each returns its own type. No step can be skipped,
//! a forged token is never reported as merely expired, and the claims of an expired token stay
//! readable.

use super::algorithm::Algorithm;
use super::claims::Claims;
use super::header::Header;
use super::json::Index;
use super::jws::{DecodeError, Jws};
use super::scratch::Scratch;
use super::verifier::{Accepted, Unverified, Verified, Verifier, VerifierFault, VerifyError};

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

    /// Begins a verification that is finished elsewhere, by a key of `algorithm`: while other tasks run, or
    /// by a library in C.
    ///
    /// # Errors
    /// [`VerifyError::Algorithm`] if the header names another algorithm (RFC 8725 §3.1).
    pub fn begin_verify(self, algorithm: Algorithm) -> Result<Pending<'a>, VerifyError> {
        self.jws.fits(algorithm)?;
        Ok(Pending(self))
    }

    /// The claims. Their signature was not checked.
    #[must_use]
    pub const fn unverified_claims(&self) -> &Claims<'a> {
        &self.claims
    }
}

/// A token whose signature is checked elsewhere.
///
/// # Example
/// ```
/// use jwtick_core::token::{Algorithm, VerifierFault, Verifier};
/// use jwtick_core::{Hs256, Scratch, Token};
/// # let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE0ODgzMDcxOTF9.\
/// # RbwpqIM1m3pqhT2CHHEt7jSTcOUShM0vgab_SCzRgvM";
/// # let key = Hs256::new(b"a secret of at least thirty-two bytes")?;
/// # struct Accelerator(Hs256);
/// # impl Accelerator {
/// #     fn verify(&self, input: &[u8], signature: &[u8]) -> Result<(), VerifierFault> {
/// #         Ok(self.0.verify(input, signature)?)
/// #     }
/// # }
/// # let accelerator = Accelerator(key);
/// let mut scratch = Scratch::<128>::new();
/// let pending = Token::decode(compact, &mut scratch)?.begin_verify(Algorithm::Hs256)?;
/// let answer = accelerator.verify(pending.signing_input(), pending.signature()); // or `.await`
/// let token = pending.finish(answer)?;
/// assert_eq!(token.claims().as_written(), r#"{"exp":1488307191}"#);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Pending<'a>(Token<'a>);

impl<'a> Pending<'a> {
    /// The signed bytes: the header and payload segments with the dot between them.
    #[must_use]
    pub const fn signing_input(&self) -> &'a [u8] {
        self.0.jws.signed().0
    }

    /// The signature, in the form of RFC 7518 §3: for ES256, `r` and `s` of 32 bytes each.
    #[must_use]
    pub const fn signature(&self) -> &'a [u8] {
        self.0.jws.signed().1
    }

    /// Finishes with the answer for this signing input, this signature and your key. Whatever else is passed as
    /// `Ok` makes a forgery a verified token.
    ///
    /// # Errors
    /// [`VerifyError::Signature`] and [`VerifyError::Unanswered`], as `answer` says.
    pub fn finish(
        self,
        answer: Result<(), VerifierFault>,
    ) -> Result<Token<'a, Verified>, VerifyError> {
        let Token { jws, claims } = self.0;
        Ok(Token { jws: jws.answered(answer)?, claims })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Hs256;
    use crate::token::{Algorithm, InvalidSignature, VerifierFault};

    // {"alg":"HS256"} and {"exp":1488307191}
    const COMPACT: &[u8] = b"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE0ODgzMDcxOTF9.\
        RbwpqIM1m3pqhT2CHHEt7jSTcOUShM0vgab_SCzRgvM";

    /// A secure element with one answer.
    struct Element(Result<(), VerifierFault>);

    impl Verifier for Element {
        fn algorithm(&self) -> Algorithm {
            Algorithm::Hs256
        }

        fn verify(&self, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
            Err(InvalidSignature)
        }

        fn ask(&self, _: &[u8], _: &[u8]) -> Result<(), VerifierFault> {
            self.0
        }
    }

    type Row = (&'static str, Result<(), VerifierFault>, Option<VerifyError>);
    const ROWS: &[Row] = &[
        ("valid", Ok(()), None),
        (
            "invalid",
            Err(VerifierFault::Invalid(InvalidSignature)),
            Some(VerifyError::Signature(InvalidSignature)),
        ),
        ("silent", Err(VerifierFault::Unanswered), Some(VerifyError::Unanswered)),
    ];

    #[test]
    fn silent_verifier_is_not_an_invalid_signature() {
        for &(name, answer, expected) in ROWS {
            let mut scratch = Scratch::<128>::new();
            let token = Token::decode(COMPACT, &mut scratch).unwrap();
            assert_eq!(token.clone().verify(&Element(answer)).err(), expected, "{name}");
            let pending = token.begin_verify(Algorithm::Hs256).unwrap();
            assert_eq!(pending.finish(answer).err(), expected, "{name}, in two steps");
        }
    }

    #[test]
    fn verification_elsewhere_is_for_the_algorithm_of_the_token() {
        let mut scratch = Scratch::<128>::new();
        let token = Token::decode(COMPACT, &mut scratch).unwrap();
        let other = token.clone().begin_verify(Algorithm::Es256).err();
        let (token_has, key) = (Algorithm::Hs256, Algorithm::Es256);
        assert_eq!(other, Some(VerifyError::Algorithm { token: token_has, key }));
        let pending = token.begin_verify(Algorithm::Hs256).unwrap();
        let key = Hs256::new(b"a secret of at least thirty-two bytes").unwrap();
        assert_eq!(
            pending.signing_input(),
            COMPACT.rsplitn(2, |byte| *byte == b'.').last().unwrap()
        );
        assert!(key.verify(pending.signing_input(), pending.signature()).is_ok());
    }
}
