//! Makes a token by Ed25519 without output, to measure its flash.
#![no_std]
#![no_main]

use core::hint::black_box;

use jwtick_core::sign::EdDsaSigner;
use jwtick_firmware::{end, entry, signed_token};

#[entry]
fn main() -> ! {
    let Ok(key) = EdDsaSigner::new(black_box(&[7; 32])) else { end(false) };
    end(signed_token(&key, &mut [0; 256]).is_some())
}
