//! JWTs judged by a clock that is only known within bounds, and clock faults found in logs.
#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

#[cfg(test)]
extern crate std;

pub mod diagnosis;
pub mod evidence;
pub mod judge;
pub mod key;
pub mod survey;
pub mod time;
pub mod token;
pub mod wire;
pub mod words;

pub use diagnosis::{
    Cause, Certainty, ClockFault, Decider, Diagnoser, Diagnosis, Drift, Evidence, EvidenceKind,
    Excerpt, LogZone, Options, Reading, ThirdOpinion, ZoneKnowledge, ZoneRules,
};
pub use evidence::longest_lifetime;
pub use judge::*;
pub use key::*;
pub use survey::*;
pub use time::*;
pub use token::*;
pub use wire::*;
pub use words as render;
