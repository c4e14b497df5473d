//! The `jwtick` program.
#![forbid(unsafe_code)]

fn main() {}
