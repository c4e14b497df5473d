//! Adds the facts of a line to its exchange and to the totals, and keeps the lines to show.

use super::record::{ATTENTION, CONTEXT, Fold, Line, Stamped};
use crate::diagnosis::fold::books::Books;
use crate::diagnosis::fold::episode::REACH;
use crate::diagnosis::fold::excerpt::{excerpt, kind, kind_of_row};
use crate::diagnosis::fold::local_stamps::{LocalStamps, lines_between};
use crate::diagnosis::fold::origin::UNNAMED;
use crate::diagnosis::fold::sight::RECORD;
use crate::diagnosis::report::{Diagnosis, Evidence, EvidenceKind};
use crate::diagnosis::rules::each_host::conclude_all;
use crate::evidence::transcript::Told;
use crate::evidence::{
    Author, CLOCK_COMMANDS, Captures, DateKnowledge, Facts, Hearsay, Layers, Moment, Pairs, Piece,
    Query, RecordTime, Row, Stamp, counts_from_boot, dated, examine, find_stamp, http_date_alone,
    printed_alone, quoted, unlabelled, without_stamps,
};
use crate::survey::{DateSample, Heard};
use crate::time::Span;

/// The longest time from making a token to showing it in the log.
const SAME_MOMENT: Span = Span::from_secs(2);
/// Number of lines to read in full after a refusal that states its times itself.
const SHORT_ATTENTION: u32 = 4;

impl<const HOSTS: usize> Fold<'_, HOSTS> {
    /// Shows words that a stranger may have written. No conclusion rests on them.
    pub(super) fn hear(&mut self, piece: &[u8], hearsay: &Hearsay) {
        // To look for them takes time, and most would not be shown.
        if !self.totals.shown.awaits_stranger() {
            return;
        }
        let Some(said) = quoted(piece, hearsay) else { return };
        let (line, kind, text) =
            (self.place.number, kind_of_row(said.row), excerpt(piece, said.at));
        let (product, by) = (said.row.product(), Author::Stranger);
        self.totals.shown.hear(Evidence { line, kind, by, product, instant: None, text });
    }

    /// Records the command `date -u` and the answers of hosts to it.
    pub(super) fn ask_hosts(&mut self, piece: &[u8], pairs: &Pairs) {
        let hosts = &mut self.totals.hosts;
        hosts.ask(piece, pairs, self.place.at);
        let is_servers = |query: Query| query.of_server && http_date_alone(piece).is_some();
        let is_awaited = hosts.awaited(self.place.at).is_some_and(|query| !is_servers(query));
        let answer = if is_awaited { printed_alone(piece) } else { None };
        if let Some(stamp) = answer {
            hosts.answer(stamp, self.place.number);
        }
        if pairs.find_any(piece, CLOCK_COMMANDS) {
            self.heed(ATTENTION);
        }
    }

    /// Records the answer of one of several servers, and shows the first answer of each clock.
    pub(super) fn hear_node(&mut self, told: Told, piece: &[u8]) {
        let Told::Answered(name, sample) = told else { return };
        let DateSample { date, .. } = sample;
        if self.totals.nodes.hear(name, sample) == Heard::Another {
            let (line, kind, text) = (self.place.number, EvidenceKind::NodeTime, excerpt(piece, 0));
            let (by, instant) = (Author::Jwtick, Some(date.at()));
            self.totals.shown.show(Evidence { line, kind, by, product: None, instant, text });
        }
    }

    /// Leaves out of `facts` the times that are nothing but the stamp of their record, `own`.
    ///
    /// The place of a text decides, and not its value: a clock that is right shows the time that a server
    /// states, and a member of the record may look like one of an answer.
    pub(super) fn beyond_stamp(&self, facts: &mut Facts, own: Stamp, words: &[u8], part: Piece) {
        if !facts.captures.state(own.civil) {
            return;
        }
        let rest = without_stamps(words);
        let left = examine(&rest, &Pairs::of(&rest), false, part, self.rows).captures;
        facts.captures = Captures { step: facts.captures.step, ..left };
    }

    pub(super) fn take(&mut self, facts: &Facts, own: Option<Stamp>, words: &[u8], line: Line<'_>) {
        let stamps = self.stamps_near(facts, own, words, line.layers);
        if self.open.current.is_over(&stamps, facts) {
            let next = self.open.current.next(&stamps, facts);
            let mut books = Books { all: &mut self.totals, own: &mut self.own };
            self.open.close_current(&mut books);
            self.open.current = next;
        }
        if facts.is_any() {
            self.heed(attention(facts));
            if !facts.is_retry {
                self.show(facts, own, line.shown);
            }
        }
        self.has_refusal |= facts.refusal.is_some();
        let host = self.open.host();
        let mut books = Books { all: &mut self.totals, own: &mut self.own };
        let mut pages = books.of(host);
        self.open.current.add(facts, stamps, &mut pages);
        pages.each_of_host(|totals| totals.note(facts, &stamps));
    }

    /// Returns the stamps of the current line and of those before it, and records the zone that they show.
    fn stamps_near(
        &mut self,
        facts: &Facts,
        own: Option<Stamp>,
        words: &[u8],
        layers: &Layers,
    ) -> LocalStamps {
        let line = self.place.at;
        let host = self.open.host();
        // The stamp of another host is that of another clock.
        let ours = |last: &Stamped| last.host == UNNAMED || host == UNNAMED || last.host == host;
        let near = |last: &Stamped| ours(last) && line.saturating_sub(last.at) <= REACH;
        let (before, request) = (self.last_stamp.filter(near), self.last_request.filter(near));
        let near = |number: u64| line.saturating_sub(number) <= CONTEXT;
        let inner = line.saturating_sub(self.place.number);
        if let Some((zone, at)) = self.last_zone.filter(|(_, at)| near(*at)) {
            let stamp = own.or(before.map(|before| before.stamp));
            let civil = stamp.filter(|it| it.date == DateKnowledge::Full).map(|it| it.civil);
            let mut books = Books { all: &mut self.totals, own: &mut self.own };
            let line = at.saturating_sub(inner);
            books.of(host).each_of_host(|totals| totals.give_zone(Some(zone), civil, line));
        }
        let own = own.or_else(|| unread(facts, words, layers, before?.stamp));
        let making = self.last_making.filter(|making| near(making.at));
        let back = |it: Stamped| lines_between(it.number, self.place.number);
        LocalStamps {
            line,
            inner: u32::try_from(inner).unwrap_or(u32::MAX),
            before_back: before.map_or(0, back),
            request_back: request.map_or(0, back),
            before: before.map(|before| before.stamp),
            follows_request: before.is_some_and(|before| before.is_request),
            follows_making: making.zip(own).is_some_and(|(making, own)| {
                facts.refusal.is_none() && (own.civil - making.stamp.civil).abs() <= SAME_MOMENT
            }),
            request: request.map(|request| request.stamp),
            own,
            counts_from_boot: counts_from_boot(words),
            host,
            ..LocalStamps::NONE
        }
    }

    fn show(&mut self, facts: &Facts, own: Option<Stamp>, piece: &[u8]) {
        let kind = kind(facts);
        // Excerpts take time, and most would not be shown.
        if !self.totals.shown.awaits(kind, self.place.number) {
            return;
        }
        let instant = match kind {
            EvidenceKind::ServerTime => facts.date.or(facts.captures.server),
            _ => facts.captures.local,
        };
        let stamped = own.and_then(|own| own.instant());
        let instant = instant.map(|moment| moment.as_utc().earliest()).or(stamped);
        let ours = facts.measured.map(|_| "jwtick");
        let product = facts.refusal.or(facts.service).and_then(Row::product).or(ours);
        let text = excerpt(piece, facts.focus);
        let (line, by) = (self.place.number, facts.author());
        self.totals.shown.show(Evidence { line, kind, by, product, instant, text });
    }

    /// Keeps a line that looks like a failure, in case that no refusal is recognised.
    pub(super) fn suspect(&mut self, at: usize, own: Option<Stamp>, piece: &[u8]) {
        if self.totals.refusals > 0 || !self.totals.shown.awaits_failure(self.place.number) {
            return;
        }
        let (line, kind, by) = (self.place.number, EvidenceKind::Failure, Author::Program);
        let instant = own.and_then(|own| own.instant());
        let text = excerpt(piece, at);
        self.totals.shown.suspect(Evidence { line, kind, by, product: None, instant, text });
    }

    /// Returns what the text proves, of which `lines` were read.
    pub(super) fn finish(mut self, lines: u64) -> Diagnosis {
        let mut books = Books { all: &mut self.totals, own: &mut self.own };
        self.open.close_all(&mut books);
        conclude_all(self.totals, self.own, lines)
    }
}

