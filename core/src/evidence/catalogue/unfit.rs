//! Assertions that are refused whatever any clock shows: a wrong key, issuer, subject or audience,
//! or one that was used before.

use super::kind::Judge::Provider;
use super::kind::Says::Unfit;
use super::row::{Entry, row};
use super::spoken::Reason::{Audience, Issuer, Replayed, Signature, Subject, UnknownKey};
use super::spoken::Speaker::{self, Adobe, Google, Hydra, Keycloak, Rfc7523};
use super::spoken::hydra;

pub(super) const ROWS: &[Entry] = &[
    // The example of RFC 7521 §4.1.1, which servers use unchanged.
    row(
        "OAuth 2",
        (Provider, Unfit),
        "Audience validation failed",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Audience validation failed\"}",
    )
    .spoken(Rfc7523, &[Audience]),
    row(
        "jwtick",
        (Provider, Unfit),
        "no key is known for the issuer of the assertion",
        "{\"error\":\"invalid_grant\",\"error_description\":\"no key is known for the issuer of the assertion\"}",
    )
    .spoken(Rfc7523, &[UnknownKey]),
    row(
        "jwtick",
        (Provider, Unfit),
        "signature of the assertion is invalid",
        "{\"error\":\"invalid_grant\",\"error_description\":\"the signature of the assertion is invalid\"}",
    )
    .spoken_as(Rfc7523, &[Signature], "the signature of the assertion is invalid"),
    row(
        "jwtick",
        (Provider, Unfit),
        "issuer of the assertion is not trusted",
        "{\"error\":\"invalid_grant\",\"error_description\":\"the issuer of the assertion is not trusted\"}",
    )
    .spoken_as(Rfc7523, &[Issuer], "the issuer of the assertion is not trusted"),
    row(
        "jwtick",
        (Provider, Unfit),
        "subject of the assertion is not the client",
        "{\"error\":\"invalid_client\",\"error_description\":\"the subject of the assertion is not the client\"}",
    )
    .spoken_as(Rfc7523, &[Subject], "the subject of the assertion is not the client"),
    row(
        "jwtick",
        (Provider, Unfit),
        "assertion has been used before",
        "{\"error\":\"invalid_grant\",\"error_description\":\"the assertion has been used before\"}",
    )
    .spoken_as(Rfc7523, &[Replayed], "the assertion has been used before"),
    // Tests of Adobe's client for Document Services; ServiceNow KB1446558: a certificate that is not bound.
    row(
        "Adobe IMS",
        (Provider, Unfit),
        "Could not match JWT signature to any of the bindings",
        "{\"error\":\"invalid_token\",\"error_description\":\"Could not match JWT signature to any of the bindings\"}",
    )
    .spoken(Adobe, &[Signature, UnknownKey])
    .with_invalid_token(),
    // Answers of Google quoted in Apache Beam, GAM and support threads.
    row(
        "Google",
        (Provider, Unfit),
        "Invalid JWT: No valid verifier found for issuer",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: No valid verifier found for issuer.\"}",
    )
    .spoken_as(Google, &[UnknownKey], "Invalid JWT: No valid verifier found for issuer."),
    row(
        "Google",
        (Provider, Unfit),
        "Invalid JWT: Failed audience check",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: Failed audience check. The right audience is https://oauth2.googleapis.com/token\"}",
    )
    .spoken_as(
        Google,
        &[Audience],
        "Invalid JWT: Failed audience check. The right audience is {audience}",
    ),
    row(
        "Google",
        (Provider, Unfit),
        "Invalid JWT Signature",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}",
    )
    .spoken_as(Google, &[Signature], "Invalid JWT Signature."),
    row(
        "Keycloak",
        (Provider, Unfit),
        "Invalid token audience",
        "{\"error\":\"invalid_client\",\"error_description\":\"Invalid token audience\"}",
    )
    .spoken(Keycloak, &[Audience]),
    row(
        "Keycloak",
        (Provider, Unfit),
        "Token reuse detected",
        "{\"error\":\"invalid_client\",\"error_description\":\"Token reuse detected\"}",
    )
    .spoken(Keycloak, &[Replayed]),
    // Tests of Box's SDK for Java.
    row(
        "Box",
        (Provider, Unfit),
        "Please check the 'jti' claim",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Please check the 'jti' claim. A unique 'jti' value is required.\"}",
    )
    .anchored("check the 'jti' claim")
    .spoken_as(
        Speaker::Box,
        &[Replayed],
        "Please check the 'jti' claim. A unique 'jti' value is required.",
    ),
    // Box support, "API: JWT error invalid_grant".
    row(
        "Box",
        (Provider, Unfit),
        "Please check the 'sub' claim",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Please check the 'sub' claim. The 'sub' specified is invalid.\"}",
    )
    .anchored("check the 'sub' claim")
    .spoken_as(
        Speaker::Box,
        &[Subject],
        "Please check the 'sub' claim. The 'sub' specified is invalid.",
    ),
    // Ory Hydra, fosite/handler/rfc7523/handler.go; quotes as written in RFC 6749.
    row(
        "Ory Hydra",
        (Provider, Unfit),
        "No public JWK was registered for issuer",
        "No public JWK was registered for issuer 'me' and subject 'me', and public key is required to check signature of JWT in 'assertion' request parameter.",
    )
    .spoken_as(
        Hydra,
        &[UnknownKey],
        hydra!(
            "No public JWK was registered for issuer '{iss}' and subject '{sub}', and public key \
             is required to check signature of JWT in 'assertion' request parameter."
        ),
    ),
    row(
        "Ory Hydra",
        (Provider, Unfit),
        "Unable to verify the integrity of the 'assertion' value",
        "issued to another client. Unable to verify the integrity of the 'assertion' value.",
    )
    .spoken_as(
        Hydra,
        &[Signature],
        hydra!("Unable to verify the integrity of the 'assertion' value."),
    ),
    row(
        "Ory Hydra",
        (Provider, Unfit),
        "MUST contain an 'aud' (audience) claim",
        "The JWT in 'assertion' request parameter MUST contain an 'aud' (audience) claim containing a value 'https://login.example/token'",
    )
    .spoken_as(
        Hydra,
        &[Audience],
        hydra!(
            "The JWT in 'assertion' request parameter MUST contain an 'aud' (audience) claim \
             containing a value '{audience}' that identifies the authorization server as an \
             intended audience."
        ),
    ),
];
