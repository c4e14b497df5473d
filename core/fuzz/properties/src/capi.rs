//! The C ABI and the Rust API read the same from a token, and no byte next to the outputs is
//! written.

mod caller;

use core::ptr::null;

use jwtick_capi::{
    BoundsRecord, PolicyRecord, ROOM_OVERHEAD, RULE_EXP, RULE_IAT, RULE_NBF, Status,
    VERDICT_ACCEPT, VERDICT_REJECT, VERDICT_UNDECIDED,
};
use jwtick_core::judge::{Enforcement, Finding, Findings};
use jwtick_core::time::NumericDate;
use jwtick_core::token::{Claims, DecodeError, Json};
use jwtick_core::{Hs256, Policy, Scratch, Span, TimeBounds, Token, UnixTime, Verdict};

use crate::broken;
use caller::{ClaimsContext, RefusalContext, TokenContext, zeroed_refusal, zeroed_token};

/// Large enough for the longest token of the fuzzers.
const ROOM: usize = 8_192;
/// The byte before and after the room, which must not change.
const EDGE: u8 = 0xA5;
const EDGES: usize = 16;

/// The first two bytes give the misalignment of the room and how much smaller than necessary it is.
/// The rest is a token.
pub fn capi(input: &[u8]) {
    let Some(([aside, short], compact)) = input.split_first_chunk() else { return };
    // Half of all rooms are large enough.
    let short = usize::from(short.saturating_sub(128)) * 8;
    let mut room = Room::of(compact.len(), usize::from(aside % 16), short);
    let (mut token, mut why) = (zeroed_token(), zeroed_refusal());
    let status = caller::decode(compact, room.bytes(), &mut token, &mut why);
    let mut scratch = Scratch::<ROOM>::new();
    match Token::decode(compact, &mut scratch) {
        Ok(ours) if status == Status::Ok => assert_token(&ours, &token),
        ours => {
            assert_refused(status, ours.as_ref().err(), short, &token);
            assert_said(&why, ours.err().filter(|_| status != Status::TokenRoom));
        }
    }
    assert!(room.has_its_edges(), "a byte next to the room was written");
}

/// Asserts that C is told the reason, and that nothing but the reason was written.
fn assert_refused(status: Status, ours: Option<&DecodeError>, short: usize, token: &TokenContext) {
    match (status, ours) {
        (Status::TokenRoom, _) => assert_ne!(short, 0, "the room was large enough"),
        (Status::TokenSegments, Some(DecodeError::Segments { .. }))
        | (Status::TokenBase64, Some(DecodeError::Base64 { .. }))
        | (
            Status::HeaderJson
            | Status::HeaderAlgMissing
            | Status::HeaderAlgNone
            | Status::HeaderAlgUnknown
            | Status::HeaderType
            | Status::HeaderCritEmpty
            | Status::HeaderCritUnknown
            | Status::HeaderUnencoded,
            Some(DecodeError::Header(_)),
        )
        | (Status::ClaimsJson | Status::ClaimsType, Some(DecodeError::Claims(_))) => {}
        (status, ours) => broken(format_args!("{status:?}, but {ours:?}")),
    }
    assert_eq!(token.opaque, zeroed_token().opaque, "the token was written despite a refusal");
    assert_eq!(caller::claims(token).err(), Some(Status::Unprepared));
}

/// Asserts that the reason is the sentence that Rust has for it.
fn assert_said(why: &RefusalContext, ours: Option<DecodeError>) {
    let said = caller::refusal(why);
    match ours {
        Some(ours) => assert_eq!(said, Ok(ours.to_string())),
        None => assert!(said.is_ok_and(|said| said.contains("bytes"))),
    }
}

/// Room for a token, as `JWTICK_ROOM` computes it, between two edges.
struct Room {
    memory: Vec<u8>,
    start: usize,
    length: usize,
}

impl Room {
    fn of(compact: usize, aside: usize, short: usize) -> Self {
        let length = (ROOM_OVERHEAD + compact / 4 * 3 + 3).saturating_sub(short);
        let start = EDGES + aside;
        Self { memory: vec![EDGE; start + length + EDGES], start, length }
    }

    fn bytes(&mut self) -> &mut [u8] {
        self.memory.get_mut(self.start..self.start + self.length).unwrap_or_default()
    }

    fn has_its_edges(&self) -> bool {
        let end = self.start + self.length;
        let edges = self.memory.iter().take(self.start).chain(self.memory.iter().skip(end));
        edges.copied().all(|byte| byte == EDGE)
    }
}

const SECRET: &[u8] = b"a secret of at least thirty-two bytes";
/// One minute, the unit of all durations in a policy.
const MINUTE: Span = Span::from_secs(60);

