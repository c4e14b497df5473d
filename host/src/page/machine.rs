//! What a machine knows of its own clock, or why it knows nothing, in the language of the reader.

use jwtick_core::Span;
use jwtick_core::survey::RtcFault;
use jwtick_core::words::{self, Language};

use crate::source::os::note::SAVED;
use crate::source::os::{OsNote, Unknown};

/// Why the machine does not know how far its clock is off.
pub(crate) fn unknown(unknown: Unknown, language: Language) -> String {
    match language {
        Language::English => unknown.to_string(),
        Language::German => unknown_in_german(unknown),
        Language::Korean => unknown_in_korean(unknown),
    }
}

fn unknown_in_german(unknown: Unknown) -> String {
    match unknown {
        Unknown::Nobody => "Es läuft kein Zeitdienst, also bürgt niemand für diese Uhr".into(),
        Unknown::Hidden => {
            "Ob ein Zeitdienst läuft, ist nicht zu sehen: /proc zeigt keine fremden Prozesse".into()
        }
        Unknown::Tacit(daemon) => {
            format!("{} läuft, sagt aber nicht, wie falsch die Uhr gehen kann", daemon.name())
        }
        Unknown::Silent(daemon) => format!("{} läuft, antwortet aber nicht", daemon.name()),
        Unknown::Unreadable => "Der Bericht des Zeitdienstes ist unverständlich".into(),
        Unknown::Unsynchronised => "Der Zeitdienst hat diese Uhr noch nicht synchronisiert".into(),
        Unknown::Itself => "Der Zeitdienst hält diese Uhr selbst für die Referenz".into(),
        Unknown::Stale => "Der Zeitdienst hat zuletzt zu einer anderen Zeit synchronisiert, als \
                           diese Uhr zeigt"
            .into(),
    }
}

fn unknown_in_korean(unknown: Unknown) -> String {
    match unknown {
        Unknown::Nobody => "실행 중인 시간 서비스가 없어 이 시계를 보증하는 것이 없습니다".into(),
        Unknown::Hidden => "시간 서비스가 실행 중인지 알 수 없습니다. /proc에 다른 프로세스가 \
                            보이지 않습니다"
            .into(),
        Unknown::Tacit(daemon) => {
            format!("{} 실행 중이지만 가능한 오차를 알려 주지 않습니다", daemon.name())
        }
        Unknown::Silent(daemon) => format!("{} 실행 중이지만 응답하지 않습니다", daemon.name()),
        Unknown::Unreadable => "시간 서비스의 보고를 해석할 수 없습니다".into(),
        Unknown::Unsynchronised => "시간 서비스가 이 시계를 아직 동기화하지 않았습니다".into(),
        Unknown::Itself => "시간 서비스가 이 시계 자체를 기준으로 삼고 있습니다".into(),
        Unknown::Stale => {
            "시간 서비스의 마지막 동기화 시각이 이 시계가 가리키는 시각과 맞지 않습니다".into()
        }
    }
}

/// What the machine gives away of its clock.
pub(crate) fn note(note: OsNote, language: Language) -> String {
    match (note, language) {
        (_, Language::English) => note.to_string(),
        (OsNote::Slept(span), Language::German) => {
            let slept = words::duration(span, language);
            format!("Dieser Rechner hat seit seinem Start {slept} geschlafen")
        }
        (OsNote::Slept(span), Language::Korean) => {
            let slept = words::duration(span, language);
            format!("이 시스템은 시작한 후 절전 상태였던 시간이 있습니다: {slept}")
        }
        (OsNote::Rtc(fault), Language::German) => german(fault),
        (OsNote::Rtc(fault), Language::Korean) => korean(fault),
        (OsNote::BehindSaved(span), Language::German) => {
            let behind = words::duration(span, language);
            format!(
                "Diese Uhr geht {behind} nach gegenüber dem, was systemd-timesyncd in {SAVED} festhielt"
            )
        }
        (OsNote::BehindSaved(span), Language::Korean) => {
            let behind = words::duration(span, language);
            format!(
                "이 시계는 systemd-timesyncd가 {SAVED} 파일에 저장한 시각보다 {behind} 느립니다"
            )
        }
        (OsNote::Unsynchronized, Language::German) => {
            "Der Kernel hält diese Uhr für nicht synchronisiert (adjtimex)".to_owned()
        }
        (OsNote::Unsynchronized, Language::Korean) => {
            "커널은 이 시계를 동기화되지 않은 상태로 보고 있습니다(adjtimex)".to_owned()
        }
        (OsNote::RtcInLocalTime, Language::German) => {
            "Die Hardware-Uhr wird in Ortszeit geführt, nach einem Start kann die Uhr deshalb um \
             Stunden falsch gehen"
                .to_owned()
        }
        (OsNote::RtcInLocalTime, Language::Korean) => {
            "하드웨어 시계가 현지 시각으로 유지되므로 시작 후 시계가 몇 시간 틀릴 수 있습니다"
                .to_owned()
        }
    }
}

fn german(fault: RtcFault) -> String {
    let (RtcFault::Apart(span) | RtcFault::Zone(span)) = fault;
    let apart = words::duration(span.abs(), Language::German);
    let side = if span < Span::ZERO { "nach" } else { "vor" };
    let said = format!("Die Hardware-Uhr geht gegenüber der Uhr des Systems {apart} {side}");
    match fault {
        RtcFault::Apart(_) => said,
        RtcFault::Zone(_) => format!("{said}, als zeigte eine der beiden Ortszeit"),
    }
}

fn korean(fault: RtcFault) -> String {
    let (RtcFault::Apart(span) | RtcFault::Zone(span)) = fault;
    let apart = words::duration(span.abs(), Language::Korean);
    let side = if span < Span::ZERO { "느립니다" } else { "빠릅니다" };
    let said = format!("하드웨어 시계가 시스템 시계보다 {apart} {side}");
    match fault {
        RtcFault::Apart(_) => said,
        RtcFault::Zone(_) => format!("{said}. 둘 중 하나가 현지 시각을 가리키는 것으로 보입니다"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::daemon::Daemon;

    fn in_all(said: impl Fn(Language) -> String) {
        let [english, german, korean] =
            [Language::English, Language::German, Language::Korean].map(said);
        assert!(
            english.starts_with(char::is_lowercase) || english.contains("chronyd"),
            "{english}"
        );
        assert!(!german.is_empty() && german != english, "{english}");
        assert!(korean.chars().any(|c| ('가'..='힣').contains(&c)), "{english}: {korean}");
    }

    #[test]
    fn everything_is_said_in_every_language() {
        let reasons = [
            Unknown::Nobody,
            Unknown::Hidden,
            Unknown::Tacit(Daemon::Chrony),
            Unknown::Silent(Daemon::Chrony),
            Unknown::Unreadable,
            Unknown::Unsynchronised,
            Unknown::Itself,
            Unknown::Stale,
        ];
        let span = Span::from_secs(-3_600);
        let notes = [
            OsNote::Slept(-span),
            OsNote::Rtc(RtcFault::Apart(span)),
            OsNote::Rtc(RtcFault::Zone(-span)),
            OsNote::RtcInLocalTime,
            OsNote::Unsynchronized,
            OsNote::BehindSaved(-span),
        ];
        reasons.into_iter().for_each(|reason| in_all(|language| unknown(reason, language)));
        notes.into_iter().for_each(|it| in_all(|language| note(it, language)));
    }
}
