//! Ed25519 keys under both names: `EdDSA` (RFC 8037 §3.1) and `Ed25519` (RFC 9864 §2.2).
//!
//! Verification is strict. In addition to the checks of RFC 8032 §5.1.7, no point may have a small
//! order, so that a signature fits only one message and one key. Encodings that are not canonical
//! are refused.

use ed25519_dalek::{PUBLIC_KEY_LENGTH, Signature, VerifyingKey};

use super::error::KeyError;
use super::jwk::Jwk;
use super::jwk::JwkError;
use super::jwk::KeyOperation;
use crate::token::Algorithm;
use crate::token::{InvalidSignature, Verifier};

macro_rules! ed25519_key {
    ($(#[$doc:meta])* $key:ident, $algorithm:expr) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $key(VerifyingKey);

        impl $key {
            /// Prepares a key from the 32 bytes of its point.
            ///
            /// # Errors
            /// [`KeyError::CoordinateBytes`] for another length; [`KeyError::NotOnCurve`],
            /// [`KeyError::NotCanonical`] or [`KeyError::SmallOrder`] if the point cannot be used.
            pub fn new(point: &[u8]) -> Result<Self, KeyError> {
                prepared(point).map(Self)
            }

            /// Prepares the key in `jwk`.
            ///
            /// # Errors
            /// [`JwkError`] if `jwk` has another purpose, or is refused by [`new`](Self::new).
            pub fn from_jwk(jwk: &Jwk<'_>) -> Result<Self, JwkError> {
                jwk.permits(KeyOperation::Verify, $algorithm)?;
                let mut x = [0; PUBLIC_KEY_LENGTH];
                Ok(Self::new(jwk.decode("x", &mut x)?)?)
            }
        }

        impl Verifier for $key {
            fn algorithm(&self) -> Algorithm {
                $algorithm
            }

            fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
                let signature = Signature::from_slice(signature).map_err(|_| InvalidSignature)?;
                self.0.verify_strict(signing_input, &signature).map_err(|_| InvalidSignature)
            }
        }
    };
}

ed25519_key! {
    /// An Ed25519 key for tokens whose `alg` is `EdDSA`.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{EdDsa, KeyError};
    /// let neutral = EdDsa::new(b"\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    /// assert_eq!(neutral.err(), Some(KeyError::SmallOrder));
    /// ```
    EdDsa, Algorithm::EdDsa
}

ed25519_key! {
    /// An Ed25519 key for tokens whose `alg` is `Ed25519`.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{Ed25519, KeyError};
    /// let refusal = Ed25519::new(&[7; 31]).err();
    /// assert_eq!(refusal, Some(KeyError::CoordinateBytes { met: 31, allowed: 32 }));
    /// ```
    Ed25519, Algorithm::Ed25519
}

fn prepared(point: &[u8]) -> Result<VerifyingKey, KeyError> {
    let (met, allowed) = (point.len(), PUBLIC_KEY_LENGTH);
    let point = point.try_into().map_err(|_| KeyError::CoordinateBytes { met, allowed })?;
    let key = VerifyingKey::from_bytes(point).map_err(|_| KeyError::NotOnCurve)?;
    if key.is_weak() {
        Err(KeyError::SmallOrder)
    } else if key.to_edwards().compress().as_bytes() != point {
        Err(KeyError::NotCanonical)
    } else {
        Ok(key)
    }
}
