//! Refusals that no clock causes: claims, lifetimes, age, an end that was announced.

use jwtick_core::diagnosis::{ClockFault, Decider};
use jwtick_core::time::HttpDate;
use jwtick_core::{Diagnoser, Options, UnixTime};

use super::table::{Measured, Row, check, check_measured, refused_there};

#[test]
fn wrong_claims_are_not_blamed_on_a_clock() {
    const UNITS: &str = "units cleared proven";
    const ROWS: &[Row] = &[
        ("milliseconds", "{\"iat\":1704808800000,\"exp\":1704812400000} JWT expired\n", UNITS),
        ("a duration as end", "{\"iat\":1704808800,\"exp\":3600} JWT expired\n", UNITS),
        ("counted from 2000", "{\"iat\":758124000,\"exp\":758127600} JWT expired\n", UNITS),
        (
            "a verifier that prints 1970",
            "JWT expired at 1970-01-01T01:00:00Z. Current time: 2024-01-09T14:00:00Z, a difference of 1704808800000 milliseconds\n",
            UNITS,
        ),
        (
            "the last second of 1970",
            "2024-01-09T14:00:00Z Jwt expired at 1970-12-31T23:59:58Z\n",
            UNITS,
        ),
        (
            "a second that ends with the year",
            "2024-01-09T14:00:00Z Jwt expired at 1970-12-31T23:59:59Z\n",
            "undetermined open weak",
        ),
        (
            "the year after",
            "2024-01-09T14:00:00Z Jwt expired at 1971-01-01T00:00:00Z\n",
            "undetermined open weak",
        ),
        ("text", "{\"iat\":\"2024-01-09T14:00:00Z\"} invalid_grant\n", "not-clock cleared proven"),
        (
            "text of a good token",
            "{\"exp\":\"2024-01-09T14:00:00Z\"} JWT expired\n",
            "undetermined open weak",
        ),
        (
            "seconds",
            "{\"iat\":1704808800,\"exp\":1704812400} JWT expired\n",
            "undetermined open weak",
        ),
        ("nothing was refused", "{\"exp\":3600}\n", "undetermined open weak"),
    ];
    check(ROWS);
}

#[test]
fn right_clock_leaves_another_reason() {
    const LATE: &str = "Signature expired: 20240109T135800Z is now earlier than 20240109T134500Z (20240109T140000Z - 15 min.)";
    const LONG: &str = "{\"iat\":1704808800,\"exp\":1704809401} claim ('exp') must be a numeric value representing the future time";
    const ROWS: &[Measured] = &[
        ("signed two minutes ago", 0, LATE, "late-request cleared likely -1..1"),
        ("a second more than the cap of 600", 0, LONG, "lifetime cleared likely -1..1"),
        (
            "no longer than may be",
            0,
            "Expiration Time in the Access Token Exceeds Maximum Time Allowed",
            "lifetime cleared proven -1..1",
        ),
        (
            "code that mixes civil times",
            0,
            "utcnow() JWT expired",
            "time-zone cleared likely -1..1",
        ),
        (
            "such code, nothing about time",
            0,
            "utcnow() invalid_grant",
            "not-clock cleared likely -1..1",
        ),
        ("refused", 0, "invalid_grant", "not-clock cleared likely -1..1"),
    ];
    check_measured(ROWS, refused_there);
}

#[test]
fn lifetime_up_to_the_cap_is_not_blamed() {
    const ROWS: &[Row] = &[
        (
            "600 s, as GitHub allows",
            "{\"iat\":1704808800,\"exp\":1704809400}\nclaim ('exp') is too far in the future\n",
            "local-clock found likely ahead ..-0.000001",
        ),
        (
            "600 s in the line of the refusal",
            "{\"iat\":1704808800,\"exp\":1704809400} claim ('exp') is too far in the future\n",
            "local-clock found likely ahead ..-0.000001",
        ),
        (
            "601 s",
            "{\"iat\":1704808800,\"exp\":1704809401}\nclaim ('exp') is too far in the future\n",
            "lifetime cleared likely",
        ),
        (
            "540 s, a minute less",
            "{\"iat\":1704808800,\"exp\":1704809340}\nclaim ('exp') is too far in the future\n",
            "local-clock found likely ahead ..-60.000001",
        ),
    ];
    check(ROWS);
}

