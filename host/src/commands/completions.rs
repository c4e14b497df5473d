//! `jwtick completions`.

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::cli::Cli;
use crate::error::Error;
use crate::exit::Exit;
use crate::output;

/// Prints the completion script of `shell`.
///
/// # Errors
/// [`Error::Write`] if standard output does not take it.
pub(crate) fn run(shell: Shell) -> Result<Exit, Error> {
    let mut script = Vec::new();
    generate(shell, &mut Cli::command(), "jwtick", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
