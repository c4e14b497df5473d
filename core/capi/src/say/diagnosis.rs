//! Writes the sentences of a diagnosis.

use core::ffi::c_char;

use jwtick_core::words::{self, Language};

use crate::buffer::say;
use crate::context::DiagnosisContext;
use crate::number::FromNumber;
use crate::pointer::{Buffer, Input, Output};
use crate::status::Status;

/// Writes the summary in one to three sentences: the wrong clock, its offset and the bounds.
///
/// Statuses: `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_say_summary(
    diagnosis: *const DiagnosisContext,
    language: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (diagnosis, buffer, length) =
        unsafe { (Input::new(diagnosis), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let language = Language::from_number(language)?;
        let summary = words::summary(diagnosis.held()?, language);
        say(summary, &[diagnosis.area()], buffer, length)
    })
}

/// Writes the `index`th remedy, from 0. Commands are in backticks, and placeholders such as SERVER
/// in capitals.
///
/// Statuses: `JWTICK_STATUS_INDEX` after the last one, `JWTICK_STATUS_VALUE`,
/// `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_say_remedy(
    diagnosis: *const DiagnosisContext,
    index: usize,
    language: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (diagnosis, buffer, length) =
        unsafe { (Input::new(diagnosis), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let language = Language::from_number(language)?;
        let held = diagnosis.held()?;
        let remedy = held.remedies.get(index).ok_or(Status::Index)?;
        say(words::remedy_at(remedy, &held.server, language), &[diagnosis.area()], buffer, length)
    })
}

/// Writes the one line or command that would decide an open question.
///
/// Statuses: `JWTICK_STATUS_INDEX` if no question is open, `JWTICK_STATUS_VALUE`,
/// `JWTICK_STATUS_BUFFER`.
/// `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_say_decider(
    diagnosis: *const DiagnosisContext,
    language: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (diagnosis, buffer, length) =
        unsafe { (Input::new(diagnosis), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let language = Language::from_number(language)?;
        let held = diagnosis.held()?;
        let decider = held.decider.ok_or(Status::Index)?;
        say(words::decider_at(decider, &held.server, language), &[diagnosis.area()], buffer, length)
    })
}