#[test]
fn end_announced_by_this_host_needs_no_second_clock() {
    const ROWS: &[Row] = &[
        (
            "over when refused",
            "2024-01-09T14:00:00Z token issued, expires_in=300\n2024-01-09T14:05:00Z JWT expired\n",
            "expired cleared proven",
        ),
        (
            "two seconds before it is over",
            "2024-01-09T14:00:00Z token issued, expires_in=300\n2024-01-09T14:04:58Z JWT expired\n",
            "undetermined open weak",
        ),
        (
            "announced as an instant",
            "2024-01-09T14:00:00Z token issued, expires at 2024-01-09T14:05:00Z\n2024-01-09T14:05:00Z JWT expired\n",
            "expired cleared proven",
        ),
        (
            "a newer one was issued",
            "2024-01-09T14:00:00Z token issued, expires_in=300\n2024-01-09T14:03:00Z token issued, expires_in=300\n2024-01-09T14:05:00Z JWT expired\n",
            "undetermined open weak",
        ),
        (
            "the provider's refusal, past the end by our clock too",
            "2024-01-09T14:00:00Z {\"iat\":1704808500,\"exp\":1704808800}\n2024-01-09T14:00:00Z AADSTS700024\n",
            "undetermined open weak",
        ),
    ];
    check(ROWS);
}

#[test]
fn requests_refused_at_the_age_limit_waited_in_a_backlog() {
    const AT: &str = "Signature expired: 20240109T134500Z is now earlier than 20240109T134500Z (20240109T140000Z - 15 min.)\n";
    const PAST: &str = "Signature expired: 20240109T134459Z is now earlier than 20240109T134500Z (20240109T140000Z - 15 min.)\n";
    const LATER: &str = "Signature expired: 20240109T134458Z is now earlier than 20240109T134500Z (20240109T140000Z - 15 min.)\n";
    let rows = [
        (
            "three, by a log that is 20 min behind",
            format!("2024-01-09T13:40:00Z {AT}").repeat(3),
            "local-clock found proven behind 1199..1206",
        ),
        ("three at it", AT.repeat(3), "late-request cleared likely"),
        ("three a second past it", PAST.repeat(3), "late-request cleared likely"),
        ("two", AT.repeat(2), "undetermined open weak -2701..901"),
        ("two seconds past it", LATER.repeat(3), "undetermined open weak -2699..903"),
    ];
    super::table::compare(rows.into_iter(), super::table::said);
}

/// Three refusals in ten seconds, each `age` seconds after signing, the last one `late` seconds more.
fn signed_before(age: i64, late: i64) -> String {
    let line = |server: i64, age: i64| {
        format!("RequestTimeTooSkewed req_timestamp[{}],server_timestamp[{server}]\n", server - age)
    };
    let first = 1_704_808_800;
    line(first, age) + &line(first + 5, age) + &line(first + 10, age + late)
}

#[test]
fn youngest_request_bounds_the_offset_if_others_waited() {
    let rows = [
        ("59 s later", signed_before(5_000, 59), "local-clock found likely behind 1458..5001"),
        ("60 s later", signed_before(5_000, 60), "local-clock found likely behind 1459..5001"),
        ("61 s later", signed_before(5_000, 61), "local-clock found likely behind 1399..5001"),
        ("50 min later", signed_before(1_200, 3_000), "undetermined open weak -2401..1201"),
    ];
    super::table::compare(rows.into_iter(), super::table::said);
}

