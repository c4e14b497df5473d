//! C and Rust read the same from a token.

use core::ptr::null;

use jwtick_capi::{
    BoundsRecord, PolicyRecord, RULE_EXP, RULE_IAT, RULE_NBF, Status, VERDICT_ACCEPT,
    VERDICT_REJECT, VERDICT_UNDECIDED,
};
use jwtick_core::judge::{Enforcement, Finding, Findings};
use jwtick_core::time::NumericDate;
use jwtick_core::token::{Claims, Json};
use jwtick_core::{Hs256, Policy, Span, TimeBounds, Token, UnixTime, Verdict};

use super::caller::{self, ClaimsContext, TokenContext};

const SECRET: &[u8] = b"a secret of at least thirty-two bytes";
/// One minute, the unit of all durations in a policy.
const MINUTE: Span = Span::from_secs(60);

/// Asserts that both read the same.
pub(super) fn assert_token(ours: &Token<'_>, token: &TokenContext) {
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
