//! `jwtick serve` in operation: tokens that pass once, faults of their store, many and slow clients, TLS,
//! Unix sockets, and what systemd is told.
#![cfg(test)]

use core::time::Duration;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_tests::{Answer, Authority, Connection, Serve, fixture, jwtick, program, token};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto};

fn arguments(more: &[&str]) -> Vec<String> {
    let secret = fixture("keys/hs.secret").display().to_string();
    let own = ["--secret-file", &secret, "--aud", "api"];
    own.iter().chain(more).map(|argument| (*argument).to_owned()).collect()
}

#[track_caller]
fn serve(more: &[&str]) -> Serve {
    started(&mut Command::new(program()), more)
}

#[track_caller]
fn started(command: &mut Command, more: &[&str]) -> Serve {
    let arguments = arguments(more);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    Serve::started(command, &arguments)
}

#[track_caller]
fn with_store(path: &Path) -> Serve {
    serve(&["--replay-store", path.to_str().unwrap()])
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

fn bearer(claims: &Value) -> String {
    format!("Authorization: Bearer {}\r\n", token(&claims.to_string()))
}

/// A good token with this identifier.
fn once(jti: impl core::fmt::Display) -> String {
    bearer(&json!({"iss": "a", "aud": "api", "exp": now() + 300, "jti": jti.to_string()}))
}

fn outcome(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json()["reason"].as_str().unwrap_or_default().to_owned())
}

const REPLAYED: (u16, &str) = (401, "replayed");
const DOWN: (u16, &str) = (503, "replay_store_unavailable");

#[track_caller]
fn expect(service: &Serve, fields: &str, (status, reason): (u16, &str), row: &str) {
    let answer = service.verify(fields);
    assert_eq!(outcome(&answer), (status, reason.to_owned()), "{row}: {answer}");
}

fn get(service: &Serve, path: &str) -> Answer {
    service.ask(format!("GET {path} HTTP/1.1\r\nHost: t\r\n\r\n"))
}

/// Name, fields of a request, and the outcome.
fn uses() -> Vec<(&'static str, String, (u16, &'static str))> {
    let first = once(1);
    vec![
        ("first use", first.clone(), (200, "")),
        ("second use", first.clone(), REPLAYED),
        ("another token", once(2), (200, "")),
        (
            "another issuer",
            bearer(&json!({"iss": "b", "aud": "api", "exp": now() + 300, "jti": "1"})),
            (200, ""),
        ),
        (
            "no jti",
            bearer(&json!({"iss": "a", "aud": "api", "exp": now() + 300})),
            (401, "missing_claim"),
        ),
        (
            "valid for more than a day",
            bearer(&json!({"iss": "a", "aud": "api", "exp": now() + 90_000, "jti": "3"})),
            (401, "replay_lifetime_too_long"),
        ),
        (
            "valid for more than a day, but not yet",
            bearer(
                &json!({"iss": "a", "aud": "api", "nbf": now() + 600, "exp": now() + 90_000, "jti": "5"}),
            ),
            (401, "not_yet_valid"),
        ),
        (
            "refused for another reason",
            bearer(&json!({"iss": "a", "aud": "other", "exp": now() + 300, "jti": "4"})),
            (401, "audience"),
        ),
        ("which uses up nothing", once(4), (200, "")),
    ]
}

#[test]
fn token_passes_once() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("used");
    let memory = serve(&["--replay-store", "memory"]);
    for (service, kind) in [(with_store(&file), "embedded"), (memory, "memory")] {
        for (row, fields, expected) in uses() {
            expect(&service, &fields, expected, row);
        }
        let text = get(&service, "/metrics").body;
        for line in [
            r#"jwtick_replay_total{result="new"} 4"#,
            r#"jwtick_replay_total{result="seen"} 1"#,
            r#"jwtick_replay_total{result="too_long"} 1"#,
            "jwtick_replay_seconds_count 5",
            r#"jwtick_verdicts_total{front="other",issuer="default",verdict="refuse",reason="replayed"} 1"#,
            r#"jwtick_verdicts_total{front="other",issuer="default",verdict="allow",reason=""} 4"#,
        ] {
            assert!(text.lines().any(|it| it == line), "{kind}: {line}\n{text}");
        }
        let store = &get(&service, "/readyz").json()["replay"];
        assert_eq!((&store["store"], &store["entries"]), (&json!(kind), &json!(4)));
    }
}

