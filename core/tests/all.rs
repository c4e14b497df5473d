//! All tests of the core's public interface, in one program: linking each file alone would take
//! longer than running it.
#![cfg(test)]

mod conformance;
mod date_series;
mod diagnosis;
mod dressings;
mod json;
mod judge;
mod key;
mod leave_one_out;
mod names;
mod node_clocks;
mod properties;
mod redaction;
mod refusals;
mod render;
mod sntp;
mod table;
mod transcript;
mod unseen;
mod witnesses;
mod world;
