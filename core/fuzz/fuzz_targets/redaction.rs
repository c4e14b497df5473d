//! Searches for inputs that break [`jwtick_properties::redaction`].
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| jwtick_properties::redaction(input));
