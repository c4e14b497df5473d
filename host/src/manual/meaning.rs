//! What the exits mean, as a reader of a page is told.

use super::notes::Notes;
use crate::exit::Exit;

/// What `exit` says where `notes` are of the command.
pub(super) const fn meaning(exit: Exit, notes: &Notes) -> &'static str {
    match exit {
        Exit::Done => notes.done,
        Exit::Failed => {
            "It could not be done: a file, the network or a key is of no use. A connection is \
             refused for another reason than time."
        }
        Exit::Usage => "The command line or the configuration is not understood.",
        Exit::Expired => "The token has expired.",
        Exit::NotYetValid => "The token is not valid yet.",
        Exit::Undecided => "The clock is not known well enough to decide.",
        Exit::BadSignature => "The signature is invalid, or no key fits.",
        Exit::Malformed => "The token is malformed, or its header is refused.",
        Exit::ClaimRefused => "Another claim is refused.",
        Exit::ClockFault => "A clock is wrong.",
        Exit::Undetermined => "The cause, or whether the clock is right, could not be determined.",
        Exit::PluginWarning => "With --format nagios: warning.",
        Exit::PluginCritical => "With --format nagios: critical.",
        Exit::PluginUnknown => "With --format nagios: unknown.",
    }
}
