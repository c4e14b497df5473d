//! Verdicts at the edges: exactly RFC 7519 §4.1 if the clock is exact, otherwise only what can be
//! proved.
#![cfg(test)]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::judge::{Enforcement, Finding, Findings, Rule};
use jwtick_core::time::NumericDate;
use jwtick_core::token::Claims;
use jwtick_core::{Hs256, Policy, Scratch, Span, TimeBounds, Token, UnixTime, Verdict};

use Verdict::{Accept, Reject, Undecided};

const LEEWAY: Policy<'_> = Policy::RFC7519.with_leeway(Span::from_secs(5));
const MAX_AGE: Policy<'_> = Policy::RFC7519.with_max_age(Span::from_secs(10));
const LIFETIME: Policy<'_> = Policy::RFC7519.with_max_lifetime(Span::from_secs(10));
const NO_FUTURE: Policy<'_> = Policy::RFC7519.with_future_iat(Enforcement::Enforce);

const fn exactly(secs: i64) -> TimeBounds {
    TimeBounds::exactly(UnixTime::from_secs(secs))
}

const fn around(secs: i64, radius: i64) -> TimeBounds {
    TimeBounds::around(UnixTime::from_secs(secs), Span::from_secs(radius))
}

const fn since(secs: i64) -> TimeBounds {
    TimeBounds::since(UnixTime::from_secs(secs))
}

fn date(secs: i64) -> Option<NumericDate> {
    Some(UnixTime::from_secs(secs).into())
}

type Edge = (&'static str, Rule, i64, Policy<'static>, TimeBounds, Verdict);

