//! The rate at which a clock loses or gains, and errors of clocks and of HTTP-dates.

use core::fmt;

use super::duration::millionths;
use super::language::Language;
use super::sentence::{Said, sentence, sentences};
use crate::time::{ClockError, HttpDateError, Rate, TimeBounds};

/// Formats the rate at which a clock loses or gains, in parts per million, as a sentence.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::time::{Offset, Rate};
/// use jwtick_core::words::{Language, rate};
/// let at = |secs| Offset::between(Span::from_secs(secs), Span::from_secs(secs)).unwrap();
/// let lost = Rate::between(at(0), at(60), Span::from_secs(86_400)).unwrap();
/// assert!(rate(lost, Language::English).to_string().contains("ppm"));
/// ```
#[must_use]
pub fn rate(rate: Rate, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let (least, most) = (rate.least_ppb(), rate.most_ppb());
        let ppm = |ppb: i64| millionths(ppb.unsigned_abs().saturating_mul(1_000), language);
        if least >= 0 {
            let (least, most) = (ppm(least), ppm(most));
            sentence!(f, language,
                en: "It loses between {least} and {most} ppm.",
                de: "Sie geht um {least} bis {most} ppm zu langsam.",
                ko: "시계가 최소 {least}, 최대 {most} ppm 느려집니다.",
            )
        } else if most <= 0 {
            let (least, most) = (ppm(most), ppm(least));
            sentence!(f, language,
                en: "It gains between {least} and {most} ppm.",
                de: "Sie geht um {least} bis {most} ppm zu schnell.",
                ko: "시계가 최소 {least}, 최대 {most} ppm 빨라집니다.",
            )
        } else {
            let (gains, loses) = (ppm(least), ppm(most));
            sentence!(f, language,
                en: "It gains at most {gains} ppm or loses at most {loses} ppm.",
                de: "Sie geht höchstens um {gains} ppm zu schnell oder um {loses} ppm zu langsam.",
                ko: "시계가 최대 {gains} ppm 빨라지거나 최대 {loses} ppm 느려집니다.",
            )
        }
    })
}

sentences! {
    /// The reason why a clock cannot be used.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::time::ClockError;
    /// use jwtick_core::words::{Language, clock_error};
    /// let said = clock_error(&ClockError::Stopped, Language::German).to_string();
    /// assert_eq!(said, "Die Uhr konnte nicht gelesen werden");
    /// ```
    pub fn clock_error(error: &ClockError, language, f) {
        ClockError::Stopped => [
            en: "{error}",
            de: "Die Uhr konnte nicht gelesen werden",
            ko: "시계를 읽을 수 없습니다",
        ]
        ClockError::WentBack => [
            en: "{error}",
            de: "Die Uhr darf nur vorwärts gehen, aber dieser Stand liegt vor dem letzten",
            ko: "시계는 앞으로만 가야 하지만, 이번 값이 이전 값보다 작습니다",
        ]
        ClockError::Narrow { tells, needs } => {
            let (tells, needs) = (tells.floor_secs(), needs.floor_secs());
            sentence!(f, language,
                en: "{error}",
                de: "Der Zähler kann höchstens {tells} s messen; vergangen sein können aber {needs} s",
                ko: "카운터로 측정할 수 있는 시간은 최대 {tells}초이지만, {needs}초가 지났을 수 있습니다",
            )
        }
        ClockError::Overdue { least, promised } => {
            let (least, promised) = (least.floor_secs(), promised.floor_secs());
            sentence!(f, language,
                en: "{error}",
                de: "Seit der letzten Ablesung sollten höchstens {promised} s vergangen sein; vergangen sind aber mindestens {least} s",
                ko: "마지막으로 읽은 후 최대 {promised}초가 지나야 하지만, 최소 {least}초가 지났습니다",
            )
        }
        ClockError::Contradiction { known, told } => {
            let ((from, to), (told_from, told_to)) = (secs(*known), secs(*told));
            sentence!(f, language,
                en: "{error}",
                de: "UTC muss {from} bis {to} s nach 1970 liegen; angegeben wurden aber {told_from} bis {told_to} s",
                ko: "UTC 시각은 1970년 이후 {from}~{to}초여야 하지만, 주어진 값은 {told_from}~{told_to}초입니다",
            )
        }
        ClockError::BeyondCap { earliest, cap } => {
            let (met, most) = (earliest.floor_secs(), cap.floor_secs());
            sentence!(f, language,
                en: "{error}",
                de: "UTC darf höchstens {most} s nach 1970 liegen; gefunden wurden {met} s",
                ko: "UTC 시각은 1970년 이후 {most}초 이하여야 하지만, {met}초입니다",
            )
        }
    }
}

fn secs(utc: TimeBounds) -> (i64, i64) {
    (utc.earliest().floor_secs(), utc.latest().floor_secs())
}

