//! From what a text says to what is wrong: cause, offset interval, certainty, remedy.
//!
//! [`Diagnoser`] reads lines, gathers those of one exchange into an episode, and folds what each
//! episode proves into totals of constant size; the conclusion is drawn from the totals alone.

mod by_reason;
mod by_times;
mod by_words;
mod conclude;
mod diagnoser;
mod episode;
mod excerpt;
mod hosts;
mod known;
mod outcome;
mod remedy;
mod report;
mod totals;
mod track;
mod view;
mod witness;
mod zone;

pub use diagnoser::{Diagnoser, Options};
pub use report::{
    Cause, Certainty, ClockFault, Decider, Diagnosis, Direction, Drift, Evidence, EvidenceKind,
    Excerpt, Reading, Remedy, ZoneKnowledge,
};
pub use zone::{LogZone, ZoneRules};
