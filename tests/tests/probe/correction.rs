//! `jwtick probe --correct`: a server's clock is used only as far as it may be.

use jwtick_tests::TimeServer;
use serde_json::{Value, json};

use super::{Desk, contains};

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// Offset of the server, clocks of NTP servers, options, and the two members of the answer.
type Row<'r> = (&'r str, &'r str, &'r [(&'r str, i64)], &'r [&'r str], Value, Value);

#[test]
fn server_clock_is_used_within_limits() {
    let own = |at| ("127.0.0.1:0", at);
    let (one, two) = ("127.0.0.2:0", "127.0.0.3:0");
    let (connected, null) = (|| json!("connected"), || Value::Null);
    let rows: &[Row<'_>] = &[
        ("an hour", "1h", &[], &[], connected(), null()),
        ("more than a day", "25h", &[], &[], null(), json!("too-long")),
        ("more than a day back", "-25h", &[], &[], null(), json!("too-long")),
        ("2096", "25550d", &[], &[], null(), json!("too-long")),
        ("as the user allows", "25h", &[], &["--max-correction", "26h"], connected(), null()),
        ("less than usual", "1h", &[], &["--max-correction", "59m"], null(), json!("too-long")),
        ("confirmed", "2d", &[(one, 2 * DAY)], &[], connected(), null()),
        ("confirmed by its own host", "2d", &[own(2 * DAY)], &[], null(), json!("too-long")),
        ("contradicted", "1h", &[(one, 0)], &[], null(), json!("contradicted")),
        (
            "contradicted, with a limit",
            "2d",
            &[(one, 0)],
            &["--max-correction", "9d"],
            null(),
            json!("contradicted"),
        ),
        ("one against one", "1h", &[(one, HOUR), (two, 0)], &[], null(), json!("contradicted")),
    ];
    std::thread::scope(|scope| {
        for row in rows {
            scope.spawn(|| check(row));
        }
    });
}

fn check((name, offset, clocks, more, corrected, not_corrected): &Row<'_>) {
    let desk = Desk::new();
    let server = desk.stand_in(&["--offset", offset, "--future-iat", "refuse"]);
    let clocks: Vec<TimeServer> =
        clocks.iter().map(|&(at, ahead)| TimeServer::ntp_at(at, ahead)).collect();
    let named: Vec<String> = clocks.iter().map(TimeServer::address).collect();
    let named: Vec<&str> = named.iter().flat_map(|address| ["--ntp", address]).collect();
    let done = desk.probe(server.url("token_url"), &[&["--correct"], &named[..], more].concat());
    let json = done.json();
    assert_eq!((done.code(), &json["outcome"]), (20, &"refused".into()), "{name}: {done}");
    assert_eq!(
        (&json["corrected"], &json["not_corrected"]),
        (corrected, not_corrected),
        "{name}: {done}"
    );
    // One assertion for each attempt.
    let made = desk.transcript().matches("Made an assertion").count();
    assert_eq!(made, if corrected.is_null() { 1 } else { 2 }, "{name}: {done}");
}

#[test]
fn refused_correction_is_explained() {
    const ROWS: &[(&str, &str)] =
        &[("en", "is 2 d from this one, but"), ("de", "um 2 d ab"), ("ko", "2일 차이")];
    let desk = Desk::new();
    let server = desk.stand_in(&["--offset", "2d"]);
    let secret = desk.path("secret").display().to_string();
    for &(language, words) in ROWS {
        let first = ["probe", "--issuer", "me", "--secret-file", &secret, "--correct"];
        let rest = ["--token-url", server.url("token_url"), "--lang", language];
        let done = jwtick_tests::jwtick([first.as_slice(), &rest].concat()).run();
        let said = done.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("--max-correction"), "{done}");
        assert!(said.contains(words), "{language}: {done}");
    }
    let usage = ["probe", "--issuer", "me", "--token-url", "http://127.0.0.1:9/"];
    let done = jwtick_tests::jwtick([&usage[..], &["--max-correction", "1h"]].concat()).run();
    assert_eq!(done.code(), 2, "{done}");
}

#[test]
fn third_clocks_of_one_host_are_one() {
    let desk = Desk::new();
    let server = desk.stand_in(&["--offset", "2d", "--future-iat", "refuse"]);
    // One liar by two names does not outvote an honest server.
    let liar = TimeServer::ntp(2 * DAY);
    let honest = TimeServer::ntp(0);
    let (one, two) = (liar.address(), liar.address().replace(':', ":0"));
    let named = ["--ntp", &one, "--ntp", &two, "--ntp", &honest.address()];
    let json = desk.probe(server.url("token_url"), &named).json();
    let steps = json["steps"].as_array().unwrap();
    let errors: Vec<&Value> =
        steps.iter().filter(|step| step["name"] == "ntp").map(|step| &step["error"]).collect();
    assert_eq!((errors[0], errors[2]), (&Value::Null, &Value::Null), "{json:#}");
    let reason = errors[1].as_str().unwrap_or_default();
    assert!(reason.contains(&format!("the same host as ntp:{one}")), "{json:#}");
    // Without a majority, UTC may be anywhere between the two.
    let divided = json["ntp_offset_s"]["least"].as_f64().is_some_and(|least| least < 1.0);
    assert!(divided && contains(&json["ntp_offset_s"], 172_800.0), "{json:#}");
}

#[test]
fn server_clock_is_not_measured_at_another_host() {
    let other = TimeServer::http(DAY);
    let to = format!("Location: {}\r\n", other.url());
    let server = TimeServer::http_at("127.0.0.1:0", 0, &to);
    let json = Desk::new().probe(&server.url(), &[]).json();
    assert_eq!(
        (&json["steps"][0]["name"], &json["server_offset_s"]),
        (&"clock".into(), &Value::Null)
    );
    let error = json["steps"][0]["error"].as_str().unwrap_or_default();
    assert!(error.contains("another host"), "{json:#}");
}
