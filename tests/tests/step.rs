//! Refusals of `clock --step` before it contacts any server.
#![cfg(test)]

use jwtick_tests::jwtick;

#[test]
fn step_without_a_terminal_needs_yes() {
    // Port 9 of loopback: if anything were measured, the answer would differ.
    let done = jwtick(["clock", "--step", "--ntp", "127.0.0.1:9"]).run();
    assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    assert!(done.stderr.contains("no terminal: add --yes"), "{done}");
}

#[test]
fn yes_is_accepted_only_with_step() {
    for arguments in
        [&["--yes"][..], &["--step", "--watch", "30s"], &["--step", "--format", "nagios"]]
    {
        let line = ["clock", "--ntp", "127.0.0.1:9"].into_iter().chain(arguments.iter().copied());
        let done = jwtick(line).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    }
}