const EDGES: &[Edge] = &[
    ("valid before exp", Rule::Exp, 100, Policy::RFC7519, exactly(99), Accept),
    ("invalid at exp", Rule::Exp, 100, Policy::RFC7519, exactly(100), Reject),
    ("invalid after exp", Rule::Exp, 100, Policy::RFC7519, exactly(101), Reject),
    ("exp inside the bounds", Rule::Exp, 100, Policy::RFC7519, around(98, 2), Undecided),
    ("exp just beyond the bounds", Rule::Exp, 101, Policy::RFC7519, around(98, 2), Accept),
    ("exp at the lower bound", Rule::Exp, 96, Policy::RFC7519, around(98, 2), Reject),
    ("leeway moves exp", Rule::Exp, 100, LEEWAY, exactly(104), Accept),
    ("invalid at exp plus leeway", Rule::Exp, 100, LEEWAY, exactly(105), Reject),
    ("leeway is not uncertainty", Rule::Exp, 100, LEEWAY, around(103, 2), Undecided),
    ("exp before an unset clock's floor", Rule::Exp, 100, Policy::RFC7519, since(100), Reject),
    ("exp above an unset clock's floor", Rule::Exp, 101, Policy::RFC7519, since(100), Undecided),
    (
        "exp at the end of time, clock unset",
        Rule::Exp,
        i64::MAX,
        Policy::RFC7519,
        since(0),
        Undecided,
    ),
    ("exp at the end of time", Rule::Exp, i64::MAX, Policy::RFC7519, exactly(100), Accept),
    ("exp before all time", Rule::Exp, i64::MIN, Policy::RFC7519, exactly(100), Reject),
    ("not before nbf", Rule::Nbf, 100, Policy::RFC7519, exactly(99), Reject),
    ("valid from nbf on", Rule::Nbf, 100, Policy::RFC7519, exactly(100), Accept),
    ("nbf inside the bounds", Rule::Nbf, 100, Policy::RFC7519, around(98, 2), Undecided),
    ("nbf at the lower bound", Rule::Nbf, 96, Policy::RFC7519, around(98, 2), Accept),
    ("nbf just beyond the bounds", Rule::Nbf, 101, Policy::RFC7519, around(98, 2), Reject),
    ("leeway moves nbf", Rule::Nbf, 100, LEEWAY, exactly(95), Accept),
    ("invalid before nbf minus leeway", Rule::Nbf, 100, LEEWAY, exactly(94), Reject),
    ("nbf below an unset clock's floor", Rule::Nbf, 100, Policy::RFC7519, since(100), Accept),
    ("nbf above an unset clock's floor", Rule::Nbf, 101, Policy::RFC7519, since(100), Undecided),
    ("nbf never", Rule::Nbf, i64::MAX, Policy::RFC7519, exactly(100), Reject),
    ("nbf before all time", Rule::Nbf, i64::MIN, Policy::RFC7519, exactly(100), Accept),
    ("a future iat is only reported", Rule::Iat, 101, Policy::RFC7519, exactly(100), Accept),
    ("a future iat, enforced", Rule::Iat, 101, NO_FUTURE, exactly(100), Reject),
    ("iat now, enforced", Rule::Iat, 100, NO_FUTURE, exactly(100), Accept),
    ("iat inside the bounds, enforced", Rule::Iat, 100, NO_FUTURE, around(99, 2), Undecided),
    ("as old as allowed", Rule::MaxAge, 90, MAX_AGE, exactly(100), Accept),
    ("older than allowed", Rule::MaxAge, 89, MAX_AGE, exactly(100), Reject),
    ("an age limit, and iat in the future", Rule::MaxAge, 101, MAX_AGE, exactly(100), Reject),
    (
        "an age limit, and iat in milliseconds",
        Rule::MaxAge,
        1_488_307_191_000,
        MAX_AGE,
        exactly(1_488_307_191),
        Reject,
    ),
    ("an age limit, and iat now", Rule::MaxAge, 100, MAX_AGE, exactly(100), Accept),
    ("an age limit, and iat perhaps ahead", Rule::MaxAge, 101, MAX_AGE, around(100, 2), Undecided),
    (
        "an age limit, and iat ahead within the leeway",
        Rule::MaxAge,
        105,
        MAX_AGE.with_leeway(Span::from_secs(5)),
        exactly(100),
        Accept,
    ),
    (
        "an age limit cannot be lifted for the future",
        Rule::MaxAge,
        101,
        MAX_AGE.with_future_iat(Enforcement::Report),
        exactly(100),
        Reject,
    ),
    ("age inside the bounds", Rule::MaxAge, 90, MAX_AGE, around(100, 1), Undecided),
    ("age, clock unset", Rule::MaxAge, 90, MAX_AGE, since(99), Undecided),
    ("too old for an unset clock's floor", Rule::MaxAge, 90, MAX_AGE, since(101), Reject),
    ("ends as late as allowed", Rule::Lifetime, 110, LIFETIME, exactly(100), Accept),
    ("ends later than allowed", Rule::Lifetime, 111, LIFETIME, exactly(100), Reject),
    ("lifetime inside the bounds", Rule::Lifetime, 110, LIFETIME, around(100, 1), Undecided),
    ("too long even for wide bounds", Rule::Lifetime, 112, LIFETIME, around(100, 1), Reject),
    ("lifetime, clock unset", Rule::Lifetime, 111, LIFETIME, since(100), Undecided),
    ("lifetime to the end of time", Rule::Lifetime, i64::MAX, LIFETIME, exactly(100), Reject),
    (
        "leeway lengthens a lifetime",
        Rule::Lifetime,
        115,
        LIFETIME.with_leeway(Span::from_secs(5)),
        exactly(100),
        Accept,
    ),
];

fn verdict(findings: &Findings) -> Verdict {
    findings.iter().map(Finding::verdict).collect()
}

#[test]
fn verdicts_at_the_edges() {
    for &(name, rule, secs, policy, utc, expected) in EDGES {
        let mut claims = Claims::EMPTY;
        match rule {
            Rule::Exp | Rule::Lifetime => claims.exp = date(secs),
            Rule::Nbf => claims.nbf = date(secs),
            _ => claims.iat = date(secs),
        }
        let findings = policy.findings_of_unverified(&claims, utc);
        assert_eq!(verdict(&findings), expected, "{name}");
        assert!(findings.iter().any(|finding| finding.rule() == rule), "{name}");
    }
}

