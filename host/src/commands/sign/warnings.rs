//! What will surprise whoever gets a new token.

use jwtick_core::render::Language;
use jwtick_core::{
    Algorithm, Claims, Enforcement, Finding, Policy, Rule, Scratch, Span, TimeBounds, UnixTime,
    Verdict,
};

use crate::keys::Hmac;
use crate::report::{finding, words};

const HOUR: Span = Span::from_secs(3_600);
const DAY: Span = Span::from_secs(24 * 3_600);

/// How long an assertion may live at well-known servers, by their own documentation: Google,
/// "Using OAuth 2.0 for Server to Server Applications"; Adobe, "JWT Authentication".
const LONGEST: [(&str, Span); 2] = [("Google", HOUR), ("Adobe", DAY)];

/// Every warning, the gravest first.
pub(super) fn of(
    claims: &str,
    algorithm: Algorithm,
    now: UnixTime,
    language: Language,
) -> Vec<String> {
    let mut index = Scratch::<0>::new();
    let claims = match Claims::parse(claims.as_bytes(), &mut index) {
        Ok(claims) => claims,
        Err(fault) => return vec![words::unacceptable(fault, language)],
    };
    let mut warnings = finding::notes(&claims, language);
    let odd = !warnings.is_empty();
    warnings.extend(never_valid(&claims, language));
    if fails(&Policy::RFC7519.with_future_iat(Enforcement::Enforce), Rule::Iat, &claims, now) {
        warnings.push(words::FUTURE_IAT.said_in(language).to_owned());
    }
    // Who signs by a private key addresses somebody else, mostly with an assertion (RFC 7523 §3).
    if !Hmac::has(algorithm) {
        warnings.extend(refused_elsewhere(&claims, now, odd, language));
    }
    warnings
}

fn never_valid(claims: &Claims<'_>, language: Language) -> Vec<String> {
    let before = |early: &str, late: &str| {
        let (first, second) = (finding::date(early, claims)?, finding::date(late, claims)?);
        (first.at() <= second.at()).then(|| words::never_valid(early, late, language))
    };
    [before("exp", "iat"), before("exp", "nbf")].into_iter().flatten().collect()
}

fn refused_elsewhere(
    claims: &Claims<'_>,
    now: UnixTime,
    odd: bool,
    language: Language,
) -> Vec<String> {
    let mut warnings = Vec::new();
    if claims.aud.is_none() {
        warnings.push(words::NO_AUDIENCE.said_in(language).to_owned());
    }
    let issued = claims.iat.map_or(now, |iat| iat.at());
    let refuses = |&&(_, longest): &&(&str, Span)| {
        let policy = Policy::RFC7519.with_max_lifetime(longest);
        fails(&policy, Rule::Lifetime, claims, issued)
    };
    // A date in milliseconds has been told already, and its lifetime is nonsense.
    let refusing = LONGEST.iter().filter(refuses).filter(|_| !odd);
    warnings.extend(refusing.map(|&(who, longest)| words::too_long(who, longest, language)));
    warnings
}

fn fails(policy: &Policy<'_>, rule: Rule, claims: &Claims<'_>, at: UnixTime) -> bool {
    let findings = policy.findings_of_unverified(claims, TimeBounds::exactly(at));
    let broken = |finding: &Finding| finding.rule() == rule && finding.verdict() == Verdict::Reject;
    findings.iter().any(broken)
}
