//! Reasons not to make a token.

use core::fmt;

use super::member::MemberFault;
use super::signer::SignerFault;
use crate::time::{Span, UnixTime};
use crate::token::Segment;

/// The reason why no token was made.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::sign::AssertionError;
/// let refusal = AssertionError::Clock { width: Span::from_secs(3_600), forgiven: Span::from_secs(60) };
/// assert_eq!(
///     refusal.to_string(),
///     "UTC is only known to 3600 s, but the server accepts a token for only 60 s: set the clock first",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AssertionError {
    /// The bounds on UTC are wider than the server forgives.
    Clock {
        /// The age of the token if UTC is the latest possible time; [`Span::MAX`] for open bounds.
        width: Span,
        /// The greatest age that the server accepts.
        forgiven: Span,
    },
    /// The clock reads a time before this crate was released, so it was never set.
    NeverSet {
        /// The latest time that the clock leaves possible.
        latest: UnixTime,
    },
    /// The lifetime is below a second.
    Life {
        /// The lifetime found.
        life: Span,
    },
    /// A member must not be written.
    Member {
        /// The segment that it is for.
        segment: Segment,
        /// The number of members before it.
        index: usize,
        /// The reason.
        fault: MemberFault,
    },
    /// The token does not fit.
    TooLong {
        /// The length of the token.
        needs: usize,
        /// The length of the room.
        has: usize,
    },
    /// There is no signature.
    Signer(SignerFault),
    /// The signature has another length than all those of its algorithm. One by ECDSA may be in DER.
    SignatureBytes {
        /// The number of bytes found.
        met: usize,
        /// The number of bytes that the algorithm requires.
        allowed: usize,
    },
    /// The signer has no public key, which a proof of possession needs.
    NoPublicKey,
}

impl fmt::Display for AssertionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clock { width: Span::MAX, .. } => {
                f.write_str("the latest possible UTC is unknown: set the clock first")
            }
            Self::Clock { .. } => {
                let (width, forgiven) = self.width_and_forgiven();
                write!(
                    f,
                    "UTC is only known to {width} s, but the server accepts a token for only {forgiven} s: set the clock first"
                )
            }
            Self::NeverSet { latest } => {
                let (met, least) = (latest.floor_secs(), UnixTime::FIRST_RELEASE.floor_secs());
                write!(
                    f,
                    "expected a clock that reads at least {least} s after 1970, but found {met} s: it was never set"
                )
            }
            Self::Life { life } => {
                let micros = life.as_micros();
                write!(f, "expected a lifetime of at least 1 s, but found {micros} µs")
            }
            Self::Member { segment, index, fault } => {
                let what = if *segment == Segment::Header { "header member" } else { "claim" };
                write!(f, "{what} {} {fault}", index.saturating_add(1))
            }
            Self::TooLong { needs, has } => {
                write!(f, "the token has {needs} bytes, but there is room for only {has}")
            }
            Self::Signer(fault) => fault.fmt(f),
            Self::SignatureBytes { met, allowed } => {
                write!(f, "the signature has {met} bytes: expected {allowed}")
            }
            Self::NoPublicKey => {
                f.write_str("expected a key pair for a proof of possession, but found a signer without a public key")
            }
        }
    }
}

impl AssertionError {
    /// In seconds, rounded apart, so that 60.5 s of 60 s are not reported as 60 s of 60 s.
    pub(crate) const fn width_and_forgiven(&self) -> (i64, i64) {
        match self {
            Self::Clock { width, forgiven } => {
                let ceiling = width.as_micros().saturating_add(999_999).div_euclid(1_000_000);
                (ceiling, forgiven.floor_secs())
            }
            _ => (0, 0),
        }
    }
}

impl core::error::Error for AssertionError {}
