//! This host's information about its own clock, in the language of the reader.

use core::fmt;

use jwtick_core::Span;
use jwtick_core::survey::RtcFault;
use jwtick_core::words::{self, Language, Said};
use jwtick_core::words::{sentence, sentences, word};

use crate::notation::zone::LocalZone;
use crate::source::daemon::Place;
use crate::source::os::note::{SAVED, SHORTEST};
use crate::source::os::{Facts, HardwareClock, Keeps, Kernel, OsNote, Unknown};

/// The reason why the accuracy of this clock is unknown.
pub(crate) fn unknown(unknown: Unknown, language: Language) -> String {
    unknown_words(unknown, language).to_string()
}

/// A note of the operating system on its clock.
pub(crate) fn note(note: OsNote, language: Language) -> String {
    note_words(note, language).to_string()
}

sentences! {
    fn unknown_words(unknown: Unknown, language, f) {
        Unknown::Nobody => [
            en: "{unknown}",
            de: "Es läuft kein Zeitdienst, daher ist die Genauigkeit dieser Uhr unbekannt",
            ko: "실행 중인 시간 서비스가 없어 이 시계의 정확도를 알 수 없습니다",
        ]
        Unknown::Hidden => [
            en: "{unknown}",
            de: "Ob ein Zeitdienst läuft, ist nicht zu sehen: /proc zeigt keine fremden Prozesse",
            ko: "시간 서비스가 실행 중인지 알 수 없습니다. /proc에 다른 프로세스가 보이지 않습니다",
        ]
        Unknown::Tacit(daemon) => {
            let name = daemon.name();
            sentence!(f, language,
                en: "{unknown}",
                de: "{name} läuft, sagt aber nicht, wie falsch die Uhr gehen kann",
                ko: "{name} 실행 중이지만 가능한 오차를 알려 주지 않습니다",
            )
        }
        Unknown::Silent(daemon) => {
            let name = daemon.name();
            sentence!(f, language,
                en: "{unknown}",
                de: "{name} läuft, antwortet aber nicht",
                ko: "{name} 실행 중이지만 응답하지 않습니다",
            )
        }
        Unknown::Unreadable => [
            en: "{unknown}",
            de: "Der Bericht des Zeitdienstes ist unverständlich",
            ko: "시간 서비스의 보고를 해석할 수 없습니다",
        ]
        Unknown::Unsynchronised => [
            en: "{unknown}",
            de: "Der Zeitdienst hat diese Uhr noch nicht synchronisiert",
            ko: "시간 서비스가 이 시계를 아직 동기화하지 않았습니다",
        ]
        Unknown::Itself => [
            en: "{unknown}",
            de: "Der Zeitdienst hält diese Uhr selbst für die Referenz",
            ko: "시간 서비스가 이 시계 자체를 기준으로 삼고 있습니다",
        ]
        Unknown::Stale => [
            en: "{unknown}",
            de: "Der Zeitdienst hat zuletzt zu einer anderen Zeit synchronisiert, als diese Uhr zeigt",
            ko: "시간 서비스의 마지막 동기화 시각이 이 시계가 가리키는 시각과 맞지 않습니다",
        ]
    }

    fn note_words(note: OsNote, language, f) {
        OsNote::Slept(span) => {
            let slept = words::duration(span, language);
            sentence!(f, language,
                en: "{note}",
                de: "Dieser Rechner hat seit seinem Start {slept} geschlafen",
                ko: "이 시스템은 시작한 후 절전 상태였던 시간이 있습니다: {slept}",
            )
        }
        OsNote::Rtc(RtcFault::Apart(span)) => {
            let (apart, side) = (words::duration(span.abs(), language), side(span, language));
            sentence!(f, language,
                en: "{note}",
                de: "Die Hardware-Uhr geht gegenüber der Uhr des Systems {apart} {side}",
                ko: "하드웨어 시계가 시스템 시계보다 {apart} {side}",
            )
        }
        OsNote::Rtc(RtcFault::Zone(span)) => {
            let (apart, side) = (words::duration(span.abs(), language), side(span, language));
            sentence!(f, language,
                en: "{note}",
                de: "Die Hardware-Uhr geht gegenüber der Uhr des Systems {apart} {side}, als zeigte eine der beiden Ortszeit",
                ko: "하드웨어 시계가 시스템 시계보다 {apart} {side}. 둘 중 하나가 현지 시각을 가리키는 것으로 보입니다",
            )
        }
        OsNote::BehindSaved(span) => {
            let behind = words::duration(span, language);
            sentence!(f, language,
                en: "{note}",
                de: "Diese Uhr geht {behind} nach gegenüber dem, was systemd-timesyncd in {SAVED} festhielt",
                ko: "이 시계는 systemd-timesyncd가 {SAVED} 파일에 저장한 시각보다 {behind} 느립니다",
            )
        }
        OsNote::RtcInLocalTime => [
            en: "{note}",
            de: "Die Hardware-Uhr wird in Ortszeit geführt; nach einem Start kann die Uhr deshalb um Stunden falsch gehen",
            ko: "하드웨어 시계가 현지 시각으로 유지되므로 시작 후 시계가 몇 시간 틀릴 수 있습니다",
        ]
    }
}

