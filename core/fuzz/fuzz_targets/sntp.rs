//! Searches for inputs that break [`jwtick_properties::sntp`].
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| jwtick_properties::sntp(input));
