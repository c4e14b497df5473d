//! Claims under RFC 7519 §4.1, RFC 7523 §3 and RFC 8725 §3: `fixtures/tables/claims.tsv`.
//! The column `utc` holds one second, or the first and the last second that UTC may be in.

use jwtick_core::judge::{Enforcement, Finding, Rule};
use jwtick_core::token::Claims;
use jwtick_core::{Policy, Scratch, Span, TimeBounds, UnixTime, Verdict};

use crate::table::rows;

const CLAIMS: &str = include_str!("../../../fixtures/tables/claims.tsv");

fn policy(name: &str) -> Policy<'static> {
    const PLAIN: Policy<'_> = Policy::RFC7519;
    match name {
        "RFC 7519" => PLAIN,
        "RFC 7523" => Policy::RFC7523.with_audiences(&["a"]),
        "leeway 60" => PLAIN.with_leeway(Span::from_secs(60)),
        "age 3600" => PLAIN.with_max_age(Span::from_secs(3_600)),
        "lifetime 3600" => PLAIN.with_max_lifetime(Span::from_secs(3_600)),
        "no future" => PLAIN.with_future_iat(Enforcement::Enforce),
        "iss" => PLAIN.with_issuers(&["https://issuer.example"]),
        "sub" => PLAIN.with_subjects(&["alice"]),
        "aud" => PLAIN.with_audiences(&["https://api.example"]),
        "jti" => PLAIN.require(Rule::Jti),
        other => panic!("no policy is called {other}"),
    }
}

fn bounds(utc: &str) -> TimeBounds {
    let second = |text: &str| UnixTime::from_secs(text.parse().unwrap());
    match utc.split_once(' ') {
        Some((earliest, latest)) => TimeBounds::between(second(earliest), second(latest)).unwrap(),
        None => TimeBounds::exactly(second(utc)),
    }
}

#[test]
fn judges_claims_as_the_rfcs_say() {
    for [source, case, name, claims, utc, verdict] in rows(CLAIMS) {
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(claims.as_bytes(), &mut scratch).unwrap();
        let findings = policy(name).findings_of_unverified(&claims, bounds(utc));
        let met: Verdict = findings.iter().map(Finding::verdict).collect();
        assert_eq!(met.to_string(), verdict, "{source}, {case}; policy {name}");
    }
}
