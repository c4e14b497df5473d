//! Warnings about a new token, each with the name of somebody who will refuse it.

use core::fmt;

use jwtick_core::evidence::longest_lifetime;
use jwtick_core::judge::{Enforcement, Finding, Rule};
use jwtick_core::token::{Algorithm, Audience, Claims, ClaimsError, DecodeError};
use jwtick_core::words::{self, Language, Said};
use jwtick_core::words::{sentence, word};
use jwtick_core::{Policy, Scratch, Span, TimeBounds, UnixTime, Verdict};

use crate::keys::Hmac;
use crate::page::finding;

/// Servers whose limit on the lifetime of an assertion is known, and the domains of their names.
const SERVERS: [(&str, &[&str]); 2] =
    [("Google", &["googleapis.com", "google.com"]), ("Adobe", &["adobelogin.com"])];

/// Every warning, the most serious first.
pub(crate) fn of(
    claims: &str,
    algorithm: Algorithm,
    now: UnixTime,
    language: Language,
) -> Vec<String> {
    let mut index = Scratch::<0>::new();
    let claims = match Claims::parse(claims.as_bytes(), &mut index) {
        Ok(claims) => claims,
        Err(fault) => return vec![unacceptable(fault, language)],
    };
    let mut warnings: Vec<String> =
        DATES.iter().filter_map(|name| odd(name, &claims, language)).collect();
    let is_odd = !warnings.is_empty();
    let backwards = backwards(&claims, language);
    if backwards.is_empty() && fails(&Policy::RFC7519, Rule::Exp, &claims, now) {
        warnings.push(over(language).to_owned());
    }
    warnings.extend(backwards);
    let iat_is_odd = odd("iat", &claims, language).is_some();
    if !iat_is_odd
        && fails(&Policy::RFC7519.with_future_iat(Enforcement::Enforce), Rule::Iat, &claims, now)
    {
        warnings.push(future_iat(language).to_owned());
    }
    // A token signed with a private key is meant for another party; most are assertions (RFC 7523 §3).
    if !Hmac::has(algorithm) {
        warnings.extend(refused_elsewhere(&claims, now, is_odd, language));
    }
    warnings
}

const DATES: [&str; 3] = ["iat", "nbf", "exp"];

/// Warning of a date that is probably a mistake, with those that refuse it.
fn odd(name: &str, claims: &Claims<'_>, language: Language) -> Option<String> {
    let oddity = finding::oddity(name, finding::date(name, claims)?, language)?;
    let refusing = match name {
        "exp" => word!(language,
            en: "servers that limit the lifetime, such as those of Google and Adobe, refuse it",
            de: "Server mit begrenzter Gültigkeitsdauer, etwa die von Google und Adobe, lehnen es ab",
            ko: "수명을 제한하는 서버(Google, Adobe 등)는 이 토큰을 거부합니다",
        ),
        "nbf" => word!(language,
            en: "every verifier refuses the token until then",
            de: "jeder Prüfer lehnt das Token bis dahin ab",
            ko: "모든 검증기가 그때까지 이 토큰을 거부합니다",
        ),
        _ => future_iat(language),
    };
    let and = word!(language, en: "; ", de: "; ", ko: ". ");
    Some([&oddity, and, refusing].concat())
}

fn backwards(claims: &Claims<'_>, language: Language) -> Vec<String> {
    let before = |early: &str, late: &str| {
        let (first, second) = (finding::date(early, claims)?, finding::date(late, claims)?);
        (first.at() <= second.at()).then(|| never_valid(early, late, language))
    };
    [before("exp", "iat"), before("exp", "nbf")].into_iter().flatten().collect()
}

