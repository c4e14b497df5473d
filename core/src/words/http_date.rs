//! Why a text is no HTTP-date, as a sentence.

use core::fmt;

use super::language::Language;
use super::said::Said;
use crate::time::HttpDateError;

/// Why a text is no HTTP-date.
///
/// # Example
/// ```
/// use jwtick_core::time::HttpDate;
/// use jwtick_core::words::{Language, http_date_error};
/// let error = HttpDate::parse(b"Fri, 03 Mar 2017 04:29:05 UTC").unwrap_err();
/// let said = http_date_error(&error, Language::German).to_string();
/// assert_eq!(said, "Bei Byte 26 steht `U`, so geht keine der drei Formen eines HTTP-Datums weiter");
/// ```
#[must_use]
pub fn http_date_error(error: &HttpDateError, language: Language) -> impl fmt::Display {
    let error = *error;
    Said(move |f: &mut fmt::Formatter<'_>| match language {
        Language::English => fmt::Display::fmt(&error, f),
        Language::German => german(error, f),
        Language::Korean => korean(error, f),
    })
}

fn german(error: HttpDateError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error {
        HttpDateError::Unexpected { at, found: Some(found), .. } => write!(
            f,
            "Bei Byte {at} steht `{}`, so geht keine der drei Formen eines HTTP-Datums weiter",
            found.escape_ascii()
        ),
        HttpDateError::Unexpected { at, found: None, .. } => {
            write!(f, "Der Text endet bei Byte {at}, vor dem Ende des HTTP-Datums")
        }
        HttpDateError::NoSuchDate { year, month, day } => {
            write!(f, "{year:04}-{month:02}-{day:02} steht nicht im Kalender")
        }
        HttpDateError::NoSuchTime { hour, minute, second } => {
            write!(f, "{hour:02}:{minute:02}:{second:02} hat einen Teil jenseits von 23:59:60")
        }
        HttpDateError::BeyondYears => {
            f.write_str("Der Zeitpunkt liegt außerhalb der Jahre 0 bis 9999")
        }
    }
}

fn korean(error: HttpDateError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error {
        HttpDateError::Unexpected { at, found: Some(found), .. } => write!(
            f,
            "HTTP 날짜의 세 가지 형식에 맞지 않습니다({at}바이트 위치: `{}`)",
            found.escape_ascii()
        ),
        HttpDateError::Unexpected { at, found: None, .. } => {
            write!(f, "HTTP 날짜가 끝나기 전에 텍스트가 끝났습니다({at}바이트 위치)")
        }
        HttpDateError::NoSuchDate { year, month, day } => {
            write!(f, "달력에 없는 날짜입니다: {year:04}-{month:02}-{day:02}")
        }
        HttpDateError::NoSuchTime { hour, minute, second } => {
            write!(f, "23:59:60을 넘는 시각입니다: {hour:02}:{minute:02}:{second:02}")
        }
        HttpDateError::BeyondYears => f.write_str("시각이 0년~9999년 범위를 벗어납니다"),
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn every_error_is_said_in_every_language() {
        let unexpected = |found| HttpDateError::Unexpected { expected: "`GMT`", at: 26, found };
        let errors = [
            unexpected(Some(b'U')),
            unexpected(None),
            HttpDateError::NoSuchDate { year: 2017, month: 2, day: 29 },
            HttpDateError::NoSuchTime { hour: 24, minute: 0, second: 1 },
            HttpDateError::BeyondYears,
        ];
        for error in errors {
            let said = |language| http_date_error(&error, language).to_string();
            let [english, german, korean] =
                [Language::English, Language::German, Language::Korean].map(said);
            assert_eq!(error.to_string(), english);
            assert_ne!(english, german);
            assert!(korean.chars().any(|c| ('가'..='힣').contains(&c)), "{korean}");
            for part in ["26", "`U`", "2017-02-29", "24:00:01", "9999"] {
                let has = |text: &str| text.contains(part);
                assert!(!has(&english) || (has(&german) && has(&korean)), "{german} {korean}");
            }
        }
    }
}
