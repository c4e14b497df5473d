//! Is this token good *now*, when "now" is only known to lie between two instants; and if a
//! server says "expired", whose clock is wrong?
#![no_std]
#![forbid(unsafe_code)]

#[cfg(test)]
extern crate std;

mod diagnosis;
mod offset;
pub mod render;
mod time;

pub use diagnosis::{
    Cause, Certainty, ClockFault, Decider, Diagnosis, Direction, Drift, Evidence, EvidenceKind,
    Excerpt, Reading, Remedy, ZoneKnowledge,
};
pub use offset::{Bracket, NoMajority, Offset, Selection};
pub use time::{Span, TimeBounds, UnixTime};
