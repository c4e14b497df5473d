//! `jwtick config`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Check the configuration
#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) action: ConfigAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigAction {
    /// Show every setting and where it comes from, or report errors in the file
    Check {
        /// File to check [default: the one that the other commands use]
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}
