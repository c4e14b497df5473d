//! The answer of `verify`.

use core::fmt::{self, Write};

use jwtick_core::words::{self, Language, Said, sentence, word};
use jwtick_core::{TimeBounds, UnixTime};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::commands::refusal;
use crate::keys::{CertificateState, Described, Format, Validity, Weak};
use crate::notation::civil;
use crate::output::{Text, safe};
use crate::page::finding::{self, Accepted, ConditionJson, FindingJson};
use crate::page::json::{self, ErrorJson, Interval};
use crate::page::judging_time::{self, JudgingTimeJson};
use crate::page::setting::{SettingJson, StaleJson};
use crate::page::timeline;
use crate::page::which::{Which, WhichJson};
use crate::verification::{Basis, Outcome, Signature};

#[derive(Serialize)]
struct VerdictJson {
    token: WhichJson,
    verdict: String,
    signature: &'static str,
    key: Option<KeyJson>,
    stale_keys: Option<StaleJson>,
    error: Option<ErrorJson>,
    utc_s: Interval,
    clock: JudgingTimeJson,
    settings: Vec<SettingJson>,
    findings: Vec<FindingJson>,
    conditions: Vec<ConditionJson>,
    header: Option<Box<RawValue>>,
    claims: Option<Box<RawValue>>,
}

/// The key that was used.
#[derive(Serialize)]
struct KeyJson {
    kid: Option<String>,
    thumbprint: Option<String>,
    form: &'static str,
    weak_secret_bytes: Option<usize>,
    certificate: Option<CertificateJson>,
}

/// The validity of the certificate that the key came with.
#[derive(Serialize)]
struct CertificateJson {
    not_before: Option<String>,
    not_after: Option<String>,
    state: &'static str,
}

impl KeyJson {
    fn of(key: &Described, utc: TimeBounds) -> Self {
        let Described { kid, thumbprint, format, validity, weak, .. } = key;
        Self {
            kid: kid.clone(),
            thumbprint: thumbprint.clone(),
            form: format.code(),
            weak_secret_bytes: weak.map(|weak| weak.has),
            certificate: validity.map(|validity| CertificateJson::of(validity, utc)),
        }
    }
}

impl CertificateJson {
    fn of(validity: Validity, utc: TimeBounds) -> Self {
        Self {
            not_before: civil::rfc3339(validity.not_before),
            not_after: civil::rfc3339(validity.not_after),
            state: match validity.state(utc) {
                CertificateState::Valid => "valid",
                CertificateState::NotYetValid => "not_yet_valid",
                CertificateState::Expired => "expired",
                CertificateState::Undecided => "undecided",
            },
        }
    }
}

/// The answer as one line of JSON.
pub(crate) fn json(
    outcome: &Outcome<'_>,
    which: &Which<'_>,
    accepted: Accepted<'_>,
    utc: TimeBounds,
    basis: &Basis,
    settings: Vec<SettingJson>,
    stale_keys: Option<StaleJson>,
) -> String {
    let claims = outcome.claims.as_ref();
    json::line(&VerdictJson {
        token: which.json(),
        verdict: outcome.verdict().to_string(),
        signature: outcome.signature.code(),
        key: outcome.key.as_ref().map(|key| KeyJson::of(key, utc)),
        stale_keys,
        error: outcome.problem.as_ref().map(finding::problem),
        utc_s: json::utc(utc),
        clock: judging_time::json(basis, utc),
        settings,
        findings: claims.map_or_else(Vec::new, |claims| {
            let json = |found| FindingJson::of(found, claims).accepting(accepted, found, claims);
            outcome.findings().map(json).collect()
        }),
        conditions: outcome.conditions.iter().map(ConditionJson::of).collect(),
        header: outcome.header.and_then(|header| json::raw(header.as_written())),
        claims: claims.and_then(|claims| json::raw(claims.as_written())),
    })
}

