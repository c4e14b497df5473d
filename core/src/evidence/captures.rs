//! The times and durations that a line states, by role.

use super::catalogue::Role;
use super::moment::Moment;
use crate::time::{Span, UnixTime};

/// The times and durations that a line states, by role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Captures {
    pub(crate) now: Option<Moment>,
    pub(crate) server: Option<Moment>,
    pub(crate) local: Option<Moment>,
    pub(crate) signed: Option<Moment>,
    pub(crate) sent: Option<Moment>,
    pub(crate) exp: Option<Moment>,
    pub(crate) nbf: Option<Moment>,
    pub(crate) iat: Option<Moment>,
    /// The clock that judged, without the tolerance that `now` may contain.
    pub(crate) plain_now: Option<Moment>,
    /// The time by which an edge was missed.
    pub(crate) gap: Option<Span>,
    /// The largest allowed age of a signature.
    pub(crate) limit: Option<Span>,
    /// Reference minus local, as measured by a time service.
    pub(crate) step: Option<Span>,
}

impl Captures {
    /// Nothing was read.
    pub(crate) const NONE: Self = Self {
        now: None,
        server: None,
        local: None,
        signed: None,
        sent: None,
        exp: None,
        nbf: None,
        iat: None,
        plain_now: None,
        gap: None,
        limit: None,
        step: None,
    };

    /// Returns `true` if one of the times is `civil`.
    pub(crate) fn state(&self, civil: UnixTime) -> bool {
        let Self { now, server, local, signed, sent, exp, nbf, iat, .. } = *self;
        let stated = [now, server, local, signed, sent, exp, nbf, iat];
        stated.into_iter().flatten().any(|moment| moment.civil == civil)
    }

    fn slot(&mut self, role: Role) -> Option<&mut Option<Moment>> {
        match role {
            Role::Now => Some(&mut self.now),
            Role::Server => Some(&mut self.server),
            Role::Local => Some(&mut self.local),
            Role::Signed => Some(&mut self.signed),
            Role::Sent => Some(&mut self.sent),
            Role::Exp => Some(&mut self.exp),
            Role::Nbf => Some(&mut self.nbf),
            Role::Iat => Some(&mut self.iat),
            Role::LimitMinutes
            | Role::LimitMillis
            | Role::GapMillis
            | Role::Gap
            | Role::StepSecs
            | Role::FastSecs
            | Role::Behind
            | Role::Ahead
            | Role::From
            | Role::To
            | Role::Skip => None,
        }
    }

    /// Sets `role` to `moment` unless it is already known.
    pub(crate) fn offer(&mut self, role: Role, moment: Moment) {
        if let Some(slot) = self.slot(role) {
            *slot = slot.or(Some(moment));
        }
    }

    /// Returns `true` if the line states the judged time and the time by which it was judged.
    pub(crate) fn states_both(&self) -> bool {
        self.local.is_some() && self.exp.or(self.nbf).or(self.iat).is_some()
    }

    /// The same, with UTC as the zone of times that state none.
    pub(crate) fn in_utc(mut self) -> Self {
        let all = [
            &mut self.now,
            &mut self.server,
            &mut self.local,
            &mut self.signed,
            &mut self.sent,
            &mut self.exp,
            &mut self.nbf,
            &mut self.iat,
        ];
        for moment in all.into_iter().flatten() {
            moment.zone = moment.zone.or(Some(Span::ZERO));
        }
        self
    }

    // openid-client adds its tolerance to the time that it prints, and states its clock as a member
    // of the error (`lib/client.js`).
    fn undo_tolerance(&mut self) {
        /// No verifier tolerates more.
        const MOST: Span = Span::from_secs(600);
        if let (Some(now), Some(plain)) = (self.now, self.plain_now)
            && (now.civil - plain.civil).abs() <= MOST
        {
            self.now = Some(plain);
        }
    }

    /// Adds values from `other` that are not known yet.
    pub(crate) fn complete_with(&mut self, other: &Self) {
        self.now = self.now.or(other.now);
        self.server = self.server.or(other.server);
        self.local = self.local.or(other.local);
        self.signed = self.signed.or(other.signed);
        self.sent = self.sent.or(other.sent);
        self.exp = self.exp.or(other.exp);
        self.nbf = self.nbf.or(other.nbf);
        self.iat = self.iat.or(other.iat);
        self.plain_now = self.plain_now.or(other.plain_now);
        self.undo_tolerance();
        self.gap = self.gap.or(other.gap);
        self.limit = self.limit.or(other.limit);
        self.step = self.step.or(other.step);
    }
}
