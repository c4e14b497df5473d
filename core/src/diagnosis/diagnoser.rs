//! The fold: takes bytes in chunks of any size and returns a [`Diagnosis`].

use super::fold::close::close;
use super::fold::episode::{Episode, REACH};
use super::fold::excerpt::{excerpt, kind};
use super::fold::local_stamps::LocalStamps;
use super::fold::nodes;
use super::fold::totals::Totals;
use super::report::{Diagnosis, Evidence, EvidenceKind};
use super::rules::conclude::conclude;
use super::zone::Options;
use crate::evidence::transcript::Entry;
use crate::evidence::{
    CLOCK_COMMANDS, Decoder, Facts, Lines, Sink, Stamp, contains_any, contains_word,
    counts_from_boot, examine, first_piece, printed_alone, record_stamp, scan,
};
use crate::survey::{DateOrigin, DateSample, Heard};

/// Number of lines to read in full after a relevant one, to capture the rest of its transcript.
const ATTENTION: u32 = 24;
/// The same number after a refusal that states its times itself.
const SHORT_ATTENTION: u32 = 4;

/// Reads a text once, in constant memory, and reports what it proves.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::diagnosis::Cause;
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"2023-06-19T13:45:03Z Signature not yet current: 20230619T134502Z is still ");
/// diagnoser.feed(b"later than 20230619T134351Z (20230619T133851Z + 5 min.)\n");
/// let diagnosis = diagnoser.finish();
/// assert_eq!(diagnosis.cause, Cause::LocalClock);
/// ```
pub struct Diagnoser<'z> {
    decoder: Decoder,
    lines: Lines,
    fold: Fold<'z>,
}

impl<'z> Diagnoser<'z> {
    /// Starts with an empty text.
    #[must_use]
    pub const fn new(options: Options<'z>) -> Self {
        Self { decoder: Decoder::new(), lines: Lines::new(), fold: Fold::new(options) }
    }

    /// Reads the next bytes. The result does not depend on how the text is cut into chunks.
    pub fn feed(&mut self, chunk: &[u8]) {
        let Self { decoder, lines, fold } = self;
        decoder.feed(chunk, |text| lines.feed(text, fold));
    }

    /// Returns what the text proves.
    #[must_use]
    pub fn finish(self) -> Diagnosis {
        let Self { decoder, mut lines, mut fold } = self;
        decoder.finish(|text| lines.feed(text, &mut fold));
        lines.finish(&mut fold);
        fold.finish()
    }
}

/// A line that has a stamp.
#[derive(Debug, Clone, Copy)]
struct Stamped {
    stamp: Stamp,
    number: u64,
    /// `true` if the line says that a request is being sent.
    is_request: bool,
}

/// Phrases with which logs announce an outgoing request: the methods of RFC 9110 §9.3, and words.
const REQUESTS: &[&[u8]] = &[b"GET ", b"POST ", b"PUT ", b"DELETE ", b"ending ", b"equest sent"];

struct Fold<'z> {
    options: Options<'z>,
    /// Number of the next line, counted from 1.
    number: u64,
    /// Number of lines that will still be read in full.
    attention: u32,
    /// `true` if the text so far ends inside a line.
    inside_line: bool,
    last_stamp: Option<Stamped>,
    after_date_name: bool,
    episode: Episode,
    totals: Totals,
}

impl Sink for Fold<'_> {
    fn block(&mut self, text: &[u8]) {
        self.inside_line = text.last() != Some(&b'\n');
        let mut rest = text;
        while !rest.is_empty() {
            let skipped = if self.attention > 0 { 0 } else { self.skip(rest) };
            rest = rest.get(skipped..).unwrap_or(&[]);
            let piece = first_piece(rest);
            if !piece.is_empty() {
                self.read(piece);
            }
            rest = rest.get(piece.len()..).unwrap_or(&[]);
        }
    }
}

impl<'z> Fold<'z> {
    const fn new(options: Options<'z>) -> Self {
        Self {
            options,
            number: 1,
            attention: 0,
            inside_line: false,
            last_stamp: None,
            after_date_name: false,
            episode: Episode::NONE,
            totals: Totals::new(),
        }
    }

    /// Returns how many bytes of `text` precede the next relevant line.
    fn skip(&mut self, text: &[u8]) -> usize {
        let skipped = scan(text, |hit| {
            let start = piece_start(text, hit.at);
            let piece = first_piece(text.get(start..)?);
            // A line is read in pieces, so an anchor that is split between two pieces does not
            // count.
            (hit.end() <= start.saturating_add(piece.len())).then_some(start)
        });
        let skipped = skipped.unwrap_or(text.len());
        let passed = text.get(..skipped).unwrap_or(&[]);
        let lines = memchr::memchr_iter(b'\n', passed).count();
        self.number = self.number.saturating_add(u64::try_from(lines).unwrap_or(u64::MAX));
        if let Some(stamp) = self.stamp_before(passed) {
            self.last_stamp = Some(stamp);
        }
        skipped
    }

    /// Returns the last stamp in `passed`, the lines directly before the current one.
    fn stamp_before(&mut self, passed: &[u8]) -> Option<Stamped> {
        let mut rest = passed.strip_suffix(b"\n").unwrap_or(passed);
        for back in 1..=REACH {
            let start = memchr::memrchr(b'\n', rest);
            let line = rest.get(start.map_or(0, |at| at.saturating_add(1))..).unwrap_or(&[]);
            if let Some(stamp) = self.stamp(line) {
                let number = self.number.saturating_sub(back);
                return Some(Stamped { stamp, number, is_request: contains_any(line, REQUESTS) });
            }
            rest = rest.get(..start?).unwrap_or(&[]);
        }
        None
    }

