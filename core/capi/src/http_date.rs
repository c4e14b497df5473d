//! HTTP-date (RFC 9110 §5.6.7): reads all three forms and writes the preferred one.

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

/// Reads a date strictly, as the value of a header field without surrounding white space. A
/// two-digit year is the latest one that is at most 50 years after `as_of`, an instant such as the
/// build time of the program. `at` is the start of the named second, in microseconds since 1970.
///
/// Statuses: 420 to 423.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_http_date_parse(
    text: *const c_char,
    length: usize,
    as_of: i64,
    at: *mut i64,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (text, at, why) =
        unsafe { (Items::new(text.cast(), length), Output::new(at), Output::new(why)) };
    Status::of(|| {
        let (at, why) = (at.slot()?, Why::of(why)?);
        let date = HttpDate::parse_as_of(text.get()?, UnixTime::from_micros(as_of));
        at.put(why.keep(date)?.at().as_micros());
        Ok(())
    })
}

/// Writes the second that contains `at` in the preferred form: 29 bytes and a terminating zero.
///
/// Statuses: `JWTICK_STATUS_HTTP_DATE_YEAR`, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_http_date_print(
    at: i64,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (buffer, length) = unsafe { (Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let date = HttpDate::new(UnixTime::from_micros(at)).ok_or(Status::HttpDateYear)?;
        say(date, &[], buffer, length)
    })
}

/// Writes the offset proved by one answer whose `Date` names the second of `at`. `local` is the
/// local clock from just before the request was sent to the arrival of the answer's head. An answer
/// with `Age` comes from a cache and proves nothing.
///
/// Statuses: `JWTICK_STATUS_HTTP_DATE_YEAR`, `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_http_date_offset(
    at: i64,
    local: *const BracketRecord,
    offset: *mut OffsetRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (local, offset) = unsafe { (Input::new(local), Output::new(offset)) };
    Status::of(|| {
        let offset = offset.slot()?;
        let local = Bracket::try_from(*local.get()?)?;
        let date = HttpDate::new(UnixTime::from_micros(at)).ok_or(Status::HttpDateYear)?;
        offset.put(DateSample { local, date, origin: DateOrigin::Fresh }.offset().into());
        Ok(())
    })
}
