//! The lines of a text, each with the time of the record that it belongs to.

use super::fold::origin::Origin;
use super::rules::remedy::of_line;
use super::zone::LogZone;
use crate::evidence::{
    Before, DateKnowledge, Decoder, HostName, Lines, Moment, Pairs, RecordTime, Sink, Stamp,
    Undresser, dated, first_piece, scan,
};
use crate::survey::Remedy;
use crate::time::{Span, TimeBounds, UnixTime};

/// The time of a record, as its stamp shows it.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::diagnosis::{LogZone, TimedLines};
/// let mut lines = TimedLines::new(LogZone::Fixed(Span::from_secs(3_600)), UnixTime::EPOCH);
/// lines.feed(b"2024-01-09 15:00:00 POST /token\n", |line| {
///     let time = line.time.unwrap();
///     assert!(time.has_zone);
///     assert_eq!(time.at.earliest(), UnixTime::from_secs(1_704_808_800));
///     assert_eq!(time.at.latest() - time.at.earliest(), Span::from_secs(1));
/// });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineTime {
    /// The instants that the stamp may mean, as wide as its resolution.
    pub at: TimeBounds,
    /// `true` if the stamp names its zone, or the caller does. Otherwise the stamp is taken as UTC.
    pub has_zone: bool,
}

/// A line of a text, or a piece of one that is too long to be read at once.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::diagnosis::{LogZone, TimedLine, TimedLines};
/// let mut lines = TimedLines::new(LogZone::Unknown, UnixTime::EPOCH);
/// lines.feed(b"started\n", |line: TimedLine<'_>| {
///     assert_eq!((line.number, line.text, line.time), (1, b"started\n".as_slice(), None));
///     assert_eq!(line.host, None);
/// });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimedLine<'t> {
    /// Number of the line, counted from 1.
    pub number: u64,
    /// The text, with its line feed.
    pub text: &'t [u8],
    /// The time of the record that the line belongs to; `None` before the first stamp.
    pub time: Option<LineTime>,
    /// `true` if the line has this stamp itself.
    pub is_stamped: bool,
    /// The host that wrote the line, if the line names it, cut to a length that fits.
    pub host: Option<&'t [u8]>,
}

impl TimedLine<'_> {
    /// Returns `true` if the line has words that [`Diagnoser`](super::Diagnoser) looks for. It reads the
    /// lines around such a line, too.
    #[must_use]
    pub fn is_relevant(&self) -> bool {
        scan(self.text, |_| Some(())).is_some()
    }

    /// The step that sets the clock of the host, if the line shows which service sets it.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::UnixTime;
    /// use jwtick_core::diagnosis::{LineTimes, LogZone};
    /// use jwtick_core::survey::Remedy;
    /// let mut times = LineTimes::new(LogZone::Unknown, UnixTime::EPOCH);
    /// let line = times.read(b"Jan  9 14:00:00 web1 chronyd[7]: Selected source 192.0.2.1\n");
    /// assert_eq!(line.keeper(), Some(Remedy::SyncChrony));
    /// ```
    #[must_use]
    pub fn keeper(&self) -> Option<Remedy> {
        of_line(self.text)
    }
}

/// Reads the stamps and hosts of lines that the caller has split.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::diagnosis::{LineTimes, LogZone};
/// let mut times = LineTimes::new(LogZone::Unknown, UnixTime::from_secs(1_704_800_000));
/// let line = times.read(b"Jan  9 14:00:00 web1 app: JWT has expired\n");
/// assert_eq!(line.host, Some(b"web1".as_slice()));
/// assert_eq!(line.time.unwrap().at.earliest(), UnixTime::from_secs(1_704_808_800));
/// assert!(line.is_relevant());
/// ```
#[derive(Clone)]
pub struct LineTimes<'z>(Stamps<'z>);

impl<'z> LineTimes<'z> {
    /// Starts with an empty text. `near` is a time near its first record, for stamps without a year.
    #[must_use]
    pub const fn new(zone: LogZone<'z>, near: UnixTime) -> Self {
        Self(Stamps::new(zone, near))
    }

    /// Reads the next line, or the next piece of one.
    pub fn read<'t>(&'t mut self, line: &'t [u8]) -> TimedLine<'t> {
        self.0.read_next(line)
    }
}

