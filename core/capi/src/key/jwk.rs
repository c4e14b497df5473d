//! Keys from JSON Web Keys (RFC 7517), and the ones of a set that fit a token.

use core::ffi::c_char;

use jwtick_core::key::{Jwk, JwkSet};
use jwtick_core::token::Algorithm;

use crate::context::{KeyContext, RefusalContext, TokenContext};
use crate::number::FromNumber;
use crate::pointer::{Input, Items, Output};
use crate::record::TextRecord;
use crate::refusal::Why;
use crate::status::Status;

/// Prepares a key from the text of a JWK (RFC 7517), for `algorithm` alone: the JWK must be of the
/// sort that it takes, and `alg`, `use` and `key_ops` may not say otherwise. A private part is not
/// looked at.
///
/// Statuses: 210 to 249, `JWTICK_STATUS_VALUE`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_key_from_jwk(
    algorithm: u32,
    jwk: *const c_char,
    length: usize,
    key: *mut KeyContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (jwk, key, why) =
        unsafe { (Items::new(jwk.cast(), length), Output::new(key), Output::new(why)) };
    Status::of(|| {
        let (key, why) = (key.slot()?, Why::of(why)?);
        let algorithm = Algorithm::from_number(algorithm)?;
        let made = Jwk::parse(jwk.get()?).and_then(|jwk| jwk.verifier(algorithm));
        key.hold(why.keep(made)?);
        Ok(())
    })
}

/// The `index`th key, from 0, of a JWK Set of up to 64 KiB (RFC 7517 §5) that may verify `token`:
/// those of its `kid`, or those without one if the set has no such key; every key if the token has no
/// `kid`. It is part of `set`, to be prepared by `jwtick_key_from_jwk` for the algorithm of the token.
///
/// Statuses: 240 to 242 for a text that is no set; `JWTICK_STATUS_INDEX` behind the last one.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_jwks_candidate(
    set: *const c_char,
    length: usize,
    token: *const TokenContext,
    index: usize,
    jwk: *mut TextRecord,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (set, token, jwk, why) = unsafe {
        let set: Items<'_, u8> = Items::new(set.cast(), length);
        (set, Input::new(token), Output::new(jwk), Output::new(why))
    };
    Status::of(|| {
        let (token, jwk, why) = (token.held()?, jwk.slot()?, Why::of(why)?);
        let keys = why.keep(JwkSet::parse(set.get()?))?;
        let found = keys.candidates(token.header()).nth(index).ok_or(Status::Index)?;
        jwk.put(TextRecord::of(found.as_written()));
        Ok(())
    })
}
