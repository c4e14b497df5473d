//! A token for the page: its claims, what they allow at a time that is known within bounds, and its
//! signature.

use jwtick_core::judge::Finding;
use jwtick_core::key::{Hs256, Hs384, Hs512, Jwk, JwkError, JwkSet};
use jwtick_core::token::{Algorithm, Claims, DecodeError, Jws, Verifier, VerifyError};
use jwtick_core::words::{self, Language, word};
use jwtick_core::{Policy, Scratch, Span, TimeBounds, UnixTime, Verdict};
use serde::{Deserialize, Serialize};

use crate::notation::civil;
use crate::output::safe;
use crate::page::dates;
use crate::page::json::{Seconds, portable};

/// Maximum size of the decoded segments in bytes.
const ROOM: usize = 96 * 1024;

/// A token, and how to judge it.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    token: String,
    /// The earliest and the latest instant that may be now, in milliseconds since 1970; without the
    /// second, now may be any time after the first.
    now_ms: (i64, Option<i64>),
    leeway_s: i64,
    language: String,
    key: Option<Key>,
}

/// A key that the user pasted.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Key {
    /// The bytes of an HMAC secret.
    Secret(Vec<u8>),
    /// A JWK.
    Jwk(String),
    /// A JWK Set.
    Set(String),
}

// A key is not shown, not even in a message for developers.
impl core::fmt::Debug for Key {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a key")
    }
}

/// The answer.
#[derive(Serialize)]
pub(super) struct Answer {
    /// Why it is no valid token.
    fault: Option<String>,
    header: Option<String>,
    claims: Vec<Claim>,
    notes: Vec<String>,
    findings: Vec<Found>,
    /// What its times allow.
    verdict: Option<&'static str>,
    signature: Option<Signature>,
}

#[derive(Serialize)]
struct Claim {
    name: String,
    value: String,
    at_s: Option<Seconds>,
    utc: Option<String>,
    relative: Option<String>,
}

#[derive(Serialize)]
struct Found {
    rule: String,
    verdict: &'static str,
    text: String,
}

/// The result of checking the signature.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Signature {
    /// `None` if the key cannot be used.
    valid: Option<bool>,
    text: String,
}

const fn code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accept => "accept",
        Verdict::Reject => "reject",
        Verdict::Undecided => "undecided",
    }
}

/// Reads and judges a token.
pub(super) fn answer(question: &Question) -> Answer {
    let language = Language::from_code(&question.language).unwrap_or(Language::English);
    let compact = question.token.trim().as_bytes();
    let mut scratch = Box::new(Scratch::<ROOM>::new());
    let none = |fault: DecodeError| Answer {
        fault: Some(words::decode_error(&fault, language).to_string()),
        header: None,
        claims: Vec::new(),
        notes: Vec::new(),
        findings: Vec::new(),
        verdict: None,
        signature: None,
    };
    let jws = match Jws::decode(compact, &mut scratch) {
        Ok(jws) => jws,
        Err(fault) => return none(fault),
    };
    let mut index = Scratch::<0>::new();
    let claims = match Claims::parse(jws.unverified_payload(), &mut index) {
        Ok(claims) => claims,
        Err(fault) => return none(DecodeError::Claims(fault)),
    };
    let utc = question.utc();
    let policy = Policy::RFC7519.any_audience().with_leeway(Span::from_secs(question.leeway_s));
    let findings = policy.findings_of_unverified(&claims, utc);
    Answer {
        fault: None,
        header: header(compact),
        claims: listed(&claims, utc, language),
        notes: dates::notes(&claims, language),
        findings: findings.iter().map(|it| Found::of(it, language)).collect(),
        verdict: Some(code(findings.iter().map(Finding::verdict).collect())),
        signature: question.key.as_ref().map(|key| checked(&jws, key, language)),
    }
}

impl Question {
    fn utc(&self) -> TimeBounds {
        let at = |ms: i64| UnixTime::from_micros(ms.saturating_mul(1_000));
        let (earliest, latest) = self.now_ms;
        let closed = latest.and_then(|latest| TimeBounds::between(at(earliest), at(latest)));
        closed.unwrap_or_else(|| TimeBounds::since(at(earliest)))
    }
}

