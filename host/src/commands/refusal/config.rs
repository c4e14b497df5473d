//! What is wrong with a configuration file, in German and Korean.

use crate::config::{ConfigError, Fault, Type};
use crate::measurement::NotAClock;
use crate::notation::duration::NotADuration;

pub(super) fn german(error: &ConfigError) -> String {
    match error {
        ConfigError::Read { name, source } => {
            format!("Die Konfiguration {name} lässt sich nicht lesen: {source}")
        }
        ConfigError::Invalid { name, line, column, text, fault } => {
            format!("{name}:{line}:{column}: {}; die Zeile lautet: {text}", german_fault(fault))
        }
    }
}

fn german_fault(fault: &Fault) -> String {
    match fault {
        Fault::Syntax(words) => words.clone(),
        Fault::Key { met, similar: Some(similar), .. } => {
            format!("unbekannter Schlüssel '{}', meinten Sie {similar}", met.escape_debug())
        }
        Fault::Key { met, similar: None, known } => {
            format!("unbekannter Schlüssel '{}', bekannt sind {}", met.escape_debug(), known)
        }
        Fault::Type { met, allowed: Type::Text } => {
            format!("der Wert ist vom Typ {met}, schreiben Sie ihn als Text in Anführungszeichen")
        }
        Fault::Type { met, allowed: Type::ListOfTexts } => {
            format!(
                "der Wert ist vom Typ {met}, schreiben Sie eine Liste von Texten: [\"…\", \"…\"]"
            )
        }
        Fault::Duration { met, fault } => {
            let reason = german_duration(*fault);
            format!("'{}': {reason}", met.escape_debug())
        }
        Fault::Clock { met, fault } => {
            let reason = german_clock(*fault);
            format!("'{}': {reason}", met.escape_debug())
        }
        Fault::Language { met } => {
            format!("'{}' spricht jwtick nicht, nur en, de, ko", met.escape_debug())
        }
    }
}

pub(super) fn korean(error: &ConfigError) -> String {
    match error {
        ConfigError::Read { name, source } => format!("설정 파일 {name}: 읽을 수 없음: {source}"),
        ConfigError::Invalid { name, line, column, text, fault } => {
            format!("{name}:{line}:{column}: {}. 해당 줄: {text}", korean_fault(fault))
        }
    }
}

fn korean_fault(fault: &Fault) -> String {
    match fault {
        Fault::Syntax(words) => words.clone(),
        Fault::Key { met, similar: Some(similar), .. } => {
            format!("알 수 없는 키 '{}', 혹시 {similar}?", met.escape_debug())
        }
        Fault::Key { met, similar: None, known } => {
            format!("알 수 없는 키 '{}', 사용할 수 있는 키: {}", met.escape_debug(), known)
        }
        Fault::Type { met, allowed: Type::Text } => {
            format!("값의 형식이 {met} 입니다. 따옴표로 묶은 텍스트로 적으십시오")
        }
        Fault::Type { met, allowed: Type::ListOfTexts } => {
            format!("값의 형식이 {met} 입니다. 텍스트 목록으로 적으십시오: [\"…\", \"…\"]")
        }
        Fault::Duration { met, fault } => {
            let reason = korean_duration(*fault);
            format!("'{}': {reason}", met.escape_debug())
        }
        Fault::Clock { met, fault } => {
            let reason = korean_clock(*fault);
            format!("'{}': {reason}", met.escape_debug())
        }
        Fault::Language { met } => {
            format!(
                "'{}': jwtick에서 지원하지 않는 언어입니다. en, de, ko 중에서 고르십시오",
                met.escape_debug()
            )
        }
    }
}

const fn german_duration(fault: NotADuration) -> &'static str {
    match fault {
        NotADuration::Form => "eine Dauer ist eine Zahl mit Einheit: 30s, 5m, 2d9h49m14s, 250ms",
        NotADuration::Calendar => {
            "Monate und Jahre sind verschieden lang, geben Sie Tage (d) oder Wochen (w) an"
        }
        NotADuration::Negative => "diese Dauer darf nicht negativ sein",
    }
}

const fn german_clock(fault: NotAClock) -> &'static str {
    match fault {
        NotAClock::Form => "eine Uhr ist os, ntp:HOST[:PORT] oder eine URL",
        NotAClock::Host => {
            "ein NTP-Server ist HOST oder HOST:PORT, eine IPv6-Adresse steht in Klammern"
        }
        NotAClock::Url => "die URL eines Servers beginnt mit http:// oder https://",
        NotAClock::Credentials => {
            "die URL enthält einen Benutzer oder ein Passwort, was für Date nicht nötig ist: lassen \
             Sie es weg"
        }
    }
}

const fn korean_duration(fault: NotADuration) -> &'static str {
    match fault {
        NotADuration::Form => "기간은 단위가 붙은 숫자입니다: 30s, 5m, 2d9h49m14s, 250ms",
        NotADuration::Calendar => "달과 해는 길이가 일정하지 않으므로 일(d)이나 주(w)로 적으십시오",
        NotADuration::Negative => "이 기간은 음수일 수 없습니다",
    }
}

const fn korean_clock(fault: NotAClock) -> &'static str {
    match fault {
        NotAClock::Form => "시계는 os, ntp:HOST[:PORT] 또는 URL 형식입니다",
        NotAClock::Host => "NTP 서버는 HOST 또는 HOST:PORT 형식이며 IPv6 주소는 대괄호로 묶습니다",
        NotAClock::Url => "서버의 URL은 http:// 또는 https:// 형식으로 시작합니다",
        NotAClock::Credentials => {
            "URL에 사용자나 암호가 있습니다. Date에는 필요하지 않으므로 빼십시오"
        }
    }
}
