//! Pairs of times that contradict each other, and whether they explain the refusal.

use super::table::{Measured, check_measured, refused_here, refused_there};

const EXPIRED: &str = r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#;
const EARLY: &str = r#"{"error":"invalid_grant","error_description":"jwt not active"}"#;
const WINDOW: &str = "AADSTS700024";
/// GitHub grants 600 s from its own time; a log's second ends a second later.
const LIMIT: &str =
    "{\"iat\":1704808800,\"exp\":1704809401} claim ('exp') is too far in the future";
const LONG: &str = "{\"iat\":1704808800,\"exp\":1704809402} claim ('exp') is too far in the future";
const NUMERIC: &str = "{\"iat\":1704808800,\"exp\":1704809400} claim ('exp') must be a numeric value representing the future time";
/// APNs counts an hour from `iat`.
const AGED: &str = "{\"iat\":1704808800} ExpiredProviderToken";
const EXPIRED_HERE: &str = "IDX10223: the token is expired.";
const NOT_YET_HERE: &str = "IDX10222: the token is not yet valid.";

const REFUSED_THERE: &[Measured] = &[
    // SHORTEST_LIFETIME: 30 s.
    ("expired, 30 s behind", 31, EXPIRED, "local-clock found likely behind 30..32"),
    ("expired, 29 s behind", 30, EXPIRED, "undetermined open weak 29..31"),
    ("expired, ahead", -61, EXPIRED, "expired cleared proven -62..-60"),
    ("expired, ahead within a minute", -59, EXPIRED, "expired cleared proven -60..-58"),
    ("expired, right", 0, EXPIRED, "expired cleared likely -1..1"),
    ("window, 30 s behind", 31, WINDOW, "local-clock found likely behind 30..32"),
    ("window, 29 s behind", 30, WINDOW, "undetermined open weak 29..31"),
    ("window, ahead", -3, WINDOW, "undetermined open weak -4..-2"),
    // NOISE: 1 s.
    ("window, ahead by noise", -2, WINDOW, "undetermined open weak -3..-1"),
    // PLAIN_ERROR: 60 s, on both sides.
    ("refused, 60 s behind", 61, "invalid_grant", "local-clock found likely behind 60..62"),
    ("refused, 59 s behind", 60, "invalid_grant", "undetermined open weak 59..61"),
    ("refused, within 60 s", 59, "invalid_grant", "undetermined open weak 58..60"),
    ("refused, 60 s ahead", -61, "invalid_grant", "local-clock found likely ahead -62..-60"),
    ("refused, 59 s ahead", -60, "invalid_grant", "undetermined open weak -61..-59"),
    ("refused, ahead within 60 s", -59, "invalid_grant", "undetermined open weak -60..-58"),
    ("skewed, behind", 3, "RequestTimeTooSkewed", "undetermined open weak 2..4"),
    ("skewed, ahead", -3, "RequestTimeTooSkewed", "undetermined open weak -4..-2"),
    ("skewed, right", 0, "RequestTimeTooSkewed", "undetermined open weak -1..1"),
    (
        "too far, ahead",
        -3,
        "claim ('exp') is too far in the future",
        "local-clock found proven ahead -4..-2",
    ),
    (
        "too far, behind",
        3,
        "claim ('exp') is too far in the future",
        "lifetime cleared proven 2..4",
    ),
    ("not yet, ahead", -3, EARLY, "local-clock found proven ahead -4..-2"),
    ("not yet, behind", 3, EARLY, "undetermined open weak 2..4"),
    ("not yet, right or behind", 1, EARLY, "undetermined open weak 0..2"),
    (
        "not yet, ahead by less than is shown",
        0,
        EARLY,
        "local-clock found likely ahead -1..-0.000001",
    ),
    ("too far by our own clock too", -3, LONG, "lifetime cleared proven -4..-2"),
    ("as far by our own clock as may be", -3, LIMIT, "local-clock found proven ahead -4..-2"),
    (
        "too far by both clocks, by less than an hour",
        -3_598,
        LONG,
        "lifetime cleared proven -3599..-3597",
    ),
    ("too far by an hour", -3_599, LONG, "time-zone found proven ahead -3600..-3598"),
    ("as long as may be", 0, NUMERIC, "undetermined open weak -1..1"),
    ("an age that is over", 4_000, AGED, "local-clock found proven behind 3999..4001"),
    ("an hour behind", 3_600, EXPIRED, "time-zone found proven behind 3599..3601"),
    ("an hour ahead", -3_600, WINDOW, "time-zone found proven ahead -3601..-3599"),
];

#[test]
fn provider_refusal_blames_only_a_clock_that_explains_it() {
    check_measured(REFUSED_THERE, refused_there);
}

#[test]
fn local_refusal_reverses_the_direction() {
    const ROWS: &[Measured] = &[
        ("expired, 30 s ahead", -31, EXPIRED_HERE, "local-clock found likely ahead -32..-30"),
        ("expired, 29 s ahead", -30, EXPIRED_HERE, "undetermined open weak -31..-29"),
        ("expired, behind", 61, EXPIRED_HERE, "expired cleared proven 60..62"),
        ("not yet, behind", 3, NOT_YET_HERE, "local-clock found proven behind 2..4"),
        ("not yet, behind by noise", 2, NOT_YET_HERE, "local-clock found proven behind 1..3"),
        ("not yet, right", 0, NOT_YET_HERE, "local-clock found likely behind 0.000001..1"),
    ];
    check_measured(ROWS, refused_here);
}

const BEHIND: &str = "local-clock found proven behind 2..4";
const AHEAD: &str = "local-clock found proven ahead -4..-2";
const RIGHT: &str = "server-certificate cleared likely -1..1";
const CERTIFICATES: &[Measured] = &[
    ("not yet, behind", 3, "certificate is not yet valid", BEHIND),
    (
        "not yet, ahead",
        -3,
        "certificate is not yet valid",
        "server-certificate cleared proven -4..-2",
    ),
    ("ended, ahead", -4, "certificate has expired", "undetermined open weak -5..-3"),
    ("ended, hardly", -3, "certificate has expired", "server-certificate cleared likely -4..-2"),
    ("ended, behind", 3, "certificate has expired", "server-certificate cleared proven 2..4"),
    ("either, 60 s behind", 61, "ERR_CERT_DATE_INVALID", "local-clock found likely behind 60..62"),
    ("either, 60 s ahead", -61, "ERR_CERT_DATE_INVALID", "local-clock found likely ahead -62..-60"),
    ("either, 59 s", 60, "ERR_CERT_DATE_INVALID", "undetermined open weak 59..61"),
    ("either, right", 0, "ERR_CERT_DATE_INVALID", "server-certificate cleared likely -1..1"),
    ("your clock is behind", 3, "Your clock is behind", BEHIND),
    ("your clock is ahead", -3, "Your clock is ahead", AHEAD),
    (
        "said to be behind, is ahead",
        -70,
        "Your clock is behind",
        "local-clock found proven ahead -71..-69",
    ),
    ("right", 0, "certificate is not yet valid", RIGHT),
];

#[test]
fn certificates_are_judged_locally() {
    check_measured(CERTIFICATES, refused_here);
}
