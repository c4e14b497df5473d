//! Errors of tokens: the reason why a token cannot be read, or does not fit a key.

use core::fmt;

use super::language::Language;
use super::sentence::{Said, sentence, sentences};
use crate::token::{
    Algorithm, Base64Error, Claim, ClaimsError, DecodeError, Expected, HeaderError, JsonError,
    JsonFault, JsonKind, Segment, VerifyError,
};

sentences! {
    /// The reason why a token cannot be read.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::token::DecodeError;
    /// use jwtick_core::words::{Language, decode_error};
    /// let error = DecodeError::Segments { met: 2 };
    /// let said = decode_error(&error, Language::German).to_string();
    /// assert_eq!(said, "Ein signiertes Token hat 3 Segmente; gefunden wurden 2");
    /// ```
    pub fn decode_error(error: &DecodeError, language, f) {
        DecodeError::Segments { met: 5 } => [
            en: "{error}",
            de: "Ein signiertes Token hat 3 Segmente; gefunden wurden 5, wie bei einem verschlüsselten Token",
            ko: "서명된 토큰은 세그먼트가 3개여야 하지만, 5개입니다(암호화된 토큰의 개수)",
        ]
        DecodeError::Segments { met: 1 } => [
            en: "{error}",
            de: "Ein signiertes Token hat 3 durch Punkte getrennte Segmente; gefunden wurde kein Punkt",
            ko: "서명된 토큰은 점으로 구분된 세그먼트 3개여야 하지만, 점이 없습니다",
        ]
        DecodeError::Segments { met } => [
            en: "{error}",
            de: "Ein signiertes Token hat 3 Segmente; gefunden wurden {met}",
            ko: "서명된 토큰은 세그먼트가 3개여야 하지만, {met}개입니다",
        ]
        DecodeError::TooLong { needs, has } => [
            en: "{error}",
            de: "Die decodierten Segmente brauchen {needs} Bytes, der Puffer hat aber nur {has}",
            ko: "디코딩된 세그먼트에 {needs}바이트가 필요하지만, 버퍼는 {has}바이트입니다",
        ]
        DecodeError::Base64 { segment, fault } => {
            let (segment, fault) = (segment_name(*segment, language), base64(*fault, language));
            write!(f, "{segment}: {fault}")
        }
        DecodeError::Header(error) => {
            let error = header(error, language);
            sentence!(f, language, en: "header: {error}", de: "Header: {error}", ko: "헤더: {error}")
        }
        DecodeError::Claims(error) => {
            let error = claims(*error, language);
            sentence!(f, language, en: "claims: {error}", de: "Claims: {error}", ko: "클레임: {error}")
        }
    }

    /// The reason why a key does not verify a token.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::token::{InvalidSignature, VerifyError};
    /// use jwtick_core::words::{Language, verify_error};
    /// let error = VerifyError::Signature(InvalidSignature);
    /// let said = verify_error(&error, Language::English).to_string();
    /// assert_eq!(said, "the signature does not match the key");
    /// ```
    pub fn verify_error(error: &VerifyError, language, f) {
        VerifyError::Algorithm { token, key } => [
            en: "{error}",
            de: "Der Schlüssel ist für {key}, aber das Token ist mit {token} signiert",
            ko: "토큰과 키의 알고리즘이 다릅니다(키: {key}, 토큰: {token})",
        ]
        VerifyError::Signature(_) => [
            en: "{error}",
            de: "Die Signatur passt nicht zum Schlüssel",
            ko: "서명이 키와 일치하지 않습니다",
        ]
        VerifyError::Unanswered => [
            en: "{error}",
            de: "Der Prüfer der Signatur hat nicht geantwortet",
            ko: "서명 검증 장치가 응답하지 않았습니다",
        ]
    }

    fn segment_name(segment: Segment, language, f) {
        Segment::Header => [en: "{segment}", de: "Header", ko: "헤더"]
        Segment::Payload => [en: "{segment}", de: "Payload", ko: "페이로드"]
        Segment::Signature => [en: "{segment}", de: "Signatur", ko: "서명"]
    }

    pub(super) fn base64(fault: Base64Error, language, f) {
        Base64Error::Symbol { at, met } => {
            let met = met.escape_ascii();
            sentence!(f, language,
                en: "{fault}",
                de: "Byte {at} muss ein base64url-Zeichen sein (A-Z a-z 0-9 - _); gefunden wurde `{met}`",
                ko: "{at}번째 바이트는 base64url 문자(A-Z a-z 0-9 - _)여야 하지만, `{met}` 문자입니다",
            )
        }
        Base64Error::Length { met } => [
            en: "{fault}",
            de: "Die Länge von base64url ist nie um 1 größer als ein Vielfaches von 4; gefunden wurden {met} Bytes",
            ko: "base64url 길이는 4의 배수보다 1 클 수 없지만, {met}바이트입니다",
        ]
        Base64Error::TrailingBits { met } => {
            let met = met.escape_ascii();
            sentence!(f, language,
                en: "{fault}",
                de: "Die ungenutzten Bits des letzten base64url-Zeichens müssen null sein; gefunden wurde `{met}`",
                ko: "base64url 마지막 문자의 사용되지 않는 비트는 모두 영이어야 하지만, `{met}` 문자입니다",
            )
        }
    }

    fn header(error: &HeaderError, language, f) {
        HeaderError::Json(error) => { write!(f, "{}", json(*error, language)) }
        HeaderError::MissingAlg => [
            en: "{error}",
            de: "`alg` muss einen Algorithmus nennen, fehlt aber",
            ko: "`alg` 값으로 알고리즘을 지정해야 하지만, 값이 없습니다",
        ]
        HeaderError::AlgNone => [
            en: "{error}",
            de: "`alg` muss einen Signaturalgorithmus nennen; gefunden wurde `none`",
            ko: "`alg` 값으로 서명 알고리즘을 지정해야 하지만, `none` 값입니다",
        ]
        HeaderError::UnknownAlg { met } => {
            let (met, known) = (met.escape_default(), known_algorithms());
            sentence!(f, language,
                en: "{error}",
                de: "Unbekannter Algorithmus `{met}` in `alg`; erwartet wird einer von{known}",
                ko: "`alg` 값 `{met}`: 알 수 없는 알고리즘입니다. 지원되는 알고리즘:{known}",
            )
        }
        HeaderError::Type { name, met, .. } => {
            let (met, allowed) = (kind(*met, language), member_type(name, language));
            sentence!(f, language,
                en: "{error}",
                de: "`{name}` muss {allowed} sein; gefunden wurde {met}",
                ko: "`{name}` 값의 형식이 잘못되었습니다(허용: {allowed}, 현재: {met})",
            )
        }
        HeaderError::EmptyCrit => [
            en: "{error}",
            de: "`crit` muss mindestens eine Erweiterung nennen, ist aber leer",
            ko: "`crit` 배열에는 확장이 하나 이상 있어야 하지만, 비어 있습니다",
        ]
        HeaderError::UnknownCrit => [
            en: "{error}",
            de: "`crit` verlangt eine Erweiterung, aber keine wird unterstützt",
            ko: "`crit` 배열이 확장을 요구하지만, 지원되는 확장이 없습니다",
        ]
        HeaderError::Unencoded => [
            en: "{error}",
            de: "`b64` muss true sein (Payload in base64url); gefunden wurde false",
            ko: "`b64` 값은 true(base64url 페이로드)여야 하지만, false 값입니다",
        ]
    }

    fn claims(error: ClaimsError, language, f) {
        ClaimsError::Json(error) => { write!(f, "{}", json(error, language)) }
        ClaimsError::Type { claim, met, .. } => {
            let (met, allowed) = (kind(met, language), claim_type(claim, language));
            sentence!(f, language,
                en: "{error}",
                de: "`{claim}` muss {allowed} sein; gefunden wurde {met}",
                ko: "`{claim}` 값의 형식이 잘못되었습니다(허용: {allowed}, 현재: {met})",
            )
        }
    }

    fn claim_type(claim: Claim, language, f) {
        Claim::Exp | Claim::Nbf | Claim::Iat =>
            [en: "a number", de: "eine Zahl", ko: "숫자"]
        Claim::Aud => [
            en: "a string or an array of strings",
            de: "eine Zeichenkette oder ein Array von Zeichenketten",
            ko: "문자열 또는 문자열 배열",
        ]
        Claim::Iss | Claim::Sub | Claim::Jti => [en: "a string", de: "eine Zeichenkette", ko: "문자열"]
    }

    /// The type that a member of a header or of a key must have.
    pub(super) fn member_type(name: &'static str, language, f) {
        "b64" => [en: "a boolean", de: "ein Wahrheitswert", ko: "불리언"]
        "crit" => [en: "an array of names", de: "ein Array von Namen", ko: "이름 배열"]
        "key_ops" =>
            [en: "an array of strings", de: "ein Array von Zeichenketten", ko: "문자열 배열"]
        "keys" => [en: "an array", de: "ein Array", ko: "배열"]
        _ => [en: "a string", de: "eine Zeichenkette", ko: "문자열"]
    }

    pub(super) fn kind(kind: JsonKind, language, f) {
        JsonKind::Null => [en: "{kind}", de: "null", ko: "null"]
        JsonKind::Boolean => [en: "{kind}", de: "ein Wahrheitswert", ko: "불리언"]
        JsonKind::Number => [en: "{kind}", de: "eine Zahl", ko: "숫자"]
        JsonKind::String => [en: "{kind}", de: "eine Zeichenkette", ko: "문자열"]
        JsonKind::Array => [en: "{kind}", de: "ein Array", ko: "배열"]
        JsonKind::Object => [en: "{kind}", de: "ein Objekt", ko: "객체"]
    }
}

