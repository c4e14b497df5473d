//! The exchanges that are being read, one for each of the hosts whose lines alternate, and where one ends.

use super::books::{Books, Pages};
use super::episode::{Episode, REACH};
use super::exchange::Exchange;
use super::local_stamps::LocalStamps;
use super::origin::UNNAMED;
use super::pairs::ServerTime;
use crate::evidence::{Facts, Row, Says};

/// Number of exchanges that are kept open in addition to the current one.
const KEPT: usize = 3;

/// The open exchanges. If there are more hosts, they make room for each other in turn.
#[derive(Debug, Clone)]
pub(crate) struct OpenExchanges {
    /// The exchange of the host that wrote the last line.
    pub(crate) current: Episode,
    host: u32,
    others: [(u32, Episode); KEPT],
    /// Counts the exchanges that made room for others.
    turn: usize,
}

impl OpenExchanges {
    pub(crate) const fn new() -> Self {
        Self {
            current: Episode::NONE,
            host: UNNAMED,
            others: [(UNNAMED, Episode::NONE); KEPT],
            turn: 0,
        }
    }

    /// The host that wrote the last line.
    pub(crate) const fn host(&self) -> u32 {
        self.host
    }

    /// Continues with the exchange of `host`, which wrote the next line.
    pub(crate) fn turn_to<const N: usize>(&mut self, host: u32, books: &mut Books<'_, N>) {
        if self.host == host {
            return;
        }
        // The lines before may be of this host, too, which had not been named yet.
        if self.host != UNNAMED {
            self.exchange(host, books);
        }
        self.host = host;
    }

    fn exchange<const N: usize>(&mut self, host: u32, books: &mut Books<'_, N>) {
        if let Some((held, episode)) = self.others.iter_mut().find(|(held, _)| *held == host) {
            core::mem::swap(&mut self.current, episode);
            *held = self.host;
            return;
        }
        let left = core::mem::replace(&mut self.current, Episode::NONE);
        self.turn = self.turn.wrapping_add(1);
        let room = self.others.get_mut(self.turn.wrapping_rem(KEPT));
        if let Some(room) = room {
            let (host, mut closed) = core::mem::replace(room, (self.host, left));
            close(host, &mut closed, books);
        }
    }

    /// Closes the current exchange, because another one of the same host starts.
    pub(crate) fn close_current<const N: usize>(&mut self, books: &mut Books<'_, N>) {
        close(self.host, &mut self.current, books);
        self.current = Episode::NONE;
    }

    /// Closes all exchanges at the end of the text.
    pub(crate) fn close_all<const N: usize>(&mut self, books: &mut Books<'_, N>) {
        for (host, episode) in &mut self.others {
            close(*host, episode, books);
        }
        close(self.host, &mut self.current, books);
    }
}

/// Adds what the exchange of `episode` proves to the totals of its host and of the text.
fn close<const N: usize>(host: u32, episode: &mut Episode, books: &mut Books<'_, N>) {
    let is_refused = episode.refusal.is_some();
    add(episode, if is_refused { books.of_refused(host) } else { books.of(host) });
}

fn add(episode: &mut Episode, mut pages: Pages<'_>) {
    episode.judge_certificate();
    let shape = episode.shape();
    let exchange = Exchange::new(shape, episode);
    let refused = exchange.facts.refusal.map(|(row, stamps)| (row, stamps.number(), stamps.host));
    if let Some((.., host)) = refused {
        pages.refuse(host);
    }
    pages.each(|totals| match (refused, exchange.server) {
        (Some((.., host)), _) => totals.writers.count(host, true),
        (None, Some(ServerTime { stamps, .. })) => totals.writers.count(stamps.host, false),
        (None, None) => {}
    });
    pages.each_of_host(|totals| {
        if let Some((row, line, _)) = refused {
            totals.refuse(row, shape, exchange.facts.happened(), line);
        }
        exchange.date_refusal(totals);
        exchange.recover_zone(totals);
        exchange.find_reasons(totals);
    });
    pages.each(|totals| exchange.observe(totals));
    pages.each_of_host(|totals| {
        exchange.bound_by_making(totals);
        exchange.observe_edges(totals);
    });
}

