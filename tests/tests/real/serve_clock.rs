//! `jwtick serve` on a host whose clock is wrong, set meanwhile or unknown.

use core::time::Duration;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use std::{env, fs, thread};

use jwtick_tests::{
    Answer, Authority, Chrony, Nginx, SECRET, Serve, TimeServer, fixture, jwtick, key_form,
    program, tool,
};
use serde_json::Value;
use tempfile::TempDir;

use crate::clock::{MACHINE, PRECISE, configuration, following};

/// A service with the secret of the fixtures, under a clock that the file `its-clock` shifts.
struct Shifted {
    folder: TempDir,
    serve: Serve,
}

impl Shifted {
    /// Starts it with these lines of `[serve]`.
    #[track_caller]
    fn start(shift: &str, lines: &str) -> Self {
        Self::with(shift, lines, "")
    }

    /// Starts it with these lines of `[serve]`, and further tables.
    #[track_caller]
    fn with(shift: &str, lines: &str, tables: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("its-clock"), format!("{shift}\n")).unwrap();
        // The library alone: the `faketime` command would receive the signals.
        let preload = ["-f", "+0", "printenv", "LD_PRELOAD"];
        let library = Command::new(tool("faketime")).args(preload).output().unwrap().stdout;
        let mut command = Command::new(program());
        command.env("LD_PRELOAD", String::from_utf8(library).unwrap().trim());
        command.env("FAKETIME_TIMESTAMP_FILE", folder.path().join("its-clock"));
        command.env("FAKETIME_NO_CACHE", "1").env("DONT_FAKE_MONOTONIC", "1");
        Self::by(folder, &mut command, lines, tables)
    }

    /// Starts it through a command, with these lines of `[serve]` and further tables.
    #[track_caller]
    fn by(folder: TempDir, command: &mut Command, lines: &str, tables: &str) -> Self {
        let path = |name: &str| folder.path().join(name);
        fs::write(path("secret"), SECRET).unwrap();
        let issuer =
            "[[serve.issuer]]\nname = \"login\"\nissuer = \"login\"\naudiences = [\"api\"]";
        let secret = path("secret");
        let text = format!("[serve]\n{lines}\n{issuer}\nsecret-file = {secret:?}\n{tables}");
        fs::write(path("jwtick.toml"), text).unwrap();
        let config = path("jwtick.toml");
        let serve = Serve::started(command, &["--config", config.to_str().unwrap()]);
        Self { folder, serve }
    }

    /// Starts it on a machine whose chronyd has these settings, once its report shows a state.
    #[track_caller]
    fn with_daemon(settings: &str, until: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("chrony.conf");
        fs::write(&file, configuration(folder.path(), settings)).unwrap();
        let mut command = alone();
        command.args(["sh", "-c", MACHINE, "sh"]).arg(file).arg(until).arg(program());
        Self::by(folder, &mut command, "", "")
    }

    /// Starts it on a machine without a daemon whose kernel reports this maximum error, in microseconds. The
    /// report is a recorded one, since the real one would need this machine's clock to be set.
    #[track_caller]
    fn with_kernel(status: u32, max_error: u32, lines: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let recorded = fs::read_to_string(fixture("os.txt")).unwrap();
        let report = recorded.split("== ").find(|it| it.starts_with("adjtimex-debian\n")).unwrap();
        let report = report.replace("status: 64", &format!("status: {status}"));
        let report = report.replace("maxerror: 16000000", &format!("maxerror: {max_error}"));
        let report = report.split_once('\n').unwrap().1;
        let tool = folder.path().join("adjtimex");
        fs::write(&tool, format!("#!/bin/sh\ncat <<'END'\n{report}END\n")).unwrap();
        fs::set_permissions(&tool, Permissions::from_mode(0o755)).unwrap();
        let mut command = alone();
        // Where `chronyc` looks for a daemon.
        command.args(["sh", "-c", "mount -t tmpfs none /run && exec \"$@\"", "sh"]);
        let path = env::var("PATH").unwrap();
        command.arg(program()).env("PATH", format!("{}:{path}", folder.path().display()));
        Self::by(folder, &mut command, lines, "")
    }

    fn set(&self, shift: &str) {
        fs::write(self.folder.path().join("its-clock"), format!("{shift}\n")).unwrap();
    }

    fn ready(&self) -> Value {
        self.serve.ask("GET /readyz HTTP/1.1\r\nHost: t\r\n\r\n").json()
    }

    fn clock(&self) -> Value {
        self.ready()["clock"].clone()
    }

    /// Status and reason of the answer to a token that expires then, by the true time.
    #[track_caller]
    fn verdict(&self, expires: &str) -> (u16, String) {
        let answer = self.answer(expires);
        (answer.status, answer.json()["reason"].as_str().unwrap_or_default().to_owned())
    }

    #[track_caller]
    fn answer(&self, expires: &str) -> Answer {
        let secret = self.folder.path().join("secret");
        let expires = format!("--exp={expires}");
        let secret = secret.to_str().unwrap();
        let sign = ["sign", "--secret-file", secret, "--iss", "login", "--aud", "api", &expires];
        let token = jwtick(sign).run().stdout;
        self.serve.verify(&format!("Authorization: Bearer {}\r\n", token.trim()))
    }

    #[track_caller]
    fn judges_rightly(&self, when: &str) {
        assert_eq!(self.verdict("+10m"), (200, String::new()), "{when}: {}", self.clock());
        assert_eq!(self.verdict("-10m"), (401, "expired".to_owned()), "{when}: {}", self.clock());
    }
}

