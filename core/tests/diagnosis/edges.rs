//! What one edge of a validity alone proves, here and at a provider.

use crate::table::{Row, check};

#[test]
fn a_start_in_our_future_shows_us_behind() {
    const ROWS: &[Row] = &[
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
            "by a second, which is not to be told from none",
            "Token used too early, 1704808800 < 1704808801\n",
            "undetermined open weak",
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
            "as a zone, whose other end is open",
            "Token used too early, 1704808800 < 1704812400\n",
            "local-clock found likely behind 3599..",
        ),
    ];
    check(ROWS);
}

#[test]
fn an_end_that_has_passed_shows_nothing_unless_the_token_is_fresh() {
    const ROWS: &[Row] = &[
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
    ];
    check(ROWS);
}

#[test]
fn an_end_in_our_future_shows_us_behind_the_provider() {
    const ROWS: &[Row] = &[
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
    ];
    check(ROWS);
}
