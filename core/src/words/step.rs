//! Why a clock may not be stepped, as a sentence.

use core::fmt;

use super::language::Language;
use super::language::Phrase;
use super::said::Said;
use crate::survey::NoMajority;
use crate::survey::{Step, StepRefusal};

/// Why the clock is not stepped, and what would allow it.
///
/// # Example
/// ```
/// use jwtick_core::survey::StepRefusal;
/// use jwtick_core::words::{Language, step_refusal};
/// let said = step_refusal(&StepRefusal::NothingMeasured, Language::German).to_string();
/// assert_eq!(said, "Keine Quelle hat geantwortet: Es gibt nichts, wonach die Uhr zu stellen wäre");
/// ```
#[must_use]
pub fn step_refusal(refusal: &StepRefusal, language: Language) -> impl fmt::Display {
    let refusal = *refusal;
    Said(move |f: &mut fmt::Formatter<'_>| {
        let mut plain = |phrase: Phrase| f.write_str(phrase.said_in(language));
        match refusal {
            StepRefusal::NothingMeasured => plain(NOTHING_MEASURED),
            StepRefusal::NoMajority(none) => no_majority(none, language, f),
            StepRefusal::OneSource => one_source(language, f),
            StepRefusal::Open(_) => plain(OPEN),
            StepRefusal::MayBeRight(_) => plain(MAY_BE_RIGHT),
            StepRefusal::Impossible { .. } => plain(IMPOSSIBLE),
        }
    })
}

const NOTHING_MEASURED: Phrase = Phrase {
    en: "no source answered: there is nothing to set the clock by",
    de: "Keine Quelle hat geantwortet: Es gibt nichts, wonach die Uhr zu stellen wäre",
    ko: "응답한 소스가 없어 시계를 맞출 기준이 없습니다",
};

const OPEN: Phrase = Phrase {
    en: "the offset is open at one end: ask a source that bounds it at both",
    de: "Die Abweichung ist an einem Ende offen: Fragen Sie eine Quelle, die beide Enden nennt",
    ko: "차이의 한쪽 끝이 열려 있습니다. 양쪽 끝을 알려 주는 소스에 문의하십시오",
};

const MAY_BE_RIGHT: Phrase = Phrase {
    en: "the clock may be right as it is, so that a step might spoil it",
    de: "Die Uhr geht vielleicht schon richtig, ein Stellen könnte sie verderben",
    ko: "시계가 이미 맞을 수 있으므로 변경하면 오히려 틀어질 수 있습니다",
};

const IMPOSSIBLE: Phrase = Phrase {
    en: "the sources tell a time that is past for certain, name others",
    de: "Die Quellen nennen eine Zeit, die sicher vergangen ist, nennen Sie andere",
    ko: "소스가 알린 시각은 이미 지난 것이 확실합니다. 다른 소스를 지정하십시오",
};

fn one_source(language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let needs = Step::WITNESSES;
    match language {
        Language::English => write!(
            f,
            "only one source is in favour, a clock is stepped when at least {needs} agree, name \
             another one"
        ),
        Language::German => write!(
            f,
            "Nur eine Quelle spricht dafür, gestellt wird eine Uhr, wenn mindestens {needs} \
             übereinstimmen, nennen Sie eine weitere"
        ),
        Language::Korean => write!(
            f,
            "근거가 되는 소스가 하나뿐입니다. 시계를 맞추려면 최소 {needs}개의 소스가 일치해야 합니다. \
             소스를 추가로 지정하십시오"
        ),
    }
}

fn no_majority(none: NoMajority, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let NoMajority { sources, largest_agreement: agree } = none;
    match language {
        Language::English => write!(f, "{none}, name another source"),
        Language::German => write!(
            f,
            "Höchstens {agree} von {sources} Quellen stimmen überein, es müssen mehr als die \
             Hälfte sein, nennen Sie eine weitere"
        ),
        Language::Korean => write!(
            f,
            "소스 {sources}개 중 일치하는 것은 최대 {agree}개이며 과반이 일치해야 합니다. 소스를 추가로 \
             지정하십시오"
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;
    use crate::time::Offset;
    use crate::time::{TimeBounds, UnixTime};

    #[test]
    fn every_refusal_is_said_in_every_language() {
        let bounds = TimeBounds::exactly(UnixTime::EPOCH);
        let refusals = [
            StepRefusal::NothingMeasured,
            StepRefusal::NoMajority(NoMajority { sources: 5, largest_agreement: 2 }),
            StepRefusal::OneSource,
            StepRefusal::Open(Offset::UNKNOWN),
            StepRefusal::MayBeRight(Offset::UNKNOWN),
            StepRefusal::Impossible { told: bounds, known: bounds },
        ];
        for refusal in refusals {
            let said = |language| step_refusal(&refusal, language).to_string();
            let [english, german, korean] =
                [Language::English, Language::German, Language::Korean].map(said);
            assert_eq!(refusal.to_string(), english);
            assert_ne!(english, german);
            assert!(korean.chars().any(|c| ('가'..='힣').contains(&c)), "{korean}");
            assert!(!english.ends_with('.') && english.starts_with(char::is_lowercase));
        }
    }
}
