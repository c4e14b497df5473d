//! `jwtick inspect`.

use clap::Args;

/// Show what a token says, without checking its signature
#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// Print one JSON object per token
    #[arg(long)]
    pub(crate) json: bool,
}
