//! `jwtick verify`.

use clap::Args;

/// Check a token's signature, times and claims
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// Print a JSON object
    #[arg(long)]
    pub(crate) json: bool,
}
