//! Reads the records that matter, without the words of strangers.

use super::super::fold::books::{Books, Owns};
use super::super::fold::episode::REACH;
use super::super::fold::open::OpenExchanges;
use super::super::fold::origin::Origin;
use super::super::fold::totals::Totals;
use super::super::zone::Options;
use crate::evidence::transcript::Told;
use crate::evidence::{
    Context, Facts, Hearsay, LINE_MAX, Layers, Moment, Pairs, Piece, Place, Room, Rows, Stamp,
    examine, http_date_alone, is_request_line, scan, server_name,
};
use crate::time::{Span, UnixTime};

/// Number of lines to read in full after a relevant one, to capture the rest of its transcript.
pub(super) const ATTENTION: u32 = 24;
/// Number of lines before a relevant one in which a stamp may reveal the zone of the log, or words may
/// say that a token is made for the request that follows.
pub(super) const CONTEXT: u64 = 16;

/// A line or piece as it is read.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    /// Its text, with the words of strangers.
    pub(super) shown: &'t [u8],
    /// `true` if it is a record or its start, so that it may start with a stamp.
    pub(super) is_record: bool,
    pub(super) part: Piece,
    /// What it states, if it is a line of a transcript.
    pub(super) told: Option<Told>,
    pub(super) layers: &'t Layers,
}

/// A line that has a stamp.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamped {
    pub(super) stamp: Stamp,
    /// The place of the line, in the order of reading.
    pub(super) at: u64,
    /// The number of the line in the text.
    pub(super) number: u64,
    /// `true` if the line says that a request is being sent.
    pub(super) is_request: bool,
    /// The host that wrote the line.
    pub(super) host: u32,
}

/// The first line of a record that something passed on with a stamp before each line.
#[derive(Debug, Clone, Copy)]
pub(super) struct PassedOn {
    /// The time by that stamp.
    pub(super) time: UnixTime,
    /// The place of the line, in the order of reading.
    pub(super) at: u64,
    /// A hash of the host that passed it on, if that is named.
    pub(super) by: Option<u32>,
}

/// The records so far, folded.
#[derive(Clone)]
pub(super) struct Fold<'z, const HOSTS: usize> {
    pub(super) options: Options<'z>,
    pub(super) rows: Rows<'z>,
    /// The place of the record that is read.
    pub(super) place: Place,
    /// Number of lines that will still be read in full.
    pub(super) attention: u32,
    pub(super) last_stamp: Option<Stamped>,
    /// The last line that says that a request is being sent.
    pub(super) last_request: Option<Stamped>,
    /// The last line that says that a token was made, if its stamp names no zone.
    pub(super) last_making: Option<Stamped>,
    pub(super) passed_on: Option<PassedOn>,
    /// The zone that the stamps of a line reveal, and the place of the line.
    pub(super) last_zone: Option<(Span, u64)>,
    after_date_name: bool,
    /// The state of a line that is read in pieces.
    pub(super) context: Context,
    /// What the current line of a transcript states, if it is given as a value.
    pub(super) told: Option<Told>,
    /// The line at which a request was dumped whose rest may follow.
    request_at: Option<u64>,
    /// `true` if the local side sent that request: the record before announces it, or there is none.
    is_ours: bool,
    pub(super) open: OpenExchanges,
    pub(super) totals: Totals,
    pub(super) own: Owns<HOSTS>,
    /// `true` after a refusal.
    pub(super) has_refusal: bool,
}

impl<'z, const HOSTS: usize> Fold<'z, HOSTS> {
    pub(super) const fn new(options: Options<'z>, rows: Rows<'z>) -> Self {
        Self {
            options,
            rows,
            place: Place { number: 1, at: 1 },
            attention: 0,
            last_stamp: None,
            last_request: None,
            last_making: None,
            passed_on: None,
            last_zone: None,
            after_date_name: false,
            context: Context::LINE,
            told: None,
            request_at: None,
            is_ours: false,
            open: OpenExchanges::new(),
            totals: Totals::new(),
            own: Owns::new(),
            has_refusal: false,
        }
    }

    /// Reads a record. `hearsay` are the words of strangers in it, if they are known.
    pub(super) fn read_record(
        &mut self,
        text: &[u8],
        layers: &Layers,
        place: Place,
        hearsay: Option<&Hearsay>,
    ) {
        self.place = place;
        self.context = Context::LINE;
        match hearsay {
            Some(hearsay) => self.read_heard(text, layers, true, hearsay),
            None => self.read(text, layers),
        }
        self.context = Context::LINE;
    }

    /// Reads a line or a piece of one, without the words of strangers.
    pub(super) fn read(&mut self, piece: &[u8], layers: &Layers) {
        let is_record = self.context.starts_record(piece);
        let hearsay = Hearsay::of(piece, self.context);
        self.read_heard(piece, layers, is_record, &hearsay);
    }

