//! The content of a sample, field by field and at the edges.

use jwtick_core::Span;
use jwtick_core::survey::SntpSeries;
use jwtick_core::time::{Offset, Ppm};
use jwtick_core::wire::{Leap, ReferenceId, SntpPolicy, SntpRefusal, SntpRequest};

use super::{BUILT, GOOD, NONCE, Reply, local, policy, stamp};

const NOW: i64 = BUILT * 1_000_000;

const fn micros(micros: i64) -> Span {
    Span::from_micros(micros)
}

#[test]
fn request_holds_only_the_nonce() {
    let mut expected = [0; SntpRequest::LENGTH];
    expected[0] = 0b00_100_011;
    expected[40..].copy_from_slice(&NONCE.to_be_bytes());
    assert_eq!(SntpRequest::new(NONCE).to_bytes(), expected);
}

#[test]
fn packet_needs_its_header_and_may_be_longer() {
    let request = SntpRequest::new(NONCE);
    let mut bytes = GOOD.bytes().to_vec();
    bytes.extend([0xFF; 68]); // extension fields and a digest
    let check = |length: usize| request.check(&bytes[..length], local(NOW, NOW), policy());
    for met in 0..48 {
        assert_eq!(check(met), Err(SntpRefusal::Short { met }), "{met} bytes");
    }
    for length in [48, 52, 68, 116] {
        assert!(check(length).is_ok(), "{length} bytes");
    }
}

/// Offsets in microseconds of a reply at local time `NOW` whose exchange took a millisecond.
const INTERVALS: &[(&str, Reply, i64, i64)] = &[
    // Drift is 500 ppm of 1 ms, so 1 µs; each clock's precision is 1 µs.
    ("nothing but readings", GOOD, -1_003, 3),
    (
        "a local clock behind",
        Reply { receive: stamp(NOW + 7_000_000), transmit: stamp(NOW + 7_000_500), ..GOOD },
        6_999_496,
        7_000_003,
    ),
    ("root delay counts half", Reply { root_delay: 0x8000, ..GOOD }, -251_003, 250_003),
    ("root dispersion counts whole", Reply { root_dispersion: 0x8000, ..GOOD }, -501_003, 500_003),
    ("the smallest delay rounds up", Reply { root_delay: 1, ..GOOD }, -1_011, 11),
    ("precision of a 64 Hz clock", Reply { precision: -6, ..GOOD }, -16_627, 15_627),
    (
        "fractions round outwards",
        Reply { receive: GOOD.receive + 1, transmit: GOOD.receive + 1, ..GOOD },
        -1_003,
        4,
    ),
    (
        "held as long as the exchange took",
        Reply { receive: stamp(NOW), transmit: stamp(NOW + 1_000), ..GOOD },
        -4,
        3,
    ),
];

#[test]
fn offset_interval_is_what_the_stamps_prove() {
    for &(name, reply, least, most) in INTERVALS {
        let sample = reply.check(NOW, NOW + 1_000).expect(name);
        assert_eq!(Some(sample.offset), Offset::between(micros(least), micros(most)), "{name}");
    }
}

#[test]
fn eras_follow_the_build_date_not_the_local_clock() {
    // Local clock, server's clock: both in microseconds since 1970.
    const ROWS: &[(&str, i64, i64)] = &[
        ("local clock in 1970", 42_000_000, NOW),
        ("local clock before 1970", -42_000_000, NOW),
        ("local clock in 1900", -2_208_988_800_000_000, NOW),
        ("local clock in 2040", 2_212_208_896_000_000, NOW),
        ("server in era 1", NOW, 2_212_208_896_000_000),
        ("both in era 1", 2_212_208_896_000_000, 2_212_208_896_000_001),
        ("server an hour before the build", NOW, NOW - 3_600_000_000),
        ("server in 1970", NOW, 5_000_000),
    ];
    for &(name, local, server) in ROWS {
        let reply = Reply { receive: stamp(server), transmit: stamp(server), ..GOOD };
        let sample = reply.check(local, local + 10).expect(name);
        assert!(sample.offset.contains(micros(server - local)), "{name}: {:?}", sample.offset);
        assert!(sample.offset.most() - sample.offset.least() < micros(20), "{name}");
    }
}

#[test]
fn exchange_may_cross_the_end_of_an_era() {
    // 2036-02-07T06:28:16Z, the first second of era 1
    let end = 2_085_978_496_000_000;
    let reply = Reply { receive: u64::MAX, transmit: 1, ..GOOD };
    let sample = reply.check(end - 500, end + 500).expect("straddles");
    assert!(sample.offset.contains(Span::ZERO));
    assert!(sample.offset.most() < micros(600), "{:?}", sample.offset);
}

#[test]
fn exchange_may_cross_the_end_of_the_last_era() {
    // 2³¹ s after the build, where a timestamp alone would mean the past again.
    let end = NOW + (1 << 31) * 1_000_000;
    let reply = Reply { receive: stamp(end - 200), transmit: stamp(end + 200), ..GOOD };
    let sample = reply.check(end - 500, end + 500).expect("straddles");
    assert!(sample.offset.contains(Span::ZERO));
    assert!(sample.offset.least() > micros(-400), "{:?}", sample.offset);
}

