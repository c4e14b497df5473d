//! Adds the facts of a line to its exchange and to the totals, and keeps the lines to show.

use super::{ATTENTION, Fold, Stamped};
use crate::diagnosis::fold::episode::REACH;
use crate::diagnosis::fold::excerpt::{excerpt, kind, kind_of_row};
use crate::diagnosis::fold::local_stamps::LocalStamps;
use crate::diagnosis::fold::origin::UNNAMED;
use crate::diagnosis::report::{Diagnosis, Evidence, EvidenceKind};
use crate::diagnosis::rules::conclude::conclude;
use crate::evidence::transcript::Told;
use crate::evidence::{
    Author, CLOCK_COMMANDS, Facts, Hearsay, Stamp, contains_word, counts_from_boot, printed_alone,
    quoted,
};
use crate::survey::{DateSample, Heard};

/// Number of lines to read in full after a refusal that states its times itself.
const SHORT_ATTENTION: u32 = 4;

impl Fold<'_> {
    /// Shows words that a stranger may have written. No conclusion rests on them.
    pub(super) fn hear(&mut self, piece: &[u8], hearsay: &Hearsay) {
        let Some(said) = quoted(piece, hearsay) else { return };
        let (line, kind, text) = (self.number, kind_of_row(said.row), excerpt(piece, said.at));
        let (product, by) = (Some(said.row.product), Author::Stranger);
        self.totals.hear(Evidence { line, kind, by, product, instant: None, text });
    }

    /// Records the command `date -u` and the answers of hosts to it.
    pub(super) fn ask_hosts(&mut self, piece: &[u8]) {
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
    pub(super) fn hear_node(&mut self, told: Told, piece: &[u8]) {
        let Told::Answered(name, sample) = told else { return };
        let DateSample { date, .. } = sample;
        if self.totals.nodes.hear(name, sample) == Heard::Another {
            let (line, kind, text) = (self.number, EvidenceKind::NodeTime, excerpt(piece, 0));
            let (by, instant) = (Author::Jwtick, Some(date.at()));
            self.totals.show(Evidence { line, kind, by, product: None, instant, text });
        }
    }

    pub(super) fn take(&mut self, facts: &Facts, own: Option<Stamp>, words: &[u8], shown: &[u8]) {
        let line = self.number;
        // A JSON body may have the time of its server where a log record has its stamp.
        let is_servers = |own: &Stamp| facts.captures.server.is_some_and(|s| s.civil == own.civil);
        let is_body = matches!(words.trim_ascii_start(), [b'{' | b'[' | b'"' | b'\'' | b'<', ..]);
        let own = own.filter(|own| !is_body || !is_servers(own));
        let host = self.open.host();
        // The stamp of another host is that of another clock.
        let ours = |last: &Stamped| last.host == UNNAMED || host == UNNAMED || last.host == host;
        let near = |last: &Stamped| ours(last) && line.saturating_sub(last.number) <= REACH;
        let (before, request) = (self.last_stamp.filter(near), self.last_request.filter(near));
        let counts_from_boot = counts_from_boot(words);
        let stamps = LocalStamps {
            line,
            before: before.map(|before| before.stamp),
            follows_request: before.is_some_and(|before| before.is_request),
            request: request.map(|request| request.stamp),
            own,
            after: None,
            counts_from_boot,
            host,
        };
        if self.open.current.is_over(line, facts) {
            self.open.close_current(&mut self.totals);
        }
        if facts.is_any() {
            self.heed(attention(facts));
            if !facts.is_retry {
                self.show(facts, own, shown);
            }
        }
        self.open.current.add(facts, stamps, &mut self.totals);
        self.totals.note(facts, &stamps, words);
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
        let (line, by) = (self.number, facts.author());
        self.totals.show(Evidence { line, kind, by, product, instant, text });
    }

    pub(in crate::diagnosis) fn finish(mut self) -> Diagnosis {
        self.open.close_all(&mut self.totals);
        self.totals.focus();
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
