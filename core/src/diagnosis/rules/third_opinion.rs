//! Which of two clocks is wrong, by a third one: a time service in addition to a server's own time.
//!
//! The three are compared as intervals. If UTC and the server's time allow a common offset of the
//! local clock, they are one reference, and the other rules continue with what both allow. If they
//! do not, the server is wrong, whatever else is. A refusal that follows from the difference of the
//! two clocks is then caused by the server alone, provided that UTC allows the local clock to be
//! right.

use super::explained::Blame;
use super::known::{Basis, Known};
use super::outcome::Outcome;
use super::view::{RIGHT, View};
use crate::diagnosis::cause::{Cause, Certainty};
use crate::diagnosis::fold::totals::Totals;
use crate::diagnosis::report::ThirdOpinion;
use crate::diagnosis::reservation::Assumption;
use crate::time::Offset;
use crate::time::Span;

impl View<'_> {
    /// A time service contradicts the server, and the refusal follows from the difference of the
    /// two clocks.
    pub(crate) fn server_contradicted(&self) -> Option<Outcome> {
        let (utc, known) = self.contradiction()?;
        if !matches!(self.blame(&known), Blame::Wrong(_)) {
            return None;
        }
        if !utc.contains(Span::ZERO) && error(utc) > RIGHT {
            let differ = Outcome::found(Cause::PeerClocks, Certainty::Proven).with(known.offset);
            return known.is_off().then_some(differ);
        }
        let certainty = if error(utc) <= RIGHT { Certainty::Proven } else { Certainty::Likely };
        let wrong = Outcome::found(Cause::RemoteClock, certainty).stating(Some(utc));
        Some(wrong.assuming(Assumption::LocalRight))
    }

    /// UTC and the server's time, if no offset of the local clock agrees with both.
    pub(crate) fn contradiction(&self) -> Option<(Offset, Known)> {
        let utc = self.totals.measurements.utc()?;
        let known = self.known.filter(|known| known.basis != Basis::Utc)?;
        known.offset.intersect(utc).is_none().then_some((utc, known))
    }

    /// A time service measured a significant error, and no time of the server contradicts it.
    pub(crate) fn measured_off(&self) -> Option<Outcome> {
        /// An error is a fault from this size on, even if nothing is refused.
        const PLAIN: Span = Span::from_secs(10);
        let utc = self.totals.measurements.utc()?;
        let off = utc.least() >= PLAIN || utc.most() <= -PLAIN;
        let applies = off && self.totals.refusals == 0 && self.contradiction().is_none();
        applies.then(|| Outcome::found(Cause::LocalClock, Certainty::Proven).with(utc))
    }
}

impl ThirdOpinion {
    /// The statement of a time service in the text about both clocks.
    pub(crate) fn of(totals: &Totals) -> Option<Self> {
        let local = totals.measurements.utc()?;
        let remote = Known::of_server(totals).map(|server| difference(local, server.offset));
        Some(Self { local, remote: remote.filter(|remote| *remote != Offset::UNKNOWN) })
    }
}

/// The largest error that a clock with this offset can have.
fn error(offset: Offset) -> Span {
    offset.most().max(-offset.least())
}

/// UTC minus the server's clock, from the offsets of both to the local clock.
fn difference(utc: Offset, server: Offset) -> Offset {
    let least = if server.most() == Span::MAX { Span::MIN } else { utc.least() - server.most() };
    let most = if server.least() == Span::MIN { Span::MAX } else { utc.most() - server.least() };
    Offset::between(least, most).unwrap_or(Offset::UNKNOWN)
}
