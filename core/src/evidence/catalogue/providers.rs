//! Assertions (RFC 7523) and tokens that a provider judges by its own clock.

use super::kind::Judge::{Either, Peers, Provider};
use super::kind::Says::{Expired, Lifetime, Malformed, Refused, Skewed, TooFar, Window};
use super::row::{Entry, row};
use super::spoken::Reason::{self, Future, NotYet, TooLong, TooOld};
use super::spoken::Speaker::{self, Adobe, Google, Keycloak};
use crate::judge::dialect::{APNS_SECS, APP_STORE_SECS, BOX_SECS, GITHUB_SECS, GOOGLE_SECS};

pub(super) const ROWS: &[Entry] = &[
    row(
        "AWS STS",
        (Provider, Expired),
        "current date/time {server} must be before the expiration date/time{exp}",
        "Token expired: current date/time 1701296133 must be before the expiration date/time1701295906",
    ),
    row(
        "Microsoft Entra",
        (Provider, Window),
        "AADSTS700024: Client assertion is not within its valid time range. Current time: {server}, assertion valid from {nbf}, expiry time of assertion {exp}",
        "AADSTS700024: Client assertion is not within its valid time range. Current time: 2025-02-11T11:47:32.6150118Z, assertion valid from 1970-01-01T00:00:00.0000000Z, expiry time of assertion 2025-02-11T08:30:05.0000000Z.",
    )
    .anchored("AADSTS700024"),
    row(
        "Microsoft Entra",
        (Provider, Window),
        "ssertion is not within its valid time range",
        "AADSTS50012: Client assertion is not within its valid time range.",
    ),
    row(
        "Microsoft Entra",
        (Provider, Window),
        "AADSTS700024",
        "error_codes: [700024] AADSTS700024",
    ),
    row(
        "Microsoft Entra",
        (Provider, Refused),
        "AADSTS50013",
        "AADSTS50013: Assertion failed signature validation.",
    ),
    row(
        "Docker registry",
        (Peers, Window),
        "token not to be used before {nbf} or after {exp} - currently {local}",
        "token not to be used before 1691991107 or after 1691992008 - currently 1691991080",
    ),
    // The complete answer: fixtures/cases/016-google-assertion-half-hour-ahead.http.
    row(
        "Google",
        (Provider, Window),
        "Token must be a short-lived token",
        "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values",
    )
    .capped(GOOGLE_SECS)
    .spoken_as(
        Google,
        &[Reason::Expired, NotYet, Future, TooOld, TooLong],
        "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable \
         timeframe. Check your iat and exp values in the JWT claim.",
    ),
    // The words blame the type of the number, but the cause is usually an `iat` in the future.
    row(
        "GitHub",
        (Provider, Window),
        "'Issued at' claim ('iat') must be an Integer representing the time",
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    )
    .capped(GITHUB_SECS),
    row(
        "GitHub",
        (Provider, Malformed),
        "JSON web token could not be decoded",
        "{\"message\":\"A JSON web token could not be decoded\"}",
    ),
    row(
        "GitHub",
        (Provider, TooFar),
        "claim ('exp') is too far in the future",
        "{\"message\":\"'Expiration time' claim ('exp') is too far in the future\"}",
    )
    .capped(GITHUB_SECS),
    row(
        "GitHub",
        (Provider, Expired),
        "claim ('exp') must be a numeric value representing the future time",
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    )
    .capped(GITHUB_SECS),
    row(
        "Salesforce",
        (Provider, Window),
        "expired authorization code",
        "{\"error\":\"invalid_grant\",\"error_description\":\"expired authorization code\"}",
    ),
    row(
        "Salesforce",
        (Provider, Refused),
        "invalid assertion",
        "{\"error\":\"invalid_grant\",\"error_description\":\"invalid assertion\"}",
    ),
    row(
        "Snowflake",
        (Provider, Refused),
        "JWT token is invalid",
        "390144 (08004): JWT token is invalid. [4f6c2d8e-1111-2222-3333-444455556666]",
    ),
    // Keycloak, AbstractBaseJWTValidator and JWTAuthorizationGrantValidator, as in all of its rows.
    row(
        "Keycloak",
        (Either, Window),
        "Token is not active",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Token is not active\"}",
    )
    .spoken(Keycloak, &[Reason::Expired, NotYet]),
    row(
        "Keycloak",
        (Provider, TooFar),
        "Token expiration is too far in the future",
        "Token expiration is too far in the future and iat claim not present in token",
    )
    .spoken_as(
        Keycloak,
        &[TooLong],
        "Token expiration is too far in the future and iat claim not present in token",
    ),
    row(
        "Auth0",
        (Provider, Lifetime),
        "'exp' claim must specify a time that is no more than",
        "'exp' claim must specify a time that is no more than 5 minutes after 'iat'",
    ),
    // Answers of Adobe IMS quoted in support threads.
    row(
        "Adobe IMS",
        (Provider, Malformed),
        "JWT token is incorrectly formatted",
        "JWT token is incorrectly formatted, and can not be decoded.",
    )
    .spoken_as(
        Adobe,
        &[Reason::Malformed],
        "JWT token is incorrectly formatted, and can not be decoded.",
    )
    .with_invalid_token(),
    row(
        "Amazon Cognito",
        (Provider, Expired),
        "Token expired: {server} >= {exp}",
        "NotAuthorizedException: Invalid login token. Token expired: 1665643262 >= 1665643018",
    ),
    row(
        "Azure Cosmos DB",
        (Provider, Window),
        "token start time: {signed}, token expiry time: {exp}, current server time: {server})",
        "The authorization token is not valid at the current time. Please create another token and retry (token start time: Tue, 26 Dec 2023 23:06:36 GMT, token expiry time: Tue, 26 Dec 2023 23:21:36 GMT, current server time: Tue, 26 Dec 2023 23:32:02 GMT).",
    ),
    // fixtures/cases/051-box-exp-claim-one-hour.http.
    row(
        "Box",
        (Provider, Window),
        "Please check the 'exp' claim",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Please check the 'exp' claim.\"}",
    )
    .anchored("check the 'exp' claim")
    .capped(BOX_SECS)
    .spoken_as(Speaker::Box, &[Reason::Expired, TooLong], "Please check the 'exp' claim."),
    row(
        "Twilio",
        (Provider, Lifetime),
        "Exceeds Maximum Time Allowed",
        "{\"code\": 20157, \"message\": \"Expiration Time in the Access Token Exceeds Maximum Time Allowed\"}",
    ),
    row(
        "Twilio",
        (Provider, Window),
        "Invalid Expiration in Token",
        "20156 Expired or Invalid Expiration in Token",
    ),
    row(
        "App Store Connect",
        (Provider, Refused),
        "make sure that it has not expired",
        "Provide a properly configured and signed bearer token, and make sure that it has not expired.",
    )
    .capped(APP_STORE_SECS),
    row(
        "APNs",
        (Provider, Expired),
        "ExpiredProviderToken",
        "{\"reason\":\"ExpiredProviderToken\"}",
    )
    .capped(APNS_SECS),
    row(
        "APNs",
        (Provider, Skewed),
        "TooManyProviderTokenUpdates",
        "{\"reason\":\"TooManyProviderTokenUpdates\"}",
    ),
    row(
        "APNs",
        (Provider, Refused),
        "InvalidProviderToken",
        "{\"reason\":\"InvalidProviderToken\"}",
    ),
    row(
        "Azure SAS",
        (Provider, Expired),
        "ExpiredToken: The token is expired. Expiration time: {exp}",
        "ExpiredToken: The token is expired. Expiration time: '2022-05-03 08:14:09Z'. TrackingId:0a1b, SystemTracker:x",
    ),
    row(
        "Azure SAS",
        (Provider, Expired),
        "ExpiredToken: . TrackingId",
        "ExpiredToken: . TrackingId:0a1b,TimeStamp:3/14/2018 1:22:41 PM",
    ),
    row(
        "Azure SAS",
        (Provider, Expired),
        "SAS token is expired",
        "The specified SAS token is expired",
    ),
    row(
        "Azure SAS",
        (Provider, Window),
        "Signature not valid in the specified time frame: Start {nbf} - Expiry {exp} - Current {server}",
        "Signature not valid in the specified time frame: Start [Tue, 12 Mar 2024 09:21:47 GMT] - Expiry [Tue, 12 Mar 2024 10:21:47 GMT] - Current [Tue, 12 Mar 2024 09:20:02 GMT]",
    ),
    row("OAuth 2", (Provider, Refused), "invalid_grant", "{\"error\":\"invalid_grant\"}"),
    row("OAuth 2", (Provider, Refused), "invalid_client", "{\"error\":\"invalid_client\"}"),
    row(
        "OAuth 2",
        (Provider, Refused),
        "invalid_token",
        "WWW-Authenticate: Bearer error=\"invalid_token\"",
    )
    .bearer(),
    row(
        "Docker registry",
        (Provider, Refused),
        "\"message\":\"authentication required\"",
        "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\",\"detail\":null}]}",
    )
    .bearer(),
    row("HTTP", (Provider, Refused), "401 Unauthorized", "HTTP/1.1 401 Unauthorized").bearer(),
    row(
        "OpenStack",
        (Provider, Refused),
        "requires authentication. (HTTP 401)",
        "The request you have made requires authentication. (HTTP 401) (Request-ID: req-6a0f2f0f)",
    ),
    row(
        "MQTT",
        (Provider, Refused),
        "0x5: Not Authorized",
        "Connection Not Accepted: 0x5: Not Authorized",
    ),
    row(
        "Snowflake",
        (Provider, Window),
        "JWT_TOKEN_INVALID_ISSUE_TIME",
        "{\"errorCode\":\"JWT_TOKEN_INVALID_ISSUE_TIME\",\"timestamp\":1728418411}",
    ),
    row(
        "MQTT",
        (Provider, Refused),
        "Connection Refused: not authori",
        "Connection error: Connection Refused: not authorised.",
    ),
];
