//! The verdict on a host, drawn from its state alone.

use core::cmp::Reverse;
use std::collections::BTreeMap;

use jwtick_core::diagnosis::{Attribution, Cause, Certainty, ClockFault};
use jwtick_core::survey::{Bound, Course};
use jwtick_core::time::{Direction, Offset, Ppm, Rate};
use jwtick_core::{Span, UnixTime};

use super::state::HostState;
use super::stretch::{ANY, Stretch};

/// A clock gains or loses at most this much, even while a time service slews it (adjtimex allows 500 ppm
/// in addition to the error of the oscillator). A faster change is taken for a step.
const MOST_DRIFT: Ppm = Ppm(1_000);

/// What is known about a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) cause: Cause,
    pub(crate) fault: ClockFault,
    pub(crate) certainty: Certainty,
    pub(crate) attribution: Option<Attribution>,
    pub(crate) direction: Option<Direction>,
    /// The offset while the fault lasted, or else the newest.
    pub(crate) offset: Option<Offset>,
    /// The same if the log is in UTC, where it does not name its zone.
    pub(crate) offset_if_utc: Option<Offset>,
    /// The rate at which the clock loses; `None` if it was observed only once.
    pub(crate) rate: Option<Rate>,
    /// When the clock became wrong.
    pub(crate) since: Option<Since>,
    /// When it was first seen to be right again.
    pub(crate) until: Option<UnixTime>,
    /// The number of times that it was set, or jumped.
    pub(crate) steps: usize,
    pub(crate) refusals: u64,
    pub(crate) harm: u64,
    pub(crate) server: String,
    pub(crate) remedy: Option<&'static str>,
}

/// The time at which a clock became wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Since {
    /// The last time at which it was seen to be right; `None` if it never was.
    pub(crate) after: Option<UnixTime>,
    /// The first time at which it was seen to be wrong.
    pub(crate) by: UnixTime,
}

impl Verdict {
    /// What `state` shows.
    pub(crate) fn of(state: &HostState) -> Self {
        let lead = lead(state);
        let is_in_utc = !state.bounds_if_utc().is_empty();
        let narrow = if is_in_utc { state.bounds_if_utc() } else { state.bounds() };
        let courses = courses(narrow);
        let faulty = lead.filter(|lead| lead.fault == ClockFault::Found);
        let at = faulty.and_then(Stretch::observed_at).map(UnixTime::from_secs);
        let of_fault = of_time(&courses, at);
        let course = of_fault.and_then(|of_fault| courses.get(of_fault));
        let met = course.map(Course::offset).or_else(|| lead.and_then(Stretch::narrow));
        let sound = if is_in_utc { newest(state, at) } else { met };
        let is_wrong = |course: &Course<'_>| !course.offset().contains(Span::ZERO);
        let wrong = of_fault.filter(|_| course.is_some_and(is_wrong));
        let direction = sound.and_then(direction);
        let (cause, fault, certainty) =
            lead.map_or_else(|| quiet(met), |lead| (lead.cause, lead.fault, lead.certainty));
        Self {
            cause,
            fault,
            certainty,
            attribution: lead.and_then(|lead| lead.attribution),
            direction: direction.or_else(|| lead.and_then(|lead| lead.direction)),
            offset: sound,
            offset_if_utc: met.filter(|_| is_in_utc),
            rate: course.filter(|course| is_long(course)).map(Course::rate),
            since: wrong.and_then(|wrong| since(&courses, wrong, is_wrong)),
            until: wrong.and_then(|wrong| until(&courses, wrong, is_wrong)),
            steps: courses.len().saturating_sub(1),
            refusals: sum(state.stretches().map(|it| it.refusals)),
            harm: sum(state.stretches().map(Stretch::harm)),
            server: lead.map(|lead| lead.server.clone()).unwrap_or_default(),
            remedy: lead.and_then(|lead| lead.remedy).map(|remedy| {
                let keeper = state.keeper().filter(|_| remedy == ANY);
                keeper.unwrap_or(remedy)
            }),
        }
    }
}

