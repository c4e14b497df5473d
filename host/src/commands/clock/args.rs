//! `jwtick clock`.

use clap::{Args, ValueEnum};
use jwtick_core::Span;

use crate::commands::args::AskingArgs;
use crate::measurement::ClockName;
use crate::notation::duration;

/// Measure this host's clock against sources of time, and say whether it is right
#[derive(Debug, Args)]
pub(crate) struct ClockArgs {
    /// NTP server to ask; several are compared [default: those of jwtick.toml]
    #[arg(long, value_name = "HOST[:PORT]", value_parser = ClockName::ntp)]
    pub(crate) ntp: Vec<ClockName>,
    /// Server whose `Date` to measure, as a URL; several are compared [default: likewise]
    #[arg(long, value_name = "URL", value_parser = ClockName::http)]
    pub(crate) http: Vec<ClockName>,
    /// How far the clock may be off [default: 1s]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) max_offset: Option<Span>,
    #[command(flatten)]
    pub(crate) asking: AskingArgs,
    /// Measure again after each such pause, until interrupted, and tell how fast the clock drifts
    #[arg(long, value_name = "DUR", value_parser = pause, allow_hyphen_values = true)]
    #[arg(conflicts_with_all = ["format", "step"])]
    pub(crate) watch: Option<Span>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Offset that is worth a warning, for `--format nagios` [default: as --max-offset]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    pub(crate) warn: Option<Span>,
    /// Offset that is critical, for `--format nagios` [default: 60s]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    pub(crate) crit: Option<Span>,
    /// Set this host's clock to what at least two sources agree on
    #[arg(long, conflicts_with = "format")]
    pub(crate) step: bool,
    /// Do not ask before the clock is set
    #[arg(long, requires = "step")]
    pub(crate) yes: bool,
    /// Print a JSON object; with --watch one a line
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
}

/// Servers turn away who asks without a pause; NTP itself waits 16 s or more (RFC 5905 §7.2).
const SHORTEST: Span = Span::from_secs(1);

fn pause(text: &str) -> Result<Span, String> {
    let pause = duration::length(text).map_err(|fault| fault.to_string())?;
    if pause < SHORTEST {
        return Err("a pause is at least 1s: servers turn away who asks more often".to_owned());
    }
    Ok(pause)
}

/// The forms of the answer beside JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One line and the exit code of a check plugin
    Nagios,
    /// Metrics for a textfile collector
    Prometheus,
}
