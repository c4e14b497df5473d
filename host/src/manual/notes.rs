//! What is to be said of each command beside its options.

mod clocks;
mod program;
mod tokens;

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

/// For a command that nobody has written of yet.
const NONE: Notes = Notes {
    title: "",
    description: &["See the options."],
    done: DONE,
    exits: ORDINARY,
    network: Network::LeftAlone,
    examples: &[],
};

/// What is said of all commands.
pub(super) fn all() -> impl Iterator<Item = &'static Notes> {
    [program::COMMANDS, clocks::COMMANDS, tokens::COMMANDS].into_iter().flatten()
}

impl Notes {
    /// What is said of the command with that page.
    pub(super) fn of(title: &str) -> &'static Self {
        all().find(|notes| notes.title == title).unwrap_or(&NONE)
    }
}

const DONE: &str = "It is done.";

const ORDINARY: &[Exit] = &[Exit::Done, Exit::Failed, Exit::Usage];
