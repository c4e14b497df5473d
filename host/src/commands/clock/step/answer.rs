//! What `clock --step` did or why it did nothing, in the language of the reader.

use jwtick_core::survey::{Step, Survey};
use jwtick_core::words::{self, Language};
use jwtick_core::{Span, UnixTime};
use serde::Serialize;

use super::error::StepError;
use super::{german, korean};
use crate::commands::clock::surveyed::Surveyed;
use crate::notation::civil;
use crate::page::json::{Interval, Seconds, interval, line};
use crate::page::source::lost;
use crate::source::step::SetError;

/// A clock before it was set and after.
#[derive(Debug)]
pub(crate) struct Stepped {
    before: Survey,
    after: Option<(Span, Survey)>,
}

impl Stepped {
    pub(crate) fn of(before: &Surveyed, after: Option<(Step, &Surveyed)>) -> Self {
        let after = after.map(|(step, after)| (step.by(), after.survey));
        Self { before: before.survey, after }
    }
}

#[derive(Serialize)]
struct StepJson {
    verdict: &'static str,
    stepped: bool,
    by_s: Option<Seconds>,
    before: SurveyJson,
    after: Option<SurveyJson>,
    summary: String,
}

#[derive(Serialize)]
struct SurveyJson {
    verdict: &'static str,
    offset_s: Option<Interval>,
    rests_on: usize,
}

fn survey_json(survey: Survey) -> SurveyJson {
    SurveyJson {
        verdict: survey.verdict().code(),
        offset_s: survey.offset().map(interval),
        rests_on: survey.rests_on(),
    }
}

/// For programs: one line of JSON; `fixtures/schema/step.json` describes it.
pub(crate) fn json(stepped: &Stepped, language: Language) -> String {
    let last = stepped.after.map_or(stepped.before, |(_, after)| after);
    line(&StepJson {
        verdict: last.verdict().code(),
        stepped: stepped.after.is_some(),
        by_s: stepped.after.map(|(by, _)| Seconds(by)),
        before: survey_json(stepped.before),
        after: stepped.after.map(|(_, after)| survey_json(after)),
        summary: sentences(stepped, language).join(" "),
    })
}

/// For people: before, what was done, after.
pub(crate) fn text(stepped: &Stepped, language: Language) -> String {
    sentences(stepped, language).join("\n") + "\n"
}

fn sentences(stepped: &Stepped, language: Language) -> Vec<String> {
    let before = words::survey(stepped.before, language).to_string();
    match stepped.after {
        None => vec![before, left_alone(language).to_owned()],
        Some((by, after)) => {
            vec![before, done(by, language), words::survey(after, language).to_string()]
        }
    }
}

const fn left_alone(language: Language) -> &'static str {
    match language {
        Language::English => "The clock may be right as it is, so it was not set.",
        Language::German => "Die Uhr geht vielleicht schon richtig und wurde nicht gestellt.",
        Language::Korean => "시계가 이미 맞을 수 있으므로 변경하지 않았습니다.",
    }
}

fn done(by: Span, language: Language) -> String {
    let length = words::duration(rounded(by.abs()), language);
    match (language, by < Span::ZERO) {
        (Language::English, false) => format!("The clock was put forward by {length}."),
        (Language::English, true) => format!("The clock was put back by {length}."),
        (Language::German, false) => format!("Die Uhr wurde um {length} vorgestellt."),
        (Language::German, true) => format!("Die Uhr wurde um {length} zurückgestellt."),
        (Language::Korean, false) => format!("시계를 {length} 앞으로 맞추었습니다."),
        (Language::Korean, true) => format!("시계를 {length} 뒤로 맞추었습니다."),
    }
}

// A minute and more is said in whole seconds: not `59 s` for the last microsecond that lacks.
fn rounded(length: Span) -> Span {
    if length < Span::from_secs(60) {
        return length;
    }
    Span::from_secs((length + Span::from_millis(500)).floor_secs())
}

