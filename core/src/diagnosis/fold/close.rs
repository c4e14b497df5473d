//! The end of an exchange, when what it proves is added to the totals.

use super::episode::Episode;
use super::exchange::Exchange;
use super::pairs::ServerTime;
use super::totals::Totals;

/// Adds what the exchange of `episode` proves to `totals`.
pub(crate) fn close(episode: &mut Episode, totals: &mut Totals) {
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
