//! Many observations of one offset: what they agree on, and whether it moved.

use super::origin::UNNAMED;
use super::sight::{SETTLED, Sight};
use crate::diagnosis::report::Drift;
use crate::survey::Selection;
use crate::time::Offset;
use crate::time::{Span, UnixTime};

/// Number of observations kept. The first half is from the start of the text, the rest are the
/// newest.
const KEPT: usize = 12;

/// One observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sample {
    /// The offset that it proves.
    pub(crate) offset: Offset,
    /// The time of the reference at the observation.
    pub(crate) at: UnixTime,
    /// The number of the line that states the time of the reference, or the measurement.
    pub(crate) line: u64,
    /// The lines with the readings of the local clock.
    pub(crate) sight: Sight,
    /// `true` if the exchange was refused for its time.
    pub(crate) refused: bool,
    /// The host whose clock was observed.
    pub(crate) host: u32,
}

/// The observations of one kind, in the order of the text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Track {
    samples: heapless::Vec<Sample, KEPT>,
    /// The local times of the refusals, if they are known in the zone of the observations, and their lines.
    refused: Option<(Times, [u64; 2])>,
    /// The last lines whose stamps are earlier than those of the line before: the clock was set back. Zero is none.
    set_back: [u64; 2],
}

/// The share of the time that a clock may gain or lose, as a divisor: 500 ppm, the largest error of
/// frequency that NTP corrects (RFC 5905 §11.3).
const DRIFT: i64 = 2_000;
/// The largest allowance for drift.
const LARGEST_DRIFT: Span = Span::from_secs(60);

/// The error that a clock may have gained or lost since it was observed, `apart` from now.
fn drift_in(apart: Span) -> Span {
    const MILLISECOND: i64 = 1_000;
    // Rounded up: no log states more.
    let drift = apart.abs().as_micros() / DRIFT;
    Span::from_millis(drift.saturating_add(MILLISECOND - 1) / MILLISECOND).min(LARGEST_DRIFT)
}

/// The first and the last time of an event, by the local clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    first: UnixTime,
    last: UnixTime,
}

impl Times {
    /// A clock and its zone are taken to stay as they are for this long: summer time starts or ends in
    /// few hours of a year, and clocks are set rarely. When it ends, stamps without a zone run back by an
    /// hour, and show the time since the ones before as an hour less than it is.
    const UNCHANGED: Span = Span::from_secs(3_540);
    /// The same for what is likely at most.
    const HARDLY_CHANGED: Span = Span::from_secs(5_400);

    pub(crate) const fn once(at: UnixTime) -> Self {
        Self { first: at, last: at }
    }

    pub(crate) fn and(self, at: UnixTime) -> Self {
        Self { first: self.first.min(at), last: self.last.max(at) }
    }

    /// Returns `true` if the clock and its zone are taken to be the same at `at`.
    pub(crate) fn is_near(self, at: UnixTime) -> bool {
        self.is_within(Self::UNCHANGED, at)
    }

    /// Returns `true` if they are likely to be the same at `at`.
    pub(crate) fn is_rather_near(self, at: UnixTime) -> bool {
        self.is_within(Self::HARDLY_CHANGED, at)
    }

    fn is_within(self, length: Span, at: UnixTime) -> bool {
        self.first - length <= at && at <= self.last + length
    }

    /// The same for what was written before these times: a clock that runs back was set.
    fn is_shortly_before(self, at: UnixTime) -> bool {
        self.is_near(at) && at <= self.last + SETTLED
    }

    /// The same for what was written after them.
    fn is_shortly_after(self, at: UnixTime) -> bool {
        self.is_near(at) && at >= self.first - SETTLED
    }
}

impl Sample {
    /// The earliest reading of the local clock that the observation allows.
    pub(crate) fn local(&self) -> UnixTime {
        self.at - self.offset.most()
    }
}

impl Track {
    pub(crate) const fn new() -> Self {
        Self { samples: heapless::Vec::new(), refused: None, set_back: [0; 2] }
    }

    pub(crate) fn add(&mut self, sample: Sample) {
        if self.samples.is_full() {
            // The oldest observation of the newer half makes room, one at a refusal last.
            let newer = self.samples.iter().enumerate().skip(KEPT / 2);
            let passed = newer.filter(|(_, held)| !held.refused).map(|(at, _)| at).next();
            self.samples.remove(passed.unwrap_or(KEPT / 2));
        }
        let _ = self.samples.push(sample);
    }

    /// Keeps only the observations of `host`, and those that may be of any host.
    pub(crate) fn keep(&mut self, host: u32) {
        self.samples.retain(|sample| sample.host == host || sample.host == UNNAMED);
    }