/// Clients send tokens without a pause until the service is killed. Whatever it had accepted by then, it
/// does not accept again.
#[test]
fn killed_service_accepts_no_token_twice() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("used");
    let mut accepted = BTreeSet::new();
    for round in 0..3 {
        let service = with_store(&file);
        for &jti in &accepted {
            expect(&service, &once(jti), REPLAYED, &format!("round {round}, token {jti}"));
        }
        let address = service.address();
        let clients: Vec<_> = (0..4)
            .map(|client| {
                thread::spawn(move || {
                    let numbers = (0..).map(|number| round * 1_000_000 + client * 100_000 + number);
                    let mut connection = Connection::to(address).unwrap();
                    let ask = |jti: &i32| {
                        let fields = once(jti);
                        let request = format!("GET /verify HTTP/1.1\r\nHost: t\r\n{fields}\r\n");
                        connection.ask(request).is_ok_and(|answer| answer.status == 200)
                    };
                    numbers.take_while(ask).collect::<Vec<_>>()
                })
            })
            .collect();
        // In the middle of their requests.
        while get(&service, "/readyz").json()["replay"]["entries"].as_i64().unwrap() < 40 {}
        drop(service.end("KILL"));
        accepted.extend(clients.into_iter().flat_map(|client| client.join().unwrap()));
    }
    assert!(accepted.len() >= 30, "{}", accepted.len());
}

#[test]
fn ended_service_leaves_its_store_to_the_next() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("used");
    let service = with_store(&file);
    expect(&service, &once(1), (200, ""), "first");
    let (code, log) = service.end("TERM");
    assert_eq!(code, 0, "{log:?}");
    expect(&with_store(&file), &once(1), REPLAYED, "after a restart");
}

#[test]
fn file_is_not_shared_by_nodes() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("used");
    let place = file.to_str().unwrap();
    let _first = with_store(&file);
    let rows = [
        ("a second process", format!("replay-store = {place:?}"), "another process uses it"),
        (
            "two nodes with a file",
            format!("nodes = 2\nreplay-store = {place:?}"),
            "2 nodes need a replay store that they share",
        ),
        (
            "two nodes with memory",
            "nodes = 2\nreplay-store = \"memory\"".to_owned(),
            "2 nodes need",
        ),
        ("no place", String::new(), "there is no place to keep used tokens"),
        ("no folder", format!("replay-store = \"{place}.d/used\""), "No such file"),
        (
            "no number",
            "nodes = 0\nreplay-store = \"memory\"".to_owned(),
            "expected a whole number of at least 1",
        ),
    ];
    let secret = fixture("keys/hs.secret").display().to_string();
    for (row, lines, said) in rows {
        let config = folder.path().join("jwtick.toml");
        let issuer = "[[serve.issuer]]\nname = \"a\"\naudiences = [\"api\"]\nreplay = \"refuse\"";
        let text = format!(
            "[serve]\nlisten = \"127.0.0.1:0\"\n{lines}\n{issuer}\nsecret-file = {secret:?}\n"
        );
        fs::write(&config, text).unwrap();
        let done = jwtick(["--config", config.to_str().unwrap(), "serve"]).run();
        assert!(done.code() != 0 && done.stderr.contains(said), "{row}: {done}");
    }
}

