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
use crate::source::os::{Facts, Keeps};

#[derive(Serialize)]
struct ClockJson<'a> {
    verdict: &'static str,
    basis: &'static str,
    never_set: bool,
    direction: Option<&'static str>,
    offset_s: Option<Interval>,
    max_offset_s: Seconds,
    expected_offset_s: Seconds,
    rests_on: usize,
    read: Option<String>,
    sources: Vec<SourceJson<'a>>,
    host: Option<HostJson<'a>>,
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

/// Facts that the host itself shows, if no server was asked.
#[derive(Serialize)]
struct HostJson<'a> {
    environment: &'static str,
    virtual_machine: Option<&'a str>,
    kernel: Option<KernelJson>,
    clock_source: Option<&'a str>,
    hardware_clock_offset_s: Option<Interval>,
    hardware_clock_keeps: Option<&'static str>,
    zone: Option<&'a str>,
    utc_offset_s: Seconds,
    uptime_s: Option<Seconds>,
    suspended_s: Option<Seconds>,
}

#[derive(Serialize)]
struct KernelJson {
    synchronized: bool,
    max_error_s: Option<Seconds>,
}

#[derive(Serialize)]
struct RateJson {
    least: Option<Box<RawValue>>,
    most: Option<Box<RawValue>>,
}

/// The answer, with its line break.
pub(crate) fn json(surveyed: &Surveyed, language: Language) -> String {
    let survey = surveyed.survey;
    let remedies = surveyed.remedies();
    let sources = surveyed.measurement.standings(survey);
    line(&ClockJson {
        verdict: survey.verdict().code(),
        basis: surveyed.basis().code(),
        never_set: surveyed.unset().is_some(),
        direction: direction(survey.verdict()).map(Direction::code),
        offset_s: survey.offset().map(interval),
        max_offset_s: Seconds(survey.allowed().most() - survey.allowed().middle()),
        expected_offset_s: Seconds(survey.allowed().middle()),
        rests_on: survey.rests_on(),
        read: civil::rfc3339(surveyed.measurement.reading()),
        sources: sources.iter().map(source_json).collect(),
        host: surveyed.facts.as_ref().map(host_json),
        drift_ppm: surveyed.rate.map(rate),
        remedy: remedies.iter().map(|it| words::remedy(it, language).to_string()).collect(),
        summary: super::summary(surveyed, language),
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

fn host_json(facts: &Facts) -> HostJson<'_> {
    HostJson {
        environment: facts.place.code(),
        virtual_machine: facts.hypervisor.as_deref(),
        kernel: facts.kernel.map(|kernel| KernelJson {
            synchronized: kernel.synchronized,
            max_error_s: kernel.max_error.map(Seconds),
        }),
        clock_source: facts.clock_source.as_deref(),
        hardware_clock_offset_s: facts.hardware.offset.map(interval),
        hardware_clock_keeps: facts.hardware.keeps.map(Keeps::code),
        zone: facts.zone.name.as_deref(),
        utc_offset_s: Seconds(facts.zone.offset),
        uptime_s: facts.uptime.map(Seconds),
        suspended_s: facts.suspended.map(Seconds),
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
