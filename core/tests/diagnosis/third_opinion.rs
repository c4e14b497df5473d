//! A time service next to a server's `Date`: which of two clocks is wrong, and refusals of a second try.

use jwtick_core::Span;
use jwtick_core::diagnosis::{Diagnosis, ZoneKnowledge};
use jwtick_core::evidence::transcript::{Entry, Means};
use jwtick_core::time::Offset;

use super::table::{compare, diagnose, interval, made, measured, refused_there, said, told};

const EXPIRED: &str = r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#;
const EARLY: &str = r#"{"error":"invalid_grant","error_description":"jwt not active"}"#;
const AUDIENCE: &str = r#"{"error":"invalid_grant"}"#;
const DAY: i64 = 86_400;

fn ntp(least: &str, most: &str) -> String {
    measured(Means::Ntp, least, most)
}

fn chronyc(words: &str) -> String {
    format!("2024-01-09T14:00:00Z System time     : {words} of NTP time\n")
}

/// [`said`], followed by the diagnosis of the server's clock.
fn said_of_both(diagnosis: &Diagnosis) -> String {
    let opinion = diagnosis.third_opinion;
    let remote = opinion.and_then(|opinion| opinion.remote).map_or("open".to_owned(), interval);
    format!("{}, remote {remote}", said(diagnosis))
}

