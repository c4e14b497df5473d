//! Why a packet is no sample: what it says, and what would be taken.

use core::fmt;

use super::LENGTH;
use super::kiss::KissCode;
use crate::time::Span;

/// Why a packet is no sample.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::wire::SntpRefusal;
/// let refusal = SntpRefusal::Distance { met: Span::from_secs(3), allowed: Span::from_secs(1) };
/// assert_eq!(
///     refusal.to_string(),
///     "the server reports an error of up to 3 s: expected at most 1 s",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SntpRefusal {
    /// Fewer bytes than a header has.
    Short {
        /// How many.
        met: usize,
    },
    /// The originate timestamp is not the nonce: an old reply, or somebody else's. What else the
    /// packet says is not reported, since it may be an attacker's.
    Origin,
    /// The server turns the client away (RFC 5905 §7.4).
    Kiss {
        /// For this reason.
        code: KissCode,
    },
    /// Another mode than 4, server (RFC 5905 §7.3, figure 10).
    Mode {
        /// The mode.
        met: u8,
    },
    /// Another version than 3 and 4.
    Version {
        /// The version.
        met: u8,
    },
    /// Leap indicator 3: the server's clock was never set (RFC 5905 §7.3, figure 9).
    Unsynchronized,
    /// A stratum outside 1 to 15.
    Stratum {
        /// The stratum.
        met: u8,
    },
    /// A timestamp that is not set.
    ZeroStamp {
        /// Which one.
        stamp: SntpStamp,
    },
    /// The server sent its reply before it received the request.
    Backwards {
        /// How long before.
        by: Span,
    },
    /// The server's clock was last set, by its own account, after the reply left.
    SetLater {
        /// How long after.
        by: Span,
    },
    /// The server is too far from UTC by its own account.
    Distance {
        /// Half of its root delay, its root dispersion and its precision together.
        met: Span,
        /// The most that the policy allows.
        allowed: Span,
    },
    /// The server claims to have had the request for longer than the whole exchange took: its stamps
    /// are made up, or one of the clocks was set in between.
    Held {
        /// For how long, by its stamps.
        held: Span,
        /// How long the exchange took, by the local clock.
        exchange: Span,
    },
}

/// A timestamp that a server sets in its reply (RFC 5905 §7.3).
///
/// # Example
/// ```
/// use jwtick_core::wire::SntpStamp;
/// assert_eq!(SntpStamp::Transmit.to_string(), "transmit");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SntpStamp {
    /// T2: the request arrived.
    Receive,
    /// T3: the reply left.
    Transmit,
}

impl fmt::Display for SntpStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Receive => "receive",
            Self::Transmit => "transmit",
        })
    }
}

impl fmt::Display for SntpRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Short { met } => {
                write!(f, "expected a reply of at least {LENGTH} bytes, but found {met}")
            }
            Self::Origin => f.write_str("the packet does not answer this request"),
            Self::Kiss { code } => kiss(f, code),
            Self::Mode { met } => {
                write!(f, "expected mode 4 (server) in the reply, but found {met}")
            }
            Self::Version { met } => {
                write!(f, "expected version 3 or 4 in the reply, but found {met}")
            }
            Self::Unsynchronized => {
                f.write_str("the server reports that its own clock is not synchronized")
            }
            Self::Stratum { met } => {
                write!(f, "expected a server of stratum 1 to 15, but found {met}")
            }
            Self::ZeroStamp { stamp } => write!(f, "the {stamp} timestamp of the reply is not set"),
            Self::Backwards { by } => {
                write!(f, "the reply left {by} before the request arrived")
            }
            Self::SetLater { by } => {
                write!(f, "the server reports that it set its clock {by} after the reply left")
            }
            Self::Distance { met, allowed } => {
                write!(f, "the server reports an error of up to {met}: expected at most {allowed}")
            }
            Self::Held { held, exchange } => {
                write!(
                    f,
                    "the server reports that it held the request for {held}, but the whole \
                     exchange took {exchange}"
                )
            }
        }
    }
}

fn kiss(f: &mut fmt::Formatter<'_>, code: KissCode) -> fmt::Result {
    match code {
        KissCode::RATE => {
            f.write_str("the server sent RATE (too many requests): wait before the next try")
        }
        KissCode::DENY | KissCode::RSTR => {
            write!(f, "the server sent {code} and does not serve this client: name another")
        }
        _ => write!(f, "the server sent {code} instead of the time"),
    }
}

impl core::error::Error for SntpRefusal {}
