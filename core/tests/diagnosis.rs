//! The rules of the diagnosis, each at its edges, over texts of a few lines.
//!
//! The texts are as short as the rule allows; captured logs are under `fixtures/cases`.
#![cfg(test)]

mod answers;
mod authors;
mod cases;
mod causes;
mod edges;
mod exchange;
mod hosts;
mod made;
mod nodes;
mod properties;
mod reasons;
mod remedies;
mod reservations;
mod right_clock;
mod stamps;
mod steps;
pub(crate) mod table;
mod third_opinion;
mod times;
mod words;
mod writers;
mod zones;