/// Asserts that both read the same.
fn assert_token(ours: &Token<'_>, token: &TokenContext) {
    match caller::claims(token) {
        Ok(claims) => assert_claims(ours.unverified_claims(), &claims),
        Err(status) => assert_eq!(status, Status::Ok),
    }
    let verified = Hs256::new(SECRET).is_ok_and(|key| ours.clone().verify(&key).is_ok());
    match caller::verify_hs256(token, SECRET) {
        Ok(claims) => {
            assert!(verified, "taken");
            for_each_date(ours.unverified_claims(), |around| {
                assert_verdict(ours.unverified_claims(), &claims, around);
            });
        }
        Err(Status::KeyAlgorithm | Status::Signature) => assert!(!verified, "refused"),
        Err(status) => assert_eq!(status, Status::Ok),
    }
}

fn assert_claims(ours: &Claims<'_>, claims: &ClaimsContext) {
    for (name, value) in ours.members() {
        assert_value(value, claims, &name.to_string());
    }
    assert_eq!(caller::json(claims, "\u{0}").is_ok(), ours.get("\u{0}").is_some());
    for (rule, date) in dates(ours) {
        let date = date.map(NumericDate::at).map(UnixTime::as_micros);
        assert_eq!(caller::date(claims, rule), date.ok_or(Status::MemberMissing));
    }
    assert_audience(ours, claims);
    for_each_date(ours, |around| assert_findings(ours, claims, around));
}

fn dates(claims: &Claims<'_>) -> [(u32, Option<NumericDate>); 3] {
    [(RULE_EXP, claims.exp), (RULE_NBF, claims.nbf), (RULE_IAT, claims.iat)]
}

fn for_each_date(claims: &Claims<'_>, check: impl FnMut(UnixTime)) {
    dates(claims).into_iter().filter_map(|(_, date)| date).map(NumericDate::at).for_each(check);
}

fn assert_value(ours: Json<'_>, claims: &ClaimsContext, name: &str) {
    let (ours_text, text) = (ours.text().map(|text| text.to_string()), caller::text(claims, name));
    assert_eq!(caller::json(claims, name).as_deref(), Ok(ours.as_written().as_bytes()));
    assert_eq!(text, ours_text.ok_or(Status::MemberType));
    assert_eq!(caller::integer(claims, name), ours.read().map_err(|_| Status::MemberType));
    assert_eq!(caller::boolean(claims, name), ours.read().map_err(|_| Status::MemberType));
}

fn assert_audience(ours: &Claims<'_>, claims: &ClaimsContext) {
    let Some(aud) = ours.aud else {
        assert_eq!(caller::audience(claims, 0), Err(Status::MemberMissing));
        return;
    };
    for (index, name) in aud.names().enumerate() {
        assert_eq!(caller::audience(claims, index), Ok(name.to_string()));
    }
    assert_eq!(caller::audience(claims, aud.names().count()), Err(Status::Index));
}

/// The findings of the policy that [`record`] states, and the bounds on UTC for both.
fn judged(ours: &Claims<'_>, around: UnixTime) -> (Findings, BoundsRecord) {
    let utc = TimeBounds::around(around, MINUTE);
    let policy = Policy::RFC7519
        .any_audience()
        .with_leeway(MINUTE)
        .with_max_age(MINUTE)
        .with_max_lifetime(MINUTE)
        .with_future_iat(Enforcement::Enforce);
    let (earliest, latest) = (utc.earliest().as_micros(), utc.latest().as_micros());
    (policy.findings_of_unverified(ours, utc), BoundsRecord { earliest, latest })
}

fn assert_verdict(ours: &Claims<'_>, claims: &ClaimsContext, around: UnixTime) {
    let (judged, utc) = judged(ours, around);
    let verdict = number(judged.iter().map(Finding::verdict).collect());
    assert_eq!(caller::judge(claims, &record(), utc), Ok(verdict));
}

fn assert_findings(ours: &Claims<'_>, claims: &ClaimsContext, around: UnixTime) {
    let (judged, utc) = judged(ours, around);
    match caller::findings(claims, &record(), utc) {
        Ok(judgement) => {
            for (index, finding) in judged.iter().enumerate() {
                let met = caller::finding(&judgement, index).map(|it| (it.verdict, it.least));
                let least = finding.margin().map_or(0, |margin| margin.least().as_micros());
                assert_eq!(met, Ok((number(finding.verdict()), least)));
            }
        }
        Err(status) => assert_eq!(status, Status::Ok),
    }
}

const fn record() -> PolicyRecord {
    PolicyRecord {
        leeway: MINUTE.as_micros(),
        max_age: MINUTE.as_micros(),
        max_lifetime: MINUTE.as_micros(),
        required: 0,
        future_iat: jwtick_capi::FUTURE_IAT_ENFORCE,
        issuers: null(),
        issuer_count: 0,
        subjects: null(),
        subject_count: 0,
        audiences: null(),
        audience_count: 0,
    }
}

const fn number(verdict: Verdict) -> u32 {
    match verdict {
        Verdict::Accept => VERDICT_ACCEPT,
        Verdict::Reject => VERDICT_REJECT,
        Verdict::Undecided => VERDICT_UNDECIDED,
    }
}