    /// Reads a line or a piece of one, of which `hearsay` was found. `is_record` means that it is a record
    /// or its start.
    fn read_heard(&mut self, piece: &[u8], layers: &Layers, is_record: bool, hearsay: &Hearsay) {
        self.context = hearsay.after;
        let parsed = || is_record.then(|| Told::parse(piece)).flatten();
        let is_whole = is_record && !is_cut(piece);
        let part = if is_whole { Piece::Record } else { Piece::Part };
        let told = self.told.or_else(parsed);
        let line = Line { shown: piece, is_record, part, told, layers };
        // A service repeats the path of a request, which its sender chose.
        let quotes = matches!(line.told, None | Some(Told::Judged(_)));
        if !quotes || hearsay.is_empty() {
            self.take_line(piece, line);
            return;
        }
        self.hear(piece, hearsay);
        let mut room = Room::new();
        self.take_line(hearsay.blot(piece, &mut room), line);
    }

    /// Reads a line if it is relevant. Otherwise only its stamp counts.
    fn take_line(&mut self, words: &[u8], line: Line<'_>) {
        let is_relevant = line.told.is_some()
            || self.attention > 0
            || scan(words, |hit| hit.counts(self.rows).then_some(())).is_some();
        let pairs = &Pairs::of(words);
        let stamped = self.own(words, pairs, line);
        let own = stamped.map(|own| own.stamp);
        // The lines of a request that was dumped are its sender's.
        if own.is_some() || self.is_ours || !self.is_in_request() {
            self.name_server(line.shown, words, pairs);
            self.totals.platforms.see(words, pairs);
        }
        self.note_request(words, own);
        if is_relevant {
            self.read_words(words, pairs, own, line);
        } else if let Some(origin) = own.and(Origin::of(words, pairs, line.layers)) {
            self.totals.meet(origin);
        }
        self.keep(stamped);
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

    /// Keeps the name of the server that a request is sent to.
    pub(super) fn name_server(&mut self, line: &[u8], words: &[u8], pairs: &Pairs) {
        if let Some(name) = server_name(line, words, pairs) {
            self.totals.name_server(name, self.has_refusal);
        }
    }

    fn is_in_request(&self) -> bool {
        self.request_at.is_some_and(|at| self.place.at.saturating_sub(at) <= REACH)
    }

    fn read_words(&mut self, words: &[u8], pairs: &Pairs, own: Option<Stamp>, line: Line<'_>) {
        self.attention = self.attention.saturating_sub(1);
        if line.part == Piece::Record && !self.is_in_request() {
            self.ask_hosts(words, pairs);
        }
        // The record before names the host that wrote it, and not only the one that passed it on.
        let (first, by) = (line.layers.stamps.first().copied(), Some(line.layers.passed_by));
        let starts = line.is_record && (own.is_some() || !self.goes_on(first, by, self.place.at));
        if let Some(origin) = Origin::of(words, pairs, line.layers).filter(|_| starts) {
            self.totals.meet(origin);
            let mut books = Books { all: &mut self.totals, own: &mut self.own };
            self.open.turn_to(origin.id, &mut books);
        }
        let mut facts = self.examine(words, pairs, line);
        if let Some(own) = own {
            self.beyond_stamp(&mut facts, own, words, line.part);
        }
        self.after_date_name = facts.names_date;
        if facts.is_status {
            self.heed(ATTENTION);
        }
        if facts.names_date {
            self.heed(1);
        }
        if let Some(stamp) = own {
            self.open.current.stamp_follows(stamp, self.place);
        }
        if facts.belongs_to_exchange() {
            self.take(&facts, own, words, line);
        }
        // A line with words of a stranger is about a request of theirs.
        if let Some(at) = facts.failure.filter(|_| words == line.shown) {
            self.suspect(at, own, line.shown);
        }
    }

    fn examine(&mut self, words: &[u8], pairs: &Pairs, line: Line<'_>) -> Facts {
        let mut facts = examine(words, pairs, self.after_date_name, line.part, self.rows);
        let awaited = self.totals.hosts.awaited(self.place.at);
        if awaited.is_some_and(|query| query.of_server) {
            facts.date = facts.date.or(http_date_alone(words).map(Moment::from));
        }
        // Most facts stay where they are: to copy them takes time.
        match line.told {
            Some(_) if !line.is_record => facts = Facts::default(),
            Some(told) => {
                self.hear_node(told, line.shown);
                facts = facts.of_transcript(told);
            }
            None if line.layers.is_inside_quotation => facts = facts.of_quotation(),
            None if self.is_in_request() => facts = facts.of_request(self.is_ours),
            None => {}
        }
        facts
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

/// Returns `true` if `piece` starts a line of text that is too long to be read at once. No service
/// writes such a line, but a requester may make one of any length. The records of a HAR file and of a
/// log in JSON show their form from the start.
pub(super) fn is_cut(piece: &[u8]) -> bool {
    !is_whole(piece) && piece.first() != Some(&b'{')
}

/// Returns `true` if `piece` is all of its line. The pieces of a longer one are cut in their second half.
pub(super) fn is_whole(piece: &[u8]) -> bool {
    const LONG: usize = LINE_MAX / 2;
    piece.last() == Some(&b'\n') || piece.len() < LONG
}
