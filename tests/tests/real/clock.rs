//! `jwtick clock` and verdicts by a measured clock: under `faketime`, with the chronyd of the machine,
//! and metrics as `prometheus-client` reads them.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{self, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_tests::{Chrony, Command, Outcome, fixture, jwtick, project, token};
use serde_json::Value;

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

/// A machine of its own as far as daemons are concerned: other processes are hidden, and chronyd's
/// socket is where `chronyc` looks for it. `$1` configures the daemon; `$2` is the text in its tracking
/// report that shows the expected state.
const MACHINE: &str = r#"
    mount -t tmpfs none /run && mkdir -m 750 /run/chrony
    chronyd -x -d -u root -f "$1" >"$1.log" 2>&1 &
    for _ in $(seq 200); do
        chronyc -c -n tracking 2>/dev/null | grep -q "$2" && break
        sleep 0.1
    done
    shift 2 && exec "$@"
"#;

fn measured(settings: &str, until: &str, server: &Chrony) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chrony.conf");
    fs::write(&file, configuration(folder.path(), settings)).unwrap();
    jwtick(["clock", "--json", "--ntp", &server.address()])
        .under("unshare", &["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"])
        .under("sh", &["-c", MACHINE, "sh", &file.display().to_string(), until])
        .run()
}

fn configuration(folder: &Path, settings: &str) -> String {
    format!("port 0\ncmdport 0\npidfile {}/pid\n{settings}\n", folder.display())
}

fn of_the_machine(outcome: &Outcome) -> Value {
    let sources = outcome.json()["sources"].as_array().cloned().unwrap_or_default();
    sources.into_iter().find(|source| source["kind"] == "os").unwrap_or_default()
}

#[test]
fn local_daemon_is_queried() {
    let ahead = Chrony::shifted("+1h");
    let address = ahead.address();
    let (ip, port) = address.rsplit_once(':').unwrap();
    let follows = format!("server {ip} port {port} iburst minpoll 0 maxpoll 1");
    // A root dispersion below 10 ms: the first exchanges have a large one.
    let outcome = measured(&follows, r",0\.00[0-9]*,[0-9.]*,Normal$", &ahead);
    let source = of_the_machine(&outcome);
    assert_eq!((&source["name"], &source["bound"]), (&"chronyd".into(), &"chronyd".into()));
    assert_eq!(source["agrees"], true, "{outcome}");
    let end = |name| source["offset_s"][name].as_f64().unwrap();
    let (least, most) = (end("least"), end("most"));
    assert!((3_599.95..3_600.0).contains(&least), "{outcome}");
    assert!((3_600.0..3_600.05).contains(&most), "{outcome}");
}

#[test]
fn daemon_without_a_reference_proves_nothing() {
    let right = Chrony::start();
    let rows = [
        ("unsynchronised", "", "Not synchronised$", "has not synchronized this clock"),
        ("its own reference", "local stratum 9", "^7F7F0101", "uses this clock itself"),
    ];
    for (name, settings, until, reason) in rows {
        let outcome = measured(settings, until, &right);
        let source = of_the_machine(&outcome);
        assert!(source["offset_s"].is_null(), "{name}: {outcome}");
        let error = source["error"].as_str().unwrap_or_default();
        assert!(error.contains(reason), "{name}: {outcome}");
        // Nor does it outvote another source.
        assert_eq!(
            (outcome.code(), &outcome.json()["rests_on"]),
            (0, &1.into()),
            "{name}: {outcome}"
        );
    }
}
