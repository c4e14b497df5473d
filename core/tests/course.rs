//! Courses of clocks: laws of the hull, and the truth of every simulated clock.
#![cfg(test)]

use jwtick_core::survey::{Bound, Course, Edge};
use jwtick_core::time::Ppm;
use jwtick_core::{Span, UnixTime};
use proptest::collection::vec;
use proptest::prelude::*;

/// Mostly close together, so that bounds meet on lines; sometimes far apart.
fn bound() -> impl Strategy<Value = Bound> {
    let near = (-9_i64..9, -9_i64..9);
    let far = (-1_i64 << 40..1 << 40, -1_i64 << 40..1 << 40);
    (prop_oneof![near, far], any::<bool>()).prop_map(|((at, offset), is_least)| Bound {
        at: UnixTime::from_micros(at),
        edge: if is_least { Edge::Least } else { Edge::Most },
        offset: Span::from_micros(offset),
    })
}

fn hull(bounds: &[Bound]) -> Vec<Bound> {
    let mut bounds = bounds.to_vec();
    let kept = Bound::hull(&mut bounds);
    bounds.truncate(kept);
    bounds
}

fn union(one: &[Bound], other: &[Bound]) -> Vec<Bound> {
    hull(&[one, other].concat())
}

/// A clock with an offset at the epoch, in µs, and a rate, in parts per million.
fn offset_at((offset, ppm): (i64, i64), at: i64) -> i64 {
    offset + at * ppm
}

/// Bounds on the true offset at several times, in seconds.
fn readings() -> impl Strategy<Value = Vec<(i64, i64, i64)>> {
    vec((0_i64..1_000_000, 0_i64..3_000_000, 0_i64..3_000_000), 1..12)
}

fn bounds_of(clock: (i64, i64), readings: &[(i64, i64, i64)]) -> Vec<Bound> {
    let both = |&(at, below, above): &(i64, i64, i64)| {
        let truth = offset_at(clock, at);
        let bound = |edge, offset| Bound {
            at: UnixTime::from_secs(at),
            edge,
            offset: Span::from_micros(offset),
        };
        [bound(Edge::Least, truth - below), bound(Edge::Most, truth + above)]
    };
    let mut bounds: Vec<Bound> = readings.iter().flat_map(both).collect();
    bounds.sort_unstable();
    bounds
}

proptest! {
    #[test]
    fn hull_of_a_union_is_that_of_the_hulls(
        parts in prop::array::uniform3(vec(bound(), 0..24)),
    ) {
        let [a, b, c] = [0, 1, 2].map(|part| hull(&parts[part]));
        let whole = hull(&parts.concat());
        prop_assert_eq!(&union(&union(&a, &b), &c), &whole);
        prop_assert_eq!(&union(&a, &union(&b, &c)), &whole);
        prop_assert_eq!(&union(&union(&c, &a), &b), &whole);
        prop_assert_eq!(&union(&whole, &a), &whole);
        prop_assert_eq!(&hull(&whole), &whole);
    }

    #[test]
    fn course_holds_the_truth_of_a_clock_that_was_not_set(
        clock in (-1_i64 << 40..1 << 40, -200_i64..=200),
        readings in readings(),
    ) {
        let bounds = bounds_of(clock, &readings);
        let (course, rest) = Course::longest(&bounds, Ppm(200)).unwrap();
        prop_assert_eq!(rest, &[]);
        let last = readings.iter().map(|(at, ..)| *at).max().unwrap();
        let truth = Span::from_micros(offset_at(clock, last));
        prop_assert!(course.offset().contains(truth), "{:?} {truth:?}", course.offset());
        let ppb = clock.1 * 1_000;
        prop_assert!(course.rate().least_ppb() <= ppb && ppb <= course.rate().most_ppb());
    }

    #[test]
    fn bounds_outside_the_hull_change_no_course(
        clock in (-9_000_000_i64..9_000_000, -200_i64..=200),
        readings in readings(),
    ) {
        let bounds = bounds_of(clock, &readings);
        let mut few = hull(&bounds);
        few.sort_unstable();
        let all = Course::longest(&bounds, Ppm(200)).unwrap().0;
        let some = Course::longest(&few, Ppm(200)).unwrap().0;
        prop_assert_eq!((all.offset(), all.rate()), (some.offset(), some.rate()));
    }

    #[test]
    fn step_beyond_all_bounds_ends_a_course(
        clock in (-9_000_000_i64..9_000_000, -200_i64..=200),
        readings in readings(),
        step in 1_000_000_000_i64..2_000_000_000,
    ) {
        let before = bounds_of(clock, &readings);
        let since = Span::from_secs(1_000_001);
        let after = bounds_of((clock.0 + step, clock.1), &readings);
        let moved = after.iter().map(|bound| Bound { at: bound.at + since, ..*bound });
        let both: Vec<Bound> = before.iter().copied().chain(moved).collect();
        let (course, rest) = Course::longest(&both, Ppm(200)).unwrap();
        prop_assert_eq!(course.bounds(), before.as_slice());
        prop_assert_eq!(rest.len(), after.len());
    }
}
