//! RSASSA-PKCS1-v1_5 keys: RS256, RS384 and RS512 (RFC 7518 §3.3, RFC 8017 §8.2).
//!
//! What a signature opens to is never parsed: there is only one right message for a hash, and
//! every byte is compared with it. Parsers are what Bleichenbacher's forgery of 2006 lives on.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::jwk::{Jwk, JwkError, KeyOperation};
use super::rsa::RsaPublic;
use super::{InvalidSignature, Verifier};
use crate::algorithm::Algorithm;

// What stands before the hash in a DigestInfo (RFC 8017 §9.2, note 1).
const SHA256: &[u8] =
    b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";
const SHA384: &[u8] =
    b"\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30";
const SHA512: &[u8] =
    b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40";

macro_rules! pkcs1_key {
    ($(#[$doc:meta])* $key:ident, $hash:ty, $algorithm:expr, $prefix:expr) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $key<K>(K);

        impl<K: RsaPublic> $key<K> {
            /// Binds an RSA key to the algorithm.
            #[must_use]
            pub const fn new(key: K) -> Self {
                Self(key)
            }

            /// The key that `jwk` is.
            ///
            /// # Errors
            /// [`JwkError`] if it is for something else, or the RSA key is refused.
            pub fn from_jwk(jwk: &Jwk<'_>) -> Result<Self, JwkError> {
                jwk.permits(KeyOperation::Verify, $algorithm)?;
                K::from_jwk(jwk).map(Self)
            }
        }

        impl<K: RsaPublic> Verifier for $key<K> {
            fn algorithm(&self) -> Algorithm {
                $algorithm
            }

            fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
                let hash = <$hash>::digest(signing_input);
                let holds = self.0.opens(signature, &mut |opened| {
                    is_encoded(opened.bytes, $prefix, &hash)
                });
                if holds { Ok(()) } else { Err(InvalidSignature) }
            }
        }
    };
}

pkcs1_key! {
    /// A key for RSASSA-PKCS1-v1_5 with SHA-256.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::{InvalidSignature, KeyError, Rs256, Rsa2048, Verifier};
    /// let key = Rs256::new(Rsa2048::new(&[0xC5; 256], &[1, 0, 1])?);
    /// assert_eq!(key.verify(b"header.payload", &[7; 256]), Err(InvalidSignature));
    /// # Ok::<(), KeyError>(())
    /// ```
    Rs256, Sha256, Algorithm::Rs256, SHA256
}

pkcs1_key! {
    /// A key for RSASSA-PKCS1-v1_5 with SHA-384.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::{InvalidSignature, KeyError, Rs384, Rsa3072, Verifier};
    /// let key = Rs384::new(Rsa3072::new(&[0xC5; 384], &[1, 0, 1])?);
    /// assert_eq!(key.verify(b"header.payload", &[7; 384]), Err(InvalidSignature));
    /// # Ok::<(), KeyError>(())
    /// ```
    Rs384, Sha384, Algorithm::Rs384, SHA384
}

pkcs1_key! {
    /// A key for RSASSA-PKCS1-v1_5 with SHA-512.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::{InvalidSignature, KeyError, Rs512, Rsa4096, Verifier};
    /// let key = Rs512::new(Rsa4096::new(&[0xC5; 512], &[1, 0, 1])?);
    /// assert_eq!(key.verify(b"header.payload", &[7; 512]), Err(InvalidSignature));
    /// # Ok::<(), KeyError>(())
    /// ```
    Rs512, Sha512, Algorithm::Rs512, SHA512
}

/// Whether `encoded` is EMSA-PKCS1-v1_5 (RFC 8017 §9.2): 00 01 FF…FF 00, DigestInfo, hash. The
/// padding takes all that the rest leaves, over the eight bytes that it needs by far.
fn is_encoded(encoded: &[u8], prefix: &[u8], hash: &[u8]) -> bool {
    let framed = encoded.strip_suffix(hash).and_then(|rest| rest.strip_suffix(prefix));
    matches!(framed, Some([0, 1, padding @ .., 0]) if padding.iter().all(|&byte| byte == 0xFF))
}
