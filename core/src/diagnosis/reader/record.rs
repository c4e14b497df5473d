//! Reads the records that matter, without the words of strangers.

use super::super::fold::episode::{Episode, REACH};
use super::super::fold::totals::Totals;
use super::super::zone::Options;
use super::{ATTENTION, Line, is_cut};
use crate::evidence::transcript::{Entry, Told};
use crate::evidence::{
    Before, Context, Facts, Hearsay, Layers, Piece, Place, Stamp, Undresser, contains_any, examine,
    first_piece, is_request_line, record_stamp, scan,
};

/// A line that has a stamp.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamped {
    pub(super) stamp: Stamp,
    /// The place of the line, in the order of reading.
    pub(super) at: u64,
    /// `true` if the line says that a request is being sent.
    pub(super) is_request: bool,
}

/// Phrases with which logs announce an outgoing request: the methods of RFC 9110 §9.3, and words.
const REQUESTS: &[&[u8]] = &[b"GET ", b"POST ", b"PUT ", b"DELETE ", b"ending ", b"equest sent"];

/// The records so far, folded.
pub(super) struct Fold<'z> {
    options: Options<'z>,
    /// The place of the record that is read.
    pub(super) place: Place,
    /// Number of lines that will still be read in full.
    pub(super) attention: u32,
    pub(super) last_stamp: Option<Stamped>,
    after_date_name: bool,
    /// The state of a line that is read in pieces.
    pub(super) context: Context,
    /// What the current line of a transcript states, if it is given as a value.
    pub(super) told: Option<Told>,
    /// The line at which a request was dumped whose rest may follow.
    request_at: Option<u64>,
    /// `true` if the local side sent that request: the record before announces it, or there is none.
    is_ours: bool,
    pub(super) episode: Episode,
    pub(super) totals: Totals,
}

impl<'z> Fold<'z> {
    pub(super) const fn new(options: Options<'z>) -> Self {
        Self {
            options,
            place: Place { number: 1, at: 1 },
            attention: 0,
            last_stamp: None,
            after_date_name: false,
            context: Context::LINE,
            told: None,
            request_at: None,
            is_ours: false,
            episode: Episode::NONE,
            totals: Totals::new(),
        }
    }

    /// Returns the last stamp in `passed`, the lines directly before the one at `at`.
    pub(super) fn stamp_before(&mut self, passed: &[u8], at: u64) -> Option<Stamped> {
        let mut rest = passed.strip_suffix(b"\n").unwrap_or(passed);
        let mut rooms = Undresser::new();
        for back in 1..=REACH {
            let start = memchr::memrchr(b'\n', rest);
            let line = rest.get(start.map_or(0, |at| at.saturating_add(1))..).unwrap_or(&[]);
            let line = first_piece(line);
            let context = if start.is_some() { Context::LINE } else { self.context };
            if context.starts_record(line) {
                let (text, layers) = rooms.undress(line, &mut Before::new());
                let words = Hearsay::of(text, context).blotted(text);
                if let Some(stamp) = self.stamp(&words, &layers) {
                    let at = at.saturating_sub(back);
                    let is_request = contains_any(&words, REQUESTS);
                    return Some(Stamped { stamp, at, is_request });
                }
            }
            rest = rest.get(..start?).unwrap_or(&[]);
        }
        None
    }

    /// Returns the stamp of `line`, otherwise the innermost one of its layers. If the stamp names no
    /// zone, the zone given by the caller applies.
    fn stamp(&mut self, line: &[u8], layers: &Layers) -> Option<Stamp> {
        let stamp = record_stamp(line).or_else(|| layers.stamps.last().copied())?;
        let assumed = self.options.zone.at(stamp.civil).filter(|_| stamp.zone.is_none());
        self.totals.zone_assumed |= assumed.is_some();
        Some(Stamp { zone: stamp.zone.or(assumed), ..stamp })
    }

