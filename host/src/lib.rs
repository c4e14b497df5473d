//! The parts of the `jwtick` program: reading input, asking `jwtick_core`, showing the answer.
//!
//! No rule about tokens or time lives here.
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

/// Runs the command that `arguments` ask for; the first one is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    cli::run(arguments)
}
