//! Requirements on a time server and on the local clock.

use crate::time::Ppm;
use crate::time::{Span, UnixTime};

/// Requirements on a time server, and on the local clock that it is compared with.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::wire::SntpPolicy;
/// let built = UnixTime::from_secs(1_767_225_600);
/// let strict = SntpPolicy { most_distance: Span::from_millis(100), ..SntpPolicy::as_of(built) };
/// assert!(strict.most_distance < SntpPolicy::MAXDISP);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SntpPolicy {
    /// The instant that selects the era, which NTP timestamps do not carry. Each timestamp is read
    /// as the instant nearest to this one, so timestamps within 68 years are read correctly. The
    /// build date is the natural choice, because it needs no clock.
    pub pivot: UnixTime,
    /// The greatest distance from UTC that a server may report: half of its root delay, plus its
    /// root dispersion and its precision.
    pub most_distance: Span,
    /// The rate at which the local clock may gain or lose during the exchange.
    pub drift: Ppm,
}

impl SntpPolicy {
    /// The greatest distance of a server that RFC 5905 selects (MAXDIST, §A.1.1). The interval of a
    /// server beyond it is still a proof, but too wide to be useful.
    pub const MAXDIST: Span = Span::from_secs(1);
    /// The distance from which RFC 5905 treats the header as invalid (MAXDISP, §A.1.1 and
    /// §A.5.1.1).
    pub const MAXDISP: Span = Span::from_secs(16);

    /// The greatest rate at which `adjtime` slews a clock. PHI (RFC 5905 §7.2), 15 ppm, applies to
    /// a clock that a daemon has disciplined and no longer slews. No crystal is wrong by as much as
    /// this rate.
    pub const SLEW: Ppm = Ppm(500);

    /// A policy with the era of `pivot`, distances up to [`MAXDIST`](Self::MAXDIST) and a local
    /// clock that may be [slewed](Self::SLEW).
    #[must_use]
    pub const fn as_of(pivot: UnixTime) -> Self {
        Self { pivot, most_distance: Self::MAXDIST, drift: Self::SLEW }
    }
}
