//! The compact form of a signed object (RFC 7515 §7.1): three segments, any payload.
//!
//! A [`Token`](crate::Token) is a [`Jws`] whose payload is a claims set. Decoded and verified
//! objects have different types, so an unverified payload cannot be trusted by mistake.

use core::marker::PhantomData;
use core::{array, fmt};

use memchr::memchr_iter;

use super::algorithm::Algorithm;
use super::base64url::{Base64Error, decode, decoded_len};
use super::claims::ClaimsError;
use super::header::{Header, HeaderError};
use super::json::Index;
use super::scratch::Scratch;
use super::verifier::{Accepted, Unverified, Verified, Verifier, VerifierFault, VerifyError};

/// A decoded compact JWS; `State` shows whether its signature was checked.
///
/// # Example
/// ```
/// use jwtick_core::{Hs256, Scratch};
/// use jwtick_core::token::Jws;
/// # let compact = b"eyJhbGciOiJIUzI1NiJ9.aGVsbG8.\
/// # AIYkJ1Ra0JMb8j3o8NWEg4Q3ZhxRqco-mXgMtxdfwMQ";
/// let key = Hs256::new(b"a secret of at least thirty-two bytes")?;
/// let mut scratch = Scratch::<64>::new();
/// let jws = Jws::decode(compact, &mut scratch)?.verify(&key)?;
/// assert_eq!(jws.payload(), b"hello");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Jws<'a, State = Unverified> {
    header: Header<'a>,
    payload: &'a [u8],
    signing_input: &'a [u8],
    signature: &'a [u8],
    state: PhantomData<State>,
}

impl<'a> Jws<'a> {
    /// Decodes the three segments and reads the header.
    ///
    /// # Errors
    /// [`DecodeError::Segments`] unless there are three segments; [`DecodeError::TooLong`] if
    /// `scratch` is too small; [`DecodeError::Base64`] for a segment that is not canonical
    /// base64url; [`DecodeError::Header`] for a header that is refused.
    pub fn decode<const N: usize>(
        compact: &'a [u8],
        scratch: &'a mut Scratch<N>,
    ) -> Result<Self, DecodeError> {
        Self::decode_into(compact, &mut scratch.bytes, &mut scratch.index)
    }

    /// Uses the index only for the header, so that the claims can use it afterwards.
    pub(crate) fn decode_into(
        compact: &'a [u8],
        room: &'a mut [u8],
        index: &mut Index,
    ) -> Result<Self, DecodeError> {
        let Segments { signing_input, header, payload, signature } = Segments::of(compact)?;
        let lens = [header, payload, signature].map(decoded_len);
        let (needs, has) = (lens.into_iter().fold(0, usize::saturating_add), room.len());
        let [header_room, payload_room, signature_room] =
            split(room, lens).ok_or(DecodeError::TooLong { needs, has })?;
        let usual = Header::usual(header);
        if usual.is_none() {
            Segment::Header.decode(header, header_room)?;
        }
        Segment::Payload.decode(payload, payload_room)?;
        Segment::Signature.decode(signature, signature_room)?;
        let header = match usual {
            Some(header) => header,
            None => Header::parse_with(header_room, index).map_err(DecodeError::Header)?,
        };
        Ok(Self {
            header,
            payload: payload_room,
            signing_input,
            signature: signature_room,
            state: PhantomData,
        })
    }

    /// The payload. Its signature was not checked.
    #[must_use]
    pub const fn unverified_payload(&self) -> &'a [u8] {
        self.payload
    }

    /// Checks the signature. The algorithm is that of the key (RFC 8725 §3.1).
    ///
    /// # Errors
    /// [`VerifyError::Algorithm`] if the header names another algorithm than the key's;
    /// [`VerifyError::Signature`] if the signature does not match the key; [`VerifyError::Unanswered`] if
    /// the key is elsewhere and did not answer.
    pub fn verify(self, key: &impl Verifier) -> Result<Jws<'a, Verified>, VerifyError> {
        self.fits(key.algorithm())?;
        let answer = key.ask(self.signing_input, self.signature);
        self.answered(answer)
    }

    // RFC 8725 §3.1: the key determines the algorithm.
    pub(super) fn fits(&self, key: Algorithm) -> Result<(), VerifyError> {
        let token = self.header.alg;
        if token == key { Ok(()) } else { Err(VerifyError::Algorithm { token, key }) }
    }

    pub(super) fn answered(
        self,
        answer: Result<(), VerifierFault>,
    ) -> Result<Jws<'a, Verified>, VerifyError> {
        let Self { header, payload, signing_input, signature, .. } = self;
        answer?;
        Ok(Jws { header, payload, signing_input, signature, state: PhantomData })
    }

    pub(super) const fn signed(&self) -> (&'a [u8], &'a [u8]) {
        (self.signing_input, self.signature)
    }
}

