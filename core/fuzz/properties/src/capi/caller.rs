//! The C side of the ABI: the calls of a C program, with references and slices for its pointers.
#![expect(unsafe_code, reason = "the functions of the C ABI are unsafe to call, as C is")]

use core::ptr::null_mut;
use core::slice;

use jwtick_capi::{
    BoundsRecord, CLAIMS_WORDS, DateRecord, FindingRecord, HS256_WORDS, Hs256Context,
    JUDGEMENT_WORDS, LANGUAGE_ENGLISH, PolicyRecord, REFUSAL_WORDS, Status, TOKEN_WORDS,
    TextRecord, jwtick_audience, jwtick_claim_boolean, jwtick_claim_date, jwtick_claim_integer,
    jwtick_claim_json, jwtick_claim_text, jwtick_decode, jwtick_findings_of_unverified,
    jwtick_hs256_prepare, jwtick_judge, jwtick_judgement_finding, jwtick_say_refusal,
    jwtick_unverified_claims, jwtick_verify_hs256,
};
pub(super) use jwtick_capi::{ClaimsContext, JudgementContext, RefusalContext, TokenContext};

type Done<T> = Result<T, Status>;

/// The content of a buffer before anything is written.
const FILL: u8 = 0x5A;

pub(super) const fn zeroed_token() -> TokenContext {
    TokenContext { opaque: [0; TOKEN_WORDS] }
}

pub(super) const fn zeroed_refusal() -> RefusalContext {
    RefusalContext { opaque: [0; REFUSAL_WORDS] }
}

const fn zeroed_claims() -> ClaimsContext {
    ClaimsContext { opaque: [0; CLAIMS_WORDS] }
}

fn done<T>(status: Status, value: T) -> Done<T> {
    if status == Status::Ok { Ok(value) } else { Err(status) }
}

/// The caller guarantees that `compact` and `room` do not change while the token is in use.
pub(super) fn decode(
    compact: &[u8],
    room: &mut [u8],
    token: &mut TokenContext,
    why: &mut RefusalContext,
) -> Status {
    let (from, to) = (compact.as_ptr().cast(), room.as_mut_ptr());
    // SAFETY: references and slices satisfy what the header requires of pointers.
    unsafe { jwtick_decode(from, compact.len(), to, room.len(), token, why) }
}

pub(super) fn refusal(why: &RefusalContext) -> Done<String> {
    // SAFETY: as above.
    said(|buffer, room, length| unsafe {
        jwtick_say_refusal(why, LANGUAGE_ENGLISH, buffer.cast(), room, length)
    })
}

pub(super) fn claims(token: &TokenContext) -> Done<ClaimsContext> {
    let mut claims = zeroed_claims();
    // SAFETY: as above; the caller of `decode` guarantees that the memory of the token is there.
    let status = unsafe { jwtick_unverified_claims(token, &mut claims) };
    done(status, claims)
}

pub(super) fn verify_hs256(token: &TokenContext, secret: &[u8]) -> Done<ClaimsContext> {
    let (mut key, mut claims) = (Hs256Context { opaque: [0; HS256_WORDS] }, zeroed_claims());
    // SAFETY: as above.
    let status = unsafe {
        match jwtick_hs256_prepare(secret.as_ptr(), secret.len(), &mut key, null_mut()) {
            Status::Ok => jwtick_verify_hs256(token, &key, &mut claims, null_mut()),
            refused => refused,
        }
    };
    done(status, claims)
}

pub(super) fn date(claims: &ClaimsContext, rule: u32) -> Done<i64> {
    let mut date = DateRecord { at: 0, scale: 0 };
    // SAFETY: as above.
    let status = unsafe { jwtick_claim_date(claims, rule, &mut date) };
    done(status, date.at)
}

pub(super) fn integer(claims: &ClaimsContext, name: &str) -> Done<i64> {
    let mut integer = 0;
    // SAFETY: as above.
    let status =
        unsafe { jwtick_claim_integer(claims, name.as_ptr().cast(), name.len(), &mut integer) };
    done(status, integer)
}

