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
