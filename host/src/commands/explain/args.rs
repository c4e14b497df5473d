//! `jwtick explain`.

use clap::Args;
use clap::builder::PossibleValuesParser;
use jwtick_core::Span;
use jwtick_core::judge::dialect::{Dialect, Kind};

use crate::commands::args::ClockChoice;
use crate::commands::effect::{NoEffect, none_with};
use crate::notation::duration;
use crate::notation::instant::{self, Moment};

/// Every verifier in the table.
const ALL: &str = "all";

/// Show what other verifiers would say of a token's times, and why; or explain the exit codes
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct ExplainArgs {
    /// List every exit code with its meaning
    #[arg(long)]
    exit_codes: bool,
    /// Verifiers to show, separated by commas, such as envoy,pyjwt; a wrong name lists them, and `all`
    /// adds services that accept assertions of their clients, such as github [default: all libraries and
    /// gateways]
    #[arg(long = "as", value_name = "NAME", value_delimiter = ',')]
    #[arg(value_parser = PossibleValuesParser::new(names()), hide_possible_values = true)]
    verifiers: Vec<String>,
    /// Time by your own clock: RFC 3339, Unix seconds, HTTP-date, now, +30min, -5m [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    pub(super) at: Option<Moment>,
    #[command(flatten)]
    pub(super) choice: ClockChoice,
    /// Maximum error of the clock in either direction, such as 2s [default: 0s]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(super) uncertainty: Option<Span>,
    /// How far the clock of the verifiers is ahead of yours, or behind if it is negative, such as -90s;
    /// the answer then shows both
    #[arg(long, value_name = "DUR", allow_hyphen_values = true, value_parser = duration::signed)]
    pub(super) offset: Option<Span>,
    /// Print one JSON object per token
    #[arg(long)]
    pub(super) json: bool,
    /// Token, or a text or file that contains tokens, such as `Bearer …` or JSON; `-` is standard input.
    /// The signature is not checked
    #[arg(value_name = "TOKEN|FILE|-")]
    pub(super) text: Vec<std::ffi::OsString>,
}

/// The names that `--as` accepts.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    [ALL].into_iter().chain(Dialect::all().map(|dialect| dialect.name))
}

impl ExplainArgs {
    pub(super) const fn lists_exit_codes(&self) -> bool {
        self.exit_codes
    }

    /// The verifiers to show, in the order of the table.
    pub(super) fn dialects(&self) -> Vec<&'static Dialect> {
        let is_named = |name: &str| self.verifiers.iter().any(|it| it == name);
        let is_shown = |dialect: &&Dialect| match self.verifiers.is_empty() {
            true => dialect.kind != Kind::Provider,
            false => is_named(ALL) || is_named(dialect.name),
        };
        Dialect::all().filter(is_shown).collect()
    }

    /// Refuses options that have no effect.
    ///
    /// # Errors
    /// [`NoEffect`] names the first of them.
    pub(super) fn must_matter(&self) -> Result<(), NoEffect> {
        let options = [
            ("--as", !self.verifiers.is_empty()),
            ("--at", self.at.is_some()),
            ("--clock", !self.choice.clock.is_empty()),
            ("--uncertainty", self.uncertainty.is_some()),
            ("--offset", self.offset.is_some()),
            ("--json", self.json),
            ("TOKEN", !self.text.is_empty()),
        ];
        none_with(("--exit-codes", self.exit_codes), &options)?;
        self.choice.must_matter()
    }
}