    /// Reads a record.
    pub(super) fn read_record(&mut self, text: &[u8], layers: &Layers, place: Place) {
        self.place = place;
        self.context = Context::LINE;
        let _ = self.read(text, layers);
        self.context = Context::LINE;
    }

    /// Reads a line or a piece of one, without the words of strangers. Returns its stamp.
    pub(super) fn read(&mut self, piece: &[u8], layers: &Layers) -> Option<Stamp> {
        let is_record = self.context.starts_record(piece);
        let hearsay = Hearsay::of(piece, self.context);
        self.context = hearsay.after;
        let parsed = || is_record.then(|| Entry::parse(piece)).flatten();
        let parsed = || parsed().map(|entry| super::told(&entry));
        let is_whole = is_record && !is_cut(piece);
        let part = if is_whole { Piece::Record } else { Piece::Part };
        let told = self.told.or_else(parsed);
        let line = Line { shown: piece, is_record, part, told, layers };
        if line.told.is_some() || hearsay.is_empty() {
            return self.take_line(piece, line);
        }
        self.hear(piece, &hearsay);
        self.take_line(&hearsay.blotted(piece), line)
    }

    /// Reads a line if it is relevant. Otherwise only its stamp counts.
    fn take_line(&mut self, words: &[u8], line: Line<'_>) -> Option<Stamp> {
        let is_relevant =
            line.told.is_some() || self.attention > 0 || scan(words, |_| Some(())).is_some();
        let own = if line.is_record {
            self.stamp(words, line.layers)
        } else {
            line.layers.stamps.last().copied()
        };
        self.note_request(words, own);
        if is_relevant {
            self.read_words(words, own, line);
        }
        if let Some(stamp) = own {
            let is_request = contains_any(words, REQUESTS);
            self.last_stamp = Some(Stamped { stamp, at: self.place.at, is_request });
        }
        own
    }

    /// Follows a request that is dumped over several lines: from its first line to the next record, or to
    /// the answer. Whoever sent it wrote these lines.
    fn note_request(&mut self, words: &[u8], own: Option<Stamp>) {
        if own.is_some() || starts_message(words) || words.starts_with(b"< ") {
            self.request_at = None;
        }
        if is_request_line(words) {
            self.request_at = Some(self.place.at);
            self.is_ours = self.last_stamp.is_none_or(|last| last.is_request);
        }
    }

    fn is_in_request(&self) -> bool {
        self.request_at.is_some_and(|at| self.place.at.saturating_sub(at) <= REACH)
    }

    fn read_words(&mut self, words: &[u8], own: Option<Stamp>, line: Line<'_>) {
        self.attention = self.attention.saturating_sub(1);
        if line.part == Piece::Record && !self.is_in_request() {
            self.ask_hosts(words);
        }
        let facts = self.examine(words, line);
        self.after_date_name = facts.names_date;
        if facts.is_status {
            self.heed(ATTENTION);
        }
        if facts.names_date {
            self.heed(1);
        }
        if let Some(host) = line.layers.host {
            self.totals.note_host(host);
        }
        if let Some(stamp) = own {
            self.episode.stamp_follows(stamp, self.place.at);
        }
        if facts.belongs_to_exchange() {
            self.take(&facts, own, words, line.shown);
        }
    }

    fn examine(&mut self, words: &[u8], line: Line<'_>) -> Facts {
        let facts = examine(words, self.after_date_name, line.part);
        match line.told {
            Some(_) if !line.is_record => Facts::default(),
            Some(told) => {
                self.hear_node(told, line.shown);
                facts.of_transcript(told)
            }
            None if line.layers.is_inside_quotation => facts.of_quotation(),
            None if self.is_in_request() => facts.of_request(self.is_ours),
            None => facts,
        }
    }

    /// Reads at least `lines` more lines in full.
    pub(super) fn heed(&mut self, lines: u32) {
        self.attention = self.attention.max(lines);
    }
}

/// Returns `true` if `text` is the first line of an answer (RFC 9112 §4).
fn starts_message(text: &[u8]) -> bool {
    text.starts_with(b"HTTP/")
}
