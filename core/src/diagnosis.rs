//! From what a text says to what is wrong: cause, offset interval, certainty, remedy.
//!
//! [`Diagnoser`] reads lines, gathers those of one exchange into an episode, and folds what each
//! episode proves into totals of constant size; the conclusion is drawn from the totals alone.

mod advice;
mod by_reason;
mod by_times;
mod by_words;
mod cause;
mod conclude;
mod diagnoser;
mod edges;
mod episode;
mod excerpt;
mod exchange;
mod hosts;
mod kind;
mod known;
mod measurements;
mod nodes;
mod observe;
mod outcome;
mod platform;
mod reasons;
mod remedy;
mod report;
mod retry;
mod third_opinion;
mod totals;
mod track;
mod view;
mod witness;
mod zone;

pub use advice::{Decider, Remedy};
pub use cause::{Cause, Certainty, ClockFault, Direction};
pub use diagnoser::{Diagnoser, Options};
pub use report::{
    Diagnosis, Drift, Evidence, EvidenceKind, Excerpt, Reading, ThirdOpinion, ZoneKnowledge,
};
pub(crate) use zone::looks_like_zone;
pub use zone::{LogZone, ZoneRules};
