//! One round of `--watch` as a line of text.

use core::fmt;

use jwtick_core::survey::ClockVerdict;
use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language, Said};
use jwtick_core::words::{sentence, word};
use jwtick_core::{Span, UnixTime, Verdict};

use crate::commands::clock::plan::Surveyed;
use crate::notation::civil;
use crate::output::Text;
use crate::page::finding;

/// One line: time, verdict, offset, number of agreeing sources, drift.
pub(crate) fn line(surveyed: &Surveyed, language: Language) -> Text {
    let read = surveyed.measurement.reading();
    let at = civil::utc(UnixTime::from_secs(read.floor_secs())).unwrap_or_default();
    let verdict = surveyed.survey.verdict();
    let style = finding::style(colour(verdict));
    let word = verdict_word(verdict, language);
    let offset = surveyed.survey.offset();
    let offset = offset.map(|offset| words::interval(offset, language).to_string());
    let (agree, all) = (surveyed.survey.rests_on(), surveyed.measurement.asked());
    let offset = offset.unwrap_or_else(|| "-".to_owned());
    let mut line = Text::from(format!("{at}  ")) + &Text::styled(style, word);
    line += &format!("  {offset}  {agree}/{all}");
    if let Some(rate) = surveyed.rate {
        line += &format!("  {}", words::rate(rate, language));
    }
    line + "\n"
}

/// The measurement that is restarted after the clock was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anew {
    /// The drift, which needs several rounds.
    Drift,
    /// The survey during which the clock was set.
    Measurement,
}

impl Anew {
    const fn words(self, language: Language) -> &'static str {
        match self {
            Self::Drift => {
                word!(language, en: "the drift is measured afresh", de: "die Drift wird neu gemessen", ko: "드리프트를 다시 측정합니다")
            }
            Self::Measurement => {
                word!(language, en: "it is being measured again", de: "sie wird noch einmal gemessen", ko: "시계를 다시 측정합니다")
            }
        }
    }
}

/// Notice that the clock was set, and what is measured again.
pub(crate) fn stepped(by: Span, anew: Anew, language: Language) -> String {
    let by = words::offset(Offset::exactly(-by), language).to_string();
    let anew = anew.words(language);
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "the clock was set in the meantime (before: {by}); {anew}",
            de: "Die Uhr wurde inzwischen gestellt (vorher: {by}); {anew}",
            ko: "그사이 시계가 조정되었습니다(이전: {by}). {anew}",
        )
    })
    .to_string()
}

const fn colour(verdict: ClockVerdict) -> Verdict {
    match verdict {
        ClockVerdict::Right => Verdict::Accept,
        ClockVerdict::Wrong(_) => Verdict::Reject,
        ClockVerdict::Undecided(_) => Verdict::Undecided,
    }
}

const fn verdict_word(verdict: ClockVerdict, language: Language) -> &'static str {
    match verdict {
        ClockVerdict::Right => word!(language, en: "right", de: "richtig", ko: "정확"),
        ClockVerdict::Wrong(_) => word!(language, en: "wrong", de: "falsch", ko: "오류"),
        ClockVerdict::Undecided(_) => {
            word!(language, en: "undecided", de: "offen", ko: "판단 불가")
        }
    }
}
