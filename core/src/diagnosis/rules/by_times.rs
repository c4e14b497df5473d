//! Rules that rest on times: a clock that was never set, one that was measured, or one that
//! contradicts another.

use super::explained::Blame;
use super::known::{Basis, Known};
use super::outcome::{Ground, Outcome};
use super::view::View;
use crate::diagnosis::cause::{Cause, Certainty, Decider};
use crate::diagnosis::fold::local_stamps::was_never_set;
use crate::diagnosis::report::ZoneKnowledge;
use crate::diagnosis::reservation::Assumption;
use crate::time::Direction;
use crate::time::Offset;
use crate::time::looks_like_zone;
use crate::time::{Span, UnixTime};

/// A step of a time service is a fault from this size on, even if the text has no refusal.
const PLAIN_STEP: Span = Span::from_secs(10);
/// A time service states a step to a second.
pub(super) const STEP_MARGIN: Span = Span::from_millis(500);
/// Smaller steps are the daily work of a time service.
const LEAST_STEP: Span = Span::from_secs(1);

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Clients set a start back by a minute at most, and what they send arrives within another.
const SET_BACK: Span = Span::from_secs(120);

impl View<'_> {
    /// Stamps from 1970 next to a failure: the clock was never set.
    pub(crate) fn unset(&self) -> Option<Outcome> {
        let issued = self.totals.reasons.issued_unset;
        let applies = (self.totals.unset.is_some() || issued) && self.totals.refusals > 0;
        let certainty =
            if self.totals.unset.is_some() { Certainty::Proven } else { Certainty::Likely };
        let outcome = Outcome::found(Cause::ClockUnset, certainty).by(Ground::Unset);
        let outcome = outcome.assuming(Assumption::RealReading);
        let behind = self.offset().filter(|offset| offset.least() > Span::ZERO);
        applies.then(|| match behind {
            Some(offset) => outcome.with(offset),
            None => outcome.towards(Direction::Behind),
        })
    }

    /// A time service has measured the error.
    pub(crate) fn stepped(&self) -> Option<Outcome> {
        let step = self.totals.step?;
        let least = if self.totals.refusals > 0 { LEAST_STEP } else { PLAIN_STEP };
        if step.abs() < least {
            return None;
        }
        let offset = Offset::between(step - STEP_MARGIN, step + STEP_MARGIN)?;
        let cause = if looks_like_zone(offset) { Cause::TimeZone } else { Cause::LocalClock };
        Some(Outcome::found(cause, Certainty::Proven).with(offset))
    }

    /// Two times that cannot both be right, and a refusal that this explains.
    pub(crate) fn clock_off(&self) -> Option<Outcome> {
        let known = self.known.filter(Known::is_off)?;
        let Blame::Wrong(blamed) = self.blame(&known) else { return None };
        if self.totals.is_page() {
            return None;
        }
        if known.basis == Basis::Signing && self.is_backlog() {
            return None;
        }
        // A single bound compares two clocks, and here both write the text.
        if known.basis == Basis::OneSided && self.totals.several_clocks {
            let differ = Outcome::found(Cause::PeerClocks, Certainty::Likely);
            return Some(differ.assuming(Assumption::SeveralClocks));
        }
        let certainty = match known.basis {
            Basis::Pairs if self.rests_on_likely_zone(&known) => Certainty::Likely,
            Basis::Pairs | Basis::Measured | Basis::Utc => Certainty::Proven,
            Basis::Signing | Basis::OneSided => Certainty::Likely,
        };
        Some(self.off_by(&known, certainty.min(blamed)))
    }

    pub(super) fn rests_on_likely_zone(&self, known: &Known) -> bool {
        self.totals.is_zone_likely && matches!(known.zone, ZoneKnowledge::Recovered(_))
    }

    /// The local clock is wrong by what is known.
    fn off_by(&self, known: &Known, certainty: Certainty) -> Outcome {
        let cause = if looks_like_zone(known.offset) { Cause::TimeZone } else { Cause::LocalClock };
        if known.is_modulo_year() {
            return self.off_in_any_year(certainty);
        }
        if self.shows_an_epoch(known) {
            let unset = Outcome::found(Cause::ClockUnset, Certainty::Likely);
            return unset.with(known.offset).assuming(Assumption::RealReading);
        }
        Outcome::found(cause, certainty).with(known.offset)
    }

    // The local clock shows a start of clocks that were never set, or its log is misread.
    fn shows_an_epoch(&self, known: &Known) -> bool {
        let sample = Known::pairs(self.totals).counting().next();
        let local = sample.map(|sample| sample.at - known.offset.most());
        let is_old = known.offset.least() > Span::from_secs(30 * DAY);
        let shows = |local| was_never_set(local) || (is_old && self.runs_from_its_build(local));
        known.basis == Basis::Pairs && local.is_some_and(shows)
    }

    // Without a battery, the clock of a system starts when that was built. In some zone that is a day off.
    fn runs_from_its_build(&self, local: UnixTime) -> bool {
        const UPTIME: i64 = 7 * DAY;
        self.totals.platforms.built().is_some_and(|built| {
            let since = (local - built).floor_secs();
            (-DAY..=UPTIME).contains(&since)
        })
    }

    // Stamps that name no year show an offset modulo a year, so neither an amount nor a direction.
    fn off_in_any_year(&self, certainty: Certainty) -> Outcome {
        if self.totals.starts_a_year {
            let unset = Outcome::found(Cause::ClockUnset, Certainty::Likely);
            return unset.assuming(Assumption::RealReading);
        }
        Outcome::found(Cause::LocalClock, certainty)
    }

    /// Only the age of the signature is known: the request was late, or the clock that made it is
    /// behind.
    pub(crate) fn signed_long_ago(&self) -> Option<Outcome> {
        let known = self.known.filter(|known| known.basis == Basis::Signing)?;
        if self.is_backlog() {
            let late = Outcome::cleared(Cause::LateRequest, Certainty::Likely);
            return Some(late.assuming(Assumption::Backlog));
        }
        let constant = self.totals.signing.is_constant(Span::from_secs(2), Span::from_secs(5));
        let age = known.offset.most();
        if constant && age > SET_BACK {
            // Each request may have waited as long as the others.
            let offset = Offset::between(Span::from_micros(1), age)?;
            let behind = Outcome::found(Cause::LocalClock, Certainty::Likely).with(offset);
            return Some(behind.assuming(Assumption::NoDelay));
        }
        Some(Outcome::open(Decider::OwnStamp).stating(Some(known.offset)))
    }
}