impl Found {
    fn of(finding: &Finding, language: Language) -> Self {
        Self {
            rule: finding.rule().to_string(),
            verdict: code(finding.verdict()),
            text: words::finding(finding, language).to_string(),
        }
    }
}

/// The header as written.
fn header(compact: &[u8]) -> Option<String> {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let segment = compact.split(|&byte| byte == b'.').next()?;
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(segment).ok()?).ok()?;
    Some(safe::line(&portable(&text)))
}

fn listed(claims: &Claims<'_>, utc: TimeBounds, language: Language) -> Vec<Claim> {
    let width = (utc.latest() - utc.earliest()).as_micros();
    let now = utc.earliest() + Span::from_micros(width / 2);
    let claim = |(name, value): (jwtick_core::token::Text<'_>, jwtick_core::token::Json<'_>)| {
        let name = name.to_string();
        let at = dates::time_of(&name, value, claims);
        Claim {
            at_s: at.map(|at| Seconds(at - UnixTime::EPOCH)),
            utc: at.and_then(civil::utc),
            relative: at
                .filter(|_| !utc.is_open())
                .map(|at| words::relative(at - now, language).to_string()),
            value: safe::line(&portable(value.as_written())),
            name: safe::line(&name),
        }
    };
    claims.members().map(claim).collect()
}

/// Checks the signature with what the user pasted.
fn checked(jws: &Jws<'_>, key: &Key, language: Language) -> Signature {
    match key {
        Key::Secret(bytes) => by_secret(jws, bytes, language),
        Key::Jwk(text) => match Jwk::parse(text.as_bytes()) {
            Ok(jwk) => by_key(jws, &jwk, language),
            Err(error) => unusable(&error, language),
        },
        Key::Set(text) => match JwkSet::parse(text.as_bytes()) {
            Ok(set) => by_set(jws, &set, language),
            Err(error) => unusable(&error, language),
        },
    }
}

fn by_secret(jws: &Jws<'_>, secret: &[u8], language: Language) -> Signature {
    let weak =
        |error| Signature { valid: None, text: words::weak_key(&error, language).to_string() };
    match jws.header().alg {
        Algorithm::Hs384 => {
            Hs384::new(secret).map_or_else(weak, |key| by_verifier(jws, &key, language))
        }
        Algorithm::Hs512 => {
            Hs512::new(secret).map_or_else(weak, |key| by_verifier(jws, &key, language))
        }
        // A token of another algorithm gets the message that the key is one of HS256.
        _ => Hs256::new(secret).map_or_else(weak, |key| by_verifier(jws, &key, language)),
    }
}

fn by_key(jws: &Jws<'_>, jwk: &Jwk<'_>, language: Language) -> Signature {
    match jwk.verifier(jws.header().alg) {
        Ok(key) => by_verifier(jws, &key, language),
        Err(error) => unusable(&error, language),
    }
}

fn by_set(jws: &Jws<'_>, set: &JwkSet<'_>, language: Language) -> Signature {
    let results = set.candidates(jws.header()).map(|jwk| by_key(jws, &jwk, language));
    // The first that is valid, or else the reason of the first.
    let mut first = None;
    for result in results {
        if result.valid == Some(true) {
            return result;
        }
        first = first.or(Some(result));
    }
    first.unwrap_or_else(|| Signature { valid: None, text: no_key(language).to_owned() })
}

fn by_verifier(jws: &Jws<'_>, key: &impl Verifier, language: Language) -> Signature {
    match jws.clone().verify(key) {
        Ok(_) => Signature { valid: Some(true), text: matches(language).to_owned() },
        Err(error @ VerifyError::Signature(_)) => Signature {
            valid: Some(false),
            text: words::verify_error(&error, language).to_string(),
        },
        Err(error) => {
            Signature { valid: None, text: words::verify_error(&error, language).to_string() }
        }
    }
}

