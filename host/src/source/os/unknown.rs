//! Reasons why the accuracy of this machine's clock is unknown.

use core::fmt;

use crate::source::daemon::Daemon;

/// The missing information.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Unknown {
    /// No daemon controls the clock.
    Nobody,
    /// Running daemons cannot be seen.
    Hidden,
    /// The daemon does not report it.
    Tacit(Daemon),
    /// The daemon's tool is missing, or gets no answer.
    Silent(Daemon),
    /// The output of its tool is not understood.
    Unreadable,
    /// The daemon has no reference yet.
    Unsynchronised,
    /// The daemon uses this very clock as its reference.
    Itself,
    /// The last report is from a time that does not match the clock.
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
