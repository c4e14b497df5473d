//! Tokens whose signature is made elsewhere: by a secure element, an accelerator or PSA.

use core::ffi::c_char;

use jwtick_core::sign::{AssertionError, Unsigned};
use jwtick_core::token::Algorithm;

use super::record::AssertionRecord;
use super::{Target, assert_with};
use crate::context::RefusalContext;
use crate::number::FromNumber;
use crate::pointer::{Area, Buffer, Input, Items, Output};
use crate::record::BoundsRecord;
use crate::refusal::Why;
use crate::status::Status;

/// Writes the signing input of a token, for a signature that is made elsewhere: by a secure element, an
/// accelerator or PSA. `algorithm` is a `JWTICK_ALGORITHM_…`. Sign the `length` bytes of `buffer`, and
/// call `jwtick_assertion_finish`.
///
/// Statuses: those of `jwtick_assertion_hs256`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_assertion_unsigned(
    assertion: *const AssertionRecord,
    utc: *const BoundsRecord,
    algorithm: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (assertion, utc, buffer, length, why) = unsafe {
        let (length, why) = (Output::new(length), Output::new(why));
        (Input::new(assertion), Input::new(utc), Buffer::new(buffer.cast(), room), length, why)
    };
    Status::of(|| {
        let algorithm = Algorithm::from_number(algorithm)?;
        let to = Target { buffer, length, why };
        // SAFETY: the header requires the lists of an assertion to be valid, like all other arguments.
        unsafe {
            assert_with(&assertion, &utc, to, |assertion, utc, room| {
                Ok(assertion.unsigned(utc, algorithm, room)?.signing_input().len())
            })
        }
    })
}

/// Adds a signature to a signing input of `jwtick_assertion_unsigned`, which is the first `input_length` bytes
/// of `buffer`. The signature has the form of RFC 7518 §3: for ES256, `r` and `s` of 32 bytes each, and not
/// DER.
///
/// Statuses: `JWTICK_STATUS_SIGNATURE_BYTES`, `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_LENGTH` if the buffer has
/// fewer bytes than the signing input, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_assertion_finish(
    algorithm: u32,
    signature: *const u8,
    signature_length: usize,
    input_length: usize,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (signature, buffer, length, why) = unsafe {
        let (signature, buffer) =
            (Items::new(signature, signature_length), Buffer::new(buffer.cast(), room));
        (signature, buffer, Output::new(length), Output::new(why))
    };
    Status::of(|| {
        let algorithm = Algorithm::from_number(algorithm)?;
        let (signature, length, why) = (signature.get()?, length.slot()?, Why::of(why)?);
        let target = buffer.area()?;
        target.apart_from(Area::of(signature))?;
        target.apart_from(length.area())?;
        let room = buffer.after(input_length)?;
        // The last byte is for the terminating zero.
        let most = room.len().saturating_sub(1);
        let token = room.get_mut(..most).unwrap_or_default();
        let unsigned = Unsigned::resume(algorithm, token, input_length).ok_or(Status::Length)?;
        match unsigned.finish(signature) {
            Err(AssertionError::TooLong { .. }) => return Err(Status::Buffer),
            finished => length.put(why.keep(finished)?.len()),
        }
        Ok(())
    })
}
