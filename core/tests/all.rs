//! All tests of the core's public interface, in one program: linking each file alone would take
//! longer than running it.
//!
//! A build without optimization takes a sample of what is read many thousand times, and an optimized one
//! takes all of it, as `.ci/run tests_release` does. `JWTICK_THOROUGH=1` takes all in any build.
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
mod proofs;
mod properties;
mod redaction;
mod render;
mod secrets;
mod sntp;
mod transcript;
mod unseen;
mod witnesses;
mod world;

/// Returns true if everything is tried, and not a sample.
fn is_thorough() -> bool {
    !cfg!(debug_assertions) || std::env::var_os("JWTICK_THOROUGH").is_some()
}
