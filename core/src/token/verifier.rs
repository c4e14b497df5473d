//! The interface between a token and the key that checks its signature.

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
}

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
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Algorithm { token, key } => {
                write!(f, "the key is for {key}, but the token is signed with {token}")
            }
            Self::Signature(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for VerifyError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Signature(error) => Some(error),
            Self::Algorithm { .. } => None,
        }
    }
}
