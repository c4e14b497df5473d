//! Bounds on UTC for every verdict.

use jwtick_core::TimeBounds;

use crate::source::os;

/// The time of the service.
pub(crate) struct ServiceClock(());

impl ServiceClock {
    /// Uses the clock of this host.
    pub(crate) const fn start() -> Self {
        Self(())
    }

    /// Returns bounds on UTC at present.
    pub(crate) fn now(&self) -> TimeBounds {
        os::bounds(os::reading())
    }
}
