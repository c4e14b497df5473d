//! The offset that the whole text proves, and the basis of that proof.

use crate::diagnosis::fold::totals::Totals;
use crate::diagnosis::fold::track::Track;
use crate::diagnosis::report::ZoneKnowledge;
use crate::time::Offset;
use crate::time::Span;
use crate::time::in_any_zone;

/// The basis of an offset, strongest first. Weaker evidence narrows a result but never overrules
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Basis {
    /// The server's time next to the local clock of the same exchange.
    Pairs,
    /// A series of `Date`s, sent and received by the local clock.
    Measured,
    /// The server's time next to the time of signing; the request may have been late.
    Signing,
    /// A single time that is impossible if the clock is right.
    OneSided,
    /// A time service, in a text that has no time of a server.
    Utc,
}

/// The offset and its basis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// The interval that holds in every zone.
    pub(crate) offset: Offset,
    /// The narrow interval, if the zone is unknown.
    pub(crate) if_utc: Option<Offset>,
    pub(crate) zone: ZoneKnowledge,
    pub(crate) basis: Basis,
}

/// Differences below this are explained by a resolution of one second and a round trip.
const NOISE: Span = Span::from_secs(1);

impl Known {
    /// What `totals` prove about the local clock; `None` if they prove nothing. Contradictions
    /// between a server and a time service are handled by
    /// [`View::contradiction`](super::view::View::contradiction).
    pub(crate) fn of(totals: &Totals) -> Option<Self> {
        let utc = totals.measurements.utc();
        match (Self::of_server(totals), utc) {
            (Some(server), Some(utc)) => Some(server.narrowed(utc)),
            (Some(server), None) => Some(server),
            (None, utc) => utc.map(|offset| Self::stated(offset, Basis::Utc)),
        }
    }

    /// The same, by the server's time alone.
    pub(crate) fn of_server(totals: &Totals) -> Option<Self> {
        let measured = totals.measurements.server();
        let known = match (Self::by_pairs(totals), measured) {
            (Some(pairs), Some(measured)) => Some(pairs.decided_by(measured)),
            (Some(pairs), None) => Some(pairs),
            (None, Some(measured)) => Some(Self::stated(measured, Basis::Measured)),
            (None, None) => Self::by_signing(totals),
        };
        // If the pairs contradict each other, a single time may contradict them too.
        let bound = totals.one_sided.filter(|_| !Self::pairs(totals).is_split());
        match (known, bound) {
            (Some(known), Some(bound)) => Some(known.narrowed(bound)),
            (Some(known), None) => Some(known),
            (None, bound) => bound.map(|offset| Self::stated(offset, Basis::OneSided)),
        }
    }

    const fn stated(offset: Offset, basis: Basis) -> Self {
        Self { offset, if_utc: None, zone: ZoneKnowledge::Stated, basis }
    }

    /// The part that `other` allows as well, unless that is empty. It may rule out that the stamps
    /// are in UTC.
    fn narrowed(self, other: Offset) -> Self {
        match self.offset.intersect(other) {
            Some(offset) => {
                Self { offset, if_utc: self.if_utc.and_then(|it| it.intersect(other)), ..self }
            }
            None => self,
        }
    }

    /// If whole seconds leave open whether the clock is wrong, a measurement of the same server
    /// decides. A measurement of another server does not fit.
    fn decided_by(self, measured: Offset) -> Self {
        match self.offset.intersect(measured) {
            Some(offset) if !self.is_off() => {
                Self { offset, if_utc: None, basis: Basis::Measured, ..self }
            }
            _ => self,
        }
    }

    /// The pairs that count: those with a zone if there are any, otherwise all.
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
        totals.signing.offset().map(|offset| Self::stated(offset, Basis::Signing))
    }

    /// Returns `true` if the clock cannot be right.
    pub(crate) fn is_off(&self) -> bool {
        let noise = match self.basis {
            Basis::Pairs | Basis::Signing => NOISE,
            Basis::Measured | Basis::OneSided | Basis::Utc => Span::ZERO,
        };
        self.offset.least() > noise || self.offset.most() < -noise
    }

    /// The smallest error that the clock can have.
    pub(crate) fn least_error(&self) -> Span {
        self.offset.distance()
    }

    /// The largest error that the clock can have; [`Span::MAX`] if there is no limit.
    pub(crate) fn largest_error(&self) -> Span {
        self.offset.most().max(-self.offset.least())
    }
}
