//! Servers that answer incorrectly, or not at all.

use core::time::Duration;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Instant;

use jwtick_tests::{Fault, Outcome, Stage};

/// Behaviour of a server on one connection.
type Manner = fn(TcpStream);

/// A server for the duration of a test; `with` gets its port.
struct Server {
    port: u16,
}

impl Server {
    fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                thread::spawn(move || manner(stream));
            }
        });
        Self { port }
    }
}

/// Time limit that no run of a test reaches.
const EVER: Duration = Duration::from_secs(120);

fn request(stream: &mut TcpStream) {
    let mut met = Vec::new();
    let mut byte = [0];
    while !met.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|length| length == 1) {
        met.extend(byte);
    }
}

const ANSWER: &[u8] = b"HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\
    Content-Length: 25\r\nConnection: close\r\n\r\n{\"error\":\"invalid_grant\"}";

/// Accepts a connection and then stays silent, as if the machine had lost power.
fn half_open(stream: TcpStream) {
    thread::sleep(EVER);
    drop(stream);
}

fn half_an_answer(mut stream: TcpStream) {
    request(&mut stream);
    let _ = stream.write_all(&ANSWER[..ANSWER.len() / 2]);
    thread::sleep(EVER);
}

fn cut_off(mut stream: TcpStream) {
    request(&mut stream);
    let _ = stream.write_all(&ANSWER[..20]);
    leave(stream);
}

fn gone(mut stream: TcpStream) {
    request(&mut stream);
    leave(stream);
}

/// Closes cleanly: the system resets a connection that has unread bytes (RFC 9293 §3.6.1).
fn leave(mut stream: TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let _ = io::copy(&mut stream, &mut io::sink());
}

fn reset(stream: TcpStream) {
    let _ = stream.peek(&mut [0]);
}

fn garbage(mut stream: TcpStream) {
    request(&mut stream);
    let _ = stream.write_all(b"220 mail.example ESMTP\r\n\r\n");
}

/// A header section that never ends.
fn endless(mut stream: TcpStream) {
    request(&mut stream);
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
    while stream.write_all(b"X-More: and more and more and more\r\n").is_ok() {}
}

/// RFC 8446 §6: fatal, handshake_failure.
fn alert(mut stream: TcpStream) {
    let _ = stream.read(&mut [0; 512]);
    let _ = stream.write_all(&[21, 3, 3, 0, 2, 2, 40]);
    thread::sleep(Duration::from_millis(200));
}

/// Plain HTTP where TLS is expected.
fn plain(mut stream: TcpStream) {
    let _ = stream.read(&mut [0; 512]);
    let _ = stream.write_all(ANSWER);
}

/// A behaviour, the URL scheme, and part of the message.
const ROWS: &[(&str, Manner, &str, &str)] = &[
    ("half-open", half_open, "http", "no answer within"),
    ("half-open before TLS", half_open, "https", "no answer within"),
    ("half an answer", half_an_answer, "http", "no answer within"),
    ("cut off", cut_off, "http", "the server closed the connection before its answer was complete"),
    ("gone", gone, "http", "the server closed the connection before its answer was complete"),
    ("reset", reset, "http", "Connection reset by peer"),
    ("garbage", garbage, "http", "invalid HTTP version parsed"),
    ("a head without end", endless, "http", "the head of the answer is longer than 64 KiB"),
    ("a TLS alert", alert, "https", "received fatal alert"),
    ("no TLS", plain, "https", "received corrupt message"),
];

/// Placeholder for the address of the server.
const URL: &str = "URL";

const COMMANDS: &[&[&str]] = &[
    &["clock", "--json", "--timeout", "2s", "--http", URL],
    &["verify", "--json", "--secret-file", "secret.bin", "--timeout", "2s", "--clock", URL, "-"],
    &["sign", "--secret-file", "secret.bin", "--timeout", "2s", "--clock", URL],
    &["inspect", "--json", "--timeout", "2s", "--clock", URL, "token.txt"],
    &[
        "probe",
        "--json",
        "probe.toml",
        "--timeout",
        "2s",
        "--token-url",
        URL,
        "--transcript",
        "log",
    ],
];

fn asked(url: &str, command: &'static [&'static str]) -> (Stage, Outcome) {
    let stage = Stage::new();
    let words: Vec<&str> =
        command.iter().map(|&word| if word == URL { url } else { word }).collect();
    let outcome = stage.run("exec \"$@\"", &words).run();
    (stage, outcome)
}

#[test]
fn misbehaving_server_gets_a_message_in_time() {
    let checks = ROWS.iter().flat_map(|row| COMMANDS.iter().map(move |&command| (row, command)));
    let (ended, ends) = mpsc::channel();
    thread::scope(|scope| {
        for (&(name, manner, scheme, says), command) in checks {
            let ended: Sender<()> = ended.clone();
            scope.spawn(move || {
                let url = format!("{scheme}://127.0.0.1:{}/", Server::start(manner).port);
                let started = Instant::now();
                let (stage, outcome) = asked(&url, command);
                let row = Fault { name, done: "a server", command, exit: 1, says };
                row.judge(&outcome);
                assert!(started.elapsed() < Duration::from_secs(60), "{row}");
                // The log of a probe is complete, whatever the outcome.
                let log = std::fs::read_to_string(stage.folder().join("log"));
                assert!(command[0] != "probe" || log.is_ok_and(|log| log.ends_with('\n')), "{row}");
                ended.send(()).unwrap();
            });
        }
    });
    drop(ended);
    assert_eq!(ends.iter().count(), ROWS.len() * COMMANDS.len());
}

/// The slowest possible answer: every byte by itself.
fn slow(mut stream: TcpStream) {
    request(&mut stream);
    stream.set_nodelay(true).unwrap();
    for byte in ANSWER {
        let _ = stream.write_all(&[*byte]);
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn answer_may_arrive_byte_by_byte() {
    let url = format!("http://127.0.0.1:{}/", Server::start(slow).port);
    let (_, outcome) = asked(&url, COMMANDS[4]);
    assert_eq!(outcome.json()["outcome"], "refused", "{outcome}");
    assert!(outcome.stdout.contains("invalid_grant"), "{outcome}");
}
