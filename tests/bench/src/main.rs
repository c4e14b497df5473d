//! Benchmarks of jwtick and its peers: `cargo run --release --manifest-path tests/bench/Cargo.toml`.
//!
//! All contenders are measured in turns, in one run, so that a busy machine disturbs all alike. A number
//! is the median over the turns; a ratio is the median of the ratios of each turn. `--smoke` only shows
//! that all contenders still accept the token: its numbers mean nothing. A name, such as `serve`, runs one
//! benchmark alone.

mod diagnose;
mod gateways;
mod load;
mod serve;
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
    load: Load,
}

/// Amount of load on servers.
#[derive(Debug, Clone, Copy)]
struct Load {
    turns: usize,
    seconds: u32,
    /// Different tokens, more than a server verifies in these seconds.
    tokens: u64,
}

const FULL: Effort = Effort {
    turns: 101,
    log_bytes: 256 << 20,
    load: Load { turns: 5, seconds: 2, tokens: 60_000 },
};
const SMOKE: Effort =
    Effort { turns: 3, log_bytes: 8 << 20, load: Load { turns: 1, seconds: 1, tokens: 16_000 } };

/// A benchmark, which may run the program.
type Run = fn(Effort, &Path) -> Result<(), Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (effort, wanted) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => (FULL, None),
        ["--smoke"] => (SMOKE, None),
        [name] => (FULL, Some(name)),
        ["--smoke", name] => (SMOKE, Some(name)),
        _ => return Err("expected at most --smoke and the name of one benchmark".into()),
    };
    // Built before anything is measured.
    let program = jwtick_tests::program();
    let all: [(&str, Run); 5] = [
        ("verify", |effort, _| verify::run(effort)),
        ("signatures", |effort, _| signatures::run(effort)),
        ("diagnose", |effort, _| diagnose::run(effort)),
        ("start", run_start),
        ("serve", serve::run),
    ];
    let wanted = |name: &str| wanted.is_none_or(|wanted| wanted == name);
    let chosen: Vec<_> = all.into_iter().filter(|(name, _)| wanted(name)).collect();
    if chosen.is_empty() {
        return Err("expected one of: verify, signatures, diagnose, start, serve".into());
    }
    chosen.into_iter().try_for_each(|(_, run)| run(effort, program))
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
