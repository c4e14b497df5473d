//! Makes tokens (RFC 7519) and proofs of possession (RFC 9449), within bounds on UTC.

mod elsewhere;
mod record;
mod signer;

pub use elsewhere::*;
pub use record::*;
pub use signer::*;

use core::ffi::c_char;

use jwtick_core::TimeBounds;
use jwtick_core::sign::{Assertion, AssertionError, Signer};

use crate::context::{
    Context, Ed25519SignerContext, Es256SignerContext, Hs256Context, RefusalContext,
};
use crate::pointer::{Buffer, Input, Output};
use crate::record::BoundsRecord;
use crate::refusal::Why;
use crate::status::Status;

/// Makes an HS256 token at an unknown instant in `utc`. `iat` is the earliest possible time, and `exp` is
/// `life` later. If the latest possible time is so much later that the server would refuse the token, no
/// token is made: set the clock first. The content of `buffer` after a refusal is unspecified.
///
/// Statuses: 304, 305, 500 to 504, `JWTICK_STATUS_INVERTED`, `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_UTF8`,
/// `JWTICK_STATUS_TOO_MANY_NAMES`; for `buffer` see "Text" at the top.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_assertion_hs256(
    assertion: *const AssertionRecord,
    utc: *const BoundsRecord,
    key: *const Hs256Context,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what this function requires.
    unsafe { assertion_by(assertion, utc, key, buffer, room, length, why) }
}

/// Makes an ES256 token; as `jwtick_assertion_hs256`. The signature depends only on key and content (RFC
/// 6979), so no random numbers are needed.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_assertion_es256(
    assertion: *const AssertionRecord,
    utc: *const BoundsRecord,
    signer: *const Es256SignerContext,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what this function requires.
    unsafe { assertion_by(assertion, utc, signer, buffer, room, length, why) }
}

/// Makes an EdDSA token (Ed25519); as `jwtick_assertion_hs256`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_assertion_ed25519(
    assertion: *const AssertionRecord,
    utc: *const BoundsRecord,
    signer: *const Ed25519SignerContext,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what this function requires.
    unsafe { assertion_by(assertion, utc, signer, buffer, room, length, why) }
}

/// Makes a proof of possession (DPoP) by ES256 at an unknown instant in `utc`; its header contains the public
/// key. `iat` is the earliest possible time. Without a nonce of the server, no proof is made if the latest
/// possible time is so much later that the server would refuse it.
///
/// Statuses: 304, 305, `JWTICK_STATUS_INVERTED`, `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_UTF8`; for `buffer`
/// see "Text" at the top.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_proof_es256(
    proof: *const NewProofRecord,
    utc: *const BoundsRecord,
    signer: *const Es256SignerContext,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what this function requires.
    unsafe { proof_by(proof, utc, signer, buffer, room, length, why) }
}

/// Makes a proof of possession (DPoP) by EdDSA (Ed25519); as `jwtick_proof_es256`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_proof_ed25519(
    proof: *const NewProofRecord,
    utc: *const BoundsRecord,
    signer: *const Ed25519SignerContext,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what this function requires.
    unsafe { proof_by(proof, utc, signer, buffer, room, length, why) }
}

/// Where a token or proof goes.
struct Target<'a> {
    buffer: Buffer<'a>,
    length: Output<usize>,
    why: Output<RefusalContext>,
}

impl Target<'_> {
    /// Writes what `make` makes, with a terminating zero if both fit, and always the length without the
    /// zero. `input` is what it is made from.
    fn fill(
        self,
        utc: &Input<'_, BoundsRecord>,
        make: impl FnOnce(TimeBounds, &mut [u8]) -> Result<usize, AssertionError>,
    ) -> Result<(), Status> {
        let (length, why) = (self.length.slot()?, Why::of(self.why)?);
        let utc = TimeBounds::try_from(*utc.get()?)?;
        self.buffer.area()?.apart_from(length.area())?;
        let (asked, has) = (self.buffer.len() == 0, self.buffer.len());
        let room = self.buffer.get(has)?;
        let most = room.len().saturating_sub(1);
        match make(utc, room.get_mut(..most).unwrap_or_default()) {
            Err(AssertionError::TooLong { needs, .. }) if asked => length.put(needs),
            Err(AssertionError::TooLong { .. }) => return Err(Status::Buffer),
            made => length.put(why.keep(made)?),
        }
        Ok(())
    }
}

/// # Safety
/// The lists of `assertion` are valid as the header requires.
unsafe fn assert_with(
    assertion: &Input<'_, AssertionRecord>,
    utc: &Input<'_, BoundsRecord>,
    to: Target<'_>,
    make: impl FnOnce(&Assertion<'_>, TimeBounds, &mut [u8]) -> Result<usize, AssertionError>,
) -> Result<(), Status> {
    let (record, target): (&AssertionRecord, _) = (assertion.get()?, to.buffer.area()?);
    let mut listed = Listed::NONE;
    // SAFETY: this function requires of its caller what the method requires.
    let content = unsafe { Content::of(record, &mut listed, target) }?;
    let assertion = content.assertion(record)?;
    to.fill(utc, |utc, room| make(&assertion, utc, room))
}

/// # Safety
/// Pointers must follow the rules at the top of the header.
unsafe fn assertion_by<C: Context<Value: Signer>>(
    assertion: *const AssertionRecord,
    utc: *const BoundsRecord,
    signer: *const C,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: this function requires of its caller what each constructor requires.
    let (assertion, utc, signer, to) = unsafe {
        let (length, why) = (Output::new(length), Output::new(why));
        let to = Target { buffer: Buffer::new(buffer.cast(), room), length, why };
        (Input::new(assertion), Input::new(utc), Input::new(signer), to)
    };
    Status::of(|| {
        let signer = signer.held()?;
        // SAFETY: the header requires the lists of an assertion to be valid, like all other arguments.
        unsafe {
            assert_with(&assertion, &utc, to, |assertion, utc, room| {
                Ok(assertion.sign(utc, signer, room)?.len())
            })
        }
    })
}

/// # Safety
/// Pointers must follow the rules at the top of the header.
unsafe fn proof_by<C: Context<Value: Signer>>(
    proof: *const NewProofRecord,
    utc: *const BoundsRecord,
    signer: *const C,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: this function requires of its caller what each constructor requires.
    let (proof, utc, signer, to) = unsafe {
        let (length, why) = (Output::new(length), Output::new(why));
        let to = Target { buffer: Buffer::new(buffer.cast(), room), length, why };
        (Input::new(proof), Input::new(utc), Input::new(signer), to)
    };
    Status::of(|| {
        let (signer, record): (_, &NewProofRecord) = (signer.held()?, proof.get()?);
        // SAFETY: the header requires the texts of a proof to be valid, like all other arguments.
        let proof = unsafe { record.proof(to.buffer.area()?) }?;
        to.fill(&utc, |utc, room| Ok(proof.sign(utc, signer, room)?.len()))
    })
}
