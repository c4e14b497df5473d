//! Private keys, prepared once.

#[cfg(feature = "ed")]
pub(crate) use jwtick_core::sign::EdDsaSigner as Ed25519Key;
#[cfg(feature = "es")]
pub(crate) use jwtick_core::sign::Es256Signer as Es256Key;

use crate::context::{Ed25519SignerContext, Es256SignerContext, RefusalContext};
use crate::pointer::{Items, Output};
use crate::refusal::Why;
use crate::status::Status;

/// A key whose algorithm is not built in, of which there is none.
#[cfg(not(all(feature = "es", feature = "ed")))]
pub(crate) enum NotBuilt {}

#[cfg(not(feature = "es"))]
pub(crate) type Es256Key = NotBuilt;
#[cfg(not(feature = "ed"))]
pub(crate) type Ed25519Key = NotBuilt;

#[cfg(not(all(feature = "es", feature = "ed")))]
mod not_built {
    use jwtick_core::sign::{PrivateKeyError, Signer, SignerFault};
    use jwtick_core::token::Algorithm;

    use super::NotBuilt;

    impl Signer for NotBuilt {
        type Signature = [u8; 0];

        fn algorithm(&self) -> Algorithm {
            match *self {}
        }

        fn sign(&self, _: &[u8]) -> Result<[u8; 0], SignerFault> {
            match *self {}
        }
    }

    impl NotBuilt {
        #[expect(clippy::unnecessary_wraps, reason = "as for a key that is built in")]
        pub(super) const fn new(_: &[u8]) -> Result<Option<Self>, PrivateKeyError> {
            Ok(None)
        }
    }
}

/// Prepares a private key for ES256 from its 32 bytes, big-endian: `d` of a JWK (RFC 7518 §6.2.2.1).
///
/// Statuses: 228, 229, `JWTICK_STATUS_KEY_NOT_BUILT`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_es256_signer_prepare(
    secret: *const u8,
    length: usize,
    signer: *mut Es256SignerContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (secret, signer, why) =
        unsafe { (Items::new(secret, length), Output::new(signer), Output::new(why)) };
    Status::of(|| {
        let (signer, why) = (signer.slot()?, Why::of(why)?);
        #[cfg(feature = "es")]
        let made = Es256Key::new(secret.get()?).map(Some);
        #[cfg(not(feature = "es"))]
        let made = NotBuilt::new(secret.get()?);
        signer.hold(why.keep(made)?.ok_or(Status::KeyNotBuilt)?);
        Ok(())
    })
}

/// Prepares a private key for EdDSA (Ed25519) from the 32 bytes of its seed: `d` of a JWK (RFC 8037 §2).
///
/// Statuses: 228, `JWTICK_STATUS_KEY_NOT_BUILT`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_ed25519_signer_prepare(
    seed: *const u8,
    length: usize,
    signer: *mut Ed25519SignerContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (seed, signer, why) =
        unsafe { (Items::new(seed, length), Output::new(signer), Output::new(why)) };
    Status::of(|| {
        let (signer, why) = (signer.slot()?, Why::of(why)?);
        #[cfg(feature = "ed")]
        let made = Ed25519Key::new(seed.get()?).map(Some);
        #[cfg(not(feature = "ed"))]
        let made = NotBuilt::new(seed.get()?);
        signer.hold(why.keep(made)?.ok_or(Status::KeyNotBuilt)?);
        Ok(())
    })
}

/// Overwrites a private key with zeros, whether or not it was prepared, so that it does not stay in memory.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_es256_signer_wipe(signer: *mut Es256SignerContext) -> Status {
    // SAFETY: the header requires of the caller what the constructor requires.
    let signer = unsafe { Output::new(signer) };
    Status::of(|| {
        signer.slot()?.wipe();
        Ok(())
    })
}

/// Overwrites a private key with zeros, whether or not it was prepared, so that it does not stay in memory.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_ed25519_signer_wipe(signer: *mut Ed25519SignerContext) -> Status {
    // SAFETY: the header requires of the caller what the constructor requires.
    let signer = unsafe { Output::new(signer) };
    Status::of(|| {
        signer.slot()?.wipe();
        Ok(())
    })
}
