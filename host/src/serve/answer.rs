//! Answers to a front: an allowed request gets a 200 without content, and a refusal a challenge.
//!
//! Envoy passes a request on only after a 200: it hands any other status to the client. Caddy and Traefik
//! hand every header of a refusal to the client, so a refusal has no others than it needs.

use http::{HeaderName, HeaderValue, StatusCode, header};
use jwtick_core::Verdict;
use jwtick_core::words::{self, Language};
use serde_json::json;

use super::choice::{Body, Dpop, Undecided};
use super::decision::{About, Decision, Detail, Refusal};
use super::dpop;
use super::policy::ServePolicy;
use super::reason::Reason;
use super::request::Scheme;
use crate::http::server::Response;
use crate::http::server::content::{empty, response};

/// The header of a request that passes although its token may not be valid.
const UNDECIDED: HeaderName = HeaderName::from_static("x-jwtick-undecided");

/// The answer for a decision.
pub(super) fn answer(decision: &Decision, policy: &ServePolicy) -> Response {
    match decision {
        Decision::Allow(allowed) => {
            let mut answer = empty(StatusCode::OK);
            answer.headers_mut().extend(allowed.identity.iter().cloned());
            answer.headers_mut().extend(nonce(&allowed.about));
            if allows_undecided(policy) {
                let value = if allowed.verdict == Verdict::Undecided { "time" } else { "" };
                answer.headers_mut().insert(UNDECIDED, HeaderValue::from_static(value));
            }
            answer
        }
        Decision::Refuse(refusal) | Decision::Undecided(refusal) => refused(refusal, policy),
    }
}

// As with identity headers: a forged one must not pass.
fn allows_undecided(policy: &ServePolicy) -> bool {
    let issuers = policy.issuers.iter().map(|issuer| issuer.undecided);
    issuers.chain([Some(policy.undecided)]).any(|it| it == Some(Undecided::Allow))
}

/// The answer to a request that may not pass.
pub(super) fn refused(refusal: &Refusal, policy: &ServePolicy) -> Response {
    let status = refusal.reason.status(policy.front);
    let mut answer = match policy.body {
        Body::Empty => empty(status),
        Body::Json => response(status, Some("application/json"), body(refusal)),
    };
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(nonce(&refusal.about));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, retry_after(refusal.reason));
    } else if let Ok(challenge) = HeaderValue::from_str(&challenge(refusal, policy)) {
        headers.append(header::WWW_AUTHENTICATE, challenge);
    }
    answer
}

/// RFC 9449 §8: the nonce for the next proof.
fn nonce(about: &About) -> Option<(HeaderName, HeaderValue)> {
    let nonce = about.nonce.as_ref()?;
    Some((dpop::NONCE, HeaderValue::from_str(nonce.as_str()).ok()?))
}

fn body(refusal: &Refusal) -> String {
    let reason = refusal.reason;
    let body = json!({
        "error": reason.error(),
        "reason": reason.code(),
        "error_description": description(refusal),
    });
    format!("{body}\n")
}

/// The time after which another attempt may succeed, in seconds.
const fn retry_after(reason: Reason) -> HeaderValue {
    HeaderValue::from_static(match reason {
        // The pause between two attempts to fetch keys.
        Reason::KeysUnavailable => "30",
        Reason::ClockUnknown => "10",
        _ => "1",
    })
}

