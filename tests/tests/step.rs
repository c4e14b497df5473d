//! What `clock --step` refuses before it asks anybody anything.
#![cfg(test)]

use jwtick_tests::jwtick;

#[test]
fn nobody_is_there_to_say_yes() {
    // Port 9 of loopback: if anything were measured, the answer would be another.
    let done = jwtick(["clock", "--step", "--ntp", "127.0.0.1:9"]).run();
    assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    assert!(done.stderr.contains("no terminal: add --yes"), "{done}");
}

#[test]
fn yes_is_an_answer_to_step_alone() {
    for arguments in
        [&["--yes"][..], &["--step", "--watch", "30s"], &["--step", "--format", "nagios"]]
    {
        let line = ["clock", "--ntp", "127.0.0.1:9"].into_iter().chain(arguments.iter().copied());
        let done = jwtick(line).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    }
}
