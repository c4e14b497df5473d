//! `jwtick config`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Look at the configuration file
#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) action: ConfigAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigAction {
    /// Show what is in force and from where, or what is wrong with the file
    Check {
        /// File to look at [default: the one that the other commands read]
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}