fn direction(offset: Offset) -> Option<Direction> {
    match (offset.least() > Span::ZERO, offset.most() < Span::ZERO) {
        (true, _) => Some(Direction::Behind),
        (false, true) => Some(Direction::Ahead),
        (false, false) => None,
    }
}

fn sum(counts: impl Iterator<Item = u64>) -> u64 {
    counts.fold(0, u64::saturating_add)
}

/// The stretch that shows best what is wrong: the newest that is certain of the cause with the best proof;
/// of causes that are equally certain, the one with more refusals.
fn lead(state: &HostState) -> Option<&Stretch> {
    let mut causes: BTreeMap<&str, (Certainty, u64)> = BTreeMap::new();
    for stretch in state.stretches() {
        let (certainty, refusals) =
            causes.entry(stretch.cause.code()).or_insert((stretch.certainty, 0));
        *certainty = (*certainty).max(stretch.certainty);
        *refusals = refusals.saturating_add(stretch.refusals);
    }
    let is_finding =
        |code: &str| code != Cause::Undetermined.code() && code != Cause::NotClock.code();
    let rank = |(code, (certainty, refusals)): &(&str, (Certainty, u64))| {
        (is_finding(code), *certainty, *refusals, Reverse((*code).to_owned()))
    };
    let (code, (certainty, _)) = causes.into_iter().max_by_key(rank)?;
    state.stretches().rev().find(|it| it.cause.code() == code && it.certainty == certainty)
}

/// The courses of the clock between the times at which it was set.
fn courses(bounds: &[Bound]) -> Vec<Course<'_>> {
    let mut courses = Vec::new();
    let mut rest = bounds;
    while let Some((course, after)) = Course::longest(rest, MOST_DRIFT) {
        courses.push(course);
        rest = after;
    }
    courses
}

/// The course at `at`, or else the last one.
fn of_time(courses: &[Course<'_>], at: Option<UnixTime>) -> Option<usize> {
    let last = courses.len().checked_sub(1)?;
    let Some(at) = at else { return Some(last) };
    let starts = |course: &Course<'_>| course.bounds().first().is_some_and(|first| first.at <= at);
    Some(courses.iter().rposition(starts).unwrap_or(0))
}

/// The offset that holds in every zone at `at`, or else the newest one.
fn newest(state: &HostState, at: Option<UnixTime>) -> Option<Offset> {
    let courses = courses(state.bounds());
    courses.get(of_time(&courses, at)?).map(Course::offset)
}

/// Returns true if the course is long enough to show a rate.
fn is_long(course: &Course<'_>) -> bool {
    let ends = course.bounds().first().zip(course.bounds().last());
    ends.is_some_and(|(first, last)| first.at < last.at)
}

/// When the clock became wrong: it was right before the first of the courses up to `wrong` that are wrong.
fn since(
    courses: &[Course<'_>],
    wrong: usize,
    is_wrong: impl Fn(&Course<'_>) -> bool,
) -> Option<Since> {
    let before = courses.get(..wrong)?;
    let right = before.iter().rposition(|course| !is_wrong(course));
    let first = courses.get(right.map_or(0, |right| right.saturating_add(1)))?;
    let after = right.and_then(|right| courses.get(right)?.bounds().last());
    Some(Since { after: after.map(|bound| bound.at), by: first.bounds().first()?.at })
}

/// When it was first seen to be right after that.
fn until(
    courses: &[Course<'_>],
    wrong: usize,
    is_wrong: impl Fn(&Course<'_>) -> bool,
) -> Option<UnixTime> {
    let after = courses.get(wrong.saturating_add(1)..)?;
    let right = after.iter().find(|course| !is_wrong(course))?;
    right.bounds().first().map(|bound| bound.at)
}

/// Nothing was refused. A clock that is wrong nevertheless may be the server's, and without a time to compare it
/// with, nothing is known about it.
fn quiet(offset: Option<Offset>) -> (Cause, ClockFault, Certainty) {
    if offset.is_some_and(|offset| offset.contains(Span::ZERO)) {
        (Cause::NotClock, ClockFault::Cleared, Certainty::Likely)
    } else {
        (Cause::Undetermined, ClockFault::Open, Certainty::Weak)
    }
}
