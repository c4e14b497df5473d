//! Searches for inputs that break [`jwtick_properties::http_date`].
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| jwtick_properties::http_date(input));
