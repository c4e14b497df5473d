//! Verdicts by a measured clock under `faketime`, and metrics as `prometheus-client` reads them.

use std::io::Write;
use std::process::{self, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_tests::{Chrony, Command, fixture, jwtick, project, token};

#[test]
fn fresh_token_is_accepted_by_a_clock_two_days_slow() {
    let chrony = Chrony::start();
    let secret = fixture("keys/hs.secret").display().to_string();
    let now: i64 = machine_seconds();
    let token = token(&format!(r#"{{"iat":{now},"nbf":{now},"exp":{}}}"#, now + 300));
    let verify = ["verify", "--secret-file", &secret, &token];
    let slow = |run: Command| run.under("faketime", &["-f", "-2d"]).run();
    let alone = slow(jwtick(verify));
    assert_eq!(alone.code(), 11, "{alone}");
    assert!(alone.stdout.contains("Clock: this host's, "), "{alone}");
    let clock = format!("ntp:{}", chrony.address());
    let measured = slow(jwtick([&verify[..], &["--clock", &clock]].concat()));
    assert_eq!(measured.code(), 0, "{measured}");
    assert!(measured.stdout.contains("Clock: measured by"), "{measured}");
}

fn machine_seconds() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_secs()).unwrap()
}

#[test]
fn prometheus_client_reads_the_metrics() {
    let (one, falseticker, two) = (Chrony::start(), Chrony::shifted("+1h"), Chrony::start());
    let (one, falseticker, two) = (one.address(), falseticker.address(), two.address());
    let run =
        ["clock", "--format", "prometheus", "--ntp", &one, "--ntp", &falseticker, "--ntp", &two];
    let done = jwtick(run).run();
    let read = prometheus(&done.stdout);
    let falseticker = format!("jwtick_clock_source_agrees ntp:{falseticker} 0");
    assert!(read.lines().any(|line| line == falseticker), "{read}\n{done}");
    assert_eq!(read.matches("jwtick_clock_source_up").count(), 4, "{read}");
}

/// The metrics as parsed by `prometheus-client`.
#[track_caller]
fn prometheus(text: &str) -> String {
    let peers = project().join("tests/peers");
    let python = peers.join("venv/bin/python");
    assert!(python.exists(), "{} is missing, `tests/peers/install` brings it", python.display());
    let mut run = process::Command::new(python);
    run.arg(peers.join("prometheus_read.py")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = run.spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", done.status);
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn token_signed_by_an_unset_clock_gets_a_warning() {
    let secret = fixture("keys/hs.secret").display().to_string();
    let sign = ["sign", "--secret-file", &secret, "--exp", "+5min"];
    let done = jwtick(sign).under("faketime", &["-f", "@1970-01-01 00:00:05"]).run();
    assert!(done.code() == 0 && done.stdout.starts_with("ey"), "{done}");
    assert!(done.stderr.contains("the clock reads 1970-01-01 00:00:05 UTC"), "{done}");
}