/// Limits the size of the files that a process writes; a limit fails a write as a full disk does.
fn limit(service: &Serve, bytes: &str) {
    let mut prlimit = Command::new("prlimit");
    prlimit.args(["--pid", &service.id().to_string(), &format!("--fsize={bytes}:")]);
    assert!(prlimit.status().unwrap().success());
}

#[test]
fn store_that_cannot_be_written_refuses_tokens() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("used");
    // The signal that comes with the limit would end the program (setrlimit(2)).
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]);
    let service = started(shell.arg(program()), &["--replay-store", file.to_str().unwrap()]);
    expect(&service, &once(1), (200, ""), "with room");
    limit(&service, "4096");
    expect(&service, &once(2), DOWN, "no room for it");
    expect(&service, &once(1), REPLAYED, "was accepted before");
    let ready = get(&service, "/readyz");
    assert_eq!((ready.status, &ready.json()["ready"]), (503, &json!(false)), "{ready}");
    assert!(ready.body.contains("the replay store cannot be written"), "{ready}");
    let entry = loop {
        let entry = service.entry();
        let message = entry["message"].as_str().unwrap_or_default();
        if message.contains("the replay store cannot be written") {
            break entry;
        }
    };
    assert_eq!(entry["reason"], "replay_store_unavailable", "{entry}");
    // With room again: what was accepted is still known, and what was not passes.
    limit(&service, "unlimited");
    while get(&service, "/readyz").status != 200 {}
    expect(&service, &once(1), REPLAYED, "with room again");
    expect(&service, &once(2), (200, ""), "was not accepted");
    drop(service.end("KILL"));
    let service = with_store(&file);
    for jti in [1, 2] {
        expect(&service, &once(jti), REPLAYED, "after a restart");
    }
}

/// A service with a policy file that a test changes.
struct Reloaded {
    folder: TempDir,
    serve: Serve,
}

impl Reloaded {
    /// Starts it with these lines of `[serve]` and of its issuer.
    #[track_caller]
    fn start(service: &str, issuer: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let config = folder.path().join("jwtick.toml");
        fs::write(&config, Self::text(&folder, service, issuer)).unwrap();
        let serve = Serve::start(&["--config", config.to_str().unwrap()]);
        Self { folder, serve }
    }

    fn text(folder: &TempDir, service: &str, issuer: &str) -> String {
        let secret = fixture("keys/hs.secret").display().to_string();
        let text = format!(
            "[serve]\n{service}\n[[serve.issuer]]\nname = \"a\"\naudiences = [\"api\"]\n\
             secret-file = {secret:?}\n{issuer}\n"
        );
        text.replace("FOLDER", folder.path().to_str().unwrap())
    }

    /// Writes other lines, and waits for the line of the log that says these words.
    #[track_caller]
    fn reload(&self, service: &str, issuer: &str, words: &str) {
        let text = Self::text(&self.folder, service, issuer);
        fs::write(self.folder.path().join("jwtick.toml"), text).unwrap();
        self.serve.signal("HUP");
        let said = loop {
            let line = self.serve.line();
            if line.contains("reloaded") {
                break line;
            }
        };
        assert!(said.contains(words), "{service} {issuer}: {said}");
    }
}

const RELOADED: &str = "reloaded: the new policies";
const IN_FILE: &str = "replay-store = \"FOLDER/used\"";
const REFUSE: &str = "replay = \"refuse\"";

#[test]
fn reload_keeps_the_store() {
    let service = Reloaded::start(IN_FILE, REFUSE);
    expect(&service.serve, &once(1), (200, ""), "before");
    const ROWS: &[(&str, &str)] = &[
        ("body = \"empty\"", RELOADED),
        ("nodes = 2", "2 nodes need a replay store that they share"),
    ];
    for (lines, said) in ROWS {
        service.reload(&format!("{IN_FILE}\n{lines}"), REFUSE, said);
        assert_eq!(service.serve.verify(&once(1)).status, 401, "{lines}");
    }
    for place in ["FOLDER/other", "memory", "redis://127.0.0.1:1/"] {
        let lines = format!("replay-store = {place:?}");
        service.reload(&lines, REFUSE, "a reload cannot move the replay store from ");
        assert_eq!(service.serve.verify(&once(1)).status, 401, "{place}");
    }
    service.reload("nodes = 2", "", "a reload cannot remove the replay store");
}

