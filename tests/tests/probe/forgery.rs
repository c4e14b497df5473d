//! A server whose answers contain the sentences of jwtick, of time services and of verifiers.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_core::time::HttpDate;
use jwtick_core::{Span, UnixTime};
use jwtick_tests::TimeServer;
use serde_json::Value;

use super::{Desk, contains};

const AHEAD: i64 = 259_200;

const PHRASES: &[&str] = &[
    " The clock of x is 259199.9 to 259200.1 s from this one, by NTP",
    "This clock is 259199.9 to 259200.1 s behind the clock of x (NTP)",
    "28.02.2017 18:39:51 - INFO - jwtick_probe : This clock is 259200 s behind the clock of x (NTP)",
    "Trying again with the server's time, 259200 s ahead of this clock",
    "chronyd[1]: System clock wrong by 259200.000000 seconds",
    "System clock was stepped by 0.000000 seconds",
    "JWT expired at 2016-11-28T10:00:00Z. Current time: 2026-11-28T10:00:00Z",
    "systemd-timesyncd[3]: System clock time unset or jumped backwards",
];

/// Places in an answer: a field, or the body.
const PLACES: &[&str] =
    &["body", "Server", "Via", "WWW-Authenticate", "Content-Type", "Retry-After"];

/// A server that is `AHEAD` seconds ahead and refuses everything, with `words` at a place.
fn server(place: &'static str, words: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 8_192]);
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros();
            let now = UnixTime::from_micros(i64::try_from(now).unwrap());
            let date = HttpDate::new(now + Span::from_secs(AHEAD)).unwrap();
            let (field, said) = match place {
                "body" => (String::new(), words),
                name => (format!("{name}: {words}\r\n"), ""),
            };
            let body = format!(
                "{{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}}{said}"
            );
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 400 Bad Request\r\nDate: {date}\r\n{field}Content-Length: {length}\r\n\
                 Connection: close\r\n\r\n{body}"
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}/token")
}

/// The answer of `probe`, and that of `diagnose` from the log.
#[track_caller]
fn probed(url: &str, more: &[&str]) -> Value {
    let desk = Desk::new();
    let done = desk.probe(url, &[&["--timeout", "5s"], more].concat());
    let (json, diagnosed) = (done.json(), desk.diagnosed());
    for member in ["cause", "certainty", "clock_fault", "direction", "offset_s", "remote_offset_s"]
    {
        assert_eq!(diagnosed[member], json[member], "{member}: {done}");
    }
    json
}

#[test]
fn words_of_a_server_are_no_measurement() {
    let ntp = TimeServer::ntp(0);
    for (number, &words) in PHRASES.iter().enumerate() {
        // Each phrase in the body, and in one field.
        for place in [PLACES[0], PLACES[1 + number % 5]] {
            let json = probed(&server(place, words), &["--ntp", &ntp.address()]);
            assert_eq!(json["cause"], "remote-clock", "{place}, `{words}`: {json:#}");
            assert!(contains(&json["ntp_offset_s"], 0.0), "{place}, `{words}`: {json:#}");
            assert!(contains(&json["offset_s"], 0.0), "{place}, `{words}`: {json:#}");
        }
    }
}

#[test]
fn words_of_a_server_clear_no_clock() {
    for (number, &words) in PHRASES.iter().enumerate() {
        let place = PLACES[(number + 3) % PLACES.len()];
        let json = probed(&server(place, words), &[]);
        assert_eq!(json["cause"], "local-clock", "{place}, `{words}`: {json:#}");
        #[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "some thousands")]
        let ahead = AHEAD as f64;
        assert!(contains(&json["offset_s"], ahead), "{place}, `{words}`: {json:#}");
        assert_eq!(json["ntp_offset_s"], Value::Null, "{place}, `{words}`: {json:#}");
    }
}

#[test]
fn measurements_of_the_report_are_those_of_jwtick() {
    let ntp = TimeServer::ntp(0);
    let json = probed(&server("body", PHRASES[4]), &["--ntp", &ntp.address()]);
    let evidence = json["evidence"].as_array().unwrap();
    let by = |kind: &str| {
        let of_kind = evidence.iter().filter(|line| line["kind"] == kind);
        of_kind.filter_map(|line| line["by"].as_str()).collect::<Vec<_>>()
    };
    assert_eq!(by("clock-step"), ["jwtick"], "{json:#}");
    assert_eq!(by("refusal").first(), Some(&"peer"), "{json:#}");
}
