//! Refusals in the words of real products, for test servers that imitate them.
//!
//! They are stored in the rows by which a diagnosis recognises them, so a
//! [`Diagnoser`](crate::Diagnoser) recognises what [`refusal`] returns.

pub use super::catalogue::{Code, Reason, Speaker, Spoken, refusal};
