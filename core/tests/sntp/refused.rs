//! Refusals of a reply: the first reason that holds, as a sentence.

use jwtick_core::Span;
use jwtick_core::wire::{KissCode, SntpPolicy, SntpRefusal, SntpStamp};

use super::{BUILT, GOOD, NONCE, Reply, stamp};

const NOW: i64 = BUILT * 1_000_000;

const fn micros(micros: i64) -> Span {
    Span::from_micros(micros)
}

const fn zero(stamp: SntpStamp) -> SntpRefusal {
    SntpRefusal::ZeroStamp { stamp }
}

const fn kiss(code: KissCode) -> SntpRefusal {
    SntpRefusal::Kiss { code }
}

const GARBAGE: Reply = Reply { leap: 3, version: 0, mode: 0, stratum: 0, receive: 0, ..GOOD };

const REFUSED: &[(&str, Reply, SntpRefusal)] = &[
    ("another nonce", Reply { originate: NONCE ^ 1, ..GOOD }, SntpRefusal::Origin),
    (
        "another nonce and a kiss code",
        Reply { originate: 0, stratum: 0, reference: *b"DENY", ..GOOD },
        SntpRefusal::Origin,
    ),
    ("RATE", Reply { stratum: 0, reference: *b"RATE", ..GOOD }, kiss(KissCode::RATE)),
    ("a kiss code before all else", Reply { reference: *b"DENY", ..GARBAGE }, kiss(KissCode::DENY)),
    ("mode before version", GARBAGE, SntpRefusal::Mode { met: 0 }),
    ("client", Reply { mode: 3, ..GOOD }, SntpRefusal::Mode { met: 3 }),
    ("broadcast", Reply { mode: 5, ..GOOD }, SntpRefusal::Mode { met: 5 }),
    ("version before leap", Reply { mode: 4, ..GARBAGE }, SntpRefusal::Version { met: 0 }),
    ("version 2", Reply { version: 2, ..GOOD }, SntpRefusal::Version { met: 2 }),
    ("version 5", Reply { version: 5, ..GOOD }, SntpRefusal::Version { met: 5 }),
    ("leap before stratum", Reply { mode: 4, version: 4, ..GARBAGE }, SntpRefusal::Unsynchronized),
    (
        "stratum 0 without a code",
        Reply { stratum: 0, reference: [0; 4], ..GOOD },
        SntpRefusal::Stratum { met: 0 },
    ),
    ("stratum 16", Reply { stratum: 16, ..GOOD }, SntpRefusal::Stratum { met: 16 }),
    ("stratum 255", Reply { stratum: 255, receive: 0, ..GOOD }, SntpRefusal::Stratum { met: 255 }),
    ("no receive stamp", Reply { receive: 0, transmit: 0, ..GOOD }, zero(SntpStamp::Receive)),
    ("no transmit stamp", Reply { transmit: 0, ..GOOD }, zero(SntpStamp::Transmit)),
    (
        "back by the smallest step",
        Reply { transmit: GOOD.receive - 1, ..GOOD },
        SntpRefusal::Backwards { by: micros(1) },
    ),
    (
        "back by a second",
        Reply { transmit: stamp(NOW - 1_000_000), root_delay: u32::MAX, ..GOOD },
        SntpRefusal::Backwards { by: Span::from_secs(1) },
    ),
    (
        "later by half an era but for a fraction",
        Reply { receive: GOOD.receive + 5, transmit: GOOD.receive.wrapping_add(1 << 63), ..GOOD },
        SntpRefusal::Backwards { by: micros((1 << 31) * 1_000_000 + 1) },
    ),
    (
        "set after it left, by the smallest step",
        Reply { last_set: GOOD.transmit + 1, ..GOOD },
        SntpRefusal::SetLater { by: micros(1) },
    ),
    (
        "set an hour after it left",
        Reply { last_set: stamp(NOW + 3_600_000_000), root_delay: u32::MAX, ..GOOD },
        SntpRefusal::SetLater { by: Span::from_secs(3_600) },
    ),
    // half of 2 s, and the microsecond of the precision
    (
        "root delay",
        Reply { root_delay: 2 << 16, ..GOOD },
        SntpRefusal::Distance { met: micros(1_000_001), allowed: SntpPolicy::MAXDIST },
    ),
    (
        "root dispersion",
        Reply { root_dispersion: 1 << 16, ..GOOD },
        SntpRefusal::Distance { met: micros(1_000_001), allowed: SntpPolicy::MAXDIST },
    ),
    (
        "a negative root delay of version 3",
        Reply { version: 3, root_delay: (-1_i32).cast_unsigned(), ..GOOD },
        SntpRefusal::Distance { met: micros(32_767_999_994), allowed: SntpPolicy::MAXDIST },
    ),
    (
        "precision of two seconds",
        Reply { precision: 1, ..GOOD },
        SntpRefusal::Distance { met: Span::from_secs(2), allowed: SntpPolicy::MAXDIST },
    ),
    (
        "precision of centuries",
        Reply { precision: 127, ..GOOD },
        SntpRefusal::Distance { met: Span::from_secs(1 << 30), allowed: SntpPolicy::MAXDIST },
    ),
    // 1000 µs of exchange, 1 µs of either precision, 1 µs of drift
    (
        "held too long",
        Reply { transmit: stamp(NOW + 1_005), ..GOOD },
        SntpRefusal::Held { held: micros(1_004), exchange: micros(1_000) },
    ),
];

