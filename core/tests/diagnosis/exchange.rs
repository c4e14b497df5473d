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
    const ROWS: &[Row] = &[
        (
            "beside a server's answer",
            "< HTTP/1.1 200 OK\n< Date: Tue, 09 Jan 2024 14:20:00 GMT\nJWT must not be accepted before 2024-01-09T14:10:00Z. Current time: 2024-01-09T14:00:00Z, a difference of 600000 milliseconds\n",
            "local-clock found proven behind 1199..1201",
        ),
        (
            "in the record of the answer",
            "2024-01-09T14:00:00Z Token used too early, 1704808800 < 1704809400 date=\"Tue, 09 Jan 2024 14:20:00 GMT\"\n",
            "local-clock found proven behind 1199..1201",
        ),
        (
            "in a record after the answer",
            "2024-01-09T14:00:00Z date=\"Tue, 09 Jan 2024 14:20:00 GMT\"\n2024-01-09T14:00:00Z Token used too early, 1704808800 < 1704809400\n",
            "local-clock found proven behind 1199..1206",
        ),
    ];
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

/// The stamp `secs` after 14:00:00, without a zone.
fn stamp(secs: i64) -> String {
    let secs = 14 * 3_600 + secs;
    format!("2024-01-09T{:02}:{:02}:{:02}", secs / 3_600, secs / 60 % 60, secs % 60)
}

#[test]
fn head_without_stamps_belongs_to_the_record_after_it() {
    const BEHIND: &str = "local-clock found proven behind 1199..1230";
    const DRIFTED: &str = "local-clock found proven behind 1199..1230.012";
    const HEAD: &str = "< HTTP/1.1 400 Bad Request\n< Date: Tue, 09 Jan 2024 14:20:00 GMT\n";
    let after = |before: &str, secs: i64| {
        format!("{}Z {before}\n{HEAD}{}Z {EXPIRED}\n", stamp(-secs), stamp(0))
    };
    let twice = |secs: i64| {
        let later = HEAD.replace("20:00", &format!("20:{secs}"));
        after("POST /token", 29) + &format!("{later}2024-01-09T14:00:{secs}Z {EXPIRED}\n")
    };
    let delivered = "2024-01-09T10:00:00Z POST /token\n\
        2024-01-09T10:00:00Z < HTTP/1.1 200 OK\n\
        2024-01-09T10:00:00Z {\"access_token\":\"opaque\"}\n";
    let rows = [
        (
            "29 s after another line",
            after("INFO ready", 29),
            "local-clock found proven behind 1199..1235",
        ),
        ("30 s after it", after("INFO ready", 30), BEHIND),
        (
            "29 s after another line, without a refusal that is known",
            after("INFO ready", 29).replace(EXPIRED, "ERROR no"),
            "undetermined open weak 1199..1235",
        ),
        (
            "30 s after it, without one",
            after("INFO ready", 30).replace(EXPIRED, "ERROR no"),
            "undetermined open weak",
        ),
        ("after a request", after("POST /token", 29), BEHIND),
        (
            "hours after a token was delivered",
            format!("{delivered}{HEAD}2024-01-09T14:00:00Z {EXPIRED}\n"),
            BEHIND,
        ),
        ("after another refusal, 29 s before", twice(29), DRIFTED),
        ("after another refusal, 30 s before", twice(30), BEHIND),
    ];
    compare(rows.into_iter(), said);
}

#[test]
fn record_with_its_own_date_is_an_exchange() {
    let answered = |at: &str, words: &str, date: &str| {
        format!("2024-01-09T{at}Z {words} date=\"Tue, 09 Jan 2024 {date} GMT\"\n")
    };
    let rows = [
        (
            "two refusals",
            answered("14:00:00", EXPIRED, "14:20:00") + &answered("14:00:07", EXPIRED, "14:20:07"),
            "local-clock found proven behind 1199..1206",
        ),
        (
            "a refusal after an answer that refused nothing",
            answered("14:00:00", "answered 200", "14:00:00")
                + &answered("14:00:07", EXPIRED, "14:20:07"),
            "remote-clock found likely",
        ),
        (
            "an answer that refused nothing after a refusal",
            answered("14:00:00", EXPIRED, "14:20:00")
                + &answered("14:00:07", "answered 200", "14:00:07"),
            "local-clock found proven behind 1199..1206",
        ),
    ];
    compare(rows.into_iter(), said);
}

#[test]
fn passed_exchange_states_nothing_about_the_next_refusal() {
    const CLAIMS: &str = "{\"iat\":1704805200,\"exp\":1704808800}";
    const FAILED: &str =
        "2024-01-09T14:00:00Z ERROR failed date=\"Tue, 09 Jan 2024 14:00:00 GMT\"\n";
    let passed = format!(
        "2024-01-09T13:00:00Z INFO assertion made {CLAIMS}\n\
         2024-01-09T13:00:00Z POST /token\n2024-01-09T13:00:00Z < HTTP/1.1 200 OK\n"
    );
    let rows = [
        (
            "the lifetime of an assertion that was accepted",
            format!(
                "{passed}2024-01-09T13:00:00Z {{\"access_token\":\"x\"}}\nplease check the 'exp' claim: invalid_grant\n"
            ),
            "undetermined open weak",
        ),
        (
            "an age without a date",
            format!("{passed}2024-01-09T13:00:00Z < age: 1200\n{FAILED}"),
            "undetermined open weak -1..6",
        ),
        (
            "an age at the date",
            format!(
                "2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request\n2024-01-09T14:00:00Z < age: 1200\n{FAILED}"
            ),
            "undetermined open weak 1198..1207",
        ),
    ];
    compare(rows.into_iter(), said);
}

