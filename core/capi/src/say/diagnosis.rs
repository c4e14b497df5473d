//! Sentences for a diagnosis.

use core::ffi::c_char;

use jwtick_core::words::{self, Language};

use crate::buffer::say;
use crate::context::DiagnosisContext;
use crate::number::FromNumber;
use crate::pointer::{Buffer, Input, Output};
use crate::status::Status;

/// What is wrong, which clock, by how much and within which bounds: one to three sentences.
///
/// Statuses: `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_say_summary(
    diagnosis: *const DiagnosisContext,
    language: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (diagnosis, buffer, length) =
        unsafe { (Input::new(diagnosis), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let language = Language::from_number(language)?;
        let summary = words::summary(diagnosis.held()?, language);
        say(summary, &[diagnosis.area()], buffer, length)
    })
}

/// The `index`th thing to do, from 0. Commands stand in backticks, and what the operator has to fill
/// in, such as SERVER, in capitals.
///
/// Statuses: `JWTICK_STATUS_INDEX` behind the last one, `JWTICK_STATUS_VALUE`,
/// `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers are as the top of the header says.
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
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (diagnosis, buffer, length) =
        unsafe { (Input::new(diagnosis), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let language = Language::from_number(language)?;
        let remedy = diagnosis.held()?.remedies.get(index).ok_or(Status::Index)?;
        say(words::remedy(remedy, language), &[diagnosis.area()], buffer, length)
    })
}

/// The one line or command that would decide what the text leaves open.
///
/// Statuses: `JWTICK_STATUS_INDEX` if nothing is left open, `JWTICK_STATUS_VALUE`,
/// `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_say_decider(
    diagnosis: *const DiagnosisContext,
    language: u32,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (diagnosis, buffer, length) =
        unsafe { (Input::new(diagnosis), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let language = Language::from_number(language)?;
        let decider = diagnosis.held()?.decider.ok_or(Status::Index)?;
        say(words::decider(decider, language), &[diagnosis.area()], buffer, length)
    })
}
