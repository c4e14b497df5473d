//! RSASSA-PSS keys: PS256, PS384 and PS512 (RFC 7518 §3.5, RFC 8017 §8.1).
//!
//! The mask is MGF1 with the same hash. The salt must be as long as the hash, as RFC 7518 requires.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::jwk::Jwk;
use super::jwk::JwkError;
use super::jwk::KeyOperation;
use super::rsa::RsaPublic;
use super::rsa::sealed::Opened;
use super::rsa_key::rsa_key;
use crate::token::Algorithm;
use crate::token::{InvalidSignature, Verifier};

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
    Ps256, Sha256, Algorithm::Ps256, holds::<Sha256>
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
    Ps384, Sha384, Algorithm::Ps384, holds::<Sha384>
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
    Ps512, Sha512, Algorithm::Ps512, holds::<Sha512>
}

fn holds<H: Digest>(opened: Opened<'_>, message_hash: &[u8]) -> bool {
    is_encoded::<H>(opened, message_hash) == Some(true)
}

/// EMSA-PSS-VERIFY (RFC 8017 §9.1.2). The comments give the step numbers; `None` also means
/// "inconsistent".
fn is_encoded<H: Digest>(opened: Opened<'_>, message_hash: &[u8]) -> Option<bool> {
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
