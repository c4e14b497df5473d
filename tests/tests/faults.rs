//! Faults around the program: expects a clear message, the right exit code, and no half-written file.
//!
//! Tests that need more than a shell are in `tests/real/faults`.
#![cfg(test)]
#![cfg(unix)]

mod inputs;
mod interrupts;
mod network;
mod outputs;
mod surroundings;