#[test]
fn margin_states_the_remaining_time() {
    const ROWS: &[(&str, TimeBounds, Option<i64>, Option<i64>)] = &[
        ("exact", exactly(90), Some(10), Some(10)),
        ("within bounds", around(98, 3), Some(-1), Some(5)),
        ("clock unset", since(40), None, Some(60)),
    ];
    let mut claims = Claims::EMPTY;
    claims.exp = date(100);
    for &(name, utc, least, most) in ROWS {
        let margin = Policy::RFC7519.findings_of_unverified(&claims, utc).tightest().unwrap();
        assert_eq!(margin.least(), least.map_or(Span::MIN, Span::from_secs), "{name}");
        assert_eq!(margin.most(), most.map_or(Span::MAX, Span::from_secs), "{name}");
    }
}

#[test]
fn margin_without_leeway_is_available() {
    let mut claims = Claims::EMPTY;
    (claims.exp, claims.iat) = (date(100), date(100));
    let margins = |utc| {
        let findings = LEEWAY.findings_of_unverified(&claims, utc);
        let margins = findings.iter().map(|finding| finding.margin().unwrap());
        margins.collect::<Vec<_>>()
    };
    for (margin, (least, most)) in margins(around(98, 3)).into_iter().zip([(4, 10), (0, 6)]) {
        let (rule, secs) = (margin.rule(), Span::from_secs);
        assert_eq!(margin.leeway(), secs(5), "{rule}");
        assert_eq!((margin.least(), margin.most()), (secs(least), secs(most)), "{rule}");
        let bare = margin.without_leeway();
        assert_eq!(bare.leeway(), Span::ZERO, "{rule}");
        assert_eq!((bare.least(), bare.most()), (secs(least - 5), secs(most - 5)), "{rule}");
    }
    let open = margins(since(98))[0].without_leeway();
    assert_eq!((open.least(), open.most()), (Span::MIN, Span::from_secs(2)), "an open end");
}

#[test]
fn finding_without_a_date_has_no_margin() {
    let findings =
        Policy::RFC7519.require(Rule::Jti).findings_of_unverified(&Claims::EMPTY, exactly(0));
    assert!(findings.iter().all(|finding| finding.margin().is_none()));
    let expected = [Finding::Unchecked(Rule::Exp), Finding::Missing(Rule::Jti)];
    assert!(findings.iter().eq(&expected), "{findings:?}");
}

