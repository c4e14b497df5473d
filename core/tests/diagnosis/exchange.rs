//! Grouping of lines into one exchange, and the facts read from it.

use jwtick_core::UnixTime;
use jwtick_core::evidence::transcript::Entry;

use super::table::{Row, check, compare, diagnose, refused_there, said, told_at};

const EXPIRED: &str = r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#;

/// A refusal, followed `lines` lines later by the server's `Date`, 20 minutes ahead.
fn date_behind(lines: usize, between: &str) -> String {
    let filling = between.repeat(lines - 1);
    let text = format!(
        "2024-01-09T14:00:00Z AADSTS700024\n{filling}\
         2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:20:00 GMT\n"
    );
    said(&diagnose(&text))
}

#[test]
fn distant_facts_belong_to_different_exchanges() {
    // Other facts are read within 24 lines, but a `Date` is found anywhere.
    for lines in [1, 24, 25, 64] {
        assert_eq!(
            date_behind(lines, ".\n"),
            "local-clock found proven behind 1199..1206",
            "{lines} lines"
        );
    }
    // The line before is then no reading of the same moment: 5 s are allowed for writing the log.
    assert_eq!(date_behind(65, ".\n"), "local-clock found proven behind 1199..1206", "65 lines");
}

#[test]
fn refused_call_gets_the_date_of_its_own_answer() {
    let rows = [
        ("one", refused_there(1_200, EXPIRED), "local-clock found proven behind 1199..1201"),
        (
            "two by clocks that differ",
            refused_there(1_200, EXPIRED) + &refused_there(-4_800, EXPIRED),
            "undetermined open weak -4801..1201",
        ),
        (
            "two of three by one clock",
            refused_there(1_200, EXPIRED).repeat(2) + &refused_there(-4_800, EXPIRED),
            "local-clock found proven behind 1199..1201",
        ),
    ];
    compare(rows.into_iter(), said);
}

#[test]
fn facts_of_a_new_call_are_not_given_to_the_previous_one() {
    let made = |iat: i64| {
        let claims = format!("{{\"iat\":{iat},\"exp\":{}}}", iat + 300);
        told_at(UnixTime::from_secs(iat), Entry::Made { claims: claims.as_str().into() })
    };
    let rows = [
        (
            "sent an hour later",
            "> x-amz-date: 20240109T140000Z\n< HTTP/1.1 200 OK\n\
             > x-amz-date: 20240109T150000Z\n< HTTP/1.1 403 Forbidden\n\
             < date: Tue, 09 Jan 2024 15:20:00 GMT\nRequestTimeTooSkewed\n"
                .to_owned(),
            "local-clock found likely behind 899..1201",
        ),
        (
            "made an hour later",
            made(1_704_808_800)
                + "< HTTP/1.1 200 OK\n"
                + &made(1_704_812_400)
                + "< HTTP/1.1 400 Bad Request\n< "
                + EXPIRED
                + "\n",
            "local-clock found likely behind 270..",
        ),
    ];
    compare(rows.into_iter(), said);
}

#[test]
fn distant_claims_belong_to_another_exchange() {
    let claims_before = |lines: usize| {
        let filling = ".\n".repeat(lines - 1);
        said(&diagnose(&format!(
            "2024-01-09T14:00:00Z POST\n{{\"iat\":1704808800,\"exp\":1704809400}}\n{filling}\
             2024-01-09T14:00:00Z {EXPIRED}\n"
        )))
    };
    assert_eq!(claims_before(64), "local-clock found likely behind 599..");
    assert_eq!(claims_before(65), "undetermined open weak");
}

#[test]
fn stamp_applies_to_lines_shortly_before_it() {
    let stamp_behind = |lines: usize, more: &str| {
        let filling = ".\n".repeat(lines - 1);
        said(&diagnose(&format!(
            "AADSTS700024\n< Date: Tue, 09 Jan 2024 14:20:00 GMT\n{filling}\
             2024-01-09T14:00:00Z JWT expired\n{more}"
        )))
    };
    const BEHIND: &str = "local-clock found proven behind 1199..1230";
    assert_eq!(stamp_behind(1, ""), BEHIND);
    assert_eq!(
        stamp_behind(1, "2024-01-09T15:00:00Z JWT expired\n"),
        BEHIND,
        "and to nothing else"
    );
    assert_eq!(stamp_behind(64, ""), BEHIND);
    assert_eq!(stamp_behind(65, ""), "undetermined open weak");
}

