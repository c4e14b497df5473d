//! The causes that tell a user what to do next: smallest texts for each, and for the edges between two.

use super::table::{compare, diagnose, said};

const ROWS: &[(&str, &str, &str)] = &[
    (
        "assertion of ten minutes used after three hours",
        r#"2024-05-14T06:00:01.104Z made an assertion {"iss":"agent","iat":1715666401,"exp":1715667001}
2024-05-14T06:00:01.205Z POST https://id.example.com/token
2024-05-14T06:00:01.316Z < HTTP/1.1 200 OK
2024-05-14T06:00:01.316Z < Date: Tue, 14 May 2024 06:00:01 GMT
2024-05-14T09:00:10.104Z POST https://id.example.com/token
2024-05-14T09:00:10.316Z < HTTP/1.1 400 Bad Request
2024-05-14T09:00:10.316Z < Date: Tue, 14 May 2024 09:00:10 GMT
2024-05-14T09:00:10.317Z {"error":"invalid_grant","error_description":"JWT has expired"}
"#,
        "expired cleared",
    ),
    (
        "bearer token presented 26 min after its end",
        r#"2024-05-14T09:26:10.104Z GET https://api.example.com/orders
2024-05-14T09:26:10.105Z Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJpZCIsImlhdCI6MTcxNTY3MzYwMCwiZXhwIjoxNzE1Njc3MjAwfQ.c2ln
2024-05-14T09:26:10.316Z < HTTP/1.1 401 Unauthorized
2024-05-14T09:26:10.316Z < Date: Tue, 14 May 2024 09:26:10 GMT
2024-05-14T09:26:10.317Z {"error":"invalid_token","error_description":"The access token expired"}
"#,
        "expired cleared",
    ),
    (
        "announced lifetime that ended, cured by a restart",
        r#"2024-05-14T06:00:01Z worker started, token obtained, expires_in=3600
2024-05-14T06:20:01Z GET /orders 200
2024-05-14T06:40:01Z GET /orders 200
2024-05-14T07:00:05Z GET /orders 401 {"message":"jwt expired"}
2024-05-14T07:20:05Z GET /orders 401 {"message":"jwt expired"}
2024-05-14T07:30:00Z worker restarted, token obtained, expires_in=3600
2024-05-14T07:40:05Z GET /orders 200
"#,
        "expired cleared proven",
    ),
    (
        "only the long request is too old",
        r#"2024-05-14T09:00:00.100Z PUT /small 1 KB
2024-05-14T09:00:00.300Z < HTTP/1.1 200 OK
2024-05-14T09:00:00.300Z < Date: Tue, 14 May 2024 09:00:00 GMT
2024-05-14T09:01:00.100Z PUT /large 9 GB
2024-05-14T09:19:00.316Z < HTTP/1.1 403 Forbidden
2024-05-14T09:19:00.316Z < Date: Tue, 14 May 2024 09:19:00 GMT
2024-05-14T09:19:00.317Z <Code>RequestTimeTooSkewed</Code><RequestTime>20240514T090100Z</RequestTime><ServerTime>2024-05-14T09:19:00Z</ServerTime>
2024-05-14T09:20:00.100Z PUT /small 1 KB
2024-05-14T09:20:00.300Z < HTTP/1.1 200 OK
2024-05-14T09:20:00.300Z < Date: Tue, 14 May 2024 09:20:00 GMT
"#,
        "late-request cleared proven",
    ),
    (
        "signed 33 s before it was received, with a limit of 5 s",
        r#"2024-04-09T05:00:49.531Z ERROR invalid request, please check your server timestamp or recv_window param. req_timestamp[1712638815956],server_timestamp[1712638849231],recv_window[5000]
"#,
        "late-request cleared proven",
    ),
    (
        "seconds next to milliseconds",
        r#"2024-04-09T05:00:49.531Z ERROR invalid request, please check your server timestamp or recv_window param. req_timestamp[1712638849],server_timestamp[1712638849231],recv_window[5000]
"#,
        "units cleared proven",
    ),
    (
        "microseconds next to milliseconds",
        r#"2024-04-09T05:00:49.531Z ERROR invalid request, please check your server timestamp or recv_window param. req_timestamp[1712638848922000],server_timestamp[1712638849231],recv_window[5000]
"#,
        "units cleared proven",
    ),
    (
        "a lifetime as an instant",
        r#"2024-05-14T09:26:10Z made an assertion {"iss":"agent","iat":1715678770,"exp":600}
2024-05-14T09:26:10Z POST https://id.example.com/token
2024-05-14T09:26:10Z < HTTP/1.1 400 Bad Request
2024-05-14T09:26:10Z < Date: Tue, 14 May 2024 09:26:10 GMT
2024-05-14T09:26:10Z {"error":"invalid_grant","error_description":"JWT has expired"}
"#,
        "units cleared proven",
    ),
    (
        "claims in milliseconds",
        r#"2024-05-14T09:26:10Z made an assertion {"iss":"agent","iat":1715678770000,"exp":1715678830000}
2024-05-14T09:26:10Z POST https://id.example.com/token
2024-05-14T09:26:10Z < HTTP/1.1 400 Bad Request
2024-05-14T09:26:10Z < Date: Tue, 14 May 2024 09:26:10 GMT
2024-05-14T09:26:10Z {"error":"invalid_grant","error_description":"Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim."}
"#,
        "units cleared proven",
    ),
    (
        "a device that counts from 1970",
        r#"I (15012) token: iat=15 exp=615
I (16020) HTTP_CLIENT: HTTP/1.1 401 Unauthorized
I (16021) HTTP_CLIENT: Date: Fri, 15 Jan 2027 08:03:19 GMT
E (16377) api: JWT expired at 1970-01-01T00:10:15Z. Current time: 2027-01-15T08:03:19Z, a difference of 1800000184000 milliseconds. Allowed clock skew: 0 milliseconds.
"#,
        "clock-unset found likely behind",
    ),
    (
        "a clock that starts in 2000",
        r#"2000-01-01T00:00:22Z POST https://id.example.com/token
2000-01-01T00:00:23Z < HTTP/1.1 400 Bad Request
2000-01-01T00:00:23Z < Date: Fri, 15 Jan 2027 08:03:19 GMT
2000-01-01T00:00:23Z {"error":"invalid_grant","error_description":"JWT has expired"}
"#,
        "clock-unset found proven behind",
    ),
    (
        "a clock that starts in 1980",
        r#"1980-01-06T00:01:22Z POST https://id.example.com/token
1980-01-06T00:01:23Z {"error":"invalid_grant","error_description":"JWT has expired"}
"#,
        "clock-unset found proven behind",
    ),
    (
        "New Year without a year",
        r#"Jan  1 00:00:22 OpenWrt agent[411]: POST https://id.example.com/token
Jan  1 00:00:23 OpenWrt agent[411]: ERROR answered 400 {"error":"invalid_grant","error_description":"JWT has expired"} date="Fri, 15 Jan 2027 08:03:19 GMT"
"#,
        "clock-unset found likely",
    ),
    (
        "a day without a year",
        r#"Mar  1 00:00:22 web agent[411]: POST https://id.example.com/token
Mar  1 00:00:23 web agent[411]: ERROR answered 400 {"error":"invalid_grant","error_description":"JWT has expired"} date="Fri, 15 Jan 2027 08:03:19 GMT"
"#,
        "local-clock found proven",
    ),
    (
        "30 min",
        r#"2026-11-28T10:00:00Z POST https://id.example.com/token
2026-11-28T10:00:00Z < HTTP/1.1 400 Bad Request
2026-11-28T10:00:00Z < Date: Sat, 28 Nov 2026 10:30:00 GMT
2026-11-28T10:00:00Z {"error":"invalid_grant","error_description":"JWT has expired"}
"#,
        "local-clock found proven behind 1799..1801",
    ),
    (
        "an hour",
        r#"2026-11-28T10:00:00Z POST https://id.example.com/token
2026-11-28T10:00:00Z < HTTP/1.1 400 Bad Request
2026-11-28T10:00:00Z < Date: Sat, 28 Nov 2026 11:00:00 GMT
2026-11-28T10:00:00Z {"error":"invalid_grant","error_description":"JWT has expired"}
"#,
        "time-zone found proven behind 3599..3601",
    ),
    (
        "no multiple of a quarter of an hour",
        r#"Nov 28 10:00:00 web1 app[1]: Date: Sat, 28 Nov 2026 10:07:30 GMT
Nov 28 10:00:00 web1 app[1]: {"error":"invalid_grant","error_description":"JWT has expired"}
"#,
        "local-clock found proven",
    ),
    (
        "ends that move along with log-ins",
        r#"2024-05-14T09:26:10Z login alice
2024-05-14T09:26:11Z ERROR JwtVerifier: Jwt expired at 2024-05-14T09:07:41Z
2024-05-14T09:26:59Z login bob
2024-05-14T09:27:00Z ERROR JwtVerifier: Jwt expired at 2024-05-14T09:08:30Z
"#,
        "local-clock found likely ahead",
    ),
    (
        "an hour short, less five minutes, in a log one hour ahead of UTC",
        r#"2023-10-29T02:00:23+01:00 receiver error: 401 ExpiredToken: The token is expired. Expiration time: '2023-10-29 00:05:23Z'.
"#,
        "time-zone cleared likely",
    ),
    (
        "tokens renewed on schedule, whose ends move by whole minutes",
        r#"2024-05-14T09:26:11Z ERROR JwtVerifier: Jwt expired at 2024-05-14T09:07:41Z
2024-05-14T10:26:11Z ERROR JwtVerifier: Jwt expired at 2024-05-14T10:07:41Z
"#,
        "undetermined open weak",
    ),
    (
        "the start of Unix time where a program had none",
        r#"AADSTS700024: Client assertion is not within its valid time range. Current time: 2024-12-07T12:09:18.3149355Z, assertion valid from
1970-01-01T00:00:00.0000000Z, expiry time of assertion 2024-12-07T11:14:18.0000000Z.
"#,
        "undetermined open weak",
    ),
];

