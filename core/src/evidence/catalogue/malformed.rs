//! Assertions that are refused for their form: unreadable, of another kind, or without a required
//! claim.

use super::kind::Judge::Provider;
use super::kind::Says::Malformed;
use super::row::{Entry, row};
use super::spoken::Reason::{self, Kind, Missing};
use super::spoken::Speaker::{Hydra, Keycloak, Rfc7523};
use super::spoken::{ANY_MISSING, Code, Spoken, hydra};
use crate::judge::Rule::{Exp, Iss, Jti, Sub};

/// The plain wording for any missing claim, which is also the fallback if nothing fits better.
pub(super) const NO_CLAIM: Spoken = Spoken {
    by: Rfc7523,
    reasons: ANY_MISSING,
    code: Code::Ordinary,
    words: "the assertion has no '{claim}' claim",
};

pub(super) const ROWS: &[Entry] = &[
    // RFC 9068 §4 requires the type; the wording is our own.
    row(
        "jwtick",
        (Provider, Malformed),
        "is not of the type at+jwt",
        "error=\"invalid_token\", error_description=\"the access token is not of the type at+jwt\"",
    )
    .spoken_as(Rfc7523, &[Kind], "the assertion is not of the type at+jwt"),
    row(
        "jwtick",
        (Provider, Malformed),
        "assertion is not a valid JWT",
        "{\"error\":\"invalid_grant\",\"error_description\":\"the assertion is not a valid JWT: expected 3 segments\"}",
    )
    .spoken_as(Rfc7523, &[Reason::Malformed], "the assertion is not a valid JWT: {fault}"),
    row(
        "jwtick",
        (Provider, Malformed),
        "assertion has no '{}' claim",
        "{\"error\":\"invalid_grant\",\"error_description\":\"the assertion has no 'jti' claim\"}",
    )
    .spoken_as(NO_CLAIM.by, NO_CLAIM.reasons, NO_CLAIM.words),
    // Keycloak, AbstractBaseJWTValidator.
    row(
        "Keycloak",
        (Provider, Malformed),
        "Token exp claim is required",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Token exp claim is required\"}",
    )
    .spoken(Keycloak, &[Missing(Exp)]),
    row(
        "Keycloak",
        (Provider, Malformed),
        "Token jti claim is required",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Token jti claim is required\"}",
    )
    .spoken(Keycloak, &[Missing(Jti)]),
    row(
        "Keycloak",
        (Provider, Malformed),
        "Missing claim: iss",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Missing claim: iss\"}",
    )
    .spoken(Keycloak, &[Missing(Iss)]),
    row(
        "Keycloak",
        (Provider, Malformed),
        "Missing claim: sub",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Missing claim: sub\"}",
    )
    .spoken(Keycloak, &[Missing(Sub)]),
    // Ory Hydra, fosite/handler/rfc7523/handler.go; quotes as written in RFC 6749.
    row(
        "Ory Hydra",
        (Provider, Malformed),
        "Unable to parse JSON Web Token passed in 'assertion' request parameter",
        "issued to another client. Unable to parse JSON Web Token passed in 'assertion' request parameter.",
    )
    .spoken_as(
        Hydra,
        &[Reason::Malformed],
        hydra!("Unable to parse JSON Web Token passed in 'assertion' request parameter."),
    ),
    row(
        "Ory Hydra",
        (Provider, Malformed),
        "MUST contain an 'exp' (expiration time) claim",
        "The JWT in 'assertion' request parameter MUST contain an 'exp' (expiration time) claim.",
    )
    .spoken_as(
        Hydra,
        &[Missing(Exp)],
        hydra!(
            "The JWT in 'assertion' request parameter MUST contain an 'exp' (expiration time) claim."
        ),
    ),
    row(
        "Ory Hydra",
        (Provider, Malformed),
        "MUST contain an 'iss' (issuer) claim",
        "The JWT in 'assertion' request parameter MUST contain an 'iss' (issuer) claim.",
    )
    .spoken_as(
        Hydra,
        &[Missing(Iss)],
        hydra!("The JWT in 'assertion' request parameter MUST contain an 'iss' (issuer) claim."),
    ),
    row(
        "Ory Hydra",
        (Provider, Malformed),
        "MUST contain a 'sub' (subject) claim",
        "The JWT in 'assertion' request parameter MUST contain a 'sub' (subject) claim.",
    )
    .spoken_as(
        Hydra,
        &[Missing(Sub)],
        hydra!("The JWT in 'assertion' request parameter MUST contain a 'sub' (subject) claim."),
    ),
];
