//! Refusals to step a clock, and to sign by a server's clock.

use super::duration::duration;
use super::sentence::{sentence, sentences};
use crate::survey::{CorrectionRefusal, NoMajority, Step, StepRefusal, shown};
use crate::time::Span;

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
        StepRefusal::TooLong { by, longest } => {
            let by = shown(*by, *longest);
            let [by, longest] = [by, *longest].map(|span| duration(span, language));
            sentence!(f, language,
                en: "{refusal}",
                de: "Die Uhr würde um {by} verstellt, erlaubt sind höchstens {longest}: Nennen Sie eine https-Quelle, die übereinstimmt, oder erlauben Sie mit --max-step mehr",
                ko: "시계가 {by}만큼 바뀌지만 최대 {longest}까지만 허용됩니다. 일치하는 https 소스를 지정하거나 --max-step 옵션으로 더 허용하십시오",
            )
        }
    }

    /// The reason why a client does not sign by a server's clock, and what would allow it.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::Span;
    /// use jwtick_core::survey::CorrectionRefusal;
    /// use jwtick_core::words::{Language, correction_refusal};
    /// let refusal = CorrectionRefusal::Contradicted { by: Span::from_secs(60) };
    /// let said = correction_refusal(&refusal, Language::German).to_string();
    /// assert!(said.contains("1 min"), "{said}");
    /// ```
    pub fn correction_refusal(refusal: &CorrectionRefusal, language, f) {
        CorrectionRefusal::Contradicted { by } => {
            let by = duration(shown(*by, Span::ZERO), language);
            sentence!(f, language,
                en: "{refusal}",
                de: "Die Uhr des Servers weicht von dieser um {by} ab, aber eine dritte Uhr widerspricht ihr: Stellen Sie die falsche Uhr richtig",
                ko: "서버의 시계가 이 시계와 {by} 차이 나지만 세 번째 시계와 모순됩니다. 잘못된 시계를 바로잡으십시오",
            )
        }
        CorrectionRefusal::TooLong { by, longest } => {
            let by = shown(*by, *longest);
            let [by, longest] = [by, *longest].map(|span| duration(span, language));
            sentence!(f, language,
                en: "{refusal}",
                de: "Die Uhr des Servers weicht von dieser um {by} ab, auf ihr Wort allein werden aber höchstens {longest} korrigiert: Nennen Sie mit --ntp eine dritte Uhr, oder erlauben Sie mit --max-correction mehr",
                ko: "서버의 시계가 이 시계와 {by} 차이 나지만 그 시계만으로는 최대 {longest}까지만 보정합니다. --ntp 옵션으로 세 번째 시계를 지정하거나 --max-correction 옵션으로 더 허용하십시오",
            )
        }
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
            StepRefusal::TooLong { by: Span::from_secs(-90), longest: Span::from_secs(60) },
        ];
        for refusal in refusals {
            let said = |language| step_refusal(&refusal, language).to_string();
            assert_said_in_all(&refusal.to_string(), said);
        }
        let (by, longest) = (Span::from_secs(-90), Span::from_secs(60));
        let corrections =
            [CorrectionRefusal::Contradicted { by }, CorrectionRefusal::TooLong { by, longest }];
        for refusal in corrections {
            let said = |language| correction_refusal(&refusal, language).to_string();
            assert_said_in_all(&refusal.to_string(), said);
        }
    }

    fn assert_said_in_all(display: &str, said: impl Fn(Language) -> std::string::String) {
        let [english, german, korean] =
            [Language::English, Language::German, Language::Korean].map(said);
        assert_eq!(display, english);
        assert_ne!(english, german);
        assert!(korean.chars().any(|c| ('가'..='힣').contains(&c)), "{korean}");
        assert!(!english.ends_with('.') && english.starts_with(char::is_lowercase));
    }
}
