//! The answer of `clock` as text, as JSON, for Nagios and for Prometheus.

mod json;
mod nagios;
mod own;
mod picture;
mod prometheus;
mod table;
mod watch;

use jwtick_core::UnixTime;
use jwtick_core::survey::Survey;
use jwtick_core::words::{self, Heading, Language};

pub(crate) use json::json;
pub(crate) use nagios::{State, nagios};
pub(crate) use prometheus::prometheus;
pub(crate) use watch::{Anew, line, stepped};

use super::plan::Surveyed;
use crate::output::{Text, safe};
use crate::page::layout::{Page, remedies, section};
use crate::page::paragraph::paragraph;
use crate::page::source;

/// The answer as text.
pub(crate) fn text(surveyed: &Surveyed, page: &Page) -> Text {
    if let Some(facts) = &surveyed.facts {
        return own::text(surveyed, facts, page);
    }
    let language = page.language;
    let said = summary(surveyed, language);
    let mut text = Text::from(paragraph("", &said, page.wrap));
    text += &section(Heading::Sources, table::table(surveyed, page), language);
    text += &notes(surveyed, page);
    if let Some(drawn) = picture::picture(surveyed, page) {
        text += &section(Heading::Clocks, drawn, language);
    }
    let todo = surveyed.remedies();
    if !todo.is_empty() {
        text += &section(Heading::Remedies, remedies(&todo, "", page), language);
    }
    text
}

/// The verdict and what supports it, in a few sentences.
fn summary(surveyed: &Surveyed, language: Language) -> String {
    if surveyed.facts.is_some() {
        return own::summary(surveyed, language);
    }
    verdict(surveyed.survey, surveyed.unset(), language)
}

/// The verdict of a survey. `unset` is the reading of a clock that was never set.
pub(crate) fn verdict(survey: Survey, unset: Option<UnixTime>, language: Language) -> String {
    match unset.and_then(|reading| words::unset_clock(survey, reading, language)) {
        Some(said) => said.to_string(),
        None => words::survey(survey, language).to_string(),
    }
}

fn notes(surveyed: &Surveyed, page: &Page) -> String {
    let standings = surveyed.measurement.standings(surveyed.survey);
    standings
        .iter()
        .flat_map(|standing| standing.notes().map(move |note| (&standing.answer.name, note)))
        .map(|(name, note)| {
            let note = safe::line(&source::note(&note, page.language));
            let note = format!("{}: {note}", safe::line(name));
            paragraph("  ", &note, page.wrap)
        })
        .collect()
}