/// The answer as text, verdict first.
pub(crate) fn text(
    outcome: &Outcome<'_>,
    accepted: Accepted<'_>,
    utc: TimeBounds,
    basis: &Basis,
    language: Language,
) -> Text {
    let verdict = outcome.verdict();
    let style = finding::style(verdict).bold();
    let mut text = Text::styled(style, words::verdict(verdict, language)) + "\n";
    if let Some(problem) = &outcome.problem {
        let reason = refusal::problem(problem, language);
        let _ = writeln!(text, "  {}: {reason}", finding::reason(language));
    }
    let signature = signature(outcome, language);
    let _ = writeln!(text, "  {}: {signature}", finding::signature(language));
    if let Some(key) = &outcome.key {
        text += &key_lines(key, utc, language);
    }
    for found in outcome.findings() {
        text += &finding::line(found, LONGEST_RULE, language);
        let values =
            outcome.claims.as_ref().and_then(|it| finding::values(accepted, found, it, language));
        if let Some(values) = values {
            let _ = writeln!(text, "  {:LONGEST_RULE$}  {values}", "");
        }
    }
    for checked in &outcome.conditions {
        text += &finding::condition(checked, LONGEST_RULE, language);
    }
    // If no date was judged, no clock was used.
    if outcome.findings.is_some() {
        text += &judging_time::lines(basis, utc, language);
    }
    let notes = outcome.claims.as_ref().map(|claims| finding::notes(claims, language));
    for note in notes.unwrap_or_default() {
        let _ = writeln!(text, "  {}: {note}", finding::note(language));
    }
    match outcome.claims.as_ref().and_then(|claims| timeline::picture(claims, utc, language)) {
        Some(picture) => text + "\n" + &picture + "\n",
        None => text,
    }
}

/// The key, and notes about it.
fn key_lines(key: &Described, utc: TimeBounds, language: Language) -> String {
    let mut text = format!("  {}: {}\n", key_label(language), described(key, language));
    let weak = key.weak.map(|weak| weak_secret(weak, language));
    let outside = key.validity.and_then(|it| outside(it, utc, language));
    for said in weak.into_iter().chain(outside) {
        let _ = writeln!(text, "  {}: {said}", finding::note(language));
    }
    text
}

/// Length of the longest rule name, `max_age`.
const LONGEST_RULE: usize = 7;

fn described(key: &Described, language: Language) -> String {
    let mut parts = vec![key_format(key.format, language).to_owned()];
    parts.extend(key.kid.as_deref().map(|kid| format!("kid `{}`", safe::line(kid))));
    parts.extend(key.thumbprint.as_deref().map(|print| thumbprint(print, language)));
    parts.join(", ")
}

fn signature(outcome: &Outcome<'_>, language: Language) -> String {
    let state = match outcome.signature {
        Signature::Valid => valid(language),
        Signature::Invalid => invalid(language),
        Signature::Unchecked => finding::unchecked(language),
    };
    outcome.header.map_or_else(|| state.to_owned(), |header| format!("{state} ({})", header.alg))
}

/// The format of a key.
pub(crate) const fn key_format(format: Format, language: Language) -> &'static str {
    match format {
        Format::Jwk => word!(language, en: "JWK", de: "JWK", ko: "JWK"),
        Format::JwkSet => {
            word!(language, en: "of the JWK Set", de: "aus dem JWK Set", ko: "JWK Set의 키")
        }
        Format::Spki => {
            word!(language, en: "public key (SPKI)", de: "öffentlicher Schlüssel (SPKI)", ko: "공개 키(SPKI)")
        }
        Format::Pkcs1 => word!(language, en: "PKCS#1", de: "PKCS#1", ko: "PKCS#1"),
        Format::Pkcs8 => {
            word!(language, en: "private key (PKCS#8)", de: "privater Schlüssel (PKCS#8)", ko: "개인 키(PKCS#8)")
        }
        Format::Sec1 => {
            word!(language, en: "private key (SEC 1)", de: "privater Schlüssel (SEC 1)", ko: "개인 키(SEC 1)")
        }
        Format::Certificate => {
            word!(language, en: "X.509 certificate", de: "X.509-Zertifikat", ko: "X.509 인증서")
        }
        Format::OpenSsh => {
            word!(language, en: "OpenSSH key", de: "OpenSSH-Schlüssel", ko: "OpenSSH 키")
        }
        Format::Secret => {
            word!(language, en: "HMAC secret", de: "HMAC-Geheimnis", ko: "HMAC 비밀 키")
        }
    }
}

