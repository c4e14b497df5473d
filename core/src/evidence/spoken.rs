//! Refusals in the words of real products, for servers that stand in for one in a test.
//!
//! They are kept in the rows by which the diagnosis recognises them, so what [`refusal`] returns is
//! understood by a [`Diagnoser`](crate::Diagnoser).

pub use super::catalogue::{Code, Reason, Speaker, Spoken, refusal};
