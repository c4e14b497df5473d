//! What the RFCs say, row by row; the tables are in `fixtures/tables`.
//!
//! A row is either accepted, or refused in its words. Where an RFC allows what is refused here, the
//! row has the reason. All comparisons are of equality: an unexpected success fails, too.
#![cfg(test)]

mod claims;
mod debug;
mod escaped;
mod json;
#[cfg(all(feature = "rsa", feature = "es", feature = "ed"))]
mod keys;
mod refusals;
