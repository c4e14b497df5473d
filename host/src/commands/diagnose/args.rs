//! `jwtick diagnose`.

use clap::Args;

/// Read logs and report whose clock is wrong, and by how much
#[derive(Debug, Args)]
pub(crate) struct DiagnoseArgs {
    /// Time zone of timestamps without one: an offset (+09:00) or a name (Europe/Berlin)
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub(crate) tz: Option<String>,
    /// Print one JSON object per input
    #[arg(long)]
    pub(crate) json: bool,
    /// Logs to read; `-` is standard input [default: -]
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<std::path::PathBuf>,
}
