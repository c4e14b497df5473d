//! The hosts of a text: the times that they print when they are asked for them, one after the other;
//! the servers that share a name, as queried repeatedly by a connection test; and the platform of the
//! host, so that the remedy names its own commands.

use crate::diagnosis::proof::{Fact, Premise, Sum};
pub(crate) use crate::evidence::Platform;
use crate::evidence::{
    DateKnowledge, GUEST_COMMANDS, PLATFORMS, Pairs, Query, Stamp, after, contains_word,
    find_stamp, hash,
};
use crate::survey::{DateSample, Heard, NodeClocks};
use crate::time::{EAST, Offset, Span, TimeBounds, UnixTime, WEST};

/// Number of lines after the command that may be its output.
const OUTPUT: u64 = 12;
/// The longest time that a person takes to type such commands one after the other.
const TYPING: Span = Span::from_secs(60);
const SECOND: Span = Span::from_secs(1);

/// A command that was run.
#[derive(Debug, Clone, Copy)]
struct Asked {
    query: Query,
    line: u64,
    /// A hash of the whole command with its prompt.
    place: u32,
}

/// The time that a host printed, in every zone that it may be in.
#[derive(Debug, Clone, Copy)]
struct HostReading {
    at: TimeBounds,
    asked: Option<Asked>,
    /// The number of the line with the answer.
    line: u64,
}

/// The readings found in a text so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct HostReadings {
    asked: Option<Asked>,
    in_container: bool,
    first: Option<HostReading>,
    last: Option<HostReading>,
    /// Number of readings.
    count: u8,
    /// `true` if two clocks differ by more than typing explains.
    differ: bool,
}

impl HostReadings {
    pub(crate) const fn new() -> Self {
        Self { asked: None, in_container: false, first: None, last: None, count: 0, differ: false }
    }

    /// Records that line `number`, which has these pairs, queries the time.
    pub(crate) fn ask(&mut self, line: &[u8], pairs: &Pairs, number: u64) {
        if let Some(query) = Query::of(line, pairs) {
            let place = hash(line.trim_ascii().iter().copied());
            self.asked = Some(Asked { query, line: number, place });
            self.in_container |= query.in_utc && contains_word(line, GUEST_COMMANDS);
        }
    }

    /// Returns the query whose answer line `number` may be.
    pub(crate) fn awaited(&self, number: u64) -> Option<Query> {
        let asked = self.asked.filter(|asked| number.saturating_sub(asked.line) <= OUTPUT);
        asked.map(|asked| asked.query)
    }

    /// Records the time that a host printed.
    pub(crate) fn answer(&mut self, stamp: Stamp, line: u64) {
        let Some(at) = stamp.bounds() else { return };
        let next = HostReading { at, asked: self.asked, line };
        self.differ |= self.last.is_some_and(|last| last.differs(&next));
        self.first = self.first.or(Some(next));
        self.last = Some(next);
        self.count = self.count.saturating_add(1);
    }

    /// The first and the last answer.
    pub(crate) fn readings(&self) -> [Option<Premise>; 2] {
        [self.first.map(HostReading::premise), self.last.map(HostReading::premise)]
    }

    /// The sums for the ends of [`Self::guest_offset`].
    pub(crate) fn guest_sums(&self) -> [Option<Sum>; 2] {
        let Some((host, guest, below, above)) = self.guest_and_host() else { return [None; 2] };
        let sum = Sum::between(host.premise(), guest.premise());
        let of = |at: UnixTime, reading: &HostReading| {
            reading.premise().fact.time().map_or(Span::ZERO, |named| at - named)
        };
        let least = of(host.at.earliest(), &host) - of(guest.at.latest(), &guest);
        let most = of(host.at.latest(), &host) - of(guest.at.earliest(), &guest);
        let sums =
            [Sum { delay: -below, zone: least, ..sum }, Sum { delay: above, zone: most, ..sum }];
        sums.map(Some)
    }

    /// Returns `true` if the clocks differ by more than typing explains.
    pub(crate) const fn differ(&self) -> bool {
        self.differ
    }

    /// Returns how far the guest is behind its host: the container, which was queried last, or the
    /// system next to Windows.
    pub(crate) fn guest_offset(&self) -> Option<Offset> {
        let (host, guest, below, above) = self.guest_and_host()?;
        host.ahead_of(&guest, below, above)
    }

    /// The readings of a host and its guest, and the time that may be between them in either order.
    fn guest_and_host(&self) -> Option<(HostReading, HostReading, Span, Span)> {
        let (first, next) = (self.first?, self.last.filter(|_| self.count == 2)?);
        match (first.in_windows(), next.in_windows()) {
            _ if self.in_container => Some((first, next, SECOND, TYPING)),
            (true, false) => Some((first, next, SECOND, TYPING)),
            (false, true) => Some((next, first, TYPING, SECOND)),
            _ => None,
        }
    }
}

impl HostReading {
    fn premise(self) -> Premise {
        let (line, at) = (self.line, self.at.earliest());
        let is_zoned = at == self.at.latest();
        let fact = if is_zoned { Fact::ServerTime(at) } else { Fact::CivilStamp(at + EAST) };
        Premise { line, fact }
    }

    /// Returns `true` if the clock of `next`, which was read later, shows another time than typing
    /// explains.
    fn differs(&self, next: &Self) -> bool {
        // A later answer that shows an earlier time needs no allowance for typing.
        let is_back = next.at.latest() < self.at.earliest() - SECOND;
        let is_late = next.at.earliest() - self.at.latest() > TYPING;
        self.is_of_another(next) && (is_back || is_late)
    }