/// Splits a text into lines and reads their stamps, in constant memory.
///
/// A stamp is read as [`Diagnoser`](super::Diagnoser) reads it: inside the layers that tools put around
/// a line, and with the zone and the year that the other stamps of the line give it. A year or day that
/// is not stated at all is the one nearest to the record before, or to a time that the caller knows.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::diagnosis::{LogZone, TimedLines};
/// let mut lines = TimedLines::new(LogZone::Unknown, UnixTime::from_secs(1_704_800_000));
/// let mut read = Vec::new();
/// lines.feed(b"2024-01-09T14:00:00Z POST /token\n  at app.js:7\n", |line| {
///     read.push((line.number, line.is_stamped, line.time.unwrap().at.earliest()));
/// });
/// let two = UnixTime::from_secs(1_704_808_800);
/// assert_eq!(read, [(1, true, two), (2, false, two)]);
/// ```
#[derive(Clone)]
pub struct TimedLines<'z> {
    decoder: Decoder,
    lines: Lines,
    stamps: Stamps<'z>,
}

/// The stamps so far.
#[derive(Clone)]
struct Stamps<'z> {
    zone: LogZone<'z>,
    /// A time near the first record.
    near: UnixTime,
    number: u64,
    is_inside_line: bool,
    before: Before,
    last: Option<LineTime>,
    /// The host that the last line names.
    host: HostName,
}

impl<'z> TimedLines<'z> {
    /// Starts with an empty text. `near` is a time near its first record, for stamps without a year.
    #[must_use]
    pub const fn new(zone: LogZone<'z>, near: UnixTime) -> Self {
        Self { decoder: Decoder::new(), lines: Lines::new(), stamps: Stamps::new(zone, near) }
    }

