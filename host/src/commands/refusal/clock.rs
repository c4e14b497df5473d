//! Why a clock was not measured, or is of no use, in German and Korean.

use jwtick_core::Span;
use jwtick_core::words::{self, Language};

use crate::measurement::MeasurementError;
use crate::page::source;
use crate::source::SourceError;

pub(super) fn german(error: &MeasurementError) -> String {
    let length = |span: &Span| words::duration(*span, Language::German).to_string();
    match error {
        MeasurementError::NoSource => {
            "Es ist keine Zeitquelle genannt, und ungenannt wird niemand gefragt: Nennen Sie \
             welche, --ntp HOST oder --http URL, oder schreiben Sie sie in jwtick.toml, \
             ntp = [\"HOST\"]"
                .into()
        }
        MeasurementError::Limits { warn, crit } => {
            let (warn, crit) = (length(warn), length(crit));
            format!(
                "--crit ist {crit}, weniger als --warn ({warn}): Geben Sie mindestens so viel an"
            )
        }
        MeasurementError::TimeAndClock => {
            "Eine feste Zeit braucht keine Uhr: Lassen Sie --clock weg, oder geben Sie --at als \
             +30min von jetzt an"
                .into()
        }
        MeasurementError::NoClock(faults) => {
            let faults = listed(faults, Language::German);
            format!("Keine Uhr ließ sich messen: {faults}; nennen Sie eine andere mit --clock")
        }
        MeasurementError::Contradiction(said) => {
            format!("Die Uhren widersprechen einander: {}", said.join("; "))
        }
        MeasurementError::Lost(fault) => source::lost(fault, Language::German),
    }
}

pub(super) fn korean(error: &MeasurementError) -> String {
    let length = |span: &Span| words::duration(*span, Language::Korean).to_string();
    match error {
        MeasurementError::NoSource => {
            "시간 소스가 지정되지 않았으며, 지정되지 않은 서버에는 묻지 않습니다. --ntp HOST 또는 --http URL \
             옵션으로 지정하거나 jwtick.toml 파일에 ntp = [\"HOST\"] 형식으로 적으십시오"
                .into()
        }
        MeasurementError::Limits { warn, crit } => {
            let (warn, crit) = (length(warn), length(crit));
            format!("--crit 값({crit})이 --warn 값({warn})보다 작습니다. 그 이상으로 지정하십시오")
        }
        MeasurementError::TimeAndClock => {
            "고정된 시각에는 시계가 필요하지 않습니다. --clock 옵션을 빼거나 --at 값을 현재 기준(+30min)으로 \
             지정하십시오"
                .into()
        }
        MeasurementError::NoClock(faults) => {
            let faults = listed(faults, Language::Korean);
            format!("측정할 수 있는 시계가 없습니다: {faults}. --clock 옵션으로 다른 시계를 지정하십시오")
        }
        MeasurementError::Contradiction(said) => {
            format!("시계들이 서로 모순됩니다: {}", said.join("; "))
        }
        MeasurementError::Lost(fault) => source::lost(fault, Language::Korean),
    }
}

fn listed(faults: &[(String, SourceError)], language: Language) -> String {
    let said = |(name, fault): &(String, SourceError)| {
        format!("{name}: {}", source::error(fault, language))
    };
    faults.iter().map(said).collect::<Vec<String>>().join("; ")
}
