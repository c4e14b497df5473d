//! What is asked of a server, and of the clock that it is compared with.

use crate::time::Ppm;
use crate::time::{Span, UnixTime};

/// What is asked of a server, and of the clock that it is compared with.
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
    /// NTP timestamps name no era. Each is read as the instant nearest to this one, so that all
    /// within 68 years are right. The date of the build is the natural choice: it needs no clock.
    pub pivot: UnixTime,
    /// How far from UTC a server may be by its own account: half of its root delay, its root
    /// dispersion and its precision together.
    pub most_distance: Span,
    /// How fast the local clock may gain or lose during the exchange.
    pub drift: Ppm,
}

impl SntpPolicy {
    /// The distance that RFC 5905 selects servers up to (MAXDIST, §A.1.1). The interval of a server
    /// beyond it is still a proof, but too wide to be one of much.
    pub const MAXDIST: Span = Span::from_secs(1);
    /// The distance from which on RFC 5905 calls the header invalid (MAXDISP, §A.1.1 and §A.5.1.1).
    pub const MAXDISP: Span = Span::from_secs(16);

    /// The most by which `adjtime` slews a clock. PHI (RFC 5905 §7.2), 15 ppm, is for one that a
    /// daemon has disciplined and leaves alone; no crystal is off by this much.
    pub const SLEW: Ppm = Ppm(500);

    /// Era by `pivot`, distance up to [`MAXDIST`](Self::MAXDIST), a clock that may be
    /// [slewed](Self::SLEW).
    #[must_use]
    pub const fn as_of(pivot: UnixTime) -> Self {
        Self { pivot, most_distance: Self::MAXDIST, drift: Self::SLEW }
    }
}
