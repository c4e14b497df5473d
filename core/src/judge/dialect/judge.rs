//! Applies the rules of a verifier to the dates of a token, at an instant within bounds.

use super::answer::{Answer, Judged};
use super::dates::{CLAIMS, Dates, Values};
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
        if let (Some(exp), Some(lifetime)) = (exp, self.lifetime) {
            match (lifetime.from, iat) {
                (Start::Now, _) => {
                    let check = Check::at_edge(Edge::Accepts);
                    add(self.measure(Rule::Lifetime, exp - lifetime.most, check, clock));
                }
                (Start::Issue, Some(iat)) if exp - iat > lifetime.most => {
                    add(Answer::Lifetime(exp - iat - lifetime.most));
                }
                (Start::Issue, _) => {}
            }
        }
        judged
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
            Duplicates::First | Duplicates::Last => false,
            Duplicates::Refused => dates.has_duplicates(),
            Duplicates::RefusedOf(claims) => claims
                .iter()
                .any(|&claim| dates.values(claim).is_some_and(|values| values.is_repeated)),
        }
    }

    /// The date that the verifier takes from the token, or the reason why it refuses the token.
    fn read(&self, dates: &Dates<'_>, claim: Claim) -> Result<Option<UnixTime>, Answer> {
        let rule = self.rule(claim);
        let Some(values) = dates.values(claim) else { return missing(rule, claim) };
        let value = self.taken(values);
        match rule.reading.read(value) {
            Taken::At(at) => Ok(Some(at)),
            Taken::Ignored => missing(rule, claim),
            Taken::Refused => Err(match value.kind() {
                JsonKind::Number => Answer::Number(claim),
                kind => Answer::Kind(claim, kind),
            }),
        }
    }

    const fn taken<'a>(&self, values: Values<'a>) -> Json<'a> {
        match self.duplicates {
            Duplicates::First => values.first,
            _ => values.last,
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
        Answer::Measured(Margin::of(rule, changes - leeway, check.leeway, clock))
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
