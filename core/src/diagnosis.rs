//! Diagnosis of a text: cause, offset interval, certainty and remedy.
//!
//! [`Diagnoser`] reads lines, groups the lines of one exchange into an episode, and folds what each
//! episode proves into totals of constant size. The conclusion is drawn from the totals alone.

mod cause;
mod diagnoser;
mod fold;
mod host_clock;
mod proof;
mod reader;
mod report;
mod reservation;
mod rules;
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
pub use timed_lines::{LineTime, TimedLine, TimedLines};
pub use zone::{LogZone, Options, ZoneRules};
