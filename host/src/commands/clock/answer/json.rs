//! The answer as one line of JSON; `fixtures/schema/clock.json` describes it.

use jwtick_core::survey::ClockVerdict;
use jwtick_core::time::{Direction, Rate};
use jwtick_core::words::{self, Language};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::commands::clock::plan::Surveyed;
use crate::measurement::Standing;
use crate::notation::civil;
use crate::notation::duration::decimal;
use crate::page::json::{Interval, Seconds, interval, line, raw};
use crate::page::source;
use crate::source::Note;

#[derive(Serialize)]
struct ClockJson<'a> {
    verdict: &'static str,
    direction: Option<&'static str>,
    offset_s: Option<Interval>,
    max_offset_s: Seconds,
    rests_on: usize,
    read: Option<String>,
    sources: Vec<SourceJson<'a>>,
    drift_ppm: Option<RateJson>,
    remedy: Vec<String>,
    summary: String,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    name: &'a str,
    kind: &'static str,
    offset_s: Option<Interval>,
    delay_s: Option<Seconds>,
    bound: Option<&'static str>,
    agrees: Option<bool>,
    same_host_as: Option<String>,
    notes: Vec<String>,
    error: Option<String>,
}

#[derive(Serialize)]
struct RateJson {
    least: Option<Box<RawValue>>,
    most: Option<Box<RawValue>>,
}

/// The answer, with its line break.
pub(crate) fn json(surveyed: &Surveyed, language: Language) -> String {
    let survey = surveyed.survey;
    let remedies = survey.remedies(surveyed.keeper);
    let sources = surveyed.measurement.standings(survey);
    line(&ClockJson {
        verdict: survey.verdict().code(),
        direction: direction(survey.verdict()).map(Direction::code),
        offset_s: survey.offset().map(interval),
        max_offset_s: Seconds(survey.allowed()),
        rests_on: survey.rests_on(),
        read: civil::rfc3339(surveyed.measurement.reading()),
        sources: sources.iter().map(source_json).collect(),
        drift_ppm: surveyed.rate.map(rate),
        remedy: remedies.iter().map(|it| words::remedy(it, language).to_string()).collect(),
        summary: words::survey(survey, language).to_string(),
    })
}

const fn direction(verdict: ClockVerdict) -> Option<Direction> {
    match verdict {
        ClockVerdict::Wrong(direction) => Some(direction),
        ClockVerdict::Right | ClockVerdict::Undecided(_) => None,
    }
}

fn source_json<'m>(standing: &Standing<'m>) -> SourceJson<'m> {
    let answer = standing.answer;
    let found = answer.found.as_ref().ok();
    // Always in English, like the reasons of other commands.
    let note = |note: Note| source::note(&note, Language::English);
    SourceJson {
        name: &answer.name,
        kind: answer.kind.word(),
        offset_s: answer.offset().map(interval),
        delay_s: found.and_then(|found| found.delay).map(Seconds),
        bound: found.map(|found| source::bound_code(found.bound)),
        agrees: standing.agrees,
        same_host_as: standing.same_host.as_ref().map(|same| same.name.clone()),
        notes: standing.notes().map(note).collect(),
        error: answer.found.as_ref().err().map(ToString::to_string),
    }
}

// Parts per billion are parts per million with three decimals, just as microseconds are
// milliseconds with three decimals.
fn rate(rate: Rate) -> RateJson {
    let ppm = |ppb: i64| {
        let thousandths = jwtick_core::Span::from_micros(ppb.saturating_mul(1_000));
        raw(&decimal(thousandths))
    };
    RateJson { least: ppm(rate.least_ppb()), most: ppm(rate.most_ppb()) }
}
