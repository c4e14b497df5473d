//! Nothing but a start and an end: what every other program has besides.
#![no_std]
#![no_main]

use jwtick_firmware::{end, entry};

#[entry]
fn main() -> ! {
    end(true)
}
