//! Times and claims that texts state without refusing anything.

use super::Judge::Either;
use super::Says::Fact;
use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "S3",
        (Either, Fact),
        "<requesttime>",
        "<RequestTime>{signed}<",
        "<RequestTime>20220214T031544Z</RequestTime>",
    ),
    row(
        "S3",
        (Either, Fact),
        "<servertime>",
        "<ServerTime>{server}<",
        "<ServerTime>2022-02-14T20:42:23Z</ServerTime>",
    ),
    row("AWS", (Either, Fact), "x-amz-date", "x-amz-date: {sent}", "x-amz-date: 20220214T031544Z"),
    row(
        "Microsoft Entra",
        (Either, Fact),
        "timestamp: 2",
        "Correlation ID: {}Timestamp: {server}",
        "Trace ID: f71e Correlation ID: 2472c07d-d7e1 Timestamp: 2025-02-11 11:47:32Z",
    ),
    row(
        "Microsoft Entra",
        (Either, Fact),
        "\"timestamp\":",
        "\"timestamp\":{server}\"trace_id\"",
        "\"timestamp\":\"2024-06-18 20:51:38Z\",\"trace_id\":\"fdfb4f6b\"",
    ),
    row(
        "OAuth 1",
        (Either, Fact),
        "oauth_timestamp",
        "oauth_timestamp={sent}",
        "oauth_timestamp=\"1553148726\"",
    ),
    row(
        "Kerberos",
        (Either, Fact),
        "server time (utc)",
        "Server time (UTC): {server}",
        "[-] Server time (UTC): 2022-02-14 20:42:23",
    ),
    row(
        "Azure SAS",
        (Either, Fact),
        ",timestamp:",
        ",TimeStamp:{server}",
        "TrackingId:0a1b,TimeStamp:3/14/2018 1:22:41 PM",
    ),
    row(
        "Exchange interfaces",
        (Either, Fact),
        "\"servertime\"",
        "\"serverTime\":{server}",
        "{\"serverTime\":1499827319559}",
    ),
    row(
        "MSAL",
        (Either, Fact),
        "current epoch",
        "Current epoch = {local}",
        "Current epoch = 1715070435",
    ),
    row(
        "IdentityModel",
        (Either, Fact),
        "current time (utc)",
        "Current time (UTC): {local}",
        "Current time (UTC): '3/14/2024 1:12:05 PM'",
    ),
    row(
        "IdentityModel",
        (Either, Fact),
        "validto (utc)",
        "ValidTo (UTC): {exp}",
        "ValidTo (UTC): '3/14/2024 1:12:05 PM'",
    ),
    row(
        "IdentityModel",
        (Either, Fact),
        "validfrom (utc)",
        "ValidFrom (UTC): {nbf}",
        "ValidFrom (UTC): '3/14/2024 1:12:05 PM'",
    ),
    row(
        "jsonwebtoken (Node.js)",
        (Either, Fact),
        "expiredat:",
        "expiredAt: {exp}",
        "  expiredAt: 2019-06-03T10:00:00.000Z }",
    ),
    row(
        "Snowflake",
        (Either, Fact),
        "invalid_issue_time",
        "JWT_TOKEN_INVALID_ISSUE_TIME\",\"timestamp\":{server}",
        "{\"errorCode\":\"JWT_TOKEN_INVALID_ISSUE_TIME\",\"timestamp\":1728418411}",
    ),
    row(
        "Azure",
        (Either, Fact),
        "x-ms-date",
        "x-ms-date: {sent}",
        "x-ms-date: Thu, 29 May 2025 06:18:55 GMT",
    ),
    row(
        "Hawk",
        (Either, Fact),
        "hawk id=",
        "Hawk id={}ts={sent}",
        "Authorization: Hawk id=\"b0c1\", ts=\"1736400005\", nonce=\"x9Kd2A==\"",
    ),
];
