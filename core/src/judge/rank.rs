//! Which of several failures of one token is reported first.
//!
//! A token can fail in several ways at once, while an exit code or an error response names one.

use super::finding::Finding;
use super::rule::Rule;
use super::verdict::Verdict;

/// A way in which a token fails. The order is that in which failures are reported: a signature means
/// nothing before the token can be read, and a claim nothing before the signature is known to be
/// valid; a claim that no waiting mends comes before the times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Failure {
    /// The token cannot be read, or its header is refused.
    Malformed,
    /// The signature is invalid, or no key fits.
    Signature,
    /// A claim is missing, names somebody else, or is refused by a rule other than `exp` and `nbf`.
    Claim,
    /// The token has expired.
    Expired,
    /// The token is not valid yet.
    NotYetValid,
    /// The clock is not known well enough to decide.
    Undecided,
}

impl Failure {
    /// The failure that `finding` is; `None` if it is accepted.
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

/// The finding that an error response names: a missing claim, else a party that does not fit, else the
/// first time that fails in the order in which servers check them: `exp`, `nbf`, `iat`, age, lifetime.
/// `None` if all `findings` are accepted.
///
/// A sender can act on the words. [`Failure::first`] puts an `iat` before an `exp`, since whoever
/// reads an exit code wants to know whether waiting helps.
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

    /// What fails of a token with these `exp`, `nbf` and `iat` at 100, by a policy that wants all.
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
        ("a claim lacks", EXPIRED, Rule::Jti, 0, Some(Failure::Claim), Some((Rule::Jti, true))),
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
    fn one_of_several_failures_is_reported_first() {
        for &(name, dates, required, uncertainty, first, named) in ROWS {
            assert_eq!(failures(dates, required, uncertainty), (first, named), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_trusted_comes_before_what_it_says() {
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
