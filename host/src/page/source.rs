//! Errors, notes and limits of a source, in the language of the reader.

use jwtick_core::wire::Leap;
use jwtick_core::words::{self, Language};
use jwtick_core::words::{sentence, sentences, word};

use super::{http_date, machine, over_http};
use crate::source::anchor::Lost;
use crate::source::http_date::HttpNote;
use crate::source::{Bound, Note, NtpFault, NtpNote, SameHost, SourceError, Tie};

/// The reason why a source proved nothing.
pub(crate) fn error(error: &SourceError, language: Language) -> String {
    error_words(error, language).to_string()
}

sentences! {
    fn error_words(error: &SourceError, language, f) {
        SourceError::Resolve { host, source } => [
            en: "{error}",
            de: "{host} wurde nicht gefunden: {source}",
            ko: "{host}: 주소를 찾을 수 없습니다: {source}",
        ]
        SourceError::Network(source) => { write!(f, "{source}") }
        SourceError::Timeout { after } => {
            let after = words::duration(*after, language);
            sentence!(f, language,
                en: "{error}",
                de: "Keine Antwort innerhalb von {after}",
                ko: "{after} 안에 응답이 없습니다",
            )
        }
        SourceError::Unknown(unknown) => { f.write_str(&machine::unknown(*unknown, language)) }
        SourceError::Http(error) => { write!(f, "{}", over_http::http(error, language)) }
        SourceError::Date(error) => { write!(f, "{}", http_date::date(error, language)) }
        SourceError::Ntp(fault) => { f.write_str(&ntp_fault(*fault, language)) }
    }
}

/// A note on an answer.
pub(crate) fn note(note: &Note, language: Language) -> String {
    match note {
        Note::Os(note) => machine::note(*note, language),
        Note::Http(note) => http_note(note, language),
        Note::Ntp(note) => ntp_note(*note, language),
        Note::SameHost(note) => same_host(note, language).to_string(),
    }
}

/// The limit of the ends of an interval, for a cell of a table.
pub(crate) fn bound(bound: Bound, language: Language) -> &'static str {
    match bound {
        Bound::RoundTrip => word!(language,
            en: "round trip, root distance", de: "Umlaufzeit, Root-Distanz", ko: "왕복 지연, 루트 거리"),
        Bound::DateSecond => {
            word!(language, en: "round trip, Date", de: "Umlaufzeit, Date", ko: "왕복 지연, Date")
        }
        Bound::Daemon(name) => name,
    }
}

/// The limit of the ends of an interval, for JSON.
pub(crate) const fn bound_code(bound: Bound) -> &'static str {
    match bound {
        Bound::RoundTrip => "round-trip",
        Bound::DateSecond => "date-second",
        Bound::Daemon(name) => name,
    }
}

/// Notes on an answer over HTTP.
pub(crate) fn http_note(note: &HttpNote, language: Language) -> String {
    http_date::note(note, language).to_string()
}

/// The reason why the bounds were dropped. If a clock cannot be read, the message is the operating
/// system's own.
pub(crate) fn lost(lost: &Lost, language: Language) -> String {
    lost_words(lost, language).to_string()
}

/// The reason why an NTP server proved nothing.
pub(crate) fn ntp_fault(fault: NtpFault, language: Language) -> String {
    ntp_fault_words(fault, language).to_string()
}

/// A note on the answer of an NTP server.
pub(crate) fn ntp_note(note: NtpNote, language: Language) -> String {
    ntp_note_words(note, language).to_string()
}

