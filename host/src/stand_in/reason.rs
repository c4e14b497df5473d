//! The reason for which an assertion is refused: of everything that the core found, the one thing to
//! say.

use jwtick_core::{Finding, Rule, Verdict};

use crate::commands::verify::{Outcome, Problem};

pub(crate) use jwtick_core::spoken::Reason;

/// The first that counts: who it is from, then what it is, then when.
pub(crate) fn of(outcome: &Outcome<'_>) -> Option<Reason> {
    match &outcome.problem {
        Some(Problem::Signature(_)) => return Some(Reason::Signature),
        Some(Problem::Key(_)) => return Some(Reason::UnknownKey),
        Some(Problem::Decode(_) | Problem::Algorithm { .. }) => return Some(Reason::Malformed),
        None => {}
    }
    let refused = outcome.findings().filter(|finding| finding.verdict() != Verdict::Accept);
    refused.map(of_finding).min_by_key(|&reason| rank(reason))
}

/// What a finding that is not accepted holds against the token.
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
        // A rule that only asks whether a claim is there.
        (_, rule) => Reason::Missing(rule),
    }
}

const fn rank(reason: Reason) -> u8 {
    match reason {
        Reason::Malformed | Reason::Kind | Reason::UnknownKey | Reason::Signature => 0,
        Reason::Missing(_) => 1,
        Reason::Issuer | Reason::Subject | Reason::Audience => 2,
        Reason::Expired => 3,
        Reason::NotYet => 4,
        Reason::Future => 5,
        Reason::TooOld => 6,
        Reason::TooLong => 7,
        Reason::Replayed => 8,
    }
}
