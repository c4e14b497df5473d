//! Start-up and exit only, the part that every other program includes.
#![no_std]
#![no_main]

use jwtick_firmware::{end, entry};

#[entry]
fn main() -> ! {
    end(true)
}
