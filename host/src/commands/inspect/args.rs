//! `jwtick inspect`.

use clap::Args;

use crate::commands::args::ClockChoice;
use crate::notation::instant::{self, Moment};

/// Show what a token says, without checking its signature
#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// Time to measure from: RFC 3339, Unix seconds, HTTP-date, now, +30min, -5m
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    #[arg(value_parser = instant::moment)]
    pub(crate) at: Moment,
    #[command(flatten)]
    pub(crate) choice: ClockChoice,
    /// How far the clock may be off, either way [default: 0s]
    #[arg(long, value_name = "DUR", value_parser = crate::notation::duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) uncertainty: Option<jwtick_core::Span>,
    /// Print one JSON object per token
    #[arg(long)]
    pub(crate) json: bool,
    /// A token, or text or a file with tokens in it: `Bearer …`, JSON, a curl command; `-` is
    /// standard input [default: -]
    #[arg(value_name = "TOKEN|FILE|-")]
    pub(crate) text: Vec<std::ffi::OsString>,
}
