//! What is to be said of each command beside its options.

pub(super) mod clocks;
pub(super) mod program;
pub(super) mod tokens;

use crate::exit::Exit;

/// Whether a command may ask servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Network {
    Asked,
    LeftAlone,
}

/// What clap does not know of a command.
pub(super) struct Notes {
    pub(super) title: &'static str,
    /// Paragraphs.
    pub(super) description: &'static [&'static str],
    /// What 0 says.
    pub(super) done: &'static str,
    pub(super) exits: &'static [Exit],
    pub(super) network: Network,
    /// What each is for, and its line.
    pub(super) examples: &'static [(&'static str, &'static str)],
}

pub(super) const DONE: &str = "Success.";

pub(super) const ORDINARY: &[Exit] = &[Exit::Done, Exit::Failed, Exit::Usage];
