//! Faults around the program: a clear sentence, the right exit, nothing half-written.
//!
//! Those that need more than a shell are in `tests/real/faults`.
#![cfg(test)]
#![cfg(unix)]

mod inputs;
mod interrupts;
mod network;
mod outputs;
mod surroundings;
