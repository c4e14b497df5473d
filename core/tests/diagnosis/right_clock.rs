//! Refusals compared with what a right clock would have met, each on a text that was once judged wrongly.

use jwtick_core::diagnosis::{Attribution, Decider};
use jwtick_core::words::{Language, summary};

use super::table::{Row, check, diagnose, refused_there};

const ROWS: &[Row] = &[
    (
        "a token that lives by either clock contradicts its refusal",
        "2023-11-14T22:13:23.003Z Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdmMiLCJzdWIiOiJ1IiwiaWF0IjoxNzAwMDAwMDAzLCJleHAiOjE3MDAwMDAzMDMsImF1ZCI6ImFwaSJ9.du9bENNkw5ocxvLugCo6DXRfkB_uPH8PVooue3ClAaY\n\
         2023-11-14T22:13:24.004Z POST https://id.example.com/token\n\
         2023-11-14T22:13:25.005Z < Date: Tue, 14 Nov 2023 22:13:55 GMT\n\
         2023-11-14T22:13:26.006Z {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "undetermined open weak 29.994..31.996",
    ),
    (
        "an offset that no zone has is one in every zone",
        "Nov 28 10:00:00 web1 app[1]: Date: Sat, 28 Nov 2026 10:07:30 GMT\n\
         Nov 28 10:00:00 web1 app[1]: {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "local-clock found proven -42751..50856",
    ),
    (
        "the age of a bearer token reveals no zone",
        "Aug 31 23:10:48 web1 agent[411]: GET https://api.example.com/orders\n\
         Aug 31 23:10:48 web1 agent[411]: Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJpZCIsImlhdCI6MTc1NjY3NjQ0NSwiZXhwIjoxNzU2NjgwMDQ1fQ.4qSS-XdWro34jurbIAJEuuh150RMk635-LXPIkaAabA\n\
         Aug 31 23:10:48 web1 agent[411]: ERROR token endpoint answered 400 {\"error\":\"invalid_grant\",\"error_description\":\"Token is not active\"} date=\"Sun, 31 Aug 2025 23:10:49 GMT\"\n",
        "undetermined open weak -43200..50402",
    ),
    (
        "a verifier without leeway refuses what is a moment early",
        "2024-09-20T03:10:51.023Z POST https://id.example.com/token\n\
         2024-09-20T03:10:51.092Z ERROR token endpoint answered 400 {\"message\":\"jwt not active\"} date=\"Fri, 20 Sep 2024 03:10:50 GMT\"\n",
        "local-clock found proven ahead -1.093..-0.023",
    ),
    (
        "an assertion may live for less than the clock is behind",
        "2021-04-10T19:43:36.302Z POST https://id.example.com/token\n\
         2021-04-10T19:43:36.329Z < HTTP/1.1 400 Bad Request\n\
         2021-04-10T19:43:36.329Z < Date: Sat, 10 Apr 2021 19:43:43 GMT\n\
         2021-04-10T19:43:36.329Z ERROR {\"error\":\"invalid_client\",\"error_description\":\"assertion has expired\"}\n",
        "undetermined open weak 6.67..7.698",
    ),
    (
        "a delay explains no clock that is half a year off",
        "2022-04-09 18:31:48,659 made an assertion {\"iss\":\"agent\",\"iat\":1649521908,\"exp\":1649522208}\n\
         2022-04-09 18:37:15,085 POST https://id.example.com/token\n\
         < HTTP/1.1 400 Bad Request\n\
         < Date: Mon, 03 Oct 2022 19:22:05 GMT\n\
         2022-04-09 18:37:21,574 ERROR {\"error\":\"invalid_client\",\"error_description\":\"assertion has expired\"}\n",
        "local-clock found proven behind 15302683.425..15302690.915",
    ),
    (
        "a device whose clock started in 1970 issued the token",
        "I (16020) HTTP_CLIENT: HTTP/1.1 401 Unauthorized\n\
         I (16021) HTTP_CLIENT: Date: Fri, 15 Jan 2027 08:03:19 GMT\n\
         E (16377) api: JWT expired at 1970-01-01T00:10:15Z. Current time: 2027-01-15T08:03:19Z, a difference of 1800000184000 milliseconds. Allowed clock skew: 0 milliseconds.\n",
        "clock-unset found likely behind",
    ),
    (
        "a lifetime that was taken for an instant",
        "JWT expired at 1970-01-01T00:10:00Z. Current time: 2027-01-15T08:03:19Z, a difference of 1800000199000 milliseconds. Allowed clock skew: 0 milliseconds.\n",
        "units cleared proven",
    ),
    (
        "stamps without a year prove no amount",
        "Jan  1 00:00:22 dev app[1]: Date: Fri, 15 Jan 2027 08:03:19 GMT\n\
         Jan  1 00:00:22 dev app[1]: {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "clock-unset found likely",
    ),
    (
        "a receipt stamp next to both times of an exchange",
        "2024-04-09T05:00:49.531Z ERROR invalid request, please check your server timestamp or recv_window param. req_timestamp[1712638815956],server_timestamp[1712638849231],recv_window[5000]\n",
        "late-request cleared proven -0.301..4.701",
    ),
    (
        "the same request, sent at once by a clock that is behind",
        "2024-04-09T05:00:16.531Z ERROR invalid request, please check your server timestamp or recv_window param. req_timestamp[1712638815956],server_timestamp[1712638849231],recv_window[5000]\n",
        "local-clock found proven behind 32.699..33.276",
    ),
    (
        "a proven error of more than any tolerance, next to unknown words",
        "2023-02-11T18:53:41.720Z {\"success\":false,\"msg\":\"invalid timestamp\",\"serverTime\":1676136391720}\n",
        "local-clock found proven ahead -5230.001..-5224.999",
    ),
    (
        "a bound of a second is a bound",
        "Token used too early, 1704808800 < 1704808801\n",
        "local-clock found likely behind 0.000001..",
    ),
];

#[test]
fn verdict_holds_by_the_times_that_the_text_shows() {
    check(ROWS);
}

#[test]
fn contradiction_is_named() {
    let diagnosis = diagnose(ROWS[0].1);
    assert_eq!(diagnosis.decider, Some(Decider::TokenTimes));
    let text = summary(&diagnosis, Language::English).to_string();
    assert!(text.contains("contradicts the times"), "{text}");
}

#[test]
fn assumption_is_stated_unless_a_third_clock_decides() {
    const EXPIRED: &str = r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#;
    let alone = diagnose(&refused_there(1_020, EXPIRED));
    assert_eq!(alone.attribution, Some(Attribution::Assumed));
    let text = summary(&alone, Language::English).to_string();
    assert!(text.contains("assumes that the server's clock is right"), "{text}");
    let service = "Jan  9 14:00:00 h chronyd[1]: System clock wrong by 1020 seconds\n".to_owned();
    let confirmed = diagnose(&(service + &refused_there(1_020, EXPIRED)));
    assert_eq!(confirmed.attribution, Some(Attribution::Witnessed));
    assert_eq!(diagnose(&refused_there(0, EXPIRED)).attribution, None);
}

#[test]
fn half_an_hour_is_an_offset_rather_than_a_zone() {
    const EXPIRED: &str = r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#;
    let rows = [(1_800, "local-clock"), (3_600, "time-zone"), (3_660, "local-clock")];
    for (ahead, cause) in rows {
        assert_eq!(diagnose(&refused_there(ahead, EXPIRED)).cause.code(), cause, "{ahead} s");
    }
}