    /// Records the local time of a refusal on `line`.
    pub(crate) fn refuse(&mut self, at: UnixTime, line: u64) {
        let (times, [first, last]) = self.refused.unwrap_or((Times::once(at), [line; 2]));
        self.refused = Some((times.and(at), [first.min(line), last.max(line)]));
    }

    /// Records that the stamp of `line` is earlier than that of the line before.
    pub(crate) fn set_back(&mut self, line: u64) {
        let [_, last] = self.set_back;
        self.set_back = [last, line];
    }

    fn is_set_back_between(&self, from: u64, to: u64) -> bool {
        self.set_back.iter().any(|line| from < *line && *line <= to)
    }

    /// Returns `true` if the clock at the refusals is taken to be the one of `sample`. A clock that runs back
    /// between the two was set.
    fn is_near(&self, sample: &Sample) -> bool {
        let local = sample.local();
        let line = sample.line;
        match (self.refused, self.samples.last()) {
            (Some((times, [first, _])), _) if line < first => {
                times.is_shortly_before(local) && !self.is_set_back_between(line, first)
            }
            (Some((times, [_, last])), _) if line > last => {
                times.is_shortly_after(local) && !self.is_set_back_between(last, line)
            }
            (Some((times, _)), _) => times.is_near(local),
            (None, last) => last.is_none_or(|last| Times::once(last.local()).is_near(local)),
        }
    }

    /// Returns `true` if all observations allow one offset.
    pub(crate) fn is_constant_offset(&self) -> bool {
        let mut offsets = self.samples.iter().map(|sample| sample.offset);
        offsets.try_fold(Offset::UNKNOWN, |common, offset| common.intersect(offset)).is_some()
    }

    pub(crate) fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// What the observations prove together: those at a refusal if there are any, otherwise all. If
    /// they contradict each other, the majority counts; without a majority, the hull of all.
    pub(crate) fn offset(&self) -> Option<Offset> {
        agreed(self.counting().map(|sample| self.widened(sample)))
    }

    /// The same without allowance for drift, for offsets that are wider than that anyway.
    pub(crate) fn offset_without_drift(&self) -> Option<Offset> {
        agreed(self.counting().map(|sample| sample.offset))
    }

    /// The error that the clock may have gained or lost between `sample` and the last observation that counts.
    pub(crate) fn drift_since(&self, sample: &Sample) -> Span {
        let last = self.counting().last();
        last.map_or(Span::ZERO, |last| drift_in(last.local() - sample.local()))
    }

    fn widened(&self, sample: &Sample) -> Offset {
        sample.offset.widen(self.drift_since(sample))
    }

    /// Returns `true` if the observations contradict each other and no majority agrees.
    pub(crate) fn is_split(&self) -> bool {
        let counted = self.counted();
        !counted.is_empty() && Selection::of(&counted).is_err()
    }

    // What the observations at refusals prove, or what all prove if none is at a refusal.
    fn counted(&self) -> heapless::Vec<Offset, KEPT> {
        self.counting().map(|sample| self.widened(sample)).collect()
    }

    /// The observations that count: those at refusals, or if none is at a refusal, those near one in time.
    /// The clock may have been set since an older one.
    pub(crate) fn counting(&self) -> impl Iterator<Item = &Sample> {
        let at_refusals = self.samples.iter().any(|sample| sample.refused);
        self.samples
            .iter()
            .filter(move |sample| sample.refused || (!at_refusals && self.is_near(sample)))
    }

    /// The first and the last offset, if they exclude each other.
    pub(crate) fn drift(&self) -> Option<Drift> {
        let (first, last) = (self.samples.first()?, self.samples.last()?);
        let moved = first.offset.intersect(last.offset).is_none();
        moved.then(|| Drift { first: first.offset, last: last.offset, over: last.at - first.at })
    }

    /// Returns `true` if an earlier exchange shows that the clock is right and a later, refused one
    /// does not. Then the refusing server is the one that is wrong. The two exchanges must be close
    /// together, or the clock may have been set in between.
    pub(crate) fn refused_after_right(&self) -> bool {
        const NEAR: Span = Span::from_secs(600);
        let mut right: Option<&Sample> = None;
        for sample in &self.samples {
            let is_right = sample.offset.contains(Span::ZERO);
            // Both may be true of one clock that is nearly right.
            let near = right.is_some_and(|held| {
                let is_other = held.offset.intersect(sample.offset).is_none();
                is_other && (sample.local() - held.at).abs() <= NEAR
            });
            if sample.refused && !is_right && near {
                return true;
            }
            if !sample.refused && is_right {
                right = Some(sample);
            }
        }
        false
    }

    /// The observation with the smallest upper end.
    pub(crate) fn least(&self) -> Option<Offset> {
        self.samples.iter().map(|sample| sample.offset).min_by_key(|offset| offset.most())
    }

