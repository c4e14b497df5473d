//! A device that boots in 1970 and has no other information on the time: it proves nothing about
//! `exp`.
//!
//! Prints:
//!
//! ```text
//! UTC is at or after 1970-01-01T00:00:00Z
//! exp in 2026: undecided
//! exp in 2017: undecided
//! ```
#![no_std]
#![no_main]

use jwtick_core::{Hs256, TimeBounds, UnixTime};
use jwtick_firmware::tokens::{FRESH, OLD, SECRET};
use jwtick_firmware::{end, entry, say, say_verdict};

#[entry]
fn main() -> ! {
    let Ok(key) = Hs256::new(SECRET) else { end(false) };
    let now = TimeBounds::since(UnixTime::EPOCH);
    say!("UTC is at or after 1970-01-01T00:00:00Z");
    say_verdict("exp in 2026", FRESH, &key, now);
    say_verdict("exp in 2017", OLD, &key, now);
    end(true)
}
