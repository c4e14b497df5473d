//! ECDSA keys: ES256 and ES384 (RFC 7518 §3.4).
//!
//! A signature is `r` and `s` side by side, each as long as the curve's order and within
//! `1..order`; one in DER has another length and is refused. Of the two values of `s` that fit, the
//! larger is accepted too: RFC 7518 asks for neither, and many signers don't choose. So who stores
//! or revokes tokens must not take the signature for their name.

use super::error::KeyError;
use super::jwk::Jwk;
use super::jwk::JwkError;
use super::jwk::KeyOperation;
use crate::token::Algorithm;
use crate::token::{InvalidSignature, Verifier};

/// SEC 1 §2.3.3: what an uncompressed point starts with.
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
            /// [`KeyError::CoordinateBytes`] unless both have the length of the curve's, and
            /// [`KeyError::NotOnCurve`] unless they are those of a point on it.
            pub fn new(x: &[u8], y: &[u8]) -> Result<Self, KeyError> {
                let (x, y): ([u8; $bytes], [u8; $bytes]) = (coordinate(x)?, coordinate(y)?);
                let point = $curve::Sec1Point::from_affine_coordinates(&x.into(), &y.into(), false);
                let key = $curve::ecdsa::VerifyingKey::from_sec1_point(&point);
                key.map(Self).map_err(|_| KeyError::NotOnCurve)
            }

            /// Prepares a key from its point in the uncompressed form that certificates hold.
            ///
            /// # Errors
            /// [`KeyError::PointBytes`] for another form, and as for [`new`](Self::new).
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

            /// The key that `jwk` is.
            ///
            /// # Errors
            /// [`JwkError`] if it is for something else, or refused as for [`new`](Self::new).
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
