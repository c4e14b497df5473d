//! Information from an NTP server in addition to, or instead of, the time.

use core::fmt;

use jwtick_core::survey::SntpContradiction;
use jwtick_core::wire::{KissCode, Leap, SntpRefusal};

/// Reasons why a reply from an NTP server proved nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum NtpFault {
    /// The reply is not a valid sample.
    Refused(SntpRefusal),
    /// The replies contradict each other.
    Contradiction(SntpContradiction),
    /// The system provides no random bytes, so a forged reply could not be recognized.
    Random,
}

/// Notes on the numbers of an NTP server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum NtpNote {
    /// The month ends with a leap second.
    Leap(Leap),
    /// The server follows its own clock, which is not compared with UTC.
    OwnClock { stratum: u8 },
    /// The server answered, and then refused further requests.
    TurnedAway(KissCode),
}

impl NtpFault {
    /// Returns true if the server must not be queried again, not even at another address.
    pub(super) fn is_final(self) -> bool {
        match self {
            Self::Refused(SntpRefusal::Kiss { code }) => code.asks_to_stop(),
            Self::Refused(_) | Self::Contradiction(_) => false,
            Self::Random => true,
        }
    }
}

impl fmt::Display for NtpFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Contradiction(contradiction) => contradiction.fmt(f),
            Self::Random => f.write_str(
                "the system gives no random bytes, so a forged reply could not be detected",
            ),
        }
    }
}

impl core::error::Error for NtpFault {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Contradiction(contradiction) => Some(contradiction),
            Self::Random => None,
        }
    }
}

impl fmt::Display for NtpNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leap(Leap::Delete) => {
                f.write_str("the server announces that the last minute of the month has 59 seconds")
            }
            Self::Leap(_) => f.write_str(
                "the server announces that the last minute of the month has 61 seconds; at its \
                 end clocks may differ by a second",
            ),
            Self::OwnClock { stratum } => write!(
                f,
                "the server follows its own clock (stratum {stratum}), which is not compared with \
                 UTC"
            ),
            Self::TurnedAway(code) => {
                write!(f, "the server sent {code} after some replies and was not contacted again")
            }
        }
    }
}
