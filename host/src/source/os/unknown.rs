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
            Self::Nobody => {
                f.write_str("no time daemon is running, so the accuracy of this clock is unknown")
            }
            Self::Hidden => f.write_str(
                "it is unknown whether a time daemon is running: /proc shows no other processes",
            ),
            Self::Tacit(daemon) => {
                write!(f, "{} is running, but does not report its maximum error", daemon.name())
            }
            Self::Silent(daemon) => {
                write!(f, "{} is running, but does not answer", daemon.name())
            }
            Self::Unreadable => f.write_str("the time daemon's report could not be parsed"),
            Self::Unsynchronised => f.write_str("the time daemon has not synchronized this clock"),
            Self::Itself => f.write_str("the time daemon uses this clock itself as the reference"),
            Self::Stale => f.write_str(
                "the time daemon last synchronized at another time than this clock shows",
            ),
        }
    }
}

impl core::error::Error for Unknown {}
