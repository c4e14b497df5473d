//! Crystal drift: time that was known to a hundredth of a second becomes undecided near `exp`.
//!
//! Prints:
//!
//! ```text
//! 3599000 ms after the sync, bounds of 381919 us
//!   exp at 3600000 ms: accept
//! 3599700 ms after the sync, bounds of 381989 us
//!   exp at 3600000 ms: accept
//! 3599900 ms after the sync, bounds of 382009 us
//!   exp at 3600000 ms: undecided
//! 3600000 ms after the sync, bounds of 382019 us
//!   exp at 3600000 ms: undecided
//! 3600100 ms after the sync, bounds of 382029 us
//!   exp at 3600000 ms: undecided
//! 3600400 ms after the sync, bounds of 382059 us
//!   exp at 3600000 ms: reject
//! ```
#![no_std]
#![no_main]

use jwtick_core::time::{Anchor, ClockError, Ppm};
use jwtick_core::{Hs256, Span, TimeBounds, UnixTime};
use jwtick_firmware::tokens::{FRESH, SECRET};
use jwtick_firmware::{Uptime, end, entry, say, say_verdict};

/// 3,600 s before the `exp` of [`FRESH`].
const SYNCED: UnixTime = UnixTime::from_secs(1_795_250_400);

/// Milliseconds between readings of the clock: an hour minus one second, then small steps.
const STEPS: [u64; 6] = [3_599_000, 700, 200, 100, 100, 300];

fn show(key: &Hs256) -> Result<(), ClockError> {
    let uptime = Uptime::of(7_000);
    let synced = TimeBounds::around(SYNCED, Span::from_millis(10));
    let anchor = Anchor::new(&uptime, synced, Ppm::QUARTZ)?;
    let mut passed = 0;
    for step in STEPS {
        uptime.pass(step);
        passed += step;
        let now = anchor.now(&uptime)?;
        let width = now.latest() - now.earliest();
        say!("{passed} ms after the sync, bounds of {} us", width.as_micros());
        say_verdict("  exp at 3600000 ms", FRESH, key, now);
    }
    Ok(())
}

#[entry]
fn main() -> ! {
    let Ok(key) = Hs256::new(SECRET) else { end(false) };
    end(show(&key).is_ok())
}
