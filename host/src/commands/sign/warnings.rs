//! Warnings about a new token: what its recipient may refuse.

use core::fmt;

use jwtick_core::evidence::longest_lifetime;
use jwtick_core::judge::{Enforcement, Finding, Rule};
use jwtick_core::token::{Algorithm, Claims, ClaimsError, DecodeError};
use jwtick_core::words::{self, Language, Said};
use jwtick_core::words::{sentence, word};
use jwtick_core::{Policy, Scratch, Span, TimeBounds, UnixTime, Verdict};

use crate::keys::Hmac;
use crate::page::finding;

/// Servers whose limit on the lifetime of an assertion is known.
const SERVERS: [&str; 2] = ["Google", "Adobe"];

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
    let mut warnings = finding::notes(&claims, language);
    let odd = !warnings.is_empty();
    warnings.extend(backwards(&claims, language));
    if fails(&Policy::RFC7519.with_future_iat(Enforcement::Enforce), Rule::Iat, &claims, now) {
        warnings.push(future_iat(language).to_owned());
    }
    // A token signed with a private key is meant for another party; most are assertions (RFC 7523 §3).
    if !Hmac::has(algorithm) {
        warnings.extend(refused_elsewhere(&claims, now, odd, language));
    }
    warnings
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
    odd: bool,
    language: Language,
) -> Vec<String> {
    let mut warnings = Vec::new();
    if claims.aud.is_none() {
        warnings.push(no_audience(language).to_owned());
    }
    let issued = claims.iat.map_or(now, |iat| iat.at());
    let refuses = |&(_, longest): &(&str, Span)| {
        let policy = Policy::RFC7519.with_max_lifetime(longest);
        fails(&policy, Rule::Lifetime, claims, issued)
    };
    // A date in milliseconds has its own warning, and a lifetime computed from it means nothing.
    let limits = SERVERS.iter().filter_map(|&server| Some((server, longest_lifetime(server)?)));
    let refusing = limits.filter(refuses).filter(|_| !odd);
    warnings.extend(refusing.map(|(server, longest)| too_long(server, longest, language)));
    warnings
}

fn fails(policy: &Policy<'_>, rule: Rule, claims: &Claims<'_>, at: UnixTime) -> bool {
    let findings = policy.findings_of_unverified(claims, TimeBounds::exactly(at));
    let broken = |finding: &Finding| finding.rule() == rule && finding.verdict() == Verdict::Reject;
    findings.iter().any(broken)
}

/// Warning that `iat` is in the future.
const fn future_iat(language: Language) -> &'static str {
    word!(language,
        en: "iat is in the future: many servers refuse the token until then",
        de: "iat liegt in der Zukunft: Viele Server lehnen das Token bis dahin ab",
        ko: "iat 값이 미래 시각이므로 많은 서버가 그때까지 이 토큰을 거부합니다",
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
            en: "strict verifiers will refuse this token: {fault}",
            de: "Strenge Prüfer werden dieses Token ablehnen: {fault}",
            ko: "엄격한 검증기는 이 토큰을 거부합니다: {fault}",
        )
    })
    .to_string()
}

/// Warning that the lifetime of a token ends before it begins.
fn never_valid(end: &str, start: &str, language: Language) -> String {
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{end} is not after {start}: the token is never valid",
            de: "{end} liegt nicht nach {start}: Das Token gilt nie",
            ko: "{end} 값이 {start} 값보다 늦지 않아 이 토큰은 유효한 때가 없습니다",
        )
    })
    .to_string()
}
