//! Faults of a configuration file.

use jwtick_core::words::{sentence, sentences};

use crate::config::{ConfigError, Exposed, Fault, Type, Use, Writer};
use crate::measurement::NotAClock;
use crate::notation::duration::NotADuration;

sentences! {
    pub(super) fn config(error: &ConfigError, language, f) {
        ConfigError::Read { name, source } => [
            en: "{error}",
            de: "Die Konfiguration {name} kann nicht gelesen werden: {source}",
            ko: "설정 파일 {name}: 읽을 수 없습니다({source})",
        ]
        ConfigError::Exposed(exposed) => { write!(f, "{}", self::exposed(exposed, language)) }
        ConfigError::Invalid { name, line, column, fault } => {
            let fault = invalid(fault, language);
            sentence!(f, language,
                en: "{error}",
                de: "{name}:{line}:{column}: {fault}",
                ko: "{name}:{line}:{column}: {fault}",
            )
        }
    }

    /// A file that others may write.
    pub(super) fn exposed(exposed: &Exposed, language, f) {
        Exposed { name, writer, used: Use::Used } => {
            let writer = self::writer(*writer, language);
            sentence!(f, language,
                en: "{exposed}",
                de: "{name} kann {writer} geändert werden: Führen Sie chmod go-w {name} aus; sonst sind die Einstellungen vielleicht nicht Ihre",
                ko: "{name} 파일은 {writer} 변경할 수 있습니다. chmod go-w {name} 명령을 실행하십시오. 그러지 않으면 다른 사람의 설정일 수 있습니다",
            )
        }
        Exposed { name, writer, used: Use::NotUsed } => {
            let writer = self::writer(*writer, language);
            sentence!(f, language,
                en: "{exposed}",
                de: "{name} kann {writer} geändert werden, daher benutzt root die Datei nicht: Führen Sie chown root und chmod go-w aus",
                ko: "{name} 파일은 {writer} 변경할 수 있으므로 root 사용자는 사용하지 않습니다. chown root 및 chmod go-w 명령을 실행하십시오",
            )
        }
    }

    fn writer(writer: Writer, language, f) {
        Writer::Owner => [en: "{writer}", de: "von ihrem Besitzer", ko: "소유자가"]
        Writer::Group => [en: "{writer}", de: "von ihrer Gruppe", ko: "그룹이"]
        Writer::Everyone => [en: "{writer}", de: "von allen", ko: "누구나"]
        Writer::Folder => [
            en: "{writer}",
            de: "von allen, die in ihren Ordner schreiben dürfen,",
            ko: "해당 폴더에 쓸 수 있는 사용자가",
        ]
    }

    fn invalid(fault: &Fault, language, f) {
        Fault::Syntax(words) => { f.write_str(words) }
        Fault::Key { met, similar } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "Unbekannter Schlüssel `{met}`: Meinten Sie {similar}?",
                ko: "알 수 없는 키 `{met}`: 혹시 {similar} 키입니까?",
            )
        }
        Fault::NoKey { met, known } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "Unbekannter Schlüssel `{met}`: Erwartet wird einer von {known}",
                ko: "알 수 없는 키 `{met}`: 다음 중 하나여야 합니다: {known}",
            )
        }
        Fault::Type { met, allowed: Type::Text } => [
            en: "{fault}",
            de: "Erwartet wird ein Text in Anführungszeichen, gefunden wurde ein Wert vom Typ {met}",
            ko: "따옴표로 묶은 텍스트여야 하지만 {met} 형식의 값입니다",
        ]
        Fault::Type { met, allowed: Type::ListOfTexts } => [
            en: "{fault}",
            de: "Erwartet wird eine Liste von Texten, gefunden wurde ein Wert vom Typ {met}: Schreiben Sie [\"…\", \"…\"]",
            ko: "텍스트 목록이어야 하지만 {met} 형식의 값입니다. [\"…\", \"…\"] 형식으로 적으십시오",
        ]
        Fault::Type { met, allowed: Type::Switch } => [
            en: "{fault}",
            de: "Erwartet wird true oder false, gefunden wurde ein Wert vom Typ {met}",
            ko: "true 또는 false여야 하지만 {met} 형식의 값입니다",
        ]
        Fault::Type { met, allowed: Type::Number } => [
            en: "{fault}",
            de: "Erwartet wird eine ganze Zahl ab 1, gefunden wurde ein Wert vom Typ {met}",
            ko: "1 이상의 정수여야 하지만 {met} 형식의 값입니다",
        ]
        Fault::Type { met, allowed: Type::Table } => [
            en: "{fault}",
            de: "Erwartet wird eine Tabelle, gefunden wurde ein Wert vom Typ {met}",
            ko: "테이블이어야 하지만 {met} 형식의 값입니다",
        ]
        Fault::Type { met, allowed: Type::ListOfTables } => [
            en: "{fault}",
            de: "Erwartet wird eine Liste von Tabellen, gefunden wurde ein Wert vom Typ {met}",
            ko: "테이블 목록이어야 하지만 {met} 형식의 값입니다",
        ]
        Fault::Duration { met, fault } => {
            let (met, reason) = (met.escape_debug(), duration(*fault, language));
            write!(f, "`{met}`: {reason}")
        }
        Fault::Clock { met, fault } => {
            let (met, reason) = (met.escape_debug(), clock(*fault, language));
            write!(f, "`{met}`: {reason}")
        }
        Fault::Claim { met } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "unbekannter Claim `{met}`: Möglich sind exp, nbf, iat, iss, sub, aud und jti",
                ko: "알 수 없는 클레임 `{met}`: exp, nbf, iat, iss, sub, aud, jti 중에서 고르십시오",
            )
        }
        Fault::Language { met } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "Nicht unterstützte Sprache `{met}`: Erwartet wird en, de oder ko",
                ko: "지원되지 않는 언어 `{met}`: en, de, ko 중 하나여야 합니다",
            )
        }
        Fault::Url { met, fault } => {
            let met = met.escape_debug();
            write!(f, "`{met}`: {fault}")
        }
        fault => { write!(f, "{}", service(fault, language)) }
    }

    fn service(fault: &Fault, language, f) {
        Fault::Choice { met, known } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "Unbekannter Wert `{met}`: Erwartet wird einer von {known}",
                ko: "알 수 없는 값 `{met}`: 다음 중 하나여야 합니다: {known}",
            )
        }
        Fault::Address { met } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "`{met}`: Erwartet wird eine Adresse wie 127.0.0.1:8474 oder [::1]:8474 (Namen werden nicht aufgelöst)",
                ko: "`{met}`: 127.0.0.1:8474 또는 [::1]:8474와 같은 주소여야 합니다(이름은 조회하지 않습니다)",
            )
        }
        Fault::Algorithm { met, known } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "Nicht unterstützter Algorithmus `{met}`: Erwartet wird einer von {known}",
                ko: "지원되지 않는 알고리즘 `{met}`: 다음 중 하나여야 합니다: {known}",
            )
        }
        Fault::Header { met } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "`{met}`: Erwartet wird der Name eines Headers, den nur dieser Dienst setzt, etwa X-Auth-Subject",
                ko: "`{met}`: X-Auth-Subject처럼 이 서비스만 설정하는 헤더의 이름이어야 합니다",
            )
        }
        Fault::Text { met, like } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "`{met}`: Erwartet wird ein Text wie `{like}`",
                ko: "`{met}`: `{like}`와 같은 텍스트여야 합니다",
            )
        }
        Fault::Missing { keys } => [
            en: "{fault}",
            de: "Dieser Tabelle fehlt ein Schlüssel: {keys}",
            ko: "이 테이블에 필요한 키가 없습니다: {keys}",
        ]
        Fault::Together { keys: [one, other] } => [
            en: "{fault}",
            de: "{one} und {other} schließen einander aus: Entfernen Sie eines davon",
            ko: "{one} 키와 {other} 키는 함께 쓸 수 없습니다. 하나를 빼십시오",
        ]
        Fault::Twice { key, met } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "Eine andere Tabelle hat dasselbe {key} `{met}`",
                ko: "다른 테이블에 같은 {key} 값 `{met}` 항목이 있습니다",
            )
        }
        Fault::AnyIssuer => [
            en: "{fault}",
            de: "Es gibt mehrere Aussteller, daher braucht jede Tabelle `issuer`, den `iss` ihrer Token",
            ko: "발급자가 여럿이므로 각 테이블에 토큰의 `iss` 값인 `issuer` 키가 필요합니다",
        ]
        other => { write!(f, "{other}") }
    }

    fn duration(fault: NotADuration, language, f) {
        NotADuration::Form => [
            en: "{fault}",
            de: "Erwartet wird eine Dauer, gefunden wurde ein anderer Text: Schreiben Sie eine Zahl mit Einheit, etwa 30s, 5m, 2d9h49m14s oder 250ms",
            ko: "기간이어야 하지만 다른 텍스트입니다. 30s, 5m, 2d9h49m14s, 250ms처럼 단위가 붙은 숫자로 적으십시오",
        ]
        NotADuration::Calendar => [
            en: "{fault}",
            de: "Erwartet wird eine Dauer von fester Länge, gefunden wurden Monate oder Jahre: Schreiben Sie Tage (d) oder Wochen (w)",
            ko: "길이가 일정한 기간이어야 하지만 달이나 해가 있습니다. 일(d)이나 주(w)로 적으십시오",
        ]
        NotADuration::Negative => [
            en: "{fault}",
            de: "Erwartet wird eine Dauer ab 0s, gefunden wurde eine negative",
            ko: "0s 이상의 기간이어야 하지만 음수입니다",
        ]
    }

    fn clock(fault: NotAClock, language, f) {
        NotAClock::Form => [
            en: "{fault}",
            de: "Erwartet wird os, ntp:HOST[:PORT] oder eine URL, etwa ntp:time.example.org oder https://www.example.org/",
            ko: "os, ntp:HOST[:PORT] 또는 URL이어야 합니다(예: ntp:time.example.org, https://www.example.org/)",
        ]
        NotAClock::Host => [
            en: "{fault}",
            de: "Erwartet wird HOST oder HOST:PORT, mit einer IPv6-Adresse in eckigen Klammern",
            ko: "HOST 또는 HOST:PORT 형식이어야 하며 IPv6 주소는 대괄호로 묶습니다",
        ]
        NotAClock::Url => [
            en: "{fault}",
            de: "Erwartet wird eine URL, die mit http:// oder https:// beginnt",
            ko: "http:// 또는 https://로 시작하는 URL이어야 합니다",
        ]
        NotAClock::Credentials => [
            en: "{fault}",
            de: "Erwartet wird eine URL ohne Zugangsdaten, gefunden wurde ein Benutzer oder ein Passwort: Lassen Sie beides weg",
            ko: "인증 정보가 없는 URL이어야 하지만 사용자나 암호가 있습니다. 모두 빼십시오",
        ]
    }
}