fn unusable(error: &JwkError, language: Language) -> Signature {
    Signature { valid: None, text: words::jwk_error(error, language).to_string() }
}

const fn matches(language: Language) -> &'static str {
    word!(language,
        en: "The signature matches the key.",
        de: "Die Signatur passt zum Schlüssel.",
        ko: "서명이 키와 일치합니다.",
    )
}

const fn no_key(language: Language) -> &'static str {
    word!(language,
        en: "No key of the set has the key ID and the algorithm of the token.",
        de: "Kein Schlüssel der Menge hat die Schlüssel-ID und den Algorithmus des Tokens.",
        ko: "토큰의 키 ID와 알고리즘에 맞는 키가 집합에 없습니다.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expires at 1488307191; the secret has 36 bytes.
    const TOKEN: &str =
        "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE0ODgzMDcxOTF9.RbwpqIM1m3pqhT2CHHEt7jSTcOUShM0vgab_SCzRgvM";
    const SECRET: &str = "a secret of at least thirty-two bytes";
    const OCT: &str = r#"{"kty":"oct","k":"YSBzZWNyZXQgb2YgYXQgbGVhc3QgdGhpcnR5LXR3byBieXRlcw"}"#;
    const EXP_MS: i64 = 1_488_307_191_000;

    fn asked(now_ms: (i64, Option<i64>), leeway_s: i64, key: Option<Key>) -> Answer {
        let token = format!(" {TOKEN}\n");
        answer(&Question { token, now_ms, leeway_s, language: "en".to_owned(), key })
    }

    #[test]
    fn verdict_follows_the_bounds_of_now() {
        type Row = (&'static str, (i64, Option<i64>), i64, &'static str);
        const ROWS: &[Row] = &[
            ("before", (EXP_MS - 1, Some(EXP_MS - 1)), 0, "accept"),
            ("now equals exp", (EXP_MS, Some(EXP_MS)), 0, "reject"),
            ("edge inside bounds", (EXP_MS - 5, Some(EXP_MS + 5)), 0, "undecided"),
            ("open bounds before", (0, None), 0, "undecided"),
            ("open bounds after", (EXP_MS, None), 0, "reject"),
            ("within leeway", (EXP_MS + 999, Some(EXP_MS + 999)), 1, "accept"),
            ("bounds in the wrong order count as open", (0, Some(-1)), 0, "undecided"),
        ];
        for &(name, now_ms, leeway, verdict) in ROWS {
            assert_eq!(asked(now_ms, leeway, None).verdict, Some(verdict), "{name}");
        }
    }

    #[test]
    fn signature_is_checked_with_each_kind_of_key() {
        let set = format!(r#"{{"keys":[{OCT}]}}"#);
        let rows = [
            ("secret", Key::Secret(SECRET.into()), Some(true)),
            ("another secret", Key::Secret(vec![7; 32]), Some(false)),
            ("short secret", Key::Secret(vec![7; 31]), None),
            ("JWK", Key::Jwk(OCT.to_owned()), Some(true)),
            ("key of another algorithm", Key::Jwk(OCT.replace("{", r#"{"alg":"HS512","#)), None),
            ("set", Key::Set(set), Some(true)),
            ("empty set", Key::Set(r#"{"keys":[]}"#.to_owned()), None),
            ("no JSON", Key::Jwk("{".to_owned()), None),
        ];
        for (name, key, valid) in rows {
            assert_eq!(format!("{key:?}"), "a key");
            let found = asked((0, Some(0)), 0, Some(key)).signature.unwrap();
            assert_eq!(found.valid, valid, "{name}: {}", found.text);
        }
    }

    #[test]
    fn malformed_token_has_a_reason_and_no_verdict() {
        for token in
            ["", "a.b", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOiIxIn0.AA"]
        {
            let question = Question {
                token: token.to_owned(),
                now_ms: (0, None),
                leeway_s: 0,
                language: "ko".to_owned(),
                key: None,
            };
            let answer = answer(&question);
            assert!(answer.fault.is_some() && answer.verdict.is_none(), "{token}");
        }
    }
}