#[test]
fn heavier_of_two_refusals_on_one_line_counts_else_the_first() {
    const EARLY: &str = "Jwt used before 2024-01-09T14:02:00Z";
    // Lines are read in pieces of 8 KiB.
    let on_one_line = |first: &str, second: &str| {
        let between = " ".repeat(9_000);
        said(&diagnose(&format!("2024-01-09T14:00:00Z {first}{between}{second}\n")))
    };
    assert_eq!(on_one_line(EARLY, "JWT expired"), "local-clock found likely behind 119..");
    assert_eq!(on_one_line("JWT expired", EARLY), "undetermined open weak");
    assert_eq!(on_one_line("invalid signature", EARLY), "local-clock found likely behind 90..");
}

#[test]
fn verifier_that_prints_its_time_needs_no_stamps() {
    const ROWS: &[Row] = &[(
        "beside a server's answer",
        "< HTTP/1.1 200 OK\n< Date: Tue, 09 Jan 2024 14:20:00 GMT\nJWT must not be accepted before 2024-01-09T14:10:00Z. Current time: 2024-01-09T14:00:00Z, a difference of 600000 milliseconds\n",
        "local-clock found proven behind 1199..1201",
    )];
    check(ROWS);
}

#[test]
fn anchor_directly_after_a_cut_is_found() {
    let text = "a short line\n".to_owned() + &"a".repeat(8_192) + "ExpiredProviderToken\n";
    assert_eq!(diagnose(&text).refusals, 1);
}

#[test]
fn last_line_counts_with_or_without_a_line_end() {
    const ROWS: &[(&str, u64)] =
        &[("", 0), ("a", 1), ("a\n", 1), ("a\n\nb", 3), ("JWT expired", 1), ("JWT expired\n", 1)];
    for &(text, lines) in ROWS {
        assert_eq!(diagnose(text).lines, lines, "{text:?}");
    }
}

#[test]
fn date_is_read_in_every_form() {
    const ROWS: &[Row] = &[
        (
            "curl",
            "2024-01-09T14:00:00Z POST\n< Date: Tue, 09 Jan 2024 14:20:00 GMT\n2024-01-09T14:00:00Z AADSTS700024\n",
            "local-clock found proven behind 1199..1206",
        ),
        (
            "what we sent is no server's",
            "2024-01-09T14:00:00Z POST\n> Date: Tue, 09 Jan 2024 14:20:00 GMT\n2024-01-09T14:00:00Z AADSTS700024\n",
            "undetermined open weak",
        ),
        (
            "the age after the date",
            "2024-01-09T14:00:00Z POST\n2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:00:00 GMT\n2024-01-09T14:00:00Z < age: 1200\n2024-01-09T14:00:00Z AADSTS700024\n",
            "local-clock found proven behind 1198..1207",
        ),
        (
            "HAR, one line",
            "{\"startedDateTime\":\"2024-01-09T14:00:00.000Z\",\"response\":{\"status\":400,\"headers\":[{\"name\":\"date\",\"value\":\"Tue, 09 Jan 2024 14:20:00 GMT\"}],\"content\":{\"text\":\"AADSTS700024\"}}}\n",
            "local-clock found proven behind 1199.999..1206",
        ),
        (
            "HAR, name and value on two lines",
            "\"startedDateTime\": \"2024-01-09T14:00:00.000Z\",\n\"name\": \"date\",\n\"value\": \"Tue, 09 Jan 2024 14:20:00 GMT\"\n\"text\": \"AADSTS700024\"\n",
            "local-clock found proven behind 1170..1206",
        ),
        (
            "HAR, another header's value",
            "\"startedDateTime\": \"2024-01-09T14:00:00.000Z\",\n\"name\": \"expires\",\n\"value\": \"Tue, 09 Jan 2024 14:20:00 GMT\"\n\"text\": \"AADSTS700024\"\n",
            "undetermined open weak",
        ),
        (
            "two answers: the one beside the refusal counts",
            "2024-01-09T14:00:00Z GET\n2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:30:00 GMT\n2024-01-09T14:00:01Z POST\n2024-01-09T14:00:01Z < date: Tue, 09 Jan 2024 14:20:01 GMT\n2024-01-09T14:00:01Z AADSTS700024\n",
            "local-clock found proven behind 1199..1206",
        ),
    ];
    check(ROWS);
}