const RIGHT: (&str, &str) = ("-0.001", "0.002");
const OFF: (&str, &str) = ("86399.9", "86400.1");
/// A name, the time service's report, the seconds by which the server is ahead, words, and the diagnosis
/// of both clocks.
type Row = (&'static str, (&'static str, &'static str), i64, &'static str, &'static str);
const WRONG_CLOCKS: &[Row] = &[
    (
        "the server is ahead",
        RIGHT,
        DAY,
        EXPIRED,
        "remote-clock found proven -0.001..0.002, remote -86401.001..-86398.998",
    ),
    (
        "the server is behind",
        RIGHT,
        -DAY,
        EARLY,
        "remote-clock found proven -0.001..0.002, remote 86398.999..86401.002",
    ),
    (
        "nothing but the difference explains it",
        RIGHT,
        DAY,
        AUDIENCE,
        "remote-clock found proven -0.001..0.002, remote -86401.001..-86398.998",
    ),
    (
        "a whole hour of the server is no zone here",
        RIGHT,
        3_600,
        EXPIRED,
        "remote-clock found proven -0.001..0.002, remote -3601.001..-3598.998",
    ),
    (
        "exactly right",
        ("0", "0"),
        DAY,
        EXPIRED,
        "remote-clock found proven 0..0, remote -86401..-86399",
    ),
    (
        "within a second is right",
        ("0.9", "1"),
        DAY,
        EXPIRED,
        "remote-clock found proven 0.9..1, remote -86400.1..-86398",
    ),
    (
        "a wide interval does not prove it",
        ("-5", "5"),
        DAY,
        EXPIRED,
        "remote-clock found likely -5..5, remote -86406..-86394",
    ),
    (
        "the local clock is off, by both",
        OFF,
        DAY,
        EXPIRED,
        "local-clock found proven behind 86399.9..86400.1, remote -1.1..1.1",
    ),
    (
        "the same without words of time",
        OFF,
        DAY,
        AUDIENCE,
        "local-clock found proven behind 86399.9..86400.1, remote -1.1..1.1",
    ),
    (
        "the local clock is ahead",
        ("-120.2", "-120.1"),
        -120,
        EARLY,
        "local-clock found proven ahead -120.2..-120.1, remote -1.2..0.9",
    ),
    (
        "two seconds off is right",
        ("1.5", "2"),
        DAY,
        EXPIRED,
        "remote-clock found proven 1.5..2, remote -86399.5..-86397",
    ),
    (
        "more is not",
        ("1.5", "2.001"),
        DAY,
        EXPIRED,
        "peer-clocks found proven behind 86399..86401, remote -86399.5..-86396.999",
    ),
    (
        "nor is it ahead",
        ("-2.001", "-1.5"),
        DAY,
        EXPIRED,
        "peer-clocks found proven behind 86399..86401, remote -86403.001..-86400.5",
    ),
    (
        "all three differ",
        OFF,
        2 * DAY,
        EXPIRED,
        "peer-clocks found proven behind 172799..172801, remote -86401.1..-86398.9",
    ),
    (
        "the server agrees with the local clock against UTC",
        OFF,
        0,
        EXPIRED,
        "expired cleared likely -1..86400.1, remote 86398.9..86401.1",
    ),
    ("all agree", RIGHT, 0, EXPIRED, "expired cleared likely -0.001..0.002, remote -1.001..1.002"),
    (
        "from a future that whole seconds hide",
        RIGHT,
        0,
        EARLY,
        "remote-clock found likely -0.001..0.002, remote -1.001..1.002",
    ),
    (
        "a refusal that the difference does not explain",
        RIGHT,
        -DAY,
        EXPIRED,
        "expired cleared proven -86401..0.002, remote 86398.999..86401.002",
    ),
];

#[test]
fn clock_that_differs_from_utc_is_the_wrong_one() {
    let texts = WRONG_CLOCKS.iter().map(|&(name, (least, most), ahead, words, expected)| {
        (name, ntp(least, most) + &refused_there(ahead, words), expected)
    });
    compare(texts, said_of_both);
}

#[test]
fn daemon_report_counts_as_a_third_clock() {
    const ROWS: &[(&str, &str, i64, &str)] = &[
        (
            "zero beside a server that is days off",
            "0.000000000 seconds slow",
            2 * DAY,
            "remote-clock found proven -1..1, remote -172802..-172798",
        ),
        (
            "a trifle fast",
            "0.000003211 seconds fast",
            2 * DAY,
            "remote-clock found proven -1.000003..0.999997, remote -172802.000003..-172798.000003",
        ),
        (
            "zero beside a server that agrees",
            "0.000000000 seconds slow",
            0,
            "expired cleared likely -1..1, remote -2..2",
        ),
        (
            "the offset of the server",
            "172800.0 seconds slow",
            2 * DAY,
            "local-clock found proven behind 172799.5..172800.5, remote open",
        ),
    ];
    let texts = ROWS.iter().map(|&(name, words, ahead, expected)| {
        (name, chronyc(words) + &refused_there(ahead, EXPIRED), expected)
    });
    compare(texts, said_of_both);
}

/// An assertion with these claims, refused in `words` by a provider that sends no `Date`.
fn undated(claims: &str, words: &str) -> String {
    let made = made(&format!("{{{claims}}}"));
    format!(
        "{made}2024-01-09T14:00:00Z POST /token\n\
         2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request\n\
         2024-01-09T14:00:00Z < {words}\n"
    )
}

#[test]
fn claims_decide_without_a_date() {
    let fresh = r#""iat":1704808800,"exp":1704809100"#;
    let old = r#""iat":1704805200,"exp":1704805500"#;
    let right = ntp("-0.001", "0.002");
    compare(
        [
            (
                "an end that has not come here has come there",
                right.clone() + &undated(fresh, EXPIRED),
                "remote-clock found proven -0.001..0.002, remote ..-298.998",
            ),
            (
                "an end that has come here too",
                right.clone() + &undated(old, EXPIRED),
                "expired cleared proven -0.001..0.002, remote open",
            ),
            (
                "nothing is said of its end",
                right.clone() + &undated(r#""iat":1704808800"#, EXPIRED),
                "expired cleared likely -0.001..0.002, remote open",
            ),
            (
                "from the future of the provider",
                right.clone() + &undated(fresh, EARLY),
                "remote-clock found likely -0.001..0.002, remote open",
            ),
            (
                "one of the two",
                right + &undated(fresh, "AADSTS700024"),
                "remote-clock found likely -0.001..0.002, remote open",
            ),
        ]
        .into_iter(),
        said_of_both,
    );
}

#[test]
fn local_clock_bounds_a_token_without_a_date() {
    let either = |claims: &str| undated(claims, "AADSTS700024");
    let here = |words: &str| format!("2024-01-09T14:00:00Z {words}\n");
    let rows = [
        (
            "in its last second",
            either(r#""iat":1704808800,"exp":1704808801"#),
            "expired cleared likely -0.001..0.002",
        ),
        (
            "a second before that",
            either(r#""iat":1704808800,"exp":1704808802"#),
            "remote-clock found likely -0.001..0.002",
        ),
        (
            "from our own future",
            either(r#""iat":1704808803,"exp":1704809100"#),
            "expired cleared likely -0.001..0.002",
        ),
        (
            "judged on this host",
            here(r#"{"iat":1704808800,"exp":1704809100} IDX10223: the token is expired."#),
            "expired cleared proven -0.001..0.002",
        ),
        (
            "as far ahead as may be",
            here(r#"{"exp":1704809401} claim ('exp') is too far in the future"#),
            "undetermined open weak -0.001..0.002",
        ),
        (
            "farther ahead",
            here(r#"{"exp":1704809402} claim ('exp') is too far in the future"#),
            "lifetime cleared likely -0.001..0.002",
        ),
    ];
    let right = ntp("-0.001", "0.002");
    let texts = rows.map(|(name, text, said)| (name, right.clone() + &text, said));
    compare(texts.into_iter(), said);
}

#[test]
fn right_and_wrong_clocks_are_told_apart_without_a_date() {
    let here = "2024-01-09T14:00:00Z {\"iat\":1704808800,\"exp\":1704809100} IDX10223: the token is expired.\n";
    let mixed = ntp("-0.001", "0.002") + &undated("", EXPIRED) + here;
    assert_eq!(said(&diagnose(&mixed)), "expired cleared likely -0.001..0.002", "another judge");
    let ahead = ntp("-300.1", "-299.9") + EXPIRED + "\n";
    assert_eq!(said(&diagnose(&ahead)), "undetermined open weak -300.1..-299.9");
}

#[test]
fn wrong_clock_is_found_without_a_refusal() {
    const ROWS: &[(&str, &str, &str)] = &[
        ("9.9", "10.1", "undetermined open weak 9.9..10.1"),
        ("10", "10.1", "local-clock found proven behind 10..10.1"),
        ("-10.1", "-10", "local-clock found proven ahead -10.1..-10"),
    ];
    for &(least, most, expected) in ROWS {
        assert_eq!(said(&diagnose(&ntp(least, most))), expected, "{least} to {most}");
    }
}

#[test]
fn disagreeing_time_servers_are_outvoted() {
    let (right, wrong) = (ntp("-0.001", "0.002"), ntp("3599.9", "3600.1"));
    let opinion = |text: &str| diagnose(text).third_opinion.map(|opinion| opinion.local);
    let secs = |least, most| {
        let micros = Span::from_micros;
        Offset::between(micros(least), micros(most))
    };
    assert_eq!(opinion(&(right.clone() + &right + &wrong)), secs(-1_000, 2_000));
    assert_eq!(opinion(&(right + &wrong)), secs(-1_000, 3_600_100_000), "no majority");
}

#[test]
fn measured_server_decides_what_whole_seconds_leave_open() {
    let measured = |least: &str, most: &str, ahead, words| {
        measured(Means::HttpDate, least, most) + &refused_there(ahead, words)
    };
    compare(
        [
            (
                "half a second ahead",
                measured("-0.51", "-0.49", 0, EARLY),
                "local-clock found proven ahead -0.51..-0.49",
            ),
            ("right", measured("-0.01", "0.01", 0, EXPIRED), "expired cleared likely -0.01..0.01"),
            (
                "far off, as the stamps show already",
                measured("299.9", "300.1", 300, EXPIRED),
                "local-clock found likely behind 299..301",
            ),
            (
                "another server",
                measured("-0.01", "0.01", 300, EXPIRED),
                "local-clock found likely behind 299..301",
            ),
        ]
        .into_iter(),
        said,
    );
    let zoneless = measured("-0.01", "0.01", 0, EXPIRED).replace('Z', "");
    let diagnosis = diagnose(&zoneless.replace("2024-01-09T", "2024-01-09 "));
    assert_eq!(said(&diagnosis), "expired cleared likely -0.01..0.01", "in no zone");
    assert_eq!(diagnosis.offset_if_utc, None, "what was measured needs none");
}

/// An assertion that was made `after` seconds after the local time of every text.
fn made_ahead(ahead: i64) -> String {
    let iat = 1_704_808_800 + ahead;
    made(&format!("{{\"iat\":{iat},\"exp\":{}}}", iat + 300))
}

fn again(ahead: i64) -> String {
    told(Entry::Retrying { ahead: Span::from_secs(ahead) })
}

#[test]
fn refusal_of_a_retry_by_server_time_clears_the_clock() {
    let twice =
        |first, second| refused_there(DAY, first) + &again(DAY) + &refused_there(DAY, second);
    compare(
        [
            ("once", refused_there(DAY, AUDIENCE), "local-clock found proven behind 86399..86401"),
            (
                "not again",
                refused_there(DAY, AUDIENCE) + &again(DAY),
                "local-clock found proven behind 86399..86401",
            ),
            ("again", twice(AUDIENCE, AUDIENCE), "not-clock cleared likely 86399..86401"),
            ("expired again", twice(EXPIRED, EXPIRED), "not-clock cleared likely 86399..86401"),
            (
                "first for its time, then for another reason",
                twice(EXPIRED, AUDIENCE),
                "local-clock found proven behind 86399..86401",
            ),
            (
                "the claims of the second try are by the server's time",
                made_ahead(0)
                    + &refused_there(2, AUDIENCE)
                    + &again(DAY)
                    + &made_ahead(2)
                    + &refused_there(3, AUDIENCE),
                "not-clock cleared likely 2..3",
            ),
            (
                "too long a lifetime by any clock",
                twice(AUDIENCE, "the 'exp' claim is unreasonably far in the future"),
                "lifetime cleared likely 86399..86401",
            ),
        ]
        .into_iter(),
        said,
    );
}

#[test]
fn second_try_reveals_no_zone() {
    let dated = "2024-01-09 14:00:00 < date: Tue, 09 Jan 2024 15:00:00 GMT\n";
    let zone = |first: &str| {
        let made = made_ahead(3_600);
        diagnose(&format!("{first}{made}{dated}2024-01-09 14:00:00 < {AUDIENCE}\n")).zone
    };
    assert_eq!(zone(""), ZoneKnowledge::Recovered(Span::from_secs(-3_600)));
    assert_eq!(zone(&again(3_600)), ZoneKnowledge::Unknown);
}

#[test]
fn entries_are_found_in_a_long_log() {
    let filling = "2024-01-09T14:00:00Z all is well\n".repeat(99);
    let [off, refused] = [ntp("10", "10.1"), refused_there(DAY, AUDIENCE)];
    compare(
        [
            (
                "a measured clock",
                filling.clone() + &off,
                "local-clock found proven behind 10..10.1",
            ),
            (
                "a second try",
                refused.clone() + &filling + &again(DAY) + &refused,
                "not-clock cleared likely 86399..86401",
            ),
        ]
        .into_iter(),
        said,
    );
}

#[test]
fn entries_count_only_in_their_own_place() {
    let off = ntp("10", "10.1");
    let (head, sentence) = off.split_once(" : ").unwrap();
    let rows = [
        ("in a header", format!("{head} :  Server: {sentence}")),
        (
            "in the body of an answer",
            format!("{head} : failed to reach the receiver status: 500 response: {sentence}"),
        ),
        ("without a head", sentence.to_owned()),
        ("in another log", format!("2024-01-09T14:00:00Z {off}")),
    ];
    let texts = rows.iter().map(|(name, text)| (*name, text.clone(), "undetermined open weak"));
    compare(texts, said);
}
