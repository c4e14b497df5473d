//! HS256 and ES256 in one program, and nothing is printed: what that takes in flash.
#![no_std]
#![no_main]

use core::hint::black_box;

use jwtick_core::key::Es256;
use jwtick_core::{Hs256, Scratch, Span, TimeBounds, UnixTime, Verdict};
use jwtick_firmware::signed::{ES256, ES256_X, ES256_Y, HS256, HS256_K};
use jwtick_firmware::{end, entry, verdict};

#[entry]
fn main() -> ! {
    let now = TimeBounds::around(UnixTime::from_secs(1_300_819_370), Span::from_secs(2));
    let mut scratch = Scratch::<512>::new();
    let (Ok(hs), Ok(key)) =
        (Hs256::new(black_box(HS256_K)), Es256::new(black_box(ES256_X), black_box(ES256_Y)))
    else {
        end(false)
    };
    let one = verdict(black_box(HS256), &hs, &mut scratch, black_box(now));
    let other = verdict(black_box(ES256), &key, &mut scratch, black_box(now));
    end((one, other) == (Some(Verdict::Accept), Some(Verdict::Accept)))
}
