//! The interface between a token and the key that signs it.

use core::fmt;

use crate::key::{Hs256, Hs384, Hs512, Tag};
use crate::token::Algorithm;

/// A key that signs, in memory or in a secure element.
///
/// # Example
/// ```
/// use jwtick_core::sign::{Signer, SignerFault};
/// use jwtick_core::token::Algorithm;
/// /// A secure element on a bus, which may not answer.
/// struct Element;
/// impl Signer for Element {
///     type Signature = [u8; 64];
///     fn algorithm(&self) -> Algorithm {
///         Algorithm::Es256
///     }
///     fn sign(&self, input: &[u8]) -> Result<[u8; 64], SignerFault> {
///         # let _ = input;
///         Err(SignerFault)
///     }
/// }
/// assert_eq!(SignerFault.to_string(), "the signer gave no signature");
/// # let _ = Element;
/// ```
pub trait Signer {
    /// The bytes of a signature, as RFC 7518 §3 defines them: for ES256, `r` and `s` of 32 bytes each.
    type Signature: AsRef<[u8]>;

    /// The only algorithm of the key.
    fn algorithm(&self) -> Algorithm;

    /// Signs the header and payload segments with the dot between them.
    ///
    /// # Errors
    /// [`SignerFault`] if there is no signature, for example because a secure element does not answer.
    fn sign(&self, signing_input: &[u8]) -> Result<Self::Signature, SignerFault>;

    /// The public half of the key, which proofs of possession contain (RFC 9449 §4.2). `None`, unless
    /// implemented, and for every secret.
    fn public_key(&self) -> Option<PublicKey> {
        None
    }
}

/// The signer gave no signature.
///
/// # Example
/// ```
/// use jwtick_core::sign::{AssertionError, SignerFault};
/// let refusal = AssertionError::Signer(SignerFault);
/// assert_eq!(refusal.to_string(), SignerFault.to_string());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignerFault;

impl fmt::Display for SignerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the signer gave no signature")
    }
}

impl core::error::Error for SignerFault {}

/// The public half of a key that signs.
///
/// # Example
/// ```
/// use jwtick_core::Hs256;
/// use jwtick_core::sign::Signer;
/// let secret = Hs256::new(b"a secret of at least thirty-two bytes").unwrap();
/// assert_eq!(secret.public_key(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicKey {
    /// A point on P-256, for ES256.
    P256 {
        /// The first coordinate, big-endian.
        x: [u8; 32],
        /// The second coordinate, big-endian.
        y: [u8; 32],
    },
    /// A point on Ed25519 (RFC 8032 §5.1.5).
    Ed25519 {
        /// The point.
        x: [u8; 32],
    },
}

macro_rules! hmac_signer {
    ($($key:ident $algorithm:ident),*) => {
        $(
            impl Signer for $key {
                type Signature = Tag;

                fn algorithm(&self) -> Algorithm {
                    Algorithm::$algorithm
                }

                fn sign(&self, signing_input: &[u8]) -> Result<Tag, SignerFault> {
                    Ok(Self::sign(self, signing_input))
                }
            }
        )*
    };
}

hmac_signer!(Hs256 Hs256, Hs384 Hs384, Hs512 Hs512);

impl AsRef<[u8]> for Tag {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}
