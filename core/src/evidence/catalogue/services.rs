//! Services that judge a token, ticket or message and say so in words of their own.

use super::Judge::{Either, Provider, Us};
use super::Says::{Expired, NotYet, Refused, Window};
use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "MSAL",
        (Us, NotYet),
        "id token is not yet valid",
        "The ID token is not yet valid. Make sure your computer's time and time zone are both correct. Current epoch = {local}",
        "0. The ID token is not yet valid. Make sure your computer's time and time zone are both correct. Current epoch = 1715070435.  The id_token was: {",
    ),
    row(
        "MSAL",
        (Us, Expired),
        "id token already expires",
        "The ID token already expires. Make sure your computer's time and time zone are both correct. Current epoch = {local}",
        "9. The ID token already expires. Make sure your computer's time and time zone are both correct. Current epoch = 1715078435.",
    )
    .fresh(),
    row(
        "MSAL",
        (Us, Expired),
        "id token already expires",
        "The ID token already expires",
        "The ID token already expires. Make sure your computer's time and time zone are both correct",
    )
    .fresh(),
    row(
        "Azure CLI",
        (Us, Expired),
        "access token expiry",
        "The access token expiry UTC time {exp} is earlier than current UTC time {local}",
        "The access token expiry UTC time '4/2/2021 7:09:02 AM' is earlier than current UTC time '4/2/2021 7:31:40 AM'.",
    ),
    row(
        "Kubernetes",
        (Us, Expired),
        "account token has expired",
        "service account token has expired",
        "invalid bearer token, service account token has expired",
    ),
    row(
        "Kubernetes",
        (Us, NotYet),
        "account token is not valid yet",
        "service account token is not valid yet",
        "[invalid bearer token, service account token is not valid yet]",
    ),
    row(
        "Kubernetes",
        (Us, NotYet),
        "account token is issued in the future",
        "service account token is issued in the future",
        "service account token is issued in the future",
    ),
    row(
        "Mozilla AMO",
        (Provider, Refused),
        "invalid authentication credentials",
        "Invalid authentication credentials",
        "{\"detail\":\"Invalid authentication credentials.\"}",
    ),
    row(
        "Okta",
        (Us, NotYet),
        "jwt was issued in the future",
        "JWT was issued in the future",
        "OAuthError: The JWT was issued in the future",
    ),
    row(
        "Okta",
        (Us, Expired),
        "expired and is no longer valid",
        "JWT expired and is no longer valid",
        "OAuthError: The JWT expired and is no longer valid",
    ),
    row(
        "SAML",
        (Us, NotYet),
        "not yet valid. check system clock",
        "not yet valid. Check system clock",
        "Could not validate timestamp: not yet valid. Check system clock.",
    ),
    row(
        "SAML",
        (Us, Expired),
        "expired. check system clock",
        "expired. Check system clock",
        "Could not validate timestamp: expired. Check system clock.",
    ),
    row(
        "SAML",
        (Us, NotYet),
        "assertion is not yet valid",
        "ssertion is not yet valid",
        "SAML assertion is not yet valid, clock skew?",
    ),
    row(
        "Vault",
        (Either, NotYet),
        "token not yet valid",
        "token not yet valid",
        "invalid not before (nbf) claim: token not yet valid",
    ),
    row(
        "PostgREST",
        (Either, NotYet),
        "jwtissuedatfuture",
        "JWTIssuedAtFuture",
        "{\"message\":\"JWTIssuedAtFuture\"}",
    ),
    row(
        "PostgREST",
        (Either, NotYet),
        "jwt not yet valid",
        "JWT not yet valid",
        "{\"code\":\"PGRST303\",\"message\":\"JWT not yet valid\"}",
    ),
    row(
        "PostgREST",
        (Either, NotYet),
        "jwt issued at future",
        "JWT issued at future",
        "{\"code\":\"PGRST303\",\"message\":\"JWT issued at future\"}",
    ),
    row(
        "AWS",
        (Provider, Expired),
        "included in the request is expired",
        "security token included in the request is expired",
        "ExpiredTokenException: The security token included in the request is expired",
    ),
    row(
        "AWS",
        (Provider, Expired),
        "expiredtoken",
        "ExpiredToken",
        "An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.",
    ),
    row(
        "One-time passwords",
        (Provider, Window),
        "verification code has expired",
        "verification code has expired",
        "Your verification code has expired, check the time of your device",
    ),
];
