//! One round of `--watch`, in one line.

use jwtick_core::render::{self, Language};
use jwtick_core::{ClockVerdict, Offset, Span, UnixTime, Verdict};

use super::Surveyed;
use crate::report::words::Words;
use crate::report::{civil, finding};

/// When, the verdict, how far off, on how many sources that rests, how fast it drifts.
pub(crate) fn line(surveyed: &Surveyed, language: Language) -> String {
    let read = surveyed.measurement.reading();
    let at = civil::utc(UnixTime::from_secs(read.floor_secs())).unwrap_or_default();
    let verdict = surveyed.survey.verdict();
    let style = finding::style(colour(verdict));
    let word = word(verdict).said_in(language);
    let offset = surveyed.survey.offset();
    let offset = offset.map(|offset| render::interval(offset, language).to_string());
    let (agree, all) = (surveyed.survey.rests_on(), surveyed.measurement.asked());
    let mut line = format!(
        "{at}  {style}{word}{style:#}  {}  {agree}/{all}",
        offset.unwrap_or_else(|| "-".to_owned())
    );
    if let Some(rate) = surveyed.rate {
        line = format!("{line}  {}", render::rate(rate, language));
    }
    line + "\n"
}

/// That somebody set the clock between two rounds, so that its drift is measured anew.
pub(crate) fn stepped(by: Span, language: Language) -> String {
    let by = render::offset(Offset::exactly(-by), language).to_string();
    match language {
        Language::English => {
            format!("the clock was set meanwhile (before: {by}), drift starts anew")
        }
        Language::German => {
            format!("Die Uhr wurde inzwischen gestellt (vorher: {by}), die Drift beginnt von vorn")
        }
        Language::Korean => {
            format!("그사이 시계가 조정되었습니다(이전: {by}). 드리프트를 다시 측정합니다")
        }
    }
}

const fn colour(verdict: ClockVerdict) -> Verdict {
    match verdict {
        ClockVerdict::Right => Verdict::Accept,
        ClockVerdict::Wrong(_) => Verdict::Reject,
        ClockVerdict::Undecided(_) => Verdict::Undecided,
    }
}

const fn word(verdict: ClockVerdict) -> Words {
    match verdict {
        ClockVerdict::Right => Words { en: "right", de: "richtig", ko: "정확" },
        ClockVerdict::Wrong(_) => Words { en: "wrong", de: "falsch", ko: "오류" },
        ClockVerdict::Undecided(_) => Words { en: "undecided", de: "offen", ko: "판단 불가" },
    }
}
