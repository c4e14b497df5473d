//! The first sentence of a diagnosis, as definite as the evidence allows.

use core::fmt;

use super::language::Language;
use super::sentence::sentences;
use crate::diagnosis::{Cause, Certainty, ClockFault, Decider, Diagnosis};

/// The finding and the clock that is wrong, without numbers.
pub(super) fn headline(diagnosis: &Diagnosis, language: Language) -> impl fmt::Display {
    headline_of((diagnosis.cause, diagnosis), language)
}

/// Returns `true` if [`headline`] itself states the certainty.
pub(super) const fn states_certainty(cause: Cause) -> bool {
    match cause {
        Cause::LocalClock
        | Cause::ClockUnset
        | Cause::RemoteClock
        | Cause::PeerClocks
        | Cause::Undetermined => true,
        Cause::TimeZone
        | Cause::Expired
        | Cause::LateRequest
        | Cause::Units
        | Cause::Lifetime
        | Cause::NotClock
        | Cause::ServerCertificate => false,
    }
}

sentences! {
    fn headline_of(found: (Cause, &Diagnosis), language, f) {
        (Cause::LocalClock, d) => {
            write!(f, "{}", local_clock(d.certainty, language))
        }
        (Cause::ClockUnset, d) => {
            write!(f, "{}", clock_unset(d.certainty, language))
        }
        (Cause::TimeZone, d) => {
            write!(f, "{}", time_zone(d.fault, language))
        }
        (Cause::RemoteClock, d) => {
            write!(f, "{}", remote_clock(d.certainty, language))
        }
        (Cause::PeerClocks, Diagnosis { clocks: Some(_), .. }) => [
            en: "Several servers share one name, and their clocks differ.",
            de: "Mehrere Server teilen sich einen Namen, und ihre Uhren weichen voneinander ab.",
            ko: "하나의 이름으로 응답하는 서버들의 시계가 서로 다릅니다.",
        ]
        (Cause::PeerClocks, _) => [
            en: "Two clocks differ, but the text does not prove which of them is wrong.",
            de: "Zwei Uhren weichen voneinander ab; welche von beiden falsch geht, beweist der Text nicht.",
            ko: "두 시계가 서로 다릅니다. 어느 쪽이 잘못되었는지는 이 로그만으로 입증되지 않습니다.",
        ]
        (Cause::Expired, _) => [
            en: "No clock is at fault: the token, assertion or session has really expired.",
            de: "An einer Uhr liegt es nicht: Token, Assertion oder Sitzung sind tatsächlich abgelaufen.",
            ko: "시계 문제가 아닙니다. 토큰, 어설션 또는 세션이 실제로 만료되었습니다.",
        ]
        (Cause::LateRequest, _) => [
            en: "No clock is at fault: the request was signed at the right time, but was sent or received too late.",
            de: "An einer Uhr liegt es nicht: Die Anfrage wurde zur richtigen Zeit signiert, aber zu spät gesendet oder empfangen.",
            ko: "시계 문제가 아닙니다. 요청은 올바른 시각에 서명되었지만 너무 늦게 전송되었거나 수신되었습니다.",
        ]
        (Cause::Units, _) => [
            en: "No clock is at fault: a time is written in the wrong unit, in milliseconds instead of seconds or as a duration instead of an instant.",
            de: "An einer Uhr liegt es nicht: Eine Zeit ist in der falschen Einheit angegeben, in Millisekunden statt Sekunden oder als Dauer statt als Zeitpunkt.",
            ko: "시계 문제가 아닙니다. 시간의 단위가 잘못되었습니다(초 대신 밀리초, 또는 시각 대신 기간).",
        ]
        (Cause::Lifetime, _) => [
            en: "No clock is at fault: the provider does not allow the requested lifetime.",
            de: "An einer Uhr liegt es nicht: Der Anbieter lässt die angeforderte Gültigkeitsdauer nicht zu.",
            ko: "시계 문제가 아닙니다. 제공자가 요청한 유효 기간을 허용하지 않습니다.",
        ]
        (Cause::NotClock, Diagnosis { refusals: 0, .. }) => [
            en: "Nothing here points to a wrong clock: no token, signature or certificate was refused for its time.",
            de: "Nichts deutet hier auf eine falsche Uhr hin: Kein Token, keine Signatur und kein Zertifikat wurde wegen der Zeit abgelehnt.",
            ko: "시계 오류를 나타내는 내용이 없습니다. 시간 때문에 거부된 토큰, 서명, 인증서가 없습니다.",
        ]
        (Cause::NotClock, _) => [
            en: "No clock is at fault: the refusal has another reason, such as the key, the audience or the form of a claim.",
            de: "An einer Uhr liegt es nicht: Die Ablehnung hat einen anderen Grund, etwa den Schlüssel, den Empfänger oder die Form eines Claims.",
            ko: "시계 문제가 아닙니다. 키, 대상(aud), 클레임 형식 등 다른 이유로 거부되었습니다.",
        ]
        (Cause::ServerCertificate, _) => [
            en: "The local clock is right: the certificate of the server has expired or is not valid yet.",
            de: "Die lokale Uhr geht richtig: Das Zertifikat des Servers ist abgelaufen oder noch nicht gültig.",
            ko: "로컬 시계는 정확합니다. 서버 인증서가 만료되었거나 아직 유효하지 않습니다.",
        ]
        (Cause::Undetermined, Diagnosis { refusals: 0, .. }) => [
            en: "Undetermined: this text holds no refusal that jwtick recognises.",
            de: "Nicht feststellbar: Dieser Text enthält keine Ablehnung, die jwtick kennt.",
            ko: "판단할 수 없습니다. jwtick이 인식하는 거부 기록이 없습니다.",
        ]
        (Cause::Undetermined, Diagnosis { decider: Some(Decider::TokenTimes), .. }) => [
            en: "Undetermined: the refusal contradicts the times in the text, by which the token had not ended. Another token, the clock of another node or a fault of the verifier would explain it.",
            de: "Nicht feststellbar: Die Ablehnung widerspricht den Zeiten im Text, nach denen das Token noch nicht abgelaufen war. Ein anderes Token, die Uhr eines anderen Knotens oder ein Fehler des Prüfers würden sie erklären.",
            ko: "판단할 수 없습니다. 로그의 시각에 따르면 토큰이 아직 만료되지 않았으므로 거부와 모순됩니다. 다른 토큰, 다른 노드의 시계 또는 검증기의 오류로 설명될 수 있습니다.",
        ]
        (Cause::Undetermined, _) => [
            en: "Undetermined: something was refused, but the text does not show whether a clock is wrong, or which one.",
            de: "Nicht feststellbar: Etwas wurde abgelehnt, aber der Text zeigt nicht, ob eine Uhr falsch geht und welche.",
            ko: "판단할 수 없습니다. 거부된 기록은 있으나, 시계가 잘못되었는지, 어느 시계인지는 로그에 나타나지 않습니다.",
        ]
    }

    fn local_clock(certainty: Certainty, language, f) {
        Certainty::Proven => [
            en: "The clock of the host that wrote this log is wrong.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, geht falsch.",
            ko: "이 로그를 기록한 호스트의 시계가 잘못되었습니다.",
        ]
        Certainty::Likely => [
            en: "The clock of the host that wrote this log is most likely wrong.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, geht sehr wahrscheinlich falsch.",
            ko: "이 로그를 기록한 호스트의 시계가 잘못되었을 가능성이 높습니다.",
        ]
        Certainty::Weak => [
            en: "The clock of the host that wrote this log may be wrong.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, geht möglicherweise falsch.",
            ko: "이 로그를 기록한 호스트의 시계가 잘못되었을 수 있습니다.",
        ]
    }

    fn clock_unset(certainty: Certainty, language, f) {
        Certainty::Proven => [
            en: "The clock of the host that wrote this log was never set: since it started it has run from a default such as 1970 or 2000.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, wurde nie gestellt: Sie läuft seit dem Start von einem Vorgabewert wie 1970 oder 2000 an.",
            ko: "이 로그를 기록한 호스트의 시계가 설정되지 않았습니다. 시작 이후 1970년이나 2000년 같은 기본값부터 흐르고 있습니다.",
        ]
        Certainty::Likely => [
            en: "The clock of the host that wrote this log was most likely never set and has run from a default such as 1970 or 2000 since it started.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, wurde sehr wahrscheinlich nie gestellt und läuft seit dem Start von einem Vorgabewert wie 1970 oder 2000 an.",
            ko: "이 로그를 기록한 호스트의 시계가 설정되지 않은 채 1970년이나 2000년 같은 기본값부터 흐르고 있을 가능성이 높습니다.",
        ]
        Certainty::Weak => [
            en: "The clock of the host that wrote this log may never have been set.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, wurde möglicherweise nie gestellt.",
            ko: "이 로그를 기록한 호스트의 시계가 설정되지 않았을 수 있습니다.",
        ]
    }

    fn time_zone(fault: ClockFault, language, f) {
        ClockFault::Found => [
            en: "The clock of the host that wrote this log is off by a time zone or by summer time: a setting of the host is wrong.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, ist um eine Zeitzone oder um die Sommerzeit verstellt: Eine Einstellung des Hosts ist falsch.",
            ko: "이 로그를 기록한 호스트의 시계가 시간대 또는 일광 절약 시간만큼 어긋나 있습니다. 호스트 설정이 잘못되었습니다.",
        ]
        ClockFault::Cleared => [
            en: "No clock is at fault: the program computes its times in the wrong time zone.",
            de: "An einer Uhr liegt es nicht: Das Programm berechnet seine Zeiten in der falschen Zeitzone.",
            ko: "시계 문제가 아닙니다. 프로그램이 잘못된 시간대로 시각을 계산합니다.",
        ]
        ClockFault::Open => [
            en: "The times differ by a time zone or by summer time; the text does not show whether a setting or a computation is wrong.",
            de: "Die Zeiten unterscheiden sich um eine Zeitzone oder um die Sommerzeit; ob eine Einstellung oder eine Berechnung falsch ist, zeigt der Text nicht.",
            ko: "시각이 시간대 또는 일광 절약 시간만큼 차이 납니다. 설정과 계산 중 무엇이 잘못되었는지는 로그에 나타나지 않습니다.",
        ]
    }

    fn remote_clock(certainty: Certainty, language, f) {
        Certainty::Proven => [
            en: "The clock of another server is wrong; the local clock plays no part.",
            de: "Die Uhr eines anderen Servers geht falsch; die lokale Uhr spielt keine Rolle.",
            ko: "다른 서버의 시계가 잘못되었습니다. 로컬 시계와는 관계가 없습니다.",
        ]
        Certainty::Likely => [
            en: "The clock of another server is most likely wrong; the local clock plays no part.",
            de: "Die Uhr eines anderen Servers geht sehr wahrscheinlich falsch; die lokale Uhr spielt keine Rolle.",
            ko: "다른 서버의 시계가 잘못되었을 가능성이 높습니다. 로컬 시계와는 관계가 없습니다.",
        ]
        Certainty::Weak => [
            en: "The clock of another server may be wrong.",
            de: "Die Uhr eines anderen Servers geht möglicherweise falsch.",
            ko: "다른 서버의 시계가 잘못되었을 수 있습니다.",
        ]
    }
}