sentences! {
    fn same_host(note: &SameHost, language, f) {
        SameHost { name, by: Tie::Address(address), torn: false } => [
            en: "{note}",
            de: "derselbe Host wie {name} ({address}); beide zählen als eine Quelle",
            ko: "{name} 소스와 같은 호스트({address})이므로 둘을 하나의 소스로 셉니다",
        ]
        SameHost { name, by: Tie::Name, torn: false } => [
            en: "{note}",
            de: "dem Namen nach derselbe Host wie {name}; beide zählen als eine Quelle",
            ko: "이름으로 볼 때 {name} 소스와 같은 호스트이므로 둘을 하나의 소스로 셉니다",
        ]
        SameHost { name, by: Tie::Address(address), torn: true } => [
            en: "{note}",
            de: "derselbe Host wie {name} ({address}), doch die Antworten widersprechen einander; keine von beiden zählt",
            ko: "{name} 소스와 같은 호스트({address})이지만 답이 서로 모순되므로 어느 쪽도 세지 않습니다",
        ]
        SameHost { name, by: Tie::Name, torn: true } => [
            en: "{note}",
            de: "dem Namen nach derselbe Host wie {name}, doch die Antworten widersprechen einander; keine von beiden zählt",
            ko: "이름으로 볼 때 {name} 소스와 같은 호스트이지만 답이 서로 모순되므로 어느 쪽도 세지 않습니다",
        ]
        SameHost { name, by: Tie::Followed(address), torn: false } => [
            en: "{note}",
            de: "beruht auf demselben Server wie {name} ({address}); beide zählen als eine Quelle",
            ko: "{name} 소스와 같은 서버({address})에 의존하므로 둘을 하나의 소스로 셉니다",
        ]
        SameHost { name, by: Tie::Followed(address), torn: true } => [
            en: "{note}",
            de: "beruht auf demselben Server wie {name} ({address}), doch die Antworten widersprechen einander; keine von beiden zählt",
            ko: "{name} 소스와 같은 서버({address})에 의존하지만 답이 서로 모순되므로 어느 쪽도 세지 않습니다",
        ]
    }

    fn lost_words(lost: &Lost, language, f) {
        Lost::Suspended { at_least } => {
            let slept = words::duration(*at_least, language);
            sentence!(f, language,
                en: "{lost}",
                de: "Der Rechner sollte nach der Messung seiner Uhr wach bleiben, war aber {slept} im Ruhezustand: Messen Sie die Uhr noch einmal",
                ko: "시계를 측정한 뒤에는 시스템이 깨어 있어야 하지만 {slept} 동안 절전 상태였습니다. 시계를 다시 측정하십시오",
            )
        }
        _ => { write!(f, "{lost}") }
    }

    fn ntp_fault_words(fault: NtpFault, language, f) {
        NtpFault::Refused(refusal) => { write!(f, "{}", words::sntp_refusal(&refusal, language)) }
        NtpFault::Contradiction(fault) => {
            write!(f, "{}", words::sntp_contradiction(fault, language))
        }
        NtpFault::Random => [
            en: "{fault}",
            de: "Das System liefert keine Zufallszahlen, ohne die eine Antwort nicht von einer gefälschten zu unterscheiden ist",
            ko: "시스템이 난수를 제공하지 않아 응답의 위조 여부를 구별할 수 없습니다",
        ]
    }

    fn ntp_note_words(note: NtpNote, language, f) {
        NtpNote::Leap(Leap::Delete) => [
            en: "{note}",
            de: "der Server kündigt an, dass die letzte Minute des Monats 59 Sekunden hat",
            ko: "서버가 이번 달의 마지막 1분이 59초라고 예고했습니다",
        ]
        NtpNote::Leap(_) => [
            en: "{note}",
            de: "der Server kündigt an, dass die letzte Minute des Monats 61 Sekunden hat; an ihrem Ende können Uhren um eine Sekunde voneinander abweichen",
            ko: "서버가 이번 달의 마지막 1분이 61초라고 예고했습니다. 그 끝에는 시계끼리 1초 차이가 날 수 있습니다",
        ]
        NtpNote::OwnClock { stratum } => [
            en: "{note}",
            de: "der Server folgt nur seiner eigenen Uhr (Stratum {stratum}), die mit keiner UTC-Quelle verglichen wird",
            ko: "서버가 자신의 시계만 따르며(stratum {stratum}), 이 시계를 UTC와 비교하지 않습니다",
        ]
        NtpNote::TurnedAway(code) => [
            en: "{note}",
            de: "der Server hat nach einigen Antworten {code} gesendet und wurde nicht mehr gefragt",
            ko: "서버가 몇 번 응답한 뒤 {code} 코드를 보내 더 이상 조회하지 않았습니다",
        ]
    }
}
