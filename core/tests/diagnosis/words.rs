//! Texts without two times to compare: words alone, in a log and outside one.

use super::table::{Row, check};

const IN_A_LOG: &[Row] = &[
    ("no longer", "2024-01-09T14:00:00Z JWT expired\n", "undetermined open weak"),
    ("not yet, here", "2024-01-09T14:00:00Z IDX10222\n", "peer-clocks found weak behind"),
    ("not yet, open", "2024-01-09T14:00:00Z jwt not active\n", "peer-clocks found weak"),
    (
        "not yet, by an answer",
        "2024-01-09T14:00:00Z {\"error\":\"invalid_grant\",\"error_description\":\"jwt not active\"}\n",
        "peer-clocks found weak",
    ),
    (
        "not yet, in words of providers",
        "2024-01-09T14:00:00Z The msg_id is too high\n",
        "local-clock found weak ahead",
    ),
    (
        "not yet, in a text of two clocks",
        "2024-01-09T14:00:09Z issued a token\n2024-01-09T14:00:00Z IDX10222\n",
        "peer-clocks found weak",
    ),
    (
        "a certificate is not valid yet",
        "2024-01-09T14:00:00Z certificate is not yet valid\n",
        "local-clock found weak behind",
    ),
    (
        "a certificate has ended",
        "2024-01-09T14:00:00Z certificate has expired\n",
        "undetermined open weak",
    ),
    ("two peers", "2024-01-09T14:00:00Z clock skew detected on b\n", "peer-clocks found weak"),
    (
        "counted from boot",
        "[  600.1] certificate is not yet valid\n",
        "local-clock found weak behind",
    ),
    (
        "both not yet and no longer",
        "2024-01-09T14:00:00Z IDX10222\n2024-01-09T14:00:00Z JWT expired\n",
        "undetermined open weak",
    ),
];

#[test]
fn words_in_a_log_may_blame_a_clock() {
    check(IN_A_LOG);
}

#[test]
fn words_outside_a_log_blame_a_clock_only_by_name() {
    const OPEN: &str = "undetermined open weak";
    const ROWS: &[Row] = &[
        ("nothing", "", OPEN),
        ("skewed, no clock named", "RequestTimeTooSkewed\n", OPEN),
        ("code that mixes civil times", "utcnow() JWT expired\n", "time-zone cleared likely"),
        ("such code, nothing about time", "utcnow() invalid_grant\n", OPEN),
        ("a sentence", "Why does it say that the jwt is not active?\n", OPEN),
        ("not yet", "JWT not active\n", OPEN),
        (
            "a certificate is not valid yet",
            "certificate is not yet valid\n",
            "local-clock found weak behind",
        ),
        ("your clock is behind", "Your clock is behind\n", "local-clock found weak behind"),
        ("your clock is ahead", "Your clock is ahead\n", "local-clock found weak ahead"),
        ("two peers", "clock skew detected on mon.b\n", "peer-clocks found weak"),
        (
            "a lifetime",
            "Expiration Time in the Access Token Exceeds Maximum Time Allowed\n",
            "lifetime cleared likely",
        ),
        (
            "a malformed token",
            "A JSON web token could not be decoded\n",
            "not-clock cleared likely",
        ),
    ];
    check(ROWS);
}

#[test]
fn page_about_refusals_blames_no_clock() {
    const ROWS: &[Row] = &[
        (
            "three products, both edges, a difference",
            "2024-01-09T14:00:00Z Jwt used before 2024-01-09T14:02:00Z\n\
             JWT expired\nToken used too late\nIDX10223\n",
            "undetermined open weak 119..",
        ),
        (
            "two products",
            "2024-01-09T14:00:00Z Jwt used before 2024-01-09T14:02:00Z\nJWT expired\n",
            "local-clock found likely behind 119..",
        ),
        (
            "two products, one of them twice",
            "2024-01-09T14:00:00Z Jwt used before 2024-01-09T14:02:00Z\nJWT expired\nJWT expired\n",
            "local-clock found likely behind 119..",
        ),
        (
            "one edge",
            "2024-01-09T14:00:00Z Jwt used before 2024-01-09T14:02:00Z\n\
             jwt not active\nToken used too early\nIDX10222\n",
            "local-clock found likely behind 119..",
        ),
    ];
    check(ROWS);
}