impl Episode {
    /// Returns `true` if `facts` on the line of `stamps` start another exchange.
    pub(crate) fn is_over(&self, stamps: &LocalStamps, facts: &Facts) -> bool {
        let line = stamps.line;
        let strong = |row: &Row| row.says != Says::Refused;
        let second = facts.refusal.is_some_and(strong)
            && self.refusal.is_some_and(|(row, stamps)| strong(row) && stamps.line != line);
        let resent = facts.captures.sent.is_some() && self.captures.sent.is_some();
        // The refused request has been answered already, so this answers another one. The words of the
        // refusal follow the head of its answer.
        let refused = self.refusal.map(|(row, refused)| (strong(row), refused));
        let answered = self.date.zip(refused).is_some_and(|((_, head), (is_strong, refused))| {
            let is_own = head.number() == refused.number() || is_sent_since(&refused, stamps);
            let is_next = facts.is_status || (facts.date.is_some() && is_own);
            is_next && (is_strong || head.number() <= refused.number())
        });
        // Its status line follows the request after a refusal that states no `Date`.
        let is_answer_to_next = facts.is_status
            && refused
                .is_some_and(|(is_strong, refused)| is_strong && is_sent_since(&refused, stamps));
        let is_refused = refused.is_some_and(|(is_strong, _)| is_strong || self.date.is_some());
        let is_next = is_refused && is_made_next(stamps, facts);
        let remade = is_next || (facts.is_made && self.claims.is_any());
        second
            || self.has_passed(stamps, facts)
            || resent
            || remade
            || answered
            || is_answer_to_next
            || facts.is_retry
            || line.saturating_sub(self.last_line) > REACH
    }

    /// Returns `true` if an answer was read that refused nothing, and the line of `stamps` is about another
    /// request: it makes what is sent next, it is the status line of the next answer, a request was sent
    /// since, or it refuses something in a later record.
    fn has_passed(&self, stamps: &LocalStamps, facts: &Facts) -> bool {
        let answered = self.answered.filter(|_| self.refusal.is_none());
        let Some((answered, _)) = answered else { return false };
        let is_sent = stamps.sent().is_some_and(|sent| answered < sent);
        let held = self.date.map(|(held, _)| held);
        let has_date = facts.refusal.is_some() && facts.date.is_some() && facts.date != held;
        let is_next = facts.is_status || is_sent || has_date || is_made_next(stamps, facts);
        is_next || (facts.refusal.is_some() && self.is_long_before(stamps))
    }

    /// The start of the exchange that the line of `stamps` is about, after this one: with the token that
    /// was delivered in this one, which it may present, or without any facts.
    pub(crate) fn next(&self, stamps: &LocalStamps, facts: &Facts) -> Self {
        let is_delivered = self.is_delivered && self.refusal.is_none() && !self.is_from_before;
        if !is_delivered || facts.is_making || self.is_long_before(stamps) {
            return Self::NONE;
        }
        let mut next = Self::NONE;
        (next.is_delivered, next.is_from_before) = (self.is_delivered, !self.is_presented);
        (next.claims, next.claimed_at, next.lines) = (self.claims, self.claimed_at, self.lines);
        (next.answered, next.last_line) = (self.answered, self.last_line);
        next
    }

    /// Returns `true` if the stamps show that the answer is not of the record of `stamps`.
    pub(crate) fn is_long_before(&self, stamps: &LocalStamps) -> bool {
        stamps.is_long_after(self.answered.and_then(|(_, own)| own))
    }

    /// Returns `true` if the stamps show that the claims are not of the record of `stamps`.
    pub(crate) fn claimed_long_before(&self, stamps: &LocalStamps) -> bool {
        stamps.is_long_after(self.claimed_at.own.or(self.claimed_at.before))
    }
}

/// Returns `true` if a token is made, or presented in a record of its own: that of the next request, if
/// there was one.
fn is_made_next(stamps: &LocalStamps, facts: &Facts) -> bool {
    let is_presented = facts.is_bearer && stamps.own.is_some();
    facts.refusal.is_none() && (facts.is_making || is_presented)
}

/// Returns `true` if a request was sent between the line of `refused` and that of `stamps`.
fn is_sent_since(refused: &LocalStamps, stamps: &LocalStamps) -> bool {
    stamps.sent().is_some_and(|sent| refused.number() < sent)
}