sentences! {
    /// The reason why a text is not an HTTP-date.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::time::HttpDate;
    /// use jwtick_core::words::{Language, http_date_error};
    /// let error = HttpDate::parse(b"Fri, 03 Mar 2017 04:29:05 UTC").unwrap_err();
    /// let said = http_date_error(&error, Language::German).to_string();
    /// assert_eq!(said, "Byte 26 ist `U`; so geht keine der drei Formen eines HTTP-Datums weiter");
    /// ```
    pub fn http_date_error(error: &HttpDateError, language, f) {
        HttpDateError::Unexpected { at, found: Some(found), .. } => {
            let found = found.escape_ascii();
            sentence!(f, language,
                en: "{error}",
                de: "Byte {at} ist `{found}`; so geht keine der drei Formen eines HTTP-Datums weiter",
                ko: "HTTP 날짜의 세 가지 형식에 맞지 않습니다({at}번째 바이트: `{found}`)",
            )
        }
        HttpDateError::Unexpected { at, found: None, .. } => [
            en: "{error}",
            de: "Der Text endet bei Byte {at}, vor dem Ende des HTTP-Datums",
            ko: "HTTP 날짜가 끝나기 전에 텍스트가 끝났습니다({at}번째 바이트)",
        ]
        HttpDateError::NoSuchDate { year, month, day } => [
            en: "{error}",
            de: "Das Datum {year:04}-{month:02}-{day:02} gibt es nicht",
            ko: "존재하지 않는 날짜입니다: {year:04}-{month:02}-{day:02}",
        ]
        HttpDateError::NoSuchTime { hour, minute, second } => [
            en: "{error}",
            de: "Die späteste Uhrzeit ist 23:59:60; gefunden wurde {hour:02}:{minute:02}:{second:02}",
            ko: "시각은 23:59:60 이하여야 하지만, {hour:02}:{minute:02}:{second:02} 값입니다",
        ]
        HttpDateError::BeyondYears => [
            en: "{error}",
            de: "Der Zeitpunkt liegt außerhalb der Jahre 0 bis 9999",
            ko: "시각이 0년~9999년 범위를 벗어납니다",
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;
    use crate::time::{Offset, Span, UnixTime};

    #[test]
    fn clock_errors_have_words_in_every_language() {
        let (short, long) = (Span::from_secs(5), Span::from_secs(86_400));
        let at = |secs| TimeBounds::exactly(UnixTime::from_secs(secs));
        let errors = [
            ClockError::Stopped,
            ClockError::WentBack,
            ClockError::Narrow { tells: short, needs: long },
            ClockError::Overdue { least: long, promised: short },
            ClockError::Contradiction { known: at(86_400), told: at(5) },
            ClockError::BeyondCap {
                earliest: UnixTime::from_secs(86_400),
                cap: UnixTime::from_secs(5),
            },
        ];
        for error in errors {
            let said = |language| clock_error(&error, language).to_string();
            let [english, german, korean] =
                [Language::English, Language::German, Language::Korean].map(said);
            assert_eq!(error.to_string(), english);
            assert_ne!(english, german);
            assert!(korean.chars().any(|c| ('가'..='힣').contains(&c)), "{korean}");
            for number in ["86400", "5"].into_iter().filter(|number| english.contains(number)) {
                assert!(german.contains(number) && korean.contains(number), "{german} {korean}");
            }
        }
    }

    #[test]
    fn clock_errors_state_expected_and_found() {
        let secs = Span::from_secs;
        let at = |from| TimeBounds::exactly(UnixTime::from_secs(from));
        let rows = [
            (ClockError::Stopped, "the clock could not be read"),
            (
                ClockError::WentBack,
                "expected a clock that only moves forward, but this reading is before the last one",
            ),
            (
                ClockError::Narrow { tells: secs(5), needs: secs(9) },
                "the counter can measure at most 5 s, but 9 s may have passed",
            ),
            (
                ClockError::Overdue { least: secs(9), promised: secs(5) },
                "expected at most 5 s since the last reading, but at least 9 s have passed",
            ),
            (
                ClockError::Contradiction { known: at(7), told: at(3) },
                "expected UTC to be 7 to 7 s after 1970, but found 3 to 3 s",
            ),
            (
                ClockError::BeyondCap {
                    earliest: UnixTime::from_secs(7),
                    cap: UnixTime::from_secs(3),
                },
                "expected UTC to be at most 3 s after 1970, but found 7 s",
            ),
        ];
        for (error, english) in rows {
            assert_eq!(clock_error(&error, Language::English).to_string(), english);
        }
    }

    #[test]
    fn http_date_errors_have_words_in_every_language() {
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

    #[test]
    fn rate_is_stated_with_bounds() {
        const ROWS: &[((i64, i64), &str)] = &[
            ((90, 110), "It loses between 9 and 11 ppm."),
            ((-110, -90), "It gains between 9 and 11 ppm."),
            ((-5, 25), "It gains at most 0.5 ppm or loses at most 2.5 ppm."),
        ];
        for &((least, most), expected) in ROWS {
            let rate_of = Rate::between(
                Offset::exactly(Span::ZERO),
                Offset::between(Span::from_micros(least), Span::from_micros(most)).unwrap(),
                Span::from_secs(10),
            );
            let said = rate_of.map(|it| rate(it, Language::English).to_string());
            assert_eq!(said.as_deref(), Some(expected));
        }
    }
}
