//! HTTP-date (RFC 9110 §5.6.7): read in its three forms, written in the preferred one.

use core::ffi::c_char;

use jwtick_core::UnixTime;
use jwtick_core::survey::{DateOrigin, DateSample};
use jwtick_core::time::{Bracket, HttpDate};

use crate::buffer::say;
use crate::context::RefusalContext;
use crate::pointer::{Buffer, Input, Items, Output};
use crate::record::{BracketRecord, OffsetRecord};
use crate::refusal::Why;
use crate::status::Status;

/// Reads a date, strictly, as the value of a header field without white space around it. A two-digit
/// year is the latest that does not lie more than 50 years after `as_of`, an instant such as the build
/// time of the program. `at` is the start of the second that it names, in microseconds since 1970.
///
/// Statuses: 420 to 423.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_http_date_parse(
    text: *const c_char,
    length: usize,
    as_of: i64,
    at: *mut i64,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (text, at, why) =
        unsafe { (Items::new(text.cast(), length), Output::new(at), Output::new(why)) };
    Status::of(|| {
        let (at, why) = (at.slot()?, Why::of(why)?);
        let date = HttpDate::parse_as_of(text.get()?, UnixTime::from_micros(as_of));
        at.put(why.keep(date)?.at().as_micros());
        Ok(())
    })
}

/// Writes the second in which `at` lies, in the preferred form: 29 bytes, and a zero.
///
/// Statuses: `JWTICK_STATUS_HTTP_DATE_YEAR`, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_http_date_print(
    at: i64,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (buffer, length) = unsafe { (Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let date = HttpDate::new(UnixTime::from_micros(at)).ok_or(Status::HttpDateYear)?;
        say(date, &[], buffer, length)
    })
}

/// What one answer of a server proves that named the second of `at` in its `Date`, while the local
/// clock went through `local`: from just before the request was sent to when the head of the answer
/// was there. An answer with `Age` comes from a cache and proves nothing.
///
/// Statuses: `JWTICK_STATUS_HTTP_DATE_YEAR`, `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_http_date_offset(
    at: i64,
    local: *const BracketRecord,
    offset: *mut OffsetRecord,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (local, offset) = unsafe { (Input::new(local), Output::new(offset)) };
    Status::of(|| {
        let offset = offset.slot()?;
        let local = Bracket::try_from(*local.get()?)?;
        let date = HttpDate::new(UnixTime::from_micros(at)).ok_or(Status::HttpDateYear)?;
        offset.put(DateSample { local, date, origin: DateOrigin::Fresh }.offset().into());
        Ok(())
    })
}