/// The hardware clock, compared with the system's clock.
pub(crate) fn hardware(clock: HardwareClock, language: Language) -> String {
    let keeps = keeps(clock.keeps, language);
    let Some(offset) = clock.offset else {
        let none = word!(language, en: "none visible", de: "keine sichtbar", ko: "보이지 않음");
        return format!("{none}{keeps}");
    };
    let offset = words::offset(offset, language);
    let against = word!(language, en: "against the system clock", de: "gegenüber der Systemuhr", ko: "시스템 시계 대비");
    format!("{against}: {offset}{keeps}")
}

const fn keeps(keeps: Option<Keeps>, language: Language) -> &'static str {
    match keeps {
        Some(Keeps::Utc) => {
            word!(language, en: ", kept in UTC", de: ", in UTC geführt", ko: ", UTC로 유지")
        }
        Some(Keeps::LocalTime) => {
            word!(language, en: ", kept in local time", de: ", in Ortszeit geführt", ko: ", 현지 시각으로 유지")
        }
        None => "",
    }
}

/// What the kernel was told about its clock.
pub(crate) fn kernel(kernel: Option<Kernel>, language: Language) -> String {
    kernel_words(kernel, language).to_string()
}

sentences! {
    fn kernel_words(kernel: Option<Kernel>, language, f) {
        Some(Kernel { synchronized: true, max_error: Some(error) }) => {
            let error = words::rounded(error, language);
            sentence!(f, language,
                en: "synchronized, by its own count off by at most {error}",
                de: "synchronisiert, nach eigener Zählung höchstens {error} falsch",
                ko: "동기화됨, 자체 계산으로 오차 최대 {error}",
            )
        }
        Some(Kernel { synchronized: true, max_error: None }) =>
            [en: "synchronized", de: "synchronisiert", ko: "동기화됨"]
        Some(Kernel { synchronized: false, .. }) =>
            [en: "not synchronized", de: "nicht synchronisiert", ko: "동기화되지 않음"]
        None => [
            en: "unknown, as adjtimex, busybox and timedatectl do not tell",
            de: "unbekannt, denn adjtimex, busybox und timedatectl sagen nichts",
            ko: "adjtimex, busybox, timedatectl로 알 수 없음",
        ]
    }
}

/// The zone in which this host shows times: `Europe/Berlin, UTC+01:00`.
pub(crate) fn zone(zone: &LocalZone) -> String {
    let offset = words::utc_offset(zone.offset);
    zone.name.as_ref().map_or_else(|| offset.to_string(), |name| format!("{name}, {offset}"))
}

/// The time since the start of the system, and how much of it the system slept.
pub(crate) fn uptime(uptime: Option<Span>, suspended: Option<Span>, language: Language) -> String {
    let Some(uptime) = uptime else {
        return word!(language, en: "unknown", de: "unbekannt", ko: "알 수 없음").to_owned();
    };
    let up = words::rounded(uptime, language);
    let slept = suspended.filter(|slept| *slept >= SHORTEST);
    let slept = slept.map(|slept| words::rounded(slept, language).to_string());
    Said(|f: &mut fmt::Formatter<'_>| match &slept {
        Some(slept) => sentence!(f, language,
            en: "{up}, of which {slept} suspended",
            de: "{up}, davon {slept} im Ruhezustand",
            ko: "{up}(그중 절전 {slept})",
        ),
        None => sentence!(f, language,
            en: "{up}, never suspended",
            de: "{up}, nie im Ruhezustand",
            ko: "{up}(절전 없음)",
        ),
    })
    .to_string()
}

/// A machine, a container or a virtual machine, and the counter that its clock runs on.
pub(crate) fn environment(facts: &Facts, language: Language) -> String {
    let place = match facts.place {
        Place::Container => word!(language, en: "container", de: "Container", ko: "컨테이너"),
        Place::Wsl => "WSL",
        Place::Windows => "Windows",
        Place::Macos => "macOS",
        Place::Machine => {
            word!(language, en: "no container", de: "kein Container", ko: "컨테이너 아님")
        }
    };
    let machine = word!(language, en: "virtual machine", de: "virtuelle Maschine", ko: "가상 머신");
    let machine = facts.hypervisor.as_ref().map(|by| match by.as_str() {
        "" => machine.to_owned(),
        by => format!("{machine} ({by})"),
    });
    let counter = word!(language, en: "clock source", de: "Taktquelle", ko: "클록 소스");
    let counter = facts.clock_source.as_ref().map(|name| format!("{counter} {name}"));
    let parts = [Some(place.to_owned()), machine, counter];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

// The English sentence is that of the note itself.
fn side(span: Span, language: Language) -> &'static str {
    if span < Span::ZERO {
        word!(language, en: "behind", de: "nach", ko: "느립니다")
    } else {
        word!(language, en: "ahead", de: "vor", ko: "빠릅니다")
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
    fn every_reason_and_note_has_all_languages() {
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
            OsNote::BehindSaved(-span),
        ];
        reasons.into_iter().for_each(|reason| in_all(|language| unknown(reason, language)));
        notes.into_iter().for_each(|it| in_all(|language| note(it, language)));
    }
}