#[test]
fn delivered_token_is_judged_where_it_is_presented() {
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3MDQ4MDE2MDAsImV4cCI6MTcwNDgwNTIwMH0.c2ln";
    let rows = [
        (
            "a token that is not the one delivered",
            format!(
                "POST /token\n{{\"access_token\":\"opaque\"}}\nAuthorization: Bearer {token}\nJWT expired 600000 milliseconds ago at 2024-01-09T13:00:00Z. Current time: 2024-01-09T13:10:00Z\n"
            ),
            "undetermined open weak",
        ),
        (
            "the token that was delivered",
            format!(
                "POST /token\n{{\"access_token\":\"{token}\"}}\nAuthorization: Bearer {token}\nJWT expired 600000 milliseconds ago at 2024-01-09T13:00:00Z. Current time: 2024-01-09T13:10:00Z\n"
            ),
            "local-clock found likely ahead ..-599",
        ),
        (
            "a token delivered long before",
            format!(
                "2024-01-09T12:00:00Z POST /token\n2024-01-09T12:00:00Z {{\"access_token\":\"{token}\"}}\n2024-01-09T14:00:00Z GET /keys\n2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:00:00 GMT\n2024-01-09T14:00:00Z Signature has expired\n"
            ),
            "expired cleared likely -1..1",
        ),
        (
            "a token delivered just now",
            format!(
                "2024-01-09T13:59:59Z POST /token\n2024-01-09T13:59:59Z {{\"access_token\":\"{token}\"}}\n2024-01-09T14:00:00Z GET /keys\n2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:00:00 GMT\n2024-01-09T14:00:00Z Signature has expired\n"
            ),
            "expired cleared proven -1..1",
        ),
    ];
    compare(rows.into_iter(), said);
}

#[test]
fn clock_that_may_have_been_set_is_that_of_no_older_answer() {
    let seen = |mins: i64, secs: i64, zone: &str| {
        let at = stamp(-mins * 60 - secs);
        format!(
            "{at}{zone} INFO answered 200 date=\"Tue, 09 Jan 2024 14:00:00 GMT\"\n2024-01-09T14:00:00{zone} POST /token\n2024-01-09T14:00:00{zone} {EXPIRED}\n"
        )
    };
    let rows = [
        ("58 min before", seen(58, 0, "Z"), "local-clock found proven behind 3479..3486"),
        ("59 min before", seen(59, 0, "Z"), "undetermined open weak"),
        ("58 min before, without a zone", seen(58, 0, ""), "undetermined open weak -39721..53886"),
        // The answer is read up to 5 s before it is logged.
        (
            "1 s after the refusal by its stamp, as lines overtake each other",
            seen(0, -1, "Z"),
            "expired cleared likely -2..5",
        ),
        ("2 s after the refusal by its stamp", seen(0, -2, "Z"), "undetermined open weak"),
        (
            "set back, and the same time once more",
            seen(0, -10, "Z")
                + "2024-01-09T12:00:00Z INFO set\n2024-01-09T14:00:05Z POST /token\n2024-01-09T14:00:05Z "
                + EXPIRED
                + "\n",
            "undetermined open weak",
        ),
    ];
    compare(rows.into_iter(), said);
}

#[test]
fn clock_may_have_drifted_between_two_answers() {
    // The first answer shows more exactly than the second by how much the clock is behind at least.
    let text = |minutes: i64| {
        let at = stamp(-minutes * 60);
        let time = stamp(120 - minutes * 60).replace("2024-01-09T", "");
        format!(
            "{at}.000Z POST /token\n{at}.001Z INFO answered 200 date=\"Tue, 09 Jan 2024 {time} GMT\"\n\
             2024-01-09T14:00:00.000Z POST /token\n\
             2024-01-09T14:00:00.500Z {{\"error\":\"invalid_grant\"}} date=\"Tue, 09 Jan 2024 14:02:00 GMT\"\n"
        )
    };
    let rows = [
        ("a minute", text(1), "local-clock found likely behind 119.968..121"),
        ("ten minutes", text(10), "local-clock found likely behind 119.698..121"),
        (
            "so long that the second says more",
            text(58),
            "local-clock found likely behind 119.499..121",
        ),
    ];
    compare(rows.into_iter(), said);
}

#[test]
fn several_refusals_count_by_the_one_that_decides() {
    let signed = |at: &str, date: &str| {
        format!(
            "2024-01-09T14:{at}Z PUT /item\n2024-01-09T14:{at}Z invalid request, please check your server timestamp or recv_window param. req_timestamp[1704808800000],server_timestamp[{date}000],recv_window[5000]\n"
        )
    };
    let expired = |at: &str, date: &str| {
        format!(
            "2024-01-09T14:{at}Z POST /token\n2024-01-09T14:{at}Z {EXPIRED} {{\"iat\":1704805200,\"exp\":1704808800}} date=\"Tue, 09 Jan 2024 14:{date} GMT\"\n"
        )
    };
    let rows = [
        (
            "a request that is sent again",
            signed("00:04", "1704808704") + &signed("00:20", "1704808720"),
            "local-clock found proven ahead -101..-99.999",
        ),
        (
            "only the second",
            signed("00:20", "1704808720"),
            "late-request cleared proven -101..-99.999",
        ),
        ("ended 21 s before", expired("00:21", "00:21"), "undetermined open weak -1..1"),
        ("ended 51 s before", expired("00:51", "00:51"), "expired cleared likely -1..1"),
        (
            "ended 21 s and 51 s before",
            expired("00:21", "00:21") + &expired("00:51", "00:51"),
            "expired cleared likely -1..1",
        ),
    ];
    compare(rows.into_iter(), said);
}