/// The challenge of RFC 6750 §3, or of RFC 9449 §7.1 to a client that uses proofs or must use them.
fn challenge(refusal: &Refusal, policy: &ServePolicy) -> String {
    let mut parameters = vec![];
    if let Some(error) = refusal.reason.error() {
        parameters.push(format!(r#"error="{error}""#));
        parameters.push(format!(r#"error_description="{}""#, description(refusal)));
    }
    if !refusal.scopes.is_empty() {
        parameters.push(format!(r#"scope="{}""#, portable(&refusal.scopes.join(" "))));
    }
    if let Some(url) = policy.resource.as_deref().and_then(metadata_url) {
        parameters.push(format!(r#"resource_metadata="{}""#, portable(&url)));
    }
    let scheme = if proves(refusal, policy) { "DPoP" } else { "Bearer" };
    if scheme == "DPoP" {
        parameters.push(format!(r#"algs="{}""#, dpop::ALGORITHMS.map(|it| it.name()).join(" ")));
    }
    match parameters.is_empty() {
        true => scheme.to_owned(),
        false => format!("{scheme} {}", parameters.join(", ")),
    }
}

fn proves(refusal: &Refusal, policy: &ServePolicy) -> bool {
    const REASONS: [Reason; 3] =
        [Reason::DpopRequired, Reason::InvalidDpopProof, Reason::UseDpopNonce];
    let must = || policy.issuers.iter().all(|issuer| issuer.dpop == Dpop::Required);
    match refusal.about.scheme {
        Some(Scheme::Dpop) => true,
        Some(Scheme::Bearer) => REASONS.contains(&refusal.reason),
        None => must() && !policy.issuers.is_empty(),
    }
}

/// The URL of a resource's metadata: the well-known path comes between host and path (RFC 9728 §3.1).
pub(super) fn metadata_url(resource: &str) -> Option<String> {
    let (scheme, rest) = resource.split_once("://")?;
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let path = if path == "/" { "" } else { path };
    Some(format!("{scheme}://{host}{METADATA}{path}"))
}

/// The path of a protected resource's metadata.
pub(crate) const METADATA: &str = "/.well-known/oauth-protected-resource";

/// The reason in one English sentence for the client (RFC 6750 §3: ASCII without quotes).
pub(super) fn description(refusal: &Refusal) -> String {
    if let Some(date) = refusal.date() {
        let measured = words::finding(date, Language::English);
        return portable(&format!("the token is refused by time: {} {measured}", date.rule()));
    }
    portable(&match refusal.detail.as_deref() {
        Some(Detail::Request(fault)) => fault.words().to_owned(),
        Some(Detail::Proof(fault)) => fault.words(Language::English),
        Some(Detail::Member(name)) => format!("the claim {name} is missing or cannot be used"),
        _ => refusal.reason.words(Language::English).to_owned(),
    })
}

/// RFC 6750 §3: a parameter contains the characters %x20-21, %x23-5B and %x5D-7E.
fn portable(words: &str) -> String {
    const MOST: usize = 300;
    let shown = words.chars().take(MOST).map(|character| match character {
        '"' | '`' => '\'',
        '\\' => '/',
        ' '..='~' => character,
        _ => '?',
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(reason: Reason, scopes: &[&str], scheme: Option<Scheme>) -> Refusal {
        let about = About { scheme, ..About::default() };
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        Refusal { scopes, ..Refusal::new(reason, about) }
    }

    #[test]
    fn challenge_names_scheme_error_scope_and_metadata() {
        const BEARER: Option<Scheme> = Some(Scheme::Bearer);
        type Row =
            (Reason, &'static [&'static str], Option<Scheme>, Option<&'static str>, &'static str);
        const ROWS: &[Row] = &[
            (Reason::NoToken, &[], None, None, "Bearer"),
            (
                Reason::NoToken,
                &[],
                None,
                Some("https://api.example"),
                "Bearer resource_metadata=\"https://api.example/.well-known/oauth-protected-resource\"",
            ),
            (
                Reason::Scope,
                &["a", "b:c"],
                BEARER,
                None,
                "Bearer error=\"insufficient_scope\", error_description=\"the token lacks a scope\", \
                 scope=\"a b:c\"",
            ),
            (
                Reason::Signature,
                &[],
                Some(Scheme::Dpop),
                None,
                "DPoP error=\"invalid_token\", error_description=\"the signature is invalid\", algs=",
            ),
        ];
        for &(reason, scopes, scheme, resource, expected) in ROWS {
            let resource = resource.map(str::to_owned);
            let policy = ServePolicy { resource, ..ServePolicy::default() };
            let found = challenge(&refusal(reason, scopes, scheme), &policy);
            let same =
                found == expected || (scheme == Some(Scheme::Dpop) && found.starts_with(expected));
            assert!(same, "{reason:?}: {found}");
        }
    }

    #[test]
    fn metadata_are_between_host_and_path() {
        const ROWS: &[(&str, Option<&str>)] = &[
            ("https://a.example", Some("https://a.example/.well-known/oauth-protected-resource")),
            ("https://a.example/", Some("https://a.example/.well-known/oauth-protected-resource")),
            ("https://a:1/x/y", Some("https://a:1/.well-known/oauth-protected-resource/x/y")),
            ("https://a?k=1", Some("https://a/.well-known/oauth-protected-resource?k=1")),
            ("a.example", None),
        ];
        for &(resource, expected) in ROWS {
            assert_eq!(metadata_url(resource).as_deref(), expected, "{resource}");
        }
    }

    #[test]
    fn every_reason_has_words_that_a_challenge_may_hold() {
        for reason in Reason::ALL {
            let words = description(&refusal(reason, &[], None));
            let is_allowed = |byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
            assert!(!words.is_empty() && words.bytes().all(is_allowed), "{reason:?}: {words}");
        }
        assert_eq!(portable("a \"b\" \\ \u{e4}\n`c`"), "a 'b' / ??'c'");
    }
}
