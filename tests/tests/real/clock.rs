//! `jwtick clock` against chronyd and ntpd, under clocks that `faketime` makes wrong.

use std::io::Write;
use std::process::{self, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_tests::{Chrony, Command, Outcome, Schema, fixture, jwtick, project, token};
use serde_json::Value;

/// Years away from 1970 and before it.
const WRONG: &[&str] =
    &["2017-02-28 18:39:51", "1970-01-01 00:00:01", "2040-06-01 12:00:00", "1969-12-31 12:00:00"];

fn clock(arguments: &[&str]) -> Command {
    jwtick([&["clock", "--json"], arguments].concat())
}

#[track_caller]
fn ends(interval: &Value) -> (f64, f64) {
    let end = |name: &str| interval[name].as_f64().unwrap_or(f64::NAN);
    (end("least"), end("most"))
}

/// The one whole number of seconds in an interval: `faketime` shifts by those alone.
#[track_caller]
#[expect(clippy::float_arithmetic, reason = "JSON has no other numbers")]
fn whole(interval: &Value, width: f64, done: &Outcome) -> f64 {
    let (least, most) = ends(interval);
    assert!(most - least <= width, "{} s wide\n{done}", most - least);
    let truth = least.ceil();
    assert!(truth <= most, "the truth lies outside\n{done}");
    truth
}

#[test]
fn a_wrong_clock_is_measured_to_milliseconds() {
    let (one, two) = (Chrony::start(), Chrony::start());
    for date in WRONG {
        let run = clock(&["--ntp", &one.address(), "--ntp", &two.address()]);
        let done = run.under("faketime", &[*date]).run();
        assert_eq!(Schema::load("clock").unwrap().check(&done.json()), Ok(()), "{done}");
        let json = done.json();
        assert_eq!((done.code(), &json["verdict"]), (20, &"wrong".into()), "{date}\n{done}");
        let truth = whole(&json["offset_s"], 0.005, &done);
        let read = seconds(json["read"].as_str().unwrap());
        let now = seconds(&machine_time());
        assert!((now - read - truth).abs() < 5.0, "{date}: {truth} s\n{done}");
    }
}

/// What `date` says: neither this test nor the program counted it.
fn machine_time() -> String {
    let date = process::Command::new("date").args(["-u", "+%FT%TZ"]).output().unwrap();
    String::from_utf8(date.stdout).unwrap().trim().to_owned()
}

fn seconds(rfc3339: &str) -> f64 {
    let date = process::Command::new("date").args(["-u", "-d", rfc3339, "+%s"]).output();
    String::from_utf8(date.unwrap().stdout).unwrap().trim().parse().unwrap()
}

#[test]
fn the_daemon_an_hour_off_is_named() {
    let (one, liar, two) = (Chrony::start(), Chrony::shifted("+1h"), Chrony::start());
    let servers = ["--ntp", &one.address(), "--ntp", &liar.address(), "--ntp", &two.address()];
    let done = clock(&servers).run();
    let json = done.json();
    let agrees: Vec<&Value> = (0..3).map(|at| &json["sources"][at]["agrees"]).collect();
    assert_eq!(
        (done.code(), agrees),
        (0, vec![&true.into(), &false.into(), &true.into()]),
        "{done}"
    );
    let torn = clock(&servers[..4]).run();
    assert_eq!((torn.code(), &torn.json()["verdict"]), (21, &"undecided".into()), "{torn}");
}

#[test]
fn a_fresh_token_survives_a_clock_two_days_slow() {
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
fn prometheus_reads_the_metrics() {
    let (one, liar, two) = (Chrony::start(), Chrony::shifted("+1h"), Chrony::start());
    let (one, liar, two) = (one.address(), liar.address(), two.address());
    let run = ["clock", "--format", "prometheus", "--ntp", &one, "--ntp", &liar, "--ntp", &two];
    let done = jwtick(run).run();
    let read = prometheus(&done.stdout);
    let liar = format!("jwtick_clock_source_agrees ntp:{liar} 0");
    assert!(read.lines().any(|line| line == liar), "{read}\n{done}");
    assert_eq!(read.matches("jwtick_clock_source_up").count(), 4, "{read}");
}

/// What `prometheus-client` makes of the text.
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
