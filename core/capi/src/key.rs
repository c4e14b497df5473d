//! Keys, prepared once from a secret, a public key or a JWK (RFC 7517).

mod jwk;
mod public;

pub use jwk::*;
pub use public::*;

use jwtick_core::Hs256;
use jwtick_core::key::{AnyKey, Hs384, Hs512, JwkError, JwkKind};
use jwtick_core::token::{Algorithm, Verifier};

use crate::context::{Hs256Context, KeyContext, RefusalContext};
use crate::number::{FromNumber, Number};
use crate::pointer::{Input, Items, Output};
use crate::refusal::Why;
use crate::status::Status;

/// Prepares a key for HS256 from a secret of at least 32 bytes (RFC 7518 §3.2).
///
/// Statuses: `JWTICK_STATUS_SECRET_SHORT`, `JWTICK_STATUS_SECRET_PUBLIC`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_hs256_prepare(
    secret: *const u8,
    length: usize,
    key: *mut Hs256Context,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (secret, key, why) =
        unsafe { (Items::new(secret, length), Output::new(key), Output::new(why)) };
    Status::of(|| {
        let (key, why) = (key.slot()?, Why::of(why)?);
        key.hold(why.keep(Hs256::new(secret.get()?))?);
        Ok(())
    })
}

/// Prepares a key for HS256, HS384 or HS512 from a secret of at least 32, 48 or 64 bytes (RFC 7518
/// §3.2).
///
/// Statuses: `JWTICK_STATUS_SECRET_SHORT`, `JWTICK_STATUS_SECRET_PUBLIC`,
/// `JWTICK_STATUS_KEY_UNSUITED` for an algorithm that takes no secret, `JWTICK_STATUS_VALUE`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_key_from_secret(
    algorithm: u32,
    secret: *const u8,
    length: usize,
    key: *mut KeyContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (secret, key, why) =
        unsafe { (Items::new(secret, length), Output::new(key), Output::new(why)) };
    Status::of(|| {
        let (key, why) = (key.slot()?, Why::of(why)?);
        let (algorithm, secret) = (Algorithm::from_number(algorithm)?, secret.get()?);
        key.hold(why.keep(of_secret(algorithm, secret))?);
        Ok(())
    })
}

fn of_secret(algorithm: Algorithm, secret: &[u8]) -> Result<AnyKey, JwkError> {
    Ok(match algorithm {
        Algorithm::Hs256 => AnyKey::Hs256(Hs256::new(secret)?),
        Algorithm::Hs384 => AnyKey::Hs384(Hs384::new(secret)?),
        Algorithm::Hs512 => AnyKey::Hs512(Hs512::new(secret)?),
        _ => return Err(JwkError::Unsuited { kind: JwkKind::Oct, algorithm }),
    })
}

/// Writes the algorithm of a key: a `JWTICK_ALGORITHM_…`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_key_algorithm(
    key: *const KeyContext,
    algorithm: *mut u32,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (key, algorithm) = unsafe { (Input::new(key), Output::new(algorithm)) };
    Status::of(|| {
        let (key, algorithm) = (key.held()?, algorithm.slot()?);
        algorithm.put(key.algorithm().number());
        Ok(())
    })
}

/// Overwrites a key with zeros, whether or not it was prepared, so that its secret does not stay in
/// memory.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_key_wipe(key: *mut KeyContext) -> Status {
    // SAFETY: the header requires of the caller what the constructor requires.
    let key = unsafe { Output::new(key) };
    Status::of(|| {
        key.slot()?.wipe();
        Ok(())
    })
}

/// Overwrites a key with zeros, whether or not it was prepared, so that its secret does not stay in
/// memory.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_hs256_wipe(key: *mut Hs256Context) -> Status {
    // SAFETY: the header requires of the caller what the constructor requires.
    let key = unsafe { Output::new(key) };
    Status::of(|| {
        key.slot()?.wipe();
        Ok(())
    })
}