#[test]
fn cause_means_what_a_user_does_next() {
    for &(name, text, expected) in ROWS {
        let said = said(&diagnose(text));
        assert!(said.starts_with(expected), "{name}: `{said}` instead of `{expected}`");
    }
}

#[test]
fn clock_that_starts_when_its_system_was_built_was_never_set() {
    const LINUX: &str = "[    0.000000] Linux version 4.14.171 (b@h) (gcc version 7.3.0) #0 SMP Tue Mar 3 12:00:00 UTC 2020";
    const ESP: &str = "I (45) cpu_start: Compile time:     Mar  3 2020 12:00:00";
    let log = |banner: &str, day: u8, date: &str| {
        format!(
            "{banner}\n2020-03-{day:02}T12:00:31Z POST /token\n\
             2020-03-{day:02}T12:00:31Z < date: {date}\n\
             2020-03-{day:02}T12:00:31Z < {{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}}\n"
        )
    };
    const YEARS: &str = "Tue, 09 Jan 2024 12:00:31 GMT";
    let rows = [
        ("Linux", log(LINUX, 3, YEARS), "clock-unset found likely behind 121564799..121564801"),
        ("ESP-IDF", log(ESP, 3, YEARS), "clock-unset found likely behind 121564799..121564801"),
        ("no banner", log("", 3, YEARS), "local-clock found proven behind 121564799..121564801"),
        (
            "six days of uptime",
            log(LINUX, 9, YEARS),
            "clock-unset found likely behind 121046399..121046401",
        ),
        (
            "more than a week",
            log(LINUX, 11, YEARS),
            "local-clock found proven behind 120873599..120873601",
        ),
        (
            "a system that is as new as that",
            log(LINUX, 3, "Wed, 01 Apr 2020 12:00:31 GMT"),
            "local-clock found proven behind 2505599..2505601",
        ),
    ];
    compare(rows.into_iter(), said);
}
