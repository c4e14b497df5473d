//! What an NTP server has to say beside, or instead of, the time, in the language of the reader.

use jwtick_core::Leap;
use jwtick_core::render::{self, Language};

use crate::language::Words;
use crate::source::{NtpFault, NtpNote};

/// Why a server proved nothing.
pub(crate) fn fault(fault: NtpFault, language: Language) -> String {
    match fault {
        NtpFault::Refused(refusal) => render::sntp_refusal(&refusal, language).to_string(),
        NtpFault::Contradiction(fault) => render::sntp_contradiction(fault, language).to_string(),
        NtpFault::Random if language == Language::English => fault.to_string(),
        NtpFault::Random => RANDOM.said_in(language).to_owned(),
    }
}

/// What it said beside the time.
pub(crate) fn note(note: NtpNote, language: Language) -> String {
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
