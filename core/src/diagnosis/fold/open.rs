//! The exchanges that are being read: one for each of the hosts whose lines alternate.

use super::episode::Episode;
use super::exchange::Exchange;
use super::origin::UNNAMED;
use super::pairs::ServerTime;
use super::totals::Totals;

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
    pub(crate) fn turn_to(&mut self, host: u32, totals: &mut Totals) {
        if self.host == host {
            return;
        }
        // The lines before may be of this host, too, which had not been named yet.
        if self.host != UNNAMED {
            self.exchange(host, totals);
        }
        self.host = host;
    }

    fn exchange(&mut self, host: u32, totals: &mut Totals) {
        if let Some((held, episode)) = self.others.iter_mut().find(|(held, _)| *held == host) {
            core::mem::swap(&mut self.current, episode);
            *held = self.host;
            return;
        }
        let left = core::mem::replace(&mut self.current, Episode::NONE);
        self.turn = self.turn.wrapping_add(1);
        let room = self.others.get_mut(self.turn.wrapping_rem(KEPT));
        if let Some(room) = room {
            let (_, mut closed) = core::mem::replace(room, (self.host, left));
            close(&mut closed, totals);
        }
    }

    /// Closes the current exchange, because another one of the same host starts.
    pub(crate) fn close_current(&mut self, totals: &mut Totals) {
        close(&mut self.current, totals);
        self.current = Episode::NONE;
    }

    /// Closes all exchanges at the end of the text.
    pub(crate) fn close_all(&mut self, totals: &mut Totals) {
        for (_, episode) in &mut self.others {
            close(episode, totals);
        }
        close(&mut self.current, totals);
    }
}

/// Adds what the exchange of `episode` proves to `totals`.
fn close(episode: &mut Episode, totals: &mut Totals) {
    episode.judge_certificate();
    let shape = episode.shape();
    let exchange = Exchange::new(shape, episode);
    if let Some((row, stamps)) = exchange.facts.refusal {
        totals.refuse(row, shape, exchange.facts.happened(), stamps.number());
        totals.writers.count(stamps.host, true);
    } else if let Some(ServerTime { stamps, .. }) = exchange.server {
        totals.writers.count(stamps.host, false);
    }
    exchange.recover_zone(totals);
    exchange.find_reasons(totals);
    exchange.observe(totals);
    exchange.observe_edges(totals);
}
