//! Faults around the program: expects a clear message, the right exit code, and no half-written file.
//!
//! Tests that need more than a shell are in `tests/real/faults`.
#![cfg(test)]
#![cfg(unix)]

mod inputs;
mod interrupts;
mod network;
mod outputs;

use jwtick_tests::{COMMANDS, Fault, Stage, is_optimized};

/// Unusual environments that must not affect any command.
const ENVIRONMENTS: &[(&str, &str)] = &[
    ("no variables at all", "exec env -i \"$@\""),
    ("no home folder", "HOME=/nowhere exec \"$@\""),
    ("a home that is a file", "HOME=/dev/null exec \"$@\""),
    ("a home that is no text", "HOME=$(printf '/\\377') exec \"$@\""),
    ("a locale that does not exist", "LC_ALL=xx_YY exec \"$@\""),
    ("a locale that is no name", "LC_ALL=$(printf '\\377') LANG=/ exec \"$@\""),
    ("a zone that does not exist", "TZ=Nowhere/Nope exec \"$@\""),
    ("an unknown terminal", "TERM=none exec \"$@\""),
    ("32 open files", "ulimit -n 32; exec \"$@\""),
    ("a standard error that is closed", "exec \"$@\" 2>&-"),
    ("a standard error that is full", "exec \"$@\" 2>/dev/full"),
    ("no columns", "NO_COLOR= CLICOLOR=x COLUMNS=0 exec \"$@\""),
];

/// Commands whose answer is the same every time.
const STEADY: &[&str] = &["diagnose", "key public", "key thumbprint", "completions", "man"];

#[test]
fn unusual_environment_changes_no_answer() {
    let stage = Stage::new();
    let usual: Vec<String> = COMMANDS
        .iter()
        .map(|(command, _)| stage.run("exec \"$@\"", command).run().stdout)
        .collect();
    for (number, &(name, done)) in ENVIRONMENTS.iter().enumerate() {
        let all = COMMANDS.iter().zip(&usual).enumerate();
        // Unoptimized, a quarter of the commands, and the next quarter in the next environment.
        let commands = all.filter(|(at, _)| is_optimized() || at % 4 == number % 4);
        for (_, (&(command, exit), usual)) in commands {
            let row = Fault { name, done, command, exit, says: "" };
            let outcome = stage.run(done, command).run();
            row.judge(&outcome);
            if STEADY.iter().any(|steady| command.join(" ").starts_with(steady)) {
                assert_eq!(outcome.stdout, *usual, "{row}");
            }
        }
        assert!(stage.unexpected_files().is_empty(), "{name}: {:?}", stage.unexpected_files());
    }
}
