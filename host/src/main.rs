//! The `jwtick` program.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    jwtick::run(std::env::args_os()).into()
}