#[test]
fn constant_age_is_not_a_delay() {
    let rows = [
        ("20 min each", signed_before(1_200, 0), "local-clock found likely behind 0.000001..1201"),
        (
            "up to two seconds apart",
            signed_before(1_200, 2),
            "local-clock found likely behind 0.000001..1201",
        ),
        ("three seconds apart", signed_before(1_200, 3), "undetermined open weak"),
        ("within a minute", signed_before(59, 0), "undetermined open weak -3542..60"),
        ("a start that is set back", signed_before(119, 0), "undetermined open weak -3482..120"),
        ("just longer", signed_before(120, 0), "local-clock found likely behind 0.000001..121"),
        (
            "only twice",
            signed_before(1_200, 0).lines().skip(1).map(|line| format!("{line}\n")).collect(),
            "undetermined open weak",
        ),
    ];
    for (name, text, expected) in rows {
        let said = super::table::said(&super::table::diagnose(&text));
        assert!(said.starts_with(expected), "{name}: `{said}` instead of `{expected}`");
    }
}

/// A refusal at 14:00:00 UTC by a server that is right, logged in UTC+9, with these claims and words.
fn refused_in_seoul(claims: &str, words: &str) -> String {
    let line = |text: &str| format!("2024-01-09T23:00:00+09:00 {text}\n");
    [
        line("POST /token"),
        line("< HTTP/1.1 400 Bad Request"),
        line("< date: Tue, 09 Jan 2024 14:00:00 GMT"),
        line(&format!("< {{{claims}}} {words}")),
    ]
    .concat()
}

const NOW: i64 = 1_704_808_800;
const SEOUL: i64 = 9 * 3_600;

#[test]
fn end_too_early_by_the_zone_was_computed_in_local_time() {
    const EXPIRED: &str = "expired cleared proven -1..1";
    const ZONE: &str = "time-zone cleared proven -1..1";
    // Lifetime of the assertion beyond the zone.
    const ROWS: &[(i64, &str)] =
        &[(-1, EXPIRED), (0, EXPIRED), (1, ZONE), (600, ZONE), (601, EXPIRED)];
    let rows = ROWS.iter().flat_map(|&(longer, expected)| {
        let exp = NOW - SEOUL + longer;
        let end = format!("\"exp\":{exp}");
        // An `iat` that is equally early shows that the whole token was made then, unless it ends before.
        let token = format!("\"iat\":{},{end}", exp - 60);
        [
            ("an end", refused_in_seoul(&end, "JWT has expired"), expected),
            ("an end and a start", refused_in_seoul(&token, "JWT has expired"), ZONE),
        ]
    });
    super::table::compare(rows, super::table::said);
}

#[test]
fn end_still_ahead_at_the_judge_clears_a_clock_that_is_behind() {
    const BEHIND: &str = "local-clock found likely behind 59..61";
    const OPEN: &str = "undetermined open weak 59..61";
    // Remaining validity in seconds by the server's `Date`; the answer takes a few of them.
    let rows = [("four", 4, BEHIND), ("five", 5, BEHIND), ("six", 6, OPEN), ("a minute", 60, OPEN)];
    let rows = rows.map(|(name, left, expected)| {
        let claims = format!("\"iat\":{},\"exp\":{}", NOW - 300, NOW + 60 + left);
        (name, refused_there(60, &format!("{{{claims}}} JWT has expired")), expected)
    });
    let of_another = "2024-01-09T14:00:00Z {\"iat\":1704808800,\"exp\":1704815000}\n".to_owned();
    let of_another = of_another + &refused_there(60, "JWT has expired");
    let rows = rows.into_iter().chain([("that of another token", of_another, BEHIND)]);
    super::table::compare(rows, super::table::said);
}

