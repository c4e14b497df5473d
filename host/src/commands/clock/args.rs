//! `jwtick clock`.

use clap::{Args, ValueEnum};
use jwtick_core::Span;
use jwtick_core::time::Offset;

use crate::commands::args::{Adding, AskingArgs};
use crate::commands::effect::{NoEffect, none_with, only_with};
use crate::measurement::ClockName;
use crate::notation::duration;

/// Compare this host's clock with NTP and web servers, or without any, show what this host itself knows
#[derive(Debug, Args)]
pub(crate) struct ClockArgs {
    /// NTP server to query; repeat to compare several [default: ntp in jwtick.toml]
    #[arg(long, value_name = "HOST[:PORT]", value_parser = ClockName::ntp)]
    pub(crate) ntp: Vec<ClockName>,
    /// URL whose `Date` header to measure; repeat to compare several [default: http in jwtick.toml]
    #[arg(long, value_name = "URL", value_parser = ClockName::http)]
    pub(crate) http: Vec<ClockName>,
    /// Largest acceptable offset of the clock [default: 1s]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) max_offset: Option<Span>,
    #[command(flatten)]
    pub(crate) asking: AskingArgs,
    /// Repeat the measurement at this interval until interrupted, and report the drift; at least 1s
    #[arg(long, value_name = "DUR", value_parser = pause, allow_hyphen_values = true)]
    #[arg(conflicts_with_all = ["format", "step"])]
    pub(crate) watch: Option<Span>,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Offset that the clock is meant to have, such as +5m for one that is to be 5 minutes behind; the
    /// limits apply to the difference from it [default: 0s]
    #[arg(long, value_name = "DUR", value_parser = duration::signed)]
    #[arg(allow_hyphen_values = true, conflicts_with = "step")]
    pub(crate) expect: Option<Span>,
    /// Warning threshold for `--format nagios`, or one for each direction, such as -1s:5s to warn from 1 s
    /// ahead and from 5 s behind [default: the value of --max-offset]
    #[arg(long, value_name = "DUR", value_parser = limits, allow_hyphen_values = true)]
    pub(crate) warn: Option<Offset>,
    /// Critical threshold for `--format nagios`, likewise [default: 60s]
    #[arg(long, value_name = "DUR", value_parser = limits, allow_hyphen_values = true)]
    pub(crate) crit: Option<Offset>,
    /// Set this host's clock to the time that at least two hosts agree on
    #[arg(long, conflicts_with = "format")]
    pub(crate) step: bool,
    /// Longest step, forward or back [default: 1d, or any length if an https source agrees]
    #[arg(long, value_name = "DUR", requires = "step", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) max_step: Option<Span>,
    /// Set the clock without asking for confirmation
    #[arg(long, requires = "step")]
    pub(crate) yes: bool,
    /// Print a JSON object; with --watch, one per line
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
}

impl ClockArgs {
    /// Returns true if this host's own information is not enough: a check must not pass because its
    /// servers were forgotten, and the clock is neither followed nor set by its own report.
    pub(super) fn needs_server(&self) -> bool {
        self.watch.is_some() || self.step || self.format != Format::Text
    }

    /// Refuses options that have no effect when these clocks are measured.
    ///
    /// # Errors
    /// [`NoEffect`] names the first of them.
    pub(super) fn must_matter(&self, clocks: &[ClockName]) -> Result<(), NoEffect> {
        let nagios = self.format == Format::Nagios;
        let limits = [("--warn", self.warn.is_some()), ("--crit", self.crit.is_some())];
        only_with(("--format nagios", nagios), &limits)?;
        // The check plugin has two limits of its own; --max-offset is only the default of the first.
        let replaced = nagios && self.warn.is_some();
        none_with(("--warn", replaced), &[("--max-offset", self.max_offset.is_some())])?;
        const ADD: Adding =
            Adding { server: "--ntp or --http", web: "--http", secure: "--http https://HOST" };
        self.asking.must_matter(clocks, &ADD)
    }
}

/// The shortest pause of `--watch`. Servers rate-limit clients that poll faster; NTP itself waits
/// 16 s or more (RFC 5905 §7.2).
const SHORTEST: Span = Span::from_secs(1);

/// Parses a limit in both directions, `DUR`, or one for each, `AHEAD:BEHIND`, as ranges of check plugins
/// are written: positive is behind.
fn limits(text: &str) -> Result<Offset, String> {
    let Some((ahead, behind)) = text.split_once(':') else {
        let limit = duration::length(text).map_err(|fault| fault.to_string())?;
        return Ok(Offset::around(Span::ZERO, limit));
    };
    let end = |text| {
        duration::signed(text)
            .map_err(|_| "expected AHEAD:BEHIND, two durations such as -1s:5s".to_owned())
    };
    let (ahead, behind) = (end(ahead)?, end(behind)?);
    Offset::between(ahead, behind).ok_or_else(|| {
        "expected AHEAD:BEHIND with the smaller offset first, such as -1s:5s".to_owned()
    })
}

fn pause(text: &str) -> Result<Span, String> {
    let pause = duration::length(text).map_err(|fault| fault.to_string())?;
    if pause < SHORTEST {
        return Err(
            "--watch must be at least 1s: servers rate-limit clients that poll faster".to_owned()
        );
    }
    Ok(pause)
}

/// Output formats other than JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Human-readable text
    Text,
    /// One line and an exit code, as a Nagios check plugin
    Nagios,
    /// Metrics for the Prometheus textfile collector
    Prometheus,
}
