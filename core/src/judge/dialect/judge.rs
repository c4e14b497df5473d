//! Applies the rules of a verifier to the dates of a token, at an instant within bounds.

use super::answer::{Answer, Judged};
use super::dates::{CLAIMS, Dates};
use super::reading::{Take, Taken};
use super::rules::{Check, DateRule, Duplicates, Edge, Rules, Start};
use crate::judge::{Margin, Rule};
use crate::time::{Span, TimeBounds, UnixTime};
use crate::token::{Claim, Json, JsonKind};

/// The smallest step of an instant. At or before an edge is before the edge and this step.
const STEP: Span = Span::from_micros(1);

impl Rules {
    /// What a verifier with these rules says of the times of a token, whose clock is at an unknown
    /// instant in `clock`.
    #[must_use]
    pub fn judge(&self, dates: &Dates<'_>, clock: TimeBounds) -> Judged {
        let mut judged = Judged { answers: heapless::Vec::new() };
        // No rule gives more answers than there is room for.
        let mut add = |answer| {
            let _ = judged.answers.push(answer);
        };
        if self.refuses_duplicates(dates) {
            add(Answer::Duplicate);
        }
        if self.finite && dates.has_infinite() {
            add(Answer::Infinite);
        }
        let [exp, nbf, iat] = CLAIMS.map(|claim| {
            self.read(dates, claim).unwrap_or_else(|refusal| {
                add(refusal);
                None
            })
        });
        if let (true, Some(exp), Some(nbf)) = (self.ordered, exp, nbf)
            && nbf > exp
        {
            add(Answer::Order);
        }
        for (claim, date) in CLAIMS.into_iter().zip([exp, nbf, iat]) {
            if let Some(date) = date {
                add(self.compare(claim, date, nbf.is_some(), clock));
            }
        }
        if let (Some(iat), Some(most)) = (iat, self.max_age) {
            let check = Check::at_edge(Edge::Accepts);
            add(self.measure(Rule::MaxAge, iat + most, check, clock));
        }
        if let Some(exp) = exp {
            self.lifetime(exp, iat, clock).map(add);
        }
        judged
    }

    fn lifetime(&self, exp: UnixTime, iat: Option<UnixTime>, clock: TimeBounds) -> Option<Answer> {
        let limit = self.lifetime?;
        match limit.from {
            Start::Now => {
                let check = Check::at_edge(Edge::Accepts);
                Some(self.measure(Rule::Lifetime, exp - limit.most, check, clock))
            }
            Start::Issue => {
                let over = exp - iat? - limit.most;
                (over > Span::ZERO).then_some(Answer::Lifetime(over))
            }
        }
    }

    pub(super) const fn rule(&self, claim: Claim) -> &DateRule {
        match claim {
            Claim::Nbf => &self.nbf,
            Claim::Iat => &self.iat,
            _ => &self.exp,
        }
    }

    fn refuses_duplicates(&self, dates: &Dates<'_>) -> bool {
        match self.duplicates {
            Duplicates::First | Duplicates::Last | Duplicates::LastOfAll => false,
            Duplicates::Refused => dates.has_duplicates(),
            Duplicates::RefusedOf(claims) => {
                claims.iter().any(|&claim| dates.values(claim).len() > 1)
            }
        }
    }

    /// The date that the verifier takes from the token, or the reason why it refuses the token.
    fn read(&self, dates: &Dates<'_>, claim: Claim) -> Result<Option<UnixTime>, Answer> {
        let rule = self.rule(claim);
        let values = dates.values(claim);
        let read = |value: Json<'_>| match rule.reading.read(value) {
            Taken::At(at) => Ok(Some(at)),
            Taken::Ignored => missing(rule, claim),
            Taken::Refused => Err(match value.kind() {
                JsonKind::Number => Answer::Number(claim),
                kind => Answer::Kind(claim, kind),
            }),
        };
        match (self.duplicates, values) {
            (_, []) => missing(rule, claim),
            (Duplicates::First, [first, ..]) => read(*first),
            (Duplicates::LastOfAll, [before @ .., last]) => {
                before.iter().try_for_each(|value| read(*value).map(drop))?;
                read(*last)
            }
            (_, [.., last]) => read(*last),
        }
    }

    fn compare(&self, claim: Claim, date: UnixTime, has_nbf: bool, clock: TimeBounds) -> Answer {
        let rule = match claim {
            Claim::Nbf => Rule::Nbf,
            Claim::Iat => Rule::Iat,
            _ => Rule::Exp,
        };
        match self.rule(claim).check {
            Some(check) if !(check.only_without_nbf && has_nbf) => {
                self.measure(rule, date, check, clock)
            }
            _ => Answer::Unchecked(claim),
        }
    }

    /// Measures the distance to the instant at which the verifier changes its mind: that depends on the
    /// step of its clock and on its verdict at the edge.
    fn measure(&self, rule: Rule, date: UnixTime, check: Check, clock: TimeBounds) -> Answer {
        let ends = matches!(rule, Rule::Exp | Rule::MaxAge);
        let leeway = if ends { check.leeway } else { -check.leeway };
        let edge = date + leeway;
        // The clock shows whole steps. It is before the edge until the first step at or after it, and at
        // the edge or before it until the first step after it.
        let is_later = match check.edge {
            Edge::Accepts => ends,
            Edge::Refuses => !ends,
        };
        let changes = if is_later { self.step_after(edge) } else { self.step_at_or_after(edge) };
        // `Margin` accepts the end of an age itself.
        let changes = if matches!(rule, Rule::MaxAge) { changes - STEP } else { changes };
        Answer::Measured {
            margin: Margin::of(rule, date, check.leeway, clock),
            exact: Margin::of(rule, changes - leeway, check.leeway, clock),
        }
    }

    fn step_at_or_after(&self, date: UnixTime) -> UnixTime {
        let tick = self.tick.as_micros().max(1);
        let past = date.as_micros().rem_euclid(tick);
        if past == 0 { date } else { date + Span::from_micros(tick) - Span::from_micros(past) }
    }

    fn step_after(&self, date: UnixTime) -> UnixTime {
        self.step_at_or_after(date + STEP)
    }
}

fn missing(rule: &DateRule, claim: Claim) -> Result<Option<UnixTime>, Answer> {
    match rule.missing {
        Take::Refuse => Err(Answer::Missing(claim)),
        Take::As(secs) => Ok(Some(UnixTime::from_secs(secs))),
        _ => Ok(None),
    }
}
