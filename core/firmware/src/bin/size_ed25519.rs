//! HS256 and EdDSA in one program, and nothing is printed: what that takes in flash.
#![no_std]
#![no_main]

use core::hint::black_box;

use jwtick_core::key::EdDsa;
use jwtick_core::token::Jws;
use jwtick_core::{Hs256, Scratch, Span, TimeBounds, UnixTime, Verdict};
use jwtick_firmware::signed::{EDDSA, EDDSA_X, HS256, HS256_K};
use jwtick_firmware::{end, entry, verdict};

#[entry]
fn main() -> ! {
    let now = TimeBounds::around(UnixTime::from_secs(1_300_819_370), Span::from_secs(2));
    let mut scratch = Scratch::<512>::new();
    let keys = (Hs256::new(black_box(HS256_K)), EdDsa::new(black_box(EDDSA_X)));
    let (Ok(hs), Ok(ed)) = keys else { end(false) };
    let one = verdict(black_box(HS256), &hs, &mut scratch, black_box(now));
    // RFC 8037 signs a text and no claims.
    let Ok(jws) = Jws::decode(black_box(EDDSA), &mut scratch) else { end(false) };
    end(one == Some(Verdict::Accept) && jws.verify(&ed).is_ok())
}
