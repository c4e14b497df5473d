//! The reasons to refuse an SNTP reply.

use core::fmt;

use super::LENGTH;
use super::reference::KissCode;
use crate::time::Span;

/// The reason why an SNTP reply is refused.
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
    /// The packet is shorter than a header.
    Short {
        /// The number of bytes found.
        met: usize,
    },
    /// The originate timestamp is not the nonce, so the packet is an old reply or not the server's.
    /// The rest of the packet may be an attacker's and is not reported.
    Origin,
    /// The server refuses the client (RFC 5905 §7.4).
    Kiss {
        /// The reason.
        code: KissCode,
    },
    /// The mode is not 4, server (RFC 5905 §7.3, figure 10).
    Mode {
        /// The mode found.
        met: u8,
    },
    /// The version is neither 3 nor 4.
    Version {
        /// The version found.
        met: u8,
    },
    /// Leap indicator 3: the server's clock was never set (RFC 5905 §7.3, figure 9).
    Unsynchronized,
    /// The stratum is not in the range 1 to 15.
    Stratum {
        /// The stratum found.
        met: u8,
    },
    /// A timestamp is not set.
    ZeroStamp {
        /// The timestamp.
        stamp: SntpStamp,
    },
    /// The server sent its reply before it received the request.
    Backwards {
        /// The time by which the reply is too early.
        by: Span,
    },
    /// The server reports that its clock was last set after the reply left.
    SetLater {
        /// The time by which the clock was set later.
        by: Span,
    },
    /// The server reports a distance from UTC that is too large.
    Distance {
        /// Half of its root delay, plus its root dispersion and its precision.
        met: Span,
        /// The greatest distance that the policy allows.
        allowed: Span,
    },
    /// The server claims to have held the request for longer than the whole exchange took. Its
    /// timestamps are made up, or one of the clocks was set in between.
    Held {
        /// The time for which the server held the request, by its timestamps.
        held: Span,
        /// The duration of the exchange, by the local clock.
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
            Self::Stratum { met: 16 } => f.write_str(
                "expected a server of stratum 1 to 15, but found 16: it is not synchronized",
            ),
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
