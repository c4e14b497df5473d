//! Reasons why no clock could be measured.

use jwtick_core::words::{self, Language};
use jwtick_core::words::{sentence, sentences};

use crate::measurement::MeasurementError;
use crate::page::source;
use crate::source::SourceError;

sentences! {
    pub(super) fn clock(error: &MeasurementError, language, f) {
        MeasurementError::NoSource => [
            en: "{error}",
            de: "Keine Zeitquelle angegeben (jwtick fragt nur Server ab, die Sie nennen): Geben Sie --ntp HOST oder --http URL an, oder tragen Sie in jwtick.toml ntp = [\"HOST\"] ein",
            ko: "시간 소스가 지정되지 않았습니다(jwtick은 지정한 서버에만 질의합니다). --ntp HOST 또는 --http URL 옵션으로 지정하거나 jwtick.toml 파일에 ntp = [\"HOST\"] 형식으로 적으십시오",
        ]
        MeasurementError::Limits { warn, crit } => {
            let (warn, crit) = (words::duration(*warn, language), words::duration(*crit, language));
            sentence!(f, language,
                en: "{error}",
                de: "--crit muss mindestens so groß sein wie --warn, {warn}, ist aber {crit}",
                ko: "--crit 값은 --warn 값인 {warn} 이상이어야 하지만 {crit}입니다",
            )
        }
        MeasurementError::TimeAndClock => [
            en: "{error}",
            de: "Erwartet wird eine feste Zeit oder eine Uhr, angegeben ist beides: Lassen Sie --clock weg, oder geben Sie --at relativ zu jetzt an, etwa +30min",
            ko: "고정된 시각과 시계 중 하나여야 하지만 둘 다 지정되었습니다. --clock 옵션을 빼거나 --at 값을 현재 기준(예: +30min)으로 지정하십시오",
        ]
        MeasurementError::NoClock(faults) => {
            let faults = listed(faults, language);
            sentence!(f, language,
                en: "{error}",
                de: "Keine Uhr konnte gemessen werden: {faults}; nennen Sie eine andere mit --clock",
                ko: "측정할 수 있는 시계가 없습니다: {faults}. --clock 옵션으로 다른 시계를 지정하십시오",
            )
        }
        MeasurementError::Contradiction(said) => {
            let said = said.join("; ");
            sentence!(f, language,
                en: "{error}",
                de: "Die Uhren widersprechen einander: {said}",
                ko: "시계들이 서로 모순됩니다: {said}",
            )
        }
        MeasurementError::Lost(fault) => { f.write_str(&source::lost(fault, language)) }
    }
}

fn listed(faults: &[(String, SourceError)], language: Language) -> String {
    let said = |(name, fault): &(String, SourceError)| {
        format!("{name}: {}", source::error(fault, language))
    };
    faults.iter().map(said).collect::<Vec<String>>().join("; ")
}
