//! `jwtick clock` and verdicts by a measured clock: under `faketime`, with the chronyd of the machine,
//! and metrics as `prometheus-client` reads them.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{self, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_tests::{
    Chrony, Command, Outcome, SECRET, Schema, StandIn, fixture, jwtick, project, token,
};
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
/// socket is where `chronyc` looks for it, and its hardware clock is an hour ahead.
/// `$1` configures the daemon; `$2` is the text in its tracking report that shows the expected state.
pub(crate) const MACHINE: &str = r#"
    mount -t tmpfs none /run && mkdir -m 750 /run/chrony
    mount -t tmpfs none /sys && mkdir -p /sys/class/rtc/rtc0
    chronyd -x -d -u root -f "$1" >"$1.log" 2>&1 &
    for _ in $(seq 200); do
        chronyc -c -n tracking 2>/dev/null | grep -q "$2" && break
        sleep 0.1
    done
    # This clock does not run, so it is written last.
    echo $(($(date +%s) + 3600)) >/sys/class/rtc/rtc0/since_epoch
    shift 2 && exec "$@"
"#;

fn measured(settings: &str, until: &str, server: &Chrony) -> Outcome {
    on_a_machine(settings, until, &["clock", "--json", "--ntp", &server.address()])
}

fn on_a_machine(settings: &str, until: &str, arguments: &[&str]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chrony.conf");
    fs::write(&file, configuration(folder.path(), settings)).unwrap();
    jwtick(arguments.iter().copied())
        .under("unshare", &["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"])
        .under("sh", &["-c", MACHINE, "sh", &file.display().to_string(), until])
        .run()
}

pub(crate) fn configuration(folder: &Path, settings: &str) -> String {
    format!("port 0\ncmdport 0\npidfile {}/pid\n{settings}\n", folder.display())
}

/// A root dispersion below 10 ms: the first exchanges have a large one.
pub(crate) const PRECISE: &str = r",0\.00[0-9]*,[0-9.]*,Normal$";

pub(crate) fn following(server: &Chrony) -> String {
    let address = server.address();
    let (ip, port) = address.rsplit_once(':').unwrap();
    format!("server {ip} port {port} iburst minpoll 0 maxpoll 1")
}

fn of_the_machine(outcome: &Outcome) -> Value {
    let sources = outcome.json()["sources"].as_array().cloned().unwrap_or_default();
    sources.into_iter().find(|source| source["kind"] == "os").unwrap_or_default()
}

