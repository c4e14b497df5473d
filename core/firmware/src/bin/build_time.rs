//! A clock that was never set, in firmware built in 2025: an old token is known to have expired.
//!
//! Prints:
//!
//! ```text
//! UTC is at or after 2025-01-01T00:00:00Z, when the firmware was built
//! exp in 2026: undecided
//! exp in 2017: reject
//! ```
#![no_std]
#![no_main]

use jwtick_core::{Hs256, TimeBounds, UnixTime};
use jwtick_firmware::tokens::{FRESH, OLD, SECRET};
use jwtick_firmware::{end, entry, say, say_verdict};

/// 2025-01-01T00:00:00Z.
const BUILT: UnixTime = UnixTime::from_secs(1_735_689_600);

#[entry]
fn main() -> ! {
    let Ok(key) = Hs256::new(SECRET) else { end(false) };
    let now = TimeBounds::since(BUILT);
    say!("UTC is at or after 2025-01-01T00:00:00Z, when the firmware was built");
    say_verdict("exp in 2026", FRESH, &key, now);
    say_verdict("exp in 2017", OLD, &key, now);
    end(true)
}
