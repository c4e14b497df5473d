//! Reading one input: the lines within a range of time go to the diagnosis.

use jwtick_core::diagnosis::{Diagnosis, LineTime, LogZone, TimedLine, TimedLines};
use jwtick_core::{Diagnoser, Options, UnixTime};

use super::relate::Sightings;

/// The range of `--since` and `--until`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) since: Option<UnixTime>,
    pub(super) until: Option<UnixTime>,
}

impl Range {
    const fn is_limited(self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Returns true if some instant that the stamp may mean is in the range. The clock showed less than
    /// the end of its resolution.
    fn holds(self, time: LineTime) -> bool {
        let (earliest, end) = (time.at.earliest(), time.at.latest());
        self.since.is_none_or(|since| since <= earliest || since < end)
            && self.until.is_none_or(|until| earliest <= until)
    }
}

/// The lines outside the range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LeftOut {
    /// Number of lines that were left out.
    pub(crate) lines: u64,
    /// Number of lines in all.
    pub(crate) of: u64,
    /// The first and the last time in the input, inside and outside the range.
    pub(crate) covered: Option<(UnixTime, UnixTime)>,
    /// True if a stamp without a zone was taken as UTC.
    pub(crate) takes_utc: bool,
}

impl LeftOut {
    fn see(&mut self, line: TimedLine<'_>) {
        self.of = line.number;
        if let Some(time) = line.time.filter(|_| line.is_stamped) {
            let at = time.at.earliest();
            let (first, last) = self.covered.unwrap_or((at, at));
            self.covered = Some((first.min(at), last.max(at)));
            self.takes_utc |= !time.has_zone;
        }
    }
}

/// Number of hosts of a log that get a conclusion of their own.
pub(crate) const HOSTS: usize = 16;

/// Reads one input.
#[derive(Clone)]
pub(super) struct Intake<'z> {
    // Boxed, as it is moved often and large.
    diagnoser: Box<Diagnoser<'z, HOSTS>>,
    /// The lines by their times, if a range limits them or other inputs are related to this one.
    limited: Option<Box<Limited<'z>>>,
}

/// What one input gives.
pub(super) struct Taken {
    pub(super) diagnosis: Diagnosis,
    /// The lines outside the range, if there is one.
    pub(super) left_out: Option<LeftOut>,
    /// The requests, if other inputs are to be related by them.
    pub(super) sightings: Option<Sightings>,
}

#[derive(Clone)]
struct Limited<'z> {
    range: Range,
    lines: TimedLines<'z>,
    passed: Passed,
}

/// The lines that were chosen, and those that were not.
#[derive(Debug, Clone, Default)]
struct Passed {
    left_out: LeftOut,
    /// The lines within the range, and a line feed for each of the others: line numbers stay those of
    /// the input.
    text: Vec<u8>,
    sightings: Option<Sightings>,
}

impl Passed {
    fn see(&mut self, line: TimedLine<'_>) {
        if let Some(sightings) = &mut self.sightings {
            sightings.see(line);
        }
    }

    fn take(&mut self, range: Range, line: TimedLine<'_>) {
        self.left_out.see(line);
        if line.time.is_some_and(|time| range.holds(time)) {
            self.see(line);
            self.text.extend_from_slice(line.text);
        } else {
            // A line that is too long comes in pieces, all of which have the time of its record.
            let is_end = line.text.last() == Some(&b'\n');
            self.left_out.lines = self.left_out.lines.saturating_add(is_end.into());
            self.text.extend(is_end.then_some(b'\n'));
        }
    }
}

impl<'z> Intake<'z> {
    /// Starts with an empty input. `near` is a time near its records, for stamps without a year;
    /// `sightings` are to be filled with its requests.
    pub(super) fn new(
        zone: LogZone<'z>,
        range: Range,
        near: UnixTime,
        sightings: Option<Sightings>,
    ) -> Self {
        let has_times = range.is_limited() || sightings.is_some();
        let limited = has_times.then(|| Limited {
            range,
            lines: TimedLines::new(zone, near),
            passed: Passed { sightings, ..Passed::default() },
        });
        let diagnoser = Box::new(Diagnoser::for_hosts(Options { zone }));
        Self { diagnoser, limited: limited.map(Box::new) }
    }

