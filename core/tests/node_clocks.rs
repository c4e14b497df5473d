//! Answers that show several clocks behind one name, at the edges of what a `Date` leaves open.
#![cfg(test)]

use jwtick_core::survey::{DateOrigin, DateSample, Heard, NodeClocks};
use jwtick_core::time::{Bracket, HttpDate, Offset};
use jwtick_core::{Span, UnixTime};
use proptest::prelude::*;

/// An answer that arrived a tenth of a second after its request, in milliseconds of the local
/// clock, with the second of its `Date`.
fn answer(sent: i64, date: i64) -> DateSample {
    within(sent, sent + 100, date)
}

fn within(sent: i64, received: i64, date: i64) -> DateSample {
    let at = |millis| UnixTime::from_micros(millis * 1_000);
    let local = Bracket::between(at(sent), at(received)).unwrap();
    DateSample { local, date: date_at(date), origin: DateOrigin::Fresh }
}

fn date_at(secs: i64) -> HttpDate {
    HttpDate::new(UnixTime::from_secs(secs)).unwrap()
}

fn clocks(answers: &[DateSample]) -> NodeClocks {
    let mut clocks = NodeClocks::new();
    for answer in answers {
        let _ = clocks.add(*answer);
    }
    clocks
}

#[test]
fn answers_that_exclude_each_other_are_different_clocks() {
    type Row = (&'static str, Vec<DateSample>, &'static [u32], bool);
    let stored = |sample| DateSample { origin: DateOrigin::Stored, ..sample };
    let rows: &[Row] = &[
        ("no answer", vec![], &[], false),
        ("one", vec![answer(0, 0)], &[1], false),
        ("two seconds of one clock", vec![answer(0, 0), answer(1_000, 1)], &[2], false),
        ("ninety seconds apart", vec![answer(0, 0), answer(500, 90)], &[1, 1], true),
        ("in turns", vec![answer(0, 0), answer(500, 90), answer(1_000, 1)], &[2, 1], true),
        // The first leaves 2 … 4 s open, the second 0 … 2 s.
        ("as far as the bounds allow", vec![within(0, 0, 2), within(0, 0, 0)], &[2], false),
        ("a millisecond farther", vec![within(0, 0, 2), within(1, 1, 0)], &[1, 1], true),
        (
            "a text of Date that is a second old",
            vec![answer(900, 1), answer(1_900, 1)],
            &[2],
            false,
        ),
        ("one that is older", vec![answer(0, 0), answer(900, 1), answer(3_200, 1)], &[2, 1], true),
        (
            "a Date that never moves comes from no clock",
            vec![answer(0, 5), answer(3_000, 5), answer(6_000, 5)],
            &[1, 1, 1],
            false,
        ),
        ("a cache tells no time", vec![answer(0, 0), stored(answer(500, 90))], &[1], false),
        (
            "a slow answer fits both, and decides nothing",
            vec![answer(0, 0), answer(500, 90), within(0, 100_000, 91), answer(1_000, 1)],
            &[3, 1],
            true,
        ),
    ];
    for (name, answers, counts, differ) in rows {
        let clocks = clocks(answers);
        let found: Vec<u32> = clocks.clocks().iter().map(|clock| clock.answers()).collect();
        assert_eq!((found.as_slice(), clocks.differ()), (*counts, *differ), "{name}");
        assert_eq!(clocks.others(), 0, "{name}");
    }
}

#[test]
fn groups_narrow_and_report_their_distance() {
    let clocks = clocks(&[answer(0, 0), answer(500, 90), answer(900, 2)]);
    let [first, second] = clocks.clocks() else { panic!("{clocks:?}") };
    let millis = |offset: Offset| (offset.least().as_micros(), offset.most().as_micros());
    // 1.0 … 3.1 s by the third answer, −0.1 … 2 s by the first; plus 0.4 ms of drift since then.
    assert_eq!(millis(first.offset()), (1_000_000, 2_000_401));
    assert_eq!(millis(second.offset()), (89_400_000, 91_500_000));
    assert_eq!(clocks.spread(), Span::from_micros(87_399_599));
    assert_eq!(clocks.distance(), Span::from_secs(1));
    assert_eq!(clocks.answers(), 3);
}

#[test]
fn at_most_eight_clocks_are_kept() {
    let mut clocks = clocks(&(0..8).map(|node| answer(0, 100 * node)).collect::<Vec<_>>());
    assert_eq!(clocks.add(answer(0, 800)), Heard::Nothing);
    assert_eq!(clocks.add(answer(1_000, 701)), Heard::Known);
    assert_eq!((clocks.clocks().len(), clocks.others(), clocks.answers()), (8, 1, 10));
}

fn any_answers() -> impl Strategy<Value = Vec<(i64, i64, i64)>> {
    // Pause before the request, delay there, delay back.
    prop::collection::vec((0_i64..5_000_000, 0_i64..3_000_000, 0_i64..3_000_000), 1..60)
}

proptest! {
    #[test]
    fn answers_of_one_clock_are_never_split(
        offset in -200_000_000_000_i64..200_000_000_000,
        rate in -400_i64..=400,
        stale in 0_i64..1_000_000,
        answers in any_answers(),
    ) {
        let (mut clocks, mut now) = (NodeClocks::new(), 1_700_000_000_000_000_i64);
        let start = now;
        for (pause, there, back) in answers {
            let sent = now + pause;
            let arrived = sent + there;
            now = arrived + back;
            let slewed = (arrived - start) * rate / 1_000_000;
            let shown = UnixTime::from_micros(arrived + offset + slewed - stale);
            let at = UnixTime::from_micros;
            let local = Bracket::between(at(sent), at(now)).unwrap();
            let date = HttpDate::new(shown).unwrap();
            let _ = clocks.add(DateSample { local, date, origin: DateOrigin::Fresh });
            prop_assert_eq!(clocks.clocks().len(), 1);
        }
        prop_assert!(!clocks.differ());
    }

    #[test]
    fn clocks_farther_apart_than_the_bounds_are_told_apart(
        ahead in 12_i64..100_000,
        answers in any_answers(),
    ) {
        let (mut clocks, mut now) = (NodeClocks::new(), 1_700_000_000_000_000_i64);
        for (turn, (pause, there, back)) in answers.iter().enumerate() {
            let (sent, arrived) = (now + pause, now + pause + there);
            now = arrived + back;
            let ahead = if turn % 2 == 0 { 0 } else { ahead };
            let at = UnixTime::from_micros;
            let local = Bracket::between(at(sent), at(now)).unwrap();
            let date = HttpDate::new(at(arrived) + Span::from_secs(ahead)).unwrap();
            let _ = clocks.add(DateSample { local, date, origin: DateOrigin::Fresh });
        }
        let counts: Vec<usize> =
            clocks.clocks().iter().map(|clock| usize::try_from(clock.answers()).unwrap()).collect();
        let (first, second) = (answers.len().div_ceil(2), answers.len() / 2);
        let expected = if second == 0 { vec![first] } else { vec![first, second] };
        prop_assert_eq!(counts, expected);
        prop_assert_eq!(clocks.differ(), second > 0);
    }
}