#[test]
fn token_that_never_expires_is_reported() {
    const ROWS: &[(&str, &str, Policy<'_>, Option<Finding>)] = &[
        ("no exp", "{}", Policy::RFC7519, Some(Finding::Unchecked(Rule::Exp))),
        ("nbf alone", r#"{"nbf":1}"#, Policy::RFC7519, Some(Finding::Unchecked(Rule::Exp))),
        ("required", "{}", Policy::strict("me"), Some(Finding::Missing(Rule::Exp))),
        ("a maximum age ends it", r#"{"iat":1}"#, MAX_AGE, None),
        ("a lifetime needs it", "{}", LIFETIME, Some(Finding::Missing(Rule::Exp))),
    ];
    for &(name, text, policy, expected) in ROWS {
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(text.as_bytes(), &mut scratch).unwrap();
        let findings = policy.findings_of_unverified(&claims, exactly(2));
        let met = findings.iter().find(|finding| finding.rule() == Rule::Exp);
        assert_eq!(met, expected.as_ref(), "{name}");
    }
}

#[test]
fn every_failure_is_reported() {
    let mut claims = Claims::EMPTY;
    (claims.exp, claims.nbf) = (date(50), date(200));
    let policy = Policy::RFC7523.with_audiences(&["me"]);
    let findings = policy.findings_of_unverified(&claims, exactly(100));
    let failed: Vec<Rule> =
        findings.iter().filter(|finding| finding.verdict() == Reject).map(Finding::rule).collect();
    assert_eq!(failed, [Rule::Exp, Rule::Nbf, Rule::Iss, Rule::Sub, Rule::Aud]);
    assert_eq!(findings.tightest().unwrap().rule(), Rule::Nbf);
}

#[test]
fn tightest_margin_decides() {
    let mut claims = Claims::EMPTY;
    (claims.exp, claims.nbf) = (date(100), date(110));
    let margin =
        |utc| Policy::RFC7519.findings_of_unverified(&claims, utc).tightest().unwrap().rule();
    assert_eq!(margin(exactly(105)), Rule::Exp, "both fail by 5 s: the first of Rule::ALL");
    assert_eq!(margin(exactly(101)), Rule::Nbf, "nbf fails by more");
    assert_eq!(margin(around(101, 1)), Rule::Nbf, "nbf fails, exp may hold");
    assert_eq!(margin(around(109, 9)), Rule::Exp, "exp fails, nbf may hold");
    (claims.nbf, claims.iat) = (None, date(80));
    let margin = MAX_AGE.findings_of_unverified(&claims, since(95)).tightest().unwrap();
    assert_eq!(
        margin.rule(),
        Rule::MaxAge,
        "too old at any time, exp may hold; both ends are open"
    );
}

#[test]
fn names_are_compared_byte_for_byte() {
    type Row = (&'static str, &'static str, Policy<'static>, Verdict);
    const OURS: Policy<'_> = Policy::RFC7519.with_audiences(&["https://a", "https://b"]);
    const CLIENT: Policy<'_> = Policy::RFC7519.with_subjects(&["s6BhdRkqt3"]);
    const ISSUER: Policy<'_> = Policy::RFC7519.with_issuers(&["https://i"]);
    const ROWS: &[Row] = &[
        ("one of ours", r#"{"aud":"https://b"}"#, OURS, Accept),
        ("one of its audiences is ours", r#"{"aud":["x","https://a"]}"#, OURS, Accept),
        ("escaped", r#"{"aud":"https:\/\/\u0061"}"#, OURS, Accept),
        ("another case", r#"{"aud":"https://A"}"#, OURS, Reject),
        ("a slash more", r#"{"aud":"https://a/"}"#, OURS, Reject),
        ("an empty array", r#"{"aud":[]}"#, OURS, Reject),
        ("no audience", "{}", OURS, Reject),
        ("the only audience", r#"{"aud":"https://a"}"#, Policy::strict("https://a"), Reject),
        ("an audience, but none named", r#"{"aud":"x"}"#, Policy::RFC7519, Reject),
        ("an empty array, but none named", r#"{"aud":[]}"#, Policy::RFC7519, Reject),
        (
            "an audience, and any is accepted",
            r#"{"aud":"x"}"#,
            Policy::RFC7519.any_audience(),
            Accept,
        ),
        ("the issuer", r#"{"iss":"https://i"}"#, ISSUER, Accept),
        ("another issuer", r#"{"iss":"https://j"}"#, ISSUER, Reject),
        ("no issuer", "{}", ISSUER, Reject),
        ("the client is its own subject", r#"{"sub":"s6BhdRkqt3"}"#, CLIENT, Accept),
        ("another subject", r#"{"sub":"s6bhdrkqt3"}"#, CLIENT, Reject),
        ("no subject", "{}", CLIENT, Reject),
        ("no issuer is trusted", r#"{"iss":"x"}"#, Policy::RFC7519.with_issuers(&[]), Reject),
        ("required and there", r#"{"jti":"1"}"#, Policy::RFC7519.require(Rule::Jti), Accept),
        ("required and missing", "{}", Policy::RFC7519.require(Rule::Jti), Reject),
    ];
    for &(name, text, policy, expected) in ROWS {
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(text.as_bytes(), &mut scratch).unwrap();
        assert_eq!(
            verdict(&policy.findings_of_unverified(&claims, exactly(0))),
            expected,
            "{name}"
        );
    }
}

#[test]
fn stays_rejected_after_exp() {
    type Row = (&'static str, Option<i64>, Option<i64>, Policy<'static>, UnixTime);
    const ROWS: &[Row] = &[
        ("exp", Some(100), None, Policy::RFC7519, UnixTime::from_secs(100)),
        ("exp and leeway", Some(100), None, LEEWAY, UnixTime::from_secs(105)),
        ("too old before exp", Some(100), Some(80), MAX_AGE, UnixTime::from_secs(90)),
        ("exp before too old", Some(85), Some(80), MAX_AGE, UnixTime::from_secs(85)),
        ("no maximum age", None, Some(80), Policy::RFC7519, UnixTime::MAX),
        ("no end", None, None, MAX_AGE, UnixTime::MAX),
    ];
    for &(name, exp, iat, policy, expected) in ROWS {
        let mut claims = Claims::EMPTY;
        (claims.exp, claims.iat) = (exp.and_then(date), iat.and_then(date));
        let end = policy.rejects_after(&claims);
        assert_eq!(end, expected, "{name}");
        let at = |at| verdict(&policy.findings_of_unverified(&claims, TimeBounds::exactly(at)));
        if end < UnixTime::MAX {
            let tick = Span::from_micros(1);
            assert_eq!(at(end + tick), Reject, "{name}, just after");
            assert_eq!(at(end - tick), Accept, "{name}, just before");
        }
    }
}

fn signed(key: &Hs256, claims: &str) -> String {
    let [header, claims] = [r#"{"alg":"HS256"}"#, claims].map(|it| URL_SAFE_NO_PAD.encode(it));
    let input = format!("{header}.{claims}");
    let tag = URL_SAFE_NO_PAD.encode(key.sign(input.as_bytes()).as_bytes());
    format!("{input}.{tag}")
}

#[test]
fn strict_accepts_a_token_for_its_audience_before_exp() {
    type Row = (&'static str, &'static str, TimeBounds, Result<(), &'static str>);
    const REJECTS: &str = "the policy rejects the token because of ";
    const ROWS: &[Row] = &[
        ("good", r#"{"aud":"me","exp":100}"#, exactly(99), Ok(())),
        ("at exp", r#"{"aud":"me","exp":100}"#, exactly(100), Err("exp")),
        ("exp inside the bounds", r#"{"aud":"me","exp":100}"#, around(99, 2), Err("exp")),
        ("no exp", r#"{"aud":"me"}"#, exactly(99), Err("exp")),
        ("no aud", r#"{"exp":100}"#, exactly(99), Err("aud")),
        ("for another", r#"{"aud":"you","exp":100}"#, exactly(99), Err("aud")),
        ("late and for another", r#"{"aud":"you","exp":100}"#, exactly(100), Err("exp, aud")),
    ];
    let key = Hs256::new(b"a secret of at least thirty-two bytes").unwrap();
    for &(name, text, utc, expected) in ROWS {
        let compact = signed(&key, text);
        let mut scratch = Scratch::<256>::new();
        let token = Token::decode(compact.as_bytes(), &mut scratch).unwrap().verify(&key).unwrap();
        match (token.judge(&Policy::strict("me"), utc), expected) {
            (Ok(token), Ok(())) => assert_eq!(token.claims().as_written(), text, "{name}"),
            (Err(refusal), Err(rules)) => {
                assert_eq!(refusal.claims().as_written(), text, "{name}");
                let said = match refusal.judgement().verdict() {
                    Undecided => format!("the clock is not known well enough to judge {rules}"),
                    _ => format!("{REJECTS}{rules}"),
                };
                assert_eq!(refusal.to_string(), said, "{name}");
            }
            (met, _) => panic!("{name}: {met:?}"),
        }
    }
}

#[test]
fn undecided_token_can_be_judged_again() {
    let key = Hs256::new(b"a secret of at least thirty-two bytes").unwrap();
    let compact = signed(&key, r#"{"exp":100}"#);
    let mut scratch = Scratch::<256>::new();
    let token = Token::decode(compact.as_bytes(), &mut scratch).unwrap().verify(&key).unwrap();
    let refusal = token.judge(&Policy::RFC7519, around(99, 2)).unwrap_err();
    assert_eq!(refusal.judgement().verdict(), Undecided);
    assert!(refusal.into_token().judge(&Policy::RFC7519, exactly(99)).is_ok());
}
