//! jwtick beside its peers: `cargo run --release --manifest-path tests/bench/Cargo.toml`.
//!
//! Everything that is compared is measured in turns, in one run, so that a busy machine disturbs
//! all alike; a number is the median over the turns, a ratio the median of the ratios of each turn.
//! `--smoke` only shows that everybody still accepts the token: its numbers mean nothing.

mod diagnose;
mod signatures;
mod signers;
mod start;
mod table;
mod timing;
mod token;
mod verifiers;
mod verify;

use std::error::Error;

/// How much is measured.
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
