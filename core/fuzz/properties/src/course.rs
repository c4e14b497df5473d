//! Courses of clocks: the hull keeps exactly the bounds that limit some line, parts of it merge in any
//! order, and a course ends exactly where no line goes on.

use jwtick_core::survey::{Bound, Course, Edge};
use jwtick_core::time::Ppm;
use jwtick_core::{Span, UnixTime};

/// More bounds would take long in the oracle, which tries all triples.
const MOST: usize = 24;

/// The input is the limit of the drift and then bounds of five bytes: an edge, a time and an offset, in
/// microseconds.
pub fn course(input: &[u8]) {
    let Some((&limit, rest)) = input.split_first() else { return };
    let bounds: Vec<Bound> = rest.chunks_exact(5).take(MOST).filter_map(bound).collect();
    let kept = hull(&bounds);
    assert_eq!(kept, limiting(&bounds), "{bounds:?}");
    for at in 0..=bounds.len() {
        let (one, other) = bounds.split_at_checked(at).unwrap_or_default();
        assert_eq!(hull(&[hull(other), hull(one)].concat()), kept, "{bounds:?} at {at}");
    }
    assert_course(bounds, u32::from(limit) << 12);
}

fn bound(bytes: &[u8]) -> Option<Bound> {
    let [edge, at_high, at_low, high, low] = *bytes else { return None };
    let at = i64::from(i16::from_be_bytes([at_high, at_low]));
    let offset = i64::from(i16::from_be_bytes([high, low]));
    let edge = if edge & 1 == 0 { Edge::Least } else { Edge::Most };
    Some(Bound { at: UnixTime::from_micros(at), edge, offset: Span::from_micros(offset) })
}

fn hull(bounds: &[Bound]) -> Vec<Bound> {
    let mut bounds = bounds.to_vec();
    let kept = Bound::hull(&mut bounds);
    bounds.truncate(kept);
    bounds
}

/// The bounds that no other one hides, and no line between two others.
fn limiting(bounds: &[Bound]) -> Vec<Bound> {
    let point = |bound: &Bound| {
        let height = i128::from(bound.offset.as_micros());
        let height = if bound.edge == Edge::Least { height } else { -height };
        (i128::from(bound.at.as_micros()), height)
    };
    let limits = |bound: &&Bound| {
        let (at, height) = point(bound);
        let same = bounds.iter().filter(|it| it.edge == bound.edge).map(point);
        let others: Vec<(i128, i128)> = same.filter(|it| *it != (at, height)).collect();
        let is_hidden = others.iter().any(|&(t, h)| t == at && h > height)
            || others.iter().filter(|(t, _)| *t < at).any(|&(before, low)| {
                others.iter().filter(|(t, _)| *t > at).any(|&(after, high)| {
                    (high - low) * (at - before) >= (height - low) * (after - before)
                })
            });
        !is_hidden
    };
    let mut kept: Vec<Bound> = bounds.iter().filter(limits).copied().collect();
    kept.sort_unstable_by_key(|bound| (bound.edge, bound.at, bound.offset));
    kept.dedup();
    kept
}

fn assert_course(mut bounds: Vec<Bound>, limit: u32) {
    bounds.sort_unstable();
    let mut rest = bounds.as_slice();
    while let Some((course, after)) = Course::longest(rest, Ppm(limit)) {
        let taken = course.bounds();
        assert!(!taken.is_empty() && rest.len() == taken.len() + after.len(), "{rest:?}");
        let times = taken.iter().filter(|it| taken.first().is_some_and(|first| first.at != it.at));
        // A single reading may contradict itself.
        if times.count() > 0 {
            assert!(has_line(taken, limit), "{taken:?}");
        }
        if let Some(next) = after.first() {
            let group = after.iter().take_while(|it| it.at == next.at).copied();
            let more: Vec<Bound> = taken.iter().copied().chain(group).collect();
            assert!(!has_line(&more, limit), "{more:?}");
        }
        rest = after;
    }
}

/// Returns true if a line of an allowed slope keeps to all bounds. If there is one, there is one whose slope is
/// at a limit or that touches two bounds.
fn has_line(bounds: &[Bound], limit: u32) -> bool {
    let at = |bound: &Bound| i128::from(bound.at.as_micros());
    let offset = |bound: &Bound| i128::from(bound.offset.as_micros());
    let limit = i128::from(limit);
    let pairs = bounds.iter().flat_map(|one| bounds.iter().map(move |other| (one, other)));
    let of_pairs = pairs.filter(|(one, other)| at(one) < at(other));
    let slopes = of_pairs.map(|(one, other)| (offset(other) - offset(one), at(other) - at(one)));
    let mut slopes = slopes.chain([(limit, 1_000_000), (-limit, 1_000_000)]);
    slopes.any(|(rise, run)| {
        let is_allowed = rise.abs() * 1_000_000 <= limit * run;
        let at_zero = |edge| {
            let of_edge = bounds.iter().filter(move |it| it.edge == edge);
            of_edge.map(move |it| offset(it) * run - at(it) * rise)
        };
        let fits = at_zero(Edge::Least).max().zip(at_zero(Edge::Most).min());
        is_allowed && fits.is_none_or(|(least, most)| least <= most)
    })
}
