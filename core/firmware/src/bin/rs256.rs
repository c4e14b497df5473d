//! Verifies the RS256 token of RFC 7515 A.2 without a heap.
//!
//! Prints:
//!
//! ```text
//! a second before exp: accept
//! about exp: undecided
//! at exp: reject
//! ```
#![no_std]
#![no_main]

use jwtick_core::key::{Rs256, Rsa2048};
use jwtick_core::{Span, TimeBounds, UnixTime};
use jwtick_firmware::signed::{RS256, RS256_E, RS256_N};
use jwtick_firmware::{end, entry, say_verdict};

/// The `exp` of the token.
const EXP: UnixTime = UnixTime::from_secs(1_300_819_380);

#[entry]
fn main() -> ! {
    let Ok(key) = Rsa2048::new(RS256_N, RS256_E) else { end(false) };
    let key = Rs256::new(key);
    let second = Span::from_secs(1);
    say_verdict("a second before exp", RS256, &key, TimeBounds::exactly(EXP - second));
    say_verdict("about exp", RS256, &key, TimeBounds::around(EXP, second));
    say_verdict("at exp", RS256, &key, TimeBounds::exactly(EXP));
    end(true)
}
