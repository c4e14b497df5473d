//! The answer of `clock --step`: the step that was made, or the reason why none was.

use core::fmt;

use jwtick_core::survey::{Step, Survey};
use jwtick_core::words::{self, Language, Said};
use jwtick_core::words::{sentence, sentences, word};
use jwtick_core::{Span, UnixTime};
use serde::Serialize;

use super::error::{Rights, StepError};
use crate::commands::clock::answer::verdict;
use crate::commands::clock::plan::Surveyed;
use crate::notation::civil;
use crate::page::json::{Interval, Seconds, interval, line};
use crate::page::source::lost;
use crate::source::daemon::Place;
use crate::source::os;
use crate::source::step::SetError;

/// Surveys of a clock before and after it was set.
#[derive(Debug)]
pub(crate) struct Stepped {
    before: Survey,
    /// The reading before, if the clock was never set.
    unset: Option<UnixTime>,
    after: Option<(Span, Survey)>,
}

impl Stepped {
    pub(crate) fn of(before: &Surveyed, after: Option<(Step, &Surveyed)>) -> Self {
        let after = after.map(|(step, after)| (step.by(), after.survey));
        Self { before: before.survey, unset: before.unset(), after }
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

/// The answer as one line of JSON; `fixtures/schema/step.json` describes it.
pub(crate) fn json(stepped: &Stepped, language: Language) -> String {
    let last = stepped.after.map_or(stepped.before, |(_, after)| after);
    line(&StepJson {
        verdict: last.verdict().code(),
        stepped: stepped.after.is_some(),
        by_s: stepped.after.map(|(by, _)| Seconds(by)),
        before: survey_json(stepped.before),
        after: stepped.after.map(|(_, after)| survey_json(after)),
        summary: summary(stepped, language).join(" "),
    })
}

/// The answer as text: the clock before, the step, the clock after.
pub(crate) fn text(stepped: &Stepped, language: Language) -> String {
    summary(stepped, language).join("\n") + "\n"
}

fn summary(stepped: &Stepped, language: Language) -> Vec<String> {
    let before = verdict(stepped.before, stepped.unset, language);
    match stepped.after {
        None => vec![before, left_alone(language).to_owned()],
        Some((by, after)) => {
            vec![before, done(by, language), words::survey(after, language).to_string()]
        }
    }
}

const fn left_alone(language: Language) -> &'static str {
    word!(language,
        en: "The clock may already be right, so it was not set.",
        de: "Die Uhr geht vielleicht schon richtig und wurde nicht gestellt.",
        ko: "시계가 이미 맞을 수 있으므로 변경하지 않았습니다.",
    )
}

fn done(by: Span, language: Language) -> String {
    moved(by, language).to_string()
}

sentences! {
    fn moved(by: Span, language, f) {
        by if by < Span::ZERO => {
            let length = words::duration(rounded(by.abs()), language);
            sentence!(f, language,
                en: "The clock was set back by {length}.",
                de: "Die Uhr wurde um {length} zurückgestellt.",
                ko: "시계를 {length} 뒤로 맞추었습니다.",
            )
        }
        by => {
            let length = words::duration(rounded(by), language);
            sentence!(f, language,
                en: "The clock was set forward by {length}.",
                de: "Die Uhr wurde um {length} vorgestellt.",
                ko: "시계를 {length} 앞으로 맞추었습니다.",
            )
        }
    }
}

// Rounds lengths of a minute or more to seconds: a missing microsecond must not turn `2 d` into
// `1 d 23 h 59 min 59 s`.
fn rounded(length: Span) -> Span {
    if length < Span::from_secs(60) {
        return length;
    }
    Span::from_secs((length + Span::from_millis(500)).floor_secs())
}

/// The question asked before the clock is set.
pub(crate) fn question(
    survey: Survey,
    step: Step,
    reading: UnixTime,
    language: Language,
) -> String {
    let unset = Some(reading).filter(|&reading| os::is_unset(reading));
    let found = verdict(survey, unset, language);
    let (from, to) = (shown(reading), shown(reading + step.by()));
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{found} Set it from {from} to {to}? [y/N]",
            de: "{found} Von {from} auf {to} stellen? [j/N]",
            ko: "{found} {from}에서 {to}(으)로 맞출까요? [y/N]",
        )
    })
    .to_string()
}

fn shown(at: UnixTime) -> String {
    let whole = UnixTime::from_secs(at.floor_secs());
    civil::utc(whole).unwrap_or_else(|| format!("{} s", whole.floor_secs()))
}

/// Warning that a daemon which sets this clock too could not be detected.
pub(crate) const fn hidden(language: Language) -> &'static str {
    word!(language,
        en: "cannot tell whether a time daemon is running that also sets this clock: /proc shows no other processes",
        de: "Ob ein Zeitdienst läuft, der diese Uhr ebenfalls stellt, ist nicht erkennbar: /proc zeigt keine fremden Prozesse",
        ko: "이 시계를 맞추는 시간 서비스가 실행 중인지 알 수 없습니다. /proc에 다른 프로세스가 보이지 않습니다",
    )
}

/// The reason why the clock is not set.
pub(crate) fn error(error: &StepError, language: Language) -> String {
    reason(error, language).to_string()
}

