//! Reads the lines that matter, without the words of strangers.

mod facts;

use super::fold::episode::REACH;
use super::fold::nodes;
use super::fold::open::OpenExchanges;
use super::fold::origin::{Origin, UNNAMED};
use super::fold::totals::Totals;
use super::zone::Options;
use crate::evidence::transcript::{Entry, Told};
use crate::evidence::{
    Context, Facts, Hearsay, LINE_MAX, Piece, Sink, Stamp, contains_any, examine, first_piece,
    record_stamp, scan,
};

/// Number of lines to read in full after a relevant one, to capture the rest of its transcript.
const ATTENTION: u32 = 24;

/// A line that has a stamp.
#[derive(Debug, Clone, Copy)]
struct Stamped {
    stamp: Stamp,
    number: u64,
    /// `true` if the line says that a request is being sent.
    is_request: bool,
    /// The host that wrote the line.
    host: u32,
}

/// Phrases with which logs announce an outgoing request: the methods of RFC 9110 §9.3, and words.
const REQUESTS: &[&[u8]] = &[b"GET ", b"POST ", b"PUT ", b"DELETE ", b"ending ", b"equest sent"];

/// A line or piece as it is read.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// Its text, with the words of strangers.
    shown: &'t [u8],
    /// `true` if it is a record or its start, so that it may start with a stamp.
    is_record: bool,
    part: Piece,
    /// What it states, if it is a line of a transcript.
    told: Option<Told>,
}

pub(super) fn told(entry: &Entry<'_>) -> Told {
    Told::of(entry, |name| nodes::hash_of(name.chars()))
}

/// The text so far, folded.
pub(super) struct Fold<'z> {
    options: Options<'z>,
    /// Number of the next line, counted from 1.
    number: u64,
    /// Number of lines that will still be read in full.
    attention: u32,
    /// `true` if the text so far ends inside a line.
    inside_line: bool,
    last_stamp: Option<Stamped>,
    /// The last line that says that a request is being sent.
    last_request: Option<Stamped>,
    after_date_name: bool,
    /// The state of the line that is being read in pieces.
    context: Context,
    /// What the current line of a transcript states, if it is given as a value.
    told: Option<Told>,
    open: OpenExchanges,
    totals: Totals,
}

impl Sink for Fold<'_> {
    fn block(&mut self, text: &[u8]) {
        self.inside_line = text.last() != Some(&b'\n');
        let mut rest = text;
        while !rest.is_empty() {
            let is_read = self.attention > 0 || self.told.is_some();
            let skipped = if is_read { 0 } else { self.skip(rest) };
            let (passed, left) = rest.split_at_checked(skipped).unwrap_or((rest, &[]));
            self.context = self.context.after(passed);
            rest = left;
            let piece = first_piece(rest);
            if !piece.is_empty() {
                self.read(piece);
            }
            rest = rest.get(piece.len()..).unwrap_or(&[]);
        }
    }
}

impl<'z> Fold<'z> {
    pub(super) const fn new(options: Options<'z>) -> Self {
        Self {
            options,
            number: 1,
            attention: 0,
            inside_line: false,
            last_stamp: None,
            last_request: None,
            after_date_name: false,
            context: Context::LINE,
            told: None,
            open: OpenExchanges::new(),
            totals: Totals::new(),
        }
    }

    /// Returns `true` if the text so far ends inside a line.
    pub(super) const fn is_inside_line(&self) -> bool {
        self.inside_line
    }

    /// Announces what the next line states, or that nothing is known about it.
    pub(super) const fn expect(&mut self, told: Option<Told>) {
        self.told = told;
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
        self.last_request = self.request_before(passed).or(self.last_request);
        if let Some(stamp) = self.stamp_before(passed) {
            self.keep(stamp);
        }
        skipped
    }

    /// Returns the last stamp in `passed`, the lines directly before the current one.
    fn stamp_before(&mut self, passed: &[u8]) -> Option<Stamped> {
        self.last_before(passed, |_| true)
    }

    /// Returns the last request in `passed`.
    fn request_before(&mut self, passed: &[u8]) -> Option<Stamped> {
        self.last_before(passed, |line| contains_any(line, REQUESTS))
    }

