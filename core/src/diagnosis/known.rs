//! The offset that the whole text proves, and what it rests on.

use super::report::ZoneKnowledge;
use super::totals::Totals;
use super::track::Track;
use super::zone::in_any_zone;
use crate::offset::Offset;
use crate::time::Span;

/// What an offset rests on, strongest first; weaker evidence narrows but never overrules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Basis {
    /// The server's time beside the local clock of the same exchange.
    Pairs,
    /// The server's time beside the time of signing: the request may have been late.
    Signing,
    /// One time that cannot be where it is if the clock were right.
    OneSided,
}

/// The offset and how it is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// Sound whatever the zone.
    pub(crate) offset: Offset,
    /// The narrow one, where the zone is unknown.
    pub(crate) if_utc: Option<Offset>,
    pub(crate) zone: ZoneKnowledge,
    pub(crate) basis: Basis,
}

/// Differences below this are within what a second's resolution and a round trip explain.
const NOISE: Span = Span::from_secs(1);

impl Known {
    /// What `totals` prove about the local clock; `None` if nothing.
    pub(crate) fn of(totals: &Totals) -> Option<Self> {
        let known = Self::by_pairs(totals).or_else(|| Self::by_signing(totals));
        let Some(mut known) = known else { return Self::by_one_side(totals) };
        if let Some(bound) = totals.one_sided {
            known.offset = known.offset.intersect(bound).unwrap_or(known.offset);
            known.if_utc = known.if_utc.map(|if_utc| if_utc.intersect(bound).unwrap_or(if_utc));
        }
        Some(known)
    }

    /// The pairs that count: those with a zone, if there are any.
    pub(crate) fn pairs(totals: &Totals) -> &Track {
        if totals.zoned.samples().is_empty() { &totals.zoneless } else { &totals.zoned }
    }

    fn by_pairs(totals: &Totals) -> Option<Self> {
        let basis = Basis::Pairs;
        if let Some(offset) = totals.zoned.offset() {
            let zone =
                if totals.zone_assumed { ZoneKnowledge::Assumed } else { ZoneKnowledge::Stated };
            return Some(Self { offset, if_utc: None, zone, basis });
        }
        let if_utc = totals.zoneless.offset()?;
        Some(match totals.zone {
            Some(zone) => {
                let offset = if_utc.shift(zone, zone);
                Self { offset, if_utc: None, zone: ZoneKnowledge::Recovered(zone), basis }
            }
            None => Self {
                offset: in_any_zone(if_utc),
                if_utc: Some(if_utc),
                zone: ZoneKnowledge::Unknown,
                basis,
            },
        })
    }

    fn by_signing(totals: &Totals) -> Option<Self> {
        let offset = totals.signing.offset()?;
        let zone = ZoneKnowledge::Stated;
        Some(Self { offset, if_utc: None, zone, basis: Basis::Signing })
    }

    fn by_one_side(totals: &Totals) -> Option<Self> {
        let zone = ZoneKnowledge::Stated;
        let offset = totals.one_sided?;
        Some(Self { offset, if_utc: None, zone, basis: Basis::OneSided })
    }

    /// Whether the clock cannot be right.
    pub(crate) fn is_off(&self) -> bool {
        let noise = if self.basis == Basis::OneSided { Span::ZERO } else { NOISE };
        self.offset.least() > noise || self.offset.most() < -noise
    }

    /// The smallest error that the clock can have.
    pub(crate) fn least_error(&self) -> Span {
        if self.offset.least() > Span::ZERO {
            self.offset.least()
        } else if self.offset.most() < Span::ZERO {
            -self.offset.most()
        } else {
            Span::ZERO
        }
    }

    /// The largest error that the clock can have; [`Span::MAX`] if that is open.
    pub(crate) fn largest_error(&self) -> Span {
        self.offset.most().max(-self.offset.least())
    }
}
