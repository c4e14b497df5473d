//! Times and claims that texts state without a refusal.

use super::kind::Judge::Either;
use super::kind::Says::Fact;
use super::row::{Entry, row};

pub(super) const ROWS: &[Entry] = &[
    row(
        "S3",
        (Either, Fact),
        "<RequestTime>{signed}<",
        "<RequestTime>20220214T031544Z</RequestTime>",
    ),
    row(
        "S3",
        (Either, Fact),
        "<ServerTime>{server}<",
        "<ServerTime>2022-02-14T20:42:23Z</ServerTime>",
    ),
    row("AWS", (Either, Fact), "x-amz-date: {sent}", "x-amz-date: 20220214T031544Z"),
    row(
        "Microsoft Entra",
        (Either, Fact),
        "Correlation ID: {}Timestamp: {server}",
        "Trace ID: f71e Correlation ID: 2472c07d-d7e1 Timestamp: 2025-02-11 11:47:32Z",
    )
    .anchored("Timestamp: 2"),
    row(
        "Microsoft Entra",
        (Either, Fact),
        "\"timestamp\":{server}\"trace_id\"",
        "\"timestamp\":\"2024-06-18 20:51:38Z\",\"trace_id\":\"fdfb4f6b\"",
    )
    .anchored("\"timestamp\":"),
    row("OAuth 1", (Either, Fact), "oauth_timestamp={sent}", "oauth_timestamp=\"1553148726\""),
    row(
        "Kerberos",
        (Either, Fact),
        "Server time (UTC): {server}",
        "[-] Server time (UTC): 2022-02-14 20:42:23",
    ),
    row(
        "Azure SAS",
        (Either, Fact),
        ",TimeStamp:{server}",
        "TrackingId:0a1b,TimeStamp:3/14/2018 1:22:41 PM",
    ),
    row(
        "Exchange interfaces",
        (Either, Fact),
        "\"serverTime\":{server}",
        "{\"serverTime\":1499827319559}",
    ),
    row("MSAL", (Either, Fact), "Current epoch = {local}", "Current epoch = 1715070435"),
    row(
        "IdentityModel",
        (Either, Fact),
        "Current time (UTC): {local}",
        "Current time (UTC): '3/14/2024 1:12:05 PM'",
    ),
    row(
        "IdentityModel",
        (Either, Fact),
        "ValidTo (UTC): {exp}",
        "ValidTo (UTC): '3/14/2024 1:12:05 PM'",
    ),
    row(
        "IdentityModel",
        (Either, Fact),
        "ValidFrom (UTC): {nbf}",
        "ValidFrom (UTC): '3/14/2024 1:12:05 PM'",
    ),
    row(
        "jsonwebtoken (Node.js)",
        (Either, Fact),
        "expiredAt: {exp}",
        "  expiredAt: 2019-06-03T10:00:00.000Z }",
    ),
    row(
        "Snowflake",
        (Either, Fact),
        "JWT_TOKEN_INVALID_ISSUE_TIME\",\"timestamp\":{server}",
        "{\"errorCode\":\"JWT_TOKEN_INVALID_ISSUE_TIME\",\"timestamp\":1728418411}",
    ),
    row("Azure", (Either, Fact), "x-ms-date: {sent}", "x-ms-date: Thu, 29 May 2025 06:18:55 GMT"),
    row(
        "Hawk",
        (Either, Fact),
        "Hawk id={}ts={sent}",
        "Authorization: Hawk id=\"b0c1\", ts=\"1736400005\", nonce=\"x9Kd2A==\"",
    ),
];
