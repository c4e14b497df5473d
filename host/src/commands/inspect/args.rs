//! `jwtick inspect`.

use clap::Args;

use crate::commands::args::ClockChoice;
use crate::notation::instant::{self, Moment};

/// Show the contents of a token without checking its signature, or the difference of two
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
    /// Print one JSON object per token; that of the second of two has their `difference`
    #[arg(long)]
    pub(crate) json: bool,
    /// Token, or a text or file that contains tokens, such as `Bearer …`, JSON or a curl command;
    /// `-` is standard input [default: -]. Two that are named separately, as in `inspect OLD NEW`, are
    /// compared: what differs in their headers and claims, by how much their times differ, and which of
    /// them the times allow. In one file or on standard input, several tokens are shown one by one
    #[arg(value_name = "TOKEN|FILE|-")]
    pub(crate) text: Vec<std::ffi::OsString>,
}
