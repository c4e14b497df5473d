//! Comparison with the crate `sntpc`: the same offset and delay where it is right, and the cases
//! where it is not.

use jwtick_core::Span;
use jwtick_core::time::Offset;
use jwtick_core::wire::{SntpRefusal, SntpSample};
use jwtick_sntp_peer::{Error, NtpResult, ask};
use proptest::prelude::*;

use super::{BUILT, GOOD, Reply, stamp};

const NOW: i64 = BUILT * 1_000_000;
const HOUR: i64 = 3_600_000_000;

/// The results of `sntpc` and ours for the same exchange.
fn both(
    reply: Reply,
    sent: i64,
    received: i64,
) -> (Result<NtpResult, Error>, Result<SntpSample, SntpRefusal>) {
    (ask(&reply.bytes(), sent, received), reply.check(sent, received))
}

fn middle(offset: Offset) -> i64 {
    offset.least().as_micros().midpoint(offset.most().as_micros())
}

proptest! {
    #[test]
    fn offset_and_delay_match_sntpc(
        sent in 0_i64..3_000_000_000_000_000,
        ahead in -1_000_000_000_000_000_i64..1_000_000_000_000_000,
        out in 0_i64..10_000_000,
        held in 0_i64..1_000_000,
        back in 0_i64..10_000_000,
        root_delay in 0_u32..0x1_0000,
        root_dispersion in 0_u32..0x7000,
        stratum in 1_u8..=15,
        leap in 0_u8..=2,
    ) {
        let arrived = sent + out + ahead;
        // More than 68 years from the build date, the era would be ambiguous.
        prop_assume!((arrived - NOW).abs() < 2_000_000_000_000_000);
        let reply = Reply {
            leap, stratum, root_delay, root_dispersion,
            receive: stamp(arrived), transmit: stamp(arrived + held), ..GOOD
        };
        let (theirs, ours) = both(reply, sent, sent + out + held + back);
        let (theirs, ours) = (theirs.unwrap(), ours.unwrap());
        // Each of four stamps may be rounded by a microsecond on either side.
        let apart = middle(ours.offset) - theirs.offset();
        prop_assert!(apart.abs() <= 4, "offsets are {apart} µs apart");
        let longer = ours.delay.as_micros() - i64::try_from(theirs.roundtrip()).unwrap();
        prop_assert!((-1..=4).contains(&longer), "the delay is {longer} µs longer");
        prop_assert_eq!((ours.stratum, leap), (theirs.stratum(), theirs.leap_indicator()));
    }

    #[test]
    fn refuses_what_sntpc_refuses(
        first: u8,
        stratum: u8,
        root_delay: u32,
        root_dispersion: u32,
        reference: [u8; 4],
        last_set in prop::sample::select(vec![0, GOOD.transmit, GOOD.transmit + 2, GOOD.transmit - 1]),
        receive in prop::sample::select(vec![0, GOOD.receive]),
        transmit in prop::sample::select(vec![0, GOOD.transmit, GOOD.transmit + 1]),
    ) {
        let (leap, version, mode) = (first >> 6, (first >> 3) & 7, first & 7);
        let reply = Reply {
            leap, version, mode, stratum, root_delay, root_dispersion, reference, last_set, receive,
            transmit,
            ..GOOD
        };
        let (theirs, ours) = both(reply, NOW, NOW + 1_000);
        prop_assert!(theirs.is_ok() || ours.is_err(), "{theirs:?}, {ours:?}");
    }
}

#[test]
fn differs_from_sntpc_in_the_listed_cases() {
    let rows: [(&str, Reply, i64, &str); 6] = [
        (
            "a reply that left before the request came proves nothing",
            Reply { transmit: stamp(NOW - HOUR), ..GOOD },
            NOW,
            "before the request arrived",
        ),
        (
            "a reply held longer than the whole exchange took proves nothing",
            Reply { transmit: stamp(NOW + HOUR), ..GOOD },
            NOW,
            "the whole exchange took",
        ),
        (
            "a reply without a receive timestamp proves nothing",
            Reply { receive: 0, ..GOOD },
            NOW,
            "not set",
        ),
        (
            "the fields of version 1 mean something else",
            Reply { version: 1, ..GOOD },
            NOW,
            "found 1",
        ),
        (
            "a root distance above ten seconds is refused",
            Reply { root_dispersion: 10 << 16, ..GOOD },
            NOW,
            "10.000001 s",
        ),
        ("a precision of 64 s is refused", Reply { precision: 6, ..GOOD }, NOW, "1 min 4 s"),
    ];
    for (reason, reply, sent, refusal) in rows {
        let (theirs, ours) = both(reply, sent, sent + 1_000);
        assert!(theirs.is_ok(), "{reason}: {theirs:?} now, follow it");
        let said = ours.expect_err(reason).to_string();
        assert!(said.contains(refusal), "{reason}: {said}");
    }
}

#[test]
fn measures_2040_from_a_clock_in_1970() {
    // The difference of two stamps wraps after 68 years, so `sntpc` reports the clock 66 years ahead.
    let year_2040 = 2_212_208_896_000_000;
    let reply = Reply { receive: stamp(year_2040), transmit: stamp(year_2040), ..GOOD };
    let (theirs, ours) = both(reply, 42_000_000, 42_001_000);
    assert!(theirs.unwrap().offset() < 0);
    assert!(ours.unwrap().offset.contains(Span::from_micros(year_2040 - 42_000_000)));
}

#[test]
fn measures_from_a_clock_before_1970() {
    // `sntpc` counts seconds without a sign, so it cannot be compared.
    let sample = GOOD.check(-42_000_000, -41_999_000).unwrap();
    assert!(sample.offset.contains(Span::from_micros(NOW + 42_000_000)), "{:?}", sample.offset);
}

#[test]
fn server_distance_widens_the_offset() {
    // `sntpc` reports a point, whatever the server's distance.
    let (theirs, ours) = both(Reply { root_dispersion: 0x8000, ..GOOD }, NOW, NOW);
    assert_eq!(theirs.unwrap().offset(), 0);
    let offset = ours.unwrap().offset;
    assert!(offset.least() <= Span::from_millis(-500) && Span::from_millis(500) <= offset.most());
}
