//! Why a machine does not know how far its clock is off.

use core::fmt;

use crate::source::daemon::Daemon;

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Unknown {
    /// No daemon keeps the clock.
    Nobody,
    /// It cannot be seen whether somebody does.
    Hidden,
    /// It does not tell.
    Tacit(Daemon),
    /// Its tool is missing, or gets no answer.
    Silent(Daemon),
    /// Its tool prints something that is not understood.
    Unreadable,
    /// It has no reference yet.
    Unsynchronised,
    /// It takes this very clock for its reference.
    Itself,
    /// What it knew last is from another time than this clock shows.
    Stale,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("no time daemon runs, so nobody vouches for this clock"),
            Self::Hidden => f.write_str(
                "it cannot be seen whether a time daemon runs: /proc shows no other processes",
            ),
            Self::Tacit(daemon) => {
                write!(f, "{} runs, but does not tell how far it may be off", daemon.name())
            }
            Self::Silent(daemon) => {
                write!(f, "{} runs, but gives no answer", daemon.name())
            }
            Self::Unreadable => f.write_str("the time daemon's report is not understood"),
            Self::Unsynchronised => f.write_str("the time daemon has not synchronized this clock"),
            Self::Itself => {
                f.write_str("the time daemon takes this clock itself for the reference")
            }
            Self::Stale => f.write_str(
                "the time daemon last synchronized at another time than this clock shows",
            ),
        }
    }
}

impl core::error::Error for Unknown {}
