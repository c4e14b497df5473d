//! Reasons of a refusal, as a closed list: log, metrics and answers name the same ones.

use http::StatusCode;

use super::choice::Front;

/// A reason why a request is refused, or why nothing can be decided about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Reason {
    NoToken,
    InvalidRequest,
    Malformed,
    Encrypted,
    Algorithm,
    Type,
    UnknownIssuer,
    UnknownKey,
    Signature,
    Expired,
    NotYetValid,
    IssuedInFuture,
    TooOld,
    LifetimeTooLong,
    Audience,
    Subject,
    MissingClaim,
    Condition,
    Scope,
    Replayed,
    ReplayLifetimeTooLong,
    DpopRequired,
    InvalidDpopProof,
    UseDpopNonce,
    KeysUnavailable,
    ReplayStoreUnavailable,
    ClockUnknown,
    Undecided,
    TimedOut,
}

impl Reason {
    /// Every reason, in the order of the checks.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 29] = [
        Self::NoToken,
        Self::InvalidRequest,
        Self::Malformed,
        Self::Encrypted,
        Self::Algorithm,
        Self::Type,
        Self::UnknownIssuer,
        Self::UnknownKey,
        Self::Signature,
        Self::Expired,
        Self::NotYetValid,
        Self::IssuedInFuture,
        Self::TooOld,
        Self::LifetimeTooLong,
        Self::Audience,
        Self::Subject,
        Self::MissingClaim,
        Self::Condition,
        Self::Scope,
        Self::Replayed,
        Self::ReplayLifetimeTooLong,
        Self::DpopRequired,
        Self::InvalidDpopProof,
        Self::UseDpopNonce,
        Self::KeysUnavailable,
        Self::ReplayStoreUnavailable,
        Self::ClockUnknown,
        Self::Undecided,
        Self::TimedOut,
    ];

    /// The name in the log, in metrics and in answers.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::NoToken => "no_token",
            Self::InvalidRequest => "invalid_request",
            Self::Malformed => "malformed",
            Self::Encrypted => "encrypted",
            Self::Algorithm => "algorithm",
            Self::Type => "type",
            Self::UnknownIssuer => "unknown_issuer",
            Self::UnknownKey => "unknown_key",
            Self::Signature => "signature",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::IssuedInFuture => "issued_in_future",
            Self::TooOld => "too_old",
            Self::LifetimeTooLong => "lifetime_too_long",
            Self::Audience => "audience",
            Self::Subject => "subject",
            Self::MissingClaim => "missing_claim",
            Self::Condition => "condition",
            Self::Scope => "scope",
            Self::Replayed => "replayed",
            Self::ReplayLifetimeTooLong => "replay_lifetime_too_long",
            Self::DpopRequired => "dpop_required",
            Self::InvalidDpopProof => "invalid_dpop_proof",
            Self::UseDpopNonce => "use_dpop_nonce",
            Self::KeysUnavailable => "keys_unavailable",
            Self::ReplayStoreUnavailable => "replay_store_unavailable",
            Self::ClockUnknown => "clock_unknown",
            Self::Undecided => "undecided",
            Self::TimedOut => "timed_out",
        }
    }

    /// Returns true if the token may be good, but this service cannot tell.
    pub(crate) const fn is_undecided(self) -> bool {
        matches!(
            self,
            Self::KeysUnavailable
                | Self::ReplayStoreUnavailable
                | Self::ClockUnknown
                | Self::Undecided
                | Self::TimedOut
        )
    }

    /// The status of the answer. A 401 for a token that may be good would start login loops, so those
    /// get a 503. nginx turns every 400 of an authorization service into a 500.
    pub(crate) const fn status(self, front: Front) -> StatusCode {
        match (self, front) {
            (Self::InvalidRequest, Front::Nginx) => StatusCode::UNAUTHORIZED,
            (Self::InvalidRequest, _) => StatusCode::BAD_REQUEST,
            (Self::Scope, _) => StatusCode::FORBIDDEN,
            _ if self.is_undecided() => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNAUTHORIZED,
        }
    }

    /// The error code of a challenge (RFC 6750 §3.1, RFC 9449 §7.1). A request without credentials
    /// gets none.
    pub(crate) const fn error(self) -> Option<&'static str> {
        match self {
            Self::NoToken => None,
            Self::InvalidRequest => Some("invalid_request"),
            Self::Scope => Some("insufficient_scope"),
            Self::InvalidDpopProof => Some("invalid_dpop_proof"),
            Self::UseDpopNonce => Some("use_dpop_nonce"),
            _ if self.is_undecided() => Some("temporarily_unavailable"),
            _ => Some("invalid_token"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_reason_is_listed_once_with_its_own_code() {
        let codes: HashSet<&str> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
        let closed =
            |code: &&str| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        assert!(codes.iter().all(closed));
    }

    #[test]
    fn statuses_are_those_that_fronts_pass_on() {
        const ROWS: &[(Reason, Front, u16, Option<&str>)] = &[
            (Reason::NoToken, Front::Other, 401, None),
            (Reason::InvalidRequest, Front::Other, 400, Some("invalid_request")),
            (Reason::InvalidRequest, Front::Nginx, 401, Some("invalid_request")),
            (Reason::Expired, Front::Nginx, 401, Some("invalid_token")),
            (Reason::Scope, Front::Nginx, 403, Some("insufficient_scope")),
            (Reason::Undecided, Front::Nginx, 503, Some("temporarily_unavailable")),
            (Reason::KeysUnavailable, Front::Other, 503, Some("temporarily_unavailable")),
        ];
        for &(reason, front, status, error) in ROWS {
            let found = (reason.status(front).as_u16(), reason.error());
            assert_eq!(found, (status, error), "{reason:?} {front:?}");
        }
    }
}
