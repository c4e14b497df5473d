//! The work of `jwtick diagnose` and of `jwtick inspect` grows with the length of a text and of its lines,
//! and no faster.
//!
//! valgrind counts the instructions, so that a busy machine does not matter.

use std::path::Path;
use std::process::Command;

use jwtick_tests::{program, tool};

/// Parts of which a hostile text consists. Each of them once took the square of the length of a line, or
/// makes many readers look at a line.
const UNITS: &[&str] = &[
    "{\"a\":",
    "GET /a POST /b ",
    "\"GET /a ",
    "[{\"message\":\"{\\\"a\\\":",
    "JWT expired ",
    "> > | - ",
    "user-agent: x cookie=y ",
    " invalid user x from ",
    "date: date: ",
    "eyJhbGciOiJIUzI1NiJ9.eyJ",
    "\\\"\\\\",
    "&amp;&lt;",
    "2024-01-09T14:00:00Z ",
    "now exp expired at ",
    "iat=1700000000 ",
    "'\"`(",
    "Mon Mar May Di ",
    "\"x\": \"GET ",
];

/// Every line of this size is read in full, and none in more than one piece.
const TOTAL: usize = 16_000;
/// The length of short lines, and of lines that are almost as long as a piece.
const LENGTHS: [usize; 2] = [1_000, 8_000];

/// Repeats `unit` up to `total` bytes, in lines of `length` bytes.
fn text(unit: &str, total: usize, length: usize) -> Vec<u8> {
    let line: Vec<u8> = b"JWT expired "
        .iter()
        .chain(unit.as_bytes().iter().cycle())
        .copied()
        .take(length - 1)
        .collect();
    let line = [line.as_slice(), b"\n"].concat();
    line.into_iter().cycle().take(total).collect()
}

/// Returns how many instructions a command takes for `text`.
fn instructions(command: &str, folder: &Path, text: &[u8]) -> u64 {
    let log = folder.join("log");
    std::fs::write(&log, text).unwrap();
    let mut valgrind = Command::new(tool("valgrind"));
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    let output = valgrind.arg(program()).args([command, "--json"]).arg(&log).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said.lines().find_map(|line| line.split("Collected : ").nth(1));
    count.and_then(|count| count.trim().parse().ok()).unwrap_or_else(|| panic!("{said}"))
}

#[test]
fn work_grows_with_the_length_and_no_faster() {
    let folder = tempfile::tempdir().unwrap();
    let count = |text: &[u8]| instructions("diagnose", folder.path(), text);
    let start = count(b"");
    for unit in UNITS {
        let [short, long] = LENGTHS.map(|length| count(&text(unit, TOTAL, length)) - start);
        println!("{unit:<24} {short:>9} and {long:>9} instructions");
        // The square of the length would be eight times as much. Short lines are left out by words that
        // they lack, which a long one has; what a report shows of it costs more, too.
        assert!(long < short * 3, "{unit}: {short} in short lines, {long} in long ones");
        let double = count(&text(unit, 2 * TOTAL, LENGTHS[0])) - start;
        assert!(double < short * 3, "{unit}: {short}, and {double} for a text of twice the length");
    }
}

/// Parts of tokens, and of the texts that they are in.
const TOKEN_UNITS: &[&str] = &[
    "ZXlK",
    "ZXlK=",
    "ZXlKLmEuYg== ",
    "eyJ",
    "eyJ.",
    "eyJhbGciOiJIUzI1NiJ9.e30.AA ",
    "Bearer ",
    "{\"payload\":",
    "\"",
];

#[test]
fn work_to_find_tokens_grows_with_the_length_and_no_faster() {
    let folder = tempfile::tempdir().unwrap();
    let count = |text: &[u8]| instructions("inspect", folder.path(), text);
    let start = count(b"x");
    for unit in TOKEN_UNITS {
        let line = |length| -> Vec<u8> { unit.bytes().cycle().take(length).collect() };
        let [short, long] = [TOTAL / 4, TOTAL].map(|length| count(&line(length)) - start);
        println!("{unit:<28} {short:>9} and {long:>9} instructions");
        // The square of the length would be sixteen times as much.
        assert!(long < short * 6, "{unit}: {short}, and {long} for four times the length");
    }
}