/// What is asked before the clock is set.
pub(crate) fn question(
    survey: Survey,
    step: Step,
    reading: UnixTime,
    language: Language,
) -> String {
    let found = words::survey(survey, language);
    let (from, to) = (shown(reading), shown(reading + step.by()));
    match language {
        Language::English => format!("{found} Set it from {from} to {to}? [y/N]"),
        Language::German => format!("{found} Von {from} auf {to} stellen? [j/N]"),
        Language::Korean => format!("{found} {from}에서 {to}(으)로 맞출까요? [y/N]"),
    }
}

fn shown(at: UnixTime) -> String {
    let whole = UnixTime::from_secs(at.floor_secs());
    civil::utc(whole).unwrap_or_else(|| format!("{} s", whole.floor_secs()))
}

/// That nobody can see whether a daemon sets this clock too.
pub(crate) const fn hidden(language: Language) -> &'static str {
    match language {
        Language::English => {
            "it cannot be seen whether a time daemon runs that sets this clock too: /proc shows no \
             other processes"
        }
        Language::German => {
            "Ob ein Zeitdienst läuft, der diese Uhr auch stellt, ist nicht zu sehen: /proc zeigt \
             keine fremden Prozesse"
        }
        Language::Korean => {
            "이 시계를 맞추는 시간 서비스가 실행 중인지 알 수 없습니다. /proc에 다른 프로세스가 보이지 \
             않습니다"
        }
    }
}

/// Why the clock is not set.
pub(crate) fn error(error: &StepError, language: Language) -> String {
    match (error, language) {
        (StepError::Set(SetError::Lost(fault)), _) => lost(fault, language),
        (_, Language::English) => error.to_string(),
        (_, Language::German) => german::error(error),
        (_, Language::Korean) => korean::error(error),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use jwtick_core::survey::StepRefusal;
    use jwtick_core::time::Offset;

    use super::*;
    use crate::commands::clock::step::error::Rights;
    use crate::source::daemon::{Daemon, Place};

    const ALL: [Language; 3] = [Language::English, Language::German, Language::Korean];

    fn errors() -> Vec<StepError> {
        let rights = |place| {
            let command = |name: &str| name.to_owned();
            StepError::Privilege(Rights { place, again: command("AGAIN"), date: command("DATE") })
        };
        vec![
            StepError::NobodyToAsk,
            StepError::Declined,
            StepError::Daemon(Daemon::Chrony),
            StepError::Refused(StepRefusal::OneSource),
            rights(Place::Machine),
            rights(Place::Container),
            rights(Place::Wsl),
            StepError::Set(SetError::System(io::Error::other("E42"))),
        ]
    }

    #[test]
    fn every_reason_is_said_in_every_language() {
        let commands = |said: &str| said.matches('`').count();
        for fault in errors() {
            let [english, german, korean] = ALL.map(|language| error(&fault, language));
            assert_ne!(english, german);
            assert!(korean.chars().any(|c| ('가'..='힣').contains(&c)), "{english}: {korean}");
            assert_eq!(commands(&german), commands(&english), "{german}");
            assert_eq!(commands(&korean), commands(&english), "{korean}");
        }
    }

    #[test]
    fn what_lacks_a_microsecond_is_whole() {
        const ROWS: &[(i64, &str)] = &[
            (172_799_999_988, "The clock was put forward by 2 d."),
            (172_800_000_012, "The clock was put forward by 2 d."),
            (-172_800_000_012, "The clock was put back by 2 d."),
        ];
        for &(micros, said) in ROWS {
            assert_eq!(done(Span::from_micros(micros), Language::English), said, "{micros} µs");
        }
    }

    #[test]
    fn the_question_names_both_times() {
        let hour = Some(Offset::exactly(Span::from_secs(3_600)));
        let survey = Survey::of(&[hour, hour], Span::from_secs(1));
        let reading = UnixTime::from_secs(1_800_000_000);
        let since = jwtick_core::TimeBounds::since(UnixTime::EPOCH);
        let step = Step::plan(survey, reading, since).unwrap();
        for language in ALL {
            let asked = question(survey, step, reading, language);
            assert!(asked.contains("08:00:00") && asked.contains("09:00:00"), "{asked}");
        }
    }
}
