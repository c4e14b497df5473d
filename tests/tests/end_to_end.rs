//! All end-to-end tests that need nothing installed, in one program: linking each file alone would
//! take longer than running it.
#![cfg(test)]

mod cases;
mod clock;
mod config;
mod demands;
mod diagnose;
mod diagnose_daily;
mod explain;
mod faults;
mod fleet;
mod follow;
mod forgery;
mod hostile_ntp;
mod inspect;
mod keys;
mod limits;
mod packages;
mod picture;
mod probe;
mod proofs;
mod rehearse;
mod related_logs;
mod remedies;
mod robustness;
mod scenes;
mod serve;
mod serve_clocks;
mod serve_keys;
mod serve_replay;
mod sign;
mod stamps;
mod stand_in;
mod terminal;
mod usage;
mod verify;
mod witnesses;

use jwtick_tests::{MIB, fixture, jwtick};

#[test]
fn harness_runs_the_program() {
    let done = jwtick(["--version"]).run();
    assert_eq!(done.code(), 0, "{done}");
    assert!(done.stdout.starts_with("jwtick "), "{done}");
}

#[test]
fn harness_limits_memory() {
    let starved = jwtick(["--version"]).memory_limit(4096).run();
    assert!(starved.crashed(), "{starved}");
    let done = jwtick(["--version"]).memory_limit(16 * MIB).run();
    assert_eq!(done.code(), 0, "{done}");
}

#[test]
fn harness_finds_the_fixtures() {
    assert!(fixture("logs/ka-10565.log").is_file());
}