#[test]
fn local_daemon_is_queried() {
    let ahead = Chrony::shifted("+1h");
    let outcome = measured(&following(&ahead), PRECISE, &ahead);
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

#[test]
fn daemon_answers_for_the_clock_without_servers() {
    let rows = [("+0", 0, "ok", 0.0), ("+1h", 20, "wrong", 3_600.0)];
    for (shift, code, verdict, offset) in rows {
        let server = Chrony::shifted(shift);
        let settings = following(&server);
        let done = on_a_machine(&settings, PRECISE, &["clock", "--json"]);
        let json = done.json();
        let fits = Schema::load("clock").and_then(|schema| schema.check(&json));
        assert_eq!((fits, done.code()), (Ok(()), code), "{done}");
        assert_eq!((&json["verdict"], &json["basis"]), (&verdict.into(), &"daemon".into()));
        let end = |name| json["offset_s"][name].as_f64().unwrap() - offset;
        assert!((-0.05..=0.0).contains(&end("least")), "{done}");
        assert!((0.0..0.05).contains(&end("most")), "{done}");
        let hardware = json["host"]["hardware_clock_offset_s"]["most"].as_f64().unwrap();
        assert!((-3_600.0..-3_500.0).contains(&hardware), "{done}");
        let said = on_a_machine(&settings, PRECISE, &["clock"]);
        assert!(said.stdout.starts_with("chronyd reports that this clock is "), "{said}");
        for fact in ["Reported, not proven", "as if one of them showed local time"] {
            assert!(said.stdout.contains(fact), "{said}");
        }
        assert_eq!((said.code(), said.stdout.contains("chronyc makestep")), (code, code == 20));
    }
}

#[test]
fn daemon_is_a_witness_of_probe() {
    let right = Chrony::start();
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret").display().to_string();
    fs::write(&secret, SECRET).unwrap();
    let (log, known) = (folder.path().join("log").display().to_string(), format!("me={secret}"));
    // At the same address as the daemon, it would be one with it.
    for (listen, cause) in [("127.0.0.9:0", "remote-clock"), ("127.0.0.1:0", "local-clock")] {
        let far = ["--listen", listen, "--offset", "17m", "--future-iat", "refuse"];
        let server = StandIn::start(&[&["--secret-file", &known][..], &far].concat());
        let token = server.url("token_url");
        let probe = ["probe", "--json", "--issuer", "me", "--secret-file", &secret];
        let probe = [&probe[..], &["--token-url", token, "--transcript", &log]].concat();
        let done = on_a_machine(&following(&right), PRECISE, &probe);
        let json = done.json();
        let fits = Schema::load("probe").and_then(|schema| schema.check(&json));
        assert_eq!((fits, &json["cause"]), (Ok(()), &cause.into()), "{listen}: {done}");
        let again = jwtick(["diagnose", "--json", &log]).run().json();
        assert_eq!(again["cause"], cause, "{listen}: {done}");
        let said = fs::read_to_string(&log).unwrap();
        let counts = said.contains("the clock of chronyd on this host (NTP)");
        assert_eq!(counts, cause == "remote-clock", "{said}");
    }
}

#[test]
fn daemon_is_a_clock_to_verify_by() {
    let ahead = Chrony::shifted("+1h");
    let secret = fixture("keys/hs.secret").display().to_string();
    let now = machine_seconds() + 3_600;
    let token = token(&format!(r#"{{"nbf":{},"exp":{}}}"#, now - 60, now + 300));
    let verify = ["verify", "--secret-file", &secret, "--clock", "os", &token];
    let done = on_a_machine(&following(&ahead), PRECISE, &verify);
    assert_eq!(done.code(), 0, "{done}");
    assert!(done.stdout.contains("Clock: measured by chronyd"), "{done}");
    assert_eq!(jwtick(verify).run().code(), 11);
}

#[test]
fn daemon_without_a_reference_leaves_the_clock_unknown() {
    let done = on_a_machine("", "Not synchronised$", &["clock"]);
    assert_eq!(done.code(), 21, "{done}");
    assert!(done.stdout.contains("has not synchronized this clock"), "{done}");
}

#[test]
fn unset_clock_is_said_to_be_unset() {
    let (one, two) = (Chrony::start(), Chrony::start());
    let (one, two) = (one.address(), two.address());
    let asking: &[&str] = &["clock", "--ntp", &one, "--ntp", &two];
    for (arguments, basis) in [(&["clock"][..], "proof"), (asking, "servers")] {
        let run = |more: &[&str]| {
            let all = [arguments, more].concat();
            jwtick(all).under("faketime", &["-f", "@1970-01-01 00:20:00"]).run()
        };
        let said = run(&[]);
        let first = "This clock was never set: it reads 1970-01-01 00:20:0";
        assert!(said.stdout.starts_with(first), "{said}");
        assert!(!said.stdout.contains("apply") && said.code() == 20, "{said}");
        let json = run(&["--json"]).json();
        assert_eq!((&json["basis"], &json["never_set"]), (&basis.into(), &true.into()), "{json}");
        assert_eq!(json["direction"], "behind");
    }
    let done = jwtick([asking, &["--format", "nagios"]].concat());
    let done = done.under("faketime", &["-f", "@1970-01-01 00:20:00"]).run();
    let critical = "JWTICK CRITICAL - This clock was never set: it reads 1970-01-01 00:20:0";
    assert!(done.stdout.starts_with(critical), "{done}");
    {}
}

#[test]
fn no_server_is_contacted_without_being_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("calls");
    let name = file.display().to_string();
    let done =
        jwtick(["clock"]).under("strace", &["-f", "-e", "trace=%network", "-o", &name]).run();
    let calls = fs::read_to_string(&file).unwrap();
    assert!(calls.contains("exited with"), "{done}\n{calls}");
    // `chronyc` may ask its daemon over loopback.
    let addresses = calls.split("inet_addr(\"").skip(1).chain(calls.split("AF_INET6, \"").skip(1));
    for address in addresses {
        assert!(address.starts_with("127.0.0.1\"") || address.starts_with("::1\""), "{calls}");
    }
}
