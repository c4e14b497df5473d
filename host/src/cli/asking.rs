//! How sources of time are asked, and which clock a token is judged by.

use std::path::PathBuf;

use clap::Args;
use jwtick_core::Span;

use crate::measurement::ClockName;
use crate::notation::duration;

/// How sources are asked: the same for every command that asks some.
#[derive(Debug, Clone, Args)]
pub(crate) struct AskingArgs {
    /// How long to wait for all answers together [default: 5s]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) timeout: Option<Span>,
    /// File with the certificate (PEM) that vouches for https servers [default: those of the web]
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Measure an https server whose certificate is refused, too: nobody vouches for its time
    #[arg(long)]
    pub(crate) insecure_date: bool,
}

/// Which clock tells the time.
#[derive(Debug, Args)]
pub(crate) struct ClockChoice {
    /// Clock to judge by: os, ntp:HOST[:PORT] or a URL; several are compared, and a majority of
    /// them counts [default: this host's, believed]
    #[arg(long, value_name = "CLOCK", value_parser = ClockName::parse)]
    pub(crate) clock: Vec<ClockName>,
    #[command(flatten)]
    pub(crate) asking: AskingArgs,
}
