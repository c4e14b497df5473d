//! One host counts once, however it is named, and a step or a redirect goes no further than it may.
#![cfg(test)]

use core::net::SocketAddr;
use core::time::Duration;
use std::io::ErrorKind;
use std::net::{TcpListener, UdpSocket};
use std::thread;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jwtick_tests::{Outcome, Schema, TimeServer, fixture, jwtick, token};
use serde_json::Value;

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// A clock as `--clock` names it.
type Clock = String;

#[track_caller]
fn clock(clocks: &[Clock], more: &[&str]) -> Outcome {
    let mut arguments = vec!["clock".to_owned()];
    for clock in clocks {
        let (option, name) = match clock.strip_prefix("ntp:") {
            Some(host) => ("--ntp", host),
            None => ("--http", clock.as_str()),
        };
        arguments.extend([option.to_owned(), name.to_owned()]);
    }
    arguments.extend(more.iter().map(|&argument| argument.to_owned()));
    let done = jwtick(arguments).run();
    if more.contains(&"--json") {
        let fits = Schema::load("clock").and_then(|schema| schema.check(&done.json()));
        assert_eq!(fits, Ok(()), "{done}");
    }
    done
}

#[track_caller]
fn verify(token: &str, clocks: &[Clock], more: &[&str]) -> Outcome {
    let secret = fixture("keys/hs.secret").display().to_string();
    let named = clocks.iter().flat_map(|clock| ["--clock", clock]);
    let first = ["verify", "--secret-file", &secret, token];
    jwtick(first.into_iter().chain(named).chain(more.iter().copied())).run()
}

fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

fn ntp(host: &str, port: impl core::fmt::Display) -> Clock {
    format!("ntp:{host}:{port}")
}

/// Servers of one host whose clock is wrong by `ahead` seconds.
struct Liar {
    servers: Vec<TimeServer>,
    /// Two names of the host, each with a description.
    pairs: Vec<(&'static str, [Clock; 2])>,
}

impl Liar {
    fn of(ahead: i64) -> Self {
        let (one, web) = (
            TimeServer::ntp_at("127.0.0.1:0", ahead),
            TimeServer::http_at("127.0.0.1:0", ahead, ""),
        );
        let (everywhere, other) =
            (TimeServer::http_at("0.0.0.0:0", ahead, ""), TimeServer::ntp_at("127.0.0.1:0", ahead));
        let (port, plain) = (one.port(), ntp("127.0.0.1", one.port()));
        let url = |host: &str, path: &str| format!("http://{host}:{}/{path}", web.port());
        let mut pairs = vec![
            ("a name", [plain.clone(), ntp("localhost", port)]),
            ("letter case", [ntp("localhost", port), ntp("LOCALHOST", port)]),
            ("a short form", [plain.clone(), ntp("127.1", port)]),
            ("a zero before the port", [plain.clone(), ntp("127.0.0.1", format!("0{port}"))]),
            ("the unspecified address", [plain.clone(), ntp("0.0.0.0", port)]),
            (
                "all addresses of loopback",
                ["127.0.0.1", "127.9.9.9"].map(|ip| format!("http://{ip}:{}/", everywhere.port())),
            ),
            ("another port", [plain.clone(), ntp("127.0.0.1", other.port())]),
            ("two paths", [url("127.0.0.1", "a"), url("127.0.0.1", "b")]),
            ("a name in a URL", [url("127.0.0.1", ""), url("LocalHost", "")]),
            ("two protocols", [plain.clone(), url("127.0.0.1", "")]),
        ];
        let mut servers = vec![one, web, everywhere, other];
        if UdpSocket::bind("[::1]:0").is_ok() {
            let six = TimeServer::ntp_at("[::1]:0", ahead);
            pairs.push(("IPv6", [plain.clone(), ntp("[::1]", six.port())]));
            pairs.push(("a mapped address", [plain, ntp("[::ffff:127.0.0.1]", port)]));
            servers.push(six);
        }
        Self { servers, pairs }
    }

