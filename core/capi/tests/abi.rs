//! Tests of the C interface as other languages call it: raw pointers and numbers, no references.
#![cfg(test)]
#![expect(unsafe_code, reason = "it is called as C calls it")]

use core::ffi::c_char;
use core::mem::MaybeUninit;
use core::ptr::{null, null_mut};

use jwtick_capi::*;

const SECRET: &[u8] = b"a secret of at least thirty-two bytes";
// {"alg":"HS256"} and {"exp":1488307191}
const TOKEN: &[u8] = b"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE0ODgzMDcxOTF9.\
    RbwpqIM1m3pqhT2CHHEt7jSTcOUShM0vgab_SCzRgvM";
const EXP: i64 = 1_488_307_191_000_000;

/// `jwtick_… it = {0};`
fn zeroed<T>() -> T {
    // SAFETY: used only for records and contexts of numbers and pointers, for which zeros are valid.
    unsafe { MaybeUninit::zeroed().assume_init() }
}

fn text(bytes: &[u8]) -> *const c_char {
    bytes.as_ptr().cast()
}

/// Judges a verified token with a policy that requires nothing.
fn judge(claims: &ClaimsContext, utc: BoundsRecord) -> (JudgementContext, u32) {
    let (policy, mut judgement, mut verdict) = (zeroed::<PolicyRecord>(), zeroed(), 0);
    // SAFETY: references are valid pointers.
    let status = unsafe { jwtick_judge(&policy, claims, &utc, &mut judgement, &mut verdict) };
    assert_eq!(status, Status::Ok);
    (judgement, verdict)
}

/// Returns the claims of [`TOKEN`], using the functions that C calls.
fn verified(room: &mut [u8]) -> ClaimsContext {
    let (mut key, mut token, mut claims) = (zeroed(), zeroed(), zeroed());
    let (at, size) = (room.as_mut_ptr(), room.len());
    // SAFETY: references and slices are valid pointers; the room outlives the claims.
    let statuses = unsafe {
        [
            jwtick_hs256_prepare(SECRET.as_ptr(), SECRET.len(), &mut key, null_mut()),
            jwtick_decode(text(TOKEN), TOKEN.len(), at, size, &mut token, null_mut()),
            jwtick_verify_hs256(&token, &key, &mut claims, null_mut()),
        ]
    };
    assert_eq!(statuses, [Status::Ok; 3]);
    claims
}

#[test]
fn decodes_verifies_and_judges() {
    const ROWS: &[(&str, i64, i64, u32)] = &[
        ("just before", EXP - 1, EXP - 1, VERDICT_ACCEPT),
        ("invalid at exp", EXP, EXP, VERDICT_REJECT),
        ("edge inside", EXP - 1, EXP, VERDICT_UNDECIDED),
        ("never set", EXP - 1, OPEN, VERDICT_UNDECIDED),
        ("never set, and too late", EXP, OPEN, VERDICT_REJECT),
    ];
    let mut room = [0; 600];
    let claims = verified(&mut room);
    for &(name, earliest, latest, expected) in ROWS {
        let (_, verdict) = judge(&claims, BoundsRecord { earliest, latest });
        assert_eq!(verdict, expected, "{name}");
    }
}

#[test]
fn claims_end_when_their_room_is_used_again() {
    let mut room = [0; 600];
    let (mut token, mut date) = (zeroed(), DateRecord { at: 0, scale: 0 });
    let claims = verified(&mut room);
    let copy: ClaimsContext = ClaimsContext { opaque: claims.opaque };
    // {"alg":"HS256"} and {"exp":99999999999}: unverified, and of the same shape.
    let other = b"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjk5OTk5OTk5OTk5fQ.AA";
    let (at, size) = (room.as_mut_ptr(), room.len());
    // SAFETY: references and slices are valid pointers.
    unsafe {
        assert_eq!(jwtick_claim_date(&claims, RULE_EXP, &mut date), Status::Ok);
        let decoded = jwtick_decode(text(other), other.len(), at, size, &mut token, null_mut());
        assert_eq!(decoded, Status::Ok);
        for claims in [&claims, &copy] {
            assert_eq!(jwtick_claim_date(claims, RULE_EXP, &mut date), Status::Reused);
        }
        assert_eq!(date.at, EXP, "nothing of the new token was read");
    }
}

#[test]
fn unverified_claims_have_findings_but_no_verdict() {
    let mut room = [0; 600];
    let (mut token, mut claims) = (zeroed(), zeroed());
    let (policy, mut judgement) = (zeroed::<PolicyRecord>(), zeroed());
    let (utc, mut verdict) = (BoundsRecord { earliest: 0, latest: 0 }, 0);
    let (at, size) = (room.as_mut_ptr(), room.len());
    // SAFETY: references and slices are valid pointers.
    let statuses = unsafe {
        [
            jwtick_decode(text(TOKEN), TOKEN.len(), at, size, &mut token, null_mut()),
            jwtick_unverified_claims(&token, &mut claims),
            jwtick_judge(&policy, &claims, &utc, &mut judgement, &mut verdict),
            jwtick_findings_of_unverified(&policy, &claims, &utc, &mut judgement),
        ]
    };
    assert_eq!(statuses, [Status::Ok, Status::Ok, Status::Unverified, Status::Ok]);
    assert_eq!(verdict, 0);
}

#[cfg(feature = "words")]
#[test]
fn sentence_of_a_finding_fits_the_callers_buffer() {
    let mut room = [0; 600];
    let claims = verified(&mut room);
    let late = EXP + 5_000_000;
    let (judgement, _) = judge(&claims, BoundsRecord { earliest: late, latest: late });
    let (mut buffer, mut length) = ([b'~'; 40], 0);
    let into = buffer.as_mut_ptr().cast();
    // SAFETY: references and slices are valid pointers.
    let status =
        unsafe { jwtick_say_finding(&judgement, 0, LANGUAGE_ENGLISH, into, 40, &mut length) };
    assert_eq!(status, Status::Ok);
    let said = core::ffi::CStr::from_bytes_until_nul(&buffer).unwrap();
    assert_eq!((said.to_str(), said.count_bytes()), (Ok("expired 5 s ago"), length));
}

#[test]
fn rejects_invalid_pointers() {
    let mut token: TokenContext = zeroed();
    let mut claims: ClaimsContext = zeroed();
    let misaligned = (&raw mut token).wrapping_byte_add(4);
    // SAFETY: the functions refuse NULL, misaligned and zeroed contexts.
    let rows = unsafe {
        [
            ("NULL", jwtick_unverified_claims(null(), &mut claims), Status::Null),
            ("misaligned", jwtick_unverified_claims(misaligned, &mut claims), Status::Misaligned),
            ("zeros", jwtick_unverified_claims(&token, &mut claims), Status::Unprepared),
            (
                "NULL text",
                jwtick_decode(null(), 1, null_mut(), 0, &mut token, null_mut()),
                Status::Null,
            ),
            (
                "no text",
                jwtick_decode(null(), 0, null_mut(), 0, &mut token, null_mut()),
                Status::TokenRoom,
            ),
            (
                "beyond isize",
                jwtick_decode(text(TOKEN), usize::MAX, null_mut(), 0, &mut token, null_mut()),
                Status::Length,
            ),
        ]
    };
    for (name, met, expected) in rows {
        assert_eq!(met, expected, "{name}");
    }
}

#[test]
fn version_equals_that_of_the_header() {
    let header = include_str!("../include/jwtick.h");
    let version = format!("#define JWTICK_ABI_VERSION {}\n", jwtick_abi_version());
    assert!(header.contains(&version), "{version}");
}
