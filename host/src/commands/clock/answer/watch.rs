//! One round of `--watch`, in one line.

use jwtick_core::survey::ClockVerdict;
use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language};
use jwtick_core::{Span, UnixTime, Verdict};

use crate::commands::clock::surveyed::Surveyed;
use crate::language::Words;
use crate::notation::civil;
use crate::page::finding;

/// When, the verdict, how far off, on how many sources that rests, how fast it drifts.
pub(crate) fn line(surveyed: &Surveyed, language: Language) -> String {
    let read = surveyed.measurement.reading();
    let at = civil::utc(UnixTime::from_secs(read.floor_secs())).unwrap_or_default();
    let verdict = surveyed.survey.verdict();
    let style = finding::style(colour(verdict));
    let word = word(verdict).said_in(language);
    let offset = surveyed.survey.offset();
    let offset = offset.map(|offset| words::interval(offset, language).to_string());
    let (agree, all) = (surveyed.survey.rests_on(), surveyed.measurement.asked());
    let mut line = format!(
        "{at}  {style}{word}{style:#}  {}  {agree}/{all}",
        offset.unwrap_or_else(|| "-".to_owned())
    );
    if let Some(rate) = surveyed.rate {
        line = format!("{line}  {}", words::rate(rate, language));
    }
    line + "\n"
}

/// What begins again when somebody sets the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anew {
    /// Its drift, which is told from several rounds.
    Drift,
    /// A measurement in whose middle it was set.
    Measurement,
}

impl Anew {
    const fn words(self) -> Words {
        match self {
            Self::Drift => Words {
                en: "drift starts anew",
                de: "die Drift beginnt von vorn",
                ko: "드리프트를 다시 측정합니다",
            },
            Self::Measurement => Words {
                en: "it is measured once more",
                de: "sie wird noch einmal gemessen",
                ko: "시계를 다시 측정합니다",
            },
        }
    }
}

/// That somebody set the clock, and what that makes of the measurement.
pub(crate) fn stepped(by: Span, anew: Anew, language: Language) -> String {
    let by = words::offset(Offset::exactly(-by), language).to_string();
    let anew = anew.words().said_in(language);
    match language {
        Language::English => format!("the clock was set meanwhile (before: {by}), {anew}"),
        Language::German => format!("Die Uhr wurde inzwischen gestellt (vorher: {by}), {anew}"),
        Language::Korean => format!("그사이 시계가 조정되었습니다(이전: {by}). {anew}"),
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
