//! The reason for refusing an assertion: the one finding of the core to report.

use jwtick_core::judge::{Finding, Rule, first_refused};

use crate::verification::{Outcome, Problem};

pub(crate) use jwtick_core::evidence::spoken::Reason;

/// The first reason that applies, in order: sender, form, time.
pub(crate) fn of(outcome: &Outcome<'_>) -> Option<Reason> {
    match &outcome.problem {
        Some(Problem::Signature(_)) => return Some(Reason::Signature),
        Some(Problem::Key(_)) => return Some(Reason::UnknownKey),
        Some(Problem::Audience) => return Some(Reason::Audience),
        Some(Problem::Type { .. }) => return Some(Reason::Kind),
        Some(
            Problem::Decode(_)
            | Problem::Repeated { .. }
            | Problem::Encrypted
            | Problem::Algorithm { .. },
        ) => return Some(Reason::Malformed),
        None => {}
    }
    first_refused(outcome.findings()).map(of_finding)
}

/// Returns the reason for a finding that is not accepted.
pub(crate) const fn of_finding(finding: &Finding) -> Reason {
    match (finding, finding.rule()) {
        (Finding::Missing(rule), _) => Reason::Missing(*rule),
        (_, Rule::Exp) => Reason::Expired,
        (_, Rule::Nbf) => Reason::NotYet,
        (_, Rule::Iat) => Reason::Future,
        (_, Rule::MaxAge) => Reason::TooOld,
        (_, Rule::Lifetime) => Reason::TooLong,
        (_, Rule::Iss) => Reason::Issuer,
        (_, Rule::Sub) => Reason::Subject,
        (_, Rule::Aud) => Reason::Audience,
        // A rule that only requires the claim to be present.
        (_, rule) => Reason::Missing(rule),
    }
}