impl<'a> Jws<'a, Verified> {
    /// The payload.
    #[must_use]
    pub const fn payload(&self) -> &'a [u8] {
        self.payload
    }

    pub(crate) fn accept(self) -> Jws<'a, Accepted> {
        let Self { header, payload, signing_input, signature, .. } = self;
        Jws { header, payload, signing_input, signature, state: PhantomData }
    }
}

impl<'a, State> Jws<'a, State> {
    /// The header.
    #[must_use]
    pub const fn header(&self) -> &Header<'a> {
        &self.header
    }
}

impl<State> fmt::Debug for Jws<'_, State> {
    // The signature is omitted, so that a log does not contain a usable token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jws").field("header", &self.header).finish_non_exhaustive()
    }
}

/// Splits `room` into three consecutive parts; `None` if they do not fit.
fn split(room: &mut [u8], lens: [usize; 3]) -> Option<[&mut [u8]; 3]> {
    let (first, rest) = room.split_at_mut_checked(lens[0])?;
    let (second, rest) = rest.split_at_mut_checked(lens[1])?;
    Some([first, second, rest.get_mut(..lens[2])?])
}

struct Segments<'a> {
    signing_input: &'a [u8],
    header: &'a [u8],
    payload: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Segments<'a> {
    fn of(compact: &'a [u8]) -> Result<Self, DecodeError> {
        let mut dots = memchr_iter(b'.', compact);
        let [Some(first), Some(second), None] = array::from_fn(|_| dots.next()) else {
            let dots = compact.iter().filter(|&&byte| byte == b'.').count();
            return Err(DecodeError::Segments { met: dots.saturating_add(1) });
        };
        let part = |from: usize, to: usize| compact.get(from..to).unwrap_or_default();
        Ok(Self {
            signing_input: part(0, second),
            header: part(0, first),
            payload: part(first.saturating_add(1), second),
            signature: part(second.saturating_add(1), compact.len()),
        })
    }
}

/// A segment of the compact form (RFC 7515 §7.1).
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::token::{Base64Error, DecodeError, Jws, Segment};
/// let mut scratch = Scratch::<64>::new();
/// let refusal = Jws::decode(b"eyJhbGciOiJIUzI1NiJ9.aGVsbG8=.AA", &mut scratch).unwrap_err();
/// let fault = Base64Error::Symbol { at: 7, met: b'=' };
/// assert_eq!(refusal, DecodeError::Base64 { segment: Segment::Payload, fault });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Segment {
    /// The first segment: the JOSE header.
    Header,
    /// The second segment: the payload, which is the claims set of a token.
    Payload,
    /// The third segment: the signature.
    Signature,
}

impl Segment {
    fn decode(self, encoded: &[u8], room: &mut [u8]) -> Result<(), DecodeError> {
        decode(encoded, room).map_err(|fault| DecodeError::Base64 { segment: self, fault })
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "header",
            Self::Payload => "payload",
            Self::Signature => "signature",
        })
    }
}

/// The reason why a token cannot be decoded.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, Token};
/// use jwtick_core::token::DecodeError;
/// let mut scratch = Scratch::<64>::new();
/// let refusal = Token::decode(b"header.payload", &mut scratch).unwrap_err();
/// assert_eq!(refusal, DecodeError::Segments { met: 2 });
/// assert_eq!(refusal.to_string(), "expected 3 segments separated by dots, but found 2");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The text does not have the three segments of the compact form.
    Segments {
        /// The number of segments found.
        met: usize,
    },
    /// The scratch is too small.
    TooLong {
        /// The number of bytes needed for the decoded segments.
        needs: usize,
        /// The number of bytes available.
        has: usize,
    },
    /// A segment is not canonical base64url.
    Base64 {
        /// The segment.
        segment: Segment,
        /// The encoding error.
        fault: Base64Error,
    },
    /// The header is refused.
    Header(HeaderError),
    /// The claims set is refused.
    Claims(ClaimsError),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // RFC 7516 §7.1: five segments are an encrypted token.
            Self::Segments { met: 5 } => f.write_str(
                "expected 3 segments (a signed token), but found 5, as an encrypted token has",
            ),
            Self::Segments { met: 1 } => {
                f.write_str("expected 3 segments separated by dots, but found no dot")
            }
            Self::Segments { met } => {
                write!(f, "expected 3 segments separated by dots, but found {met}")
            }
            Self::TooLong { needs, has } => {
                write!(
                    f,
                    "the decoded segments need {needs} bytes, but the scratch buffer has only {has}"
                )
            }
            Self::Base64 { segment, fault } => write!(f, "{segment}: {fault}"),
            Self::Header(error) => write!(f, "header: {error}"),
            Self::Claims(error) => write!(f, "claims: {error}"),
        }
    }
}

impl core::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Base64 { fault, .. } => Some(fault),
            Self::Header(error) => Some(error),
            Self::Claims(error) => Some(error),
            Self::Segments { .. } | Self::TooLong { .. } => None,
        }
    }
}
