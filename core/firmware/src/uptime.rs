//! The counter of a device: milliseconds since it was switched on.

use core::cell::Cell;

use embedded_time::clock::Error;
use embedded_time::fraction::Fraction;
use embedded_time::{Clock, Instant};

/// Goes on when it is told to, so that a program shows hours in no time.
pub struct Uptime(Cell<u64>);

impl Uptime {
    /// A counter that reads `millis`.
    #[must_use]
    pub const fn of(millis: u64) -> Self {
        Self(Cell::new(millis))
    }

    /// `millis` later.
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
