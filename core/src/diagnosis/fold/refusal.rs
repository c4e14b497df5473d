//! A refusal: who judged whom, what it held against a token, and whether a second try met it again.

use crate::evidence::{Facts, Judge, Row};
use crate::time::{Span, UnixTime};

/// The longest lifetime that a provider grants to an assertion.
pub(crate) const LONGEST_LIFETIME: Span = Span::from_secs(3_600);

/// Whose clock judged whom in the refusals of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A provider judged what we made.
    Provider,
    /// We judged what somebody else made.
    Us,
    /// Two others disagree.
    Peers,
    /// The text does not tell.
    Open,
}

impl Shape {
    /// Who judged, from the words and from whether a server answered, on the same line or in the same
    /// exchange.
    pub(crate) const fn of(row: &Row, on_answer: bool, in_answer: bool) -> Self {
        match (row.judge, on_answer, in_answer) {
            (Judge::Peers, ..) => Self::Peers,
            (Judge::Provider, ..) | (_, true, _) | (Judge::Either, _, true) => Self::Provider,
            (Judge::Us, false, _) => Self::Us,
            (Judge::Either, false, false) => Self::Open,
        }
    }
}

/// The refusal that the conclusion is about: the one that says the most, the first of its kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal {
    /// Its wording.
    pub(crate) row: &'static Row,
    /// Who judged whom.
    pub(crate) shape: Shape,
}

/// The end of a token that the text says was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    /// In UTC, or by the local stamps as if they were.
    pub(crate) at: UnixTime,
    /// Which of the two.
    pub(crate) in_utc: bool,
}

/// What came of a second try, by the server's own time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Retry {
    /// There was none.
    None,
    /// It was not refused, as far as the text goes.
    Made,
    /// It was refused in these words.
    Refused(&'static Row),
}

impl Retry {
    /// Notes that a line says that there is a second try.
    pub(crate) fn note(&mut self, facts: &Facts) {
        if facts.is_retry {
            *self = Self::Made;
        }
    }

    /// Notes a refusal.
    pub(crate) fn refuse(&mut self, row: &'static Row) {
        if matches!(self, Self::Made) {
            *self = Self::Refused(row);
        }
    }
}