    /// Passes the lines that `chunk` completes to `take`, in UTF-8.
    pub fn feed(&mut self, chunk: &[u8], take: impl FnMut(TimedLine<'_>)) {
        self.feed_some(chunk, |_| true, take);
    }

    /// Does the same for the lines that `wants` chooses. Stamps of other lines are not read, which takes
    /// most of the time; if all lines are fed so, a line has only the time of a record that was chosen.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::UnixTime;
    /// use jwtick_core::diagnosis::{LogZone, TimedLines};
    /// let mut lines = TimedLines::new(LogZone::Unknown, UnixTime::EPOCH);
    /// let text = b"2024-01-09T14:00:00Z a\n2024-01-09T14:00:01Z b\n";
    /// lines.feed_some(text, |line| line.ends_with(b"b\n"), |line| assert_eq!(line.number, 2));
    /// ```
    pub fn feed_some(
        &mut self,
        chunk: &[u8],
        wants: impl Fn(&[u8]) -> bool,
        take: impl FnMut(TimedLine<'_>),
    ) {
        let Self { decoder, lines, stamps } = self;
        let mut sink = Timed { stamps, wants, take };
        decoder.feed(chunk, |text| lines.feed(text, &mut sink));
    }

    /// Passes the last line to `take`, which may have no line feed.
    pub fn finish(self, take: impl FnMut(TimedLine<'_>)) {
        let Self { decoder, mut lines, mut stamps } = self;
        let mut sink = Timed { stamps: &mut stamps, wants: |_: &[u8]| true, take };
        decoder.finish(|text| lines.feed(text, &mut sink));
        lines.finish(&mut sink);
    }
}

struct Timed<'s, 'z, W, F> {
    stamps: &'s mut Stamps<'z>,
    wants: W,
    take: F,
}

impl<W: Fn(&[u8]) -> bool, F: FnMut(TimedLine<'_>)> Sink for Timed<'_, '_, W, F> {
    fn block(&mut self, text: &[u8]) {
        let mut rest = text;
        while !rest.is_empty() {
            let piece = first_piece(rest);
            if piece.is_empty() {
                return;
            }
            if (self.wants)(piece) {
                (self.take)(self.stamps.read_next(piece));
            } else {
                self.stamps.pass(piece);
            }
            rest = rest.get(piece.len()..).unwrap_or(&[]);
        }
    }
}

impl<'z> Stamps<'z> {
    const fn new(zone: LogZone<'z>, near: UnixTime) -> Self {
        Self {
            zone,
            near,
            number: 1,
            is_inside_line: false,
            before: Before::new(),
            last: None,
            host: HostName::new(),
        }
    }

    fn read_next<'t>(&'t mut self, piece: &'t [u8]) -> TimedLine<'t> {
        self.host.clear();
        let own = if self.is_inside_line { None } else { self.own(piece) };
        self.last = own.or(self.last);
        let number = self.number;
        self.pass(piece);
        let host = Some(self.host.as_slice()).filter(|host| !host.is_empty());
        TimedLine { number, text: piece, time: self.last, is_stamped: own.is_some(), host }
    }

    fn pass(&mut self, piece: &[u8]) {
        self.is_inside_line = piece.last() != Some(&b'\n');
        self.number = self.number.saturating_add(u64::from(!self.is_inside_line));
    }

    fn own(&mut self, piece: &[u8]) -> Option<LineTime> {
        let mut rooms = Undresser::new();
        let (text, layers) = rooms.undress(piece, &mut self.before);
        if let Some(origin) = Origin::of(text, &Pairs::of(text), &layers) {
            self.host.extend(origin.name.iter().copied().take(self.host.capacity()));
        }
        let stamp = RecordTime::of(&layers.stamps, text).own()?;
        let near = self.last.map_or(self.near, |last| last.at.earliest());
        let moment = completed(stamp, near)?;
        let zone = moment.zone.or(self.zone.at(moment.civil));
        let at = moment.bounds_in(zone.unwrap_or(Span::ZERO));
        Some(LineTime { at, has_zone: zone.is_some() })
    }
}

/// Returns the stamp on the day nearest to `near` that it may mean.
fn completed(stamp: Stamp, near: UnixTime) -> Option<Moment> {
    match stamp.date {
        DateKnowledge::NoDate => Some(stamp.near(near).into()),
        DateKnowledge::NoYear | DateKnowledge::Full => dated(stamp, Some(near)),
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    /// The numbers and the times of the lines, in seconds after 2024-01-09 14:00:00 UTC.
    fn read(text: &str, chunk: usize) -> Vec<(u64, Option<i64>)> {
        let near = UnixTime::from_secs(1_704_808_800);
        let mut lines = TimedLines::new(LogZone::Unknown, near);
        let mut read = Vec::new();
        let mut take = |line: TimedLine<'_>| {
            let at = line.time.map(|time| (time.at.earliest() - near).floor_secs());
            read.push((line.number, at));
        };
        for part in text.as_bytes().chunks(chunk) {
            lines.feed(part, &mut take);
        }
        lines.finish(&mut take);
        read
    }

    #[test]
    fn line_without_a_stamp_has_the_time_of_its_record() {
        type Row = (&'static str, &'static str, &'static [(u64, Option<i64>)]);
        const ROWS: &[Row] = &[
            ("nothing", "", &[]),
            ("no stamp", "a\nb", &[(1, None), (2, None)]),
            (
                "a trace under its record",
                "x\n2024-01-09T14:00:05Z a\n  at b\n\n2024-01-09T15:00:07+01:00 c",
                &[(1, None), (2, Some(5)), (3, Some(5)), (4, Some(5)), (5, Some(7))],
            ),
            ("no year", "Jan  9 14:00:09 web app: a\n", &[(1, Some(9))]),
            ("layers", "> {\"time\":\"2024-01-09T14:00:03Z\",\"msg\":\"a\"}\n", &[(1, Some(3))]),
            ("no zone", "2024-01-09 14:00:04 a\n", &[(1, Some(4))]),
        ];
        for &(name, text, expected) in ROWS {
            for chunk in [1, 7, 4_096] {
                assert_eq!(read(text, chunk), expected, "{name}, chunks of {chunk}");
            }
        }
    }

    #[test]
    fn line_has_the_host_that_it_names() {
        let mut times = LineTimes::new(LogZone::Unknown, UnixTime::EPOCH);
        const ROWS: &[(&str, Option<&str>)] = &[
            ("Jan  9 14:00:09 web1 app: a\n", Some("web1")),
            ("  at b\n", None),
            ("2024-01-09T14:00:00Z INFO started\n", None),
            ("{\"time\":\"2024-01-09T14:00:00Z\",\"hostname\":\"web2\"}\n", Some("web2")),
        ];
        for &(line, host) in ROWS {
            assert_eq!(times.read(line.as_bytes()).host, host.map(str::as_bytes), "{line}");
        }
    }

    #[test]
    fn year_that_is_not_stated_follows_the_record_before() {
        let text = "2023-12-31T23:59:59Z a\nJan  1 00:00:01 web app: b\n";
        let new_year = -(8 * 24 + 14) * 3_600;
        assert_eq!(read(text, 9), [(1, Some(new_year - 1)), (2, Some(new_year + 1))]);
    }
}
