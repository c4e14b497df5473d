//! Errors of keys: the reason why a key is refused, or cannot be used as requested.

use super::sentence::{sentence, sentences};
use super::token::{base64, json, kind, member_type};
use crate::key::{JwkError, JwkKind, KeyError, KeyOperation, PublicForm, WeakKey};

sentences! {
    /// The reason why a secret cannot be an HMAC key.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::WeakKey;
    /// use jwtick_core::words::{Language, weak_key};
    /// let said = weak_key(&WeakKey::Short { needs: 32, has: 6 }, Language::English).to_string();
    /// assert_eq!(said, "the secret has 6 bytes: expected at least 32");
    /// ```
    pub fn weak_key(error: &WeakKey, language, f) {
        WeakKey::Short { needs, has } => [
            en: "{error}",
            de: "Das Geheimnis hat {has} Bytes; nötig sind mindestens {needs}",
            ko: "비밀 키는 최소 {needs}바이트여야 하지만, {has}바이트입니다",
        ]
        WeakKey::Public { form } => {
            let form = public_form(*form, language);
            sentence!(f, language,
                en: "{error}",
                de: "Ein HMAC braucht ein Geheimnis, das niemand sonst kennt; gefunden wurde {form}",
                ko: "HMAC 키는 다른 사람이 모르는 비밀 값이어야 하지만, 지정된 값은 {form}입니다",
            )
        }
    }

    /// The reason why a JSON Web Key is refused, or cannot be used as requested.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::Jwk;
    /// use jwtick_core::words::{Language, jwk_error};
    /// let error = Jwk::parse(br#"{"kty":"RSA","e":"AQAB"}"#).err().unwrap();
    /// assert_eq!(jwk_error(&error, Language::German).to_string(), "`n` fehlt");
    /// ```
    pub fn jwk_error(error: &JwkError, language, f) {
        JwkError::Json(error) => { write!(f, "{}", json(*error, language)) }
        JwkError::Key(error) => { write!(f, "{}", key_error(*error, language)) }
        JwkError::Secret(error) => { write!(f, "{}", weak_key(error, language)) }
        JwkError::Base64 { name, fault } => { write!(f, "`{name}`: {}", base64(*fault, language)) }
        JwkError::Missing { name } => [
            en: "{error}", de: "`{name}` fehlt", ko: "필요한 항목이 없습니다: `{name}`"]
        JwkError::Type { name, met, .. } => {
            let (met, allowed) = (kind(*met, language), member_type(name, language));
            sentence!(f, language,
                en: "{error}",
                de: "`{name}` muss {allowed} sein; gefunden wurde {met}",
                ko: "`{name}` 값의 형식이 잘못되었습니다(허용: {allowed}, 현재: {met})",
            )
        }
        JwkError::TooLong { name, needs, has } => [
            en: "{error}",
            de: "`{name}` hat {needs} Bytes; erlaubt sind höchstens {has}",
            ko: "`{name}` 값은 최대 {has}바이트까지 허용되지만, {needs}바이트입니다",
        ]
        JwkError::UnknownKty { met } => {
            let met = met.escape_default();
            sentence!(f, language,
                en: "{error}",
                de: "Unbekannter Schlüsseltyp `{met}`; erwartet wird RSA, EC, OKP oder oct",
                ko: "알 수 없는 키 유형: `{met}`. RSA, EC, OKP, oct만 지원됩니다",
            )
        }
        JwkError::UnknownCrv { met } => {
            let met = met.escape_default();
            sentence!(f, language,
                en: "{error}",
                de: "Unbekannte Kurve `{met}`; erwartet wird P-256, P-384, P-521 oder secp256k1 für EC, Ed25519, Ed448, X25519 oder X448 für OKP",
                ko: "알 수 없는 곡선: `{met}`. EC 키는 P-256, P-384, P-521, secp256k1, OKP 키는 Ed25519, Ed448, X25519, X448만 지원됩니다",
            )
        }
        JwkError::Use { met } => {
            let met = met.escape_default();
            sentence!(f, language,
                en: "{error}",
                de: "`use` muss für Signaturen `sig` sein; gefunden wurde `{met}`",
                ko: "서명에 사용하려면 `use` 값이 `sig`여야 하지만, `{met}` 값입니다",
            )
        }
        JwkError::Operation { needs } => {
            let operation = operation(*needs, language);
            sentence!(f, language,
                en: "{error}",
                de: "`key_ops` erlaubt dem Schlüssel nicht {operation}",
                ko: "`key_ops` 값이 이 작업을 허용하지 않습니다: {operation}",
            )
        }
        JwkError::Repeated { met } => [
            en: "{error}",
            de: "`key_ops` nennt `{met}` zweimal",
            ko: "`key_ops` 배열에 중복된 값이 있습니다: `{met}`",
        ]
        JwkError::Public => [
            en: "{error}",
            de: "Zum Signieren ist ein privater Schlüssel nötig; dieser hat nur den öffentlichen Teil",
            ko: "서명하려면 개인 키가 필요하지만, 이 키에는 공개 부분만 있습니다",
        ]
        JwkError::Unsuited { kind, algorithm } => {
            let kind = key_kind(*kind, language);
            sentence!(f, language,
                en: "{error}",
                de: "{kind} ist für {algorithm} nicht geeignet",
                ko: "{algorithm} 알고리즘에 사용할 수 없는 키입니다({kind})",
            )
        }
        JwkError::OtherAlgorithm { key, wanted } => {
            let key = key.escape_default();
            sentence!(f, language,
                en: "{error}",
                de: "Nötig ist ein Schlüssel für {wanted}; dieser ist für {key}",
                ko: "키의 알고리즘이 다릅니다(필요: {wanted}, 현재: {key})",
            )
        }
        JwkError::Unsupported { algorithm } => [
            en: "{error}",
            de: "Dieses Programm wurde ohne {algorithm} gebaut",
            ko: "이 프로그램에 포함되지 않은 알고리즘: {algorithm}",
        ]
    }

    fn public_form(form: PublicForm, language, f) {
        PublicForm::Pem => [
            en: "{form}",
            de: "ein Schlüssel oder Zertifikat in PEM",
            ko: "PEM 형식의 키 또는 인증서",
        ]
        PublicForm::Jwk => [
            en: "{form}", de: "der Text eines JSON Web Key", ko: "JSON Web Key 텍스트"]
        PublicForm::Der => [
            en: "{form}", de: "ein öffentlicher Schlüssel in DER", ko: "DER 형식의 공개 키"]
        PublicForm::BareBase64 => [
            en: "{form}", de: "ein öffentlicher Schlüssel in base64", ko: "base64 형식의 공개 키"]
        PublicForm::Ssh => [
            en: "{form}", de: "ein öffentlicher Schlüssel für SSH", ko: "SSH용 공개 키"]
    }

    fn operation(operation: KeyOperation, language, f) {
        KeyOperation::Sign => [en: "{operation}", de: "zu signieren", ko: "서명"]
        KeyOperation::Verify => [en: "{operation}", de: "zu prüfen", ko: "검증"]
    }

    fn key_kind(kind: JwkKind, language, f) {
        JwkKind::Rsa => [en: "{kind}", de: "Ein RSA-Schlüssel", ko: "RSA 키"]
        JwkKind::Ec(curve) => [
            en: "{kind}", de: "Ein EC-Schlüssel auf {curve}", ko: "{curve} 곡선의 EC 키"]
        JwkKind::Okp(curve) => [
            en: "{kind}", de: "Ein OKP-Schlüssel auf {curve}", ko: "{curve} 곡선의 OKP 키"]
        JwkKind::Oct => [en: "{kind}", de: "Ein oct-Schlüssel", ko: "oct 키"]
    }

    fn key_error(error: KeyError, language, f) {
        KeyError::ModulusBits { met, least, most } => [
            en: "{error}",
            de: "Der Modul hat {met} Bit; erlaubt sind {least} bis {most}",
            ko: "모듈러스는 {least}~{most}비트여야 하지만, {met}비트입니다",
        ]
        KeyError::EvenModulus => [
            en: "{error}",
            de: "Der Modul ist gerade, er muss aber ungerade sein",
            ko: "모듈러스는 홀수여야 하지만, 짝수입니다",
        ]
        KeyError::Exponent { met } => {
            let most = u32::MAX;
            sentence!(f, language,
                en: "{error}",
                de: "Der Exponent ist {met}; erlaubt sind ungerade Zahlen von 3 bis {most}",
                ko: "지수는 3부터 {most}까지의 홀수여야 하지만, {met} 값입니다",
            )
        }
        KeyError::ExponentBytes { met } => [
            en: "{error}",
            de: "Der Exponent hat {met} Bytes; erlaubt sind 1 bis 4",
            ko: "지수는 1~4바이트여야 하지만, {met}바이트입니다",
        ]
        KeyError::LeadingZero => [
            en: "{error}",
            de: "Modul oder Exponent beginnt mit einem Nullbyte, das fehlen muss",
            ko: "모듈러스 또는 지수 앞의 널 바이트는 생략해야 합니다",
        ]
        KeyError::CoordinateBytes { met, allowed } => [
            en: "{error}",
            de: "Eine Koordinate hat {met} Bytes; auf dieser Kurve müssen es {allowed} sein",
            ko: "이 곡선의 좌표는 {allowed}바이트여야 하지만, {met}바이트입니다",
        ]
        KeyError::PointBytes { met, allowed } => [
            en: "{error}",
            de: "Der Punkt hat {met} Bytes; ein unkomprimierter hat {allowed} und beginnt mit 4",
            ko: "압축하지 않은 점은 {allowed}바이트이고 첫 바이트가 4여야 하지만, {met}바이트입니다",
        ]
        KeyError::NotOnCurve => [
            en: "{error}",
            de: "Der Punkt liegt nicht auf der Kurve",
            ko: "점이 곡선 위에 있지 않습니다",
        ]
        KeyError::NotCanonical => [
            en: "{error}",
            de: "Der Punkt hat nicht die kanonische Form",
            ko: "점이 정규 형식이 아닙니다",
        ]
        KeyError::SmallOrder => [
            en: "{error}",
            de: "Der Punkt hat eine kleine Ordnung, daher passen seine Signaturen zu jeder Nachricht",
            ko: "점의 위수가 작아 서명이 모든 메시지와 일치합니다",
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;
    use std::vec::Vec;

    use super::*;
    use crate::key::Curve;
    use crate::token::{Algorithm, Base64Error, JsonError, JsonFault, JsonKind};
    use crate::words::Language;

    // The numbers in a sentence, in any order.
    fn digits(said: &str) -> Vec<char> {
        let mut digits: Vec<char> = said.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    }

    #[test]
    fn keys_and_members_have_their_own_words() {
        let typed = |name| JwkError::Type { name, met: JsonKind::Null, allowed: "another" };
        let needs = |needs| JwkError::Operation { needs };
        let rows = [
            (
                typed("key_ops"),
                "ein Array von Zeichenketten sein; gefunden wurde null",
                "(허용: 문자열 배열, 현재: null)",
            ),
            (typed("keys"), "ein Array sein; gefunden wurde null", "(허용: 배열, 현재: null)"),
            (
                typed("kid"),
                "eine Zeichenkette sein; gefunden wurde null",
                "(허용: 문자열, 현재: null)",
            ),
            (needs(KeyOperation::Sign), "dem Schlüssel nicht zu signieren", "않습니다: 서명"),
            (needs(KeyOperation::Verify), "dem Schlüssel nicht zu prüfen", "않습니다: 검증"),
        ];
        for (error, german, korean) in rows {
            let said = |language| jwk_error(&error, language).to_string();
            assert!(said(Language::German).ends_with(german), "{}", said(Language::German));
            assert!(said(Language::Korean).ends_with(korean), "{}", said(Language::Korean));
        }
    }

    fn key_errors() -> Vec<JwkError> {
        let (kind, met) = (JwkKind::Ec(Curve::P256), "x".try_into().unwrap());
        let (algorithm, name) = (Algorithm::Es512, "n");
        let met = || heapless::String::clone(&met);
        let keys = [
            KeyError::ModulusBits { met: 1024, least: 2048, most: 4096 },
            KeyError::EvenModulus,
            KeyError::Exponent { met: 1 },
            KeyError::ExponentBytes { met: 5 },
            KeyError::LeadingZero,
            KeyError::CoordinateBytes { met: 31, allowed: 32 },
            KeyError::PointBytes { met: 33, allowed: 65 },
            KeyError::NotOnCurve,
            KeyError::NotCanonical,
            KeyError::SmallOrder,
        ];
        let kinds = [JwkKind::Rsa, kind, JwkKind::Okp(Curve::Ed25519), JwkKind::Oct];
        let operations = [KeyOperation::Sign, KeyOperation::Verify];
        let typed = |name| JwkError::Type { name, met: JsonKind::Null, allowed: "another" };
        let mut errors = Vec::from(keys.map(JwkError::Key));
        errors.extend(kinds.map(|kind| JwkError::Unsuited { kind, algorithm }));
        errors.extend(operations.map(|needs| JwkError::Operation { needs }));
        errors.extend(["kty", "key_ops", "keys"].map(typed));
        errors.extend([
            JwkError::Json(JsonError { at: 7, fault: JsonFault::Duplicate }),
            JwkError::Missing { name },
            JwkError::Base64 { name, fault: Base64Error::Length { met: 5 } },
            JwkError::TooLong { name, needs: 600, has: 512 },
            JwkError::UnknownKty { met: met() },
            JwkError::UnknownCrv { met: met() },
            JwkError::Use { met: met() },
            JwkError::Repeated { met: KeyOperation::Sign },
            JwkError::Public,
            JwkError::OtherAlgorithm { key: met(), wanted: algorithm },
            JwkError::Unsupported { algorithm },
            JwkError::Secret(WeakKey::Short { needs: 32, has: 6 }),
        ]);
        errors
    }

    #[test]
    fn every_key_error_has_words_in_every_language() {
        for error in key_errors() {
            let english = jwk_error(&error, Language::English).to_string();
            for language in [Language::German, Language::Korean] {
                let said = jwk_error(&error, language).to_string();
                assert!(!said.is_empty() && said != english, "{error:?}: {said}");
                assert_eq!(digits(&said), digits(&english), "{language}: {said}");
            }
        }
    }

    #[test]
    fn weak_secrets_are_named_in_every_language() {
        use PublicForm::{BareBase64, Der, Jwk, Pem, Ssh};
        let public = [Pem, Jwk, Der, BareBase64, Ssh].map(|form| WeakKey::Public { form });
        for error in public.into_iter().chain([WeakKey::Short { needs: 32, has: 6 }]) {
            let english = weak_key(&error, Language::English).to_string();
            for language in [Language::German, Language::Korean] {
                let said = weak_key(&error, language).to_string();
                assert_ne!(said, english, "{error:?}");
                assert_eq!(digits(&said), digits(&english), "{language}: {said}");
            }
        }
    }
}
