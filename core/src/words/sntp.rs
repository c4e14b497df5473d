//! Replies of a time server: the reason why a reply is not a sample.

use super::duration::duration;
use super::sentence::{sentence, sentences};
use crate::survey::SntpContradiction;
use crate::wire::{KissCode, SntpRefusal, SntpRequest, SntpStamp};

sentences! {
    /// The reason why a packet is not a sample.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::wire::SntpRefusal;
    /// use jwtick_core::words::{Language, sntp_refusal};
    /// let said = sntp_refusal(&SntpRefusal::Unsynchronized, Language::German).to_string();
    /// assert_eq!(said, "Der Server meldet, dass seine eigene Uhr nicht synchronisiert ist");
    /// ```
    pub fn sntp_refusal(refusal: &SntpRefusal, language, f) {
        SntpRefusal::Short { met } => {
            let least = SntpRequest::LENGTH;
            sentence!(f, language,
                en: "{refusal}",
                de: "Die Antwort muss mindestens {least} Bytes haben; gefunden wurden {met}",
                ko: "응답은 최소 {least}바이트여야 하지만, {met}바이트입니다",
            )
        }
        SntpRefusal::Origin => [
            en: "{refusal}",
            de: "Das Paket beantwortet nicht diese Anfrage",
            ko: "이 요청에 대한 응답이 아닌 패킷입니다",
        ]
        SntpRefusal::Kiss { code } => { write!(f, "{}", kiss((refusal, *code), language)) }
        SntpRefusal::Mode { met } => [
            en: "{refusal}",
            de: "Die Antwort muss den Modus 4 (Server) haben; gefunden wurde {met}",
            ko: "응답의 모드는 4(서버)여야 하지만, {met}입니다",
        ]
        SntpRefusal::Version { met } => [
            en: "{refusal}",
            de: "Die Antwort muss die Version 3 oder 4 haben; gefunden wurde {met}",
            ko: "응답의 버전은 3 또는 4여야 하지만, {met}입니다",
        ]
        SntpRefusal::Unsynchronized => [
            en: "{refusal}",
            de: "Der Server meldet, dass seine eigene Uhr nicht synchronisiert ist",
            ko: "서버가 자신의 시계가 동기화되지 않았다고 알렸습니다",
        ]
        SntpRefusal::Stratum { met: 16 } => [
            en: "{refusal}",
            de: "Der Server muss ein Stratum von 1 bis 15 haben; gefunden wurde 16: Er ist nicht synchronisiert",
            ko: "서버의 stratum 값은 1~15여야 하지만, 16입니다(동기화되지 않음)",
        ]
        SntpRefusal::Stratum { met } => [
            en: "{refusal}",
            de: "Der Server muss ein Stratum von 1 bis 15 haben; gefunden wurde {met}",
            ko: "서버의 stratum 값은 1~15여야 하지만, {met}입니다",
        ]
        SntpRefusal::ZeroStamp { stamp: SntpStamp::Receive } => [
            en: "{refusal}",
            de: "Der Empfangsstempel der Antwort ist nicht gesetzt",
            ko: "응답의 수신 타임스탬프가 비어 있습니다",
        ]
        SntpRefusal::ZeroStamp { stamp: SntpStamp::Transmit } => [
            en: "{refusal}",
            de: "Der Sendestempel der Antwort ist nicht gesetzt",
            ko: "응답의 송신 타임스탬프가 비어 있습니다",
        ]
        SntpRefusal::Backwards { by } => {
            let by = duration(*by, language);
            sentence!(f, language,
                en: "{refusal}",
                de: "Die Antwort ging {by} vor dem Eintreffen der Anfrage ab",
                ko: "응답이 요청 도착보다 {by} 먼저 전송되었습니다",
            )
        }
        SntpRefusal::SetLater { by } => {
            let by = duration(*by, language);
            sentence!(f, language,
                en: "{refusal}",
                de: "Der Server meldet, dass seine Uhr {by} nach dem Absenden der Antwort gestellt wurde",
                ko: "서버가 응답을 보내고 {by} 후에 시계를 맞췄다고 알렸습니다",
            )
        }
        SntpRefusal::Distance { met, allowed } => {
            let (met, allowed) = (duration(*met, language), duration(*allowed, language));
            sentence!(f, language,
                en: "{refusal}",
                de: "Der Server meldet, dass er {met} von UTC entfernt sein kann; erlaubt sind höchstens {allowed}",
                ko: "서버가 UTC와 최대 {met} 차이가 날 수 있다고 알렸지만, 허용 한도는 {allowed}입니다",
            )
        }
        SntpRefusal::Held { held, exchange } => {
            let (held, exchange) = (duration(*held, language), duration(*exchange, language));
            sentence!(f, language,
                en: "{refusal}",
                de: "Der Server meldet, dass er die Anfrage {held} lang hatte, aber der ganze Austausch dauerte {exchange}",
                ko: "서버가 요청을 {held} 동안 처리했다고 알렸지만, 전체 교환에 걸린 시간은 {exchange}입니다",
            )
        }
    }

    fn kiss(refused: (&SntpRefusal, KissCode), language, f) {
        (refusal, KissCode::RATE) => [
            en: "{refusal}",
            de: "Der Server hat RATE gesendet (zu viele Anfragen): Warten Sie vor dem nächsten Versuch",
            ko: "서버가 RATE 코드를 보냈습니다(요청 과다). 다시 시도하기 전에 기다리십시오",
        ]
        (refusal, code @ (KissCode::DENY | KissCode::RSTR)) => [
            en: "{refusal}",
            de: "Der Server hat {code} gesendet und bedient diesen Client nicht: Nennen Sie einen anderen",
            ko: "서버가 {code} 코드를 보냈습니다. 이 클라이언트에는 응답하지 않습니다. 다른 서버를 지정하십시오",
        ]
        (refusal, code) => [
            en: "{refusal}",
            de: "Der Server hat {code} statt der Zeit gesendet",
            ko: "서버가 시각 대신 {code} 코드를 보냈습니다",
        ]
    }

    /// The contradiction between two replies of one server.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::Span;
    /// use jwtick_core::survey::SntpContradiction;
    /// use jwtick_core::words::{Language, sntp_contradiction};
    /// let fault = SntpContradiction { least: Span::from_secs(2) };
    /// let said = sntp_contradiction(fault, Language::German).to_string();
    /// assert!(said.contains("2 s"), "{said}");
    /// ```
    pub fn sntp_contradiction(fault: SntpContradiction, language, f) {
        SntpContradiction { least } => {
            let least = duration(least, language);
            sentence!(f, language,
                en: "{fault}",
                de: "Zwei Antworten des Servers weichen um mindestens {least} voneinander ab: Seine Uhr wurde dazwischen gestellt, oder mehrere Server teilen sich seinen Namen",
                ko: "서버의 두 응답이 {least} 이상 차이 납니다. 그 사이에 서버의 시계가 변경되었거나 여러 서버가 한 이름을 사용합니다",
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::string::{String, ToString};

    use super::*;
    use crate::time::Span;
    use crate::words::Language;

    const KISSES: [KissCode; 3] = [KissCode::RATE, KissCode::DENY, KissCode::RSTR];

    const REFUSALS: &[SntpRefusal] = &[
        SntpRefusal::Short { met: 47 },
        SntpRefusal::Origin,
        SntpRefusal::Mode { met: 3 },
        SntpRefusal::Version { met: 5 },
        SntpRefusal::Unsynchronized,
        SntpRefusal::Stratum { met: 16 },
        SntpRefusal::Stratum { met: 17 },
        SntpRefusal::ZeroStamp { stamp: SntpStamp::Receive },
        SntpRefusal::ZeroStamp { stamp: SntpStamp::Transmit },
        SntpRefusal::Backwards { by: Span::from_secs(7) },
        SntpRefusal::SetLater { by: Span::from_secs(5) },
        SntpRefusal::Distance { met: Span::from_secs(8), allowed: Span::from_secs(1) },
        SntpRefusal::Held { held: Span::from_secs(9), exchange: Span::from_secs(6) },
    ];

    #[test]
    fn every_refusal_has_words_in_every_language() {
        let other = KissCode::read(*b"INIT").map(|code| SntpRefusal::Kiss { code });
        let kisses = KISSES.map(|code| SntpRefusal::Kiss { code });
        let mut sentences = BTreeSet::new();
        for refusal in REFUSALS.iter().chain(&kisses).chain(&other) {
            let said = |language| sntp_refusal(refusal, language).to_string();
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let english = said(Language::English);
            for &language in Language::ALL {
                let sentence = said(language);
                let (mut met, mut named) = (digits(&sentence), digits(&english));
                // The word order differs between languages, but the numbers do not.
                if matches!(refusal, SntpRefusal::Mode { .. } | SntpRefusal::Version { .. }) {
                    (met, named) = (sorted(&met), sorted(&named));
                }
                assert_eq!(met, named, "{sentence} / {english}");
                assert!(sentences.insert(sentence), "twice: {english}");
            }
        }
    }

    fn sorted(text: &str) -> String {
        let letters: BTreeSet<char> = text.chars().collect();
        letters.into_iter().collect()
    }

    #[test]
    fn contradiction_has_words_in_every_language() {
        let fault = SntpContradiction { least: Span::from_secs(3) };
        for &language in Language::ALL {
            let said = sntp_contradiction(fault, language).to_string();
            assert!(said.contains('3'), "{said}");
        }
        assert_eq!(
            sntp_contradiction(fault, Language::English).to_string(),
            "two replies of the server differ by 3 s or more: its clock was set in between, or \
             several servers share its name"
        );
    }

    #[test]
    fn known_kiss_codes_include_remedy() {
        let rows = [
            (*b"RATE", "Warten Sie vor dem nächsten Versuch", "기다리십시오"),
            (*b"DENY", "Nennen Sie einen anderen", "다른 서버를 지정하십시오"),
            (*b"RSTR", "Nennen Sie einen anderen", "다른 서버를 지정하십시오"),
            (*b"INIT", "hat INIT statt der Zeit gesendet", "INIT 코드를 보냈습니다"),
        ];
        for (code, german, korean) in rows {
            let refusal = SntpRefusal::Kiss { code: KissCode::read(code).unwrap() };
            let said = |language| sntp_refusal(&refusal, language).to_string();
            assert!(said(Language::German).ends_with(german), "{}", said(Language::German));
            assert!(said(Language::Korean).ends_with(korean), "{}", said(Language::Korean));
        }
    }
}
