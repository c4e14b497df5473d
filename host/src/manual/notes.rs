//! Hand-written text for each command, in addition to its options.

pub(super) mod clocks;
pub(super) mod fleet;
pub(super) mod program;
pub(super) mod tokens;

use crate::exit::Exit;

/// Network access of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Network {
    Asked,
    LeftAlone,
}

/// Text for a command that clap does not provide.
pub(super) struct Notes {
    pub(super) title: &'static str,
    /// Paragraphs of the description.
    pub(super) description: &'static [&'static str],
    /// Meaning of exit status 0.
    pub(super) done: &'static str,
    pub(super) exits: &'static [Exit],
    pub(super) network: Network,
    /// Introduction and command line of each example.
    pub(super) examples: &'static [(&'static str, &'static str)],
}

pub(super) const DONE: &str = "Success.";

pub(super) const ORDINARY: &[Exit] = &[Exit::Done, Exit::Failed, Exit::Usage];