#[test]
fn tokens_that_were_used_stay_so_while_their_issuer_permits_reuse() {
    let service = Reloaded::start(IN_FILE, REFUSE);
    expect(&service.serve, &once(1), (200, ""), "first use");
    service.reload("", "", RELOADED);
    expect(&service.serve, &once(1), (200, ""), "reuse is permitted");
    service.reload(IN_FILE, REFUSE, RELOADED);
    expect(&service.serve, &once(1), REPLAYED, "refused again");
}

#[test]
fn reload_opens_a_store_if_none_had_entries() {
    let service = Reloaded::start("", "");
    expect(&service.serve, &once(1), (200, ""), "reuse is permitted");
    service.reload(IN_FILE, REFUSE, RELOADED);
    expect(&service.serve, &once(1), (200, ""), "first use");
    expect(&service.serve, &once(1), REPLAYED, "second use");
    service.reload("replay-store = \"memory\"", REFUSE, "a reload cannot move");
}

#[test]
fn leeway_is_stated_only_if_the_token_was_not_used() {
    for store in [IN_FILE, "replay-store = \"memory\""] {
        let service = Reloaded::start(store, &format!("{REFUSE}\nleeway = \"1h\""));
        let claims = |jti: &str, nbf: i64, exp: i64| {
            bearer(&json!({"iss": "a", "aud": "api", "nbf": nbf, "exp": exp, "jti": jti}))
        };
        let (start, end) = (now() + 900, now() + 1_800);
        expect(&service.serve, &claims("1", start, end), (200, ""), "with a leeway");
        service.reload(store, REFUSE, RELOADED);
        let leeway = |fields: &str| {
            let refused = service.serve.verify(fields);
            assert_eq!(refused.status, 401, "{refused}");
            service.serve.entry()["leeway_s"].clone()
        };
        assert_eq!(leeway(&claims("1", start, end)), Value::Null, "used before");
        let stated = leeway(&claims("2", start, end));
        assert!(stated.as_i64().is_some_and(|secs| (800..=901).contains(&secs)), "{stated}");
        // The store does not know any more whether it was used.
        assert_eq!(leeway(&claims("3", 1, now() - 60)), Value::Null, "expired");
    }
}

/// Ten thousand clients that send nothing, or only the start of a head.
#[test]
fn idle_and_slow_clients_do_not_block_others() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
    let service = serve(&[]);
    let mut crowd: Vec<Connection> = (0..10_000).map(|_| service.connect()).collect();
    for client in crowd.iter_mut().step_by(10) {
        client.send("GET /verify HTTP/1.1\r\nX-Slow: ").unwrap();
    }
    expect(&service, &once(1), (200, ""), "one of many");
    let open = get(&service, "/metrics").body;
    let open = open.lines().find_map(|line| line.strip_prefix("process_open_fds ")).unwrap();
    assert!(open.parse::<u32>().unwrap() > 8_000, "{open} connections are open");
    let dribbling = crowd.iter_mut().step_by(1_000);
    for client in dribbling {
        assert!(client.is_closed(), "a head that does not end is given up");
    }
    let [_, idle, ..] = crowd.as_mut_slice() else { panic!() };
    let request = format!("GET /verify HTTP/1.1\r\nHost: t\r\n{}\r\n", once(2));
    assert_eq!(idle.ask(&request).unwrap().status, 200, "an idle client may still ask");
    let head = format!("GET /verify HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(40_000));
    assert_eq!(service.ask(&head).status, 431, "a head has a limit");
}

