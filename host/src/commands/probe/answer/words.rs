//! The words of a test of a connection.

use jwtick_core::words::Language;

use crate::language::Words;
use crate::probe::{Outcome, Runs};

/// How the connection does.
pub(super) const fn outcome(outcome: Outcome) -> Words {
    match outcome {
        Outcome::Connected => Words {
            en: "The connection works.",
            de: "Die Verbindung funktioniert.",
            ko: "연결이 정상적으로 작동합니다.",
        },
        Outcome::Refused => Words {
            en: "The connection is refused.",
            de: "Die Verbindung wird abgelehnt.",
            ko: "연결이 거부되었습니다.",
        },
        Outcome::Unreachable => Words {
            en: "The connection does not come about.",
            de: "Die Verbindung kommt nicht zustande.",
            ko: "연결할 수 없습니다.",
        },
    }
}

/// How it does over many runs.
pub(super) const fn outcome_of(runs: Runs) -> Words {
    if runs.is_intermittent() {
        return Words {
            en: "The connection is refused now and then.",
            de: "Die Verbindung wird manchmal abgelehnt.",
            ko: "연결이 간헐적으로 거부됩니다.",
        };
    }
    outcome(runs.outcome())
}

/// How many runs ended in which way.
pub(super) fn runs(runs: Runs, language: Language) -> String {
    let Runs { asked, connected, refused, unreachable } = runs;
    let done = runs.done();
    match language {
        Language::English => format!(
            "{done} of {asked} runs made: {connected} connected, {refused} refused, {unreachable} \
             without a usable answer."
        ),
        Language::German => format!(
            "{done} von {asked} Durchläufen gemacht: {connected} verbunden, {refused} abgelehnt, \
             {unreachable} ohne brauchbare Antwort."
        ),
        Language::Korean => format!(
            "{asked}회 중 {done}회 실행: 연결 {connected}회, 거부 {refused}회, 유효한 응답 없음 \
             {unreachable}회."
        ),
    }
}

/// How it does by the time of the server.
pub(super) const fn corrected(outcome: Outcome) -> Words {
    match outcome {
        Outcome::Connected => Words {
            en: "By the server's time the same connection works: time was all that was wrong.",
            de: "Nach der Uhr des Servers funktioniert dieselbe Verbindung: Nur die Zeit war falsch.",
            ko: "서버의 시간을 사용하면 같은 연결이 작동합니다. 시간만 잘못되어 있었습니다.",
        },
        Outcome::Refused => Words {
            en: "By the server's time it is refused as well: the clock is not the reason.",
            de: "Nach der Uhr des Servers wird sie ebenso abgelehnt: Die Uhr ist nicht der Grund.",
            ko: "서버의 시간을 사용해도 거부됩니다. 시계는 원인이 아닙니다.",
        },
        Outcome::Unreachable => Words {
            en: "By the server's time there was no usable answer.",
            de: "Nach der Uhr des Servers kam keine brauchbare Antwort.",
            ko: "서버의 시간을 사용한 시도에서는 유효한 응답을 받지 못했습니다.",
        },
    }
}

/// What to do where nothing was judged.
pub(super) const UNANSWERED: Words = Words {
    en: "Without a usable answer no clock is judged: check the address, the network, the proxy and the certificates.",
    de: "Ohne brauchbare Antwort wird keine Uhr beurteilt: Adresse, Netz, Proxy und Zertifikate prüfen.",
    ko: "유효한 응답이 없어 시계를 판단할 수 없습니다. 주소, 네트워크, 프록시, 인증서를 확인하세요.",
};

/// Before the offset of UTC.
pub(super) const THIRD_CLOCK: Words =
    Words {
        en: "The clock here, by NTP", de: "Die Uhr hier, nach NTP", ko: "NTP 기준 이 시계"
    };

/// Before why the first run failed that did.
pub(super) const FIRST_FAILURE: Words =
    Words { en: "The first failure", de: "Der erste Fehler", ko: "첫 번째 실패" };

/// Before the offset of the token endpoint.
pub(super) const SERVER_CLOCK: Words = Words {
    en: "The clock here, by the token endpoint",
    de: "Die Uhr hier, nach dem Token-Endpunkt",
    ko: "토큰 엔드포인트 기준 이 시계",
};
