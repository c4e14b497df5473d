//! `jwtick fleet`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::commands::args::zone_name;

/// Report which of many hosts have a wrong clock, since when, and what to do
///
/// Reads the lines of `jwtick diagnose --by-host`, and logs as that command does.
#[derive(Debug, Args)]
pub(crate) struct FleetArgs {
    /// Time zone of timestamps without one: an offset (+09:00), a name (Europe/Berlin), or local for that
    /// of this host
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true, value_parser = zone_name())]
    #[arg(hide_possible_values = true)] // hundreds of names
    pub(crate) tz: Option<String>,
    /// Print one JSON object: totals, groups with a common cause, and all hosts, the most harmed first
    #[arg(long, conflicts_with_all = ["format", "report"])]
    pub(crate) json: bool,
    /// Print in a format for another program
    #[arg(long, value_name = "FORMAT", conflicts_with = "report")]
    pub(crate) format: Option<Format>,
    /// Print a report for people: for a ticket, or a page that needs no other file and no network
    #[arg(long, value_name = "FORMAT")]
    pub(crate) report: Option<Report>,
    /// Number of hosts to list in a text or report; the totals, groups and remedies are of all hosts
    #[arg(long, value_name = "N", default_value_t = 20)]
    #[arg(conflicts_with_all = ["json", "format"])]
    pub(crate) limit: usize,
    /// Files, folders or patterns; `-` is standard input [default: -]
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

/// The formats for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Metrics for the Prometheus textfile collector
    Prometheus,
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Report {
    /// Markdown, as GitHub and Jira read it
    Markdown,
    /// A page in one file
    Html,
}
