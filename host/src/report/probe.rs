//! What came of a test of a connection.

mod words;

use jwtick_core::Offset;
use jwtick_core::render::{self, Language};
use serde::Serialize;

use super::diagnosis;
use super::json::{Interval, Seconds, line};
use super::page::Page;
use super::paragraph::paragraph;
use super::words::Words;
use crate::probe::{Outcome, Report, Step};

#[derive(Serialize)]
struct Answer<'r, D: Serialize> {
    outcome: &'static str,
    steps: Vec<StepJson<'r>>,
    server_offset_s: Option<Interval>,
    corrected: Option<&'static str>,
    #[serde(flatten)]
    diagnosis: D,
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
        corrected: report.corrected.map(Outcome::code),
        diagnosis: diagnosis::answer("transcript", &report.diagnosis, language),
    })
}

fn step(step: &Step) -> StepJson<'_> {
    StepJson {
        name: step.name.code(),
        status: if step.error.is_none() { "ok" } else { "failed" },
        took_s: Seconds(step.took),
        error: step.error.as_deref(),
    }
}

const fn interval(offset: Offset) -> Interval {
    Interval::between(offset.least(), offset.most())
}

/// The report for people, under the log that they have seen already.
pub(crate) fn text(report: &Report, page: &Page) -> String {
    let say = |words: Words| paragraph("", words.said_in(page.language), page.wrap);
    let mut text = String::from("\n") + &say(words::outcome(report.outcome));
    if let Some(server) = report.server {
        let measured = render::offset(server, page.language).to_string();
        let title = words::SERVER_CLOCK.said_in(page.language);
        text += &paragraph("", &format!("{title}: {measured}"), page.wrap);
    }
    if report.outcome != Outcome::Connected {
        text.push('\n');
        text += &diagnosis::text(&report.diagnosis, page);
    }
    if let Some(corrected) = report.corrected {
        text.push('\n');
        text += &say(words::corrected(corrected));
    }
    text
}
