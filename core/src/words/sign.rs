//! Errors of tokens that a device makes.

use super::sentence::{sentence, sentences};
use crate::sign::{AssertionError, MemberFault, PrivateKeyError};
use crate::time::{Span, UnixTime};
use crate::token::Segment;

sentences! {
    /// The reason why no token was made.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::Span;
    /// use jwtick_core::sign::AssertionError;
    /// use jwtick_core::words::{Language, assertion_error};
    /// let open = AssertionError::Clock { width: Span::MAX, forgiven: Span::from_secs(60) };
    /// let said = assertion_error(&open, Language::German).to_string();
    /// assert_eq!(said, "Der späteste mögliche UTC-Zeitpunkt ist unbekannt: Stellen Sie zuerst die Uhr");
    /// ```
    pub fn assertion_error(error: &AssertionError, language, f) {
        AssertionError::Clock { width: Span::MAX, .. } => [
            en: "{error}",
            de: "Der späteste mögliche UTC-Zeitpunkt ist unbekannt: Stellen Sie zuerst die Uhr",
            ko: "가능한 가장 늦은 UTC 시각을 알 수 없습니다. 먼저 시계를 맞추십시오",
        ]
        AssertionError::Clock { .. } => {
            let (width, forgiven) = error.width_and_forgiven();
            sentence!(f, language,
                en: "{error}",
                de: "UTC ist nur auf {width} s bekannt, der Server nimmt ein Token aber nur {forgiven} s lang an: Stellen Sie zuerst die Uhr",
                ko: "UTC 시각의 오차 범위는 {width}초이지만, 서버가 토큰을 허용하는 시간은 {forgiven}초입니다. 먼저 시계를 맞추십시오",
            )
        }
        AssertionError::NeverSet { latest } => {
            let (met, least) = (latest.floor_secs(), UnixTime::FIRST_RELEASE.floor_secs());
            sentence!(f, language,
                en: "{error}",
                de: "Die Uhr muss mindestens {least} s nach 1970 zeigen; gefunden wurden {met} s: Sie wurde nie gestellt",
                ko: "시계는 1970년 이후 최소 {least}초여야 하지만, {met}초입니다. 시계가 설정된 적이 없습니다",
            )
        }
        AssertionError::Life { life } => {
            let micros = life.as_micros();
            sentence!(f, language,
                en: "{error}",
                de: "Die Lebensdauer muss mindestens 1 s betragen; gefunden wurden {micros} µs",
                ko: "유효 기간은 최소 1초여야 하지만, {micros} µs입니다",
            )
        }
        AssertionError::Member { segment: Segment::Header, index, fault } => {
            let (place, fault) = (index.saturating_add(1), member_fault(*fault, language));
            sentence!(f, language,
                en: "{error}",
                de: "Element {place} des Headers {fault}",
                ko: "헤더 항목 {place}: {fault}",
            )
        }
        AssertionError::Member { index, fault, .. } => {
            let (place, fault) = (index.saturating_add(1), member_fault(*fault, language));
            sentence!(f, language,
                en: "{error}",
                de: "Claim {place} {fault}",
                ko: "클레임 {place}: {fault}",
            )
        }
        AssertionError::TooLong { needs, has } => [
            en: "{error}",
            de: "Das Token hat {needs} Bytes, Platz ist aber nur für {has}",
            ko: "토큰은 {needs}바이트이지만, 버퍼는 {has}바이트입니다",
        ]
        AssertionError::Signer(_) => [
            en: "{error}",
            de: "Der Signierer hat keine Signatur geliefert",
            ko: "서명 장치가 서명을 반환하지 않았습니다",
        ]
        AssertionError::SignatureBytes { met, allowed } => [
            en: "{error}",
            de: "Die Signatur hat {met} Bytes; erwartet werden {allowed}",
            ko: "서명은 {allowed}바이트여야 하지만, {met}바이트입니다",
        ]
        AssertionError::NoPublicKey => [
            en: "{error}",
            de: "Ein Besitznachweis braucht ein Schlüsselpaar, dieser Signierer hat aber keinen öffentlichen Schlüssel",
            ko: "소유 증명에는 키 쌍이 필요하지만, 이 서명 장치에는 공개 키가 없습니다",
        ]
    }

    fn member_fault(fault: MemberFault, language, f) {
        MemberFault::Repeated => [
            en: "{fault}", de: "heißt wie ein früherer Eintrag", ko: "앞선 항목과 이름이 같습니다"]
        MemberFault::Reserved => [
            en: "{fault}",
            de: "hat einen Namen, den die Bibliothek selbst schreibt oder der die Signatur verändert",
            ko: "라이브러리가 직접 기록하거나 서명의 의미를 바꾸는 이름입니다",
        ]
        MemberFault::Type => [
            en: "{fault}",
            de: "hat einen anderen Typ, als sein RFC verlangt; erwartet wird ein String",
            ko: "RFC에서 요구하는 형식이 아닙니다. 문자열이어야 합니다",
        ]
        MemberFault::Inexact => [
            en: "{fault}",
            de: "ist eine Zahl jenseits von ±(2^53 - 1), die manche Leser runden",
            ko: "±(2^53 - 1) 범위를 벗어난 숫자이므로 일부 프로그램에서 반올림됩니다",
        ]
    }

    /// The reason why bytes are refused as a private key.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::sign::PrivateKeyError;
    /// use jwtick_core::words::{Language, private_key_error};
    /// let error = PrivateKeyError::Bytes { met: 31, allowed: 32 };
    /// let said = private_key_error(error, Language::German).to_string();
    /// assert_eq!(said, "Der private Schlüssel hat 31 Bytes; erwartet werden 32");
    /// ```
    pub fn private_key_error(error: PrivateKeyError, language, f) {
        PrivateKeyError::Bytes { met, allowed } => [
            en: "{error}",
            de: "Der private Schlüssel hat {met} Bytes; erwartet werden {allowed}",
            ko: "개인 키는 {allowed}바이트여야 하지만, {met}바이트입니다",
        ]
        PrivateKeyError::Range => [
            en: "{error}",
            de: "Der private Schlüssel ist 0 oder liegt nicht unter der Ordnung seiner Kurve",
            ko: "개인 키가 0이거나 곡선의 위수보다 작지 않습니다",
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::string::{String, ToString};
    use std::vec::Vec;

    use super::*;
    use crate::sign::SignerFault;
    use crate::words::Language;

    const FAULTS: [MemberFault; 4] =
        [MemberFault::Repeated, MemberFault::Reserved, MemberFault::Type, MemberFault::Inexact];

    fn numbers(text: &str) -> BTreeSet<String> {
        let parts = text.split(|letter: char| !letter.is_ascii_digit());
        parts.filter(|part| !part.is_empty()).map(String::from).collect()
    }

    #[test]
    fn every_error_has_words_in_every_language() {
        let mut errors: Vec<AssertionError> = std::vec![
            AssertionError::Clock { width: Span::MAX, forgiven: Span::from_secs(60) },
            AssertionError::Clock {
                width: Span::from_millis(60_500),
                forgiven: Span::from_secs(60)
            },
            AssertionError::NeverSet { latest: UnixTime::from_secs(7) },
            AssertionError::Life { life: Span::from_millis(3) },
            AssertionError::TooLong { needs: 9, has: 8 },
            AssertionError::Signer(SignerFault),
            AssertionError::SignatureBytes { met: 70, allowed: 64 },
            AssertionError::NoPublicKey,
        ];
        for fault in FAULTS {
            let member = |segment| AssertionError::Member { segment, index: 4, fault };
            errors.extend([Segment::Header, Segment::Payload].map(member));
        }
        let mut said = BTreeSet::new();
        for error in errors {
            let all = Language::ALL.iter().map(|it| assertion_error(&error, *it).to_string());
            let all: Vec<String> = all.collect();
            assert!(all.iter().all(|it| numbers(it) == numbers(&all[0])), "{all:?}");
            assert!(all.into_iter().all(|it| said.insert(it)), "twice: {error}");
        }
        for error in [PrivateKeyError::Range, PrivateKeyError::Bytes { met: 31, allowed: 32 }] {
            let all = Language::ALL.iter().map(|it| private_key_error(error, *it).to_string());
            let all: Vec<String> = all.collect();
            assert!(all.iter().all(|it| numbers(it) == numbers(&all[0])), "{all:?}");
            assert!(all.into_iter().all(|it| said.insert(it)), "twice: {error}");
        }
    }

    #[test]
    fn width_is_rounded_away_from_what_is_forgiven() {
        let forgiven = Span::from_secs(60);
        let error = AssertionError::Clock { width: Span::from_millis(60_001), forgiven };
        assert!(
            error.to_string().contains("61 s, but the server accepts a token for only 60 s"),
            "{error}"
        );
    }
}
