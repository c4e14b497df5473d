//! Why an assertion is refused: of everything that the core found, the one thing to say.

use jwtick_core::{Finding, Rule, first_refused};

use crate::verification::{Outcome, Problem};

/// What is held against an assertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// It is no token, or its header is refused.
    Malformed,
    /// It is no access token (RFC 9068 §2.1).
    Kind,
    /// No registered key speaks for its issuer, or none fits its header.
    UnknownKey,
    Signature,
    /// The claim is missing.
    Missing(Rule),
    /// `exp` has passed.
    Expired,
    /// `nbf` has not come.
    NotYet,
    /// `iat` has not come.
    Future,
    /// `iat` lies too far back.
    TooOld,
    /// `exp` lies too far ahead.
    TooLong,
    Issuer,
    Subject,
    Audience,
    /// Its `jti` was used before.
    Replayed,
}

impl Reason {
    /// The first that counts: who it is from, then what it is, then when.
    pub(crate) fn of(outcome: &Outcome<'_>) -> Option<Self> {
        match &outcome.problem {
            Some(Problem::Signature(_)) => return Some(Self::Signature),
            Some(Problem::Key(_)) => return Some(Self::UnknownKey),
            Some(Problem::Decode(_) | Problem::Algorithm { .. }) => return Some(Self::Malformed),
            None => {}
        }
        first_refused(outcome.findings()).map(Self::of_finding)
    }

    /// What a finding that is not accepted holds against the token.
    pub(crate) const fn of_finding(finding: &Finding) -> Self {
        match (finding, finding.rule()) {
            (Finding::Missing(rule), _) => Self::Missing(*rule),
            (_, Rule::Exp) => Self::Expired,
            (_, Rule::Nbf) => Self::NotYet,
            (_, Rule::Iat) => Self::Future,
            (_, Rule::MaxAge) => Self::TooOld,
            (_, Rule::Lifetime) => Self::TooLong,
            (_, Rule::Iss) => Self::Issuer,
            (_, Rule::Sub) => Self::Subject,
            (_, Rule::Aud) => Self::Audience,
            // A rule that only asks whether a claim is there.
            (_, rule) => Self::Missing(rule),
        }
    }
}