    /// Returns `true` if the same command was not simply run once more, which shows one clock at two
    /// times. A command may also ask several hosts.
    fn is_of_another(&self, next: &Self) -> bool {
        let parts = |asked: Asked| (asked.line, asked.place);
        let (first, next) = (self.asked.map(parts), next.asked.map(parts));
        match (first, next) {
            (Some((line, place)), Some((next_line, next_place))) => {
                line == next_line || place != next_place
            }
            _ => true,
        }
    }

    fn in_windows(&self) -> bool {
        self.asked.is_some_and(|asked| asked.query.in_windows)
    }

    /// How far this clock is ahead of `other`, with allowances for the time between the readings.
    fn ahead_of(&self, other: &Self, below: Span, above: Span) -> Option<Offset> {
        let least = self.at.earliest() - other.at.latest() - below;
        let most = self.at.latest() - other.at.earliest() + above;
        Offset::between(least, most)
    }
}

impl Stamp {
    /// The instants that the stamp may mean, in any zone if it names none.
    fn bounds(&self) -> Option<TimeBounds> {
        if let Some(at) = self.instant() {
            return Some(TimeBounds::exactly(at));
        }
        let is_dated = self.date == DateKnowledge::Full;
        let is_plain = is_dated && self.day_first.is_none() && self.zone.is_none();
        TimeBounds::between(self.civil - EAST, self.civil - WEST).filter(|_| is_plain)
    }
}

/// A test queries a token endpoint and a receiver.
const NAMES: usize = 2;

/// The answers of the servers, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Nodes {
    names: heapless::Vec<(u32, NodeClocks), NAMES>,
}

impl Nodes {
    pub(crate) const fn new() -> Self {
        Self { names: heapless::Vec::new() }
    }

    /// Records an answer of one of the servers that share the name with this hash.
    pub(crate) fn hear(&mut self, name: u32, sample: DateSample) -> Heard {
        if !self.names.iter().any(|(known, _)| *known == name) {
            let _ = self.names.push((name, NodeClocks::new()));
        }
        let clocks = self.names.iter_mut().find(|(known, _)| *known == name);
        clocks.map_or(Heard::Nothing, |(_, clocks)| clocks.add(sample))
    }

    /// The clocks that share the first name for which they differ.
    pub(crate) fn apart(&self) -> Option<&NodeClocks> {
        self.names.iter().map(|(_, clocks)| clocks).find(|clocks| clocks.differ())
    }
}

/// Number of lines that are searched.
const SEARCHED: u16 = 1_000;

/// The platform that the start of a text reveals. Signs of it are spread over its lines, and some tell
/// more than others.
#[derive(Debug, Clone)]
pub(crate) struct Platforms {
    best: Option<Platform>,
    lines: u16,
    /// The time at which the system was built, at which a clock starts that has no battery.
    built: Option<UnixTime>,
}

/// Marks of the lines in which systems print at their start when they were built: Linux, ESP-IDF.
const BUILT: &[&[u8]] = &[b"Linux version ", b"ompile time"];

impl Platforms {
    pub(crate) const fn new() -> Self {
        Self { best: None, lines: 0, built: None }
    }

    /// The most telling platform so far.
    pub(crate) const fn best(&self) -> Option<Platform> {
        self.best
    }

    /// The time at which the system was built.
    pub(crate) const fn built(&self) -> Option<UnixTime> {
        self.built
    }

    /// Records the platform that a line reveals, which has these pairs.
    pub(crate) fn see(&mut self, line: &[u8], pairs: &Pairs) {
        if self.lines < SEARCHED {
            self.lines = self.lines.saturating_add(1);
            let signs = PLATFORMS.iter().filter(|(sign, _)| pairs.find(line, sign.as_bytes()));
            self.best = signs.map(|&(_, platform)| platform).chain(self.best).min();
            let banner = BUILT.iter().filter(|mark| pairs.may_have(mark));
            let banner = banner.filter_map(|mark| find_stamp(after(line, mark)?)).next();
            let full = banner.map(|(stamp, _)| stamp).filter(|it| it.date == DateKnowledge::Full);
            self.built = self.built.or(full.map(|it| it.instant().unwrap_or(it.civil)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::printed_alone;

    fn readings(lines: &[&str]) -> HostReadings {
        let mut hosts = HostReadings::new();
        for line in lines {
            hosts.answer(printed_alone(line.as_bytes()).unwrap(), 1);
        }
        hosts
    }

    #[test]
    fn hosts_differ_by_order_or_distance() {
        const ROWS: &[(&str, &[&str], bool)] = &[
            ("one host", &["Tue Jan  9 14:20:05 UTC 2024"], false),
            (
                "two that agree",
                &["Tue Jan  9 14:20:05 UTC 2024", "Tue Jan  9 14:20:07 UTC 2024"],
                false,
            ),
            (
                "the second is behind",
                &["Tue Jan  9 14:20:05 UTC 2024", "Tue Jan  9 14:19:07 UTC 2024"],
                true,
            ),
            (
                "the second is ahead",
                &["a Tue Jan  9 14:20:05 UTC 2024", "b Tue Jan  9 15:26:51 UTC 2024"],
                true,
            ),
        ];
        for &(name, lines, expected) in ROWS {
            assert_eq!(readings(lines).differ(), expected, "{name}");
        }
    }
}
