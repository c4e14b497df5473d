//! `jwtick merge`.

use std::path::PathBuf;

use clap::Args;
use jwtick_core::words::Language;

use super::gather;
use crate::commands::error::Error;
use crate::exit::Exit;

/// Merge the lines of `jwtick diagnose --by-host` into one line per host
///
/// The order of the lines has no effect, and neither has a line that is given more than once: parts of a log
/// that different machines have read give the same answer as the whole log.
#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// Files or folders with such lines; `-` is standard input [default: -]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Prints a line for each host.
///
/// # Errors
/// [`Error::Write`] if standard output cannot be written.
pub(crate) fn run(args: &MergeArgs, language: Language) -> Result<Exit, Error> {
    gather::merged(&args.files, language)
}
