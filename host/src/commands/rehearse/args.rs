//! `jwtick rehearse`.

use clap::Args;
use jwtick_core::Span;

use crate::commands::stand_in::args::WordingName;
use crate::notation::duration;

/// Play "JWT has expired" on this machine: a wrong clock, the refusal, its diagnosis, the remedy
#[derive(Debug, Args)]
pub(crate) struct RehearseArgs {
    /// How far the clock of the agent is behind; -2d for ahead
    #[arg(long, value_name = "DUR", default_value = "2d9h49m14s", value_parser = duration::signed)]
    #[arg(allow_hyphen_values = true)]
    pub(crate) offset: Span,
    /// Tolerance of the authorization server
    #[arg(long, value_name = "DUR", default_value = "0s", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) leeway: Span,
    /// Whose words the authorization server speaks
    #[arg(long, value_enum, default_value_t = WordingName::Adobe)]
    pub(crate) wording: WordingName,
    /// Print a JSON object for the wrong clock, and one for the corrected time
    #[arg(long)]
    pub(crate) json: bool,
}
