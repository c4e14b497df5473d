//! Start-up time of the program: `inspect` of one token, compared with a program that does nothing.

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::timing::{Times, seconds, table_head, table_row};
use crate::{Effort, token};

const NOTHING: &str = "/bin/true";

/// Measures both and prints the table.
pub fn run(effort: Effort, program: &Path) -> Result<(), Box<dyn Error>> {
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