/// Returns a stamp that cannot be read, for a line without one that has a time which no label names, long after
/// or before the stamp `before` it. Words that no list has may precede the stamp of a record.
fn unread(facts: &Facts, words: &[u8], layers: &Layers, before: Stamp) -> Option<Stamp> {
    let until = match (facts.refusal, facts.date) {
        (Some(_), _) => facts.focus,
        (None, Some(_)) => usize::MAX,
        (None, None) => return None,
    };
    let time = unlabelled(words, until).or_else(|| without_year(words, until, before))?;
    if facts.captures.state(time.civil) || facts.date.is_some_and(|it| it.civil == time.civil) {
        return None;
    }
    let apart = match (time.zone, before.instant()) {
        (Some(_), Some(before)) => time.as_utc().earliest() - before,
        _ => time.civil - before.civil,
    };
    // A line that goes on with the record before may have a stamp of whoever passed it on.
    let goes_on = || RecordTime::of(&layers.stamps, words).first.is_some();
    let is_far = apart.abs() > RECORD && !goes_on();
    is_far.then_some(Stamp { date: DateKnowledge::NoDate, zone: None, ..before })
}

/// Returns the first stamp of `words` before the place `until` if it names no year, in that of `before`.
fn without_year(words: &[u8], until: usize, before: Stamp) -> Option<Moment> {
    let (stamp, place) = find_stamp(words)?;
    let is_bare = stamp.date == DateKnowledge::NoYear && place.end <= until;
    dated(stamp, Some(before.civil)).filter(|_| is_bare)
}

/// Returns how many lines after one with these facts may belong to the same transcript.
fn attention(facts: &Facts) -> u32 {
    if facts.captures.states_both() { SHORT_ATTENTION } else { ATTENTION }
}