/// Runs a command, and all that it starts, where other processes are hidden.
fn alone() -> Command {
    let mut command = Command::new(tool("unshare"));
    command.args(["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]);
    command
}

/// Waits until something is the case.
#[track_caller]
fn until(what: &str, mut is: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is() {
        assert!(started.elapsed() < Duration::from_secs(60), "never: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

fn named(servers: &[&TimeServer]) -> String {
    let names: Vec<String> = servers.iter().map(|it| format!("\"ntp:{}\"", it.address())).collect();
    format!("clock = [{}]\nclock-interval = \"1s\"", names.join(", "))
}

#[test]
fn wrong_clock_of_the_host_changes_no_verdict() {
    let servers = [TimeServer::ntp(0), TimeServer::ntp(0), TimeServer::ntp(0)];
    let lines = named(&servers.each_ref());
    for (shift, secs) in [("-1h", 3_600.0), ("+1h", -3_600.0), ("-2d", 172_800.0)] {
        let shifted = Shifted::start(shift, &lines);
        shifted.judges_rightly(shift);
        let clock = shifted.clock();
        assert_eq!(
            (&clock["basis"], &clock["witnesses"]),
            (&"sources".into(), &3.into()),
            "{clock}"
        );
        let [least, most] =
            ["least", "most"].map(|end| clock["host_offset_s"][end].as_f64().unwrap());
        assert!(least > secs - 2.0 && most < secs + 2.0, "{shift}: {clock}");
    }
}

#[test]
fn clock_that_is_set_meanwhile_changes_no_verdict() {
    let servers = [TimeServer::ntp(0), TimeServer::ntp(0), TimeServer::ntp(0)];
    let shifted = Shifted::start("+0", &named(&servers.each_ref()));
    shifted.judges_rightly("before");
    shifted.set("+5h");
    shifted.judges_rightly("at once");
    until("the step is seen", || shifted.clock()["steps"] == 1);
    shifted.judges_rightly("after it was seen");
    shifted.set("-5h");
    until("the other step is seen", || shifted.clock()["steps"] == 2);
    shifted.judges_rightly("after the other");
    let step = shifted.clock()["last_step_s"].as_f64().unwrap();
    assert!((step + 36_000.0).abs() < 2.0, "{step}");
}

#[test]
fn lying_minority_changes_no_verdict_and_a_split_gives_none() {
    let (one, other) = (TimeServer::ntp(0), TimeServer::ntp(0));
    let wrong = TimeServer::ntp(86_400);
    Shifted::start("+0", &named(&[&one, &wrong, &other])).judges_rightly("two of three");
    let split = Shifted::start("+0", &named(&[&one, &wrong]));
    assert_eq!(split.verdict("+10m"), (503, "clock_unknown".to_owned()));
    // Every clock is later than the program.
    assert_eq!(split.verdict("2017-03-01T00:00:00Z"), (401, "expired".to_owned()));
    let clock = split.clock();
    assert_eq!(clock["basis"], "none", "{clock}");
    assert!(clock["message"].as_str().unwrap().contains("contradict each other"), "{clock}");
}

#[test]
fn bounds_outlive_their_sources() {
    let server = TimeServer::ntp(0);
    let shifted = Shifted::start("-1h", &named(&[&server]));
    shifted.judges_rightly("measured");
    drop(server);
    until("the source is missed", || shifted.clock()["message"].is_string());
    shifted.judges_rightly("without the source");
    shifted.set("+1h");
    shifted.judges_rightly("without the source, and set");
}

#[test]
fn sources_that_change_their_mind_widen_the_bounds_until_the_next_measurement() {
    let server = TimeServer::ntp(0);
    let address = server.address();
    let shifted = Shifted::start("+0", &named(&[&server]));
    shifted.judges_rightly("measured");
    drop(server);
    let _wrong = TimeServer::ntp_at(&*address, 3_600);
    until("both count", || {
        let clock = shifted.clock();
        clock["width_s"].as_i64().is_some_and(|width| width >= 3_600)
            || clock["host_offset_s"]["least"].as_f64().is_some_and(|it| it > 3_000.0)
    });
}

#[test]
fn daemon_of_this_host_gives_the_time() {
    let ahead = Chrony::shifted("+1h");
    let served = Shifted::with_daemon(&following(&ahead), PRECISE);
    let clock = served.clock();
    assert_eq!((&clock["basis"], &clock["message"]), (&"daemon".into(), &Value::Null), "{clock}");
    let [least, most] = ["least", "most"].map(|end| clock["host_offset_s"][end].as_f64().unwrap());
    assert!((3_599.9..3_600.0).contains(&least) && (3_600.0..3_600.1).contains(&most), "{clock}");
    assert_eq!(served.verdict("+50m"), (401, "expired".to_owned()));
    assert_eq!(served.verdict("+70m"), (200, String::new()));
    assert_eq!(served.serve.entry()["clock"], "daemon");
}

#[test]
fn kernel_gives_the_error_of_a_clock_whose_daemon_is_hidden() {
    let served = Shifted::with_kernel(8_193, 30_000_000, "");
    let clock = served.clock();
    assert_eq!(clock["basis"], "kernel", "{clock}");
    assert!((60..63).contains(&clock["width_s"].as_i64().unwrap()), "{clock}");
    assert_eq!(served.verdict("+10s"), (503, "undecided".to_owned()));
    let entry = served.serve.entry();
    assert_eq!((&entry["clock"], &entry["verdict"]), (&"kernel".into(), &"undecided".into()));
    served.judges_rightly("with the error of the kernel");
    // Not synchronized: its error says nothing.
    let unknown = Shifted::with_kernel(64, 30_000_000, "unverified-clock = \"refuse\"");
    assert_eq!(unknown.verdict("+10m"), (503, "clock_unknown".to_owned()));
}

#[test]
fn undecided_tokens_pass_with_a_header_if_the_policy_allows_it() {
    const HEADER: &str = "x-jwtick-undecided";
    let served = Shifted::with_kernel(8_193, 30_000_000, "undecided = \"allow\"");
    for (expires, status, header) in
        [("+10s", 200, Some("time")), ("+10m", 200, Some("")), ("-10m", 401, None)]
    {
        let answer = served.answer(expires);
        assert_eq!((answer.status, answer.field(HEADER)), (status, header), "{expires}: {answer}");
        let verdict = if status == 200 { "allow" } else { "refuse" };
        assert_eq!(served.serve.entry()["verdict"], verdict, "{expires}");
    }
}

#[test]
fn unverified_clock_is_taken_or_refused() {
    let taken = Shifted::start("-1h", "");
    if taken.clock()["basis"] != "host" {
        return; // This host has a time daemon, whose report is used.
    }
    assert!(taken.clock()["message"].is_string(), "{}", taken.clock());
    assert_eq!(taken.verdict("-10m"), (200, String::new()), "as every verifier would");
    let refused = Shifted::start("+0", "unverified-clock = \"refuse\"");
    assert_eq!(refused.verdict("+10m"), (503, "clock_unknown".to_owned()));
    assert_eq!(refused.verdict("2017-03-01T00:00:00Z"), (401, "expired".to_owned()));
    // A clock that was never set is not taken.
    let unset = Shifted::start("@1970-01-01 00:20:00", "");
    assert_eq!(unset.verdict("+10m"), (503, "clock_unknown".to_owned()));
}

#[test]
fn certificate_of_an_issuer_is_judged_at_the_measured_time() {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let year = 1970 + i32::try_from(since / 31_556_952).unwrap();
    let authority = Authority::new("An Authority");
    let identity = authority.certify("localhost", year, year + 2);
    let jwk =
        ["key", "public", "--format", "jwk", &key_form("p256.pkcs8.pem").display().to_string()];
    let jwk = jwtick(jwk).run().stdout;
    let answer = format!("location = /keys {{ return 200 '{{\"keys\":[{}]}}'; }}", jwk.trim());
    let issuer = Nginx::serving(&identity, &answer);
    let tables = format!(
        "[[serve.issuer]]\nname = \"tls\"\nissuer = \"tls\"\naudiences = [\"api\"]\nkey = \"{}keys\"\n\
         [serve.issuer.fetch]\nallow-private = true\nca = {:?}\n",
        issuer.url(),
        authority.file()
    );
    let server = TimeServer::ntp(0);
    let state = |shifted: &Shifted, member: &str| shifted.ready()["issuers"][1][member].clone();
    let measured = Shifted::with("-4y", &named(&[&server]), &tables);
    until("the keys are fetched", || state(&measured, "keys") == true);
    assert_eq!(state(&measured, "fault"), Value::Null);
    let ahead = TimeServer::ntp(4 * 31_556_952);
    let expired = Shifted::with("+0", &named(&[&ahead]), &tables);
    until("the certificate is judged", || state(&expired, "fault") == "certificate");
    assert_eq!(state(&expired, "keys"), false);
}
