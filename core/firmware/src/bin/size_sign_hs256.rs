//! Makes an HS256 token without output, to measure its flash.
#![no_std]
#![no_main]

use core::hint::black_box;

use jwtick_core::Hs256;
use jwtick_firmware::{end, entry, signed_token, tokens};

#[entry]
fn main() -> ! {
    let Ok(key) = Hs256::new(black_box(tokens::SECRET)) else { end(false) };
    end(signed_token(&key, &mut [0; 256]).is_some())
}
