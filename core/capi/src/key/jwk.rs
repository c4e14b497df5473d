//! Keys from JSON Web Keys (RFC 7517), and the selection from a set for a token.

use core::ffi::c_char;

use jwtick_core::key::{Jwk, JwkSet};
use jwtick_core::token::Algorithm;

use crate::context::{KeyContext, RefusalContext, TokenContext};
use crate::number::FromNumber;
use crate::pointer::{Input, Items, Output};
use crate::record::TextRecord;
use crate::refusal::Why;
use crate::status::Status;

/// Prepares a key from the text of a JWK (RFC 7517), for `algorithm` only. The JWK must be of a
/// suitable kind, and its `alg`, `use` and `key_ops` must allow it. A private part is ignored.
///
/// Statuses: 210 to 249, `JWTICK_STATUS_VALUE`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_key_from_jwk(
    algorithm: u32,
    jwk: *const c_char,
    length: usize,
    key: *mut KeyContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
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

/// Writes the `index`th key, from 0, of a JWK Set of up to 64 KiB (RFC 7517 §5) that may verify
/// `token`. These are the keys with the token's `kid`, or those without a `kid` if the set has no
/// such key; without a `kid` in the token, every key. The text is part of `set`; prepare it by
/// `jwtick_key_from_jwk` for the algorithm of the token.
///
/// Statuses: 240 to 242 for a text that is not a set; `JWTICK_STATUS_INDEX` after the last one.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
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
    // SAFETY: the header requires of the caller what each constructor requires.
    let (set, token, jwk, why) = unsafe {
        let set: Items<'_, u8> = Items::new(set.cast(), length);
        (set, Input::new(token), Output::new(jwk), Output::new(why))
    };
    Status::of(|| {
        let (token, jwk, why) = (token.held()?, jwk.slot()?, Why::of(why)?);
        let keys = why.keep(JwkSet::parse(set.get()?))?;
        let found = keys.candidates(token.value().header()).nth(index).ok_or(Status::Index)?;
        jwk.put(TextRecord::of(found.as_written()));
        Ok(())
    })
}
