//! One module per command: from its arguments to an exit code.

mod completions;
mod diagnose;
pub(crate) mod inspect;
mod sign;
mod stand_in;
pub(crate) mod verify;

use crate::cli::{Cli, Command};
use crate::error::Error;
use crate::exit::Exit;

/// Runs the command that was asked for.
///
/// # Errors
/// Whatever kept the command from giving its answer.
pub(crate) fn dispatch(cli: &Cli) -> Result<Exit, Error> {
    let language = cli.language();
    match &cli.command {
        Command::Diagnose(args) => diagnose::run(args, language),
        Command::Inspect(args) => inspect::run(args, language),
        Command::Verify(args) => verify::run(args, language),
        Command::Sign(args) => sign::run(args, language),
        Command::StandIn(args) => stand_in::run(args, language),
        Command::Completions { shell } => completions::run(*shell),
    }
}
