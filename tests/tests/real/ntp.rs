//! `jwtick clock --ntp` beside chronyd and ntpsec, under clocks of every year.

use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_tests::{Chrony, Command, Ntpsec, Outcome, jwtick, one_of_five};
use serde_json::Value;

const HOUR: i128 = 3_600_000_000;
/// What loopback allows, in microseconds.
const WIDEST: i128 = 5_000;

/// What the clock shows, and its seconds since 1970.
const CLOCKS: &[(&str, i64)] = &[
    ("2017-02-28T18:39:", 1_488_307_151),
    ("1970-01-01T00:00:", 0),
    ("1969-12-31T23:59:", -30),
    ("1969-12-31T12:00:", -43_200),
    ("2036-02-07T06:27:", 2_085_978_446), // a minute before NTP's seconds wrap
    ("2040-06-01T00:00:", 2_222_121_600),
];

fn ask(servers: &[String]) -> Command {
    let named = servers.iter().flat_map(|server| ["--ntp", server]);
    jwtick(["clock", "--json"].into_iter().chain(named))
}

fn json(done: &Outcome) -> Value {
    serde_json::from_str(&done.stdout).unwrap_or_else(|error| panic!("{error}: {done}"))
}

/// The ends of an offset in microseconds.
fn ends(found: &Value) -> (i128, i128) {
    let end = |name: &str| {
        let secs = found["offset_s"][name].as_f64().unwrap_or_else(|| panic!("{found}"));
        let nanos = Duration::from_secs_f64(secs.abs()).as_nanos();
        let micros = i128::try_from((nanos + 500) / 1_000).unwrap();
        if secs < 0.0 { -micros } else { micros }
    };
    (end("least"), end("most"))
}

fn narrow(done: &Outcome) -> bool {
    let (least, most) = ends(&json(done));
    most - least <= WIDEST
}

#[test]
fn any_clock_is_measured() {
    let chrony = Chrony::start();
    for &(reads, shown) in CLOCKS {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let behind = i64::try_from(now).unwrap() - shown;
        // Shifted and not set, since what is set starts whenever the program does.
        let shift = format!("{:+}", -behind);
        let measure = || {
            let done = ask(&[chrony.address()]).under("faketime", &["-f", &shift]).run();
            assert_eq!(done.code(), 20, "{reads}: {done}");
            let (least, most) = ends(&json(&done));
            let truth = i128::from(behind) * 1_000_000;
            assert!(least <= truth && truth <= most, "{truth} µs behind: {done}");
            done
        };
        let done = one_of_five(measure, narrow).unwrap();
        assert!(json(&done)["read"].as_str().unwrap().starts_with(reads), "{reads}: {done}");
    }
}

#[test]
fn the_right_clock_is_right() {
    let chrony = Chrony::start();
    let address = chrony.address();
    let (_, port) = address.rsplit_once(':').unwrap();
    let measure = || {
        let done = ask(&[address.clone(), format!("localhost:{port}")]).run();
        assert_eq!(done.code(), 0, "{done}");
        let (least, most) = ends(&json(&done));
        assert!(least <= 0 && 0 <= most, "{done}");
        done
    };
    one_of_five(measure, narrow).unwrap();
}

#[test]
fn one_liar_of_three_is_named() {
    let (one, two, liar) = (Chrony::start(), Chrony::start(), Chrony::shifted("+1h"));
    let done = ask(&[one.address(), liar.address(), two.address()]).run();
    assert_eq!(done.code(), 0, "{done}");
    let answer = json(&done);
    let agrees = [0, 1, 2].map(|index| answer["sources"][index]["agrees"].as_bool());
    assert_eq!(agrees, [Some(true), Some(false), Some(true)], "{done}");
    let (least, most) = ends(&answer["sources"][1]);
    assert!(least <= HOUR && HOUR <= most, "{done}");
}

#[test]
fn two_that_disagree_decide_nothing() {
    let (one, liar) = (Chrony::start(), Chrony::shifted("-1h"));
    let done = ask(&[one.address(), liar.address()]).run();
    assert_eq!(done.code(), 21, "{done}");
    let answer = json(&done);
    for (index, truth) in [(0, 0), (1, -HOUR)] {
        let (least, most) = ends(&answer["sources"][index]);
        assert!(least <= truth && truth <= most, "{truth} µs: {done}");
    }
}

#[test]
fn ntpsec_is_understood_at_its_only_port() {
    let server = Ntpsec::start();
    let names = ["127.0.0.1", "127.0.0.1:123", "[::1]:123", "::1"].map(String::from);
    let done = ask(&names).under("nsenter", &server.entrance()).run();
    assert_eq!(done.code(), 0, "{done}\n{}", server.daemon().log());
    let answer = json(&done);
    for (index, name) in names.iter().enumerate() {
        let found = &answer["sources"][index];
        let (least, most) = ends(found);
        assert!(least <= 0 && 0 <= most, "{name}: {done}");
        assert_eq!(found["agrees"], true, "{name}: {done}");
    }
}

#[test]
fn a_server_that_has_enough_is_left_alone() {
    let server = Ntpsec::limited();
    let done = ask(&["127.0.0.1".into()]).under("nsenter", &server.entrance()).run();
    let found = &json(&done)["sources"][0];
    let (least, most) = ends(found);
    assert!(least <= 0 && 0 <= most, "what was proved before stays proved: {done}");
    let notes = found["notes"].to_string();
    assert!(notes.contains("RATE") && notes.contains("was not asked again"), "{done}");
}
