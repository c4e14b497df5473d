//! RSASSA-PKCS1-v1_5 keys: RS256, RS384 and RS512 (RFC 7518 §3.3, RFC 8017 §8.2).
//!
//! The opened signature is never parsed. Each hash has exactly one correct message, and every byte
//! is compared with it. Bleichenbacher's forgery of 2006 exploits parsers.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::jwk::Jwk;
use super::jwk::JwkError;
use super::jwk::KeyOperation;
use super::rsa::RsaPublic;
use super::rsa::sealed::Opened;
use super::rsa_key::rsa_key;
use crate::token::Algorithm;
use crate::token::{InvalidSignature, Verifier};

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
    Rs256, Sha256, Algorithm::Rs256, is_encoded_after(SHA256)
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
    Rs384, Sha384, Algorithm::Rs384, is_encoded_after(SHA384)
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
    Rs512, Sha512, Algorithm::Rs512, is_encoded_after(SHA512)
}

fn is_encoded_after(prefix: &[u8]) -> impl Fn(Opened<'_>, &[u8]) -> bool {
    move |opened, hash| is_encoded(opened.bytes, prefix, hash)
}

/// Returns whether `encoded` is EMSA-PKCS1-v1_5 (RFC 8017 §9.2): 00 01 FF…FF 00, DigestInfo, hash.
/// The padding fills the whole rest, which is far more than the eight bytes required.
fn is_encoded(encoded: &[u8], prefix: &[u8], hash: &[u8]) -> bool {
    let framed = encoded.strip_suffix(hash).and_then(|rest| rest.strip_suffix(prefix));
    matches!(framed, Some([0, 1, padding @ .., 0]) if padding.iter().all(|&byte| byte == 0xFF))
}