#[test]
fn request_may_have_been_in_flight() {
    const ROWS: &[Row] = &[
        // IN_FLIGHT: an hour, and 30 s of error for an expired one.
        (
            "signed an hour and 31 s before",
            "Signature expired: 20240109T140000Z is now earlier than 20240109T144531Z (20240109T150031Z - 15 min.)",
            "local-clock found likely behind 30..3632",
        ),
        (
            "signed an hour and 30 s before",
            "Signature expired: 20240109T140000Z is now earlier than 20240109T144530Z (20240109T150030Z - 15 min.)",
            "undetermined open weak 29..3631",
        ),
        (
            "signed in the server's future",
            "Signature not yet current: 20240109T140000Z is still later than 20240109T135500Z (20240109T135000Z + 5 min.)",
            "local-clock found likely ahead -4201..-599",
        ),
        // TRANSCRIPT: 300 s.
        (
            "a transcript, 302 s",
            "> x-amz-date: 20240109T140000Z\n< date: Tue, 09 Jan 2024 14:05:03 GMT\nRequestTimeTooSkewed\n",
            "undetermined open weak 2..304",
        ),
        (
            "a transcript, 301 s",
            "> x-amz-date: 20240109T140000Z\n< date: Tue, 09 Jan 2024 14:05:02 GMT\nRequestTimeTooSkewed\n",
            "undetermined open weak 1..303",
        ),
        // A clock within a minute is right.
        (
            "signed 59 s before",
            "> x-amz-date: 20240109T140000Z\n< date: Tue, 09 Jan 2024 14:00:59 GMT\nRequestExpired\n",
            "undetermined open weak -242..60",
        ),
        (
            "signed 60 s before",
            "> x-amz-date: 20240109T140000Z\n< date: Tue, 09 Jan 2024 14:01:00 GMT\nRequestExpired\n",
            "undetermined open weak -241..61",
        ),
    ];
    check(ROWS);
}

#[test]
fn age_applies_before_and_after_its_date() {
    const ROWS: &[Row] = &[
        (
            "before",
            "2024-05-07T10:11:12Z GET /keys\n< HTTP/2 200\n< age: 1200\n< date: Tue, 07 May 2024 09:51:12 GMT\n2024-05-07T10:11:13Z jwt expired\n",
            "expired cleared likely -3..2",
        ),
        (
            "behind",
            "2024-05-07T10:11:12Z GET /keys\n< HTTP/2 200\n< date: Tue, 07 May 2024 09:51:12 GMT\n< age: 1200\n2024-05-07T10:11:13Z jwt expired\n",
            "expired cleared likely -3..2",
        ),
        (
            "of the second answer, not the first",
            "2024-05-07T10:11:12Z GET /keys\n< HTTP/2 200\n< date: Tue, 07 May 2024 10:11:12 GMT\n< HTTP/2 200\n< age: 1200\n< date: Tue, 07 May 2024 09:51:12 GMT\n2024-05-07T10:11:13Z jwt expired\n",
            "expired cleared likely -3..2",
        ),
    ];
    check(ROWS);
}

#[test]
fn answer_is_logged_after_its_arrival() {
    let answer = |status: &str| {
        let text = format!(
            "2024-01-09T14:00:00Z POST /token\n\
             {status}\
             2024-01-09T14:00:03Z < date: Tue, 09 Jan 2024 14:00:01 GMT\n\
             2024-01-09T14:00:03Z JWT expired\n"
        );
        said(&diagnose(&text))
    };
    let status = "2024-01-09T14:00:03Z < HTTP/1.1 400 Bad Request\n";
    assert_eq!(answer(status), "expired cleared likely -3..2", "three seconds under way");
    let kind = "2024-01-09T14:00:03Z < content-type: text/plain\n";
    assert_eq!(answer(&format!("{status}{kind}")), "expired cleared likely -3..2", "more of it");
    assert_eq!(answer(""), "expired cleared likely -3..2", "no line of status");
}
