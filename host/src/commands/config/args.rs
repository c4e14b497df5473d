//! `jwtick config`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Write or check the configuration file
#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) action: ConfigAction,
}

impl ConfigArgs {
    /// The file named as an argument.
    pub(crate) const fn file(&self) -> Option<&PathBuf> {
        match &self.action {
            ConfigAction::Init { file } | ConfigAction::Check { file } => file.as_ref(),
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigAction {
    /// Write a file with every key, commented out, to start from
    Init {
        /// File to create; `-` is standard output [default: the one that the other commands use]
        #[arg(value_name = "FILE|-")]
        file: Option<PathBuf>,
    },
    /// Show every setting and where it comes from, or report errors in the file
    Check {
        /// File to check [default: the one that the other commands use]
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}
