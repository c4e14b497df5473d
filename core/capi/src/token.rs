//! Decodes a token and checks its signature (RFC 7515 §5.2).

use core::ffi::c_char;

use core::sync::atomic::{AtomicU32, Ordering};

use jwtick_core::Token;
use jwtick_core::token::{Algorithm, DecodeError, MemberIndex, Verifier};

use crate::buffer::say;
use crate::context::{
    ClaimsContext, Hs256Context, KeyContext, RefusalContext, Signature, TokenContext,
};
use crate::number::{FromNumber, MEMBER_CTY, MEMBER_KID, MEMBER_TYP, Number};
use crate::pointer::{Area, Buffer, InRoom, Input, Items, Output, carve};
use crate::record::TextRecord;
use crate::refusal::Why;
use crate::status::Status;

/// The room that a token needs in addition to its decoded segments: the index of its members, the
/// generation of the room, and the bytes to align them.
pub const ROOM_OVERHEAD: usize = 532;

const _: () = assert!(
    size_of::<MemberIndex>() + align_of::<MemberIndex>() + size_of::<u32>() <= ROOM_OVERHEAD
);

/// The generation of the next room. It does not start at 0, which a wiped room would have.
static GENERATION: AtomicU32 = AtomicU32::new(0x6A74_0001);

/// A number that no other decoding in the last 4 billion has.
fn next_generation() -> u32 {
    #[cfg(target_has_atomic = "32")]
    let generation = GENERATION.fetch_add(1, Ordering::Relaxed);
    // A Cortex-M0 has no such instruction. If an interrupt decodes a token just here, both get the same
    // number, which only matters if both use the same room.
    #[cfg(not(target_has_atomic = "32"))]
    let generation = {
        let generation = GENERATION.load(Ordering::Relaxed);
        GENERATION.store(generation.wrapping_add(1), Ordering::Relaxed);
        generation
    };
    generation
}

/// Decodes a token of `length` bytes in its compact form (RFC 7515 §7.1), and reads its header and
/// claims set strictly. `room` is working memory of any alignment; `JWTICK_ROOM(length)` bytes are
/// enough for any token of that length. Its content after a failure is unspecified.
///
/// Statuses: 100 to 121; `JWTICK_STATUS_OVERLAP` if `compact`, `room` and `token` overlap.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_decode(
    compact: *const c_char,
    length: usize,
    room: *mut u8,
    room_size: usize,
    token: *mut TokenContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires; `'static` relies on
    // the rule that the memory does not change while the token is in use.
    let (compact, room, token, why) = unsafe {
        let compact: Items<'static, u8> = Items::new(compact.cast(), length);
        let room: Buffer<'static> = Buffer::new(room, room_size);
        (compact, room, Output::new(token), Output::new(why))
    };
    Status::of(|| {
        let (token, why) = (token.slot()?, Why::of(why)?);
        let compact = compact.get()?;
        room.area()?.apart_from(Area::of(compact))?;
        token.area().apart_from(Area::of(compact))?;
        token.area().apart_from(room.area()?)?;
        let decoded = decode(compact, room.get(room_for(compact.len()))?);
        token.hold(why.keep(decoded)?);
        Ok(())
    })
}

const fn room_for(length: usize) -> usize {
    (length / 4).saturating_mul(3).saturating_add(3 + ROOM_OVERHEAD)
}

fn decode(
    compact: &'static [u8],
    room: &'static mut [u8],
) -> Result<InRoom<Token<'static>>, DecodeError> {
    let short = DecodeError::TooLong { needs: room_for(compact.len()), has: room.len() };
    let Some((index, rest)) = carve(room, MemberIndex::new()) else { return Err(short) };
    let Some((generation, rest)) = carve(rest, next_generation()) else { return Err(short) };
    Ok(InRoom::new(Token::decode_within(compact, rest, index)?, generation))
}

/// Checks the signature. The algorithm is that of the key (RFC 8725 §3.1). The claims that it
/// writes are authentic, but not yet judged. A token that is made for one purpose (`typ` of `dpop+jwt`,
/// `logout+jwt`, …) may be authentic, too: compare `typ` by `jwtick_token_member` if your issuer makes
/// several kinds (RFC 8725 §3.11).
///
/// Statuses: `JWTICK_STATUS_KEY_ALGORITHM`, `JWTICK_STATUS_SIGNATURE`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_verify(
    token: *const TokenContext,
    key: *const KeyContext,
    claims: *mut ClaimsContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (token, key, claims, why) =
        unsafe { (Input::new(token), Input::new(key), Output::new(claims), Output::new(why)) };
    Status::of(|| verify(&token, key.held()?, claims, why))
}

