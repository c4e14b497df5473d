//! The evidence about one host, as a value that merges.
//!
//! A state is made of sets: bounds on the offset of the clock, of which only those on their hull count,
//! and the stretches of the log that say more than that. To merge two states is to unite their sets, so
//! it is associative, commutative and idempotent: parts of a log give the same state in any order, and
//! if some of them are read twice.
//!
//! Old evidence makes room for new by a rule that keeps these laws: the newest hours and the newest
//! stretches of a union are among the newest of its parts.

use std::collections::BTreeMap;

use jwtick_core::survey::{Bound, Edge};
use jwtick_core::time::Offset;
use jwtick_core::{Span, UnixTime};

use super::stretch::{Stretch, first};

/// Number of hours with bounds that are kept: those of a month, if each of them has some.
const HOURS: usize = 744;

/// Number of stretches that are kept. A stretch is a quarter of an hour, so these are ten days in which
/// each of them has a refusal.
const STRETCHES: usize = 1_000;

/// Bounds of different hours never hide each other: a bound after a step of the clock would hide those before.
const HOUR: i64 = 3_600;

/// The evidence about one host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct HostState {
    /// Bounds that hold in every time zone.
    sound: Bounds,
    /// Bounds that hold if stamps without a zone are in UTC, from stretches with such stamps.
    if_utc: Bounds,
    /// The stretches that say more than a bound, by their start and their digest.
    stretches: BTreeMap<(Option<i64>, u64), Stretch>,
    /// The first and the last time in the log, in seconds since 1970.
    covered: Option<(i64, i64)>,
    /// The code of the remedy that its time service needs, if a line shows that service.
    keeper: Option<&'static str>,
}

impl HostState {
    /// Adds the evidence of a stretch, which lasted for `lasted`.
    pub(super) fn add(&mut self, stretch: Stretch, lasted: Span) {
        if let Some(at) = stretch.observed_at() {
            self.sound.extend(bounds(at, stretch.offset, lasted));
            self.if_utc.extend(bounds(at, stretch.offset_if_utc, lasted));
        }
        if stretch.says_more() {
            self.put(stretch);
        }
    }

    /// Adds that the log has records between two times.
    pub(super) fn cover(&mut self, times: Option<(UnixTime, UnixTime)>) {
        self.include(times.map(|(first, last)| (first.floor_secs(), last.floor_secs())));
    }

    /// A state of values that were written before. The values may be in any order.
    pub(super) fn restored(
        [sound, if_utc]: [Vec<Bound>; 2],
        stretches: impl IntoIterator<Item = Stretch>,
        covered: Option<(i64, i64)>,
        keeper: Option<&'static str>,
    ) -> Self {
        let mut state = Self::default();
        state.sound.extend(sound);
        state.if_utc.extend(if_utc);
        stretches.into_iter().for_each(|stretch| state.put(stretch));
        state.include(covered);
        state.keep(keeper);
        state
    }

    /// Adds the evidence of another part of the log, or of the same one.
    pub(crate) fn merge(&mut self, other: Self) {
        self.sound.extend(other.sound.list);
        self.if_utc.extend(other.if_utc.list);
        self.include(other.covered);
        self.keep(other.keeper);
        other.stretches.into_values().for_each(|stretch| self.put(stretch));
    }

    /// Adds the remedy that a time service needs. Of several, the first in the table counts.
    pub(super) fn keep(&mut self, keeper: Option<&'static str>) {
        self.keeper = first(self.keeper, keeper);
    }

    /// The remedy that its time service needs.
    pub(super) const fn keeper(&self) -> Option<&'static str> {
        self.keeper
    }

    fn include(&mut self, other: Option<(i64, i64)>) {
        let Some((first, last)) = other else { return };
        let (held_first, held_last) = self.covered.unwrap_or((first, last));
        self.covered = Some((held_first.min(first), held_last.max(last)));
    }

    /// Adds a stretch. Of two with one key, which differ only if they were read with different options, the
    /// greater one is kept.
    fn put(&mut self, stretch: Stretch) {
        let held = self.stretches.entry(stretch.key()).or_insert_with(|| stretch.clone());
        if *held < stretch {
            *held = stretch;
        }
        if self.stretches.len() > STRETCHES {
            self.stretches.pop_first();
        }
    }

    /// The bounds that hold in every zone, by time.
    pub(crate) fn bounds(&self) -> &[Bound] {
        &self.sound.list
    }

    /// The bounds that hold if the log is in UTC, by time; empty if its stamps name their zone.
    pub(crate) fn bounds_if_utc(&self) -> &[Bound] {
        &self.if_utc.list
    }

    /// The stretches that say more than a bound, by time.
    pub(crate) fn stretches(&self) -> impl DoubleEndedIterator<Item = &Stretch> {
        self.stretches.values()
    }

    /// The first and the last time of the log, in seconds since 1970.
    pub(crate) const fn covered(&self) -> Option<(i64, i64)> {
        self.covered
    }
}

/// Bounds, of which each hour has only those on its hull, in the order of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Bounds {
    list: Vec<Bound>,
}

impl Bounds {
    fn extend(&mut self, bounds: impl IntoIterator<Item = Bound>) {
        let held = self.list.len();
        self.list.extend(bounds);
        if self.list.len() == held {
            return;
        }
        let mut by_hour: BTreeMap<i64, Vec<Bound>> = BTreeMap::new();
        for bound in self.list.drain(..) {
            by_hour.entry(bound.at.floor_secs().div_euclid(HOUR)).or_default().push(bound);
        }
        let passed = by_hour.len().saturating_sub(HOURS);
        for mut hour in by_hour.into_values().skip(passed) {
            let kept = Bound::hull(&mut hour);
            hour.truncate(kept);
            hour.sort_unstable();
            self.list.append(&mut hour);
        }
    }
}

