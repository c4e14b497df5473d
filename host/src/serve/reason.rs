//! Reasons of a refusal, as a closed list: log, metrics and answers name the same ones.

use http::StatusCode;
use jwtick_core::words::{Language, word};

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

    /// The reason in words that tell nothing about the policy.
    #[rustfmt::skip]
    pub(crate) const fn words(self, language: Language) -> &'static str {
        match self {
            Self::NoToken => word!(language, en: "the request has no token", de: "Die Anfrage hat kein Token", ko: "요청에 토큰이 없습니다"),
            Self::InvalidRequest => word!(language, en: "the request cannot be understood", de: "Die Anfrage ist nicht verständlich", ko: "요청을 해석할 수 없습니다"),
            Self::Malformed => word!(language, en: "the token is malformed", de: "Das Token ist fehlerhaft", ko: "토큰 형식이 잘못되었습니다"),
            Self::Encrypted => word!(language, en: "the token is encrypted", de: "Das Token ist verschlüsselt", ko: "암호화된 토큰입니다"),
            Self::Algorithm => word!(language, en: "the signature algorithm is not accepted", de: "Der Signaturalgorithmus ist nicht zugelassen", ko: "허용되지 않는 서명 알고리즘입니다"),
            Self::Type => word!(language, en: "the token is of another kind", de: "Das Token ist von anderer Art", ko: "다른 종류의 토큰입니다"),
            Self::UnknownIssuer => word!(language, en: "the issuer is not accepted", de: "Der Aussteller ist nicht zugelassen", ko: "허용되지 않는 발급자입니다"),
            Self::UnknownKey => word!(language, en: "no key fits the token", de: "Kein Schlüssel passt zum Token", ko: "토큰에 맞는 키가 없습니다"),
            Self::Signature => word!(language, en: "the signature is invalid", de: "Die Signatur ist ungültig", ko: "서명이 올바르지 않습니다"),
            Self::Expired => word!(language, en: "the token has expired", de: "Das Token ist abgelaufen", ko: "토큰이 만료되었습니다"),
            Self::NotYetValid => word!(language, en: "the token is not valid yet", de: "Das Token ist noch nicht gültig", ko: "아직 유효하지 않은 토큰입니다"),
            Self::IssuedInFuture => word!(language, en: "the token was issued in the future", de: "Das Token wurde in der Zukunft ausgestellt", ko: "미래에 발급된 토큰입니다"),
            Self::TooOld => word!(language, en: "the token is too old", de: "Das Token ist zu alt", ko: "토큰이 너무 오래되었습니다"),
            Self::LifetimeTooLong => word!(language, en: "the token is valid for too long", de: "Das Token gilt zu lange", ko: "토큰의 수명이 너무 깁니다"),
            Self::Audience => word!(language, en: "the token is for another audience", de: "Das Token ist für einen anderen Empfänger", ko: "다른 대상의 토큰입니다"),
            Self::Subject => word!(language, en: "the subject is not accepted", de: "Das Subjekt ist nicht zugelassen", ko: "허용되지 않는 주체입니다"),
            Self::MissingClaim => word!(language, en: "a required claim is missing", de: "Ein verlangter Claim fehlt", ko: "필요한 클레임이 없습니다"),
            Self::Condition => word!(language, en: "a claim has another value", de: "Ein Claim hat einen anderen Wert", ko: "클레임의 값이 다릅니다"),
            Self::Scope => word!(language, en: "the token lacks a scope", de: "Dem Token fehlt ein Scope", ko: "토큰에 필요한 범위(scope)가 없습니다"),
            Self::Replayed => word!(language, en: "the token was used before", de: "Das Token wurde schon benutzt", ko: "이미 사용된 토큰입니다"),
            Self::ReplayLifetimeTooLong => word!(language, en: "the token is valid for too long to be used once", de: "Das Token gilt zu lange, um nur einmal benutzt zu werden", ko: "한 번만 쓰기에는 토큰의 수명이 너무 깁니다"),
            Self::DpopRequired => word!(language, en: "the token needs a DPoP proof", de: "Das Token braucht einen DPoP-Nachweis", ko: "토큰에 DPoP 증명이 필요합니다"),
            Self::InvalidDpopProof => word!(language, en: "the DPoP proof is invalid", de: "Der DPoP-Nachweis ist ungültig", ko: "DPoP 증명이 올바르지 않습니다"),
            Self::UseDpopNonce => word!(language, en: "the DPoP proof needs the nonce of this server", de: "Dem DPoP-Nachweis fehlt die Nonce dieses Servers", ko: "DPoP 증명에 이 서버의 nonce가 필요합니다"),
            Self::KeysUnavailable => word!(language, en: "the keys of the issuer are not available", de: "Die Schlüssel des Ausstellers sind nicht verfügbar", ko: "발급자의 키를 사용할 수 없습니다"),
            Self::ReplayStoreUnavailable => word!(language, en: "the store of used tokens is not available", de: "Der Speicher der benutzten Token ist nicht verfügbar", ko: "사용된 토큰의 저장소를 사용할 수 없습니다"),
            Self::ClockUnknown => word!(language, en: "the time is not known", de: "Die Zeit ist nicht bekannt", ko: "시각을 알 수 없습니다"),
            Self::Undecided => word!(language, en: "the time is not known well enough", de: "Die Zeit ist nicht genau genug bekannt", ko: "시각이 충분히 정확하지 않습니다"),
            Self::TimedOut => word!(language, en: "the decision took too long", de: "Die Entscheidung dauerte zu lange", ko: "판정에 시간이 너무 오래 걸렸습니다"),
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
