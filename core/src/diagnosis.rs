//! From what a text says to what is wrong: cause, offset interval, certainty, remedy.

mod report;

pub use report::{
    Cause, Certainty, ClockFault, Decider, Diagnosis, Direction, Drift, Evidence, EvidenceKind,
    Excerpt, Reading, Remedy, ZoneKnowledge,
};
