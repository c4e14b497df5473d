//! Inputs of any size: constant memory, and an answer.
//!
//! A build without optimization reads less of each, to save time.
#![cfg(test)]

use std::fs::File;
use std::io::{self, Read};

use jwtick_tests::{BusyLog, MIB, Noise, Outcome, Repeated, is_optimized, jwtick};

/// Resident memory limit of `diagnose`, for any input.
const MEMORY: u64 = 16 * MIB;

/// Without optimization, only the two largest inputs come near the memory limit. The others, of which
/// some take microseconds a byte, are read for their answers.
fn size(bytes: u64) -> u64 {
    match bytes {
        bytes if is_optimized() => bytes,
        ..=LESS => bytes / 512,
        bytes => bytes / 64,
    }
}

/// The size of most inputs.
const LESS: u64 = 64 * MIB;

/// An input, the amount of it that is read, and the accepted exit codes.
type Row = (&'static str, fn() -> Box<dyn Read + Send>, u64, &'static [i32]);

/// The exit codes of content that is named instead of read, as a file that cannot be read is.
const NO_TEXT: &[i32] = &[1];

const INPUTS: &[Row] = &[
    ("nothing", || Box::new(io::empty()), 0, &[0, 21]),
    ("random bytes of the system", random, 64 * MIB, NO_TEXT),
    ("random bytes, the same every time", || Box::new(Noise::of(1)), 64 * MIB, NO_TEXT),
    ("zeros", || Box::new(io::repeat(0)), 64 * MIB, &[0, 21]),
    ("line breaks", || Box::new(io::repeat(b'\n')), 64 * MIB, &[0, 21]),
    ("one line", || Box::new(io::repeat(b'x')), 1024 * MIB, &[0, 21]),
    ("one line of brackets", || Box::new(Repeated::of("[{\"a\":")), 64 * MIB, &[0, 21]),
    ("one line of stamps", || Box::new(Repeated::of("2026-03-02T07:14:41Z ")), 64 * MIB, &[0, 21]),
    ("one line of refusals", || Box::new(Repeated::of("JWT has expired; ")), 64 * MIB, &[0, 21]),
    (
        "one token without an end",
        || Box::new(Repeated::of("eyJhbGciOiJIUzI1NiJ9")),
        64 * MIB,
        &[0, 21],
    ),
    ("sessions that ended", || Box::new(BusyLog::default()), 256 * MIB, &[0, 21]),
];

fn random() -> Box<dyn Read + Send> {
    match File::open("/dev/urandom") {
        Ok(file) => Box::new(file),
        Err(_) => Box::new(Noise::of(3)),
    }
}

#[test]
fn memory_does_not_depend_on_the_input() {
    for &(name, source, bytes, exits) in INPUTS {
        let input = source().take(size(bytes));
        let run = jwtick(["diagnose", "--json", "-"]).stream(input).memory_limit(MEMORY);
        check(name, &run.measure_memory().run(), exits);
    }
}

#[track_caller]
fn check(name: &str, done: &Outcome, exits: &[i32]) {
    assert!(!done.crashed(), "{name}: {done}");
    assert!(exits.contains(&done.code()), "{name}: {done}");
    if exits == NO_TEXT {
        assert!(done.stderr.contains("expected text"), "{name}: {done}");
    } else {
        assert!(done.json().get("cause").is_some(), "{name}: {done}");
    }
    // Without optimization, more than 16 MiB of it are the code of the program itself.
    let most = if is_optimized() { MEMORY } else { MEMORY + 8 * MIB };
    assert!(done.peak.is_none_or(|peak| peak <= most), "{name}: {done}");
}
