//! What a token says: the registered claims (RFC 7519 §4.1), and any other by its name.

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

/// A date of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct DateRecord {
    /// Microseconds since 1970-01-01T00:00:00Z. Cut to the range of 64 bits, which keeps every
    /// comparison right, and rounded towards the past.
    pub at: i64,
    /// What the size of the number says about its unit: a `JWTICK_SCALE_…`. It is judged as written.
    pub scale: u32,
}

/// The date of `exp`, `nbf` or `iat`, named by its `JWTICK_RULE_…` (RFC 7519 §2, "NumericDate").
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`; `JWTICK_STATUS_VALUE` for a rule that is not about a
/// date.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_claim_date(
    claims: *const ClaimsContext,
    rule: u32,
    date: *mut DateRecord,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (claims, date) = unsafe { (Input::new(claims), Output::new(date)) };
    Status::of(|| {
        let (claims, date) = (claims.held()?, date.slot()?);
        let found = dated(claims, rule)?.ok_or(Status::MemberMissing)?;
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

/// Writes a string claim as it is meant, without escapes. `name` has `name_length` bytes of UTF-8,
/// and so do the other names here.
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_MEMBER_TYPE` if it is no string,
/// `JWTICK_STATUS_UTF8`; for `buffer` see "Text" at the top. A string may hold zeros.
///
/// # Safety
/// Pointers are as the top of the header says.
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
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (claims, name, buffer, length) = unsafe {
        let name = Items::new(name.cast(), name_length);
        (Input::new(claims), name, Buffer::new(buffer.cast(), room), Output::new(length))
    };
    Status::of(|| {
        let text = member(&claims, &name)?.text().ok_or(Status::MemberType)?;
        say(text, &[Area::of(text.as_written().as_bytes())], buffer, length)
    })
}

/// A claim that is a whole number within 64 bits. A date may be neither: see `jwtick_claim_date`.
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_MEMBER_TYPE`, `JWTICK_STATUS_UTF8`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_claim_integer(
    claims: *const ClaimsContext,
    name: *const c_char,
    name_length: usize,
    integer: *mut i64,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (claims, name, integer) =
        unsafe { (Input::new(claims), Items::new(name.cast(), name_length), Output::new(integer)) };
    Status::of(|| {
        let integer = integer.slot()?;
        integer.put(member(&claims, &name)?.read().map_err(|_| Status::MemberType)?);
        Ok(())
    })
}

/// A claim that is `true` or `false`.
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_MEMBER_TYPE`, `JWTICK_STATUS_UTF8`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_claim_boolean(
    claims: *const ClaimsContext,
    name: *const c_char,
    name_length: usize,
    boolean: *mut bool,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (claims, name, boolean) =
        unsafe { (Input::new(claims), Items::new(name.cast(), name_length), Output::new(boolean)) };
    Status::of(|| {
        let boolean = boolean.slot()?;
        boolean.put(member(&claims, &name)?.read().map_err(|_| Status::MemberType)?);
        Ok(())
    })
}

/// The JSON text of a claim, whatever it is, checked against the whole grammar of RFC 8259. It stands
/// in the room of the token.
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_UTF8`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_claim_json(
    claims: *const ClaimsContext,
    name: *const c_char,
    name_length: usize,
    json: *mut TextRecord,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
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
    let claims = claims.held()?;
    let name = str::from_utf8(name.get()?).map_err(|_| Status::Utf8)?;
    claims.get(name).ok_or(Status::MemberMissing)
}

/// Writes the `index`th name, from 0, that `aud` holds: one, or those of an array (RFC 7519 §4.1.3).
///
/// Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_INDEX` behind the last one; for `buffer`
/// see "Text" at the top.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_audience(
    claims: *const ClaimsContext,
    index: usize,
    buffer: *mut c_char,
    room: usize,
    length: *mut usize,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (claims, buffer, length) =
        unsafe { (Input::new(claims), Buffer::new(buffer.cast(), room), Output::new(length)) };
    Status::of(|| {
        let audience = claims.held()?.aud.ok_or(Status::MemberMissing)?;
        let name = audience.names().nth(index).ok_or(Status::Index)?;
        say(name, &[Area::of(name.as_written().as_bytes())], buffer, length)
    })
}
