//! The answers of all sources about one local clock.

use core::fmt;

use jwtick_core::survey::Survey;
use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language};
use jwtick_core::{Span, TimeBounds, UnixTime};

use crate::output::safe;
use crate::source::{Kind, LocalClock, Note, Observation, SourceError};

/// The answers of all sources about one local clock.
#[derive(Debug)]
pub(crate) struct Measurement {
    /// The clock that was measured.
    pub(crate) local: LocalClock,
    /// One answer per source, in the order of their names; the one of this host comes last.
    pub(crate) answers: Vec<Answer>,
}

/// The answer of one source.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) found: Result<Observation, SourceError>,
    /// Notes of the source that apply whatever was found.
    pub(crate) aside: Vec<Note>,
}

impl Answer {
    /// Returns all notes to show with the numbers, or with the reason why there are none.
    pub(crate) fn notes(&self) -> impl Iterator<Item = &Note> {
        self.found.iter().flat_map(|observation| &observation.notes).chain(&self.aside)
    }

    pub(crate) fn offset(&self) -> Option<Offset> {
        self.found.as_ref().ok().map(|observation| observation.offset)
    }
}

impl Measurement {
    /// Surveys the sources outside this host, where an offset up to `allowed` is not an error.
    pub(crate) fn survey(&self, allowed: Span) -> Survey {
        let offsets: Vec<_> = self.outside().map(Answer::offset).collect();
        Survey::of(&offsets, allowed)
    }

    /// Surveys all sources, for a user who named this host as a source too.
    pub(crate) fn survey_of_all(&self, allowed: Span) -> Survey {
        let offsets: Vec<_> = self.answers.iter().map(Answer::offset).collect();
        Survey::of(&offsets, allowed)
    }

    /// Returns the number of sources outside this host.
    pub(crate) fn asked(&self) -> usize {
        self.outside().count()
    }

    /// Returns true if any of them gave an interval.
    pub(crate) fn heard_anybody(&self) -> bool {
        self.outside().any(|answer| answer.found.is_ok())
    }

    fn outside(&self) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(|answer| answer.kind != Kind::Os)
    }

    /// Returns UTC now, from a selected offset.
    pub(crate) fn utc(&self, offset: Offset) -> TimeBounds {
        offset.apply(self.local.now())
    }

    /// The reading of the local clock when it was measured.
    pub(crate) fn reading(&self) -> UnixTime {
        self.local.now()
    }
}

/// In English: `ntp:a.example: +3,600.1 … +3,600.2 s`, or the reason why there is no interval.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = safe::line(&self.name);
        match &self.found {
            Ok(found) => write!(f, "{name}: {}", words::interval(found.offset, Language::English)),
            Err(error) => write!(f, "{name}: {}", safe::line(&error.to_string())),
        }
    }
}
