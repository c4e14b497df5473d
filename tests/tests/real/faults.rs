//! Faults that take more than a shell: other machines, another user, a small disk, name servers that
//! never answer, a clock that is set during a run.

use core::time::Duration;
use std::io::{BufRead, BufReader, Lines, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Instant;

use jwtick_tests::{COMMANDS, Fault, Stage, StandIn, program, tool};

/// Unusual places to run in that must not affect any command.
const PLACES: &[(&str, &str)] = &[
    ("no /proc", "exec unshare --mount sh -c 'mount -t tmpfs none /proc && exec \"$@\"' sh \"$@\""),
    (
        "a read-only root",
        "exec unshare --mount sh -c 'mount -o remount,bind,ro / && cd \"$STAGE\" && \
         ! touch its-file 2>/dev/null && exec \"$@\"' sh \"$@\"",
    ),
    (
        "the home of somebody else",
        "mkdir -m 700 its-home && cp \"$1\" its-program && chmod 755 . && chmod 644 *.* && shift && \
         HOME=$PWD/its-home exec setpriv --reuid 65534 --regid 65534 --clear-groups \
         ./its-program \"$@\"",
    ),
];

#[test]
fn every_command_runs_in_unusual_places() {
    for &(name, done) in PLACES {
        for &(command, exit) in COMMANDS {
            Fault { name, done, command, exit, says: "" }.check();
        }
    }
}

const fn row(
    name: &'static str,
    done: &'static str,
    command: &'static [&'static str],
    exit: i32,
    says: &'static str,
) -> Fault {
    Fault { name, done, command, exit, says }
}

/// A disk of one page, which is full; no further file may be on it afterwards.
const SMALL: &str = "exec unshare --mount sh -c 'mkdir its-small && \
    mount -t tmpfs -o size=4k none its-small && head -c 4096 /dev/zero >its-small/full && \
    \"$@\"; code=$?; test \"$(ls -A its-small)\" = full || exit 99; exit $code' sh \"$@\"";

/// The same for standard output, whose file the shell creates.
const SMALL_OUTPUT: &str = "exec unshare --mount sh -c 'mkdir its-small && \
    mount -t tmpfs -o size=4k none its-small && head -c 4096 /dev/zero >its-small/full && \
    exec \"$@\" >its-small/out' sh \"$@\"";

/// The program as a user who owns nothing here.
const NOBODY: &str = "cp \"$1\" its-program && chmod 755 . && shift && \
    exec setpriv --reuid 65534 --regid 65534 --clear-groups ./its-program \"$@\"";

/// The same, for files that only their owner can read.
const SECRET: &str = "cp \"$1\" its-program && chmod 755 . && chmod 600 *.* && shift && \
    exec setpriv --reuid 65534 --regid 65534 --clear-groups ./its-program \"$@\"";

/// A log that is truncated while the program waits for its second block.
const CUT: &str = "for _ in $(seq 200); do cat a.log; done >its-log; \
    (sleep 1; truncate -s 10 its-log) & \
    exec strace -f -qq -o its-trace -P its-log -e trace=read \
    -e inject=read:delay_enter=3000000:when=2 \"$@\"";

