//! What is said of a measurement over HTTP, in the language of the reader.
//!
//! English is the `Display` of each type.

pub(crate) mod german;
pub(crate) mod korean;

use jwtick_core::render::Language;

use crate::source::http_date::HttpNote;

/// What was met on the way.
pub(crate) fn note(note: &HttpNote, language: Language) -> String {
    match language {
        Language::English => note.to_string(),
        Language::German => german::note(note),
        Language::Korean => korean::note(note),
    }
}
