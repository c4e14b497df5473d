//! HS256 and RS256 in one program, and nothing is printed: what that takes in flash.
#![no_std]
#![no_main]

use core::hint::black_box;

use jwtick_core::key::{Rs256, Rsa2048};
use jwtick_core::{Hs256, Scratch, Span, TimeBounds, UnixTime, Verdict};
use jwtick_firmware::signed::{HS256, HS256_K, RS256, RS256_E, RS256_N};
use jwtick_firmware::{end, entry, verdict};

#[entry]
fn main() -> ! {
    let now = TimeBounds::around(UnixTime::from_secs(1_300_819_370), Span::from_secs(2));
    let mut scratch = Scratch::<512>::new();
    let (Ok(hs), Ok(key)) =
        (Hs256::new(black_box(HS256_K)), Rsa2048::new(black_box(RS256_N), black_box(RS256_E)))
    else {
        end(false)
    };
    let one = verdict(black_box(HS256), &hs, &mut scratch, black_box(now));
    let other = verdict(black_box(RS256), &Rs256::new(key), &mut scratch, black_box(now));
    end((one, other) == (Some(Verdict::Accept), Some(Verdict::Accept)))
}
