//! Conclusions from a single end of a validity period, judged here and at a provider.

use super::table::{Row, check, compare, said};

const STARTS: &[Row] = &[
    (
        "by two seconds",
        "JWT must not be accepted before 2024-01-09T14:00:02Z. Current time: 2024-01-09T14:00:00Z, a difference of 2000 milliseconds\n",
        "local-clock found likely behind 2..",
    ),
    (
        "by the times alone",
        "Token used too early, 1704808800 < 1704808812\n",
        "local-clock found likely behind 11..",
    ),
    (
        "by a second, which the resolution hides",
        "Token used too early, 1704808800 < 1704808801\n",
        "local-clock found likely behind 0.000001..",
    ),
    (
        "at peers",
        "token not to be used before 1704808870 or after 1704809700 - currently 1704808800\n",
        "peer-clocks found proven behind 69..",
    ),
    (
        "a certificate",
        "certificate has expired or is not yet valid: current time 2024-01-09T15:00:00+01:00 is before 2024-01-09T14:10:00Z\n",
        "local-clock found likely behind 599..",
    ),
    (
        "by a stamp that names no zone",
        "2024-01-09 14:00:00 Jwt used before 2024-01-09T14:02:00Z\n",
        "peer-clocks found weak behind",
    ),
    (
        "not at the provider, which saw it come from its own",
        "2024-01-09T14:00:00Z POST\n{\"iat\":1704809400,\"exp\":1704810000}\n2024-01-09T14:00:00Z {\"error\":\"invalid_grant\",\"error_description\":\"jwt not active\"}\n",
        "peer-clocks found weak",
    ),
    (
        "as a zone, whose other end is open",
        "Token used too early, 1704808800 < 1704812400\n",
        "local-clock found likely behind 3599..",
    ),
];

#[test]
fn start_in_the_future_proves_the_local_clock_behind() {
    check(STARTS);
}

const PASSED: &[Row] = &[
    ("of any age", "Token used too late, 1704808800 > 1704808500\n", "undetermined open weak"),
    (
        "fetched on the line before",
        "2024-01-09T14:00:00Z {\"access_token\":\"x\",\"exp\":1704808500}\n2024-01-09T14:00:00Z Token used too late, 1704808800 > 1704808500\n",
        "local-clock found likely ahead ..-299",
    ),
    (
        "a product that judges what it has just fetched",
        "The ID token already expires. Make sure your computer's time and time zone are both correct. Current epoch = 1704808800. {\"exp\":1704808500}\n",
        "local-clock found likely ahead ..-299",
    ),
    (
        "by less than an error of the clock would need",
        "2024-01-09T14:00:00Z {\"access_token\":\"x\",\"exp\":1704808799}\n2024-01-09T14:00:00Z Token used too late, 1704808800 > 1704808799\n",
        "undetermined open weak",
    ),
    (
        "by more than any zone explains",
        "2024-01-09 14:00:00 {\"access_token\":\"x\",\"exp\":1704758369}\n2024-01-09 14:00:00 JWT expired\n",
        "undetermined open weak ..-25",
    ),
    (
        "by no more than a zone explains",
        "2024-01-09 14:00:00 {\"access_token\":\"x\",\"exp\":1704758399}\n2024-01-09 14:00:00 JWT expired\n",
        "undetermined open weak",
    ),
    (
        "before the end that was announced",
        "2024-01-09T14:00:00Z token issued, expires_in=300\n2024-01-09T14:04:58Z Token used too late, 1704809098 > 1704808999\n",
        "local-clock found likely ahead ..-98",
    ),
    (
        "at the end that was announced",
        "2024-01-09T14:00:00Z token issued, expires_in=300\n2024-01-09T14:04:59Z Token used too late, 1704809099 > 1704808999\n",
        "expired cleared proven",
    ),
];

#[test]
fn passed_end_proves_nothing_unless_the_token_is_fresh() {
    check(PASSED);
}

const TO_COME: &[Row] = &[
    (
        "in a record of its own, which may be about any token",
        "2024-01-09T14:00:00Z {\"iat\":1704808800,\"exp\":1704809400}\n2024-01-09T14:00:00Z {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "undetermined open weak",
    ),
    (
        "by ten minutes",
        "2024-01-09T14:00:00Z POST\n{\"iat\":1704808800,\"exp\":1704809400}\n2024-01-09T14:00:00Z {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "local-clock found likely behind 599..",
    ),
    (
        "by 30 s",
        "2024-01-09T14:00:00Z POST\n{\"iat\":1704808800,\"exp\":1704808831}\n2024-01-09T14:00:00Z {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "local-clock found likely behind 30..",
    ),
    (
        "by 29 s, less than anybody grants",
        "2024-01-09T14:00:00Z POST\n{\"iat\":1704808800,\"exp\":1704808830}\n2024-01-09T14:00:00Z {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "undetermined open weak 29..",
    ),
    (
        "by a second",
        "2024-01-09T14:00:00Z POST\n{\"exp\":1704808802}\n2024-01-09T14:00:00Z {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "undetermined open weak 1..",
    ),
    (
        "by none",
        "2024-01-09T14:00:00Z POST\n{\"exp\":1704808801}\n2024-01-09T14:00:00Z {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "undetermined open weak",
    ),
    (
        "by more than any zone explains",
        "2024-01-09 14:00:00 POST\n{\"exp\":1704852031}\n2024-01-09 14:00:00 {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "local-clock found likely behind 30..",
    ),
    (
        "by no more than a zone explains",
        "2024-01-09 14:00:00 POST\n{\"exp\":1704852001}\n2024-01-09 14:00:00 {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "undetermined open weak",
    ),
    (
        "in a zone that another stamp gives away",
        "2024-01-09 15:00:00 > x-amz-date: 20240109T140000Z\n2024-01-09 15:00:00 < HTTP/1.1 400\n\
         {\"iat\":1704808800,\"exp\":1704809400}\n\
         2024-01-09 15:00:00 < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
        "local-clock found likely behind 599..",
    ),
];

#[test]
fn end_in_our_future_proves_the_local_clock_behind_the_provider() {
    check(TO_COME);
}

#[test]
fn single_time_decides_nothing_between_contradicting_servers() {
    const FRESH: &str = "2024-01-09T14:00:00Z {\"access_token\":\"x\",\"exp\":1704808500}\n\
        2024-01-09T14:00:00Z Token used too late, 1704808800 > 1704808500\n";
    let server = |time: &str| {
        let filling = ".\n".repeat(64);
        format!(
            "2024-01-09T14:00:00Z GET /\n\
             2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 {time} GMT\n{filling}"
        )
    };
    let rows = [
        ("no server", FRESH.to_owned(), "local-clock found likely ahead ..-299"),
        (
            "two",
            server("14:20:00") + &server("12:40:00") + FRESH,
            "undetermined open weak -4801..1201",
        ),
        (
            "one of three",
            server("12:40:00").repeat(2) + &server("14:20:00") + FRESH,
            "local-clock found proven ahead -4801..-4799",
        ),
    ];
    compare(rows.into_iter(), said);
}
