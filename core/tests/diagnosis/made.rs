//! Assertions that the text shows being made for the exchange in which they are refused.

use super::table::{compare, made, refused_there, said};

const TOO_FAR: &str = "the 'exp' claim is unreasonably far in the future";
const WINDOW: &str = "Invalid JWT: Token must be a short-lived token";
const EARLY: &str = "the assertion was issued in the future";

/// An assertion with this lifetime, refused by a server that is `ahead` seconds ahead.
fn refused(lifetime: i64, ahead: i64, words: &str) -> String {
    let (iat, exp) = (1_704_808_800, 1_704_808_800 + lifetime);
    made(&format!("{{\"iat\":{iat},\"exp\":{exp}}}")) + &refused_there(ahead, words)
}

#[test]
fn clock_is_blamed_only_for_refusals_that_it_explains() {
    type Row = (&'static str, i64, i64, &'static str, &'static str);
    const ROWS: &[Row] = &[
        ("too far, ahead", 3_600, -20, TOO_FAR, "local-clock found proven ahead -21..-19"),
        ("too far by our clock too", 3_602, -20, TOO_FAR, "lifetime cleared proven -21..-19"),
        (
            "the same, an hour off",
            3_602,
            -3_601,
            TOO_FAR,
            "time-zone found proven ahead -3602..-3600",
        ),
        ("ten minutes off", 7_200, -600, TOO_FAR, "lifetime cleared proven -601..-599"),
        (
            "a window that was asked too long",
            7_200,
            -20,
            WINDOW,
            "local-clock found proven ahead -21..-19",
        ),
        ("a window, ahead", 3_600, -20, WINDOW, "local-clock found proven ahead -21..-19"),
        ("a window whose end is to come", 7_200, 70, WINDOW, "lifetime cleared proven 69..71"),
        ("a window whose end has come", 60, 70, WINDOW, "local-clock found proven behind 69..71"),
        (
            "early by less than a second shows",
            300,
            0,
            EARLY,
            "local-clock found likely ahead -1..-0.000001",
        ),
        ("early, and behind", 300, 3, EARLY, "undetermined open weak 2..4"),
    ];
    let texts = ROWS.iter().map(|&(name, lifetime, ahead, words, expected)| {
        (name, refused(lifetime, ahead, words), expected)
    });
    compare(texts, said);
}

#[test]
fn clock_is_not_blamed_for_a_wrong_key_or_name() {
    const WORDS: &[&str] = &[
        "Audience validation failed",
        "the signature of the assertion is invalid",
        "Invalid JWT: Failed audience check.",
        "Token reuse detected",
        "Unable to verify the integrity of the 'assertion' value.",
    ];
    let texts = WORDS.iter().map(|&words| {
        let body = format!("{{\"error\":\"invalid_grant\",\"error_description\":\"{words}\"}}");
        (words, refused(300, 86_400, &body), "not-clock cleared likely 86399..86401")
    });
    compare(texts, said);
}

#[test]
fn words_about_time_outweigh_words_about_a_name() {
    let expired = r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#;
    let name = r#"{"error":"invalid_grant","error_description":"Audience validation failed"}"#;
    compare(
        [
            ("then time", refused(300, 86_400, name) + &refused(300, 86_400, expired)),
            ("time first", refused(300, 86_400, expired) + &refused(300, 86_400, name)),
        ]
        .into_iter()
        .map(|(order, text)| (order, text, "local-clock found proven behind 86399..86401")),
        said,
    );
}
