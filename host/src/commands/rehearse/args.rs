//! `jwtick rehearse`.

use clap::Args;
use jwtick_core::Span;

use crate::commands::stand_in::args::WordingName;
use crate::notation::duration;

/// Reproduce "JWT has expired" on this machine: a wrong clock, the rejection, its diagnosis and the fix
#[derive(Debug, Args)]
pub(crate) struct RehearseArgs {
    /// Offset of the agent's clock: positive is behind, negative (such as -2d) is ahead
    #[arg(long, value_name = "DUR", default_value = "2d9h49m14s", value_parser = duration::signed)]
    #[arg(allow_hyphen_values = true)]
    pub(crate) offset: Span,
    /// Leeway of the authorization server for its clients' clocks
    #[arg(long, value_name = "DUR", default_value = "0s", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) leeway: Span,
    /// Product whose error messages the authorization server uses
    #[arg(long, value_enum, default_value_t = WordingName::Adobe)]
    pub(crate) wording: WordingName,
    /// Print two JSON objects: one for the wrong clock and one for the corrected time
    #[arg(long)]
    pub(crate) json: bool,
}
