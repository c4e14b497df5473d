//! Findings: the result of a policy for one claim.

use super::margin::Margin;
use super::rule::Rule;
use super::verdict::Verdict;

/// The result of one rule.
///
/// # Example
/// ```
/// use jwtick_core::{Policy, TimeBounds, UnixTime};
/// use jwtick_core::judge::{Finding, Rule};
/// use jwtick_core::token::Claims;
/// let now = TimeBounds::exactly(UnixTime::EPOCH);
/// let policy = Policy::RFC7519.require(Rule::Exp);
/// let findings = policy.findings_of_unverified(&Claims::EMPTY, now);
/// assert!(findings.iter().eq(&[Finding::Missing(Rule::Exp)]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// A date was measured, and its margin counts towards the verdict.
    Measured(Margin),
    /// A date was measured, and the policy only reports its margin.
    Reported(Margin),
    /// The claim has a value that the policy allows.
    Matched(Rule),
    /// The policy does not require the claim, the token lacks it, and nothing else takes its place: a
    /// token without `exp` never expires, unless the policy has a maximum age.
    Unchecked(Rule),
    /// The claim has no value that the policy allows. This includes any `aud` if the policy names
    /// no audience.
    Mismatched(Rule),
    /// The policy requires the claim, and the token lacks it.
    Missing(Rule),
}

impl Finding {
    /// The rule that was applied.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        match *self {
            Self::Measured(margin) | Self::Reported(margin) => margin.rule(),
            Self::Matched(rule)
            | Self::Mismatched(rule)
            | Self::Missing(rule)
            | Self::Unchecked(rule) => rule,
        }
    }

    /// The margin of the date; `None` if the rule is not about a date or the token does not have
    /// it.
    #[must_use]
    pub const fn margin(&self) -> Option<Margin> {
        match *self {
            Self::Measured(margin) | Self::Reported(margin) => Some(margin),
            _ => None,
        }
    }

    /// The finding's contribution to the verdict; one that is only reported, or unchecked, accepts.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Measured(margin) => margin.verdict(),
            Self::Reported(_) | Self::Matched(_) | Self::Unchecked(_) => Verdict::Accept,
            Self::Mismatched(_) | Self::Missing(_) => Verdict::Reject,
        }
    }
}
