//! Assertions that are refused whatever any clock says: wrong key, issuer, subject or audience, or
//! used before.

use super::kind::Judge::Provider;
use super::kind::Says::Unfit;
use super::row::{Entry, row};

pub(super) const ROWS: &[Entry] = &[
    // The example of RFC 7521 §4.1.1, which servers use as it is.
    row(
        "OAuth 2",
        (Provider, Unfit),
        "Audience validation failed",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Audience validation failed\"}",
    ),
    row(
        "jwtick",
        (Provider, Unfit),
        "no key is known for the issuer of the assertion",
        "{\"error\":\"invalid_grant\",\"error_description\":\"no key is known for the issuer of the assertion\"}",
    ),
    row(
        "jwtick",
        (Provider, Unfit),
        "signature of the assertion is invalid",
        "{\"error\":\"invalid_grant\",\"error_description\":\"the signature of the assertion is invalid\"}",
    ),
    row(
        "jwtick",
        (Provider, Unfit),
        "issuer of the assertion is not trusted",
        "{\"error\":\"invalid_grant\",\"error_description\":\"the issuer of the assertion is not trusted\"}",
    ),
    row(
        "jwtick",
        (Provider, Unfit),
        "subject of the assertion is not the client",
        "{\"error\":\"invalid_client\",\"error_description\":\"the subject of the assertion is not the client\"}",
    ),
    row(
        "jwtick",
        (Provider, Unfit),
        "assertion has been used before",
        "{\"error\":\"invalid_grant\",\"error_description\":\"the assertion has been used before\"}",
    ),
    row(
        "Adobe IMS",
        (Provider, Unfit),
        "Could not match JWT signature to any of the bindings",
        "{\"error\":\"invalid_token\",\"error_description\":\"Could not match JWT signature to any of the bindings\"}",
    ),
    row(
        "Google",
        (Provider, Unfit),
        "Invalid JWT: No valid verifier found for issuer",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: No valid verifier found for issuer.\"}",
    ),
    row(
        "Google",
        (Provider, Unfit),
        "Invalid JWT: Failed audience check",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: Failed audience check. The right audience is https://oauth2.googleapis.com/token\"}",
    ),
    row(
        "Google",
        (Provider, Unfit),
        "Invalid JWT Signature",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}",
    ),
    row(
        "Keycloak",
        (Provider, Unfit),
        "Invalid token audience",
        "{\"error\":\"invalid_client\",\"error_description\":\"Invalid token audience\"}",
    ),
    row(
        "Keycloak",
        (Provider, Unfit),
        "Token reuse detected",
        "{\"error\":\"invalid_client\",\"error_description\":\"Token reuse detected\"}",
    ),
    row(
        "Box",
        (Provider, Unfit),
        "Please check the 'jti' claim",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Please check the 'jti' claim. A unique 'jti' value is required.\"}",
    )
    .anchored("check the 'jti' claim"),
    row(
        "Box",
        (Provider, Unfit),
        "Please check the 'sub' claim",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Please check the 'sub' claim. The 'sub' specified is invalid.\"}",
    )
    .anchored("check the 'sub' claim"),
    row(
        "Ory Hydra",
        (Provider, Unfit),
        "No public JWK was registered for issuer",
        "No public JWK was registered for issuer 'me' and subject 'me', and public key is required to check signature of JWT in 'assertion' request parameter.",
    ),
    row(
        "Ory Hydra",
        (Provider, Unfit),
        "Unable to verify the integrity of the 'assertion' value",
        "issued to another client. Unable to verify the integrity of the 'assertion' value.",
    ),
    row(
        "Ory Hydra",
        (Provider, Unfit),
        "MUST contain an 'aud' (audience) claim",
        "The JWT in 'assertion' request parameter MUST contain an 'aud' (audience) claim containing a value 'https://login.example/token'",
    ),
];