sentences! {
    fn reason(error: &StepError, language, f) {
        StepError::NoTerminal => [
            en: "{error}",
            de: "--step fragt, bevor es die Uhr stellt, aber die Standardeingabe ist kein Terminal: Fügen Sie --yes hinzu",
            ko: "--step 옵션은 시계를 맞추기 전에 확인을 요청하지만 표준 입력이 터미널이 아닙니다. --yes 옵션을 추가하십시오",
        ]
        StepError::Declined => [
            en: "{error}", de: "Die Uhr wurde nicht gestellt", ko: "시계를 맞추지 않았습니다"]
        StepError::Daemon(daemon) => {
            let (name, command) = (daemon.name(), daemon.command());
            sentence!(f, language,
                en: "{error}",
                de: "{name} läuft und stellt diese Uhr; zwei Programme dürfen das nicht zugleich: Lassen Sie es die Uhr sofort stellen, `{command}`",
                ko: "{name} 실행 중이며 이 시계를 맞추고 있습니다. 둘이 함께 맞추면 안 되므로 다음 명령으로 즉시 맞추게 하십시오: `{command}`",
            )
        }
        StepError::Refused(refusal) => {
            let refusal = words::step_refusal(refusal, language);
            sentence!(f, language,
                en: "{error}",
                de: "Die Uhr wird nicht gestellt. {refusal}",
                ko: "시계를 맞추지 않습니다. {refusal}",
            )
        }
        StepError::Privilege(rights) => { write!(f, "{}", privilege(rights, language)) }
        StepError::Set(SetError::Lost(fault)) => { f.write_str(&lost(fault, language)) }
        StepError::Set(SetError::System(source)) => [
            en: "{error}",
            de: "Die Uhr lässt sich nicht stellen: {source}",
            ko: "시계를 맞출 수 없습니다: {source}",
        ]
        // Unreachable: `StepError::of` turns it into `Privilege`.
        StepError::Set(SetError::Privilege) => { write!(f, "{error}") }
    }

    fn privilege(rights: &Rights, language, f) {
        Rights { place: Place::Container, again, date } => [
            en: "{rights}",
            de: "Dieser Container darf die Uhr nicht stellen; sie gehört dem Host, auf dem er läuft: Führen Sie dort `{again}` oder `{date}` aus",
            ko: "이 컨테이너는 시계를 맞출 수 없습니다. 시계는 컨테이너를 실행하는 호스트의 것이므로 호스트에서 `{again}` 또는 `{date}` 명령을 실행하십시오",
        ]
        Rights { place: Place::Wsl, again, .. } => [
            en: "{rights}",
            de: "Nur ein privilegiertes Programm darf die Uhr stellen (CAP_SYS_TIME): Führen Sie `{again}` oder `sudo hwclock --hctosys` aus, oder starten Sie WSL in Windows mit `wsl --shutdown` neu",
            ko: "시계를 맞추려면 권한(CAP_SYS_TIME)이 필요합니다. `{again}` 또는 `sudo hwclock --hctosys` 명령을 실행하거나 Windows에서 `wsl --shutdown` 명령으로 WSL을 다시 시작하십시오",
        ]
        Rights { place: Place::Machine | Place::Windows | Place::Macos, again, date } => [
            en: "{rights}",
            de: "Nur ein privilegiertes Programm darf die Uhr stellen (CAP_SYS_TIME): Führen Sie `{again}` aus, oder `{date}` und danach `sudo hwclock --systohc`",
            ko: "시계를 맞추려면 권한(CAP_SYS_TIME)이 필요합니다. `{again}` 명령을 실행하거나, `{date}` 명령에 이어서 `sudo hwclock --systohc` 명령을 실행하십시오",
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use jwtick_core::survey::{StepLimit, StepRefusal};
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
            StepError::NoTerminal,
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
    fn every_translation_has_the_same_commands() {
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
    fn done_rounds_to_whole_seconds() {
        const ROWS: &[(i64, &str)] = &[
            (172_799_999_988, "The clock was set forward by 2 d."),
            (172_800_000_012, "The clock was set forward by 2 d."),
            (-172_800_000_012, "The clock was set back by 2 d."),
        ];
        for &(micros, said) in ROWS {
            assert_eq!(done(Span::from_micros(micros), Language::English), said, "{micros} µs");
        }
    }

    #[test]
    fn question_names_both_times() {
        let hour = Some(Offset::exactly(Span::from_secs(3_600)));
        let survey = Survey::of(&[hour, hour], Span::from_secs(1));
        let reading = UnixTime::from_secs(1_800_000_000);
        let since = jwtick_core::TimeBounds::since(UnixTime::EPOCH);
        let step = Step::plan(survey, reading, since, StepLimit::Unauthenticated).unwrap();
        for language in ALL {
            let asked = question(survey, step, reading, language);
            assert!(asked.contains("08:00:00") && asked.contains("09:00:00"), "{asked}");
        }
    }

    #[test]
    fn question_says_that_clock_was_never_set() {
        let boot = UnixTime::from_secs(42);
        let decades = Some(Offset::exactly(UnixTime::from_secs(1_800_000_000) - boot));
        let survey = Survey::of(&[decades, decades], Span::from_secs(1));
        let since = jwtick_core::TimeBounds::since(UnixTime::EPOCH);
        let step = Step::plan(survey, boot, since, StepLimit::Authenticated).unwrap();
        let asked = question(survey, step, boot, Language::English);
        assert!(asked.starts_with("This clock was never set: it reads 1970-01-01 00:00:42"));
        assert!(asked.contains("to 2027-01-15 08:00:00 UTC"), "{asked}");
    }
}
