//! Benchmarks of jwtick and its peers: `cargo run --release --manifest-path tests/bench/Cargo.toml`.
//!
//! All contenders are measured in turns, in one run, so that a busy machine disturbs all alike. A number
//! is the median over the turns; a ratio is the median of the ratios of each turn. `--smoke` only shows
//! that all contenders still accept the token: its numbers mean nothing.

mod diagnose;
mod signatures;
mod signers;
mod timing;
mod token;
mod verifiers;
mod verify;

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};

use timing::{Times, seconds, table_head, table_row};

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
    run_start(effort, program)
}

const NOTHING: &str = "/bin/true";

/// Measures both and prints the table.
fn run_start(effort: Effort, program: &Path) -> Result<(), Box<dyn Error>> {
    let token = token::valid_now()?;
    let (mut ours, mut nothing) = (Times::default(), Times::default());
    for _ in 0..effort.turns {
        ours.push(seconds(|| start(program, &["inspect", &token]))?.0);
        nothing.push(seconds(|| start(Path::new(NOTHING), &[]))?.0);
    }
    table_head("start of a command", &["ms", "× jwtick"]);
    for (name, times) in [("jwtick inspect", &ours), (NOTHING, &nothing)] {
        let cells = [format!("{:.2}", times.median() * 1e3), format!("{:.2}", times.over(&ours))];
        table_row(name, &cells);
    }
    Ok(())
}

fn start(program: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    let status = command.status().map_err(|error| format!("{}: {error}", program.display()))?;
    if status.success() { Ok(()) } else { Err(format!("{}: {status}", program.display())) }
}
