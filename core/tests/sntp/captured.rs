//! Packets of real servers, captured on loopback (`fixtures/README.md`).

use std::fs;

use jwtick_core::Span;
use jwtick_core::wire::{KissCode, SntpRefusal, SntpRequest};

use super::{local, policy};

/// The nonce of the requests.
const NONCE: u64 = 0x6A77_7469_636B_2E31;
const HOUR: i64 = 3_600_000_000;

/// A packet, and the local clock before and after its exchange.
type Capture = (&'static str, (i64, i64));

/// The server's offset in microseconds, and its own data: stratum, reference, root distance.
type Told = (i64, u8, &'static str, i64);

const SAMPLES: &[(Capture, Told)] = &[
    (("chrony-local", (1_795_250_408_887_180, 1_795_250_408_887_386)), (0, 10, "127.127.1.1", 0)),
    (
        ("chrony-version-3", (1_795_250_409_168_119, 1_795_250_409_169_520)),
        (0, 10, "127.127.1.1", 0),
    ),
    (("chrony-below", (1_795_250_417_708_185, 1_795_250_417_708_304)), (0, 11, "127.0.0.1", 24)),
    (
        ("chrony-hour-ahead", (1_795_250_421_114_584, 1_795_250_421_119_465)),
        (HOUR, 1, "\\x7f\\x7f\\x01\\x01", 0),
    ),
    (
        ("chrony-2038", (1_795_250_422_735_289, 1_795_250_422_743_283)),
        (370_000_000_000_000, 10, "127.127.1.1", 0),
    ),
    (("ntpsec-orphan", (1_795_250_449_859_322, 1_795_250_449_859_642)), (0, 4, "127.0.0.1", 0)),
];

fn packet(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/sntp");
    fs::read(format!("{folder}/{name}.bin")).expect(name)
}

#[test]
fn accepts_real_servers() {
    for &((name, (sent, received)), (ahead, stratum, reference, distance)) in SAMPLES {
        let request = SntpRequest::new(NONCE);
        let sample = request.check(&packet(name), local(sent, received), policy()).expect(name);
        assert!(sample.offset.contains(Span::from_micros(ahead)), "{name}: {:?}", sample.offset);
        let width = sample.offset.most() - sample.offset.least();
        let around = Span::from_micros(received - sent + 2 * distance + 20);
        assert!(width <= around, "{name}: {width:?}");
        assert_eq!(sample.stratum, stratum, "{name}");
        assert_eq!(sample.reference.to_string(), reference, "{name}");
        assert_eq!(
            sample.reference.is_own_clock(),
            name.starts_with("chrony-") && name != "chrony-below",
            "{name}"
        );
        assert_eq!(sample.root_distance, Span::from_micros(distance), "{name}");
    }
}

#[test]
fn refuses_unsynchronized_real_servers() {
    let kiss = |code: &[u8; 4]| SntpRefusal::Kiss { code: KissCode::read(*code).unwrap() };
    let rows = [
        ("chrony-unsynchronised", SntpRefusal::Unsynchronized),
        ("ntpsec-init", kiss(b"INIT")),
        ("ntpsec-rate", kiss(b"RATE")),
    ];
    for (name, refusal) in rows {
        let request = SntpRequest::new(NONCE);
        assert_eq!(request.check(&packet(name), local(0, 1), policy()), Err(refusal), "{name}");
    }
}

#[test]
fn packets_need_the_right_nonce() {
    for &((name, (sent, received)), _) in SAMPLES {
        for bit in 0..64 {
            let other = SntpRequest::new(NONCE ^ 1 << bit);
            let refused = other.check(&packet(name), local(sent, received), policy());
            assert_eq!(refused, Err(SntpRefusal::Origin), "{name}, bit {bit}");
        }
    }
}
