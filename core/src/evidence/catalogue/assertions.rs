//! Authorization servers that follow RFC 7523 and judge an assertion by their own clock.

use super::kind::Judge::{Either, Provider};
use super::kind::Says::{Expired, NotYet, TooFar};
use super::row::{Entry, row};
use super::spoken::Reason::{self, Future, TooLong, TooOld};
use super::spoken::Speaker::{Hydra, Keycloak, Rfc7523};
use super::spoken::hydra;

pub(super) const ROWS: &[Entry] = &[
    // Wordings of Keycloak, and of libraries for Firebase.
    row(
        "JWT",
        (Either, NotYet),
        "Token was issued in the future",
        "{\"error\":\"invalid_client\",\"error_description\":\"Token was issued in the future\"}",
    )
    .spoken(Keycloak, &[Future]),
    row(
        "Keycloak",
        (Provider, Expired),
        "Token was issued too far in the past to be used now",
        "{\"error\":\"invalid_client\",\"error_description\":\"Token was issued too far in the past to be used now\"}",
    )
    .spoken(Keycloak, &[TooOld]),
    row(
        "Ory Hydra",
        (Provider, Expired),
        "'assertion' request parameter expired",
        "issued to another client. The JWT in 'assertion' request parameter expired.",
    )
    .spoken_as(
        Hydra,
        &[Reason::Expired],
        hydra!("The JWT in 'assertion' request parameter expired."),
    ),
    row(
        "Ory Hydra",
        (Provider, NotYet),
        "identifies the time {nbf} before which the token MUST NOT be accepted",
        "contains an 'nbf' (not before) claim, that identifies the time '2025-01-07T10:00:00Z' before which the token MUST NOT be accepted.",
    )
    .spoken_as(
        Hydra,
        &[Reason::NotYet],
        hydra!(
            "The JWT in 'assertion' request parameter contains an 'nbf' (not before) claim, that \
             identifies the time '{nbf}' before which the token MUST NOT be accepted."
        ),
    ),
    row(
        "Ory Hydra",
        (Provider, TooFar),
        "with value {exp} that is unreasonably far in the future, considering token issued at {iat}",
        "contains an 'exp' (expiration time) claim with value '2025-01-07T10:00:00Z' that is unreasonably far in the future, considering token issued at '2025-01-01T10:00:00Z'.",
    )
    .spoken_as(
        Hydra,
        &[TooLong],
        hydra!(
            "The JWT in 'assertion' request parameter contains an 'exp' (expiration time) claim \
             with value '{exp}' that is unreasonably far in the future, considering token issued \
             at '{iat}'."
        ),
    ),
    // The wording of RFC 7523 §3, items 4 to 6, which servers quote.
    row(
        "OAuth 2",
        (Provider, TooFar),
        "unreasonably far in the future",
        "the 'exp' claim is unreasonably far in the future",
    )
    .spoken_as(Rfc7523, &[TooLong], "the 'exp' claim is unreasonably far in the future"),
    row(
        "OAuth 2",
        (Provider, Expired),
        "unreasonably far in the past",
        "the 'iat' claim is unreasonably far in the past",
    )
    .spoken_as(Rfc7523, &[TooOld], "the 'iat' claim is unreasonably far in the past"),
    row(
        "OAuth 2",
        (Provider, Expired),
        "assertion has expired",
        "{\"error\":\"invalid_grant\",\"error_description\":\"the assertion has expired\"}",
    )
    .spoken_as(Rfc7523, &[Reason::Expired], "the assertion has expired"),
    row(
        "OAuth 2",
        (Provider, NotYet),
        "assertion was issued in the future",
        "{\"error\":\"invalid_grant\",\"error_description\":\"the assertion was issued in the future\"}",
    )
    .spoken_as(Rfc7523, &[Future], "the assertion was issued in the future"),
    row(
        "OAuth 2",
        (Provider, NotYet),
        "assertion must not be accepted before its 'nbf' claim",
        "{\"error\":\"invalid_grant\",\"error_description\":\"the assertion must not be accepted before its 'nbf' claim\"}",
    )
    .spoken_as(
        Rfc7523,
        &[Reason::NotYet],
        "the assertion must not be accepted before its 'nbf' claim",
    ),
];
