//! Services that judge a token, ticket or message and report the result in words of their own.

use super::kind::Judge::{Either, Provider, Us};
use super::kind::Says::{Expired, NotYet, Refused, Window};
use super::row::{Entry, row};

pub(super) const ROWS: &[Entry] = &[
    row(
        "MSAL",
        (Us, NotYet),
        "The ID token is not yet valid. Make sure your computer's time and time zone are both correct. Current epoch = {local}",
        "0. The ID token is not yet valid. Make sure your computer's time and time zone are both correct. Current epoch = 1715070435.  The id_token was: {",
    )
    .fresh(),
    row(
        "MSAL",
        (Us, Expired),
        "The ID token already expires. Make sure your computer's time and time zone are both correct. Current epoch = {local}",
        "9. The ID token already expires. Make sure your computer's time and time zone are both correct. Current epoch = 1715078435.",
    )
    .fresh(),
    row(
        "MSAL",
        (Us, Expired),
        "The ID token already expires",
        "The ID token already expires. Make sure your computer's time and time zone are both correct",
    )
    .fresh(),
    row(
        "Azure CLI",
        (Us, Expired),
        "The access token expiry UTC time {exp} is earlier than current UTC time {local}",
        "The access token expiry UTC time '4/2/2021 7:09:02 AM' is earlier than current UTC time '4/2/2021 7:31:40 AM'.",
    ),
    row(
        "Kubernetes",
        (Us, Expired),
        "service account token has expired",
        "invalid bearer token, service account token has expired",
    ),
    row(
        "Kubernetes",
        (Us, NotYet),
        "service account token is not valid yet",
        "[invalid bearer token, service account token is not valid yet]",
    ),
    row(
        "Kubernetes",
        (Us, NotYet),
        "service account token is issued in the future",
        "service account token is issued in the future",
    ),
    row(
        "Mozilla AMO",
        (Provider, Refused),
        "Invalid authentication credentials",
        "{\"detail\":\"Invalid authentication credentials.\"}",
    ),
    row(
        "Okta",
        (Us, NotYet),
        "JWT was issued in the future",
        "OAuthError: The JWT was issued in the future",
    ),
    row(
        "Okta",
        (Us, Expired),
        "JWT expired and is no longer valid",
        "OAuthError: The JWT expired and is no longer valid",
    ),
    row(
        "ruby-saml",
        (Us, NotYet),
        "Current time is earlier than NotBefore condition {local} < {nbf}",
        "Current time is earlier than NotBefore condition (2024-02-06 13:10:20 UTC < 2024-02-06 13:10:27 UTC)",
    ),
    row(
        "ruby-saml",
        (Us, Expired),
        "Current time is on or after NotOnOrAfter condition {local} >= {exp}",
        "Current time is on or after NotOnOrAfter condition (2024-02-06 13:10:20 UTC >= 2024-02-06 13:10:10 UTC)",
    ),
    row(
        "OpenSAML",
        (Us, Window),
        "issue time is either too old or with date in the future, skew {}, time {iat}",
        "Response issue time is either too old or with date in the future, skew 60, time 2019-09-03T10:15:42.105Z",
    ),
    row(
        "GnuPG",
        (Us, NotYet),
        "was created {gap} in the future (time warp or clock problem)",
        "gpg: key 7103FB49B3D53065 was created 17227 seconds in the future (time warp or clock problem)",
    ),
    row(
        "SAML",
        (Us, NotYet),
        "not yet valid. Check system clock",
        "Could not validate timestamp: not yet valid. Check system clock.",
    ),
    row(
        "SAML",
        (Us, Expired),
        "expired. Check system clock",
        "Could not validate timestamp: expired. Check system clock.",
    ),
    row(
        "SAML",
        (Us, NotYet),
        "ssertion is not yet valid",
        "SAML assertion is not yet valid, clock skew?",
    ),
    row(
        "Vault",
        (Either, NotYet),
        "token not yet valid",
        "invalid not before (nbf) claim: token not yet valid",
    ),
    row(
        "PostgREST",
        (Either, NotYet),
        "JWTIssuedAtFuture",
        "{\"message\":\"JWTIssuedAtFuture\"}",
    ),
    row(
        "PostgREST",
        (Either, NotYet),
        "JWT issued at future",
        "{\"code\":\"PGRST303\",\"message\":\"JWT issued at future\"}",
    ),
    row(
        "AWS",
        (Provider, Expired),
        "security token included in the request is expired",
        "ExpiredTokenException: The security token included in the request is expired",
    ),
    row(
        "AWS",
        (Provider, Expired),
        "ExpiredToken",
        "An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.",
    ),
    row(
        "One-time passwords",
        (Provider, Window),
        "verification code has expired",
        "Your verification code has expired, check the time of your device",
    ),
    row(
        "openid-client",
        (Us, NotYet),
        "JWT not active yet, now {now}, nbf {nbf}",
        "RPError: JWT not active yet, now 1649681061, nbf 1649681094",
    )
    .fresh(),
    row(
        "openid-client",
        (Us, NotYet),
        "JWT issued in the future, now {now}, iat {iat}",
        "RPError: JWT issued in the future, now 1649681061, iat 1649681094",
    )
    .fresh(),
    row(
        "openid-client",
        (Us, Expired),
        "JWT expired, now {now}, exp {exp}",
        "RPError: JWT expired, now 1649681061, exp 1649681001",
    )
    .fresh(),
    row(
        "mod_auth_openidc",
        (Us, Expired),
        "JWT was issued more than {} seconds ago",
        "\"iat\" validation failure (1700000000): JWT was issued more than 600 seconds ago",
    )
    .anchored("JWT was issued more than"),
    row(
        "OIOSAML",
        (Us, Window),
        "is after allowed time",
        "Logout request NotOnOrAfter (2024-02-06T13:10:10Z) is after allowed time (2024-02-06T13:20:10Z)",
    ),
];
