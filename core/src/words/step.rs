//! Refusals to step a clock.

use super::sentence::{sentence, sentences};
use crate::survey::{NoMajority, Step, StepRefusal};

sentences! {
    /// The reason why the clock is not stepped, and what would allow it.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::survey::StepRefusal;
    /// use jwtick_core::words::{Language, step_refusal};
    /// let said = step_refusal(&StepRefusal::NothingMeasured, Language::German).to_string();
    /// assert_eq!(said, "Keine Quelle hat geantwortet, daher gibt es keine Zeit, auf die die Uhr zu stellen wäre");
    /// ```
    pub fn step_refusal(refusal: &StepRefusal, language, f) {
        StepRefusal::NothingMeasured => [
            en: "{refusal}",
            de: "Keine Quelle hat geantwortet, daher gibt es keine Zeit, auf die die Uhr zu stellen wäre",
            ko: "응답한 소스가 없어 시계를 맞출 기준이 없습니다",
        ]
        StepRefusal::NoMajority(NoMajority { sources, largest_agreement: agree }) => [
            en: "{refusal}",
            de: "Höchstens {agree} von {sources} Quellen stimmen überein, nötig ist mehr als die Hälfte: Nennen Sie eine weitere",
            ko: "소스 {sources}개 중 최대 {agree}개만 일치하며, 과반이 일치해야 합니다. 소스를 추가로 지정하십시오",
        ]
        StepRefusal::OneSource => {
            let needs = Step::WITNESSES;
            sentence!(f, language,
                en: "{refusal}",
                de: "Nur eine Quelle bestätigt die Zeit, zum Stellen müssen aber mindestens {needs} übereinstimmen: Nennen Sie eine weitere",
                ko: "시각을 확인한 소스가 하나뿐이지만, 시계를 맞추려면 최소 {needs}개가 일치해야 합니다. 소스를 추가로 지정하십시오",
            )
        }
        StepRefusal::Open(_) => [
            en: "{refusal}",
            de: "Die Abweichung ist nur auf einer Seite begrenzt: Nennen Sie eine Quelle, die beide Seiten begrenzt",
            ko: "차이의 한계가 한쪽만 알려져 있습니다. 양쪽 한계를 알려 주는 소스를 지정하십시오",
        ]
        StepRefusal::MayBeRight(_) => [
            en: "{refusal}",
            de: "Die Uhr geht vielleicht schon richtig; ein Stellen könnte sie erst falsch machen",
            ko: "시계가 이미 맞을 수 있으므로 변경하면 오히려 틀어질 수 있습니다",
        ]
        StepRefusal::Impossible { .. } => [
            en: "{refusal}",
            de: "Die Quellen melden eine Zeit, die sicher schon vergangen ist: Nennen Sie andere",
            ko: "소스가 알린 시각은 이미 지난 것이 확실합니다. 다른 소스를 지정하십시오",
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;
    use crate::time::{Offset, TimeBounds, UnixTime};
    use crate::words::Language;

    #[test]
    fn every_refusal_has_words_in_every_language() {
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
