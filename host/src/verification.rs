//! Verifies one token (decode → verify → judge), and determines the time to judge it at.

pub(crate) mod check;
mod judging_time;
mod outcome;

pub(crate) use check::{Demands, Payload, Room, check};
pub(crate) use judging_time::{Basis, JudgingTime, Measured, middle};
pub(crate) use outcome::{Hint, Outcome, Problem, Signature};
