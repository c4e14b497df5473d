//! `jwtick probe --repeat`: several nodes behind one port, each with its own clock.

use core::time::Duration;
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use jwtick_tests::{jwtick, program};
use serde_json::{Value, json};

use super::{Desk, contains};

/// Each clock that answered: true if it is this many seconds from here, and the number of its answers.
fn clocks(json: &Value, expected: &[f64]) -> Vec<(bool, u64)> {
    let clocks = json["clocks"].as_array().cloned().unwrap_or_default();
    let clocks = clocks.iter().zip(expected);
    clocks
        .map(|(clock, secs)| {
            (contains(&clock["offset_s"], *secs), clock["answers"].as_u64().unwrap())
        })
        .collect()
}

#[test]
fn finds_nodes_ninety_seconds_apart() {
    let desk = Desk::new();
    let server = desk.stand_in(&["--node-offset", "90s"]);
    let done = desk.probe(server.url("token_url"), &["--repeat", "20"]);
    let json = done.json();
    assert_eq!((done.code(), &json["cause"]), (20, &"peer-clocks".into()), "{done}");
    assert_eq!(json["certainty"], "proven", "{done}");
    // The first node depends on the number of requests that the measurement has sent before.
    let found = [&[0.0, 90.0], &[90.0, 0.0]].map(|order| clocks(&json, order));
    assert!(found.contains(&vec![(true, 10), (true, 10)]), "{done}");
    let all = json!({ "asked": 20, "connected": 20, "refused": 0, "unreachable": 0 });
    assert_eq!(json["runs"], all, "{done}");
    let diagnosed = desk.diagnosed();
    for member in ["cause", "clock_fault", "direction", "offset_s", "clocks", "summary"] {
        assert_eq!(diagnosed[member], json[member], "{member}: {done}");
    }
}

#[test]
fn reports_only_nodes_that_differ() {
    type Row = (&'static str, &'static [&'static str], &'static str, i32);
    const ROWS: &[Row] = &[
        ("one that is right", &[], "not-clock", 0),
        ("three that agree", &["--node-offset", "0s", "--node-offset", "0s"], "not-clock", 0),
        (
            "two that agree, and we are wrong",
            &["--offset", "100m", "--node-offset", "0s"],
            "local-clock",
            20,
        ),
        (
            "one, and we are wrong",
            &["--offset", "-2d", "--future-iat", "refuse"],
            "local-clock",
            20,
        ),
        ("a Date that does not move", &["--freeze", "--latency", "300ms"], "not-clock", 0),
        (
            "one that a cache has stored",
            &["--date", "cached:1m", "--node-offset", "90s"],
            "not-clock",
            0,
        ),
    ];
    for &(name, arguments, cause, code) in ROWS {
        let desk = Desk::new();
        let server = desk.stand_in(arguments);
        let done = desk.probe(server.url("token_url"), &["--repeat", "10"]);
        let json = done.json();
        assert_eq!((&json["clocks"], done.code()), (&Value::Null, code), "{name}: {done}");
        assert_eq!(desk.diagnosed()["cause"], json["cause"], "{name}: {done}");
        if code == 20 {
            assert_eq!(json["cause"], cause, "{name}: {done}");
        } else {
            assert_ne!(json["clock_fault"], true, "{name}: {done}");
        }
    }
}

#[test]
fn local_clock_farther_off_than_the_nodes_is_reported_first() {
    let desk = Desk::new();
    let server = desk.stand_in(&["--offset", "2d", "--node-offset", "90s"]);
    let done = desk.probe(server.url("token_url"), &["--repeat", "6"]);
    let json = done.json();
    assert_eq!((done.code(), &json["cause"]), (20, &"local-clock".into()), "{done}");
    assert!([172_800.0, 172_890.0].iter().all(|&secs| contains(&json["offset_s"], secs)), "{done}");
    assert_eq!(json["clocks"].as_array().map(Vec::len), Some(2), "{done}");
    assert_eq!(desk.diagnosed()["offset_s"], json["offset_s"], "{done}");
}

#[test]
fn intermittent_refusals_are_counted() {
    const ROWS: &[(&str, &str, &str)] = &[
        ("en", "refused intermittently", "10 of 10 runs completed: 5 connected, 5 refused"),
        ("de", "manchmal abgelehnt", "10 von 10 Durchläufen ausgeführt: 5 verbunden, 5 abgelehnt"),
        ("ko", "간헐적으로 거부", "10회 중 10회 실행: 연결 5회, 거부 5회"),
    ];
    for &(language, outcome, counts) in ROWS {
        let desk = Desk::new();
        let server = desk.stand_in(&["--node-offset", "20m"]);
        let secret = desk.path("secret").display().to_string();
        let agent = ["probe", "--issuer", "me", "--secret-file", &secret, "--lang", language];
        let rest = ["--token-url", server.url("token_url"), "--repeat", "10"];
        let done = jwtick([agent.as_slice(), &rest].concat()).run();
        assert_eq!(done.code(), 20, "{done}");
        assert!(done.stdout.contains(outcome) && done.stdout.contains(counts), "{done}");
        assert!(done.stdout.contains("invalid_grant"), "the first failure: {done}");
        assert!(!done.stdout.contains("Run 1 of 10"), "the log goes to its file: {done}");
    }
}

/// Starts a test of many runs, interrupts it after `pause`, and returns its exit code and answer.
fn interrupted(desk: &Desk, url: &str, pause: Duration) -> (Option<i32>, Value) {
    let mut command = Command::new(program());
    command.args(["probe", "--issuer", "me", "--json", "--repeat", "1000", "--token-url", url]);
    command.arg("--secret-file").arg(desk.path("secret"));
    command.arg("--transcript").arg(desk.path("log"));
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(pause);
    let kill = format!("kill -INT {}", child.id());
    assert!(Command::new("/bin/sh").args(["-c", &kill]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn interrupt_reports_the_results_so_far() {
    let desk = Desk::new();
    let server = desk.stand_in(&["--node-offset", "90s", "--latency", "100ms"]);
    let (code, json) = interrupted(&desk, server.url("token_url"), Duration::from_secs(4));
    let runs = &json["runs"];
    assert_eq!(
        (code, &json["cause"], &runs["asked"]),
        (Some(20), &"peer-clocks".into(), &1000.into())
    );
    assert!((2..100).contains(&runs["connected"].as_u64().unwrap()), "{json}");
    assert_eq!(desk.diagnosed()["cause"], "peer-clocks");
}

#[test]
fn interrupt_does_not_wait_for_an_answer() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/token", silent.local_addr().unwrap());
    let started = Instant::now();
    let (code, json) = interrupted(&Desk::new(), &url, Duration::from_secs(2));
    assert!(started.elapsed() < Duration::from_secs(9), "it waited for an answer");
    assert_eq!((code, &json["outcome"]), (Some(1), &"unreachable".into()), "{json}");
    assert_eq!(json["runs"]["unreachable"], 0, "{json}");
}

#[test]
fn repeat_count_is_limited() {
    for times in ["0", "1001", "1.5", "often"] {
        let done = jwtick(["probe", "p.toml", "--repeat", times]).run();
        assert_eq!(done.code(), 2, "{times}: {done}");
        assert!(done.stderr.contains("--repeat <N>"), "{done}");
    }
}
