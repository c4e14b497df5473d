//! A crystal drifts: what was known to a hundredth of a second becomes undecided near `exp`.
#![no_std]
#![no_main]

use jwtick_core::time::{Anchor, ClockError, Ppm};
use jwtick_core::{Hs256, Span, TimeBounds, UnixTime};
use jwtick_firmware::tokens::{FRESH, SECRET};
use jwtick_firmware::{Uptime, end, entry, say, say_verdict};

/// 3,600 s before [`FRESH`] dies.
const SYNCED: UnixTime = UnixTime::from_secs(1_795_250_400);

/// Milliseconds from one look at the clock to the next: an hour less a second, then small steps.
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
