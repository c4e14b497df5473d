//! The lines of an exchange that state its times.

use super::local_stamps::LocalStamps;
use crate::diagnosis::proof::{Fact, Premise};
use crate::evidence::{Captures, ClaimTimes, Facts, Moment};
use crate::time::UnixTime;

/// The first line that states each time, as a number of lines after the first of all.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct StatingLines {
    first: u64,
    server: u16,
    local: u16,
    made: u16,
    end: u16,
    claims: u16,
    claimed_end: u16,
}

impl StatingLines {
    pub(crate) const NONE: Self =
        Self { first: 0, server: 0, local: 0, made: 0, end: 0, claims: 0, claimed_end: 0 };

    /// Adds a line with `facts` to those that stated `captures` and `claims`.
    pub(crate) fn add(
        &mut self,
        stamps: &LocalStamps,
        (captures, claims): (&Captures, &ClaimTimes),
        facts: &Facts,
    ) {
        let number = stamps.number();
        if self.first == 0 {
            self.first = number;
        }
        let later = u16::try_from(number.saturating_sub(self.first)).unwrap_or(u16::MAX);
        let start = |it: &Captures| it.iat.or(it.nbf).or(it.signed).or(it.sent);
        let (new, new_claims) = (&facts.captures, &facts.claims);
        let rows = [
            (captures.server.is_none() && new.server.is_some(), &mut self.server),
            (local(captures).is_none() && local(new).is_some(), &mut self.local),
            (start(captures).is_none() && start(new).is_some(), &mut self.made),
            (captures.exp.is_none() && new.exp.is_some(), &mut self.end),
            (!claims.is_any() && new_claims.is_any(), &mut self.claims),
            (claims.exp.is_none() && new_claims.exp.is_some(), &mut self.claimed_end),
        ];
        for (is_first, line) in rows {
            if is_first {
                *line = later;
            }
        }
    }

    fn line(&self, later: u16) -> u64 {
        self.first.saturating_add(u64::from(later))
    }

    /// The line with the time of the server in the words of a refusal.
    pub(crate) fn server(&self, is_local: bool) -> u64 {
        self.line(if is_local { self.local } else { self.server })
    }

    /// The line with the time of the local clock in the words of a refusal.
    pub(crate) fn local(&self) -> u64 {
        self.line(self.local)
    }

    /// The line that states when what was judged was made or signed.
    pub(crate) fn start(&self, at: UnixTime, claims: &ClaimTimes) -> Premise {
        let is_claim = claims.iat == Some(at) || claims.nbf == Some(at);
        let line = self.line(if is_claim { self.claims } else { self.made });
        Premise { line, fact: Fact::Start(at) }
    }

    /// The line that states when what was judged ends.
    pub(crate) fn end(&self, at: UnixTime, claims: &ClaimTimes) -> Premise {
        let is_claim = claims.exp == Some(at);
        let line = self.line(if is_claim { self.claimed_end } else { self.end });
        Premise { line, fact: Fact::End(at) }
    }

    /// The line with claims in the wrong form.
    pub(crate) fn claims(&self) -> Premise {
        Premise { line: self.line(self.claims), fact: Fact::Claim }
    }
}

fn local(captures: &Captures) -> Option<Moment> {
    captures.local.or(captures.now)
}
