//! Sentences of the report of a connection test.

use core::fmt;

use jwtick_core::survey::CorrectionRefusal;
use jwtick_core::words::{self, sentence, word};
use jwtick_core::words::{Language, Said, correction_refusal};

use crate::notation::duration;
use crate::output::safe;
use crate::probe::{Outcome, Part, Runs, Shown};

/// The outcome of one run.
pub(super) const fn outcome(outcome: Outcome, language: Language) -> &'static str {
    match outcome {
        Outcome::Connected => {
            word!(language, en: "The connection works.", de: "Die Verbindung funktioniert.", ko: "연결이 정상적으로 작동합니다.")
        }
        Outcome::Refused => {
            word!(language, en: "The connection is refused.", de: "Die Verbindung wird abgelehnt.", ko: "연결이 거부되었습니다.")
        }
        Outcome::Unreachable => {
            word!(language, en: "The connection could not be established.", de: "Die Verbindung konnte nicht hergestellt werden.", ko: "연결할 수 없습니다.")
        }
    }
}

/// The outcome of many runs.
pub(super) const fn outcome_of(runs: Runs, language: Language) -> &'static str {
    if runs.is_intermittent() {
        return word!(language, en: "The connection is refused intermittently.", de: "Die Verbindung wird manchmal abgelehnt.", ko: "연결이 간헐적으로 거부됩니다.");
    }
    outcome(runs.outcome(), language)
}

/// The number of runs with each outcome.
pub(super) fn runs(runs: Runs, language: Language) -> String {
    let Runs { asked, connected, refused, unreachable } = runs;
    let done = runs.done();
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{done} of {asked} runs completed: {connected} connected, {refused} refused, {unreachable} without a usable answer.",
            de: "{done} von {asked} Durchläufen ausgeführt: {connected} verbunden, {refused} abgelehnt, {unreachable} ohne brauchbare Antwort.",
            ko: "{asked}회 중 {done}회 실행: 연결 {connected}회, 거부 {refused}회, 유효한 응답 없음 {unreachable}회.",
        )
    })
    .to_string()
}

/// The outcome of the run that used the server's time.
pub(super) const fn corrected(outcome: Outcome, language: Language) -> &'static str {
    match outcome {
        Outcome::Connected => {
            word!(language, en: "With the server's time, the same connection works: only the time was wrong.", de: "Nach der Uhr des Servers funktioniert dieselbe Verbindung: Nur die Zeit war falsch.", ko: "서버의 시간을 사용하면 같은 연결이 작동합니다. 시간만 잘못되어 있었습니다.")
        }
        Outcome::Refused => {
            word!(language, en: "With the server's time, it is refused as well: the clock is not the cause.", de: "Nach der Uhr des Servers wird sie ebenso abgelehnt: Die Uhr ist nicht der Grund.", ko: "서버의 시간을 사용해도 거부됩니다. 시계는 원인이 아닙니다.")
        }
        Outcome::Unreachable => {
            word!(language, en: "With the server's time, there was no usable answer.", de: "Nach der Uhr des Servers kam keine brauchbare Antwort.", ko: "서버의 시간을 사용한 시도에서는 유효한 응답을 받지 못했습니다.")
        }
    }
}

/// The reason why the server's time was not used.
pub(super) fn not_corrected(refusal: &CorrectionRefusal, language: Language) -> String {
    let refusal = correction_refusal(refusal, language);
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "The test was not repeated with the server's time: {refusal}.",
            de: "Der Test wurde nicht nach der Uhr des Servers wiederholt. {refusal}.",
            ko: "서버의 시간으로 다시 시도하지 않았습니다. {refusal}.",
        )
    })
    .to_string()
}

/// Advice when no answer could be used.
pub(super) const fn unanswered(language: Language) -> &'static str {
    word!(language,
        en: "No usable answer, so no clock was judged: check the address, the network, the proxy and the certificates.",
        de: "Ohne brauchbare Antwort wird keine Uhr beurteilt: Prüfen Sie Adresse, Netz, Proxy und Zertifikate.",
        ko: "유효한 응답이 없어 시계를 판단할 수 없습니다. 주소, 네트워크, 프록시, 인증서를 확인하십시오.",
    )
}

