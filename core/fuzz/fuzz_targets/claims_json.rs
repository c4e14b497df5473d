//! Searches for inputs that break [`jwtick_properties::claims_json`].
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| jwtick_properties::claims_json(input));
