//! Estimates of other clocks: the interval holds the true offset of every simulated clock.
#![cfg(test)]

use jwtick_core::survey::{ApartCause, ClockEstimate, Reading};
use jwtick_core::time::{HttpDate, Ppm};
use jwtick_core::{Span, TimeBounds, UnixTime};
use proptest::collection::vec;
use proptest::prelude::*;

const DAY: Span = Span::from_secs(86_400);

/// A message of the simulated party.
#[derive(Debug, Clone, Copy)]
enum Message {
    /// A token of an age.
    Token(i64),
    /// A proof without a nonce, of an age.
    Proof(i64),
    /// A proof that is made at a time after its nonce was issued, and arrives at a time after that.
    Nonced(i64, i64),
    /// An answer whose `Date` is of a time after the request, may be a second old, and arrives later.
    Date(i64, bool, i64),
}

/// A clock with an offset at the epoch of the simulation and a rate error, in µs and parts per million.
#[derive(Debug, Clone, Copy)]
struct Simulated {
    offset: i64,
    drift: i64,
}

impl Simulated {
    /// What the clock reads minus UTC.
    fn offset_at(self, utc: i64) -> i64 {
        self.offset + utc * self.drift / 1_000_000
    }

    fn secs_at(self, utc: i64) -> i64 {
        (START + utc + self.offset_at(utc)).div_euclid(1_000_000)
    }

    fn reading(self, message: Message, at: i64, off: (i64, i64)) -> Reading<u8> {
        let iat = |utc| UnixTime::from_secs(self.secs_at(utc)).into();
        match message {
            Message::Token(age) => Reading::of_token(iat(at - age), local(at, off), 0),
            Message::Proof(age) => Reading::of_proof(iat(at - age), None, local(at, off), 0),
            Message::Nonced(waited, way) => {
                let issued = Some(local(at - way - waited, off));
                Reading::of_proof(iat(at - way), issued, local(at, off), 1)
            }
            Message::Date(way, old, back) => {
                let secs = self.secs_at(at - back) - i64::from(old);
                let date = HttpDate::new(UnixTime::from_secs(secs)).unwrap();
                Reading::of_date(date, local(at - back - way, off), local(at, off), 2)
            }
        }
    }
}

/// 2017-03-03, in µs.
const START: i64 = 1_488_515_345_000_000;

/// Our clock: UTC is within bounds that lie around it anyhow.
fn local(utc: i64, (below, above): (i64, i64)) -> TimeBounds {
    let at = |micros| UnixTime::from_micros(START + micros);
    TimeBounds::between(at(utc - below), at(utc + above)).unwrap()
}

fn message() -> impl Strategy<Value = Message> {
    let span = || prop_oneof![0..2_000_i64, 0..3_000_000_i64, 0..4_000_000_000_i64];
    prop_oneof![
        span().prop_map(Message::Token),
        span().prop_map(Message::Proof),
        (span(), span()).prop_map(|(waited, way)| Message::Nonced(waited, way)),
        (span(), any::<bool>(), span()).prop_map(|(way, old, back)| Message::Date(way, old, back)),
    ]
}