pub(super) fn boolean(claims: &ClaimsContext, name: &str) -> Done<bool> {
    let mut boolean = false;
    // SAFETY: as above.
    let status =
        unsafe { jwtick_claim_boolean(claims, name.as_ptr().cast(), name.len(), &mut boolean) };
    done(status, boolean)
}

pub(super) fn json(claims: &ClaimsContext, name: &str) -> Done<Vec<u8>> {
    let mut json = TextRecord { bytes: core::ptr::null(), length: 0 };
    // SAFETY: as above; the result points into the room of the token.
    unsafe {
        let status = jwtick_claim_json(claims, name.as_ptr().cast(), name.len(), &mut json);
        done(status, ())?;
        Ok(slice::from_raw_parts(json.bytes.cast::<u8>(), json.length).to_vec())
    }
}

pub(super) fn text(claims: &ClaimsContext, name: &str) -> Done<String> {
    // SAFETY: as above.
    said(|buffer, room, length| unsafe {
        let name = (name.as_ptr().cast(), name.len());
        jwtick_claim_text(claims, name.0, name.1, buffer.cast(), room, length)
    })
}

pub(super) fn audience(claims: &ClaimsContext, index: usize) -> Done<String> {
    // SAFETY: as above.
    said(|buffer, room, length| unsafe {
        jwtick_audience(claims, index, buffer.cast(), room, length)
    })
}

/// Queries the length, is refused with a buffer one byte too small, and then gets the exact length.
fn said(say: impl Fn(*mut u8, usize, &mut usize) -> Status) -> Done<String> {
    let mut length = usize::MAX;
    done(say(null_mut(), 0, &mut length), ())?;
    let mut buffer = vec![FILL; length + 2];
    if length > 0 {
        assert_eq!(say(buffer.as_mut_ptr(), length, &mut 0), Status::Buffer);
        assert!(buffer.iter().all(|&byte| byte == FILL), "written in spite of a refusal");
    }
    let mut met = usize::MAX;
    done(say(buffer.as_mut_ptr(), length + 1, &mut met), ())?;
    assert_eq!((met, buffer.pop(), buffer.pop()), (length, Some(FILL), Some(0)));
    String::from_utf8(buffer).map_err(|_| Status::Utf8)
}

/// The findings for unverified claims, which must have no verdict.
pub(super) fn findings(
    claims: &ClaimsContext,
    policy: &PolicyRecord,
    utc: BoundsRecord,
) -> Done<JudgementContext> {
    let mut judgement = JudgementContext { opaque: [0; JUDGEMENT_WORDS] };
    let mut verdict = 0;
    // SAFETY: as above.
    let status = unsafe {
        let judged = jwtick_judge(policy, claims, &utc, &mut judgement, &mut verdict);
        assert_eq!((judged, verdict), (Status::Unverified, 0), "judged without a signature");
        jwtick_findings_of_unverified(policy, claims, &utc, &mut judgement)
    };
    done(status, judgement)
}

/// The verdict on authentic claims.
pub(super) fn judge(claims: &ClaimsContext, policy: &PolicyRecord, utc: BoundsRecord) -> Done<u32> {
    let mut judgement = JudgementContext { opaque: [0; JUDGEMENT_WORDS] };
    let mut verdict = 0;
    // SAFETY: as above.
    let status = unsafe { jwtick_judge(policy, claims, &utc, &mut judgement, &mut verdict) };
    done(status, verdict)
}

pub(super) fn finding(judgement: &JudgementContext, index: usize) -> Done<FindingRecord> {
    let mut finding =
        FindingRecord { rule: 0, kind: 0, verdict: 0, reserved: 0, least: 0, most: 0, leeway: 0 };
    // SAFETY: as above.
    let status = unsafe { jwtick_judgement_finding(judgement, index, &mut finding) };
    done(status, finding)
}
