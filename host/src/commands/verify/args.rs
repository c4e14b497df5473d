//! `jwtick verify`.

use clap::{Args, ValueEnum};
use jwtick_core::Span;
use jwtick_core::judge::Rule;
use jwtick_core::token::Algorithm;

use crate::commands::args::{ClockChoice, KeyArgs, claim};
use crate::notation::duration;
use crate::notation::instant::{self, Moment};
use crate::verification::Payload;

/// Check a token's signature, times and claims
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) key: KeyArgs,
    /// Algorithms to accept [default: those that the key allows]
    #[arg(long, value_name = "ALG", value_delimiter = ',', value_parser = crate::keys::algorithm)]
    pub(crate) alg: Vec<Algorithm>,
    /// Time to judge at: RFC 3339, Unix seconds, HTTP-date, now, +30min, -5m
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    #[arg(value_parser = instant::moment)]
    pub(crate) at: Moment,
    /// Judge for a clock that was never set: UTC is at or after TIME, and nothing more is known
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    #[arg(conflicts_with_all = ["at", "uncertainty", "clock"])]
    pub(crate) at_least: Option<Moment>,
    #[command(flatten)]
    pub(crate) choice: ClockChoice,
    /// How far the clock may be off, either way: measured, about our own clock [default: 0s]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) uncertainty: Option<Span>,
    /// Tolerance for the other party's clock: a policy [default: 0s]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) leeway: Option<Span>,
    /// Refuse a token longer than this after its `iat`
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) max_age: Option<Span>,
    /// Audiences, one of which `aud` must name
    #[arg(long, value_name = "NAME")]
    pub(crate) aud: Vec<String>,
    /// Issuers, one of which `iss` must be
    #[arg(long, value_name = "NAME")]
    pub(crate) iss: Vec<String>,
    /// Claims that must be there: exp, nbf, iat, iss, sub, aud, jti
    #[arg(long, value_name = "CLAIM", value_delimiter = ',', value_parser = claim)]
    pub(crate) require: Vec<Rule>,
    /// What the payload is: a claims set that gets judged, or any bytes that are only authenticated
    #[arg(long, value_enum, default_value_t = PayloadKind::Claims)]
    pub(crate) payload: PayloadKind,
    /// Print a JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// The token; `-` is standard input [default: -]
    #[arg(value_name = "TOKEN|-")]
    pub(crate) token: Option<String>,
}

/// What `verify` takes the payload for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PayloadKind {
    /// A claims set, judged by time and policy
    Claims,
    /// Any bytes: only the signature counts
    Any,
}

impl From<PayloadKind> for Payload {
    fn from(kind: PayloadKind) -> Self {
        match kind {
            PayloadKind::Claims => Self::Claims,
            PayloadKind::Any => Self::Any,
        }
    }
}
