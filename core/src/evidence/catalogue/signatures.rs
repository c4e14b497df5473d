//! Signed requests, in which the provider compares the time of signing with its own clock.

use super::kind::Judge::{Peers, Provider, Us};
use super::kind::Says::{Expired, NotYet, Skewed};
use super::row::{Entry, row};

pub(super) const ROWS: &[Entry] = &[
    // The second stamp is the server's time minus the limit, not its current time.
    row(
        "AWS SigV4",
        (Provider, Expired),
        "Signature expired: {signed} is now earlier than {} ({server} - {limit_min} min",
        "Signature expired: 20241002T061158Z is now earlier than 20241002T080450Z (20241002T081950Z - 15 min.)",
    ),
    row(
        "AWS SigV4",
        (Provider, NotYet),
        "Signature not yet current: {signed} is still later than {} ({server} + {limit_min} min",
        "Signature not yet current: 20230619T134502Z is still later than 20230619T134351Z (20230619T133851Z + 5 min.)",
    ),
    row(
        "AWS SigV4",
        (Provider, Expired),
        "Signature expired",
        "{\"detail\":\"Signature expired\"}",
    ),
    row(
        "S3",
        (Provider, Skewed),
        "RequestTimeTooSkewed",
        "An error occurred (RequestTimeTooSkewed) when calling the PutObject operation",
    ),
    row(
        "S3",
        (Provider, Skewed),
        "The difference between the request time and the",
        "The difference between the request time and the server's time is too large.",
    ),
    row(
        "AWS",
        (Provider, Expired),
        "RequestExpired",
        "An error occurred (RequestExpired) when calling the DescribeInstances operation: Request has expired.",
    ),
    row(
        "AWS",
        (Provider, Expired),
        "Request has expired",
        "<Code>AccessDenied</Code><Message>Request has expired</Message>",
    ),
    row(
        "AWS",
        (Provider, Skewed),
        "Date or Timestamp must be within",
        "Date or Timestamp must be within 900 seconds of the server",
    ),
    row(
        "OAuth 1",
        (Provider, Skewed),
        "timestamp_refused",
        "OAuth oauth_problem=\"timestamp_refused\", realm=\"example.com\"",
    ),
    row(
        "OAuth 1",
        (Provider, Skewed),
        "Timestamp out of bounds",
        "{\"errors\":[{\"code\":135,\"message\":\"Timestamp out of bounds.\"}]}",
    ),
    row(
        "OAuth 1",
        (Provider, Expired),
        "expired timestamp",
        "Expired timestamp, given 1489000000 and now 1489004000 has a greater difference than threshold 300",
    ),
    row(
        "Exchange interfaces",
        (Provider, NotYet),
        "{gap_ms}ms ahead of the server",
        "{\"code\":-1021,\"msg\":\"Timestamp for this request was 1000ms ahead of the server's time.\"}",
    ),
    row(
        "Exchange interfaces",
        (Provider, Skewed),
        "outside of the recvWindow",
        "{\"code\":-1021,\"msg\":\"Timestamp for this request is outside of the recvWindow.\"}",
    ),
    row(
        "Exchange interfaces",
        (Provider, Skewed),
        "check your server timestamp or recv_window param. req_timestamp[{signed}],server_timestamp[{server}],recv_window[{limit_ms}]",
        "invalid request, please check your server timestamp or recv_window param. req_timestamp[1708406911105],server_timestamp[1708406920029],recv_window[5000]",
    )
    .anchored("recv_window param"),
    row(
        "Exchange interfaces",
        (Provider, Skewed),
        "check your server timestamp",
        "invalid request, please check your server timestamp or recv_window param. req_timestamp[1708406911105],server_timestamp[1708406920029],recv_window[5000]",
    ),
    row(
        "Duo",
        (Provider, Skewed),
        "Bad request timestamp",
        "{\"code\": 40105, \"message\": \"Bad request timestamp\", \"stat\": \"FAIL\"}",
    ),
    row(
        "MTProto",
        (Provider, NotYet),
        "msg_id is too high",
        "BadMsgNotification: [17] The msg_id is too high, the client time has to be synchronized",
    ),
    row(
        "MTProto",
        (Provider, Expired),
        "msg_id is too low",
        "BadMsgNotification: [16] The msg_id is too low, the client time has to be synchronized",
    ),
    row(
        "Request signing",
        (Provider, Skewed),
        "request timestamp",
        "401 Unauthorized: request timestamp is too old or too far in the future",
    ),
    row(
        "Kerberos",
        (Provider, Skewed),
        "KRB_AP_ERR_SKEW",
        "Kerberos SessionError: KRB_AP_ERR_SKEW(Clock skew too great)",
    ),
    row(
        "Kerberos",
        (Provider, Skewed),
        "Clock skew too great",
        "kinit: Clock skew too great while getting initial credentials",
    ),
    row(
        "Azure",
        (Provider, Skewed),
        "Server failed to authenticate the request. Make sure the value of Authorization header",
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
    ),
    row(
        "Ceph",
        (Peers, Skewed),
        "clock skew detected",
        "HEALTH_WARN clock skew detected on mon.store03, mon.store04",
    ),
    row(
        "Zendesk",
        (Provider, Skewed),
        "Invalid iat parameter",
        "message=Invalid+iat+parameter.+The+supplied+iat+value+is+more+than+3+minutes+off",
    )
    .anchored("iat+parameter"),
    row(
        "Zendesk",
        (Provider, Skewed),
        "Invalid iat parameter",
        "Invalid iat parameter. The supplied iat value is more than 3 minutes off, check your server clock.",
    ),
    row(
        "Oracle Cloud",
        (Provider, Skewed),
        "Date {signed} is not within allowed clock skew. Current {server}",
        "Date 'Sat, 07 Jun 2025 01:58:42 UTC' is not within allowed clock skew. Current 'Sat, 07 Jun 2025 02:19:45 UTC', valid datetime range",
    ),
    row(
        "Slack",
        (Us, Skewed),
        "must differ from system time by no more than",
        "x-slack-request-timestamp must differ from system time by no more than 5 minutes or request is stale",
    ),
    row(
        "Stripe",
        (Us, Skewed),
        "Timestamp outside the tolerance zone",
        "Stripe::SignatureVerificationError (Timestamp outside the tolerance zone (2023-08-31 14:02:10 +0000))",
    ),
    row(
        "Exchange interfaces",
        (Provider, Expired),
        "Timestamp request expired",
        "{\"msg\":\"Timestamp request expired\",\"code\":\"50102\"}",
    ),
    row(
        "Hawk",
        (Provider, Skewed),
        "Invalid timestamp in request signature",
        "{\"errno\":111,\"message\":\"Invalid timestamp in request signature\"}",
    ),
    row(
        "MongoDB",
        (Us, NotYet),
        "New cluster time, {server}, is too far from this node's wall clock time, {local}",
        "New cluster time, 1715002334, is too far from this node's wall clock time, 1683293531.",
    ),
    row(
        "etcd",
        (Peers, Skewed),
        "prober found high clock drift",
        "{\"level\":\"warn\",\"msg\":\"prober found high clock drift\"}",
    ),
    row(
        "OVHcloud",
        (Provider, Skewed),
        "Query out of time",
        "{\"errorCode\":\"QUERY_TIME_OUT\",\"message\":\"Query out of time\"}",
    ),
    row(
        "Windows",
        (Provider, Skewed),
        "NT_STATUS_TIME_DIFFERENCE_AT_DC",
        "session setup failed: NT_STATUS_TIME_DIFFERENCE_AT_DC",
    ),
    row(
        "Windows",
        (Provider, Skewed),
        "SEC_E_TIME_SKEW",
        "SEC_E_TIME_SKEW (0x80090324) - The clocks on the client and server machines are skewed.",
    ),
    row(
        "Windows",
        (Provider, Skewed),
        "clocks on the client and server machines are skewed",
        "The clocks on the client and server machines are skewed.",
    ),
    row(
        "KuCoin",
        (Provider, Skewed),
        "Invalid KC-API-TIMESTAMP",
        "{\"code\":\"400002\",\"msg\":\"Invalid KC-API-TIMESTAMP\"}",
    ),
    row(
        "Kraken",
        (Provider, Skewed),
        "EAPI:Invalid nonce",
        "{\"error\":[\"EAPI:Invalid nonce\"]}",
    ),
    row(
        "Slack",
        (Us, Expired),
        "Failed to verify authenticity: stale",
        "[ERROR] bolt-app Failed to verify authenticity: stale",
    ),
    row(
        "Ceph",
        (Peers, Skewed),
        "clock skew {gap} > max",
        "mon.store03 clock skew 0.269938s > max 0.05s (latency 0.00380513s)",
    )
    .anchored("clock skew"),
    row(
        "Tor",
        (Peers, Skewed),
        "our clock is ahead by {gap}, or that theirs is behind",
        "It seems that our clock is ahead by 2362 days, 13 hours, 49 minutes, or that theirs is behind.",
    )
    .anchored("or that theirs is behind"),
    row(
        "Tor",
        (Peers, Skewed),
        "our clock is behind by {} or that theirs is ahead",
        "It seems that our clock is behind by 5 hours, 14 minutes, or that theirs is ahead.",
    )
    .anchored("or that theirs is ahead"),
    row(
        "IoT Edge",
        (Us, Skewed),
        "Time on the device is out of sync with the NTP server",
        "Time on the device is out of sync with the NTP server. This may cause problems connecting to IoT Hub.",
    ),
    row(
        "Authelia",
        (Us, Skewed),
        "system clock is not synchronized accurately enough",
        "the system clock is not synchronized accurately enough with the configured NTP server",
    ),
];