    /// Reads the next bytes.
    pub(super) fn feed(&mut self, block: &[u8]) {
        let Some(Limited { range, lines, passed }) = self.limited.as_deref_mut() else {
            self.diagnoser.feed(block);
            return;
        };
        if range.is_limited() {
            lines.feed(block, |line| passed.take(*range, line));
            self.diagnoser.feed(&passed.text);
            passed.text.clear();
        } else {
            self.diagnoser.feed(block);
            if let Some(sightings) = &mut passed.sightings {
                let sample = sightings.sample();
                lines.feed_some(block, |line| sample.wants(line), |line| sightings.see(line));
            }
        }
    }

    /// Returns what the input proves, and which lines were left out if a range limits them.
    pub(super) fn finish(mut self) -> Taken {
        let Some(limited) = self.limited else {
            let diagnosis = self.diagnoser.finish();
            return Taken { diagnosis, left_out: None, sightings: None };
        };
        let Limited { range, lines, mut passed } = *limited;
        if !range.is_limited() {
            lines.finish(|line| passed.see(line));
            let diagnosis = self.diagnoser.finish();
            return Taken { diagnosis, left_out: None, sightings: passed.sightings };
        }
        let mut unended = false;
        lines.finish(|line| {
            passed.take(range, line);
            unended = line.text.last() != Some(&b'\n');
        });
        // The last line may have no line feed.
        let is_left_out = unended && passed.text.is_empty();
        passed.left_out.lines = passed.left_out.lines.saturating_add(is_left_out.into());
        self.diagnoser.feed(&passed.text);
        if is_left_out {
            self.diagnoser.feed(b"\n");
        }
        let left_out = Some(passed.left_out);
        Taken { diagnosis: self.diagnoser.finish(), left_out, sightings: passed.sightings }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "start\n2024-01-09T14:00:00Z a\n  b\n2024-01-09T14:00:05Z c\nd\n";

    /// The lines that are read between two times, in seconds after 14:00:00.
    fn chosen(log: &str, since: Option<i64>, until: Option<i64>) -> (String, LeftOut) {
        let two = 1_704_808_800;
        let at = |secs: Option<i64>| secs.map(|secs| UnixTime::from_secs(two + secs));
        let range = Range { since: at(since), until: at(until) };
        let mut lines = TimedLines::new(LogZone::Unknown, UnixTime::from_secs(two));
        let mut passed = Passed::default();
        lines.feed(log.as_bytes(), |line| passed.take(range, line));
        lines.finish(|line| passed.take(range, line));
        (String::from_utf8(passed.text).unwrap(), passed.left_out)
    }

    #[test]
    fn range_keeps_whole_records_and_line_numbers() {
        type Row = (Option<i64>, Option<i64>, &'static str, u64);
        const ROWS: &[Row] = &[
            (Some(1), None, "\n\n\n2024-01-09T14:00:05Z c\nd\n", 3),
            (None, Some(4), "\n2024-01-09T14:00:00Z a\n  b\n\n\n", 3),
            (Some(0), Some(0), "\n2024-01-09T14:00:00Z a\n  b\n\n\n", 3),
            (Some(5), Some(9), "\n\n\n2024-01-09T14:00:05Z c\nd\n", 3),
            (Some(6), None, "\n\n\n\n\n", 5),
            (Some(-9), Some(9), "\n2024-01-09T14:00:00Z a\n  b\n2024-01-09T14:00:05Z c\nd\n", 1),
        ];
        for &(since, until, text, lines) in ROWS {
            let (chosen, left_out) = chosen(LOG, since, until);
            assert_eq!((chosen.as_str(), left_out.lines), (text, lines), "{since:?} to {until:?}");
            assert_eq!(left_out.of, 5);
            let (first, last) = left_out.covered.unwrap();
            assert_eq!((last - first).floor_secs(), 5);
        }
    }

    #[test]
    fn stamp_of_whole_seconds_covers_its_second() {
        let half = UnixTime::from_micros(1_704_808_800_500_000);
        let range = Range { since: Some(half), until: None };
        let mut kept = Vec::new();
        let mut lines = TimedLines::new(LogZone::Unknown, half);
        let log = b"2024-01-09T13:59:59Z\n2024-01-09T14:00:00Z\n2024-01-09T14:00:00.25Z\n";
        lines.feed(log, |line| kept.push(range.holds(line.time.unwrap())));
        assert_eq!(kept, [false, true, false]);
    }
}