fn known_algorithms() -> impl fmt::Display {
    Said(|f: &mut fmt::Formatter<'_>| {
        Algorithm::ALL.into_iter().try_for_each(|algorithm| write!(f, " {algorithm}"))
    })
}

/// The reason why a text is not strict JSON.
pub(super) fn json(error: JsonError, language: Language) -> impl fmt::Display {
    json_fault((error, error.fault), language)
}

sentences! {
    fn json_fault(error: (JsonError, JsonFault), language, f) {
        (JsonError { at, .. }, JsonFault::Unexpected { met, allowed }) => {
            let (error, met, expected) = (error.0, met.escape_ascii(), expected(allowed, language));
            sentence!(f, language,
                en: "{error}",
                de: "Bei Byte {at} muss {expected} stehen; gefunden wurde `{met}`",
                ko: "{at}번째 바이트가 잘못되었습니다(허용: {expected}, 현재: `{met}`)",
            )
        }
        (JsonError { at, .. }, JsonFault::End { allowed }) => {
            let (error, expected) = (error.0, expected(allowed, language));
            sentence!(f, language,
                en: "{error}",
                de: "Bei Byte {at} muss {expected} stehen; gefunden wurde das Ende des Textes",
                ko: "{at}번째 바이트에서 텍스트가 끝났습니다(허용: {expected})",
            )
        }
        (error @ JsonError { at, .. }, JsonFault::Utf8) => [
            en: "{error}",
            de: "Der Text muss UTF-8 sein, aber Byte {at} ist ungültig",
            ko: "텍스트는 UTF-8 형식이어야 하지만, {at}번째 바이트가 잘못되었습니다",
        ]
        (error @ JsonError { at, .. }, JsonFault::Control { met }) => [
            en: "{error}",
            de: "Bei Byte {at} muss eine Escape-Sequenz stehen; gefunden wurde das Steuerzeichen {met}",
            ko: "{at}번째 바이트의 제어 문자 {met}: 이스케이프해야 합니다",
        ]
        (error @ JsonError { at, .. }, JsonFault::Escape) => [
            en: "{error}",
            de: "Die Escape-Sequenz bei Byte {at} bezeichnet kein Zeichen",
            ko: "{at}번째 바이트의 이스케이프에 해당하는 문자가 없습니다",
        ]
        (error @ JsonError { at, .. }, JsonFault::Duplicate) => [
            en: "{error}",
            de: "Namen dürfen nur einmal vorkommen, aber der Name bei Byte {at} wiederholt einen früheren",
            ko: "이름은 한 번만 나와야 하지만, {at}번째 바이트의 이름이 앞의 이름과 중복됩니다",
        ]
        (error @ JsonError { at, .. }, JsonFault::TooDeep { allowed }) => [
            en: "{error}",
            de: "Erlaubt sind höchstens {allowed} Ebenen von Objekten und Arrays; Byte {at} öffnet eine weitere",
            ko: "객체와 배열은 최대 {allowed}단계까지 중첩할 수 있지만, {at}번째 바이트에서 초과합니다",
        ]
        (error @ JsonError { at, .. }, JsonFault::TooManyMembers { allowed }) => [
            en: "{error}",
            de: "Erlaubt sind höchstens {allowed} Einträge; bei Byte {at} steht ein weiterer",
            ko: "항목은 최대 {allowed}개까지 허용되지만, {at}번째 바이트에서 초과합니다",
        ]
        (error, JsonFault::TooLong { needs, has }) => [
            en: "{error}",
            de: "Der Text darf höchstens {has} Bytes haben; gefunden wurden {needs}",
            ko: "텍스트는 최대 {has}바이트까지 허용되지만, {needs}바이트입니다",
        ]
    }

    fn expected(expected: Expected, language, f) {
        Expected::Object => [en: "{expected}", de: "`{{`", ko: "`{{`"]
        Expected::Name => [
            en: "{expected}", de: "ein Name in Anführungszeichen", ko: "따옴표로 묶은 이름"]
        Expected::NameOrEnd => [
            en: "{expected}",
            de: "ein Name in Anführungszeichen oder `}}`",
            ko: "따옴표로 묶은 이름 또는 `}}`",
        ]
        Expected::Colon => [en: "{expected}", de: "`:`", ko: "`:`"]
        Expected::Value => [en: "{expected}", de: "ein Wert", ko: "값"]
        Expected::ValueOrEnd => [en: "{expected}", de: "ein Wert oder `]`", ko: "값 또는 `]`"]
        Expected::CommaOrBrace => [en: "{expected}", de: "`,` oder `}}`", ko: "`,` 또는 `}}`"]
        Expected::CommaOrBracket => [en: "{expected}", de: "`,` oder `]`", ko: "`,` 또는 `]`"]
        Expected::Literal => [
            en: "{expected}", de: "true, false oder null", ko: "true, false 또는 null"]
        Expected::Digit => [en: "{expected}", de: "eine Ziffer", ko: "숫자 문자"]
        Expected::Quote => [
            en: "{expected}", de: "ein schließendes Anführungszeichen", ko: "닫는 따옴표"]
        Expected::Nothing => [
            en: "{expected}", de: "das Ende des Textes", ko: "텍스트의 끝"]
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;
    use std::vec::Vec;

    use super::*;
    use crate::token::InvalidSignature;

    fn json(fault: JsonFault) -> DecodeError {
        DecodeError::Claims(ClaimsError::Json(JsonError { at: 7, fault }))
    }

    fn header(error: HeaderError) -> DecodeError {
        DecodeError::Header(error)
    }

    fn base64(fault: Base64Error) -> DecodeError {
        DecodeError::Base64 { segment: Segment::Payload, fault }
    }

    fn claim(claim: Claim) -> DecodeError {
        DecodeError::Claims(ClaimsError::Type { claim, met: JsonKind::Null, allowed: "another" })
    }

    fn wrong_type(name: &'static str) -> DecodeError {
        header(HeaderError::Type { name, met: JsonKind::Object, allowed: "another" })
    }

    const EXPECTED: [Expected; 12] = [
        Expected::Object,
        Expected::Name,
        Expected::NameOrEnd,
        Expected::Colon,
        Expected::Value,
        Expected::ValueOrEnd,
        Expected::CommaOrBrace,
        Expected::CommaOrBracket,
        Expected::Literal,
        Expected::Digit,
        Expected::Quote,
        Expected::Nothing,
    ];

    fn errors() -> Vec<DecodeError> {
        let mut errors = std::vec![
            DecodeError::Segments { met: 1 },
            DecodeError::Segments { met: 4 },
            DecodeError::Segments { met: 5 },
            DecodeError::TooLong { needs: 900, has: 512 },
            base64(Base64Error::Symbol { at: 3, met: b'=' }),
            base64(Base64Error::Length { met: 5 }),
            base64(Base64Error::TrailingBits { met: b'x' }),
            header(HeaderError::MissingAlg),
            header(HeaderError::AlgNone),
            header(HeaderError::UnknownAlg { met: "HS1".try_into().unwrap() }),
            header(HeaderError::EmptyCrit),
            header(HeaderError::UnknownCrit),
            header(HeaderError::Unencoded),
            json(JsonFault::Utf8),
            json(JsonFault::Control { met: 9 }),
            json(JsonFault::Escape),
            json(JsonFault::Duplicate),
            json(JsonFault::TooDeep { allowed: 32 }),
            json(JsonFault::TooManyMembers { allowed: 64 }),
            json(JsonFault::TooLong { needs: 70_000, has: 65_535 }),
        ];
        errors.extend(["alg", "b64", "crit"].map(wrong_type));
        errors.extend(Claim::ALL.map(claim));
        errors.extend(EXPECTED.map(|allowed| json(JsonFault::End { allowed })));
        errors.extend(EXPECTED.map(|allowed| json(JsonFault::Unexpected { met: b'}', allowed })));
        errors
    }

    // The numbers in a sentence, in any order.
    fn digits(said: &str) -> Vec<char> {
        let mut digits: Vec<char> = said.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    }

    #[test]
    fn every_error_has_words_in_every_language() {
        for error in errors() {
            let english = decode_error(&error, Language::English).to_string();
            for language in [Language::German, Language::Korean] {
                let said = decode_error(&error, language).to_string();
                assert_ne!(said, english, "{error:?}");
                assert_eq!(digits(&said), digits(&english), "{language}: {said}");
            }
        }
    }

    #[test]
    fn segments_and_types_have_their_own_words() {
        let base64 =
            |segment| DecodeError::Base64 { segment, fault: Base64Error::Length { met: 1 } };
        let typed =
            |name, met| DecodeError::Header(HeaderError::Type { name, met, allowed: "another" });
        let rows = [
            (base64(Segment::Header), "Header: Die Länge", "헤더: base64url 길이"),
            (base64(Segment::Payload), "Payload: Die Länge", "페이로드: base64url 길이"),
            (base64(Segment::Signature), "Signatur: Die Länge", "서명: base64url 길이"),
            (typed("b64", JsonKind::Number), "muss ein Wahrheitswert sein", "허용: 불리언"),
            (typed("crit", JsonKind::String), "muss ein Array von Namen sein", "허용: 이름 배열"),
            (typed("kid", JsonKind::Number), "muss eine Zeichenkette sein", "허용: 문자열"),
        ];
        for (error, german, korean) in rows {
            let said = |language| decode_error(&error, language).to_string();
            assert!(said(Language::German).contains(german), "{}", said(Language::German));
            assert!(said(Language::Korean).contains(korean), "{}", said(Language::Korean));
        }
    }

    #[test]
    fn errors_state_expected_and_found() {
        let rows: &[(DecodeError, &str, &str)] = &[
            (
                claim(Claim::Exp),
                "Claims: `exp` muss eine Zahl sein; gefunden wurde null",
                "클레임: `exp` 값의 형식이 잘못되었습니다(허용: 숫자, 현재: null)",
            ),
            (
                json(JsonFault::Unexpected { met: b'}', allowed: Expected::Value }),
                "Claims: Bei Byte 7 muss ein Wert stehen; gefunden wurde `}`",
                "클레임: 7번째 바이트가 잘못되었습니다(허용: 값, 현재: `}`)",
            ),
        ];
        for (error, german, korean) in rows {
            assert_eq!(decode_error(error, Language::German).to_string(), *german);
            assert_eq!(decode_error(error, Language::Korean).to_string(), *korean);
        }
    }

    #[test]
    fn keys_that_do_not_fit_are_named() {
        let other = VerifyError::Algorithm { token: Algorithm::Es256, key: Algorithm::Hs256 };
        for error in [other, VerifyError::Signature(InvalidSignature), VerifyError::Unanswered] {
            for &language in Language::ALL {
                let said = verify_error(&error, language).to_string();
                assert!(!said.is_empty());
                assert_eq!(said.contains("ES256"), error == other, "{said}");
            }
        }
    }
}
