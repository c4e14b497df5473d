//! Faults of a configuration file.

use jwtick_core::words::{sentence, sentences};

use crate::config::{ConfigError, Fault, Type};
use crate::measurement::NotAClock;
use crate::notation::duration::NotADuration;

sentences! {
    pub(super) fn config(error: &ConfigError, language, f) {
        ConfigError::Read { name, source } => [
            en: "{error}",
            de: "Die Konfiguration {name} lässt sich nicht lesen: {source}",
            ko: "설정 파일 {name}: 읽을 수 없습니다: {source}",
        ]
        ConfigError::Invalid { name, line, column, fault } => {
            let fault = invalid(fault, language);
            sentence!(f, language,
                en: "{error}",
                de: "{name}:{line}:{column}: {fault}",
                ko: "{name}:{line}:{column}: {fault}",
            )
        }
    }

    fn invalid(fault: &Fault, language, f) {
        Fault::Syntax(words) => { f.write_str(words) }
        Fault::Key { met, similar } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "unbekannter Schlüssel `{met}`: meinten Sie {similar}?",
                ko: "알 수 없는 키 `{met}`, 혹시 {similar}?",
            )
        }
        Fault::NoKey { met, known } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "unbekannter Schlüssel `{met}`: bekannt sind {known}",
                ko: "알 수 없는 키 `{met}`, 사용할 수 있는 키: {known}",
            )
        }
        Fault::Type { met, allowed: Type::Text } => [
            en: "{fault}",
            de: "der Wert ist vom Typ {met}: Schreiben Sie ihn als Text in Anführungszeichen",
            ko: "값의 형식: {met}. 따옴표로 묶은 텍스트로 적으십시오",
        ]
        Fault::Type { met, allowed: Type::ListOfTexts } => [
            en: "{fault}",
            de: "der Wert ist vom Typ {met}: Schreiben Sie eine Liste von Texten, [\"…\", \"…\"]",
            ko: "값의 형식: {met}. 텍스트 목록으로 적으십시오: [\"…\", \"…\"]",
        ]
        Fault::Duration { met, fault } => {
            let (met, reason) = (met.escape_debug(), duration(*fault, language));
            write!(f, "`{met}`: {reason}")
        }
        Fault::Clock { met, fault } => {
            let (met, reason) = (met.escape_debug(), clock(*fault, language));
            write!(f, "`{met}`: {reason}")
        }
        Fault::Language { met } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "`{met}` wird als Sprache nicht unterstützt: Möglich sind en, de und ko",
                ko: "`{met}`: 지원하지 않는 언어입니다. en, de, ko 중에서 고르십시오",
            )
        }
    }

    fn duration(fault: NotADuration, language, f) {
        NotADuration::Form => [
            en: "{fault}",
            de: "eine Dauer ist eine Zahl mit Einheit: 30s, 5m, 2d9h49m14s, 250ms",
            ko: "기간은 단위가 붙은 숫자입니다: 30s, 5m, 2d9h49m14s, 250ms",
        ]
        NotADuration::Calendar => [
            en: "{fault}",
            de: "Monate und Jahre sind verschieden lang: Geben Sie Tage (d) oder Wochen (w) an",
            ko: "달과 해는 길이가 일정하지 않으므로 일(d)이나 주(w)로 적으십시오",
        ]
        NotADuration::Negative => [
            en: "{fault}",
            de: "diese Dauer darf nicht negativ sein",
            ko: "이 기간은 음수일 수 없습니다",
        ]
    }

    fn clock(fault: NotAClock, language, f) {
        NotAClock::Form => [
            en: "{fault}",
            de: "eine Uhr ist os, ntp:HOST[:PORT] oder eine URL",
            ko: "시계는 os, ntp:HOST[:PORT] 또는 URL 형식입니다",
        ]
        NotAClock::Host => [
            en: "{fault}",
            de: "ein NTP-Server ist HOST oder HOST:PORT; eine IPv6-Adresse steht in eckigen Klammern",
            ko: "NTP 서버는 HOST 또는 HOST:PORT 형식이며 IPv6 주소는 대괄호로 묶습니다",
        ]
        NotAClock::Url => [
            en: "{fault}",
            de: "die URL eines Servers beginnt mit http:// oder https://",
            ko: "서버의 URL은 http:// 또는 https:// 형식으로 시작합니다",
        ]
        NotAClock::Credentials => [
            en: "{fault}",
            de: "die URL enthält einen Benutzer oder ein Passwort, was für Date nicht nötig ist: Lassen Sie beides weg",
            ko: "URL에 사용자나 암호가 있습니다. Date에는 필요하지 않으므로 빼십시오",
        ]
    }
}