    /// Runs `check` for each pair at the same time: a series of `Date`s takes seconds.
    fn check(&self, check: impl Fn(&str, &[Clock; 2]) + Sync) {
        assert!(self.servers.len() >= 3);
        thread::scope(|scope| {
            let run = |(name, pair): &'_ (&'static str, [Clock; 2])| check(name, pair);
            let runs: Vec<_> =
                self.pairs.iter().map(|pair| scope.spawn(move || run(pair))).collect();
            assert!(runs.into_iter().all(|run| run.join().is_ok()), "see above");
        });
    }
}

#[test]
fn one_host_by_two_names_is_one_witness() {
    Liar::of(HOUR).check(|name, pair| {
        let honest = TimeServer::ntp(0);
        let done = clock(pair, &["--json"]);
        let json = done.json();
        assert_eq!((done.code(), &json["rests_on"]), (20, &1.into()), "{name}: {done}");
        assert_eq!(json["sources"][0]["same_host_as"], Value::Null, "{name}: {done}");
        let first = &json["sources"][0]["name"];
        assert_eq!(&json["sources"][1]["same_host_as"], first, "{name}: {done}");
        let notes = json["sources"][1]["notes"].to_string();
        assert!(notes.contains(&format!("the same host as {}", pair[0])), "{name}: {notes}");
        // It does not outvote an honest server.
        let three = [pair[0].clone(), pair[1].clone(), ntp("", honest.address())];
        let three = three.map(|clock| clock.replace("ntp::", "ntp:"));
        let done = clock(&three, &["--json"]);
        assert_eq!((done.code(), &done.json()["verdict"]), (21, &"undecided".into()), "{name}");
    });
}

#[test]
fn many_names_of_two_hosts_are_at_most_two_witnesses() {
    let (liar, other) = (Liar::of(HOUR), TimeServer::ntp(HOUR));
    let mut clocks: Vec<Clock> = liar.pairs.iter().flat_map(|(_, pair)| pair.clone()).collect();
    let done = clock(&clocks, &["--json", "--timeout", "10s"]);
    assert_eq!((done.code(), &done.json()["rests_on"]), (20, &1.into()), "{done}");
    let zero = other.address().replace(':', ":0");
    clocks.extend([other.address(), zero].map(|address| format!("ntp:{address}")));
    let done = clock(&clocks, &["--json", "--timeout", "10s"]);
    assert_eq!((done.code(), &done.json()["rests_on"]), (20, &2.into()), "{done}");
    let summary = done.json()["summary"].to_string();
    assert!(summary.contains("2 of 2 hosts agree"), "{summary}");
}

#[test]
fn step_needs_two_hosts() {
    Liar::of(HOUR).check(|name, pair| {
        let done = clock(pair, &["--step", "--yes"]);
        assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{name}: {done}");
        assert!(done.stderr.contains("only one source confirms the time"), "{name}: {done}");
        assert!(done.stderr.contains("the same host as"), "{name}: {done}");
    });
}