const FILES: &[Fault] = &[
    row(
        "a small disk",
        SMALL,
        &["key", "generate", "--alg", "RS256", "--out", "its-small/key"],
        1,
        "cannot write its-small/key: No space left on device",
    ),
    row(
        "a small disk",
        SMALL,
        &["probe", "--json", "probe.toml", "--transcript", "its-small/log"],
        1,
        "cannot write its-small/log: No space left on device",
    ),
    row(
        "a small disk",
        SMALL,
        &["man", "its-small"],
        1,
        "cannot write its-small/jwtick.1: No space left on device",
    ),
    row(
        "a small disk",
        SMALL_OUTPUT,
        &["diagnose", "--json", "a.log"],
        1,
        "cannot write to standard output: No space left on device",
    ),
    row(
        "a small disk",
        SMALL_OUTPUT,
        &["sign", "--secret-file", "secret.bin"],
        1,
        "cannot write to standard output: No space left on device",
    ),
    row(
        "a folder of others",
        NOBODY,
        &["key", "generate", "--alg", "ES256", "--out", "new.pem"],
        1,
        "cannot write new.pem: Permission denied",
    ),
    row(
        "a folder of others",
        NOBODY,
        &["probe", "--json", "probe.toml", "--transcript", "log"],
        1,
        "cannot write log: Permission denied",
    ),
    row(
        "a file of others",
        NOBODY,
        &["probe", "--json", "probe.toml", "--transcript", "a.log"],
        1,
        "cannot write a.log: Permission denied",
    ),
    row(
        "a folder of others",
        NOBODY,
        &["man", "pages"],
        1,
        "cannot write pages: Permission denied",
    ),
    row(
        "unreadable",
        SECRET,
        &["diagnose", "--json", "a.log"],
        1,
        "cannot read a.log: Permission denied",
    ),
    row(
        "unreadable",
        SECRET,
        &["inspect", "--json", "token.txt"],
        1,
        "cannot read token.txt: Permission denied",
    ),
    row(
        "unreadable",
        SECRET,
        &["verify", "--json", "--key", "key.pem", "-"],
        1,
        "cannot read key.pem: Permission denied",
    ),
    row(
        "unreadable",
        SECRET,
        &["sign", "--secret-file", "secret.bin"],
        1,
        "cannot read secret.bin: Permission denied",
    ),
    row(
        "unreadable",
        SECRET,
        &["key", "public", "key.pem"],
        1,
        "cannot read key.pem: Permission denied",
    ),
    row(
        "unreadable",
        SECRET,
        &["probe", "--json", "probe.toml"],
        1,
        "cannot read probe.toml: Permission denied",
    ),
    row(
        "unreadable",
        SECRET,
        &["config", "check", "probe.toml"],
        1,
        "cannot read the configuration probe.toml: Permission denied",
    ),
    row(
        "unreadable",
        SECRET,
        &["stand-in", "--json", "--key", "key.pem"],
        1,
        "cannot read key.pem: Permission denied",
    ),
    row(
        "cut while it is read",
        CUT,
        &["diagnose", "--json", "its-log"],
        1,
        "had when it was opened, but found 10",
    ),
];

#[test]
fn unusable_files_are_named_and_nothing_is_left() {
    for fault in FILES {
        fault.check();
    }
}

/// A network namespace of its own with no interfaces configured.
const ALONE: &str = "exec unshare --net \"$@\"";

/// A network namespace in which name servers and all other hosts swallow every packet: traffic to 192.0.2.0/24
/// (RFC 5737) returns by the loopback and is dropped.
const SILENT: &str = "echo nameserver 192.0.2.53 >its-resolv; exec unshare --net --mount sh -c '\
    ip link set lo up && ip route add 192.0.2.0/24 dev lo && \
    mount --bind its-resolv /etc/resolv.conf && exec \"$@\"' sh \"$@\"";

const HTTP: &[&str] = &["clock", "--json", "--timeout", "2s", "--http", "http://time.example/"];
const NTP: &[&str] = &["clock", "--json", "--timeout", "2s", "--ntp", "time.example"];
const SIGN: &[&str] =
    &["sign", "--secret-file", "secret.bin", "--timeout", "2s", "--clock", "ntp:time.example"];
const VERIFY: &[&str] = &[
    "verify",
    "--json",
    "--secret-file",
    "secret.bin",
    "--timeout",
    "2s",
    "--clock",
    "https://time.example/",
    "-",
];
const PROBE: &[&str] =
    &["probe", "--json", "probe.toml", "--timeout", "2s", "--token-url", "https://time.example/"];

const NETWORKS: &[Fault] = &[
    row("no network", ALONE, HTTP, 1, "cannot find time.example: "),
    row("no network", ALONE, NTP, 1, "cannot find time.example: "),
    row("no network", ALONE, SIGN, 1, "cannot find time.example: "),
    row("no network", ALONE, VERIFY, 1, "cannot find time.example: "),
    row("no network", ALONE, PROBE, 1, "cannot find time.example: "),
    row(
        "no network",
        ALONE,
        &["clock", "--json", "--ntp", "192.0.2.7"],
        1,
        "Network is unreachable",
    ),
    row("names hang", SILENT, HTTP, 1, "no answer within"),
    row("names hang", SILENT, NTP, 1, "no answer within"),
    row("names hang", SILENT, SIGN, 1, "no answer within"),
    row("names hang", SILENT, VERIFY, 1, "no answer within"),
    row("names hang", SILENT, PROBE, 1, "no answer within"),
    row(
        "connecting hangs",
        SILENT,
        &["clock", "--json", "--timeout", "2s", "--http", "http://192.0.2.7/"],
        1,
        "no answer within",
    ),
    row(
        "connecting hangs",
        SILENT,
        &[
            "probe",
            "--json",
            "probe.toml",
            "--timeout",
            "2s",
            "--token-url",
            "http://192.0.2.7/",
            "--insecure",
        ],
        1,
        "no answer within",
    ),
    row(
        "no answer over UDP",
        SILENT,
        &["clock", "--json", "--timeout", "2s", "--ntp", "192.0.2.7"],
        1,
        "no answer within",
    ),
];