/// Checks the signature of an HS256 token; `jwtick_verify` does the same for any algorithm. A
/// program that uses no other key is linked without the other algorithms.
///
/// Statuses: `JWTICK_STATUS_KEY_ALGORITHM`, `JWTICK_STATUS_SIGNATURE`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_verify_hs256(
    token: *const TokenContext,
    key: *const Hs256Context,
    claims: *mut ClaimsContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (token, key, claims, why) =
        unsafe { (Input::new(token), Input::new(key), Output::new(claims), Output::new(why)) };
    Status::of(|| verify(&token, key.held()?, claims, why))
}

fn verify(
    token: &Input<'_, TokenContext>,
    key: &impl Verifier,
    claims: Output<ClaimsContext>,
    why: Output<RefusalContext>,
) -> Result<(), Status> {
    let (token, claims, why) = (token.held()?, claims.slot()?, Why::of(why)?);
    let verified = why.keep(token.value().clone().verify(key))?;
    claims.hold(token.with((*verified.claims(), Signature::Verified)));
    Ok(())
}

/// Writes what a verifier elsewhere needs, such as a secure element, an accelerator or PSA: the signed bytes,
/// and the signature in the form of RFC 7518 §3 (for ES256, `r` and `s` of 32 bytes each). Both are bytes in
/// the memory of the token. If the verifier confirms the signature, call `jwtick_verified_elsewhere`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_token_signed(
    token: *const TokenContext,
    input: *mut TextRecord,
    signature: *mut TextRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (token, input, signature) =
        unsafe { (Input::new(token), Output::new(input), Output::new(signature)) };
    Status::of(|| {
        let (token, input, signature) = (token.held()?, input.slot()?, signature.slot()?);
        let token = token.value().clone();
        let algorithm = token.header().alg;
        let pending = token.begin_verify(algorithm).map_err(|error| Status::from(&error))?;
        input.put(TextRecord::of_bytes(pending.signing_input()));
        signature.put(TextRecord::of_bytes(pending.signature()));
        Ok(())
    })
}

/// Writes the claims of a token as authentic, because a verifier elsewhere has confirmed the signature of
/// `jwtick_token_signed` with your key of `algorithm`, a `JWTICK_ALGORITHM_…`. Never call it for a token
/// whose signature was not confirmed, or because the verifier did not answer.
///
/// Statuses: `JWTICK_STATUS_KEY_ALGORITHM` if the token names another algorithm (RFC 8725 §3.1),
/// `JWTICK_STATUS_VALUE`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_verified_elsewhere(
    token: *const TokenContext,
    algorithm: u32,
    claims: *mut ClaimsContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (token, claims, why) =
        unsafe { (Input::new(token), Output::new(claims), Output::new(why)) };
    Status::of(|| {
        let algorithm = Algorithm::from_number(algorithm)?;
        let (token, claims, why) = (token.held()?, claims.slot()?, Why::of(why)?);
        let pending = token.value().clone().begin_verify(algorithm);
        let verified = why.keep(pending.and_then(|pending| pending.finish(Ok(()))))?;
        claims.hold(token.with((*verified.claims(), Signature::Verified)));
        Ok(())
    })
}

/// Writes the claims of a token whose signature was not checked. Use them only for reports, for
/// example to show both an expired date and a forged signature; never to grant access. `jwtick_judge`
/// refuses them.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_unverified_claims(
    token: *const TokenContext,
    claims: *mut ClaimsContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (token, claims) = unsafe { (Input::new(token), Output::new(claims)) };
    Status::of(|| {
        let (token, claims) = (token.held()?, claims.slot()?);
        let unverified = *token.value().unverified_claims();
        claims.hold(token.with((unverified, Signature::Unchecked)));
        Ok(())
    })
}

/// Writes the algorithm that the header names: a `JWTICK_ALGORITHM_…`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_token_algorithm(
    token: *const TokenContext,
    algorithm: *mut u32,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (token, algorithm) = unsafe { (Input::new(token), Output::new(algorithm)) };
    Status::of(|| {
        let (token, algorithm) = (token.held()?, algorithm.slot()?);
        algorithm.put(token.value().header().alg.number());
        Ok(())
    })
}

/// Writes a string of the header, a `JWTICK_MEMBER_…`, unescaped. The string is unverified: use
/// `kid` only to choose among your own keys (RFC 8725 §3.10).
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_VALUE` for another `member`; for
/// `buffer` see "Text" at the top.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_token_member(
    token: *const TokenContext,
    member: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (token, buffer, length) =
        unsafe { (Input::new(token), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let header = token.held()?.value().header();
        let text = match member {
            MEMBER_TYP => header.typ,
            MEMBER_CTY => header.cty,
            MEMBER_KID => header.kid,
            _ => return Err(Status::Value),
        };
        let text = text.ok_or(Status::MemberMissing)?;
        say(text, &[Area::of(text.as_written().as_bytes())], buffer, length)
    })
}
