//! `jwtick inspect`.

use clap::Args;

use crate::commands::args::ClockChoice;
use crate::notation::instant::{self, Moment};

/// Show the contents of a token without checking its signature
#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// Reference time for the token's dates: RFC 3339, Unix seconds, HTTP-date, now, +30min, -5m
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    #[arg(value_parser = instant::moment)]
    pub(crate) at: Moment,
    #[command(flatten)]
    pub(crate) choice: ClockChoice,
    /// Maximum error of the clock in either direction, such as 2s [default: 0s]
    #[arg(long, value_name = "DUR", value_parser = crate::notation::duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) uncertainty: Option<jwtick_core::Span>,
    /// Print only the value of this claim, one line per token: a string without its quotation marks, and
    /// anything else as JSON. The signature is not checked
    #[arg(long, value_name = "NAME", conflicts_with_all = ["json", "at", "uncertainty", "clock"])]
    pub(crate) claim: Option<String>,
    /// Print one JSON object per token
    #[arg(long)]
    pub(crate) json: bool,
    /// Token, or a text or file that contains tokens, such as `Bearer …`, JSON or a curl command;
    /// `-` is standard input [default: -]
    #[arg(value_name = "TOKEN|FILE|-")]
    pub(crate) text: Vec<std::ffi::OsString>,
}