/// The bounds of an offset that was observed at one time of a stretch, in whole seconds and milliseconds,
/// as they are written. The clock may have drifted in the rest of it.
fn bounds(at: i64, offset: Option<Offset>, lasted: Span) -> impl Iterator<Item = Bound> {
    // RFC 5905 assumes 15 ppm; a quartz without compensation has 50.
    let drifted = lasted.as_micros().max(0) / 20_000;
    let at = UnixTime::from_secs(at);
    let round = |end: i64| Span::from_millis(end.div_euclid(1_000));
    let ends = offset.into_iter().flat_map(move |offset| {
        let (least, most) = (offset.least(), offset.most());
        let below = round(least.as_micros().saturating_sub(drifted));
        let above = -round(most.as_micros().saturating_add(drifted).saturating_neg());
        let ends = [(Edge::Least, least, below), (Edge::Most, most, above)];
        ends.into_iter().filter(|(_, end, _)| *end != Span::MIN && *end != Span::MAX)
    });
    ends.map(move |(edge, _, offset)| Bound { at, edge, offset })
}

#[cfg(test)]
mod tests {
    use jwtick_core::diagnosis::{Cause, Certainty, ClockFault};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::fleet::stretch::Place;
    use crate::fleet::{line, written};

    /// Hours and digests are few, so that parts overlap.
    fn stretch() -> impl Strategy<Value = (Stretch, Span)> {
        let offset = prop::option::of((-9_000_i64..9_000, 0_i64..2_000));
        let offset = offset.prop_map(|ends| {
            let (least, width) = ends?;
            Offset::between(Span::from_millis(least), Span::from_millis(least + width))
        });
        let found = (0_u64..3, any::<bool>(), 0_u64..3, offset.clone(), offset);
        let at = (prop::option::weighted(0.9, 0_i64..30_000), 0_i64..900);
        (at, found, "[ab]?").prop_map(|((start, lasted), found, source)| {
            let (digest, is_found, refusals, offset, offset_if_utc) = found;
            let mut stretch = of(0);
            (stretch.start, stretch.digest, stretch.refusals) = (start, digest, refusals);
            (stretch.offset, stretch.offset_if_utc) = (offset, offset_if_utc);
            stretch.place.source = source;
            if !is_found {
                (stretch.cause, stretch.fault) = (Cause::Undetermined, ClockFault::Open);
            }
            (stretch, Span::from_secs(lasted))
        })
    }

    fn state_of(stretches: &[(Stretch, Span)]) -> HostState {
        let mut state = HostState::default();
        for (stretch, lasted) in stretches {
            let start = stretch.start.map(UnixTime::from_secs);
            state.cover(start.map(|start| (start, start + *lasted)));
            state.add(stretch.clone(), *lasted);
            state.keep(
                ["sync-chrony", "sync-systemd"].get(usize::from(stretch.digest == 0)).copied(),
            );
        }
        state
    }

    fn merged(one: &HostState, other: &HostState) -> HostState {
        let mut merged = one.clone();
        merged.merge(other.clone());
        merged
    }

    proptest! {
        #[test]
        fn merge_is_associative_commutative_and_idempotent(
            parts in prop::array::uniform3(vec(stretch(), 0..12)),
        ) {
            let [a, b, c] = [0, 1, 2].map(|part| state_of(&parts[part]));
            let whole = state_of(&parts.concat());
            prop_assert_eq!(&merged(&merged(&a, &b), &c), &whole);
            prop_assert_eq!(&merged(&a, &merged(&b, &c)), &whole);
            prop_assert_eq!(&merged(&c, &merged(&b, &a)), &whole);
            prop_assert_eq!(&merged(&whole, &b), &whole);
            prop_assert_eq!(&merged(&whole, &whole), &whole);
        }

        #[test]
        fn state_is_read_as_it_was_written(stretches in vec(stretch(), 0..12)) {
            let state = state_of(&stretches);
            let line = line::line("web1", &state);
            let (host, read) = written::read(&line).unwrap();
            prop_assert_eq!(host, "web1");
            prop_assert_eq!(&read, &state);
            prop_assert_eq!(line::line("web1", &read), line);
        }
    }

    /// The rule by which old evidence makes room must keep the laws, too.
    #[test]
    fn laws_hold_beyond_the_limits() {
        let stretch = |at: i64| {
            let start = at * HOUR;
            let offset = Offset::exactly(Span::from_millis(at % 7));
            let mut stretch = of(start);
            (stretch.offset, stretch.refusals) = (Some(offset), 1);
            (stretch, Span::ZERO)
        };
        let hours = i64::try_from(STRETCHES).unwrap() + 300;
        let all: Vec<_> = (0..hours).map(stretch).collect();
        let whole = state_of(&all);
        assert_eq!(whole.stretches.len(), STRETCHES);
        let (even, odd): (Vec<_>, Vec<_>) =
            all.iter().cloned().partition(|(it, _)| it.digest % 2 == 0);
        let (early, late) = all.split_at(all.len() / 3);
        for (one, other) in [(even.as_slice(), odd.as_slice()), (early, late)] {
            let (one, other) = (state_of(one), state_of(other));
            assert_eq!(merged(&one, &other), whole);
            assert_eq!(merged(&other, &one), whole);
        }
    }

    fn of(start: i64) -> Stretch {
        Stretch {
            start: Some(start),
            seen: None,
            digest: start.unsigned_abs() / 3_600,
            cause: Cause::LocalClock,
            fault: ClockFault::Found,
            certainty: Certainty::Likely,
            attribution: None,
            direction: None,
            offset: None,
            offset_if_utc: None,
            refusals: 0,
            server: String::new(),
            remedy: None,
            place: Place::default(),
        }
    }
}
