//! RSA keys bound to one algorithm: RS256, RS384 and RS512, PS256, PS384 and PS512.
//!
//! RSASSA-PKCS1-v1_5 (RFC 7518 §3.3, RFC 8017 §8.2): the opened signature is never parsed. Each hash
//! has exactly one correct message, and every byte is compared with it. Bleichenbacher's forgery of
//! 2006 exploits parsers.
//!
//! RSASSA-PSS (RFC 7518 §3.5, RFC 8017 §8.1): the mask is MGF1 with the same hash. The salt must be as
//! long as the hash, as RFC 7518 requires.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::jwk::{Jwk, JwkError, KeyOperation};
use super::rsa::RsaPublic;
use super::rsa::sealed::Opened;
use crate::token::{Algorithm, InvalidSignature, Verifier};

/// Defines the key type of an algorithm. A signature opens to an encoded message; `$holds` compares
/// it with the hash of the signing input.
macro_rules! rsa_key {
    ($(#[$doc:meta])* $key:ident, $hash:ty, $algorithm:expr, $holds:expr) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $key<K>(K);

        impl<K: RsaPublic> $key<K> {
            /// Binds an RSA key to the algorithm.
            #[must_use]
            pub const fn new(key: K) -> Self {
                Self(key)
            }

            /// Prepares the key in `jwk`.
            ///
            /// # Errors
            /// [`JwkError`] if `jwk` has another purpose, or the RSA key is refused.
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
                let holds = self.0.opens(signature, &mut |opened| $holds(opened, &hash));
                if holds { Ok(()) } else { Err(InvalidSignature) }
            }
        }
    };
}

// The bytes before the hash in a DigestInfo (RFC 8017 §9.2, note 1).
const SHA256: &[u8] =
    b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";
const SHA384: &[u8] =
    b"\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30";
const SHA512: &[u8] =
    b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40";

rsa_key! {
    /// A key for RSASSA-PKCS1-v1_5 with SHA-256.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{KeyError, Rs256, Rsa2048};
    /// use jwtick_core::token::{InvalidSignature, Verifier};
    /// let key = Rs256::new(Rsa2048::new(&[0xC5; 256], &[1, 0, 1])?);
    /// assert_eq!(key.verify(b"header.payload", &[7; 256]), Err(InvalidSignature));
    /// # Ok::<(), KeyError>(())
    /// ```
    Rs256, Sha256, Algorithm::Rs256, is_pkcs1_after(SHA256)
}

rsa_key! {
    /// A key for RSASSA-PKCS1-v1_5 with SHA-384.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{KeyError, Rs384, Rsa3072};
    /// use jwtick_core::token::{InvalidSignature, Verifier};
    /// let key = Rs384::new(Rsa3072::new(&[0xC5; 384], &[1, 0, 1])?);
    /// assert_eq!(key.verify(b"header.payload", &[7; 384]), Err(InvalidSignature));
    /// # Ok::<(), KeyError>(())
    /// ```
    Rs384, Sha384, Algorithm::Rs384, is_pkcs1_after(SHA384)
}

rsa_key! {
    /// A key for RSASSA-PKCS1-v1_5 with SHA-512.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{KeyError, Rs512, Rsa4096};
    /// use jwtick_core::token::{InvalidSignature, Verifier};
    /// let key = Rs512::new(Rsa4096::new(&[0xC5; 512], &[1, 0, 1])?);
    /// assert_eq!(key.verify(b"header.payload", &[7; 512]), Err(InvalidSignature));
    /// # Ok::<(), KeyError>(())
    /// ```
    Rs512, Sha512, Algorithm::Rs512, is_pkcs1_after(SHA512)
}

fn is_pkcs1_after(prefix: &[u8]) -> impl Fn(Opened<'_>, &[u8]) -> bool {
    move |opened, hash| is_pkcs1(opened.bytes, prefix, hash)
}

