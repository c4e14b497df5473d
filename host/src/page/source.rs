//! What a source said, or why it said nothing, in the language of the reader.

use jwtick_core::render::{self, Language};

use super::{machine, ntp, over_http};
use crate::language::Words;
use crate::source::{Bound, Note, SourceError};

/// Why a source proved nothing.
pub(crate) fn error(error: &SourceError, language: Language) -> String {
    match language {
        Language::English => error.to_string(),
        Language::German => german(error),
        Language::Korean => korean(error),
    }
}

fn german(error: &SourceError) -> String {
    match error {
        SourceError::Resolve { host, source } => format!("{host} ist nicht zu finden: {source}"),
        SourceError::Network(source) => source.to_string(),
        SourceError::Timeout { after } => {
            format!("keine Antwort innerhalb von {}", render::duration(*after, Language::German))
        }
        SourceError::Unknown(unknown) => machine::unknown(*unknown, Language::German),
        SourceError::Http(error) => over_http::german::http(error),
        SourceError::Date(error) => over_http::german::date(error),
        SourceError::Ntp(fault) => ntp::fault(*fault, Language::German),
    }
}

fn korean(error: &SourceError) -> String {
    match error {
        SourceError::Resolve { host, source } => format!("{host}: 주소를 찾을 수 없음: {source}"),
        SourceError::Network(source) => source.to_string(),
        SourceError::Timeout { after } => {
            format!("{} 안에 응답 없음", render::duration(*after, Language::Korean))
        }
        SourceError::Unknown(unknown) => machine::unknown(*unknown, Language::Korean),
        SourceError::Http(error) => over_http::korean::http(error),
        SourceError::Date(error) => over_http::korean::date(error),
        SourceError::Ntp(fault) => ntp::fault(*fault, Language::Korean),
    }
}

/// What was met on the way.
pub(crate) fn note(note: &Note, language: Language) -> String {
    match note {
        Note::Os(note) => machine::note(*note, language),
        Note::Http(note) => over_http::note(note, language),
        Note::Ntp(note) => ntp::note(*note, language),
    }
}

/// Where the ends of an interval come from, for a cell of a table.
pub(crate) fn bound(bound: Bound, language: Language) -> &'static str {
    match bound {
        Bound::RoundTrip => ROUND_TRIP.said_in(language),
        Bound::DateSecond => DATE_SECOND.said_in(language),
        Bound::Daemon(name) => name,
    }
}

const ROUND_TRIP: Words =
    Words { en: "round trip, root", de: "Umlauf, Wurzel", ko: "왕복, 루트" };
const DATE_SECOND: Words = Words { en: "round trip, Date", de: "Umlauf, Date", ko: "왕복, Date" };

/// The same for JSON.
pub(crate) const fn bound_code(bound: Bound) -> &'static str {
    match bound {
        Bound::RoundTrip => "round-trip",
        Bound::DateSecond => "date-second",
        Bound::Daemon(name) => name,
    }
}
