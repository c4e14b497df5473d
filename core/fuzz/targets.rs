//! Searches for inputs that break the property with the name of the program: every target is a program
//! that is built from this file.
#![no_main]

use std::sync::LazyLock;

use jwtick_properties::{ALL, Property};

static PROPERTY: LazyLock<Property> = LazyLock::new(|| {
    let name = env!("CARGO_BIN_NAME");
    let found = ALL.into_iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("no property is named `{name}`")).1
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| PROPERTY(input));
