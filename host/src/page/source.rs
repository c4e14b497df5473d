//! What a source said, or why it said nothing, in the language of the reader.

use jwtick_core::Leap;
use jwtick_core::render::{self, Language};

use super::{german, korean, machine};
use crate::language::Words;
use crate::source::anchor::Lost;
use crate::source::http_date::HttpNote;
use crate::source::{Bound, Note, NtpFault, NtpNote, SourceError};

/// Why a source proved nothing.
pub(crate) fn error(error: &SourceError, language: Language) -> String {
    match language {
        Language::English => error.to_string(),
        Language::German => german(error),
        Language::Korean => korean(error),
    }
}

fn german(error: &SourceError) -> String {
    match error {
        SourceError::Resolve { host, source } => format!("{host} ist nicht zu finden: {source}"),
        SourceError::Network(source) => source.to_string(),
        SourceError::Timeout { after } => {
            format!("keine Antwort innerhalb von {}", render::duration(*after, Language::German))
        }
        SourceError::Unknown(unknown) => machine::unknown(*unknown, Language::German),
        SourceError::Http(error) => german::http(error),
        SourceError::Date(error) => german::date(error),
        SourceError::Ntp(fault) => ntp_fault(*fault, Language::German),
    }
}

fn korean(error: &SourceError) -> String {
    match error {
        SourceError::Resolve { host, source } => format!("{host}: 주소를 찾을 수 없음: {source}"),
        SourceError::Network(source) => source.to_string(),
        SourceError::Timeout { after } => {
            format!("{} 안에 응답 없음", render::duration(*after, Language::Korean))
        }
        SourceError::Unknown(unknown) => machine::unknown(*unknown, Language::Korean),
        SourceError::Http(error) => korean::http(error),
        SourceError::Date(error) => korean::date(error),
        SourceError::Ntp(fault) => ntp_fault(*fault, Language::Korean),
    }
}

/// What was met on the way.
pub(crate) fn note(note: &Note, language: Language) -> String {
    match note {
        Note::Os(note) => machine::note(*note, language),
        Note::Http(note) => http_note(note, language),
        Note::Ntp(note) => ntp_note(*note, language),
    }
}

/// Where the ends of an interval come from, for a cell of a table.
pub(crate) fn bound(bound: Bound, language: Language) -> &'static str {
    match bound {
        Bound::RoundTrip => ROUND_TRIP.said_in(language),
        Bound::DateSecond => DATE_SECOND.said_in(language),
        Bound::Daemon(name) => name,
    }
}

const ROUND_TRIP: Words =
    Words { en: "round trip, root", de: "Umlauf, Wurzel", ko: "왕복, 루트" };
const DATE_SECOND: Words = Words { en: "round trip, Date", de: "Umlauf, Date", ko: "왕복, Date" };

/// The same for JSON.
pub(crate) const fn bound_code(bound: Bound) -> &'static str {
    match bound {
        Bound::RoundTrip => "round-trip",
        Bound::DateSecond => "date-second",
        Bound::Daemon(name) => name,
    }
}

/// What was met on the way.
pub(crate) fn http_note(note: &HttpNote, language: Language) -> String {
    match language {
        Language::English => note.to_string(),
        Language::German => german::note(note),
        Language::Korean => korean::note(note),
    }
}

/// Why the bounds were dropped. A clock that tells nothing is a fault of the system, and is named
/// in the words of the system.
pub(crate) fn lost(lost: &Lost, language: Language) -> String {
    let Lost::Suspended { at_least } = lost else {
        return lost.to_string();
    };
    let slept = render::duration(*at_least, language);
    match language {
        Language::English => lost.to_string(),
        Language::German => format!(
            "Der Rechner hat seit der Messung seiner Uhr {slept} geschlafen, messen Sie noch einmal"
        ),
        Language::Korean => {
            format!("시계를 측정한 후 시스템이 절전 상태였습니다({slept}). 다시 측정하십시오")
        }
    }
}

/// Why a server proved nothing.
pub(crate) fn ntp_fault(fault: NtpFault, language: Language) -> String {
    match fault {
        NtpFault::Refused(refusal) => render::sntp_refusal(&refusal, language).to_string(),
        NtpFault::Contradiction(fault) => render::sntp_contradiction(fault, language).to_string(),
        NtpFault::Random if language == Language::English => fault.to_string(),
        NtpFault::Random => RANDOM.said_in(language).to_owned(),
    }
}

/// What it said beside the time.
pub(crate) fn ntp_note(note: NtpNote, language: Language) -> String {
    match (note, language) {
        (_, Language::English) => note.to_string(),
        (NtpNote::Leap(Leap::Delete), _) => SHORT_MINUTE.said_in(language).to_owned(),
        (NtpNote::Leap(_), _) => LONG_MINUTE.said_in(language).to_owned(),
        (NtpNote::OwnClock { stratum }, Language::German) => format!(
            "der Server geht nach seiner eigenen Uhr (Stratum {stratum}), die niemand mit UTC \
             vergleicht"
        ),
        (NtpNote::OwnClock { stratum }, Language::Korean) => format!(
            "서버가 자신의 시계만 따릅니다(stratum {stratum}). 이 시계를 UTC와 비교하는 것이 없습니다"
        ),
        (NtpNote::TurnedAway(code), Language::German) => {
            format!(
                "der Server hat nach einigen Antworten {code} gesendet und wurde nicht mehr gefragt"
            )
        }
        (NtpNote::TurnedAway(code), Language::Korean) => {
            format!("서버가 몇 번 응답한 뒤 {code} 코드를 보내 더 이상 문의하지 않았습니다")
        }
    }
}

const RANDOM: Words = Words {
    en: "the system gives no random bytes to ask a server with",
    de: "Das System liefert keine Zufallszahlen, ohne die keine Antwort von einer gefälschten zu unterscheiden ist",
    ko: "시스템이 난수를 제공하지 않아 응답의 위조 여부를 구별할 수 없습니다",
};
const SHORT_MINUTE: Words = Words {
    en: "the server announces that the last minute of the month has 59 seconds",
    de: "der Server kündigt an, dass die letzte Minute des Monats 59 Sekunden hat",
    ko: "서버가 이번 달의 마지막 1분이 59초라고 예고했습니다",
};
const LONG_MINUTE: Words = Words {
    en: "the server announces that the last minute of the month has 61 seconds",
    de: "der Server kündigt an, dass die letzte Minute des Monats 61 Sekunden hat, an ihrem Ende können Uhren um eine Sekunde auseinandergehen",
    ko: "서버가 이번 달의 마지막 1분이 61초라고 예고했습니다. 그 끝에는 시계끼리 1초 차이가 날 수 있습니다",
};
