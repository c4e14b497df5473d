//! Judging claims against bounds on UTC.
//!
//! Follows RFC 7519 §4.1. A claim's edge that falls inside the bounds gives
//! [`Verdict::Undecided`]: neither acceptance nor rejection can be proved. With bounds that are a
//! point, every verdict is exactly that of RFC 7519. All findings are reported, not the first.

use super::finding::Finding;
use super::margin::Margin;
use super::policy::{Enforcement, Policy, Rule};
use super::verdict::Verdict;
use crate::time::NumericDate;
use crate::time::{TimeBounds, UnixTime};
use crate::token::Claims;

/// All that a policy found in a claims set, and the verdict of it.
///
/// # Example
/// ```
/// use jwtick_core::{Claims, Policy, Span, TimeBounds, UnixTime, Verdict};
/// let mut claims = Claims::EMPTY;
/// claims.exp = Some(UnixTime::from_secs(1_000).into());
/// let now = TimeBounds::around(UnixTime::from_secs(999), Span::from_secs(2));
///
/// let judgement = Policy::RFC7519.judge(&claims, now);
/// assert_eq!(judgement.verdict(), Verdict::Undecided);
/// let margin = judgement.tightest().unwrap();
/// assert_eq!((margin.least(), margin.most()), (Span::from_secs(-1), Span::from_secs(3)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    findings: [Option<Finding>; Rule::ALL.len()],
}

impl Judgement {
    /// Every finding, in the order of [`Rule::ALL`].
    pub fn findings(&self) -> impl Iterator<Item = &Finding> + '_ {
        self.findings.iter().flatten()
    }

    /// Kleene's "and" over the findings; a policy that found nothing accepts.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.findings().fold(Verdict::Accept, |all, finding| all.and(finding.verdict()))
    }

    /// The margin that decides: of those that count, with the worst verdict, the one with the
    /// least room.
    #[must_use]
    pub fn tightest(&self) -> Option<Margin> {
        let counting = self.findings().filter_map(|finding| match finding {
            Finding::Measured(margin) => Some(*margin),
            _ => None,
        });
        counting.min_by_key(|margin| (margin.verdict().rank(), margin.least()))
    }
}

impl Policy<'_> {
    /// Judges `claims` at a moment that lies somewhere in `utc`.
    ///
    /// Judging does not look at signatures: claims of an unverified token are judged too, so that
    /// a report can say both what was signed and what is late.
    #[must_use]
    pub fn judge(&self, claims: &Claims<'_>, utc: TimeBounds) -> Judgement {
        Judgement { findings: Rule::ALL.map(|rule| self.find(rule, claims, utc)) }
    }

    /// After this instant the policy rejects these claims for ever; [`UnixTime::MAX`] if they never
    /// die. For so long a `jti` has to be remembered, lest the token is used twice (RFC 7523 §3,
    /// item 7).
    #[must_use]
    pub fn dies_at(&self, claims: &Claims<'_>) -> UnixTime {
        let at = |date: Option<NumericDate>| date.map(NumericDate::at);
        let aged = at(claims.iat).zip(self.max_age()).map(|(iat, age)| iat + age);
        let end = at(claims.exp).into_iter().chain(aged).min();
        end.map_or(UnixTime::MAX, |end| end + self.leeway())
    }

    fn find(&self, rule: Rule, claims: &Claims<'_>, utc: TimeBounds) -> Option<Finding> {
        if claims.has(rule) {
            self.measure(rule, claims, utc).or_else(|| self.compare(rule, claims))
        } else {
            self.requires(rule).then_some(Finding::Missing(rule))
        }
    }

    fn measure(&self, rule: Rule, claims: &Claims<'_>, utc: TimeBounds) -> Option<Finding> {
        let margin = Margin::of(rule, self.edge(rule, claims)?, self.leeway(), utc);
        Some(match (rule, self.future_iat()) {
            (Rule::Iat, Enforcement::Report) => Finding::Reported(margin),
            _ => Finding::Measured(margin),
        })
    }

    fn edge(&self, rule: Rule, claims: &Claims<'_>) -> Option<UnixTime> {
        let at = |date: Option<NumericDate>| date.map(NumericDate::at);
        match rule {
            Rule::Exp => at(claims.exp),
            Rule::Nbf => at(claims.nbf),
            Rule::Iat => at(claims.iat),
            Rule::MaxAge => Some(at(claims.iat)? + self.max_age()?),
            // What is still too far away comes near enough with time, as `nbf` does.
            Rule::Lifetime => Some(at(claims.exp)? - self.max_lifetime()?),
            _ => None,
        }
    }

    fn compare(&self, rule: Rule, claims: &Claims<'_>) -> Option<Finding> {
        let fits = match rule {
            Rule::Iss => {
                let (iss, trusted) = (claims.iss?, self.issuers()?);
                trusted.iter().any(|issuer| iss == **issuer)
            }
            Rule::Sub => {
                let (sub, allowed) = (claims.sub?, self.subjects()?);
                allowed.iter().any(|subject| sub == **subject)
            }
            Rule::Aud => {
                let (aud, own) = (claims.aud?, self.audiences()?);
                own.iter().any(|name| aud.contains(name))
            }
            _ => return None,
        };
        Some(if fits { Finding::Matched(rule) } else { Finding::Mismatched(rule) })
    }
}
