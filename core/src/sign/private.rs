//! Private keys in memory: ES256, with nonces that are derived from the message (RFC 6979), and Ed25519
//! (RFC 8032). Neither needs random numbers. Both are overwritten with zeros when they are dropped.

use core::fmt;

#[cfg(any(feature = "es", feature = "ed"))]
use super::signer::{PublicKey, Signer, SignerFault};
#[cfg(any(feature = "es", feature = "ed"))]
use crate::token::Algorithm;

/// The reason why bytes are refused as a private key.
///
/// # Example
/// ```
/// use jwtick_core::sign::PrivateKeyError;
/// let refusal = PrivateKeyError::Bytes { met: 31, allowed: 32 };
/// assert_eq!(refusal.to_string(), "the private key has 31 bytes: expected 32");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PrivateKeyError {
    /// The key has another length.
    Bytes {
        /// The number of bytes found.
        met: usize,
        /// The number of bytes that the algorithm requires.
        allowed: usize,
    },
    /// The number is 0, or not below the order of the curve.
    Range,
}

impl fmt::Display for PrivateKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes { met, allowed } => {
                write!(f, "the private key has {met} bytes: expected {allowed}")
            }
            Self::Range => f.write_str("the private key is 0, or not below the order of its curve"),
        }
    }
}

impl core::error::Error for PrivateKeyError {}

/// A private key for ES256: ECDSA on P-256 with SHA-256.
///
/// # Example
/// ```
/// use jwtick_core::sign::{Es256Signer, PrivateKeyError};
/// assert_eq!(Es256Signer::new(&[0; 32]).err(), Some(PrivateKeyError::Range));
/// assert!(Es256Signer::new(&[7; 32]).is_ok());
/// ```
#[cfg(feature = "es")]
pub struct Es256Signer(p256::ecdsa::SigningKey);

#[cfg(feature = "es")]
impl Es256Signer {
    /// Prepares a key from its 32 bytes, big-endian: `d` of a JWK (RFC 7518 §6.2.2.1).
    ///
    /// # Errors
    /// [`PrivateKeyError`] for another length, 0, or a number that is not below the order.
    pub fn new(secret: &[u8]) -> Result<Self, PrivateKeyError> {
        let bytes: [u8; 32] = secret
            .try_into()
            .map_err(|_| PrivateKeyError::Bytes { met: secret.len(), allowed: 32 })?;
        let key = p256::ecdsa::SigningKey::from_bytes(&bytes.into());
        key.map(Self).map_err(|_| PrivateKeyError::Range)
    }
}

#[cfg(feature = "es")]
impl Signer for Es256Signer {
    type Signature = [u8; 64];

    fn algorithm(&self) -> Algorithm {
        Algorithm::Es256
    }

    fn sign(&self, signing_input: &[u8]) -> Result<[u8; 64], SignerFault> {
        use p256::ecdsa::Signature;
        use p256::ecdsa::signature::Signer as _;

        let signature: Signature = self.0.try_sign(signing_input).map_err(|_| SignerFault)?;
        Ok(signature.to_bytes().into())
    }

    fn public_key(&self) -> Option<PublicKey> {
        let point = self.0.verifying_key().to_sec1_point(false);
        let [x, y] = [point.x()?, point.y()?].map(|coordinate| (*coordinate).into());
        Some(PublicKey::P256 { x, y })
    }
}

#[cfg(feature = "ed")]
macro_rules! ed25519_signer {
    ($(#[$doc:meta])* $key:ident, $algorithm:ident) => {
        $(#[$doc])*
        pub struct $key(ed25519_dalek::SigningKey);

        impl $key {
            /// Prepares a key from the 32 bytes of its seed: `d` of a JWK (RFC 8037 §2).
            ///
            /// # Errors
            /// [`PrivateKeyError::Bytes`] for another length.
            pub fn new(seed: &[u8]) -> Result<Self, PrivateKeyError> {
                let met = seed.len();
                let seed: &[u8; 32] =
                    seed.try_into().map_err(|_| PrivateKeyError::Bytes { met, allowed: 32 })?;
                Ok(Self(ed25519_dalek::SigningKey::from_bytes(seed)))
            }
        }

        impl Signer for $key {
            type Signature = [u8; 64];

            fn algorithm(&self) -> Algorithm {
                Algorithm::$algorithm
            }

            fn sign(&self, signing_input: &[u8]) -> Result<[u8; 64], SignerFault> {
                use ed25519_dalek::Signer as _;

                let signature = self.0.try_sign(signing_input).map_err(|_| SignerFault)?;
                Ok(signature.to_bytes())
            }

            fn public_key(&self) -> Option<PublicKey> {
                Some(PublicKey::Ed25519 { x: self.0.verifying_key().to_bytes() })
            }
        }
    };
}

#[cfg(feature = "ed")]
ed25519_signer! {
    /// A private Ed25519 key for tokens whose `alg` is `EdDSA` (RFC 8037 §3.1).
    ///
    /// # Example
    /// ```
    /// use jwtick_core::sign::{EdDsaSigner, PrivateKeyError};
    /// let refusal = EdDsaSigner::new(&[7; 31]).err();
    /// assert_eq!(refusal, Some(PrivateKeyError::Bytes { met: 31, allowed: 32 }));
    /// ```
    EdDsaSigner, EdDsa
}

#[cfg(feature = "ed")]
ed25519_signer! {
    /// A private Ed25519 key for tokens whose `alg` is `Ed25519` (RFC 9864 §2.2).
    ///
    /// # Example
    /// ```
    /// use jwtick_core::sign::{Ed25519Signer, Signer};
    /// use jwtick_core::token::Algorithm;
    /// assert_eq!(Ed25519Signer::new(&[7; 32]).unwrap().algorithm(), Algorithm::Ed25519);
    /// ```
    Ed25519Signer, Ed25519
}