/// Label of the offset measured by NTP.
pub(super) const fn third_clock(language: Language) -> &'static str {
    word!(language,
        en: "This clock, by NTP",
        de: "Diese Uhr, laut NTP",
        ko: "NTP 기준 이 시계",
    )
}

/// The number of requests that only measured the clock of the token endpoint.
pub(super) fn time_requests(count: usize, language: Language) -> String {
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "Requests for the time of the token endpoint: {count}",
            de: "Anfragen nach der Zeit des Token-Endpunkts: {count}",
            ko: "토큰 엔드포인트에 시각을 물은 요청: {count}회",
        )
    })
    .to_string()
}

/// The warning about a request that others can read.
pub(super) fn exposed(url: &str, language: Language) -> String {
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "secrets are sent to {url} over plain http, so everyone on the way can read them",
            de: "Geheimnisse gehen unverschlüsselt über http an {url}, sodass jeder auf dem Weg sie lesen kann",
            ko: "비밀 정보가 암호화되지 않은 http로 {url} 주소에 전송되므로 중간의 누구나 읽을 수 있습니다",
        )
    })
    .to_string()
}

/// Label of the error of the first failed run.
pub(super) const fn first_failure(language: Language) -> &'static str {
    word!(language,
        en: "The first failure",
        de: "Der erste Fehler",
        ko: "첫 번째 실패",
    )
}

/// Label of the offset measured at the token endpoint.
pub(super) const fn server_clock(language: Language) -> &'static str {
    word!(language,
        en: "This clock, by the token endpoint",
        de: "Diese Uhr, laut Token-Endpunkt",
        ko: "토큰 엔드포인트 기준 이 시계",
    )
}

/// The parts of a connection that a log shows, each with its line, and those that it lacks.
pub(in crate::commands::probe) fn from_log(
    name: &str,
    shown: &[Shown],
    missing: &[Part],
    language: Language,
) -> String {
    let line = word!(language, en: "line", de: "Zeile", ko: "행");
    let title = word!(language, en: "taken from the log", de: "aus dem Log übernommen", ko: "로그에서 가져온 값");
    let mut text = format!("{}, {title}:", safe::line(name));
    for Shown { part, value, line: number } in shown {
        let length = duration::length(value).ok().filter(|_| *part == Part::Lifetime);
        let value = length.map_or_else(
            || safe::line(value),
            |length| words::duration(length, language).to_string(),
        );
        let part = of_part(*part, language);
        text += &match language {
            Language::Korean => format!("\n  {part}: {value} ({number}{line})"),
            Language::English | Language::German => {
                format!("\n  {part}: {value} ({line} {number})")
            }
        };
    }
    if !missing.is_empty() {
        let parts: Vec<&str> = missing.iter().map(|&part| of_part(part, language)).collect();
        let lacks = word!(language, en: "not in the log", de: "nicht im Log", ko: "로그에 없는 값");
        text += &format!("\n  {lacks}: {}", parts.join(", "));
    }
    text
}

const fn of_part(part: Part, language: Language) -> &'static str {
    match part {
        Part::TokenUrl => {
            word!(language, en: "token endpoint", de: "Token-Endpunkt", ko: "토큰 엔드포인트")
        }
        Part::ClientId => word!(language, en: "client ID", de: "Client-ID", ko: "클라이언트 ID"),
        Part::Scope => "scope",
        Part::Issuer => word!(language, en: "issuer", de: "Aussteller", ko: "발급자"),
        Part::Subject => "sub",
        Part::Audience => word!(language, en: "audience", de: "Empfänger (aud)", ko: "대상(aud)"),
        Part::Lifetime => word!(language, en: "lifetime", de: "Lebensdauer", ko: "수명"),
        Part::Algorithm => word!(language, en: "algorithm", de: "Algorithmus", ko: "알고리즘"),
        Part::KeyId => {
            word!(language, en: "key ID (kid)", de: "Schlüssel-ID (kid)", ko: "키 ID(kid)")
        }
        Part::Claims => {
            word!(language, en: "further claims", de: "weitere Claims", ko: "그 밖의 클레임")
        }
    }
}
