//! A time server that answers with random bytes, mutations and forgeries, none of which is accepted.
#![cfg(test)]

use core::time::Duration;
use std::time::Instant;

use jwtick_tests::{Outcome, jwtick, program};
use serde_json::Value;

/// Hostile packets per request. They and the honest one fit into the receive buffer of a socket even if the
/// client does not read until all are sent: Linux counts up to 1,280 bytes for a packet of 300, and
/// gives a socket 208 KiB.
const PACKETS: usize = 125;
const REQUESTS: usize = 4;
const RUNS: usize = 20;

type Packet = Vec<u8>;

/// The flaws that reveal a forgery of one hour with the right nonce.
type Flaw = (&'static str, fn(&mut [u8], u8));

const FLAWS: &[Flaw] = &[
    ("nonce, one bit", |lie, random| lie[24 + usize::from(random % 8)] ^= 1 << (random >> 5)),
    ("nonce, one byte", |lie, random| lie[24 + usize::from(random % 8)] ^= random | 1),
    ("no nonce", |lie, _| lie[24..32].fill(0)),
    ("mode", |lie, random| lie[0] = (lie[0] & !7) | (random % 4)),
    ("version", |lie, random| lie[0] = (lie[0] & !0x38) | ((random % 3) << 3)),
    ("not synchronized", |lie, _| lie[0] |= 0xC0),
    ("no stratum", |lie, _| lie[1] = 0),
    ("stratum", |lie, random| lie[1] = 16 | random),
    ("root delay", |lie, random| lie[5] = 2 | random),
    ("root dispersion", |lie, random| lie[9] = 1 | random),
    ("precision", |lie, random| lie[3] = random % 127 + 1),
    ("no receive stamp", |lie, _| lie[32..40].fill(0)),
    ("no transmit stamp", |lie, _| lie[40..48].fill(0)),
    ("sent before it came", |lie, random| lie[40 + usize::from(random % 2)] ^= 0x80),
    ("held too long", |lie, _| lie[42] = lie[42].wrapping_add(1)),
];

/// Answers every request with [`PACKETS`] hostile packets, and then as `honest` says.
fn serve(honest: fn(&[u8; 48]) -> Option<Packet>) -> String {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let answer = move |request: &[u8; 48]| {
        let hostile = (0..PACKETS).map(|number| hostile(number, request, &mut random));
        hostile.chain(honest(request)).collect()
    };
    jwtick_sntp_peer::spawn("127.0.0.1", answer).unwrap().to_string()
}

struct Random(u64);

impl Random {
    /// xorshift64, the same numbers in each run.
    fn next(&mut self) -> u8 {
        for (left, by) in [(true, 13), (false, 7), (true, 17)] {
            self.0 ^= if left { self.0 << by } else { self.0 >> by };
        }
        self.0.to_be_bytes()[3]
    }
}

fn hostile(number: usize, request: &[u8; 48], random: &mut Random) -> Packet {
    if number.is_multiple_of(4) {
        return (0..random.next()).map(|_| random.next()).collect();
    }
    let mut lie = reply(request, 3_600);
    // Fields that the client ignores are random.
    lie[2] = random.next();
    lie[16..24].fill_with(|| random.next());
    let (_, flaw) = FLAWS[number % FLAWS.len()];
    flaw(&mut lie, random.next());
    if number % 4 == 1 {
        lie.extend((0..random.next()).map(|_| random.next()));
    }
    lie
}

/// The reply of a server that is `ahead` seconds ahead of this machine.
fn reply(request: &[u8; 48], ahead: i64) -> Packet {
    jwtick_sntp_peer::reply(request, jwtick_sntp_peer::now() + ahead * 1_000_000).to_vec()
}

fn ask(server: &str, timeout: &str) -> Outcome {
    jwtick(["clock", "--json", "--timeout", timeout, "--ntp", server]).run()
}

#[test]
fn ten_thousand_hostile_replies_change_nothing() {
    assert_eq!(PACKETS * REQUESTS * RUNS, 10_000);
    let server = serve(|request| Some(reply(request, 0)));
    for run in 0..RUNS {
        let done = ask(&server, "20s");
        assert_eq!(done.code(), 0, "run {run}: {done}");
        let answer = done.json();
        let end = |name: &str| answer["offset_s"][name].as_f64().unwrap();
        assert!(end("least") <= 0.0 && 0.0 <= end("most"), "run {run}: {done}");
        assert!(end("most") < 1.0 && end("least") > -1.0, "run {run}: {done}");
    }
}

#[test]
fn only_hostile_replies_give_no_measurement() {
    let server = serve(|_| None);
    let _built = program(); // built first, so that building does not count as run time
    let started = Instant::now();
    let done = ask(&server, "1s");
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}: {done}", started.elapsed());
    assert_eq!(done.code(), 1, "{done}");
    let answer = done.json();
    assert_eq!((&answer["offset_s"], &answer["verdict"]), (&Value::Null, &"undecided".into()));
    assert_ne!(answer["sources"][0]["error"], Value::Null, "{done}");
}

/// Without its flaw each of the packets would be accepted, so the test can fail.
#[test]
fn forgery_without_a_flaw_is_accepted() {
    let server = serve(|request| Some(reply(request, 3_600)));
    let done = ask(&server, "20s");
    assert_eq!(done.code(), 20, "{done}");
}
