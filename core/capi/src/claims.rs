//! The registered claims of a token (RFC 7519 §4.1), and any other claim by name.

use core::ffi::c_char;

use jwtick_core::judge::Rule;
use jwtick_core::time::NumericDate;
use jwtick_core::token::{Claims, Json};

use crate::buffer::say;
use crate::context::ClaimsContext;
use crate::number::{FromNumber, Number};
use crate::pointer::{Area, Buffer, Input, Items, Output};
use crate::record::TextRecord;
use crate::status::Status;

/// The date in a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct DateRecord {
    /// Microseconds since 1970-01-01T00:00:00Z, limited to the range of 64 bits, which keeps every
    /// comparison correct, and rounded towards the past.
    pub at: i64,
    /// The unit that the size of the number suggests: a `JWTICK_SCALE_…`. The number is always
    /// judged as seconds.
    pub scale: u32,
}

/// Writes the date of `exp`, `nbf` or `iat`, selected by its `JWTICK_RULE_…` (RFC 7519 §2,
/// "NumericDate").
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`; `JWTICK_STATUS_VALUE` for a rule that is not about a
/// date.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_claim_date(
    claims: *const ClaimsContext,
    rule: u32,
    date: *mut DateRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (claims, date) = unsafe { (Input::new(claims), Output::new(date)) };
    Status::of(|| {
        let (claims, date) = (claims.held()?, date.slot()?);
        let found = dated(&claims.value().0, rule)?.ok_or(Status::MemberMissing)?;
        date.put(DateRecord { at: found.at().as_micros(), scale: found.scale().number() });
        Ok(())
    })
}

fn dated(claims: &Claims<'_>, rule: u32) -> Result<Option<NumericDate>, Status> {
    match Rule::from_number(rule)? {
        Rule::Exp => Ok(claims.exp),
        Rule::Nbf => Ok(claims.nbf),
        Rule::Iat => Ok(claims.iat),
        _ => Err(Status::Value),
    }
}

/// Writes a string claim, unescaped. `name` has `name_length` bytes of UTF-8, as in the other
/// functions here.
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_MEMBER_TYPE` if the claim is not a
/// string, `JWTICK_STATUS_UTF8`; for `buffer` see "Text" at the top. A string may contain zeros.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_claim_text(
    claims: *const ClaimsContext,
    name: *const c_char,
    name_length: usize,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (claims, name, buffer, length) = unsafe {
        let name = Items::new(name.cast(), name_length);
        (Input::new(claims), name, Buffer::new(buffer.cast(), room), Output::new(length))
    };
    Status::of(|| {
        let text = member(&claims, &name)?.text().ok_or(Status::MemberType)?;
        say(text, &[Area::of(text.as_written().as_bytes())], buffer, length)
    })
}

/// Writes a claim that is an integer of 64 bits. A date may be neither: use `jwtick_claim_date`.
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_MEMBER_TYPE`, `JWTICK_STATUS_UTF8`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_claim_integer(
    claims: *const ClaimsContext,
    name: *const c_char,
    name_length: usize,
    integer: *mut i64,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (claims, name, integer) =
        unsafe { (Input::new(claims), Items::new(name.cast(), name_length), Output::new(integer)) };
    Status::of(|| {
        let integer = integer.slot()?;
        integer.put(member(&claims, &name)?.read().map_err(|_| Status::MemberType)?);
        Ok(())
    })
}

/// Writes a claim that is `true` or `false`.
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_MEMBER_TYPE`, `JWTICK_STATUS_UTF8`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_claim_boolean(
    claims: *const ClaimsContext,
    name: *const c_char,
    name_length: usize,
    boolean: *mut bool,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (claims, name, boolean) =
        unsafe { (Input::new(claims), Items::new(name.cast(), name_length), Output::new(boolean)) };
    Status::of(|| {
        let boolean = boolean.slot()?;
        boolean.put(member(&claims, &name)?.read().map_err(|_| Status::MemberType)?);
        Ok(())
    })
}

/// Writes the JSON text of a claim of any type, checked against the whole grammar of RFC 8259. It
/// points into the room of the token.
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_UTF8`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_claim_json(
    claims: *const ClaimsContext,
    name: *const c_char,
    name_length: usize,
    json: *mut TextRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (claims, name, json) =
        unsafe { (Input::new(claims), Items::new(name.cast(), name_length), Output::new(json)) };
    Status::of(|| {
        let json = json.slot()?;
        json.put(TextRecord::of(member(&claims, &name)?.as_written()));
        Ok(())
    })
}

fn member(
    claims: &Input<'_, ClaimsContext>,
    name: &Items<'_, u8>,
) -> Result<Json<'static>, Status> {
    let (claims, _) = claims.held()?.value();
    let name = str::from_utf8(name.get()?).map_err(|_| Status::Utf8)?;
    claims.get(name).ok_or(Status::MemberMissing)
}

/// Writes the `index`th name, from 0, in `aud`, which is one name or an array of names (RFC 7519
/// §4.1.3).
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_INDEX` after the last one; for `buffer`
/// see "Text" at the top.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_audience(
    claims: *const ClaimsContext,
    index: usize,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (claims, buffer, length) =
        unsafe { (Input::new(claims), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let audience = claims.held()?.value().0.aud.ok_or(Status::MemberMissing)?;
        let name = audience.names().nth(index).ok_or(Status::Index)?;
        say(name, &[Area::of(name.as_written().as_bytes())], buffer, length)
    })
}
