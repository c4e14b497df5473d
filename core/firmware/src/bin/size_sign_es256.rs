//! Makes an ES256 token without output, to measure its flash.
#![no_std]
#![no_main]

use core::hint::black_box;

use jwtick_core::sign::Es256Signer;
use jwtick_firmware::{end, entry, signed_token};

#[entry]
fn main() -> ! {
    let Ok(key) = Es256Signer::new(black_box(&[7; 32])) else { end(false) };
    end(signed_token(&key, &mut [0; 256]).is_some())
}
