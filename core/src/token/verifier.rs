//! The interface between a token and the key that checks its signature, and the states of a token:
//! decoded, verified, accepted.
//!
//! Each state is a type, so the compiler rejects a program that skips a step.

use core::fmt;

use super::algorithm::Algorithm;

/// A key that can check signatures.
///
/// # Example
/// ```
/// use jwtick_core::token::{Algorithm, InvalidSignature, Verifier};
/// /// A security module on a bus.
/// struct Module;
/// impl Verifier for Module {
///     fn algorithm(&self) -> Algorithm {
///         Algorithm::Es256
///     }
///     fn verify(&self, input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
///         # let (_, _) = (input, signature);
///         Err(InvalidSignature)
///     }
/// }
/// assert_eq!(Module.algorithm().name(), "ES256");
/// ```
pub trait Verifier {
    /// The only algorithm of the key.
    fn algorithm(&self) -> Algorithm;

    /// Checks `signature` over `signing_input`.
    ///
    /// # Errors
    /// [`InvalidSignature`] if the signature does not match this key, for any reason.
    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature>;

    /// Checks `signature` as [`verify`](Self::verify) does, which it calls unless it is implemented. A
    /// verifier that may not answer, such as a secure element on a bus, implements it, so that silence is
    /// not reported as a forgery.
    ///
    /// # Errors
    /// [`VerifierFault::Invalid`] if the signature does not match, and [`VerifierFault::Unanswered`] if that
    /// could not be found out.
    fn ask(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), VerifierFault> {
        Ok(self.verify(signing_input, signature)?)
    }
}

/// The answer of a verifier that does not confirm a signature.
///
/// # Example
/// ```
/// use jwtick_core::token::VerifierFault;
/// assert_eq!(VerifierFault::Unanswered.to_string(), "the verifier did not answer");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerifierFault {
    /// The signature does not match.
    Invalid(InvalidSignature),
    /// The verifier could not be asked, or did not answer. The token may be authentic: try again.
    Unanswered,
}

impl From<InvalidSignature> for VerifierFault {
    fn from(invalid: InvalidSignature) -> Self {
        Self::Invalid(invalid)
    }
}

impl fmt::Display for VerifierFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(invalid) => invalid.fmt(f),
            Self::Unanswered => f.write_str("the verifier did not answer"),
        }
    }
}

impl core::error::Error for VerifierFault {}

/// The signature does not match the key. It gives no reason, because a forger could learn from it.
///
/// # Example
/// ```
/// use jwtick_core::Hs256;
/// use jwtick_core::key::WeakKey;
/// use jwtick_core::token::{InvalidSignature, Verifier};
/// let key = Hs256::new(b"a secret of at least thirty-two bytes")?;
/// assert_eq!(key.verify(b"header.payload", &[0; 32]), Err(InvalidSignature));
/// assert_eq!(InvalidSignature.to_string(), "the signature does not match the key");
/// # Ok::<(), WeakKey>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSignature;

impl fmt::Display for InvalidSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the signature does not match the key")
    }
}

impl core::error::Error for InvalidSignature {}

/// The reason why a token fails verification.
///
/// # Example
/// ```
/// use jwtick_core::token::{Algorithm, VerifyError};
/// let refusal = VerifyError::Algorithm { token: Algorithm::Rs256, key: Algorithm::Hs256 };
/// assert_eq!(refusal.to_string(), "the key is for HS256, but the token is signed with RS256");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// The header names another algorithm than the key's.
    Algorithm {
        /// The token's algorithm.
        token: Algorithm,
        /// The key's algorithm.
        key: Algorithm,
    },
    /// The signature does not match.
    Signature(InvalidSignature),
    /// The verifier did not answer, so it is not known whether the signature matches.
    Unanswered,
}

impl From<VerifierFault> for VerifyError {
    fn from(fault: VerifierFault) -> Self {
        match fault {
            VerifierFault::Invalid(invalid) => Self::Signature(invalid),
            VerifierFault::Unanswered => Self::Unanswered,
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Algorithm { token, key } => {
                write!(f, "the key is for {key}, but the token is signed with {token}")
            }
            Self::Signature(error) => error.fmt(f),
            Self::Unanswered => VerifierFault::Unanswered.fmt(f),
        }
    }
}

impl core::error::Error for VerifyError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Signature(error) => Some(error),
            Self::Algorithm { .. } | Self::Unanswered => None,
        }
    }
}

/// The signature was not checked.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, Token};
/// use jwtick_core::token::{DecodeError, Unverified};
/// // Reads the issuer only to find the key.
/// fn is_from_a(token: &Token<'_, Unverified>) -> bool {
///     token.unverified_claims().iss.is_some_and(|iss| iss == *"a")
/// }
/// let mut scratch = Scratch::<64>::new();
/// assert!(is_from_a(&Token::decode(b"eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.AA", &mut scratch)?));
/// # Ok::<(), DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Unverified {}

/// The signature matches the caller's key. The claims are authentic, but not yet judged.
///
/// # Example
/// ```
/// use jwtick_core::Token;
/// use jwtick_core::token::Verified;
/// // The parameter's type proves that the signature was checked.
/// fn log(token: &Token<'_, Verified>) {
///     println!("{:?}", token.claims());
/// }
/// # let _ = log;
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Verified {}

/// The signature is valid, and a policy has accepted the claims. Only
/// [`Token::judge`](crate::Token::judge) returns such a token.
///
/// # Example
/// ```
/// use jwtick_core::Token;
/// use jwtick_core::token::Accepted;
/// fn welcome(token: &Token<'_, Accepted>) -> bool {
///     token.claims().sub.is_some()
/// }
/// # let _ = welcome;
/// ```
///
/// A token that is verified but not judged has the wrong type:
/// ```compile_fail,E0308
/// use jwtick_core::{Hs256, Scratch, Token};
/// use jwtick_core::token::Accepted;
/// fn welcome(_: &Token<'_, Accepted>) {}
/// let key = Hs256::new(b"a secret of at least thirty-two bytes").unwrap();
/// let mut scratch = Scratch::<128>::new();
/// let token = Token::decode(b"", &mut scratch).unwrap().verify(&key).unwrap();
/// welcome(&token);
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Accepted {}
