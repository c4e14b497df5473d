//! Reasons why a proof is refused: it is not one, nothing in it can be believed, or it is for another
//! request.

use core::fmt;

use super::nonce::NonceFault;
use crate::key::JwkError;
use crate::token::{Algorithm, DecodeError, JsonKind, TypeError, VerifyError};

/// The reason why a proof is refused, whatever request it came with.
///
/// # Example
/// ```
/// use jwtick_core::dpop::ProofError;
/// use jwtick_core::token::Algorithm;
/// let refusal = ProofError::Algorithm { met: Algorithm::Hs256 };
/// assert_eq!(refusal.to_string(), "proofs signed with HS256 are not accepted");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProofError {
    /// The text is not a signed object, or its header or claims are refused.
    Decode(DecodeError),
    /// `typ` does not name a proof.
    Type(TypeError),
    /// The algorithm is symmetric or not in the list.
    Algorithm {
        /// The algorithm in the header.
        met: Algorithm,
    },
    /// The header has no `jwk`.
    MissingKey,
    /// The `jwk` holds a private key or a secret.
    PrivateKey,
    /// The `jwk` is refused.
    Key(JwkError),
    /// The signature does not match the `jwk`.
    Signature(VerifyError),
    /// A claim that every proof has is missing.
    MissingClaim {
        /// The claim.
        name: &'static str,
    },
    /// A claim is not a string.
    ClaimType {
        /// The claim.
        name: &'static str,
        /// The type found.
        met: JsonKind,
    },
    /// `jti` is empty, so it does not identify the proof.
    EmptyId,
}

impl fmt::Display for ProofError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => error.fmt(f),
            Self::Type(TypeError::Missing) => {
                f.write_str("expected `typ` to be `dpop+jwt`, but it is missing")
            }
            Self::Type(_) => f.write_str("expected `typ` to be `dpop+jwt`, but found another kind"),
            Self::Algorithm { met } => write!(f, "proofs signed with {met} are not accepted"),
            Self::MissingKey => f.write_str(
                "expected the header to hold the public key as `jwk`, but it is missing",
            ),
            Self::PrivateKey => {
                f.write_str("expected a public key as `jwk`, but found a private key or a secret")
            }
            Self::Key(error) => write!(f, "`jwk`: {error}"),
            Self::Signature(_) => f.write_str("the signature does not match the key in the header"),
            Self::MissingClaim { name } => write!(f, "the claim `{name}` is missing"),
            Self::ClaimType { name, met } => {
                write!(f, "expected `{name}` to be a string, but found {met}")
            }
            Self::EmptyId => f.write_str("expected `jti` to identify the proof, but it is empty"),
        }
    }
}

impl core::error::Error for ProofError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            Self::Type(error) => Some(error),
            Self::Key(error) => Some(error),
            Self::Signature(error) => Some(error),
            _ => None,
        }
    }
}

/// A part of a proof that does not match its request.
///
/// # Example
/// ```
/// use jwtick_core::dpop::ProofFault;
/// assert_eq!(ProofFault::Htm.to_string(), "`htm` is not the method of the request");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProofFault {
    /// `htm` is another method.
    Htm,
    /// `htu` is another URI.
    Htu,
    /// The request has an access token, and the proof has no `ath`.
    NoAth,
    /// `ath` is the hash of another token.
    Ath,
    /// The access token is bound to another key.
    Key,
    /// The nonce is missing or refused.
    Nonce(NonceFault),
}

impl fmt::Display for ProofFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Htm => "`htm` is not the method of the request",
            Self::Htu => "`htu` is not the URI of the request",
            Self::NoAth => "`ath`, the hash of the access token, is missing",
            Self::Ath => "`ath` is not the hash of the access token",
            Self::Key => "the access token is bound to another key",
            Self::Nonce(fault) => return fault.fmt(f),
        })
    }
}

impl core::error::Error for ProofFault {}

/// An access token is bound to a key in a way that cannot be checked.
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::dpop::{ConfirmationError, confirmed_key};
/// use jwtick_core::token::Claims;
/// let mut scratch = Scratch::<0>::new();
/// let claims = Claims::parse(br#"{"cnf":"0"}"#, &mut scratch)?;
/// assert_eq!(confirmed_key(&claims), Err(ConfirmationError));
/// # Ok::<(), jwtick_core::token::ClaimsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfirmationError;

impl fmt::Display for ConfirmationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected `cnf` to hold a SHA-256 thumbprint in base64url as `jkt`")
    }
}

impl core::error::Error for ConfirmationError {}