    /// Returns the last line of `passed` that has a stamp, of those that `counts` selects.
    fn last_before(&mut self, passed: &[u8], counts: fn(&[u8]) -> bool) -> Option<Stamped> {
        let mut rest = passed.strip_suffix(b"\n").unwrap_or(passed);
        for back in 1..=REACH {
            let start = memchr::memrchr(b'\n', rest);
            let line = rest.get(start.map_or(0, |at| at.saturating_add(1))..).unwrap_or(&[]);
            let line = first_piece(line);
            let context = if start.is_some() { Context::LINE } else { self.context };
            if context.starts_record(line) && counts(line) {
                let words = Hearsay::of(line, context).blotted(line);
                if counts(&words)
                    && let Some(stamp) = self.stamp(&words)
                {
                    let number = self.number.saturating_sub(back);
                    return Some(Stamped { number, ..self.stamped(stamp, &words) });
                }
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

    /// Reads a line or a piece of one, without the words of strangers.
    fn read(&mut self, piece: &[u8]) {
        let context = self.context;
        let hearsay = Hearsay::of(piece, context);
        self.context = hearsay.after;
        let is_record = context.starts_record(piece);
        let parsed = || is_record.then(|| Entry::parse(piece)).flatten().map(|entry| told(&entry));
        let is_whole = is_record && !is_cut(piece);
        let part = if is_whole { Piece::Record } else { Piece::Part };
        let line = Line { shown: piece, is_record, part, told: self.told.or_else(parsed) };
        if line.told.is_some() || hearsay.is_empty() {
            self.read_words(piece, line);
        } else {
            self.hear(piece, &hearsay);
            let words = hearsay.blotted(piece);
            // A line that only a stranger made look relevant is passed over like any other.
            if self.attention == 0 && scan(&words, |_| Some(())).is_none() {
                self.pass(&words, line);
            } else {
                self.read_words(&words, line);
            }
        }
    }

    /// Keeps the stamp of a line that is not relevant.
    fn pass(&mut self, words: &[u8], line: Line<'_>) {
        let own = if line.is_record { self.stamp(words) } else { None };
        if let Some(stamp) = own {
            self.keep(self.stamped(stamp, words));
        }
        self.end(words);
    }

    fn keep(&mut self, stamped: Stamped) {
        self.last_stamp = Some(stamped);
        self.last_request = Some(stamped).filter(|last| last.is_request).or(self.last_request);
    }

    fn stamped(&self, stamp: Stamp, words: &[u8]) -> Stamped {
        let host = Origin::of(words).map_or(UNNAMED, |origin| origin.id);
        Stamped { stamp, number: self.number, is_request: contains_any(words, REQUESTS), host }
    }

    /// Counts the line that `words` ends.
    fn end(&mut self, words: &[u8]) {
        if words.last() == Some(&b'\n') {
            self.number = self.number.saturating_add(1);
        }
    }

    fn read_words(&mut self, words: &[u8], line: Line<'_>) {
        self.attention = self.attention.saturating_sub(1);
        let own = if line.is_record { self.stamp(words) } else { None };
        if line.part == Piece::Record {
            self.ask_hosts(words);
        }
        if let Some(origin) = Origin::of(words).filter(|_| line.is_record) {
            self.totals.meet(origin);
            self.open.turn_to(origin.id, &mut self.totals);
        }
        let facts = self.examine(words, line);
        self.after_date_name = facts.names_date;
        if facts.is_status {
            self.heed(ATTENTION);
        }
        if facts.names_date {
            self.heed(1);
        }
        if let Some(stamp) = own {
            self.open.current.stamp_follows(stamp, self.number);
        }
        if facts.belongs_to_exchange() {
            self.take(&facts, own, words, line.shown);
        }
        if let Some(stamp) = own {
            self.keep(self.stamped(stamp, words));
        }
        self.end(words);
    }

    fn examine(&mut self, words: &[u8], line: Line<'_>) -> Facts {
        let facts = examine(words, self.after_date_name, line.part);
        match line.told {
            Some(_) if !line.is_record => Facts::default(),
            Some(told) => {
                self.hear_node(told, line.shown);
                facts.of_transcript(told)
            }
            None => facts,
        }
    }

    /// Reads at least `lines` more lines in full.
    fn heed(&mut self, lines: u32) {
        self.attention = self.attention.max(lines);
    }
}

/// Returns `true` if `piece` starts a line of text that is too long to be read at once. No service
/// writes such a line, but a requester may make one of any length. The records of a HAR file and of a
/// log in JSON show their form from the start.
fn is_cut(piece: &[u8]) -> bool {
    const LONG: usize = LINE_MAX / 2;
    piece.last() != Some(&b'\n') && piece.len() >= LONG && piece.first() != Some(&b'{')
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
