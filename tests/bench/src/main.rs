//! Benchmarks of jwtick and its peers: `cargo run --release --manifest-path tests/bench/Cargo.toml`.
//!
//! All contenders are measured in turns, in one run, so that a busy machine disturbs all alike. A number
//! is the median over the turns; a ratio is the median of the ratios of each turn. `--smoke` only shows
//! that all contenders still accept the token: its numbers mean nothing.

mod diagnose;
mod signatures;
mod signers;
mod start;
mod timing;
mod token;
mod verifiers;
mod verify;

use std::error::Error;

/// Amount of measurement.
#[derive(Debug, Clone, Copy)]
struct Effort {
    turns: usize,
    log_bytes: u64,
}

const FULL: Effort = Effort { turns: 101, log_bytes: 256 << 20 };
const SMOKE: Effort = Effort { turns: 3, log_bytes: 8 << 20 };

fn main() -> Result<(), Box<dyn Error>> {
    let effort = match std::env::args().nth(1).as_deref() {
        None => FULL,
        Some("--smoke") => SMOKE,
        Some(other) => return Err(format!("met `{other}`, only --smoke is known").into()),
    };
    // Built before anything is measured.
    let program = jwtick_tests::program();
    verify::run(effort)?;
    signatures::run(effort)?;
    diagnose::run(effort)?;
    start::run(effort, program)
}
