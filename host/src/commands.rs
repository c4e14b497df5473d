//! One module per command: from its arguments to an exit code.

pub(crate) mod clock;
mod completions;
mod config;
mod diagnose;
pub(crate) mod inspect;
mod key;
mod man;
mod probe;
mod rehearse;
mod sign;
mod stand_in;
pub(crate) mod verify;

use jwtick_core::render::Language;

use crate::cli::{Cli, Command};
use crate::config::Config;
use crate::error::Error;
use crate::exit::Exit;
use crate::report::refusal;

/// Runs the command that was asked for, and says on standard error what kept it from its answer.
pub(crate) fn dispatch(cli: &Cli) -> Exit {
    let (config, faulty) = match configuration(cli) {
        Ok(config) => (config, None),
        Err(error) => (Config::default(), Some(error)),
    };
    let language = cli.language(&config);
    let done = faulty.map_or_else(|| run(cli, &config, language), Err);
    done.unwrap_or_else(|error| {
        refusal::complain(&error, language);
        error.exit()
    })
}

// What shows a file, or asks for none, has no use for one that may be faulty.
fn configuration(cli: &Cli) -> Result<Config, Error> {
    match cli.command {
        Command::Config(_) | Command::Completions { .. } | Command::Man { .. } => {
            Ok(Config::default())
        }
        _ => Ok(Config::load(cli.config.as_deref())?),
    }
}

fn run(cli: &Cli, config: &Config, language: Language) -> Result<Exit, Error> {
    match &cli.command {
        Command::Diagnose(args) => diagnose::run(args, language),
        Command::StandIn(args) => stand_in::run(args, language),
        Command::Inspect(args) => inspect::run(args, config, language),
        Command::Verify(args) => verify::run(args, config, language),
        Command::Sign(args) => sign::run(args, config, language),
        Command::Clock(args) => clock::run(args, config, language),
        Command::Probe(args) => probe::run(args, language),
        Command::Rehearse(args) => rehearse::run(args, language),
        Command::Config(args) => config::run(args, cli.config.as_deref(), language),
        Command::Key(command) => key::run(command, language),
        Command::Completions { shell } => completions::run(*shell),
        Command::Man { folder } => man::run(folder.as_deref()),
    }
}
