//! Diagnosis of a text: cause, offset interval, certainty and remedy.
//!
//! [`Diagnoser`] reads lines, groups the lines of one exchange into an episode, and folds what each
//! episode proves into totals of constant size. The conclusion is drawn from the totals alone.

mod cause;
mod diagnoser;
mod host_clock;
mod proof;
mod reader;
mod report;
mod reservation;
mod timed_lines;
mod zone;

pub use cause::{Attribution, Cause, Certainty, ClockFault, Decider};
pub use diagnoser::Diagnoser;
pub use host_clock::{HostClock, ServerName};
pub use proof::{Fact, Premise, Proof, Sum};
pub use report::{
    Diagnosis, Drift, Evidence, EvidenceKind, Excerpt, Reading, ThirdOpinion, ZoneKnowledge,
};
pub use reservation::{Assumption, Possibility};
pub use timed_lines::{LineTime, LineTimes, TimedLine, TimedLines};
pub use zone::{LogZone, Options, ZoneRules};

/// State while reading: what the lines of a text have said so far, in constant memory.
///
/// The modules from the bottom up: the vocabulary (`refusal`, `local_stamps`, `reasons`), the
/// values tracked over a text, the totals of the text, the exchange that is being read, and what a
/// closed exchange adds to the totals. Nothing here draws a conclusion.
mod fold {
    pub(super) mod books;
    pub(super) mod edges;
    pub(super) mod episode;
    pub(super) mod excerpt;
    pub(super) mod exchange;
    pub(super) mod find_reasons;
    pub(super) mod hosts;
    pub(super) mod lines;
    pub(super) mod local_stamps;
    pub(super) mod measurements;
    pub(super) mod observe;
    pub(super) mod open;
    pub(super) mod origin;
    pub(super) mod pairs;
    pub(super) mod reasons;
    pub(super) mod refusal;
    pub(super) mod series;
    pub(super) mod shown;
    pub(super) mod sight;
    pub(super) mod totals;
    pub(super) mod track;
    pub(super) mod writers;
}

/// Rules that turn the folded evidence into a cause.
mod rules {
    pub(super) mod assumed;
    pub(super) mod blame;
    pub(super) mod by_reason;
    pub(super) mod by_times;
    pub(super) mod by_words;
    pub(super) mod conclude;
    pub(super) mod each_host;
    pub(super) mod explained;
    pub(super) mod known;
    pub(super) mod outcome;
    pub(super) mod possible;
    pub(super) mod proof;
    pub(super) mod remedy;
    pub(super) mod third_opinion;
    pub(super) mod view;
}
