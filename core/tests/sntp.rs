//! SNTP replies: reasons for refusal, and what an accepted sample proves.
#![cfg(test)]

mod edges;
mod peer;
mod properties;
mod refused;

use std::fs;

use jwtick_core::time::Bracket;
use jwtick_core::wire::{KissCode, SntpPolicy, SntpRefusal, SntpRequest, SntpSample};
use jwtick_core::{Span, UnixTime};
pub(crate) use jwtick_sntp_peer::stamp;

pub(crate) const NONCE: u64 = 0x0123_4567_89AB_CDEF;
/// 2026-01-01T00:00:00Z
pub(crate) const BUILT: i64 = 1_767_225_600;

/// A reply of a good server: both times at `BUILT`, and zero distance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reply {
    pub(crate) leap: u8,
    pub(crate) version: u8,
    pub(crate) mode: u8,
    pub(crate) stratum: u8,
    pub(crate) precision: i8,
    pub(crate) root_delay: u32,
    pub(crate) root_dispersion: u32,
    pub(crate) reference: [u8; 4],
    pub(crate) last_set: u64,
    pub(crate) originate: u64,
    pub(crate) receive: u64,
    pub(crate) transmit: u64,
}

pub(crate) const GOOD: Reply = Reply {
    leap: 0,
    version: 4,
    mode: 4,
    stratum: 2,
    precision: -24,
    root_delay: 0,
    root_dispersion: 0,
    reference: [192, 0, 2, 1],
    last_set: 0,
    originate: NONCE,
    receive: stamp(BUILT * 1_000_000),
    transmit: stamp(BUILT * 1_000_000),
};

impl Reply {
    pub(crate) fn bytes(self) -> [u8; 48] {
        let mut bytes = [0; 48];
        bytes[0] = self.leap << 6 | self.version << 3 | self.mode;
        bytes[1] = self.stratum;
        bytes[3] = self.precision.cast_unsigned();
        bytes[4..8].copy_from_slice(&self.root_delay.to_be_bytes());
        bytes[8..12].copy_from_slice(&self.root_dispersion.to_be_bytes());
        bytes[12..16].copy_from_slice(&self.reference);
        bytes[16..24].copy_from_slice(&self.last_set.to_be_bytes());
        bytes[24..32].copy_from_slice(&self.originate.to_be_bytes());
        bytes[32..40].copy_from_slice(&self.receive.to_be_bytes());
        bytes[40..48].copy_from_slice(&self.transmit.to_be_bytes());
        bytes
    }

    /// Checks the reply to a request that was sent and answered at these local microseconds.
    pub(crate) fn check(self, sent: i64, received: i64) -> Result<SntpSample, SntpRefusal> {
        SntpRequest::new(NONCE).check(&self.bytes(), local(sent, received), policy())
    }
}

pub(crate) fn local(sent: i64, received: i64) -> Bracket {
    Bracket::between(UnixTime::from_micros(sent), UnixTime::from_micros(received)).unwrap()
}

pub(crate) fn policy() -> SntpPolicy {
    SntpPolicy::as_of(UnixTime::from_secs(BUILT))
}

/// The nonce of the captured exchanges with real servers, on loopback (`fixtures/README.md`).
const CAPTURED: u64 = 0x6A77_7469_636B_2E31;
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
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/tables/sntp.tsv");
    let table = fs::read_to_string(table).unwrap();
    let mut rows = table.lines().filter_map(|row| row.split_once('\t'));
    let (_, hex) = rows.find(|(known, _)| *known == name).expect(name);
    let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(byte).collect()
}

#[test]
fn accepts_real_servers() {
    for &((name, (sent, received)), (ahead, stratum, reference, distance)) in SAMPLES {
        let request = SntpRequest::new(CAPTURED);
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
        let request = SntpRequest::new(CAPTURED);
        assert_eq!(request.check(&packet(name), local(0, 1), policy()), Err(refusal), "{name}");
    }
}

#[test]
fn packets_need_the_right_nonce() {
    for &((name, (sent, received)), _) in SAMPLES {
        for bit in 0..64 {
            let other = SntpRequest::new(CAPTURED ^ 1 << bit);
            let refused = other.check(&packet(name), local(sent, received), policy());
            assert_eq!(refused, Err(SntpRefusal::Origin), "{name}, bit {bit}");
        }
    }
}