    /// Returns the stamp of `line`. If the stamp names no zone, the zone given by the caller
    /// applies.
    fn stamp(&mut self, line: &[u8]) -> Option<Stamp> {
        let stamp = record_stamp(line)?;
        let assumed = self.options.zone.at(stamp.civil).filter(|_| stamp.zone.is_none());
        self.totals.zone_assumed |= assumed.is_some();
        Some(Stamp { zone: stamp.zone.or(assumed), ..stamp })
    }

    fn read(&mut self, piece: &[u8]) {
        self.attention = self.attention.saturating_sub(1);
        let own = self.stamp(piece);
        self.ask_hosts(piece);
        let entry = Entry::parse(piece);
        let mut facts = examine(piece, self.after_date_name);
        if let Some(entry) = entry {
            self.hear_node(&entry, piece);
            facts.add_entry(&entry);
        }
        self.after_date_name = facts.names_date;
        if facts.is_status {
            self.heed(ATTENTION);
        }
        if facts.names_date {
            self.heed(1);
        }
        if let Some(stamp) = own {
            self.episode.stamp_follows(stamp, self.number);
        }
        if facts.belongs_to_exchange() {
            self.take(&facts, own, piece);
        }
        if let Some(stamp) = own {
            let is_request = contains_any(piece, REQUESTS);
            self.last_stamp = Some(Stamped { stamp, number: self.number, is_request });
        }
        if piece.last() == Some(&b'\n') {
            self.number = self.number.saturating_add(1);
        }
    }

    /// Records the command `date -u` and the answers of hosts to it.
    fn ask_hosts(&mut self, piece: &[u8]) {
        let hosts = &mut self.totals.hosts;
        hosts.ask(piece, self.number);
        let answer = if hosts.awaits(self.number) { printed_alone(piece) } else { None };
        if let Some(stamp) = answer {
            hosts.answer(stamp);
        }
        if contains_word(piece, CLOCK_COMMANDS) {
            self.heed(ATTENTION);
        }
    }

    /// Records the answer of one of several servers, and shows the first answer of each clock.
    fn hear_node(&mut self, entry: &Entry<'_>, piece: &[u8]) {
        let Entry::Answered { server, date, local } = *entry else { return };
        let sample = DateSample { local, date, origin: DateOrigin::Fresh };
        if self.totals.nodes.hear(nodes::hash_of(server.chars()), sample) == Heard::Another {
            let (line, kind, text) = (self.number, EvidenceKind::NodeTime, excerpt(piece, 0));
            let instant = Some(date.at());
            self.totals.show(Evidence { line, kind, product: None, instant, text });
        }
    }

    /// Reads at least `lines` more lines in full.
    fn heed(&mut self, lines: u32) {
        self.attention = self.attention.max(lines);
    }

    fn take(&mut self, facts: &Facts, own: Option<Stamp>, piece: &[u8]) {
        let line = self.number;
        // A JSON body may have the time of its server where a log record has its stamp.
        let is_servers = |own: &Stamp| facts.captures.server.is_some_and(|s| s.civil == own.civil);
        let own = own.filter(|own| !is_servers(own));
        let before = self.last_stamp.filter(|last| line.saturating_sub(last.number) <= REACH);
        let counts_from_boot = counts_from_boot(piece);
        let stamps = LocalStamps {
            line,
            before: before.map(|before| before.stamp),
            follows_request: before.is_some_and(|before| before.is_request),
            own,
            after: None,
            counts_from_boot,
        };
        if self.episode.is_over(line, facts) {
            close(core::mem::replace(&mut self.episode, Episode::NONE), &mut self.totals);
        }
        if facts.is_any() {
            self.heed(attention(facts));
            if !facts.is_retry {
                self.show(facts, own, piece);
            }
        }
        self.episode.add(facts, stamps, &mut self.totals);
        self.totals.note(facts, &stamps, piece);
    }

    fn show(&mut self, facts: &Facts, own: Option<Stamp>, piece: &[u8]) {
        let kind = kind(facts);
        // Excerpts take time, and most would not be shown.
        if !self.totals.awaits(kind, self.number) {
            return;
        }
        let instant = match kind {
            EvidenceKind::ServerTime => facts.date.or(facts.captures.server),
            _ => facts.captures.local,
        };
        let stamped = own.and_then(|own| own.instant());
        let instant = instant.map(|moment| moment.as_utc().earliest()).or(stamped);
        let ours = facts.measured.map(|_| "jwtick");
        let product = facts.refusal.or(facts.service).map(|row| row.product).or(ours);
        let text = excerpt(piece, facts.focus);
        self.totals.show(Evidence { line: self.number, kind, product, instant, text });
    }

    fn finish(mut self) -> Diagnosis {
        close(self.episode, &mut self.totals);
        // A text that ends with a line feed has no line after it.
        let unended = u64::from(self.inside_line);
        let lines = self.number.saturating_sub(1).saturating_add(unended);
        conclude(&self.totals, lines)
    }
}

/// Returns how many lines after one with these facts may belong to the same transcript.
fn attention(facts: &Facts) -> u32 {
    if facts.captures.states_both() { SHORT_ATTENTION } else { ATTENTION }
}

/// Returns the start of the piece that contains `at`.
fn piece_start(text: &[u8], at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    let mut start = memchr::memrchr(b'\n', before).map_or(0, |end| end.saturating_add(1));
    loop {
        let next = start.saturating_add(first_piece(text.get(start..).unwrap_or(&[])).len());
        if at < next || next == start {
            return start;
        }
        start = next;
    }
}
