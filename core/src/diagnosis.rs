//! From what a text says to what is wrong: cause, offset interval, certainty, remedy.
//!
//! [`Diagnoser`] reads lines, gathers those of one exchange into an episode, and folds what each
//! episode proves into totals of constant size; the conclusion is drawn from the totals alone.

mod cause;
mod diagnoser;
mod fold;
mod report;
mod rules;
mod zone;

pub use cause::{Cause, Certainty, ClockFault, Decider};
pub use diagnoser::Diagnoser;
pub use report::{
    Diagnosis, Drift, Evidence, EvidenceKind, Excerpt, Reading, ThirdOpinion, ZoneKnowledge,
};
pub use zone::{LogZone, Options, ZoneRules};