#[test]
fn refuses_with_the_first_reason_that_holds() {
    for &(name, reply, expected) in REFUSED {
        assert_eq!(reply.check(NOW, NOW + 1_000), Err(expected), "{name}");
    }
}

#[test]
fn accepts_a_clock_set_before_the_reply() {
    let rows = [
        ("never said", 0),
        ("when the reply left", GOOD.transmit),
        ("a day before", stamp(NOW - 86_400_000_000)),
        ("in the era before", stamp(NOW - 60_000_000_000_000)),
    ];
    for (name, last_set) in rows {
        let met = Reply { last_set, ..GOOD }.check(NOW, NOW + 1_000);
        assert!(met.is_ok(), "{name}: {met:?}");
    }
}

#[test]
fn refusals_are_sentences() {
    const ROWS: &[(SntpRefusal, &str)] = &[
        (SntpRefusal::Short { met: 47 }, "expected a reply of at least 48 bytes, but found 47"),
        (SntpRefusal::Origin, "the packet does not answer this request"),
        (
            SntpRefusal::Kiss { code: KissCode::RATE },
            "the server sent RATE (too many requests): wait before the next try",
        ),
        (
            SntpRefusal::Kiss { code: KissCode::RSTR },
            "the server sent RSTR and does not serve this client: name another",
        ),
        (SntpRefusal::Mode { met: 3 }, "expected mode 4 (server) in the reply, but found 3"),
        (SntpRefusal::Version { met: 5 }, "expected version 3 or 4 in the reply, but found 5"),
        (SntpRefusal::Unsynchronized, "the server reports that its own clock is not synchronized"),
        (
            SntpRefusal::Stratum { met: 16 },
            "expected a server of stratum 1 to 15, but found 16: it is not synchronized",
        ),
        (SntpRefusal::Stratum { met: 17 }, "expected a server of stratum 1 to 15, but found 17"),
        (
            SntpRefusal::ZeroStamp { stamp: SntpStamp::Receive },
            "the receive timestamp of the reply is not set",
        ),
        (
            SntpRefusal::Backwards { by: micros(7) },
            "the reply left 7 µs before the request arrived",
        ),
        (
            SntpRefusal::SetLater { by: micros(7) },
            "the server reports that it set its clock 7 µs after the reply left",
        ),
        (
            SntpRefusal::Held { held: micros(9), exchange: micros(3) },
            "the server reports that it held the request for 9 µs, but the whole exchange took 3 µs",
        ),
    ];
    for (refusal, sentence) in ROWS {
        assert_eq!(refusal.to_string(), *sentence, "{refusal:?}");
    }
}