#[test]
fn verify_accepts_no_expired_token_on_the_word_of_one_host() {
    let expired = token(&format!(r#"{{"exp":{}}}"#, now() - 100 * DAY));
    Liar::of(-101 * DAY).check(|name, pair| {
        let honest = TimeServer::ntp(0);
        let mut clocks = pair.to_vec();
        clocks.push(format!("ntp:{}", honest.address()));
        let done = verify(&expired, &clocks, &["--json"]);
        assert_ne!(done.json()["verdict"], "accept", "{name}: {done}");
        let fits = Schema::load("verify").and_then(|schema| schema.check(&done.json()));
        assert_eq!(fits, Ok(()), "{done}");
        let sources = &done.json()["clock"]["sources"];
        assert_eq!(sources[1]["same_host_as"], sources[0]["name"], "{name}: {done}");
        let said = verify(&expired, &clocks, &[]);
        assert!(said.stdout.contains("the same host as"), "{name}: {said}");
    });
}

#[test]
fn hosts_at_different_addresses_are_witnesses_of_their_own() {
    let (one, two) = (TimeServer::ntp(HOUR), TimeServer::http(HOUR));
    let clocks = [format!("ntp:{}", one.address()), two.url()];
    let json = clock(&clocks, &["--json"]).json();
    assert_eq!(json["rests_on"], 2, "{json}");
    assert!(json["summary"].as_str().unwrap().ends_with("2 of 2 sources agree."), "{json}");
}

#[test]
fn host_that_contradicts_itself_supports_nothing() {
    let (right, wrong) =
        (TimeServer::ntp_at("127.0.0.1:0", 0), TimeServer::ntp_at("127.0.0.1:0", HOUR));
    let other = TimeServer::ntp(0);
    let clocks = [&right, &wrong, &other].map(|server| format!("ntp:{}", server.address()));
    let done = clock(&clocks, &["--json"]);
    let json = done.json();
    assert_eq!((done.code(), &json["rests_on"]), (21, &0.into()), "{done}");
    let notes = json["sources"][1]["notes"].to_string();
    assert!(notes.contains("their answers contradict each other"), "{done}");
    for (language, words) in [("de", "widersprechen einander"), ("ko", "서로 모순되므로")] {
        let done = clock(&clocks, &["--lang", language]);
        assert!(done.stdout.contains(words), "{done}");
    }
}

#[test]
fn urls_that_redirect_to_one_host_are_one_witness() {
    let third = TimeServer::http(HOUR);
    let to = format!("Location: {}\r\n", third.url());
    let starts = ["127.0.0.2:0", "127.0.0.3:0"].map(|at| TimeServer::http_at(at, 0, &to));
    let clocks = starts.each_ref().map(TimeServer::url);
    let mut run = vec!["clock", "--json", "--follow"];
    run.extend(clocks.iter().flat_map(|url| ["--http", url]));
    let done = jwtick(run).run();
    let json = done.json();
    assert_eq!((done.code(), &json["rests_on"]), (20, &1.into()), "{done}");
    assert_eq!(json["sources"][1]["same_host_as"], json["sources"][0]["name"], "{done}");
}

/// Returns true if a client has connected.
fn was_contacted(listener: &TcpListener) -> bool {
    listener.set_nonblocking(true).unwrap();
    !matches!(listener.accept(), Err(error) if error.kind() == ErrorKind::WouldBlock)
}

#[test]
fn redirect_to_another_host_needs_follow() {
    let other = TcpListener::bind("127.0.0.2:0").unwrap();
    let to = format!("Location: http://{}/\r\n", other.local_addr().unwrap());
    let start = TimeServer::http_at("127.0.0.1:0", 0, &to);
    for (language, words) in [("en", "another host"), ("de", "anderen Host"), ("ko", "다른 호스트")]
    {
        let done = clock(&[start.url()], &["--lang", language]);
        assert_eq!(done.code(), 1, "{done}");
        assert!(done.stdout.contains("--follow") && done.stdout.contains(words), "{done}");
    }
    let fresh = token(&format!(r#"{{"exp":{}}}"#, now() + 60));
    let done = verify(&fresh, &[start.url()], &[]);
    assert!(done.code() == 1 && done.stderr.contains("--follow"), "{done}");
    assert!(!was_contacted(&other), "the host was not named");
    let followed = clock(&[start.url()], &["--follow", "--timeout", "1s"]);
    assert!(was_contacted(&other), "{followed}");
}

#[test]
fn redirect_within_the_host_is_followed() {
    let end = TimeServer::http_at("127.0.0.1:0", HOUR, "");
    for host in ["127.0.0.1", "localhost"] {
        let to = format!("Location: http://{}:{}/\r\n", host.to_uppercase(), end.port());
        let start = TimeServer::http_at("127.0.0.1:0", 0, &to);
        let url = start.url().replace("127.0.0.1", host);
        let done = clock(&[url], &["--json"]);
        assert_eq!(done.code(), 20, "{done}");
    }
}

#[test]
fn redirect_to_a_link_local_address_is_never_followed() {
    const ROWS: &[&str] = &[
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        // As numbers, which the resolver reads as addresses.
        "http://2852039166/",
        "http://0xa9.254.169.254/",
    ];
    for to in ROWS {
        let start = TimeServer::http_at("127.0.0.1:0", 0, &format!("Location: {to}\r\n"));
        let started = Instant::now();
        let done = clock(&[start.url()], &["--follow", "--timeout", "30s"]);
        assert_eq!(done.code(), 1, "{to}: {done}");
        let said = done.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("link-local"), "{to}: {done}");
        assert!(started.elapsed() < Duration::from_secs(25), "{to}: {:?}", started.elapsed());
    }
}

#[test]
fn two_liars_cannot_step_a_clock_by_years() {
    let liars = [TimeServer::ntp(60 * 366 * DAY), TimeServer::ntp(60 * 366 * DAY)];
    let clocks = liars.each_ref().map(|liar| format!("ntp:{}", liar.address()));
    // Nothing is set in any case: the harness removes the privilege.
    let rows: &[(&str, &[&str], &str)] = &[
        ("by default", &[], "a step is at most 1 d long"),
        ("a lower limit", &["--max-step", "1h"], "a step is at most 1 h long"),
        ("a higher limit", &["--max-step", "22000d"], "`sudo jwtick clock "),
    ];
    for (name, more, reason) in rows {
        let done = clock(&clocks, &[&["--step", "--yes"], *more].concat());
        assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{name}: {done}");
        assert!(done.stderr.contains(reason), "{name}: {done}");
    }
    for (language, words) in [("de", "höchstens 1 d"), ("ko", "최대 1일")] {
        let done = clock(&clocks, &["--step", "--yes", "--lang", language]);
        assert!(done.stderr.contains(words) && done.stderr.contains("--max-step"), "{done}");
    }
    let usage = clock(&clocks, &["--max-step", "1h"]);
    assert_eq!(usage.code(), 2, "{usage}");
}

#[test]
fn verify_and_sign_say_that_one_host_decided() {
    let (one, two) = (TimeServer::ntp(0), TimeServer::ntp(0));
    let [one, two] = [one.address(), two.address()].map(|address| format!("ntp:{address}"));
    let fresh = token(&format!(r#"{{"exp":{}}}"#, now() + 600));
    const ROWS: &[(&str, &str)] =
        &[("en", "Only one host decided"), ("de", "Nur ein Host hat"), ("ko", "호스트 하나만으로")];
    let secret = fixture("keys/hs.secret").display().to_string();
    let alone = [one.clone()];
    for &(language, words) in ROWS {
        let done = verify(&fresh, &alone, &["--lang", language]);
        assert!(done.code() == 0 && done.stdout.contains(words), "{done}");
        let sign = ["sign", "--secret-file", &secret, "--exp", "+5m", "--clock", &one];
        let done = jwtick(sign.into_iter().chain(["--lang", language])).run();
        assert!(done.code() == 0 && done.stderr.contains(words), "{done}");
        let done = jwtick(sign.into_iter().chain(["--clock", &two, "--lang", language])).run();
        assert!(done.code() == 0 && !done.stderr.contains(words), "{done}");
        let done = verify(&fresh, &[one.clone(), two.clone()], &["--lang", language]);
        assert!(done.code() == 0 && !done.stdout.contains(words), "{done}");
    }
    let clock = verify(&fresh, &alone, &["--json"]).json()["clock"].clone();
    assert_eq!((&clock["rests_on"], &clock["authenticated"]), (&1.into(), &false.into()));
    let own = verify(&fresh, &[], &["--json"]).json()["clock"].clone();
    assert_eq!((&own["rests_on"], &own["authenticated"]), (&Value::Null, &Value::Null));
}

#[test]
fn servers_of_tests_have_addresses_of_their_own() {
    let addresses: Vec<SocketAddr> =
        (0..2).map(|_| TimeServer::ntp(0).address().parse().unwrap()).collect();
    assert_ne!(addresses[0].ip(), addresses[1].ip());
}
