//! Libraries that name the failed claim but no time. Services pass on their words.

use super::kind::Judge::{Either, Us};
use super::kind::Says::{Expired, NotYet, Skewed};
use super::row::{Entry, row};
use super::spoken::Reason;
use super::spoken::Speaker::Adobe;

pub(super) const ROWS: &[Entry] = &[
    row("golang-jwt", (Either, Expired), "token is expired by {gap}", "token is expired by 3h2m1s"),
    row("golang-jwt", (Either, NotYet), "used before issued", "Token used before issued").shared(),
    row("golang-jwt", (Either, NotYet), "oken is not valid yet", "token is not valid yet").shared(),
    row(
        "jsonwebtoken (Node.js)",
        (Either, NotYet),
        "jwt not active",
        "NotBeforeError: jwt not active",
    )
    .shared(),
    row(
        "PyJWT",
        (Either, NotYet),
        "token is not yet valid",
        "jwt.exceptions.ImmatureSignatureError: The token is not yet valid (iat)",
    )
    .shared(),
    row(
        "ruby-jwt",
        (Either, NotYet),
        "nbf has not been reached",
        "JWT::ImmatureSignature (Signature nbf has not been reached)",
    ),
    row("ruby-jwt", (Either, NotYet), "JWT::InvalidIatError", "JWT::InvalidIatError: Invalid iat"),
    row("Envoy", (Either, NotYet), "Jwt not yet valid", "Jwt not yet valid").shared(),
    row(
        "Nimbus JOSE",
        (Either, NotYet),
        "JWT before use time",
        "com.nimbusds.jwt.proc.BadJWTException: JWT before use time",
    ),
    row("jsonwebtoken (Rust)", (Either, NotYet), "ImmatureSignature", "Error(ImmatureSignature)"),
    row(
        "pyoidc",
        (Us, NotYet),
        "ssued in the future",
        "oic.exception.IATError: Issued in the future",
    )
    .shared(),
    row(
        "go-jose",
        (Either, NotYet),
        "token not valid yet",
        "validation failed, token not valid yet (nbf)",
    ),
    row(
        "jose (panva)",
        (Either, NotYet),
        "\"nbf\" claim timestamp check failed",
        "JWTClaimValidationFailed: \"nbf\" claim timestamp check failed",
    ),
    row(
        "jose (panva)",
        (Either, NotYet),
        "\"iat\" claim timestamp check failed (it should be in the past)",
        "JWTClaimValidationFailed: \"iat\" claim timestamp check failed (it should be in the past)",
    ),
    row(
        "jose (panva)",
        (Either, Expired),
        "claim timestamp check failed",
        "JWTExpired: \"exp\" claim timestamp check failed",
    ),
    row(
        "Vault",
        (Either, Expired),
        "(exp) claim: token is expired",
        "invalid expiration time (exp) claim: token is expired",
    ),
    row(
        "PyJWT",
        (Either, Expired),
        "Signature has expired",
        "jwt.exceptions.ExpiredSignatureError: Signature has expired",
    )
    .shared(),
    row("jsonwebtoken (Rust)", (Either, Expired), "ExpiredSignature", "Error(ExpiredSignature)"),
    row(
        "Nimbus JOSE",
        (Either, Expired),
        "Expired JWT",
        "com.nimbusds.jwt.proc.BadJWTException: Expired JWT",
    ),
    // Also printed by Adobe IMS: article KA-10565, in fixtures/logs.
    row(
        "JWT",
        (Either, Expired),
        "JWT has expired",
        "{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}",
    )
    .spoken(Adobe, &[Reason::Expired]),
    row("JWT", (Either, Expired), "JWT expired", "JsonWebTokenError: jwt expired"),
    row("JWT", (Either, Expired), "JWT is expired", "Jwt is expired"),
    row("JWT", (Either, Expired), "TokenExpiredError", "TokenExpiredError: jwt expired"),
    row("JWT", (Either, Expired), "token is expired", "token has invalid claims: token is expired"),
    row("JWT", (Either, Expired), "token has expired", "{\"msg\":\"Token has expired\"}"),
    row("JWT", (Either, Expired), "token expired", "Token expired"),
    row(
        "JWT",
        (Either, Expired),
        "expired token",
        "Fatal error: Uncaught ExpiredException: Expired token",
    ),
    row("JWT", (Either, Expired), "ssertion has expired", "invalid_grant: assertion has expired"),
    row("JWT", (Either, Expired), "ssertion expired", "client assertion expired"),
    row("JWT", (Either, Expired), "ssertion is expired", "assertion is expired"),
    row("JWT", (Either, NotYet), "issued at in the future", "token issued at in the future"),
    row(
        "JWT",
        (Either, NotYet),
        "token was issued in the future",
        "The token was issued in the future",
    ),
    row("JWT", (Either, NotYet), "iat is in the future", "iat is in the future"),
    row(
        "JWT",
        (Either, Skewed),
        "check your system clock",
        "Unauthorized; please check your system clock",
    ),
    row(
        "tymon/jwt-auth",
        (Either, NotYet),
        "(iat) timestamp cannot be in the future",
        "Issued At (iat) timestamp cannot be in the future",
    ),
];