fn refused_elsewhere(
    claims: &Claims<'_>,
    now: UnixTime,
    is_odd: bool,
    language: Language,
) -> Vec<String> {
    let mut warnings = Vec::new();
    // Without an issuer it is no assertion.
    if claims.aud.is_none() && claims.iss.is_some() {
        warnings.push(no_audience(language).to_owned());
    }
    let issued = claims.iat.map_or(now, |iat| iat.at());
    let is_for = |domains: &[&str]| {
        let names = || claims.aud.into_iter().flat_map(Audience::names);
        names().any(|name| domains.iter().any(|domain| is_within(&name.to_string(), domain)))
    };
    let refuses = |&(_, longest): &(&str, Span)| {
        let policy = Policy::RFC7519.with_max_lifetime(longest);
        fails(&policy, Rule::Lifetime, claims, issued)
    };
    // A date in milliseconds has its own warning, and a lifetime computed from it means nothing.
    let servers = SERVERS.iter().filter(|(_, domains)| !is_odd && is_for(domains));
    let limits = servers.filter_map(|&(server, _)| Some((server, longest_lifetime(server)?)));
    let refusing = limits.filter(refuses);
    warnings.extend(refusing.map(|(server, longest)| too_long(server, longest, language)));
    warnings
}

/// Returns true if a URL names a host of the domain.
fn is_within(url: &str, domain: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', ':', '?']).next().unwrap_or_default();
    let before = host.strip_suffix(domain);
    before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

fn fails(policy: &Policy<'_>, rule: Rule, claims: &Claims<'_>, at: UnixTime) -> bool {
    let findings = policy.findings_of_unverified(claims, TimeBounds::exactly(at));
    let broken = |finding: &Finding| finding.rule() == rule && finding.verdict() == Verdict::Reject;
    findings.iter().any(broken)
}

/// Warning that `iat` is in the future.
const fn future_iat(language: Language) -> &'static str {
    word!(language,
        en: "iat is in the future: PyJWT, php-jwt and Google, among others, refuse the token until then",
        de: "iat liegt in der Zukunft: Unter anderem PyJWT, php-jwt und Google lehnen das Token bis dahin ab",
        ko: "iat 값이 미래 시각이므로 PyJWT, php-jwt, Google 등이 그때까지 이 토큰을 거부합니다",
    )
}

/// Warning that the token is expired from the start.
const fn over(language: Language) -> &'static str {
    word!(language,
        en: "exp is over: every verifier refuses the token",
        de: "exp ist vorbei: Jeder Prüfer lehnt das Token ab",
        ko: "exp 시각이 지났으므로 모든 검증기가 이 토큰을 거부합니다",
    )
}

/// Warning that an assertion has no audience.
const fn no_audience(language: Language) -> &'static str {
    word!(language,
        en: "aud is missing: a token endpoint refuses an assertion without it (RFC 7523 §3)",
        de: "aud fehlt: Ein Token-Endpunkt lehnt eine Assertion ohne sie ab (RFC 7523 §3)",
        ko: "aud 값이 없습니다. 토큰 엔드포인트는 aud 없는 어설션을 거부합니다(RFC 7523 §3)",
    )
}

/// Warning that a server refuses a lifetime this long.
fn too_long(server: &str, longest: Span, language: Language) -> String {
    let longest = words::duration(longest, language);
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{server} refuses an assertion that is valid for longer than {longest}: exp is later",
            de: "{server} lehnt eine Assertion ab, die länger als {longest} gilt: exp ist später",
            ko: "{server} 서버는 수명이 {longest}보다 긴 어설션을 거부합니다. exp 값이 더 늦습니다",
        )
    })
    .to_string()
}

/// Warning that strict verifiers refuse the claims.
fn unacceptable(fault: ClaimsError, language: Language) -> String {
    let fault = DecodeError::Claims(fault);
    let fault = words::decode_error(&fault, language);
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "`jwtick verify` and other strict verifiers refuse this token: {fault}",
            de: "`jwtick verify` und andere strenge Prüfer lehnen dieses Token ab: {fault}",
            ko: "`jwtick verify` 등 엄격한 검증기는 이 토큰을 거부합니다: {fault}",
        )
    })
    .to_string()
}

/// Warning that the lifetime of a token ends before it begins.
fn never_valid(end: &str, start: &str, language: Language) -> String {
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{end} is not after {start}: the token is never valid, and every verifier refuses it",
            de: "{end} liegt nicht nach {start}: Das Token gilt nie, und jeder Prüfer lehnt es ab",
            ko: "{end} 값이 {start} 값보다 늦지 않아 유효한 때가 없으므로 모든 검증기가 이 토큰을 거부합니다",
        )
    })
    .to_string()
}
