//! What every source said of one local clock.

use core::fmt;

use jwtick_core::survey::Survey;
use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language};
use jwtick_core::{Span, TimeBounds, UnixTime};

use crate::output::safe;
use crate::source::{Kind, LocalClock, Note, Observation, SourceError};

/// What every source said of one local clock.
#[derive(Debug)]
pub(crate) struct Measurement {
    /// The clock that was measured.
    pub(crate) local: LocalClock,
    /// One answer a source, in the order of their names; what this host says of itself comes last.
    pub(crate) answers: Vec<Answer>,
}

/// What one source said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) found: Result<Observation, SourceError>,
    /// What its source says of itself whatever was found.
    pub(crate) aside: Vec<Note>,
}

impl Answer {
    /// Everything that belongs beside the numbers, or beside the reason why there are none.
    pub(crate) fn notes(&self) -> impl Iterator<Item = &Note> {
        self.found.iter().flat_map(|observation| &observation.notes).chain(&self.aside)
    }

    pub(crate) fn offset(&self) -> Option<Offset> {
        self.found.as_ref().ok().map(|observation| observation.offset)
    }
}

impl Measurement {
    /// What the sources outside of this host prove, where `allowed` is no fault.
    pub(crate) fn survey(&self, allowed: Span) -> Survey {
        let offsets: Vec<_> = self.outside().map(Answer::offset).collect();
        Survey::of(&offsets, allowed)
    }

    /// The same, where the user named this host as a source too: then its word counts.
    pub(crate) fn survey_of_all(&self, allowed: Span) -> Survey {
        let offsets: Vec<_> = self.answers.iter().map(Answer::offset).collect();
        Survey::of(&offsets, allowed)
    }

    /// How many sources outside of this host were asked.
    pub(crate) fn asked(&self) -> usize {
        self.outside().count()
    }

    /// Whether any of them gave an interval.
    pub(crate) fn heard_anybody(&self) -> bool {
        self.outside().any(|answer| answer.found.is_ok())
    }

    fn outside(&self) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(|answer| answer.kind != Kind::Os)
    }

    /// UTC now, by an offset that was selected.
    pub(crate) fn utc(&self, offset: Offset) -> TimeBounds {
        offset.apply(self.local.now())
    }

    /// The reading of the local clock when it was measured.
    pub(crate) fn reading(&self) -> UnixTime {
        self.local.now()
    }
}

/// In English: `ntp:a.example: +3,600.1 … +3,600.2 s`, or why it said nothing.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = safe::line(&self.name);
        match &self.found {
            Ok(found) => write!(f, "{name}: {}", words::interval(found.offset, Language::English)),
            Err(error) => write!(f, "{name}: {}", safe::line(&error.to_string())),
        }
    }
}