fn clock() -> impl Strategy<Value = Simulated> {
    let offset = prop_oneof![-3_000_000..3_000_000_i64, -400_000_000_000..400_000_000_000_i64];
    (offset, -50..=50_i64).prop_map(|(offset, drift)| Simulated { offset, drift })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn interval_holds_the_true_offset(
        clock in clock(),
        messages in vec((message(), 0..40_000_000_000_i64, (0..500_000_i64, 0..500_000_i64)), 1..40),
        order in any::<bool>(),
    ) {
        let mut messages = messages;
        if order {
            messages.sort_by_key(|(_, at, _)| *at);
        }
        let mut estimate = ClockEstimate::new(Ppm::QUARTZ, DAY);
        for (message, at, off) in messages {
            let met = estimate.add(clock.reading(message, at, off));
            prop_assert!(met.is_ok(), "{message:?} contradicts: {met:?}");
            for later in [0, 1, 70_000_000, 9_000_000_000] {
                let offset = estimate.offset(local(at + later, off));
                let truth = Span::from_micros(clock.offset_at(at + later));
                prop_assert!(offset.is_none_or(|offset| offset.contains(truth)), "{offset:?} {truth:?}");
            }
        }
    }

    #[test]
    fn step_is_found_between_two_sided_readings(
        clock in clock(), by in 4_000_000..400_000_000_i64, back in any::<bool>(), way in 0..500_000_i64,
    ) {
        let mut estimate = ClockEstimate::new(Ppm::QUARTZ, DAY);
        estimate.add(clock.reading(Message::Nonced(0, way), way, (0, 0))).unwrap();
        let by = if back { -by } else { by };
        let stepped = Simulated { offset: clock.offset + by, ..clock };
        let at = 60_000_000;
        let apart = estimate.add(stepped.reading(Message::Nonced(0, way), at, (0, 0))).unwrap_err();
        prop_assert_eq!(apart.cause(), ApartCause::Set);
        prop_assert!(apart.gap <= Span::from_micros(by.abs()) && apart.gap > Span::ZERO);
        let offset = estimate.offset(local(at, (0, 0))).unwrap();
        prop_assert!(offset.contains(Span::from_micros(stepped.offset_at(at))));
        prop_assert_eq!(estimate.readings(), 1);
    }
}

fn at(secs: i64) -> TimeBounds {
    TimeBounds::exactly(UnixTime::from_secs(secs))
}

fn token(iat: i64, seen: i64) -> Reading<&'static str> {
    Reading::of_token(UnixTime::from_secs(iat).into(), at(seen), "token")
}

#[test]
fn tokens_bound_one_side_only() {
    let mut clock = ClockEstimate::default();
    assert_eq!(clock.offset(at(0)), None);
    clock.add(token(90, 100)).unwrap();
    clock.add(token(195, 200)).unwrap();
    clock.add(token(100, 300)).unwrap();
    let offset = clock.offset(at(300)).unwrap();
    // The bound of the second token, loosened by 50 ppm of 100 s and by 1 µs.
    assert_eq!(offset.least(), Span::from_micros(-5_005_001));
    assert_eq!(offset.most(), Span::MAX);
    assert_eq!((clock.high(), clock.readings()), (None, 3));
}

#[test]
fn bound_is_forgotten_after_its_horizon() {
    let mut clock = ClockEstimate::new(Ppm(0), Span::from_secs(10));
    clock.add(token(150, 100)).unwrap();
    assert!(clock.offset(at(110)).is_some());
    assert_eq!(clock.offset(at(111)), None);
    clock.add(token(111, 111)).unwrap();
    assert_eq!(clock.offset(at(111)).unwrap().least(), Span::from_micros(-1));
}

#[test]
fn unknown_time_bounds_nothing() {
    let mut clock = ClockEstimate::default();
    let never_set = TimeBounds::since(UnixTime::FIRST_RELEASE);
    let iat = UnixTime::from_secs(4_000_000_000).into();
    clock.add(Reading::of_token(iat, never_set, "token")).unwrap();
    assert_eq!(clock.offset(never_set), None);
}

#[test]
fn two_clocks_under_one_name_are_told_from_a_step() {
    let date = |secs| HttpDate::new(UnixTime::from_secs(secs)).unwrap();
    let mut clock = ClockEstimate::default();
    clock.add(token(410, 100)).unwrap();
    let apart = clock.add(Reading::of_date(date(100), at(100), at(100), "date")).unwrap_err();
    assert_eq!((apart.kept.source, apart.met.source), ("token", "date"));
    assert_eq!(
        (apart.cause(), apart.gap),
        (ApartCause::SetOrTwoClocks, Span::from_micros(307_999_999))
    );
}
