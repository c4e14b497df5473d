//! A second implementation of the rules of RFC 7519 §4.1 and RFC 7523 §3.

use jwtick_core::judge::Rule;
use jwtick_core::{TimeBounds, UnixTime, Verdict};

use super::case::Case;

/// Returns the rules that have a finding, in the order of [`Rule::ALL`], each with its verdict.
pub(super) fn findings(case: &Case) -> Vec<(Rule, Verdict)> {
    let finding = |rule| verdict(case, rule).map(|verdict| (rule, verdict));
    Rule::ALL.into_iter().filter_map(finding).collect()
}

fn verdict(case: &Case, rule: Rule) -> Option<Verdict> {
    match rule {
        Rule::Exp | Rule::Nbf | Rule::Iat | Rule::MaxAge | Rule::Lifetime if has(case, rule) => {
            by_time(case, rule)
        }
        _ if has(case, rule) => by_name(case, rule),
        _ if requires(case, rule) => Some(Verdict::Reject),
        // A token that never expires is accepted, but not silently.
        Rule::Exp if case.max_age.is_none() => Some(Verdict::Accept),
        _ => None,
    }
}

fn has(case: &Case, rule: Rule) -> bool {
    match rule {
        Rule::Exp | Rule::Lifetime => case.exp.is_some(),
        Rule::Nbf => case.nbf.is_some(),
        Rule::Iat | Rule::MaxAge => case.iat.is_some(),
        Rule::Iss => case.iss.is_some(),
        Rule::Sub => case.sub.is_some(),
        Rule::Aud => case.aud.is_some(),
        _ => case.jti,
    }
}

/// Returns `true` if the policy compares the claim, which is then required.
fn requires(case: &Case, rule: Rule) -> bool {
    let compares = match rule {
        Rule::Exp => case.max_lifetime.is_some(),
        Rule::MaxAge => case.max_age.is_some(),
        Rule::Iss => case.issuers.is_some(),
        Rule::Sub => case.subjects.is_some(),
        Rule::Aud => case.audiences.is_some(),
        _ => false,
    };
    compares || case.required.contains(&rule)
}

fn by_time(case: &Case, rule: Rule) -> Option<Verdict> {
    let (utc, leeway) = (Utc::of(case.narrow), case.leeway.max(0));
    match rule {
        Rule::Exp => Some(utc.is_before(case.exp?.saturating_add(leeway))),
        Rule::Nbf => Some(utc.is_from(case.nbf?.saturating_sub(leeway))),
        Rule::Iat if case.future_iat || case.max_age.is_some() => {
            Some(utc.is_from(case.iat?.saturating_sub(leeway)))
        }
        Rule::Iat => Some(Verdict::Accept),
        Rule::MaxAge => {
            let end = case.iat?.saturating_add(case.max_age?);
            Some(utc.is_until(end.saturating_add(leeway)))
        }
        _ => {
            let start = case.exp?.saturating_sub(case.max_lifetime?);
            Some(utc.is_from(start.saturating_sub(leeway)))
        }
    }
}

fn by_name(case: &Case, rule: Rule) -> Option<Verdict> {
    let listed = match rule {
        Rule::Iss => case.iss? < case.issuers?,
        Rule::Sub => case.sub? < case.subjects?,
        Rule::Aud => {
            // RFC 7519 §4.1.3: a verifier without a name of its own is not the audience of any
            // token that has one.
            let own = case.audiences.unwrap_or(0);
            case.aud.as_ref()?.iter().any(|&name| name < own)
        }
        _ => return None,
    };
    Some(if listed { Verdict::Accept } else { Verdict::Reject })
}

/// The bounds on UTC; `None` is an open end.
struct Utc {
    earliest: Option<i64>,
    latest: Option<i64>,
}

impl Utc {
    fn of(bounds: TimeBounds) -> Self {
        let unless = |at: UnixTime, open| (at != open).then(|| at.as_micros());
        Self {
            earliest: unless(bounds.earliest(), UnixTime::MIN),
            latest: unless(bounds.latest(), UnixTime::MAX),
        }
    }

    fn is_from(&self, edge: i64) -> Verdict {
        let surely = self.earliest.is_some_and(|earliest| earliest >= edge);
        decided(surely, self.latest.is_none_or(|latest| latest >= edge))
    }

    fn is_before(&self, edge: i64) -> Verdict {
        let surely = self.latest.is_some_and(|latest| latest < edge);
        decided(surely, self.earliest.is_none_or(|earliest| earliest < edge))
    }

    fn is_until(&self, edge: i64) -> Verdict {
        let surely = self.latest.is_some_and(|latest| latest <= edge);
        decided(surely, self.earliest.is_none_or(|earliest| earliest <= edge))
    }
}

const fn decided(surely: bool, possibly: bool) -> Verdict {
    match (surely, possibly) {
        (true, _) => Verdict::Accept,
        (false, true) => Verdict::Undecided,
        (false, false) => Verdict::Reject,
    }
}
