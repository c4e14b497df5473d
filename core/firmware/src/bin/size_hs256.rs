//! Verifies and judges an HS256 token without output, to measure its flash.
#![no_std]
#![no_main]

use core::hint::black_box;

use jwtick_core::{Hs256, Scratch, Span, TimeBounds, UnixTime, Verdict};
use jwtick_firmware::signed::{HS256, HS256_K};
use jwtick_firmware::{end, entry, verdict};

#[entry]
fn main() -> ! {
    let now = TimeBounds::around(UnixTime::from_secs(1_300_819_370), Span::from_secs(2));
    let mut scratch = Scratch::<256>::new();
    let Ok(key) = Hs256::new(black_box(HS256_K)) else { end(false) };
    let met = verdict(black_box(HS256), &key, &mut scratch, black_box(now));
    end(met == Some(Verdict::Accept))
}
