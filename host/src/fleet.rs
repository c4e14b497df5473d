//! Fleets: the evidence about each of many hosts, as states that merge.
//!
//! The modules from the bottom up: a stretch of a log, the state that collects stretches, the verdict that
//! is drawn from a state, its written form, and the readers that turn logs and tables into states.

mod collect;
mod collection;
mod input;
pub(crate) mod inputs;
mod line;
mod state;
mod stretch;
mod table;
mod verdict;
mod writer;
mod written;

pub(crate) use collect::{Collected, InputFault, Reading};
pub(crate) use collection::{LineFault, LineFaultKind, States};
pub(crate) use input::Accepted;
pub(crate) use line::{SummaryJson, lines, ppm, summary};
pub(crate) use state::HostState;
pub(crate) use stretch::REMEDIES;
pub(crate) use table::NotARow;
pub(crate) use verdict::{Since, Verdict};
pub(crate) use written::NotAState;
