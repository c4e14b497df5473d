//! The offset that the whole text proves, and the basis of that proof.

use crate::diagnosis::fold::totals::Totals;
use crate::diagnosis::fold::track::Track;
use crate::diagnosis::report::ZoneKnowledge;
use crate::time::Offset;
use crate::time::Span;
use crate::time::{in_any_zone, zones};

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
    /// The same, whether or not the stamps can be in UTC.
    read_as_utc: Option<Offset>,
    /// `true` if the stamps name no year.
    is_yearless: bool,
    pub(crate) zone: ZoneKnowledge,
    pub(crate) basis: Basis,
}

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
            (Some(pairs), None) => Some(pairs.or_signing(totals)),
            (None, Some(measured)) => Some(Self::stated(measured, Basis::Measured)),
            (None, None) => Self::by_signing(totals),
        };
        // If the pairs contradict each other, a single time may contradict them too.
        let bound = totals.one_sided.offset.filter(|_| !Self::pairs(totals).is_split());
        match (known, bound) {
            (Some(known), Some(bound)) => Some(known.narrowed(bound)),
            (Some(known), None) => Some(known),
            (None, bound) => bound.map(|offset| Self::stated(offset, Basis::OneSided)),
        }
    }

    /// The same basis with another offset.
    pub(crate) const fn at(self, offset: Offset) -> Self {
        Self { offset, ..self }
    }

    const fn stated(offset: Offset, basis: Basis) -> Self {
        Self {
            offset,
            if_utc: None,
            read_as_utc: None,
            is_yearless: false,
            zone: ZoneKnowledge::Stated,
            basis,
        }
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
                Self { basis: Basis::Measured, ..Self::stated(offset, Basis::Measured) }
            }
            _ => self,
        }
    }

    /// Stamps in an unknown zone say less than the time of signing where they leave open whether the clock is
    /// wrong.
    fn or_signing(self, totals: &Totals) -> Self {
        let is_open = self.zone == ZoneKnowledge::Unknown && !self.is_off();
        let signing = Self::by_signing(totals).filter(|signing| is_open && signing.is_off());
        let common = signing.and_then(|it| Some(it.at(it.offset.intersect(self.offset)?)));
        common.unwrap_or(self)
    }

    /// The pairs that count: those with a zone if there are any, otherwise all.
    pub(crate) fn pairs(totals: &Totals) -> &Track {
        if totals.zoned.counting().next().is_none() { &totals.zoneless } else { &totals.zoned }
    }

    fn by_pairs(totals: &Totals) -> Option<Self> {
        let pairs =
            |offset| Self { is_yearless: totals.yearless, ..Self::stated(offset, Basis::Pairs) };
        if let Some(offset) = totals.zoned.offset() {
            let zone =
                if totals.zone_assumed { ZoneKnowledge::Assumed } else { ZoneKnowledge::Stated };
            return Some(Self { zone, ..pairs(offset) });
        }
        let if_utc = totals.zoneless.offset()?;
        Some(match totals.zone_of_pairs() {
            Some(zone) => {
                let zone_known = ZoneKnowledge::Recovered(zone);
                Self { zone: zone_known, ..pairs(if_utc.shift(zone, zone)) }
            }
            None => Self {
                if_utc: Some(if_utc),
                read_as_utc: Some(if_utc),
                zone: ZoneKnowledge::Unknown,
                ..pairs(in_any_zone(if_utc))
            },
        })
    }

    fn by_signing(totals: &Totals) -> Option<Self> {
        // Requests of different ages waited, the youngest one the least.
        let signing = &totals.signing;
        let offset =
            if signing.is_alike() { signing.offset_without_drift() } else { signing.least() };
        Some(Self::stated(offset?, Basis::Signing))
    }

    /// The offsets that the clock may have: one for each zone that the stamps may be in.
    pub(crate) fn readings(&self) -> impl Iterator<Item = Offset> {
        let whole = self.read_as_utc.is_none().then_some(self.offset);
        let (narrow, offset) = (self.read_as_utc, self.offset);
        let in_zones = zones().filter_map(move |zone| narrow?.shift(zone, zone).intersect(offset));
        whole.into_iter().chain(in_zones)
    }

    /// Returns `true` if the clock cannot be right.
    pub(crate) fn is_off(&self) -> bool {
        self.readings().all(|offset| !offset.contains(Span::ZERO))
    }

    /// Returns `true` if the offset is so large that a clock that is off by whole years as well
    /// cannot be told from it.
    pub(crate) fn is_modulo_year(&self) -> bool {
        /// A clock is hardly ever wrong by a whole number of years and less than this.
        const DAY: Span = Span::from_secs(86_400);
        let narrow = self.read_as_utc.unwrap_or(self.offset);
        self.is_yearless && (narrow.most() > DAY || narrow.least() < -DAY)
    }
}