#[test]
fn token_that_ends_before_it_starts_mixes_zones() {
    let rows = [
        ("more than the widest zone before", -50_401, "expired cleared proven -1..1"),
        ("as much", -50_400, "time-zone cleared proven -1..1"),
        ("a second before", -1, "time-zone cleared likely -1..1"),
        ("at once", 0, "expired cleared likely -1..1"),
    ];
    let rows = rows.map(|(name, life, expected)| {
        let claims = format!("\"iat\":{NOW},\"exp\":{}", NOW + life);
        (name, refused_there(0, &format!("{{{claims}}} JWT has expired")), expected)
    });
    super::table::compare(rows.into_iter(), super::table::said);
}

#[test]
fn start_that_differs_from_the_logged_time_blames_no_clock() {
    const ZONE: &str = "time-zone cleared likely -1..1";
    const WANTED: &str = "not-clock cleared likely -1..1";
    const OPEN: &str = "undetermined open weak -1..1";
    const AHEAD: &str = "local-clock found likely ahead -1..-0.000001";
    // Start of the token, relative to now.
    const ROWS: &[(&str, i64, &str)] = &[
        ("long ago", -SEOUL - 601, OPEN),
        ("nearly the zone ago", -SEOUL - 600, ZONE),
        ("the zone ago", -SEOUL, ZONE),
        ("six seconds ago", -6, OPEN),
        ("five seconds ago", -5, AHEAD),
        ("now", 0, AHEAD),
        ("within the next seconds", 6, AHEAD),
        ("later than that", 7, WANTED),
        ("not quite in the zone", SEOUL - 601, WANTED),
        ("nearly in the zone", SEOUL - 600, ZONE),
        ("still nearly in the zone", SEOUL + 600, ZONE),
        ("later than in the zone", SEOUL + 601, WANTED),
    ];
    let rows = ROWS.iter().map(|&(name, start, expected)| {
        let claims = format!("\"nbf\":{}", NOW + start);
        (name, refused_in_seoul(&claims, "JWT not yet valid"), expected)
    });
    super::table::compare(rows, super::table::said);
    let early = refused_in_seoul("", "JWT not yet valid");
    let later = format!("\"nbf\":{}", NOW + 60);
    let mixed = early + &refused_in_seoul(&later, "JWT has expired");
    assert_eq!(super::table::said(&super::table::diagnose(&mixed)), AHEAD, "a start of another");
}

/// The end of the token that was sent, in seconds after the server's time; how far the local clock is
/// behind; and whether the refusal as expired is called a contradiction.
const ENDS: &[(i64, i64, bool)] = &[
    (-10, 0, false),
    (0, 0, false),
    (5, 0, false),
    (6, 0, true),
    (30, 0, true),
    (270, 0, true),
    (270, 31, true),
    (270, 3_600, false),
];

/// A token that ends in the future of both clocks is said to have expired: the times contradict that, unless
/// the clock is wrong by more than any judge tolerates.
#[test]
fn refusal_that_the_end_contradicts_clears_no_clock() {
    for &(left, behind, is_contradiction) in ENDS {
        // 2026-01-09T14:00:31Z
        let now = 1_767_967_231;
        let (exp, local) = (now + left, UnixTime::from_secs(now - behind));
        let (iat, stamp) = (exp - 300, HttpDate::new(local).unwrap().to_string());
        let time = &stamp[17..25];
        let text = format!(
            "2026-01-09T{time}Z POST https://id.example/token {{\"iss\":\"a\",\"iat\":{iat},\"exp\":{exp}}}\n\
             2026-01-09T{time}Z < HTTP/1.1 400 Bad Request\n\
             2026-01-09T{time}Z < Date: Fri, 09 Jan 2026 14:00:31 GMT\n\
             2026-01-09T{time}Z {{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}}\n"
        );
        let mut diagnoser = Diagnoser::new(Options::default());
        diagnoser.feed(text.as_bytes());
        let found = diagnoser.finish();
        let is_open = found.decider == Some(Decider::TokenTimes);
        assert_eq!(is_open, is_contradiction, "{left} s left, {behind} s behind: {found:?}");
        assert!(left <= 5 || found.fault != ClockFault::Cleared, "{left} s: {found:?}");
    }
}
