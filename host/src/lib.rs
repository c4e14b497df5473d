//! The parts of the `jwtick` program: reads input, calls `jwtick_core` and prints the answer.
//!
//! All rules about tokens and time are in the core.
#![forbid(unsafe_code)]

mod cli;
mod commands;
mod config;
mod exit;
mod file;
mod http;
mod input;
mod keys;
mod language;
mod manual;
mod measurement;
mod minting;
mod notation;
mod output;
mod page;
mod probe;
mod signal;
mod source;
mod stand_in;
mod verification;

use std::ffi::OsString;

pub use crate::exit::Exit;
pub use crate::keys::RingKey;

/// Runs the command in `arguments`, whose first element is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    cli::run(arguments)
}