#[test]
fn sample_holds_the_server_s_own_data() {
    let reply = Reply {
        leap: 1,
        version: 3,
        stratum: 1,
        precision: -18,
        root_delay: 0x1000,
        root_dispersion: 0x0100,
        reference: *b"PPS\0",
        transmit: stamp(NOW + 200),
        ..GOOD
    };
    let sample = reply.check(NOW, NOW + 1_000).expect("good");
    assert_eq!(sample.delay, micros(801), "1000 µs without 200, rounded outwards");
    assert_eq!(sample.root_distance, micros(31_250 + 3_907));
    assert_eq!(sample.precision, micros(4));
    assert_eq!((sample.stratum, sample.leap), (1, Leap::Insert));
    assert_eq!(sample.reference, ReferenceId::Source(*b"PPS\0"));
    let last_minute = Reply { leap: 2, ..reply }.check(NOW, NOW + 1_000).expect("good");
    assert_eq!(last_minute.leap, Leap::Delete);
}

#[test]
fn policy_can_loosen_or_tighten_limits() {
    let far = Reply { root_dispersion: 10 << 16, ..GOOD };
    let check = |policy| SntpRequest::new(NONCE).check(&far.bytes(), local(NOW, NOW), policy);
    assert!(check(policy()).is_err());
    let wide = SntpPolicy { most_distance: SntpPolicy::MAXDISP, ..policy() };
    assert!(check(wide).is_ok());
    let racing = SntpPolicy { drift: Ppm(5_000), ..wide };
    let sample = SntpRequest::new(NONCE).check(&GOOD.bytes(), local(NOW, NOW + 1_000_000), racing);
    assert_eq!(sample.expect("good").offset.most(), micros(5_028));
}

#[test]
fn local_clock_beyond_all_dates_gives_ordered_bounds() {
    for at in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX] {
        if let Ok(sample) = GOOD.check(at, at) {
            assert!(sample.offset.least() <= sample.offset.most(), "{at}");
        }
    }
    let whole = GOOD.check(i64::MIN, i64::MAX).expect("an exchange of all time");
    assert!(whole.offset.contains(Span::ZERO) && whole.offset.least() <= whole.offset.most());
}

#[test]
fn server_that_contradicts_itself_is_refused() {
    let sample = |sent: i64, behind: i64| {
        let at = stamp(sent + 500 + behind);
        Reply { receive: at, transmit: at, ..GOOD }.check(sent, sent + 1_000).expect("good")
    };
    let mut series = SntpSeries::new(Ppm(500));
    let (first, second) = (sample(NOW, 7_000), sample(NOW + 2_000, 7_400));
    assert_eq!(series.add(first), Ok(()));
    assert_eq!((series.offset(), series.newest()), (Some(first.offset), Some(first)));
    assert_eq!(series.add(second), Ok(()));
    // from 6896 by the second and to 7503 by the first, which is 2 ms old: 2 µs of drift
    assert_eq!(series.offset(), Offset::between(micros(6_896), micros(7_505)));
    assert_eq!((series.delay(), series.newest()), (Some(second.delay), Some(second)));

    let contradiction = series.add(sample(NOW + 4_000, 3_607_000)).expect_err("an hour later");
    assert_eq!(contradiction.least, micros(3_598_989), "{contradiction}");
    assert_eq!((series.offset(), series.delay(), series.newest()), (None, None, None));
    assert_eq!(series.add(first), Ok(()), "nothing more is compared");
    assert_eq!(series.offset(), None);
}

/// A server may appear to hold a packet longer than the exchange took, by at most the error of the
/// readings: a microsecond for each clock, and one for the drift.
#[test]
fn server_hold_time_may_exceed_the_exchange_only_by_reading_error() {
    let held = |by: i64| {
        // Stamps are rounded down, so one more is exactly the microsecond.
        let transmit = stamp(NOW + 1_000 + by) + 1;
        Reply { receive: stamp(NOW), transmit, ..GOOD }.check(NOW, NOW + 1_000)
    };
    assert!(held(3).is_ok(), "{:?}", held(3));
    assert!(matches!(held(4), Err(SntpRefusal::Held { .. })), "{:?}", held(4));
}

#[test]
fn root_distance_at_the_limit_is_accepted() {
    let far = Reply { root_dispersion: 0x8000, ..GOOD };
    let check = |most_distance| {
        let policy = SntpPolicy { most_distance, ..policy() };
        SntpRequest::new(NONCE).check(&far.bytes(), local(NOW, NOW), policy)
    };
    let (met, allowed) = (micros(500_001), micros(500_000)); // with the precision of 1 µs
    assert!(check(met).is_ok());
    assert_eq!(check(allowed), Err(SntpRefusal::Distance { met, allowed }));
}

#[test]
fn drift_is_allowed_between_two_samples() {
    let sample = |sent: i64, behind: i64| {
        let at = stamp(sent + 500 + behind);
        Reply { receive: at, transmit: at, ..GOOD }.check(sent, sent + 1_000).expect("good")
    };
    // 500 ppm of an hour are 1.8 s.
    for (name, drifted, agrees) in [
        ("gained", -1_790_000, true),
        ("lost", 1_790_000, true),
        ("gained too much", -1_810_000, false),
        ("lost too much", 1_810_000, false),
    ] {
        let mut series = SntpSeries::new(Ppm(500));
        series.add(sample(NOW, 0)).unwrap();
        let later = series.add(sample(NOW + 3_600_000_000, drifted));
        assert_eq!(later.is_ok(), agrees, "{name}: {later:?}");
    }
}
