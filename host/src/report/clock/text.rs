//! For people: which clock is wrong, by how much, in what bounds, resting on what; what to do.

use jwtick_core::render::{self, Heading};

use super::{Surveyed, picture, table};
use crate::output::safe;
use crate::report::page::{Page, remedies, section};
use crate::report::paragraph::paragraph;
use crate::report::source;

/// The whole answer.
pub(crate) fn text(surveyed: &Surveyed, page: &Page) -> String {
    let language = page.language;
    let survey = surveyed.survey;
    let mut text = paragraph("", &render::survey(survey, language).to_string(), page.wrap);
    text += &section(Heading::Sources, &table::table(surveyed, page), language);
    text += &notes(surveyed, page);
    if let Some(drawn) = picture::picture(surveyed, page) {
        text += &section(Heading::Clocks, &drawn, language);
    }
    let todo = survey.remedies(surveyed.keeper);
    if !todo.is_empty() {
        text += &section(Heading::Remedies, &remedies(&todo, page), language);
    }
    text
}

fn notes(surveyed: &Surveyed, page: &Page) -> String {
    let answers = surveyed.measurement.answers.iter();
    answers
        .flat_map(|answer| answer.notes().map(move |note| (&answer.name, note)))
        .map(|(name, note)| {
            let note = format!("{}: {}", safe::line(name), source::note(note, page.language));
            paragraph("  ", &note, page.wrap)
        })
        .collect()
}
