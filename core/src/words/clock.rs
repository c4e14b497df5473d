//! Why a clock tells nothing, as a sentence.

use core::fmt;

use super::language::Language;
use super::said::Said;
use crate::time::ClockError;
use crate::time::TimeBounds;

/// Why a clock tells nothing.
///
/// # Example
/// ```
/// use jwtick_core::time::ClockError;
/// use jwtick_core::words::{Language, clock_error};
/// let said = clock_error(&ClockError::WentBack, Language::German).to_string();
/// assert_eq!(said, "Die Uhr zeigt weniger als zuvor, sie darf nur vorwärts gehen");
/// ```
#[must_use]
pub fn clock_error(error: &ClockError, language: Language) -> impl fmt::Display {
    let error = *error;
    Said(move |f: &mut fmt::Formatter<'_>| match language {
        Language::English => fmt::Display::fmt(&error, f),
        Language::German => german(error, f),
        Language::Korean => korean(error, f),
    })
}

fn german(error: ClockError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error {
        ClockError::Stopped => f.write_str("Die Uhr lässt sich nicht ablesen"),
        ClockError::WentBack => {
            f.write_str("Die Uhr zeigt weniger als zuvor, sie darf nur vorwärts gehen")
        }
        ClockError::Narrow { tells, needs } => {
            let (tells, needs) = (tells.floor_secs(), needs.floor_secs());
            write!(f, "Der Zähler unterscheidet {tells} s, vergangen sein können {needs} s")
        }
        ClockError::Overdue { least, promised } => {
            let (least, promised) = (least.floor_secs(), promised.floor_secs());
            write!(f, "Vergangen sind mindestens {least} s, zugesagt waren höchstens {promised} s")
        }
        ClockError::Contradiction { known, told } => {
            let ((from, to), (told_from, told_to)) = (secs(known), secs(told));
            write!(
                f,
                "UTC kann nicht {told_from} bis {told_to} s nach 1970 sein, es ist {from} bis {to} s"
            )
        }
    }
}

fn korean(error: ClockError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error {
        ClockError::Stopped => f.write_str("시계를 읽을 수 없습니다"),
        ClockError::WentBack => {
            f.write_str("시계 값이 이전보다 작습니다. 시계는 앞으로만 가야 합니다")
        }
        ClockError::Narrow { tells, needs } => {
            let (tells, needs) = (tells.floor_secs(), needs.floor_secs());
            write!(f, "카운터로 구분할 수 있는 시간: {tells}초, 경과했을 수 있는 시간: {needs}초")
        }
        ClockError::Overdue { least, promised } => {
            let (least, promised) = (least.floor_secs(), promised.floor_secs());
            write!(f, "경과한 시간: 최소 {least}초, 약속된 시간: 최대 {promised}초")
        }
        ClockError::Contradiction { known, told } => {
            let ((from, to), (told_from, told_to)) = (secs(known), secs(told));
            write!(
                f,
                "UTC 기준 1970년 이후 {told_from}~{told_to}초일 수 없습니다. 알려진 범위: {from}~{to}초"
            )
        }
    }
}

fn secs(utc: TimeBounds) -> (i64, i64) {
    (utc.earliest().floor_secs(), utc.latest().floor_secs())
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;
    use crate::time::{Span, UnixTime};

    #[test]
    fn every_error_is_said_in_every_language() {
        let (short, long) = (Span::from_secs(5), Span::from_secs(86_400));
        let at = |secs| TimeBounds::exactly(UnixTime::from_secs(secs));
        let errors = [
            ClockError::Stopped,
            ClockError::WentBack,
            ClockError::Narrow { tells: short, needs: long },
            ClockError::Overdue { least: long, promised: short },
            ClockError::Contradiction { known: at(86_400), told: at(5) },
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
    fn errors_say_what_was_met_and_what_was_promised() {
        let secs = Span::from_secs;
        let at = |from| TimeBounds::exactly(UnixTime::from_secs(from));
        let rows = [
            (ClockError::Stopped, "the clock gives no reading"),
            (ClockError::WentBack, "the clock reads less than before, it may only go on"),
            (
                ClockError::Narrow { tells: secs(5), needs: secs(9) },
                "the counter tells 5 s apart, 9 s may have passed",
            ),
            (
                ClockError::Overdue { least: secs(9), promised: secs(5) },
                "at least 9 s have passed, no more than 5 s were promised",
            ),
            (
                ClockError::Contradiction { known: at(7), told: at(3) },
                "UTC can't be in 3 to 3 s after 1970, it is in 7 to 7 s",
            ),
        ];
        for (error, english) in rows {
            assert_eq!(clock_error(&error, Language::English).to_string(), english);
        }
    }
}
