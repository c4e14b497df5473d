//! Reasons why a proof cannot be examined: it is not one, or nothing in it can be believed.

use core::fmt;

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
