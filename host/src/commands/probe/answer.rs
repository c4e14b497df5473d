//! The report of a connection test.

mod words;

pub(super) use words::from_log;

use jwtick_core::diagnosis::{ClockFault, Decider};
use jwtick_core::survey::CorrectionRefusal;
use jwtick_core::words as render;
use jwtick_core::words::Language;
use serde::Serialize;

use crate::commands::diagnose;
use crate::output::{Text, safe};
use crate::page::json::{Interval, Seconds, interval, line};
use crate::page::layout::Page;
use crate::page::paragraph::paragraph;
use crate::probe::{Outcome, Report, Runs, Step, StepName};

#[derive(Serialize)]
struct Answer<'r, D: Serialize> {
    outcome: &'static str,
    steps: Vec<StepJson<'r>>,
    server_offset_s: Option<Interval>,
    time_requests: usize,
    ntp_offset_s: Option<Interval>,
    runs: Option<RunsJson>,
    corrected: Option<&'static str>,
    not_corrected: Option<&'static str>,
    #[serde(flatten)]
    diagnosis: D,
}

#[derive(Serialize)]
struct RunsJson {
    asked: u16,
    connected: u16,
    refused: u16,
    unreachable: u16,
}

#[derive(Serialize)]
struct StepJson<'r> {
    name: &'static str,
    status: &'static str,
    took_s: Seconds,
    error: Option<&'r str>,
}

/// The report as one line of JSON; `fixtures/schema/probe.json` describes it.
pub(crate) fn json(report: &Report, language: Language) -> String {
    line(&Answer {
        outcome: report.outcome.code(),
        steps: report.steps.iter().map(step).collect(),
        server_offset_s: report.server.map(interval),
        time_requests: report.time_requests,
        ntp_offset_s: report.diagnosis.third_opinion.map(|opinion| interval(opinion.local)),
        runs: report.runs.map(runs),
        corrected: report.corrected.and_then(Result::ok).map(Outcome::code),
        not_corrected: report.corrected.and_then(Result::err).map(CorrectionRefusal::code),
        diagnosis: diagnose::answer::answer("transcript", &report.diagnosis, language),
    })
}

const fn runs(runs: Runs) -> RunsJson {
    let Runs { asked, connected, refused, unreachable } = runs;
    RunsJson { asked, connected, refused, unreachable }
}

// The log of many runs is not shown, so the report names their first error.
fn first_failure(report: &Report, page: &Page) -> String {
    let clocks = [StepName::Clock, StepName::Ntp];
    let attempts = report.steps.iter().filter(|step| !clocks.contains(&step.name));
    let Some(error) = attempts.filter_map(|step| step.error.as_ref()).next() else {
        return String::new();
    };
    let title = words::first_failure(page.language);
    paragraph("", &format!("{title}: {}", safe::line(&error.said)), page.wrap)
}

fn step(step: &Step) -> StepJson<'_> {
    StepJson {
        name: step.name.code(),
        status: if step.error.is_none() { "ok" } else { "failed" },
        took_s: Seconds(step.took),
        error: step.error.as_ref().map(|reason| reason.english.as_str()),
    }
}

/// The report as text, printed below the log.
pub(crate) fn text(report: &Report, page: &Page) -> Text {
    let say = |said: &str| paragraph("", said, page.wrap);
    let mut text = Text::new();
    match report.runs {
        None => text += &format!("\n{}", say(words::outcome(report.outcome, page.language))),
        Some(runs) => {
            text += &say(words::outcome_of(runs, page.language));
            text += &paragraph("", &words::runs(runs, page.language), page.wrap);
            text += &first_failure(report, page);
        }
    }
    text += &clocks(report, page);
    // No call was judged, so a diagnosis would say nothing about this connection.
    let unanswered = report.diagnosis.decider == Some(Decider::FailedCall);
    if report.outcome == Outcome::Unreachable && unanswered {
        text += &say(words::unanswered(page.language));
    } else if report.outcome != Outcome::Connected || report.diagnosis.fault == ClockFault::Found {
        text.push('\n');
        text += &diagnose::answer::text(&report.diagnosis, page);
    }
    if let Some(corrected) = report.corrected {
        text.push('\n');
        text += &match corrected {
            Ok(outcome) => say(words::corrected(outcome, page.language)),
            Err(refusal) => say(&words::not_corrected(&refusal, page.language)),
        };
    }
    text
}

/// The warning about a request that others can read.
pub(crate) fn exposed(url: &str, language: Language) -> String {
    words::exposed(url, language)
}

/// Offsets of this clock from the server and from NTP, or why one is unknown.
fn clocks(report: &Report, page: &Page) -> String {
    let third = report.diagnosis.third_opinion.map(|opinion| opinion.local);
    let rows = [
        (words::server_clock(page.language), StepName::Clock, report.server),
        (words::third_clock(page.language), StepName::Ntp, third),
    ];
    let said = rows.into_iter().flat_map(|(title, step, offset)| {
        let measured = offset.map(|offset| render::offset(offset, page.language).to_string());
        let failed = report.steps.iter().filter(move |made| made.name == step);
        let failed = failed.filter_map(|made| made.error.as_ref().map(|it| safe::line(&it.said)));
        let lines = measured.into_iter().chain(failed);
        lines.map(move |line| format!("{title}: {line}"))
    });
    let requests = words::time_requests(report.time_requests, page.language);
    let requests = (report.time_requests > 0).then_some(requests);
    said.chain(requests).map(|line| paragraph("", &line, page.wrap)).collect()
}
