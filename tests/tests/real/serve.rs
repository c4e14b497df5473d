//! `jwtick serve` with real Redis servers, a real disk that fills up, and sockets of systemd.

use core::net::Ipv4Addr;
use core::time::Duration;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jwtick_tests::{
    Answer, Authority, Connection, Serve, fixture, free_tcp_port, jwtick, program, token,
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Time limit for what a test waits for.
const PATIENCE: Duration = Duration::from_secs(30);

/// A Redis server on loopback that ends with the test.
struct Redis {
    folder: TempDir,
    port: u16,
    child: Child,
    settings: Vec<String>,
}

impl Redis {
    #[track_caller]
    fn start(settings: &[&str]) -> Self {
        let (folder, port) = (TempDir::new().unwrap(), free_tcp_port());
        let settings: Vec<String> = settings.iter().map(|it| (*it).to_owned()).collect();
        let child = Self::spawn(folder.path(), port, &settings);
        let redis = Self { folder, port, child, settings };
        redis.answers();
        redis
    }

    fn spawn(folder: &Path, port: u16, settings: &[String]) -> Child {
        let mut command = Command::new("redis-server");
        command.args(["--bind", "127.0.0.1", "--save", "", "--port", &port.to_string()]);
        command.arg("--dir").arg(folder).args(settings);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("redis-server, which `.ci/run install` brings")
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    #[track_caller]
    fn answers(&self) {
        wait_for("Redis", || self.ask("PING").starts_with("+PONG"));
    }

    /// The first line of the answer to an inline command.
    fn ask(&self, command: &str) -> String {
        let mut line = String::new();
        if let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)) {
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            let _ = stream.write_all(format!("{command}\r\n").as_bytes());
            let _ = BufReader::new(stream).read_line(&mut line);
        }
        line
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    #[track_caller]
    fn restart(&mut self) {
        self.child = Self::spawn(self.folder.path(), self.port, &self.settings);
        self.answers();
    }

    fn signal(&self, signal: &str) {
        let kill = format!("kill -{signal} {}", self.child.id());
        assert!(Command::new("/bin/sh").args(["-c", &kill]).status().unwrap().success());
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
fn wait_for(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn arguments(more: &[&str]) -> Vec<String> {
    let secret = fixture("keys/hs.secret").display().to_string();
    let own = ["--secret-file", &secret, "--aud", "api"];
    own.iter().chain(more).map(|argument| (*argument).to_owned()).collect()
}

#[track_caller]
fn started(command: &mut Command, store: &str) -> Serve {
    let arguments = arguments(&["--replay-store", store]);
    Serve::started(command, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

#[track_caller]
fn serve(store: &str) -> Serve {
    started(&mut Command::new(program()), store)
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// A good token with this identifier.
fn once(jti: impl core::fmt::Display) -> String {
    let claims =
        json!({"iss": "a", "aud": "api", "exp": now() + 300, "jti": jti.to_string()}).to_string();
    format!("Authorization: Bearer {}\r\n", token(&claims))
}

fn reason(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json()["reason"].as_str().unwrap_or_default().to_owned())
}

const NEW: (u16, &str) = (200, "");
const REPLAYED: (u16, &str) = (401, "replayed");
const DOWN: (u16, &str) = (503, "replay_store_unavailable");

#[track_caller]
fn expect(service: &Serve, jti: &str, (status, expected): (u16, &str), row: &str) {
    let answer = service.verify(&once(jti));
    assert_eq!(reason(&answer), (status, expected.to_owned()), "{row}: {answer}");
}

fn ready(service: &Serve) -> (u16, Value) {
    let answer = service.ask("GET /readyz HTTP/1.1\r\nHost: t\r\n\r\n");
    (answer.status, answer.json())
}

/// Waits until the service is not ready for a reason with these words.
#[track_caller]
fn not_ready(service: &Serve, words: &str) {
    wait_for(words, || {
        let (status, ready) = ready(service);
        status == 503 && ready["reasons"].to_string().contains(words)
    });
}

#[track_caller]
fn is_ready(service: &Serve) {
    wait_for("a service that is ready", || ready(service).0 == 200);
}

/// Two services race for each of ten thousand identifiers.
#[test]
fn one_of_two_nodes_wins_each_race() {
    const ROUNDS: usize = 10_000;
    let redis = Redis::start(&[]);
    let nodes = [serve(&redis.url()), serve(&redis.url())];
    nodes.iter().for_each(is_ready);
    let race = |address| {
        let mut connection = Connection::to(address).unwrap();
        let ask = |jti: usize| {
            let request = format!("GET /verify HTTP/1.1\r\nHost: t\r\n{}\r\n", once(jti));
            loop {
                // On a busy machine, the server may be late, and then a node does not know.
                match connection.ask(&request).unwrap().status {
                    503 => {}
                    status => return status,
                }
            }
        };
        (0..ROUNDS).map(ask).collect::<Vec<u16>>()
    };
    let [one, other] = thread::scope(|scope| {
        let racers = nodes.each_ref().map(Serve::address);
        racers.map(|node| scope.spawn(move || race(node))).map(|it| it.join().unwrap())
    });
    let mut undecided = 0;
    for (jti, pair) in one.into_iter().zip(other).enumerate() {
        match pair {
            (200, 401) | (401, 200) => {}
            // The entry of an answer that was late.
            (401, 401) => undecided += 1,
            _ => panic!("{jti}: {pair:?}"),
        }
    }
    assert!(undecided < ROUNDS / 100, "{undecided} tokens passed nowhere");
}

#[test]
fn tokens_are_refused_while_redis_is_killed() {
    let mut redis = Redis::start(&["--appendonly", "yes", "--appendfsync", "always"]);
    let service = serve(&redis.url());
    is_ready(&service);
    expect(&service, "1", NEW, "before");
    redis.kill();
    expect(&service, "1", DOWN, "a used one while it is down");
    expect(&service, "2", DOWN, "a new one while it is down");
    not_ready(&service, "the Redis server does not work");
    redis.restart();
    is_ready(&service);
    expect(&service, "1", REPLAYED, "the entry outlasts the restart");
    expect(&service, "2", NEW, "was not accepted before");
}

#[test]
fn redis_that_lost_its_entries_is_not_trusted() {
    let mut redis = Redis::start(&[]);
    let [service, other] = [serve(&redis.url()), serve(&redis.url())];
    is_ready(&service);
    expect(&service, "1", NEW, "before");
    redis.kill();
    redis.restart();
    not_ready(&service, "lost its entries");
    not_ready(&other, "lost its entries");
    expect(&service, "1", DOWN, "would be a replay");
    expect(&other, "1", DOWN, "would be a replay");
    let third = serve(&redis.url());
    not_ready(&third, "lost its entries");
    expect(&third, "1", DOWN, "a node that starts now knows it, too");
    // The operator accepts the risk.
    assert!(redis.ask("DEL jwtick:replay:lost").starts_with(":1"));
    is_ready(&service);
    expect(&service, "2", NEW, "after the decision");
}

#[test]
fn mark_of_a_loss_outlasts_the_entries_that_a_reload_permits() {
    let (redis, folder) = (Redis::start(&[]), TempDir::new().unwrap());
    let (file, secret) = (folder.path().join("jwtick.toml"), fixture("keys/hs.secret"));
    let policies = |longest: &str| {
        let text = format!(
            "[serve]\nreplay-store = \"{}\"\nreplay-longest = \"{longest}\"\n[[serve.issuer]]\n\
             name = \"a\"\nsecret-file = {secret:?}\naudiences = [\"api\"]\nreplay = \"refuse\"\n",
            redis.url()
        );
        fs::write(&file, text).unwrap();
    };
    policies("10m");
    let service = Serve::start(&["--config", file.to_str().unwrap()]);
    expect(&service, "1", NEW, "before the reload");
    policies("2h");
    service.signal("HUP");
    while !service.line().contains("reloaded: ") {}
    assert!(redis.ask("FLUSHALL").starts_with("+OK"));
    expect(&service, "2", DOWN, "after the loss");
    wait_for("the mark", || redis.ask("EXISTS jwtick:replay:lost").starts_with(":1"));
    let left = redis.ask("PTTL jwtick:replay:lost");
    let left: u64 = left.trim().trim_start_matches(':').parse().unwrap();
    assert!(left > 3_600_000, "{left} ms");
}

#[test]
fn redis_that_evicts_is_refused() {
    let redis = Redis::start(&["--maxmemory-policy", "allkeys-lru"]);
    let listen = ["serve", "--listen", "127.0.0.1:0"].map(str::to_owned);
    let own = listen.into_iter().chain(arguments(&["--replay-store", &redis.url()]));
    let done = jwtick(own).run();
    assert!(done.code() == 1 && done.stderr.contains("maxmemory-policy `allkeys-lru`"), "{done}");

    redis.ask("CONFIG SET maxmemory-policy noeviction");
    let service = serve(&redis.url());
    is_ready(&service);
    expect(&service, "1", NEW, "without eviction");
    redis.ask("CONFIG SET maxmemory-policy volatile-ttl");
    not_ready(&service, "volatile-ttl");
    expect(&service, "2", DOWN, "the policy was changed meanwhile");
    redis.ask("CONFIG SET maxmemory-policy noeviction");
    is_ready(&service);
    redis.ask("CONFIG SET maxmemory 1");
    wait_for("a full server", || reason(&service.verify(&once("3"))).0 == 503);
    redis.ask("CONFIG SET maxmemory 0");
    is_ready(&service);
    expect(&service, "1", REPLAYED, "nothing was evicted");
}

/// An ACL may forbid INFO.
/// The same server with and without TLS: only a certificate for its name, by an authority that this host
/// trusts, is connected to.
#[test]
fn redis_is_used_over_tls_if_its_certificate_is_trusted() {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let year = 1970 + i32::try_from(since / 31_556_952).unwrap();
    let authority = Authority::new("An Authority");
    for (row, name, is_trusted, expected) in [
        ("trusted", "localhost", true, NEW),
        ("another authority", "localhost", false, DOWN),
        ("another name", "other.example", true, DOWN),
    ] {
        let (folder, port) = (TempDir::new().unwrap(), free_tcp_port());
        let identity = authority.certify(name, year, year + 2);
        let [certificate, key] = ["certificate", "key"].map(|it| folder.path().join(it));
        fs::write(&certificate, identity.certificate).unwrap();
        fs::write(&key, identity.key).unwrap();
        let (certificate, key) = (certificate.to_str().unwrap(), key.to_str().unwrap());
        let tls = format!(
            "--tls-port {port} --tls-cert-file {certificate} --tls-key-file {key} --tls-auth-clients no"
        );
        let redis = Redis::start(&tls.split(' ').collect::<Vec<_>>());
        let mut command = Command::new(program());
        if is_trusted {
            command.env("SSL_CERT_FILE", authority.file());
        }
        let service = started(&mut command, &format!("rediss://localhost:{port}/"));
        expect(&service, "1", expected, row);
        if expected == NEW {
            expect(&service, "1", REPLAYED, row);
            assert!(redis.ask("DBSIZE").starts_with(":2"), "an entry and the epoch");
        } else {
            let (status, ready) = ready(&service);
            let reasons = ready["reasons"].to_string();
            assert!(status == 503 && reasons.contains("ertificate"), "{row}: {ready}");
        }
    }
}

/// A token that was used needs more than a leeway.
#[test]
fn leeway_is_not_stated_for_a_token_that_redis_knows() {
    let redis = Redis::start(&[]);
    let early = |jti: &str| {
        let claims =
            json!({"iss": "a", "aud": "api", "nbf": now() + 900, "exp": now() + 1_800, "jti": jti});
        format!("Authorization: Bearer {}\r\n", token(&claims.to_string()))
    };
    let (used, unused) = (early("1"), early("2"));
    let arguments = arguments(&["--replay-store", &redis.url(), "--leeway", "1h"]);
    let lenient = Serve::start(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(lenient.verify(&used).status, 200);
    let strict = serve(&redis.url());
    let leeway = |fields: &str| {
        assert_eq!(strict.verify(fields).status, 401);
        strict.entry()["leeway_s"].clone()
    };
    assert_eq!(leeway(&used), Value::Null);
    // A server that is slow to answer leaves it unknown.
    wait_for("a leeway", || leeway(&unused).as_i64().is_some_and(|secs| secs > 800));
}

#[test]
fn policy_that_cannot_be_read_is_reported() {
    let redis = Redis::start(&[]);
    let rule = "ACL SETUSER node on >hunter2 ~jwt* +@all -info";
    assert!(redis.ask(rule).starts_with("+OK"), "{rule}");
    let service = serve(&format!("redis://node:hunter2@127.0.0.1:{}/", redis.port));
    is_ready(&service);
    assert_eq!(ready(&service).1["replay"]["eviction_unknown"], true);
    let warning = service.line();
    assert!(warning.contains("does not say whether it evicts keys"), "{warning}");
    assert!(!warning.contains("hunter2"), "{warning}");
    expect(&service, "1", NEW, "with the rights that are needed");
}

#[test]
fn slow_redis_is_not_waited_for() {
    let redis = Redis::start(&[]);
    let service = serve(&redis.url());
    is_ready(&service);
    expect(&service, "1", NEW, "before");
    redis.signal("STOP");
    expect(&service, "1", DOWN, "a used one");
    expect(&service, "2", DOWN, "a new one");
    redis.signal("CONT");
    is_ready(&service);
    expect(&service, "1", REPLAYED, "afterwards");
    expect(&service, "3", NEW, "afterwards");
}

#[test]
fn service_starts_before_redis() {
    let mut redis = Redis::start(&[]);
    redis.kill();
    let service = serve(&redis.url());
    expect(&service, "1", DOWN, "not there yet");
    redis.restart();
    is_ready(&service);
    expect(&service, "1", NEW, "there");
}

/// A file system in memory, in namespaces of its own, that has room for an empty store and little more.
#[test]
fn store_recovers_when_a_full_disk_has_room_again() {
    let folder = TempDir::new().unwrap();
    let place = folder.path().display().to_string();
    let script = format!(
        "mount -t tmpfs -o size=8m none '{place}' && exec \"$@\"" // the store takes 3 MB
    );
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "--user", "sh", "-c", &script, "sh"]);
    let service = started(command.arg(program()), &format!("{place}/used"));
    let inside = format!("/proc/{}/root{place}", service.id());
    expect(&service, "first", NEW, "with room");
    let ballast = format!("{inside}/ballast");
    let _ = fs::File::create(&ballast).unwrap().write_all(&vec![0; 9 << 20]);
    let refused = (0..100_000)
        .find(|jti| service.verify(&once(jti)).status == 503 && ready(&service).0 == 503);
    let refused = refused.expect("a full disk").to_string();
    not_ready(&service, "the replay store cannot be written");
    expect(&service, "first", REPLAYED, "while the disk is full");
    fs::remove_file(&ballast).unwrap();
    is_ready(&service);
    expect(&service, "first", REPLAYED, "with room again");
    expect(&service, &refused, NEW, "was not accepted");
}

/// systemd-socket-activate(1) starts the service for the first connection.
#[test]
fn socket_of_systemd_is_served() {
    let folder = TempDir::new().unwrap();
    let port = free_tcp_port();
    let path = folder.path().join("socket");
    let places = [format!("127.0.0.1:{port}"), path.display().to_string()];
    for place in &places {
        let mut command = Command::new("systemd-socket-activate");
        command.args(["--listen", place]).arg(program()).args(["serve", "--json"]);
        let arguments = arguments(&["--replay-store", "memory"]);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let request =
            format!("GET /verify HTTP/1.1\r\nHost: t\r\nConnection: close\r\n{}\r\n", once(1));
        let answer = if place.starts_with('/') {
            wait_for("the socket", || path.exists());
            let mut stream = std::os::unix::net::UnixStream::connect(&path).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        } else {
            let address = place.parse().unwrap();
            wait_for("the socket", || TcpStream::connect(address).is_ok());
            Connection::to(address).unwrap().ask(&request).unwrap().head
        };
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let _ = child.kill();
        let _ = child.wait();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{place}: {answer}");
        assert!(line.contains(place), "{line}");
    }
}
