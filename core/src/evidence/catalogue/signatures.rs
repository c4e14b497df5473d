//! Signed requests: the provider compares our signing time with its clock.

use super::Judge::Provider;
use super::Says::{Expired, NotYet, Skewed};
use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    // The second stamp is the server's time less the limit, not its "now".
    row(
        "AWS SigV4",
        (Provider, Expired),
        "signature expired",
        "Signature expired: {signed} is now earlier than {} ({server} - {limit_min} min",
        "Signature expired: 20241002T061158Z is now earlier than 20241002T080450Z (20241002T081950Z - 15 min.)",
    ),
    row(
        "AWS SigV4",
        (Provider, NotYet),
        "not yet current",
        "Signature not yet current: {signed} is still later than {} ({server} + {limit_min} min",
        "Signature not yet current: 20230619T134502Z is still later than 20230619T134351Z (20230619T133851Z + 5 min.)",
    ),
    row(
        "AWS SigV4",
        (Provider, Expired),
        "signature expired",
        "Signature expired",
        "{\"detail\":\"Signature expired\"}",
    ),
    row(
        "S3",
        (Provider, Skewed),
        "timetooskewed",
        "RequestTimeTooSkewed",
        "An error occurred (RequestTimeTooSkewed) when calling the PutObject operation",
    ),
    row(
        "S3",
        (Provider, Skewed),
        "request time and the",
        "The difference between the request time and the",
        "The difference between the request time and the server's time is too large.",
    ),
    row(
        "AWS",
        (Provider, Expired),
        "requestexpired",
        "RequestExpired",
        "An error occurred (RequestExpired) when calling the DescribeInstances operation: Request has expired.",
    ),
    row(
        "AWS",
        (Provider, Expired),
        "request has expired",
        "Request has expired",
        "<Code>AccessDenied</Code><Message>Request has expired</Message>",
    ),
    row(
        "AWS",
        (Provider, Skewed),
        "timestamp must be within",
        "Date or Timestamp must be within",
        "Date or Timestamp must be within 900 seconds of the server",
    ),
    row(
        "OAuth 1",
        (Provider, Skewed),
        "timestamp_refused",
        "timestamp_refused",
        "OAuth oauth_problem=\"timestamp_refused\", realm=\"example.com\"",
    ),
    row(
        "OAuth 1",
        (Provider, Skewed),
        "timestamp out of bounds",
        "Timestamp out of bounds",
        "{\"errors\":[{\"code\":135,\"message\":\"Timestamp out of bounds.\"}]}",
    ),
    row(
        "OAuth 1",
        (Provider, Expired),
        "expired timestamp",
        "expired timestamp",
        "Expired timestamp, given 1489000000 and now 1489004000 has a greater difference than threshold 300",
    ),
    row(
        "Exchange interfaces",
        (Provider, NotYet),
        "ahead of the server",
        "ahead of the server",
        "{\"code\":-1021,\"msg\":\"Timestamp for this request was 1000ms ahead of the server's time.\"}",
    ),
    row(
        "Exchange interfaces",
        (Provider, Skewed),
        "outside of the recv",
        "outside of the recvWindow",
        "{\"code\":-1021,\"msg\":\"Timestamp for this request is outside of the recvWindow.\"}",
    ),
    row(
        "Request signing",
        (Provider, Skewed),
        "request timestamp",
        "request timestamp",
        "401 Unauthorized: request timestamp is too old or too far in the future",
    ),
    row(
        "Kerberos",
        (Provider, Skewed),
        "krb_ap_err_skew",
        "KRB_AP_ERR_SKEW",
        "Kerberos SessionError: KRB_AP_ERR_SKEW(Clock skew too great)",
    ),
    row(
        "Kerberos",
        (Provider, Skewed),
        "clock skew too great",
        "Clock skew too great",
        "kinit: Clock skew too great while getting initial credentials",
    ),
    row(
        "Azure",
        (Provider, Skewed),
        "server failed to authenticate",
        "Server failed to authenticate the request. Make sure the value of Authorization header",
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
    ),
    row(
        "Zendesk",
        (Provider, Skewed),
        "invalid iat",
        "Invalid iat parameter",
        "Invalid iat parameter. The supplied iat value is more than 3 minutes off, check your server clock.",
    ),
];
