//! What a likely outcome assumes.

use super::explained::Blame;
use super::known::{Basis, Known};
use super::outcome::Outcome;
use super::view::View;
use crate::diagnosis::cause::{Cause, Certainty, ClockFault};
use crate::diagnosis::fold::refusal::Shape;
use crate::diagnosis::reservation::Assumption;
use crate::evidence::Says;
use crate::time::Span;

impl View<'_> {
    /// What `outcome` assumes, if it is likely: what its rule names, or else what the part of the clock
    /// in the refusal rests on.
    pub(crate) fn assumptions(&self, outcome: &Outcome) -> heapless::Vec<Assumption, 3> {
        let mut all = heapless::Vec::new();
        if outcome.certainty != Certainty::Likely {
            return all;
        }
        let derived = match outcome.fault {
            ClockFault::Found if outcome.assumes.is_none() => self.assumed_by_blame(),
            ClockFault::Cleared if outcome.assumes.is_none() => {
                [Some(self.assumed_by_acquittal(outcome.cause)), None]
            }
            _ => [None; 2],
        };
        for assumption in [outcome.assumes].into_iter().chain(derived).flatten() {
            if !all.contains(&assumption) {
                let _ = all.push(assumption);
            }
        }
        all
    }

    /// On what it rests that the clock is off, and that this caused the refusal.
    fn assumed_by_blame(&self) -> [Option<Assumption>; 2] {
        let Some(known) = self.known else { return [Some(Assumption::StatedReason), None] };
        let offset = match known.basis {
            Basis::Pairs if self.rests_on_likely_zone(&known) => Some(Assumption::LogZone),
            Basis::Signing => Some(Assumption::NoDelay),
            Basis::OneSided => Some(self.assumed_by_single_time()),
            Basis::Pairs | Basis::Measured | Basis::Utc => None,
        };
        let is_likely = self.blame(&known) == Blame::Wrong(Certainty::Likely);
        let part = match self.says() {
            _ if !is_likely => None,
            Some(Says::Expired) if self.is_anyones() => Some(Assumption::OwnToken),
            Some(Says::Expired | Says::Window) => Some(Assumption::NewToken),
            Some(Says::Skewed) => Some(Assumption::UsualLimit),
            Some(Says::CertificateEnded | Says::CertificateNotYet | Says::CertificateWindow) => {
                Some(Assumption::ValidCertificate)
            }
            _ => Some(Assumption::RefusedForTime),
        };
        [offset, part]
    }

    /// On what it rests that a single time shows the clock wrong.
    fn assumed_by_single_time(&self) -> Assumption {
        match (self.says(), self.shape()) {
            (Some(Says::CertificateNotYet | Says::CertificateWindow), _) => {
                Assumption::ValidCertificate
            }
            (Some(Says::Expired | Says::TooFar), Shape::Provider) => Assumption::SameToken,
            (Some(Says::Expired), _) => Assumption::NewToken,
            (Some(Says::NotYet | Says::Window), _) => Assumption::StartWhenMade,
            _ => Assumption::SingleTime,
        }
    }

    /// Returns `true` if the text does not show whose clock made or judged the token.
    fn is_anyones(&self) -> bool {
        self.totals.reasons.is_bearer || matches!(self.shape(), Shape::Open | Shape::Peers)
    }

    /// On what it rests that a right clock would have been refused as well.
    fn assumed_by_acquittal(&self, cause: Cause) -> Assumption {
        let reasons = &self.totals.reasons;
        let judged = matches!(self.says(), Some(Says::Expired | Says::Window));
        let is_by_service = self.known.is_some_and(|known: Known| known.basis == Basis::Utc);
        match cause {
            Cause::Lifetime => Assumption::StatedReason,
            Cause::TimeZone => Assumption::ZoneInCode,
            _ if self.totals.refusal.is_none() => Assumption::Complete,
            Cause::ServerCertificate => Assumption::NoCoincidence,
            _ if is_by_service => Assumption::ServerRight,
            _ if reasons.ended_lifetime.is_some_and(|it| it <= Span::ZERO) => Assumption::SameToken,
            _ if judged && reasons.is_bearer && reasons.past_end.is_some() => {
                Assumption::OthersToken
            }
            _ if reasons.aged.is_some() || reasons.past_end.is_some() => Assumption::UsualLimit,
            _ if reasons.to_start.is_some() => Assumption::UsualLimit,
            _ => Assumption::NoCoincidence,
        }
    }
}