#[test]
fn unresponsive_network_is_given_up_in_time() {
    for fault in NETWORKS {
        let started = Instant::now();
        fault.check();
        // Twice the 2 s timeout, for a test that first measures the clock and then requests a token.
        let took = started.elapsed();
        assert!(took < Duration::from_secs(12), "{fault}: {took:?}");
    }
}

/// A clock for one program, which the file `its-clock` sets.
const SET: &str = "echo +0 >its-clock; exec faketime -f +0 env -u FAKETIME \
    FAKETIME_TIMESTAMP_FILE=\"$PWD/its-clock\" FAKETIME_NO_CACHE=1 DONT_FAKE_MONOTONIC=1 \"$@\"";

#[test]
fn clock_set_during_a_measurement_is_measured_again() {
    // A few requests, each of which takes a second: 2 s after its start, the program is in the middle.
    let server = StandIn::start(&["--latency", "1s"]);
    let stage = Stage::new();
    let url = server.url("issuer");
    let done = SET.replace("exec", "(sleep 2; echo +1h >its-clock) & exec");
    let outcome = stage.run(&done, &["clock", "--json", "--timeout", "20s", "--http", url]).run();
    // By the clock after the change, not before.
    assert_eq!((outcome.code(), &outcome.json()["direction"]), (20, &"ahead".into()), "{outcome}");
    assert!(outcome.stderr.contains("it is being measured again"), "{outcome}");
}

#[test]
fn token_is_judged_by_sources_although_the_clock_is_set_meanwhile() {
    let server = StandIn::start(&["--latency", "1s"]);
    let stage = Stage::new();
    let sign = ["sign", "--secret-file", "secret.bin", "--exp", "+10min"];
    stage.write("token.txt", &stage.run("exec \"$@\"", &sign).run().stdout);
    let url = server.url("issuer");
    let done = SET.replace("exec", "(sleep 2; echo +1h >its-clock) & exec");
    let verify = ["verify", "--json", "--secret-file", "secret.bin", "--timeout", "20s"];
    let outcome = stage.run(&done, &[&verify[..], &["--clock", url, "-"]].concat()).run();
    assert_eq!(outcome.code(), 0, "{outcome}");
}

/// A program that ends with the test, and the rounds that it has reported.
struct Watch {
    child: Child,
    rounds: Lines<BufReader<ChildStdout>>,
}

impl Watch {
    /// Through the library alone: the `faketime` command stays alive with the program and would receive its signals.
    fn start(stage: &Stage, url: &str) -> Self {
        let preload = ["-f", "+0", "printenv", "LD_PRELOAD"];
        let library = Command::new(tool("faketime")).args(preload).output().unwrap().stdout;
        let mut run = Command::new(program());
        run.args(["clock", "--json", "--watch", "1s", "--http", url]);
        run.env("LD_PRELOAD", String::from_utf8(library).unwrap().trim());
        run.env("FAKETIME_TIMESTAMP_FILE", stage.folder().join("its-clock"));
        run.env("FAKETIME_NO_CACHE", "1").env("DONT_FAKE_MONOTONIC", "1");
        let mut child = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let rounds = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, rounds }
    }

    /// Waits for the next round, and returns its verdict.
    fn verdict(&mut self) -> String {
        let round = self.rounds.next().expect("another round").unwrap();
        let round: serde_json::Value = serde_json::from_str(&round).unwrap();
        round["verdict"].as_str().unwrap().to_owned()
    }

    /// Interrupts it; returns the exit status and the errors.
    fn end(mut self) -> (Option<i32>, String) {
        let interrupt = format!("kill -INT {}", self.child.id());
        assert!(Command::new("/bin/sh").args(["-c", &interrupt]).status().unwrap().success());
        let mut stderr = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        (self.child.wait().unwrap().code(), stderr)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn clock_set_between_two_rounds_is_reported() {
    let server = StandIn::start(&[]);
    let stage = Stage::new();
    stage.write("its-clock", "+0\n");
    let mut watch = Watch::start(&stage, server.url("issuer"));
    assert_eq!([watch.verdict(), watch.verdict()], ["ok", "ok"]);
    stage.write("its-clock", "+1h\n");
    let verdicts: Vec<String> = (0..5).map(|_| watch.verdict()).collect();
    let wrong = verdicts.iter().position(|verdict| verdict == "wrong");
    assert!(wrong.is_some_and(|at| at < 4), "{verdicts:?}");
    let (code, stderr) = watch.end();
    assert_eq!(code, Some(20), "{verdicts:?} {stderr}");
    assert!(stderr.contains("the clock was set in the meantime"), "{verdicts:?} {stderr}");
}
