//! Clocks that are wrong as requested, and the other faults.

use core::time::Duration;
use std::thread;
use std::time::Instant;

use jwtick_tests::{Answer, StandIn};

use super::{assertion, now, request, stand_in};

const GET: &str = "GET /jwks HTTP/1.1\r\nHost: t\r\n\r\n";

/// The seconds of a `Date`; only the time of day is read.
#[track_caller]
fn date(answer: &Answer) -> i64 {
    let date = answer.field("date").unwrap_or_else(|| panic!("no Date: {answer}"));
    let time = date.split(' ').nth(4).unwrap();
    time.split(':').fold(0, |sum, part| sum * 60 + part.parse::<i64>().unwrap())
}

/// Difference between `Date` and the clock of this machine; only the time of day is compared.
#[track_caller]
fn offset(answer: &Answer) -> i64 {
    let day = 86_400;
    (date(answer) - now().rem_euclid(day) + day + day / 2).rem_euclid(day) - day / 2
}

#[track_caller]
fn is_about(met: i64, expected: i64, name: &str) {
    assert!((expected - 30..=expected + 30).contains(&met), "{name}: {met} s, not {expected} s");
}

#[test]
fn clock_has_the_requested_offset() {
    const ROWS: &[(&[&str], i64)] = &[
        (&[], 0),
        (&["--offset", "90s"], 90),
        (&["--offset", "-1h30m"], -5_400),
        (&["--step-at", "0s=-10m", "--step-at", "1h=5h"], -600),
        (&["--offset", "10m", "--step-at", "0s=-2h"], -6_600),
    ];
    for (arguments, expected) in ROWS {
        let stand_in = StandIn::start(arguments);
        is_about(offset(&stand_in.ask(GET)), *expected, &arguments.join(" "));
    }
}

#[test]
fn clock_may_drift_or_stop() {
    let passes = |arguments: &[&str]| {
        let stand_in = StandIn::start(arguments);
        let started = Instant::now();
        let before = date(&stand_in.ask(GET));
        thread::sleep(Duration::from_millis(1_200));
        let passed = (date(&stand_in.ask(GET)) - before).rem_euclid(86_400);
        (passed, started.elapsed().as_secs())
    };
    let (fast, took) = passes(&["--drift", "9000000ppm"]);
    let most = i64::try_from(took + 1).unwrap() * 10 + 1;
    assert!((11..=most).contains(&fast), "ten seconds a second: {fast} s in {took} s");
    assert_eq!(passes(&["--freeze"]).0, 0);
}

#[test]
fn nodes_have_clocks_of_their_own() {
    let stand_in = StandIn::start(&["--node-offset", "90s", "--node-offset", "-1h"]);
    let mut one = stand_in.connect();
    for (node, expected) in [("node-1", 0), ("node-2", 90), ("node-3", -3_600), ("node-1", 0)] {
        let answer = one.ask(GET).unwrap();
        assert_eq!(answer.field("x-served-by"), Some(node), "requests of one connection");
        is_about(offset(&answer), expected, node);
    }
    let alone = StandIn::start(&[]);
    assert_eq!(alone.ask(GET).field("x-served-by"), None);
}

#[test]
fn token_of_one_node_may_be_expired_at_the_next() {
    let stand_in = stand_in(&["--node-offset", "2h", "--token-lifetime", "1h"]);
    let granted = stand_in.ask(request(&assertion(&stand_in)));
    let token = granted.json()["access_token"].as_str().unwrap().to_owned();
    let fields = format!("Host: t\r\nAuthorization: Bearer {token}\r\n");
    let ask = || stand_in.ask(format!("GET /bin/receive HTTP/1.1\r\n{fields}\r\n"));
    let refused = ask(); // node-2
    let challenge = refused.fields("www-authenticate").last().unwrap();
    let expected =
        r#"Bearer error="invalid_token", error_description="the access token has expired""#;
    assert_eq!((refused.status, challenge), (401, expected), "{refused}");
    assert_eq!(ask().status, 200, "node-1");
}

/// The server's clock ahead is the client's clock behind.
#[test]
fn expired_when_behind_and_lifetime_error_when_ahead() {
    const ROWS: &[(&str, &str)] = &[
        ("3d", "the assertion has expired"),
        ("6m", "the assertion has expired"),
        ("4m", ""),
        ("0s", ""),
        ("-50m", ""),
        ("-56m", "the 'exp' claim is unreasonably far in the future"),
        ("-3d", "the 'exp' claim is unreasonably far in the future"),
    ];
    for (offset, expected) in ROWS {
        let stand_in = stand_in(&["--offset", offset]);
        let answer = stand_in.ask(request(&assertion(&stand_in)));
        let said = answer.json()["error_description"].as_str().unwrap_or_default().to_owned();
        assert_eq!(said, *expected, "--offset {offset}");
    }
}

#[test]
fn dates_and_answers_have_the_requested_faults() {
    let omitted = StandIn::start(&["--date", "omit"]).ask(GET);
    assert_eq!((omitted.field("date"), omitted.field("age")), (None, None), "{omitted}");
    let stale = StandIn::start(&["--date", "stale:10m"]).ask(GET);
    is_about(offset(&stale), -600, "stale");
    assert_eq!(stale.field("age"), None, "{stale}");
    let cached = StandIn::start(&["--date", "cached:10m"]).ask(GET);
    is_about(offset(&cached), -600, "cached");
    assert_eq!(cached.field("age"), Some("600"), "{cached}");

    let broken = stand_in(&["--status", "503"]);
    let answer = broken.ask(request(&assertion(&broken)));
    assert_eq!((answer.status, answer.field("retry-after")), (503, Some("1")), "{answer}");
    assert_eq!(answer.field("content-type"), Some("text/html"), "{answer}");
    assert_eq!(broken.ask(GET).status, 200, "only tokens are broken");
}

#[test]
fn answers_are_delayed_as_requested() {
    let stand_in = StandIn::start(&["--latency", "300ms", "--jitter", "100ms"]);
    let mut connection = stand_in.connect();
    let started = Instant::now();
    connection.ask(GET).unwrap();
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(300), "{took:?}");
}