fn tls(service: &Serve, authority: &Authority) -> Result<String, std::io::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority.file()).unwrap()).unwrap();
    let provider = Arc::new(crypto::ring::default_provider());
    let config =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.unwrap().with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("api.test").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let address = service.url("verify_url").trim_start_matches("https://");
    let socket = TcpStream::connect(address.trim_end_matches("/verify")).unwrap();
    let mut stream = StreamOwned::new(connection, socket);
    let request =
        format!("GET /verify HTTP/1.1\r\nHost: t\r\nConnection: close\r\n{}\r\n", once(1));
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn renewed_certificate_is_used_after_a_reload() {
    let folder = TempDir::new().unwrap();
    let [certificate, key] = ["tls.pem", "tls.key"].map(|name| folder.path().join(name));
    let [first, second] = ["first", "second"].map(Authority::new);
    let write = |authority: &Authority| {
        let identity = authority.certify("api.test", 2020, 2070);
        fs::write(&certificate, identity.certificate).unwrap();
        fs::write(&key, identity.key).unwrap();
    };
    write(&first);
    let files = [certificate.to_str().unwrap(), key.to_str().unwrap()];
    let service = serve(&["--tls-certificate", files[0], "--tls-key", files[1]]);
    let answer = tls(&service, &first).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(tls(&service, &second).is_err(), "another authority");

    fs::write(&certificate, "no certificate").unwrap();
    service.signal("HUP");
    while !service.line().contains("not reloaded") {}
    assert!(tls(&service, &first).is_ok(), "the first stays");

    write(&second);
    service.signal("HUP");
    while !service.line().contains("reloaded: ") {}
    assert!(tls(&service, &second).is_ok(), "renewed");
    assert!(tls(&service, &first).is_err(), "renewed");
}

#[test]
fn unix_socket_is_served_and_replaces_one_that_is_left() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("socket");
    let listen = format!("unix:{}", path.display());
    for end in ["KILL", "TERM"] {
        let service = serve(&["--listen", &listen]);
        assert_eq!(service.url("verify_url"), format!("http://{listen}:/verify"));
        let mut stream = UnixStream::connect(&path).unwrap();
        let request =
            format!("GET /verify HTTP/1.1\r\nHost: t\r\nConnection: close\r\n{}\r\n", once(1));
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        drop(service.end(end));
    }
    let _other = std::os::unix::net::UnixListener::bind(folder.path().join("other")).unwrap();
    let taken = format!("unix:{}", folder.path().join("other").display());
    let arguments = [&["serve"][..], &["--listen", &taken]].concat();
    let own = arguments.iter().map(|it| (*it).to_owned()).chain(self::arguments(&[]));
    let done = jwtick(own).run();
    assert!(done.code() == 1 && done.stderr.contains("in use by another program"), "{done}");
}

/// A socket as systemd has one, for what the service tells.
#[test]
fn systemd_is_told_what_the_service_does() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("notify");
    let manager = UnixDatagram::bind(&path).unwrap();
    manager.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let told = || {
        let mut buffer = [0; 4_096];
        let length = manager.recv(&mut buffer).unwrap();
        String::from_utf8_lossy(&buffer[..length]).into_owned()
    };
    let until = |said: &str| {
        loop {
            let told = told();
            if told.contains(said) {
                break told;
            }
        }
    };
    let mut command = Command::new(program());
    command.env("NOTIFY_SOCKET", &path).env("WATCHDOG_USEC", "100000");
    let service = started(&mut command, &[]);
    let ready = until("READY=1");
    assert!(ready.contains(&format!("STATUS={}", service.url("verify_url"))), "{ready}");
    for _ in 0..3 {
        until("WATCHDOG=1");
    }
    service.signal("HUP");
    let reloading = until("RELOADING=1");
    assert!(reloading.contains("MONOTONIC_USEC="), "{reloading}");
    until("READY=1");
    service.signal("TERM");
    until("STOPPING=1");
    assert_eq!(service.end("TERM").0, 0);
}