    /// Returns `true` if the upper ends of all observations lie within a minute.
    pub(crate) fn is_alike(&self) -> bool {
        const ALIKE: Span = Span::from_secs(60);
        let ends = || self.samples.iter().map(|sample| sample.offset.most());
        ends().max().zip(ends().min()).is_none_or(|(most, least)| most - least <= ALIKE)
    }

    /// Returns `true` if all observations lie within `spread` of each other although the text
    /// covers at least `over`. A wrong setting has this effect, a delay does not.
    pub(crate) fn is_constant(&self, spread: Span, over: Span) -> bool {
        let (Some(first), Some(last)) = (self.samples.first(), self.samples.last()) else {
            return false;
        };
        let middle = first.offset.most();
        let close = self.samples.iter().all(|s| (s.offset.most() - middle).abs() <= spread);
        self.samples.len() > 2 && close && (last.at - first.at).abs() >= over
    }
}

/// What the majority of `offsets` allows; without a majority, the hull of all.
pub(crate) fn agreed(offsets: impl Iterator<Item = Offset>) -> Option<Offset> {
    let offsets: heapless::Vec<Offset, KEPT> = offsets.collect();
    match Selection::of(&offsets) {
        Ok(selection) => Some(selection.offset()),
        Err(_) => offsets.iter().copied().reduce(Offset::hull),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(line: u64, least: i64, most: i64, refused: bool) -> Sample {
        let offset = Offset::between(Span::from_secs(least), Span::from_secs(most)).unwrap();
        Sample {
            offset,
            at: UnixTime::from_secs(i64::try_from(line).unwrap()),
            line,
            sight: Sight::HERE,
            refused,
            host: 0,
        }
    }

    fn track(samples: &[Sample]) -> Track {
        let mut track = Track::new();
        samples.iter().for_each(|sample| track.add(*sample));
        track
    }

    #[test]
    fn combined_offset_is_common_interval() {
        type Row<'s> = (&'static str, &'s [Sample], Option<(i64, i64)>);
        let rows: &[Row<'_>] = &[
            ("none", &[], None),
            (
                "they narrow each other",
                &[sample(1, 0, 5, true), sample(2, 3, 9, true)],
                Some((3, 5)),
            ),
            (
                "those at refusals count",
                &[sample(1, 0, 1, false), sample(2, 300, 301, true)],
                Some((300, 301)),
            ),
            (
                "one liar",
                &[sample(1, 7, 9, false), sample(2, 8, 9, false), sample(3, -90, -80, false)],
                Some((8, 9)),
            ),
            ("no majority", &[sample(1, 0, 1, true), sample(2, 8, 9, true)], Some((0, 9))),
        ];
        for &(name, samples, expected) in rows {
            let found = track(samples).offset_without_drift();
            let found = found.map(|o| (o.least().floor_secs(), o.most().floor_secs()));
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn keeps_first_and_newest_observations() {
        let samples: std::vec::Vec<Sample> =
            (1..=40).map(|n| sample(n, i64::try_from(n).unwrap(), 100, true)).collect();
        let track = track(&samples);
        assert_eq!(track.samples().first().map(|s| s.line), Some(1));
        assert_eq!(track.samples().last().map(|s| s.line), Some(40));
        assert_eq!(track.samples().len(), KEPT);
    }

    #[test]
    fn right_clock_before_refusal_blames_server() {
        assert!(track(&[sample(1, -1, 1, false), sample(2, 90, 91, true)]).refused_after_right());
        assert!(!track(&[sample(1, 90, 91, true), sample(2, -1, 1, false)]).refused_after_right());
        assert!(!track(&[sample(1, -1, 1, true), sample(2, 90, 91, true)]).refused_after_right());
        assert!(!track(&[sample(1, 90, 91, false), sample(2, 90, 91, true)]).refused_after_right());
    }

    #[test]
    fn three_agreeing_observations_over_time_are_constant() {
        let constant = |lines: &[u64]| {
            let samples: std::vec::Vec<Sample> =
                lines.iter().map(|&line| sample(line, 0, 90, true)).collect();
            track(&samples).is_constant(Span::from_secs(2), Span::from_secs(5))
        };
        assert!(constant(&[1, 3, 6]));
        assert!(!constant(&[1, 6]), "two");
        assert!(!constant(&[1, 3, 5]), "too short a while");
        assert!(!constant(&[]), "none");
    }

    #[test]
    fn observations_without_majority_are_split() {
        assert!(!track(&[]).is_split());
        assert!(!track(&[sample(1, 0, 1, true)]).is_split());
        assert!(!track(&[sample(1, 0, 5, true), sample(2, 3, 9, true)]).is_split());
        assert!(track(&[sample(1, 0, 1, true), sample(2, 8, 9, true)]).is_split());
        assert!(!track(&[sample(1, 0, 1, false), sample(2, 8, 9, true)]).is_split(), "one counts");
    }
}
