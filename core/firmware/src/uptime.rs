//! A counter of a device: milliseconds since it was switched on.

use core::cell::Cell;

use embedded_time::clock::Error;
use embedded_time::fraction::Fraction;
use embedded_time::{Clock, Instant};

/// A counter that advances only on request, so that a program can show hours at once.
pub struct Uptime(Cell<u64>);

impl Uptime {
    /// Creates a counter that reads `millis`.
    #[must_use]
    pub const fn of(millis: u64) -> Self {
        Self(Cell::new(millis))
    }

    /// Advances the counter by `millis`.
    pub fn pass(&self, millis: u64) {
        self.0.set(self.0.get().wrapping_add(millis));
    }
}

impl Clock for Uptime {
    type T = u64;
    const SCALING_FACTOR: Fraction = Fraction::new(1, 1_000);

    fn try_now(&self) -> Result<Instant<Self>, Error> {
        Ok(Instant::new(self.0.get()))
    }
}