pub(crate) const fn valid(language: Language) -> &'static str {
    word!(language,
        en: "valid",
        de: "gültig",
        ko: "유효",
    )
}

pub(crate) const fn invalid(language: Language) -> &'static str {
    word!(language,
        en: "invalid",
        de: "ungültig",
        ko: "유효하지 않음",
    )
}

pub(crate) const fn key_label(language: Language) -> &'static str {
    word!(language,
        en: "Key",
        de: "Schlüssel",
        ko: "키",
    )
}

/// Note that a private key was given.
pub(crate) const fn private_key(language: Language) -> &'static str {
    word!(language,
        en: "this is a private key; `verify` needs only its public half, which was extracted and used",
        de: "Dies ist ein privater Schlüssel; zum Prüfen genügt sein öffentlicher Teil, der daraus entnommen und benutzt wurde",
        ko: "개인 키입니다. 검증에는 공개 키만 필요하므로 그 안에 있는 공개 키를 사용했습니다",
    )
}

/// Note that the certificate of a key is outside its validity, or may be. The verdict does not depend on
/// it: a token may have been signed before, and the user trusts the key by naming its file.
fn outside(validity: Validity, utc: TimeBounds, language: Language) -> Option<String> {
    let shown = |at: UnixTime| civil::utc(at).unwrap_or_default();
    let (from, until) = (shown(validity.not_before), shown(validity.not_after));
    let state = validity.state(utc);
    let said = Said(move |f: &mut fmt::Formatter<'_>| match state {
        CertificateState::Valid => Ok(()),
        CertificateState::NotYetValid => sentence!(f, language,
            en: "the certificate of the key is not valid before {from}",
            de: "Das Zertifikat des Schlüssels gilt erst ab {from}",
            ko: "키의 인증서는 아직 유효하지 않습니다(유효 시작: {from})",
        ),
        CertificateState::Expired => sentence!(f, language,
            en: "the certificate of the key expired on {until}",
            de: "Das Zertifikat des Schlüssels ist am {until} abgelaufen",
            ko: "키의 인증서가 만료되었습니다(만료: {until})",
        ),
        CertificateState::Undecided => sentence!(f, language,
            en: "the certificate of the key is valid from {from} to {until}, which may be over or still to come",
            de: "Das Zertifikat des Schlüssels gilt von {from} bis {until}; das kann vorbei sein oder noch bevorstehen",
            ko: "키의 인증서 유효 기간({from}~{until})이 지났거나 아직 시작되지 않았을 수 있습니다",
        ),
    });
    (state != CertificateState::Valid).then(|| said.to_string())
}

/// Note that a secret is too short.
fn weak_secret(Weak { has, needs }: Weak, language: Language) -> String {
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "the secret has only {has} of at least {needs} bytes (RFC 7518 §3.2): anybody with a token can find it by trying, and make tokens with it",
            de: "Das Geheimnis hat nur {has} von mindestens {needs} Bytes (RFC 7518 §3.2): Mit einem Token lässt es sich durch Probieren finden, und damit lassen sich Tokens erzeugen",
            ko: "비밀 키가 {has}바이트로, 최소 {needs}바이트보다 짧습니다(RFC 7518 §3.2). 토큰만 있으면 비밀 키를 알아내어 토큰을 만들 수 있습니다",
        )
    })
    .to_string()
}

/// The thumbprint of a key (RFC 7638).
pub(crate) fn thumbprint(print: &str, language: Language) -> String {
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language, en: "thumbprint {print}", de: "Fingerabdruck {print}", ko: "지문 {print}")
    })
    .to_string()
}
