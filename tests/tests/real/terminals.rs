//! Output on terminals of every width, and on one without capabilities.

use jwtick_tests::{Outcome, Stage};

/// A terminal for the program, `$1` columns wide.
const TERMINAL: &str = "exec python3 -c 'import os,pty,sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn([\"sh\", \"-c\", \
\"stty cols $COLS rows 24 && exec \\\"$@\\\"\", \"sh\"] + sys.argv[1:])))' \"$@\"";

const COMMANDS: &[(&[&str], i32)] = &[
    (&["diagnose", "a.log"], 20),
    (&["inspect", "token.txt"], 0),
    (&["verify", "--secret-file", "secret.bin", "--at", "0", "eyJhbGciOiJIUzI1NiJ9.e30.AA"], 13),
    (&["config", "check"], 0),
    (&["clock", "--http", "http://127.0.0.1:9/"], 1),
];

fn shown(command: &[&str], variables: &[(&str, &str)]) -> Outcome {
    let stage = Stage::new();
    let run = stage.run(TERMINAL, command).env("LANG", "C.UTF-8");
    variables.iter().fold(run, |run, (name, value)| run.env(name, value)).run()
}

/// Only unbreakable words and commands to copy may be wider than the terminal.
fn is_broken(line: &str) -> bool {
    let words = line.trim();
    let quoted = words.starts_with('`') && words.trim_end_matches([',', '.']).ends_with('`');
    quoted || !words.contains(' ') || words.split(' ').any(|word| word.chars().count() > 15)
}

#[test]
fn every_line_fits_the_terminal() {
    for columns in [20, 40, 80, 200] {
        for &(command, exit) in COMMANDS {
            let width = columns.to_string();
            let done = shown(command, &[("COLS", &width), ("NO_COLOR", "1")]);
            assert_eq!(done.code(), exit, "{columns} columns: {done}");
            for line in done.stdout.lines().map(str::trim_end) {
                let fits = line.chars().count() <= columns || is_broken(line);
                assert!(fits, "{columns} columns: {line:?} in\n{done}");
            }
        }
    }
}

#[test]
fn colour_needs_a_capable_terminal() {
    let rows: &[(&[(&str, &str)], bool)] = &[
        (&[("TERM", "xterm")], true),
        (&[("TERM", "xterm"), ("NO_COLOR", "1")], false),
        (&[("TERM", "dumb")], false),
    ];
    for &(variables, coloured) in rows {
        for &(command, _) in COMMANDS {
            let done = shown(command, &[variables, &[("COLS", "80")]].concat());
            let met = done.stdout.contains('\u{1b}');
            assert_eq!(met, coloured, "{variables:?}: {done}");
        }
    }
}
