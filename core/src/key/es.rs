//! ECDSA keys: ES256 and ES384 (RFC 7518 §3.4).
//!
//! A signature is the concatenation of `r` and `s`, each as long as the curve's order and within
//! `1..order`. A signature in DER has another length and is refused. Two values of `s` fit each
//! signature, and both are accepted: RFC 7518 prescribes neither, and many signers do not choose.
//! Therefore do not use the signature as an identifier to store or revoke tokens.

use super::error::KeyError;
use super::jwk::Jwk;
use super::jwk::JwkError;
use super::jwk::KeyOperation;
use crate::token::Algorithm;
use crate::token::{InvalidSignature, Verifier};

/// The first byte of an uncompressed point (SEC 1 §2.3.3).
const UNCOMPRESSED: u8 = 4;

macro_rules! ecdsa_key {
    ($(#[$doc:meta])* $key:ident, $curve:ident, $algorithm:expr, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $key($curve::ecdsa::VerifyingKey);

        impl $key {
            /// Prepares a key from the coordinates of its point, big-endian.
            ///
            /// # Errors
            /// [`KeyError::CoordinateBytes`] if a coordinate does not have the length that the
            /// curve requires, and [`KeyError::NotOnCurve`] if the point is not on the curve.
            pub fn new(x: &[u8], y: &[u8]) -> Result<Self, KeyError> {
                let (x, y): ([u8; $bytes], [u8; $bytes]) = (coordinate(x)?, coordinate(y)?);
                let point = $curve::Sec1Point::from_affine_coordinates(&x.into(), &y.into(), false);
                let key = $curve::ecdsa::VerifyingKey::from_sec1_point(&point);
                key.map(Self).map_err(|_| KeyError::NotOnCurve)
            }

            /// Prepares a key from its point in the uncompressed form that certificates contain.
            ///
            /// # Errors
            /// [`KeyError::PointBytes`] for another form, and the errors of [`new`](Self::new).
            pub fn from_point(point: &[u8]) -> Result<Self, KeyError> {
                let refused = KeyError::PointBytes { met: point.len(), allowed: 2 * $bytes + 1 };
                match point.split_first() {
                    Some((&UNCOMPRESSED, both)) if both.len() == 2 * $bytes => {
                        let (x, y) = both.split_at_checked($bytes).ok_or(refused)?;
                        Self::new(x, y)
                    }
                    _ => Err(refused),
                }
            }

            /// Prepares the key in `jwk`.
            ///
            /// # Errors
            /// [`JwkError`] if `jwk` has another purpose, or is refused by [`new`](Self::new).
            pub fn from_jwk(jwk: &Jwk<'_>) -> Result<Self, JwkError> {
                jwk.permits(KeyOperation::Verify, $algorithm)?;
                let (mut x, mut y) = ([0; $bytes], [0; $bytes]);
                let (x, y) = (jwk.decode("x", &mut x)?, jwk.decode("y", &mut y)?);
                Ok(Self::new(x, y)?)
            }
        }

        impl Verifier for $key {
            fn algorithm(&self) -> Algorithm {
                $algorithm
            }

            fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
                use $curve::ecdsa::Signature;
                use $curve::ecdsa::signature::Verifier as _;

                let signature = Signature::from_slice(signature).map_err(|_| InvalidSignature)?;
                self.0.verify(signing_input, &signature).map_err(|_| InvalidSignature)
            }
        }
    };
}

ecdsa_key! {
    /// A key for ECDSA on P-256 with SHA-256.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{Es256, KeyError};
    /// assert_eq!(Es256::new(&[1; 32], &[2; 32]).err(), Some(KeyError::NotOnCurve));
    /// let short = Es256::new(&[1; 31], &[2; 32]).err().unwrap();
    /// assert_eq!(short.to_string(), "a coordinate has 31 bytes: expected 32 on this curve");
    /// ```
    Es256, p256, Algorithm::Es256, 32
}

ecdsa_key! {
    /// A key for ECDSA on P-384 with SHA-384.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{Es384, KeyError};
    /// let short = Es384::from_point(&[4; 65]).err();
    /// assert_eq!(short, Some(KeyError::PointBytes { met: 65, allowed: 97 }));
    /// ```
    Es384, p384, Algorithm::Es384, 48
}

// RFC 7518 §6.2.1.2: "The length of this octet string MUST be the full size of a coordinate".
fn coordinate<const N: usize>(bytes: &[u8]) -> Result<[u8; N], KeyError> {
    bytes.try_into().map_err(|_| KeyError::CoordinateBytes { met: bytes.len(), allowed: N })
}
