//! Libraries that judge a token by the clock of their own host.

use super::kind::Judge::Us;
use super::kind::Says::{Expired, NotYet};
use super::row::{Entry, row};

pub(super) const ROWS: &[Entry] = &[
    row(
        "jjwt",
        (Us, Expired),
        "JWT expired {gap_ms} milliseconds ago at {exp}. Current time: {local}",
        "JWT expired 195117 milliseconds ago at 2025-04-03T09:51:52.000Z. Current time: 2025-04-03T09:55:07.117Z. Allowed clock skew: 0 milliseconds.",
    ),
    row(
        "jjwt",
        (Us, Expired),
        "JWT expired at {exp}. Current time: {local}, a difference of {gap_ms} milliseconds",
        "JWT expired at 2019-06-03T10:00:00Z. Current time: 2019-06-03T10:00:12Z, a difference of 12345 milliseconds.  Allowed clock skew: 0 milliseconds.",
    ),
    row(
        "jjwt",
        (Us, NotYet),
        "JWT must not be accepted before {nbf}. Current time: {local}, a difference of {gap_ms} milliseconds",
        "JWT must not be accepted before 2023-08-30T09:18:05Z. Current time: 2023-08-30T09:18:02Z, a difference of 2641 milliseconds.  Allowed clock skew: 0 milliseconds.",
    ),
    row(
        "jjwt",
        (Us, NotYet),
        "JWT must not be accepted before {nbf}. Current time: {local}",
        "JWT must not be accepted before 2018-05-14T21:30:05Z. Current time: 2018-05-14T21:29:44Z",
    ),
    row(
        "jjwt",
        (Us, NotYet),
        "JWT early by {gap_ms} milliseconds before {nbf}. Current time: {local}",
        "JWT early by 2641 milliseconds before 2023-08-30T09:18:05Z. Current time: 2023-08-30T09:18:02Z. Allowed clock skew: 0 milliseconds.",
    ),
    row(
        "google-auth",
        (Us, NotYet),
        "Token used too early, {local} < {iat}",
        "Token used too early, 1612345678 < 1612345690. Check that your computer's clock is set correctly.",
    ),
    row(
        "google-auth",
        (Us, Expired),
        "Token used too late, {local} > {exp}",
        "Token used too late, 1612349999 > 1612349590",
    ),
    row("google-auth", (Us, NotYet), "oken used too early", "Token used too early"),
    row("google-auth", (Us, Expired), "oken used too late", "Token used too late"),
    row(
        "IdentityModel",
        (Us, NotYet),
        "IDX10222: Lifetime validation failed. The token is not yet valid. ValidFrom (UTC): {nbf}, Current time (UTC): {local}",
        "IDX10222: Lifetime validation failed. The token is not yet valid. ValidFrom (UTC): '3/14/2024 1:22:41 PM', Current time (UTC): '3/14/2024 1:12:05 PM'.",
    )
    .anchored("IDX10222"),
    row(
        "IdentityModel",
        (Us, NotYet),
        "IDX10222",
        "IDX10222: Lifetime validation failed. The token is not yet valid. ValidFrom: '03/14/2024 13:22:41', Current time: '03/14/2024 13:12:05'.",
    ),
    row(
        "IdentityModel",
        (Us, Expired),
        "IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): {exp}, Current time (UTC): {local}",
        "IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '14/03/2024 13:22:41', Current time (UTC): '14/03/2024 14:12:05'.",
    )
    .anchored("IDX10223"),
    row(
        "IdentityModel",
        (Us, Expired),
        "IDX10223",
        "IDX10223: Lifetime validation failed. The token is expired.",
    ),
    row(
        "Auth0",
        (Us, NotYet),
        "Issued At (iat) claim error in the ID token; current time {local} is before issued at time {iat}",
        "Issued At (iat) claim error in the ID token; current time (1579123619) is before issued at time (1579123700)",
    ),
    row(
        "Auth0",
        (Us, Expired),
        "Expiration Time (exp) claim error in the ID token; current time {local} is after expiration time {exp}",
        "Expiration Time (exp) claim error in the ID token; current time (Thu Apr 25 2024 20:48:52 GMT+0100) is after expiration time (Thu Apr 25 2024 20:10:31 GMT+0100)",
    ),
    row(
        "Auth0",
        (Us, NotYet),
        "Not Before time (nbf) claim in the ID token indicates that this token can't be used just yet. Currrent time {local} is before {nbf}",
        "Not Before time (nbf) claim in the ID token indicates that this token can't be used just yet. Currrent time (1579123619) is before 1579123700",
    ),
    row(
        "go-oidc",
        (Us, Expired),
        "token is expired (Token Expiry: {exp}",
        "oidc: token is expired (Token Expiry: 2024-02-22 14:40:31 -0500 EST)",
    ),
    row(
        "go-oidc",
        (Us, NotYet),
        "current time {local} before the nbf (not before) time: {nbf}",
        "oidc: current time 2024-02-22 14:40:31 -0500 EST m=+12.3 before the nbf (not before) time: 2024-02-22 14:52:00 -0500 EST",
    ),
    row(
        "Elasticsearch",
        (Us, NotYet),
        "claim [iat] value {iat} must be before now {local}",
        "date claim [iat] value [1686737704000] must be before now [1686737581312]",
    ),
    row(
        "Elasticsearch",
        (Us, NotYet),
        "claim [nbf] value {nbf} must be before now {local}",
        "date claim [nbf] value [1686737704000] must be before now [1686737581312]",
    ),
    row(
        "Elasticsearch",
        (Us, Expired),
        "claim [exp] value {exp} must be after now {local}",
        "date claim [exp] value [1686737704000] must be after now [1686737981312]",
    ),
    row(
        "Spring Security",
        (Us, NotYet),
        "Jwt used before {nbf}",
        "An error occurred while attempting to decode the Jwt: Jwt used before 2021-03-04T09:12:10Z",
    ),
    row(
        "Spring Security",
        (Us, Expired),
        "Jwt expired at {exp}",
        "An error occurred while attempting to decode the Jwt: Jwt expired at 2021-03-04T09:12:10Z",
    ),
    row(
        "firebase/php-jwt",
        (Us, NotYet),
        "Cannot handle token with iat prior to {iat}",
        "Cannot handle token with iat prior to 2024-03-04T09:12:10+0000",
    ),
    row(
        "firebase/php-jwt",
        (Us, NotYet),
        "Cannot handle token with nbf prior to {nbf}",
        "Cannot handle token with nbf prior to 2024-03-04T09:12:10+0000",
    ),
    row(
        "firebase/php-jwt",
        (Us, NotYet),
        "Cannot handle token prior to {nbf}",
        "PHP Fatal error:  Uncaught Firebase\\JWT\\BeforeValidException: Cannot handle token prior to 2024-03-04T09:12:10+0000",
    ),
    row(
        "jose4j",
        (Us, Expired),
        "the evaluation time NumericDate{local} is on or after the Expiration Time (exp=NumericDate{exp}",
        "The JWT is no longer valid - the evaluation time NumericDate{1676384501 -> Feb 14, 2023, 3:21:41 PM CET} is on or after the Expiration Time (exp=NumericDate{1676383252 -> Feb 14, 2023, 3:00:52 PM CET})",
    ),
    row(
        "jose4j",
        (Us, NotYet),
        "the evaluation time NumericDate{local} is before the Not Before (nbf=NumericDate{nbf}",
        "the evaluation time NumericDate{1676384501 -> x} is before the Not Before (nbf=NumericDate{1676384600 -> y})",
    ),
    row(
        "Kafka",
        (Us, Expired),
        "Current clock: {local} is later than expiry {exp}",
        "Current clock: Thu Aug 22 12:10:35 CEST 2024 is later than expiry Thu Aug 22 10:38:36 CEST 2024",
    ),
];
