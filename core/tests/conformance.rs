//! Accepts and refuses what the RFCs say, row by row; the tables are in `fixtures/tables`.
//!
//! Each row is either accepted, or refused with the words in the table. Where an RFC allows something
//! that is refused here, the row gives the reason. Unexpected successes fail, too.
#![cfg(test)]

mod claims;
mod debug;
mod json;
mod refusals;
