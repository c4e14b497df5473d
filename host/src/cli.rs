//! The command line. Only clap's part: what a value means, the commands decide.

mod diagnose;
mod inspect;
mod key;
mod sign;
mod stand_in;
mod verify;

use std::ffi::OsString;

use clap::{Parser, Subcommand};
use jwtick_core::Algorithm;
use jwtick_core::render::Language;

pub(crate) use diagnose::DiagnoseArgs;
pub(crate) use inspect::InspectArgs;
pub(crate) use key::KeyArgs;
pub(crate) use sign::SignArgs;
pub(crate) use stand_in::{CallerArgs, ClockArgs, FutureIat, StandInArgs};
pub(crate) use verify::{PayloadKind, VerifyArgs};

use crate::language::{self, Lang};

/// "JWT has expired": is it the token, my clock, or theirs, by how much, and what do I do?
#[derive(Debug, Parser)]
#[command(name = "jwtick", version, propagate_version = true)]
pub(crate) struct Cli {
    /// Language of the answer [default: that of the environment]
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Lang>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    pub(crate) fn language(&self) -> Language {
        self.lang.map_or_else(language::of_environment, Language::from)
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Diagnose(DiagnoseArgs),
    Inspect(InspectArgs),
    Verify(VerifyArgs),
    Sign(SignArgs),
    StandIn(Box<StandInArgs>),
    /// Print a completion script for a shell
    Completions {
        /// The shell that shall complete jwtick's commands
        shell: clap_complete::Shell,
    },
}

/// Reads the command line; the `Err` also carries the answers to `--help` and `--version`.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(arguments)
}

fn algorithm(name: &str) -> Result<Algorithm, String> {
    Algorithm::named(name).ok_or_else(|| {
        let known: Vec<&str> = Algorithm::ALL.iter().map(|algorithm| algorithm.name()).collect();
        format!("known are {}", known.join(", "))
    })
}
