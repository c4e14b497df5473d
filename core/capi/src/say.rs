//! Writes sentences in English, German and Korean (`JWTICK_LANGUAGE_…`) into the caller's buffer.

mod diagnosis;

pub use diagnosis::*;

use core::ffi::c_char;

use jwtick_core::survey::StepRefusal;
use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language};
use jwtick_core::{Span, Verdict};

use crate::buffer::say;
use crate::context::{JudgementContext, RefusalContext};
use crate::number::FromNumber;
use crate::pointer::{Buffer, Input, Output};
use crate::record::OffsetRecord;
use crate::refusal::Refused;
use crate::status::Status;

/// Writes a verdict, a `JWTICK_VERDICT_…`, as a sentence about the token.
///
/// Statuses: `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_say_verdict(
    verdict: u32,
    language: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (buffer, length) = unsafe { (Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let verdict = Verdict::from_number(verdict)?;
        let language = Language::from_number(language)?;
        say(words::verdict(verdict, language), &[], buffer, length)
    })
}

/// Writes the `index`th finding of a judgement, without the name of its rule: `expired 3 d ago`.
///
/// Statuses: `JWTICK_STATUS_INDEX`, `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_say_finding(
    judgement: *const JudgementContext,
    index: usize,
    language: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (judgement, buffer, length) =
        unsafe { (Input::new(judgement), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let language = Language::from_number(language)?;
        let finding = judgement.held()?.iter().nth(index).ok_or(Status::Index)?;
        say(words::finding(finding, language), &[judgement.area()], buffer, length)
    })
}

/// Writes the reason for a refusal, without a full stop; in English it starts in lower case.
///
/// Statuses: `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_say_refusal(
    why: *const RefusalContext,
    language: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (why, buffer, length) =
        unsafe { (Input::new(why), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let (language, from) = (Language::from_number(language)?, &[why.area()]);
        match why.held()? {
            Refused::Decode(error) => {
                say(words::decode_error(error, language), from, buffer, length)
            }
            Refused::Verify(error) => {
                say(words::verify_error(error, language), from, buffer, length)
            }
            Refused::Jwk(error) => say(words::jwk_error(error, language), from, buffer, length),
            Refused::Clock(error) => say(words::clock_error(error, language), from, buffer, length),
            Refused::NoMajority(none) => {
                let refusal = StepRefusal::NoMajority(*none);
                say(words::step_refusal(&refusal, language), from, buffer, length)
            }
            Refused::Sntp(refusal) => {
                say(words::sntp_refusal(refusal, language), from, buffer, length)
            }
            Refused::HttpDate(error) => {
                say(words::http_date_error(error, language), from, buffer, length)
            }
            #[cfg(feature = "sign")]
            Refused::Assertion(error) => {
                say(words::assertion_error(error, language), from, buffer, length)
            }
            #[cfg(feature = "sign")]
            Refused::PrivateKey(error) => {
                say(words::private_key_error(*error, language), from, buffer, length)
            }
        }
    })
}

/// Writes the error of the local clock, as part of a sentence.
///
/// Statuses: `JWTICK_STATUS_INVERTED`, `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_say_offset(
    offset: *const OffsetRecord,
    language: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (offset, buffer, length) =
        unsafe { (Input::new(offset), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let offset = Offset::try_from(*offset.get()?)?;
        let language = Language::from_number(language)?;
        say(words::offset(offset, language), &[], buffer, length)
    })
}

/// Writes a length of time in microseconds as days, hours, minutes and seconds: `2 d 9 h 49 min 14
/// s`.
///
/// Statuses: `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_say_duration(
    span: i64,
    language: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (buffer, length) = unsafe { (Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let language = Language::from_number(language)?;
        say(words::duration(Span::from_micros(span), language), &[], buffer, length)
    })
}
