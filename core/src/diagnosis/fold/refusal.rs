//! A refusal: which side judged which, what was held against a token, and whether a second attempt
//! met it again.

use crate::diagnosis::proof::{Fact, Premise};
use crate::evidence::{Facts, Judge, Row};
use crate::time::{Span, UnixTime};

/// The longest lifetime that a provider grants to an assertion.
pub(crate) const LONGEST_LIFETIME: Span = Span::from_secs(3_600);

/// The side whose clock judged, and the side that it judged, in the refusals of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A provider judged what the local side made.
    Provider,
    /// The local side judged what another party made.
    Us,
    /// Two other parties disagree.
    Peers,
    /// The text does not say.
    Open,
}

impl Shape {
    /// Derives the roles from the words, and from whether a server answered on the same line or in
    /// the same exchange.
    pub(crate) const fn of(row: &Row, on_answer: bool, in_answer: bool) -> Self {
        match (row.judge, on_answer, in_answer) {
            (Judge::Peers, ..) => Self::Peers,
            (Judge::Provider, ..) | (_, true, _) | (Judge::Either, _, true) => Self::Provider,
            (Judge::Us, false, _) => Self::Us,
            (Judge::Either, false, false) => Self::Open,
        }
    }
}

/// The refusal that the conclusion is about: the first of the most specific kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal {
    /// Its wording.
    pub(crate) row: &'static Row,
    /// The side that judged, and the side that was judged.
    pub(crate) shape: Shape,
    /// The number of its line.
    pub(crate) line: u64,
}

/// The end of a token that the text says was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    /// The end in UTC, or as the local stamps show it, read as if it were UTC.
    pub(crate) at: UnixTime,
    /// `true` if the end is in UTC.
    pub(crate) in_utc: bool,
    /// The number of the line that announced it.
    pub(crate) line: u64,
    /// The lifetime that the line states instead, which starts at its stamp; zero if it states the end.
    pub(crate) lifetime: Span,
}

impl End {
    /// The statements of the line that announced the end.
    pub(crate) fn by(self) -> [Option<Premise>; 2] {
        let premise = |fact| Some(Premise { line: self.line, fact });
        if self.lifetime == Span::ZERO {
            return [premise(Fact::End(self.at)), None];
        }
        let made = self.at - self.lifetime;
        let stamp = if self.in_utc { Fact::Stamp(made) } else { Fact::CivilStamp(made) };
        [premise(stamp), premise(Fact::Lifetime(self.lifetime))]
    }
}

/// The result of a second attempt that used the server's time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Retry {
    /// There was no second attempt.
    None,
    /// The attempt was not refused, as far as the text shows.
    Made,
    /// The attempt was refused in these words.
    Refused(&'static Row),
}

impl Retry {
    /// Records that a line announces a second attempt.
    pub(crate) fn note(&mut self, facts: &Facts) {
        if facts.is_retry {
            *self = Self::Made;
        }
    }

    /// Records a refusal.
    pub(crate) fn refuse(&mut self, row: &'static Row) {
        if matches!(self, Self::Made) {
            *self = Self::Refused(row);
        }
    }
}
