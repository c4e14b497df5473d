//! The reservations of a diagnosis: what it assumes, and what else is possible.

use core::fmt;

use super::language::Language;
use super::sentence::{Said, sentence, sentences, word};
use crate::diagnosis::{Assumption, Possibility};

/// What a likely conclusion assumes, as a clause: `that …, and that …`.
pub(super) fn assumptions(all: &[Assumption], language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        for (at, &assumption) in all.iter().enumerate() {
            let said = assumed(assumption, language);
            if at > 0 {
                let and = word!(language, en: ", and ", de: ", und ", ko: ", ");
                f.write_str(and)?;
            }
            sentence!(f, language, en: "that {said}", de: "dass {said}", ko: "{said}")?;
        }
        Ok(())
    })
}

sentences! {
    // Clauses after "that" and "dass"; nouns in Korean.
    fn assumed(assumption: Assumption, language, f) {
        Assumption::NewToken => [
            en: "what was refused had just been made for this request",
            de: "das Abgelehnte eben erst für diese Anfrage erstellt worden war",
            ko: "거부된 토큰이 이 요청을 위해 새로 발급되었음",
        ]
        Assumption::NoDelay => [
            en: "the request was not held back for long between its signing and the refusal",
            de: "die Anfrage zwischen Signatur und Ablehnung nicht lange liegen blieb",
            ko: "서명부터 거부까지 요청이 오래 지체되지 않았음",
        ]
        Assumption::UsualLimit => [
            en: "the side that judged applies a usual tolerance or limit, which the text does not state",
            de: "die prüfende Seite eine übliche Toleranz oder Grenze anwendet, die der Text nicht nennt",
            ko: "검증 측이 로그에 없는 통상적인 허용 오차나 한도를 적용했음",
        ]
        Assumption::LogZone => [
            en: "the log is in the time zone that the start of its token suggests",
            de: "das Log in der Zeitzone geschrieben ist, auf die der Beginn seines Tokens hindeutet",
            ko: "로그의 시간대가 토큰의 시작 시각으로 추정한 시간대와 같음",
        ]
        Assumption::RefusedForTime => [
            en: "it was refused for its time, and not for its key or another reason",
            de: "es wegen der Zeit abgelehnt wurde und nicht wegen des Schlüssels oder aus einem anderen Grund",
            ko: "키 등 다른 이유가 아니라 시간 때문에 거부되었음",
        ]
        Assumption::NoCoincidence => [
            en: "the validity did not begin or end within the few seconds that the text leaves open",
            de: "die Gültigkeit nicht in den wenigen Sekunden begann oder endete, die der Text offen lässt",
            ko: "로그로 확정할 수 없는 몇 초 사이에 유효 기간이 시작되거나 끝나지 않았음",
        ]
        Assumption::OwnToken => [
            en: "this host itself made or checked the token",
            de: "dieser Host das Token selbst erstellt oder geprüft hat",
            ko: "이 호스트가 토큰을 직접 발급했거나 검증했음",
        ]
        Assumption::OthersToken => [
            en: "another party made the token",
            de: "eine andere Stelle das Token ausgestellt hat",
            ko: "다른 쪽에서 토큰을 발급했음",
        ]
        Assumption::SameToken => [
            en: "the token that the text shows is the one that was refused",
            de: "das Token im Text das abgelehnte ist",
            ko: "로그에 나온 토큰이 거부된 토큰임",
        ]
        Assumption::StartWhenMade => [
            en: "the token is meant to be valid from the moment when it was made",
            de: "das Token ab dem Zeitpunkt seiner Ausstellung gelten soll",
            ko: "토큰이 발급 시점부터 유효하도록 설정되었음",
        ]
        Assumption::ValidCertificate => [
            en: "the certificate is valid by a clock that is right",
            de: "das Zertifikat nach einer richtig gehenden Uhr gültig ist",
            ko: "정확한 시계로는 인증서가 유효함",
        ]
        Assumption::StatedReason => [
            en: "the refusal states its real reason",
            de: "die Ablehnung ihren wahren Grund nennt",
            ko: "거부 메시지가 실제 이유를 나타냄",
        ]
        Assumption::ServerRight => [
            en: "the server's clock is right",
            de: "die Uhr des Servers richtig geht",
            ko: "서버의 시계가 정확함",
        ]
        Assumption::OtherServersRight => [
            en: "the servers that agree with the local clock are right",
            de: "die Server richtig gehen, die mit der lokalen Uhr übereinstimmen",
            ko: "로컬 시계와 일치하는 서버들의 시계가 정확함",
        ]
        Assumption::LocalRight => [
            en: "the local clock is off by far less than its time service leaves open",
            de: "die lokale Uhr um weit weniger abweicht, als ihr Zeitdienst offen lässt",
            ko: "로컬 시계의 오차가 시간 서비스의 오차 한계보다 훨씬 작음",
        ]
        Assumption::SingleTime => [
            en: "the only time that the local clock can be compared with is right",
            de: "die einzige Zeit richtig ist, mit der sich die lokale Uhr vergleichen lässt",
            ko: "로컬 시계와 비교할 수 있는 유일한 시각이 정확함",
        ]
        Assumption::RealReading => [
            en: "the time near the start of an epoch is the reading of a clock",
            de: "die Zeit nahe dem Beginn einer Epoche von einer Uhr stammt",
            ko: "에포크 시작 무렵의 시각이 실제로 시계가 나타낸 값임",
        ]
        Assumption::ZoneInCode => [
            en: "a difference of exactly one time zone is no coincidence",
            de: "eine Abweichung um genau eine Zeitzone kein Zufall ist",
            ko: "시간대 하나와 정확히 같은 차이가 우연이 아님",
        ]
        Assumption::Backlog => [
            en: "the requests that were refused just above the limit had waited in a queue",
            de: "die knapp über der Grenze abgelehnten Anfragen in einer Warteschlange lagen",
            ko: "한도를 막 넘겨 거부된 요청들이 대기열에서 기다렸음",
        ]
        Assumption::NotCached => [
            en: "no cache gave an older answer",
            de: "kein Cache eine ältere Antwort lieferte",
            ko: "캐시가 이전 응답을 반환하지 않았음",
        ]
        Assumption::CorrectedRetry => [
            en: "the second attempt used the server's time",
            de: "der zweite Versuch die Zeit des Servers verwendete",
            ko: "두 번째 시도가 서버 시각을 사용했음",
        ]
        Assumption::SeveralClocks => [
            en: "several clocks wrote the log",
            de: "mehrere Uhren das Log geschrieben haben",
            ko: "여러 시계가 이 로그를 기록했음",
        ]
        Assumption::Complete => [
            en: "no refusal is missing from the text",
            de: "im Text keine Ablehnung fehlt",
            ko: "로그에서 빠진 거부 기록이 없음",
        ]
    }

    /// A reading that remains possible, and what it means.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::diagnosis::Possibility;
    /// use jwtick_core::words::{Language, possibility};
    /// let said = possibility(Possibility::Expired, Language::English).to_string();
    /// assert_eq!(said, "The token has really expired: it must be renewed earlier.");
    /// ```
    pub fn possibility(possibility: Possibility, language, f) {
        Possibility::LocalBehind => [
            en: "The local clock is behind: this host must be synchronized.",
            de: "Die lokale Uhr geht nach: Dieser Host muss synchronisiert werden.",
            ko: "로컬 시계가 느린 경우: 이 호스트의 시계를 동기화해야 합니다.",
        ]
        Possibility::LocalAhead => [
            en: "The local clock is ahead: this host must be synchronized.",
            de: "Die lokale Uhr geht vor: Dieser Host muss synchronisiert werden.",
            ko: "로컬 시계가 빠른 경우: 이 호스트의 시계를 동기화해야 합니다.",
        ]
        Possibility::OtherBehind => [
            en: "The other side's clock is behind: its operator must correct it.",
            de: "Die Uhr der Gegenseite geht nach: Deren Betreiber muss sie stellen.",
            ko: "상대 측 시계가 느린 경우: 상대 측 운영자가 바로잡아야 합니다.",
        ]
        Possibility::OtherAhead => [
            en: "The other side's clock is ahead: its operator must correct it.",
            de: "Die Uhr der Gegenseite geht vor: Deren Betreiber muss sie stellen.",
            ko: "상대 측 시계가 빠른 경우: 상대 측 운영자가 바로잡아야 합니다.",
        ]
        Possibility::Expired => [
            en: "The token has really expired: it must be renewed earlier.",
            de: "Das Token ist tatsächlich abgelaufen: Es muss früher erneuert werden.",
            ko: "토큰이 실제로 만료된 경우: 더 일찍 갱신해야 합니다.",
        ]
        Possibility::LateRequest => [
            en: "The request arrived too late: it must be signed right before it is sent.",
            de: "Die Anfrage kam zu spät an: Sie muss unmittelbar vor dem Senden signiert werden.",
            ko: "요청이 너무 늦게 도착한 경우: 전송 직전에 서명해야 합니다.",
        ]
        Possibility::StartsLater => [
            en: "The token is meant to begin later: its `nbf` must be checked.",
            de: "Das Token soll erst später gelten: Sein `nbf` muss geprüft werden.",
            ko: "토큰이 나중에 유효해지도록 발급된 경우: `nbf` 값을 확인해야 합니다.",
        ]
        Possibility::Lifetime => [
            en: "The lifetime is longer than the provider allows: it must be shortened.",
            de: "Die Gültigkeitsdauer ist länger, als der Anbieter zulässt: Sie muss verkürzt werden.",
            ko: "유효 기간이 제공자의 한도보다 긴 경우: 기간을 줄여야 합니다.",
        ]
        Possibility::Certificate => [
            en: "The certificate has really expired, or is not valid yet: it must be replaced.",
            de: "Das Zertifikat ist tatsächlich abgelaufen oder noch nicht gültig: Es muss ersetzt werden.",
            ko: "인증서가 실제로 만료되었거나 아직 유효하지 않은 경우: 인증서를 교체해야 합니다.",
        ]
        Possibility::LogZone => [
            en: "The log is in a time zone in which its clock is right: the refusal then has another reason.",
            de: "Das Log ist in einer Zeitzone geschrieben, in der seine Uhr richtig geht: Die Ablehnung hat dann einen anderen Grund.",
            ko: "로그의 시간대에 따라 시계가 정확한 경우: 거부에 다른 이유가 있습니다.",
        ]
        Possibility::OtherToken => [
            en: "Another token than the one shown was refused: its `exp` must be checked.",
            de: "Ein anderes als das gezeigte Token wurde abgelehnt: Dessen `exp` muss geprüft werden.",
            ko: "로그에 나온 것과 다른 토큰이 거부된 경우: 그 토큰의 `exp` 값을 확인해야 합니다.",
        ]
        Possibility::OtherNode => [
            en: "Another node judged, whose clock is ahead: that node must be synchronized.",
            de: "Ein anderer Knoten hat geprüft, dessen Uhr vorgeht: Dieser Knoten muss synchronisiert werden.",
            ko: "시계가 빠른 다른 노드가 검증한 경우: 그 노드의 시계를 동기화해야 합니다.",
        ]
        Possibility::Verifier => [
            en: "The verifier compares the times wrongly: its code or its settings must be corrected.",
            de: "Der Prüfer vergleicht die Zeiten falsch: Sein Code oder seine Einstellungen müssen berichtigt werden.",
            ko: "검증기가 시각을 잘못 비교한 경우: 코드나 설정을 바로잡아야 합니다.",
        ]
        Possibility::OtherReason => [
            en: "The refusal has nothing to do with time: the key, the issuer and the audience must be checked.",
            de: "Die Ablehnung hat nichts mit der Zeit zu tun: Schlüssel, Aussteller und Empfänger müssen geprüft werden.",
            ko: "거부가 시간과 관계없는 경우: 키, 발급자, 대상(aud)을 확인해야 합니다.",
        ]
    }
}
