//! `jwtick clock --ntp` with chronyd and ntpsec, under clocks in many different years.

use core::time::Duration;
use std::net::UdpSocket;
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_sntp_peer::TO_1970;
use jwtick_tests::{Chrony, Command, Ntpsec, Outcome, jwtick, one_of_five};
use serde_json::Value;

const HOUR: i128 = 3_600_000_000;
/// Error allowed on loopback, in microseconds.
const WIDEST: i128 = 5_000;

/// The reading of the clock, and its seconds since 1970.
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

/// Both ends of an offset, in microseconds.
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
fn measures_any_clock() {
    let chrony = Chrony::start();
    for &(reads, shown) in CLOCKS {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let behind = i64::try_from(now).unwrap() - shown;
        // Shifted and not set, since a set clock would start counting whenever the program starts.
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
fn right_clock_is_reported_as_right() {
    let chrony = Chrony::start();
    let address = chrony.address();
    let (ip, port) = address.rsplit_once(':').unwrap();
    let measure = || {
        let done = ask(&[address.clone(), format!("{ip}:0{port}")]).run();
        assert_eq!(done.code(), 0, "{done}");
        let (least, most) = ends(&json(&done));
        assert!(least <= 0 && 0 <= most, "{done}");
        done
    };
    one_of_five(measure, narrow).unwrap();
}

#[test]
fn names_the_one_falseticker_of_three() {
    let (one, two, falseticker) = (Chrony::start(), Chrony::start(), Chrony::shifted("+1h"));
    let done = ask(&[one.address(), falseticker.address(), two.address()]).run();
    assert_eq!(done.code(), 0, "{done}");
    let answer = json(&done);
    let agrees = [0, 1, 2].map(|index| answer["sources"][index]["agrees"].as_bool());
    assert_eq!(agrees, [Some(true), Some(false), Some(true)], "{done}");
    let (least, most) = ends(&answer["sources"][1]);
    assert!(least <= HOUR && HOUR <= most, "{done}");
}

#[test]
fn two_disagreeing_sources_are_undecided() {
    let (one, falseticker) = (Chrony::start(), Chrony::shifted("-1h"));
    let done = ask(&[one.address(), falseticker.address()]).run();
    assert_eq!(done.code(), 21, "{done}");
    let answer = json(&done);
    for (index, truth) in [(0, 0), (1, -HOUR)] {
        let (least, most) = ends(&answer["sources"][index]);
        assert!(least <= truth && truth <= most, "{truth} µs: {done}");
    }
}

#[test]
fn ntpsec_is_measured_at_its_fixed_port() {
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
fn rate_limiting_server_is_left_alone() {
    let server = Ntpsec::limited();
    let done = ask(&["127.0.0.1".into()]).under("nsenter", &server.entrance()).run();
    let found = &json(&done)["sources"][0];
    let (least, most) = ends(found);
    assert!(least <= 0 && 0 <= most, "what was proved before stays proved: {done}");
    let notes = found["notes"].to_string();
    assert!(notes.contains("RATE") && notes.contains("was not contacted again"), "{done}");
}

/// The second in the server's reply (the transmit timestamp, RFC 5905 §7.3).
fn second(server: &Chrony) -> i64 {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut request = [0; 48];
    request[0] = 0x23;
    socket.send_to(&request, server.address()).unwrap();
    let mut reply = [0; 48];
    socket.recv(&mut reply).unwrap();
    i64::from(u32::from_be_bytes(reply[40..44].try_into().unwrap())) - TO_1970
}

#[test]
fn chronyd_serves_the_machine_time_or_a_shifted_one() {
    let now = || i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs());
    let (right, ahead) = (Chrony::start(), Chrony::shifted("+1h"));
    let rows = [("the machine's", &right, 0), ("an hour ahead", &ahead, 3_600)];
    for (name, server, offset) in rows {
        let off = second(server) - now().unwrap() - offset;
        assert!((-2..=2).contains(&off), "{name}: {off} s off, {}", server.daemon().log());
    }
}