/// Returns whether `encoded` is EMSA-PKCS1-v1_5 (RFC 8017 §9.2): 00 01 FF…FF 00, DigestInfo, hash.
/// The padding fills the whole rest, which is far more than the eight bytes required.
fn is_pkcs1(encoded: &[u8], prefix: &[u8], hash: &[u8]) -> bool {
    let framed = encoded.strip_suffix(hash).and_then(|rest| rest.strip_suffix(prefix));
    matches!(framed, Some([0, 1, padding @ .., 0]) if padding.iter().all(|&byte| byte == 0xFF))
}

rsa_key! {
    /// A key for RSASSA-PSS with SHA-256.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{KeyError, Ps256, Rsa2048};
    /// use jwtick_core::token::{InvalidSignature, Verifier};
    /// let key = Ps256::new(Rsa2048::new(&[0xC5; 256], &[1, 0, 1])?);
    /// assert_eq!(key.verify(b"header.payload", &[7; 256]), Err(InvalidSignature));
    /// # Ok::<(), KeyError>(())
    /// ```
    Ps256, Sha256, Algorithm::Ps256, holds_pss::<Sha256>
}

rsa_key! {
    /// A key for RSASSA-PSS with SHA-384.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{KeyError, Ps384, Rsa3072};
    /// use jwtick_core::token::{InvalidSignature, Verifier};
    /// let key = Ps384::new(Rsa3072::new(&[0xC5; 384], &[1, 0, 1])?);
    /// assert_eq!(key.verify(b"header.payload", &[7; 384]), Err(InvalidSignature));
    /// # Ok::<(), KeyError>(())
    /// ```
    Ps384, Sha384, Algorithm::Ps384, holds_pss::<Sha384>
}

rsa_key! {
    /// A key for RSASSA-PSS with SHA-512.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{KeyError, Ps512, Rsa4096};
    /// use jwtick_core::token::{InvalidSignature, Verifier};
    /// let key = Ps512::new(Rsa4096::new(&[0xC5; 512], &[1, 0, 1])?);
    /// assert_eq!(key.verify(b"header.payload", &[7; 512]), Err(InvalidSignature));
    /// # Ok::<(), KeyError>(())
    /// ```
    Ps512, Sha512, Algorithm::Ps512, holds_pss::<Sha512>
}

fn holds_pss<H: Digest>(opened: Opened<'_>, message_hash: &[u8]) -> bool {
    is_pss::<H>(opened, message_hash) == Some(true)
}

/// EMSA-PSS-VERIFY (RFC 8017 §9.1.2). The comments give the step numbers; `None` also means
/// "inconsistent".
fn is_pss<H: Digest>(opened: Opened<'_>, message_hash: &[u8]) -> Option<bool> {
    let Opened { bytes, modulus_bits } = opened;
    // The encoded message is one bit shorter than the modulus, so it may be one byte shorter.
    let bits = modulus_bits.checked_sub(1)?;
    let unused = bytes.len().checked_sub(usize::try_from(bits.div_ceil(8)).ok()?)?;
    let (above, encoded) = bytes.split_at_mut_checked(unused)?;
    let (0xBC, encoded) = encoded.split_last_mut()? else { return None }; // 4
    let len = message_hash.len();
    let (data, hash) = encoded.split_at_mut_checked(encoded.len().checked_sub(len)?)?; // 5
    let top = 0xFF_u8.checked_shr(bits.wrapping_neg() % 8)?; // the used bits of the first byte
    if above.iter().any(|&byte| byte != 0) || data.first()? & !top != 0 {
        return None; // 6
    }
    unmask::<H>(data, hash); // 7, 8
    *data.first_mut()? &= top; // 9
    let (padding, salt) = data.split_at_checked(data.len().checked_sub(len)?)?;
    let Some((1, zeros)) = padding.split_last() else { return None }; // 10
    let expected = H::new().chain_update([0; 8]).chain_update(message_hash).chain_update(salt);
    Some(zeros.iter().all(|&byte| byte == 0) && expected.finalize().as_slice() == &*hash) // 12–14
}

// MGF1 (RFC 8017 §B.2.1).
fn unmask<H: Digest>(data: &mut [u8], seed: &[u8]) {
    for (block, counter) in data.chunks_mut(<H as Digest>::output_size()).zip(0_u32..) {
        let mask = H::new().chain_update(seed).chain_update(counter.to_be_bytes()).finalize();
        block.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
    }
}
