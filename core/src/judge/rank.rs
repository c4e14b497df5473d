//! The order in which several failures of one token are reported.
//!
//! A token can fail in several ways at once, but an exit code or an error response names only one.

use super::finding::Finding;
use super::rule::Rule;
use super::verdict::Verdict;

/// A way in which a token fails, in the order of reporting. The signature means nothing before the
/// token can be read, and a claim means nothing before the signature is verified. A claim that
/// waiting cannot mend comes before the times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Failure {
    /// The token cannot be read, or its header is refused.
    Malformed,
    /// The signature is invalid, or no key fits.
    Signature,
    /// A claim is missing, names another party, or fails a rule other than `exp` and `nbf`.
    Claim,
    /// The token has expired.
    Expired,
    /// The token is not valid yet.
    NotYetValid,
    /// The clock is not known well enough to decide.
    Undecided,
}

impl Failure {
    /// The failure that `finding` represents; `None` if it is accepted.
    #[must_use]
    pub fn of(finding: &Finding) -> Option<Self> {
        match (finding.verdict(), finding) {
            (Verdict::Accept, _) => None,
            (Verdict::Undecided, _) => Some(Self::Undecided),
            (Verdict::Reject, Finding::Measured(margin)) => Some(match margin.rule() {
                Rule::Exp => Self::Expired,
                Rule::Nbf => Self::NotYetValid,
                _ => Self::Claim,
            }),
            (Verdict::Reject, _) => Some(Self::Claim),
        }
    }

    /// The failure to report first among `findings`; `None` if all are accepted.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::judge::{Failure, Rule};
    /// use jwtick_core::token::Claims;
    /// use jwtick_core::{Policy, TimeBounds, UnixTime};
    /// let mut claims = Claims::EMPTY;
    /// claims.exp = Some(UnixTime::from_secs(1_000).into());
    /// let now = TimeBounds::exactly(UnixTime::from_secs(2_000));
    ///
    /// let findings = Policy::RFC7519.findings_of_unverified(&claims, now);
    /// assert_eq!(Failure::first(findings.iter()), Some(Failure::Expired));
    /// let findings = Policy::RFC7519.require(Rule::Iss).findings_of_unverified(&claims, now);
    /// assert_eq!(Failure::first(findings.iter()), Some(Failure::Claim));
    /// ```
    #[must_use]
    pub fn first<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Option<Self> {
        findings.into_iter().filter_map(Self::of).min()
    }
}

/// The finding that an error response names: a missing claim, then a party that does not match,
/// then the first time check that fails in the order of most servers: `exp`, `nbf`, `iat`, age,
/// lifetime. `None` if all `findings` are accepted.
///
/// The order differs from [`Failure::first`], which puts `iat` before `exp`: an exit code tells
/// whether waiting helps, while an error response tells the sender what to correct.
#[must_use]
pub fn first_refused<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Option<&'f Finding> {
    let refused = findings.into_iter().filter(|finding| finding.verdict() != Verdict::Accept);
    refused.min_by_key(|finding| place(finding))
}

const fn place(finding: &Finding) -> u8 {
    match (finding, finding.rule()) {
        (Finding::Missing(_), _) | (_, Rule::Jti) => 0,
        (_, Rule::Iss | Rule::Sub | Rule::Aud) => 1,
        (_, Rule::Exp) => 2,
        (_, Rule::Nbf) => 3,
        (_, Rule::Iat) => 4,
        (_, Rule::MaxAge) => 5,
        (_, Rule::Lifetime) => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::{Enforcement, Policy};
    use crate::time::{Span, TimeBounds, UnixTime};
    use crate::token::Claims;

    type Dates = (Option<i64>, Option<i64>, Option<i64>);

    const EXPIRED: Dates = (Some(50), None, Some(40));
    const AHEAD: Dates = (Some(900), Some(150), Some(150));

    /// The failures of a token with these `exp` and `nbf`, and with `iat` at 100, under a policy
    /// that checks all.
    fn failures(
        (exp, nbf, iat): Dates,
        required: Rule,
        uncertainty: i64,
    ) -> (Option<Failure>, Option<(Rule, bool)>) {
        let date = |secs: Option<i64>| secs.map(|secs| UnixTime::from_secs(secs).into());
        let mut claims = Claims::EMPTY;
        (claims.exp, claims.nbf, claims.iat) = (date(exp), date(nbf), date(iat));
        let policy = Policy::RFC7519
            .with_future_iat(Enforcement::Enforce)
            .with_max_lifetime(Span::from_secs(600))
            .require(required);
        let now = TimeBounds::around(UnixTime::from_secs(100), Span::from_secs(uncertainty));
        let findings = policy.findings_of_unverified(&claims, now);
        let named = first_refused(findings.iter());
        let named = named.map(|it| (it.rule(), matches!(it, Finding::Missing(_))));
        (Failure::first(findings.iter()), named)
    }

    type Row = (&'static str, Dates, Rule, i64, Option<Failure>, Option<(Rule, bool)>);
    const ROWS: &[Row] = &[
        ("nothing fails", (Some(200), None, None), Rule::Exp, 0, None, None),
        ("expired", EXPIRED, Rule::Exp, 0, Some(Failure::Expired), Some((Rule::Exp, false))),
        (
            "a claim is missing",
            EXPIRED,
            Rule::Jti,
            0,
            Some(Failure::Claim),
            Some((Rule::Jti, true)),
        ),
        (
            "not yet",
            (Some(200), Some(150), None),
            Rule::Nbf,
            0,
            Some(Failure::NotYetValid),
            Some((Rule::Nbf, false)),
        ),
        ("ahead", AHEAD, Rule::Exp, 0, Some(Failure::Claim), Some((Rule::Nbf, false))),
        (
            "issued ahead",
            (Some(200), None, Some(150)),
            Rule::Iat,
            0,
            Some(Failure::Claim),
            Some((Rule::Iat, false)),
        ),
        (
            "too long",
            (Some(900), None, None),
            Rule::Exp,
            0,
            Some(Failure::Claim),
            Some((Rule::Lifetime, false)),
        ),
        (
            "both ends",
            (Some(90), Some(150), None),
            Rule::Exp,
            0,
            Some(Failure::Expired),
            Some((Rule::Exp, false)),
        ),
        (
            "unknown",
            (Some(105), None, None),
            Rule::Exp,
            10,
            Some(Failure::Undecided),
            Some((Rule::Exp, false)),
        ),
        (
            "one decided",
            (Some(105), Some(150), None),
            Rule::Exp,
            10,
            Some(Failure::NotYetValid),
            Some((Rule::Exp, false)),
        ),
    ];

    #[test]
    fn reports_one_of_several_failures_first() {
        for &(name, dates, required, uncertainty, first, named) in ROWS {
            assert_eq!(failures(dates, required, uncertainty), (first, named), "{name}");
        }
    }

    #[test]
    fn failures_rank_from_malformed_to_undecided() {
        let order = [
            Failure::Malformed,
            Failure::Signature,
            Failure::Claim,
            Failure::Expired,
            Failure::NotYetValid,
            Failure::Undecided,
        ];
        assert!(order.is_sorted());
    }
}
