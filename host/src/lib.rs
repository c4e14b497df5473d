//! The parts of the `jwtick` program.
#![forbid(unsafe_code)]
