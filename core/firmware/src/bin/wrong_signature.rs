//! A forged token is never reported as expired: its claims are read only after its signature is
//! verified.
//!
//! Prints:
//!
//! ```text
//! the key: reject
//! another key: the signature does not match the key
//! another exp: the signature does not match the key
//! ```
#![no_std]
#![no_main]

use jwtick_core::{Hs256, TimeBounds, UnixTime};
use jwtick_firmware::tokens::{FORGED, FRESH, SECRET};
use jwtick_firmware::{end, entry, say_verdict};

#[entry]
fn main() -> ! {
    let (Ok(key), Ok(other)) = (Hs256::new(SECRET), Hs256::new(&[7; 32])) else { end(false) };
    let late = TimeBounds::exactly(UnixTime::from_secs(2_000_000_000));
    say_verdict("the key", FRESH, &key, late);
    say_verdict("another key", FRESH, &other, late);
    say_verdict("another exp", FORGED, &key, late);
    end(true)
}
