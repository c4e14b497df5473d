//! Pairs of a server's time and the local stamps of one line.

use super::local_stamps::LocalStamps;
use super::sight::{AGE_ROUNDED, Sight};
use super::totals::Totals;
use super::track::Sample;
use crate::diagnosis::proof::{Fact, Premise};
use crate::evidence::{ClaimTimes, claim_moment};
use crate::time::{Civil, Span, TimeBounds, UnixTime};
use crate::time::{Offset, in_any_zone};

const DAY: Span = Span::from_secs(86_400);

/// The time of a server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ServerTime {
    pub(crate) utc: TimeBounds,
    /// The number of the line that states it.
    pub(crate) line: u64,
    /// The stamps around that line, or around one near it.
    pub(crate) stamps: LocalStamps,
}

impl ServerTime {
    /// The time as it is stated, with its `Age`.
    pub(crate) fn stated(&self) -> UnixTime {
        let rounded = if self.stamps.is_aged { AGE_ROUNDED } else { Span::ZERO };
        self.utc.earliest() + rounded
    }

    /// The line that states it.
    pub(crate) fn premise(&self) -> Premise {
        let at = self.stated();
        let fact = if self.stamps.is_aged { Fact::CachedTime(at) } else { Fact::ServerTime(at) };
        Premise { line: self.line, fact }
    }

    /// `sight` with the resolution of this time.
    pub(crate) fn seen_by(&self, sight: Sight) -> Sight {
        let sight = sight.aged(self.stamps.is_aged);
        sight.of_width(self.utc.latest() - sight.rounded() - self.stated())
    }
}

/// Adds the pair of the server's time and the local stamps. Returns `true` if there were any
/// stamps.
pub(crate) fn pair(server: ServerTime, refused: bool, totals: &mut Totals) -> bool {
    let ServerTime { utc, line, stamps } = server;
    totals.last_date = Some(utc.earliest());
    let Some(reading) = stamps.reading(Some(utc.earliest())) else { return false };
    let offset = Offset::observed(reading.bracket, utc);
    let sight = server.seen_by(reading.sight).from(stamps.number(), line);
    let (at, host) = (server.stated(), stamps.host);
    let sample = Sample { offset, at, line, sight, refused, host };
    totals.yearless |= !reading.has_year;
    totals.starts_a_year |= !reading.has_year && starts_a_year(reading.bracket.after());
    // Stamps that name no year show an offset modulo a year.
    let is_number = reading.has_year || (offset.most() <= DAY && offset.least() >= -DAY);
    match reading.zone {
        _ if !is_number => {}
        Some(_) => totals.writers.observe(&sample),
        None => totals.writers.observe(&Sample { offset: in_any_zone(offset), ..sample }),
    }
    match reading.zone {
        Some(_) => totals.zoned.add(sample),
        None => totals.zoneless.add(sample),
    }
    true
}

/// Returns `true` on the first two days of a year, where clocks start that were never set.
fn starts_a_year(civil: UnixTime) -> bool {
    let date = Civil::of_utc(civil).date;
    date.month() == 1 && date.day() <= 2
}

/// A token that arrives within a minute of its `iat` shows that the issuer's clock and the local
/// clock agree. An older token shows nothing, because it may come from a cache.
pub(crate) fn compare_delivery(claims: &ClaimTimes, stamps: &LocalStamps, totals: &mut Totals) {
    const FRESH: Span = Span::from_secs(60);
    let (Some(issued), Some(own)) = (claims.iat, stamps.own.and_then(|own| own.instant())) else {
        return;
    };
    if (issued - own).abs() <= FRESH {
        let utc = claim_moment(issued).as_utc();
        pair(ServerTime { utc, line: stamps.number(), stamps: *stamps }, false, totals);
    }
}
