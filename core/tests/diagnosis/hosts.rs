//! Hosts that were queried for their time, and texts that several clocks wrote.

use super::table::{Row, check, compare, diagnose, said};

const READINGS: &[Row] = &[
    (
        "the second is behind",
        "$ date -u\nTue Jan  9 14:20:05 UTC 2024\n$ ssh b date -u\nTue Jan  9 14:20:03 UTC 2024\nJWT expired\n",
        "peer-clocks found proven",
    ),
    (
        "the second is a second behind",
        "$ date -u\nTue Jan  9 14:20:05 UTC 2024\n$ ssh b date -u\nTue Jan  9 14:20:04 UTC 2024\nJWT expired\n",
        "undetermined open weak",
    ),
    (
        "typed within a minute",
        "$ date -u\nTue Jan  9 14:20:05 UTC 2024\n$ ssh b date -u\nTue Jan  9 14:21:05 UTC 2024\nJWT expired\n",
        "undetermined open weak",
    ),
    (
        "a second more than that",
        "$ date -u\nTue Jan  9 14:20:05 UTC 2024\n$ ssh b date -u\nTue Jan  9 14:21:06 UTC 2024\nJWT expired\n",
        "peer-clocks found proven",
    ),
    (
        "nothing was refused",
        "$ date -u\nTue Jan  9 14:20:05 UTC 2024\n$ ssh b date -u\nTue Jan  9 14:19:05 UTC 2024\n",
        "undetermined open weak",
    ),
    (
        "a guest behind its host",
        "$ date -u\nTue Jan  9 14:20:05 UTC 2024\n$ docker exec app date -u\nTue Jan  9 14:00:05 UTC 2024\nJWT expired\n",
        "peer-clocks found proven behind 1199..1260",
    ),
    (
        "an answer on the twelfth line after the command",
        "$ date -u\nTue Jan  9 14:20:05 UTC 2024\n.\n.\n.\n.\n.\n.\n.\n.\n.\n.\nTue Jan  9 14:00:05 UTC 2024\nJWT expired\n",
        "peer-clocks found proven",
    ),
    (
        "the thirteenth line is not an answer",
        "$ date -u\nTue Jan  9 14:20:05 UTC 2024\n.\n.\n.\n.\n.\n.\n.\n.\n.\n.\n.\nTue Jan  9 14:00:05 UTC 2024\nJWT expired\n",
        "undetermined open weak",
    ),
];

#[test]
fn hosts_that_print_their_time_are_compared() {
    check(READINGS);
}

#[test]
fn single_bound_in_a_text_of_two_clocks_blames_neither() {
    const ROWS: &[Row] = &[
        (
            "one clock",
            "2024-01-09T14:00:00Z a\n2024-01-09T14:00:00Z Jwt used before 2024-01-09T14:02:00Z\n",
            "local-clock found likely behind 119..",
        ),
        (
            "stamps that go back by two seconds",
            "2024-01-09T14:00:02Z a\n2024-01-09T14:00:00Z Jwt used before 2024-01-09T14:02:00Z\n",
            "peer-clocks found likely",
        ),
        (
            "by one second, as lines may overtake each other",
            "2024-01-09T14:00:01Z a\n2024-01-09T14:00:00Z Jwt used before 2024-01-09T14:02:00Z\n",
            "local-clock found likely behind 119..",
        ),
        (
            "two hosts",
            "{\"time\":\"2024-01-09T14:00:00Z\",\"host\":\"a\",\"msg\":\"token issued, valid for 300 s\"}\n\
             {\"time\":\"2024-01-09T14:00:00Z\",\"host\":\"b\",\"msg\":\"Jwt used before 2024-01-09T14:02:00Z\"}\n",
            "peer-clocks found likely",
        ),
        (
            "one host",
            "{\"time\":\"2024-01-09T14:00:00Z\",\"host\":\"b\",\"msg\":\"token issued, valid for 300 s\"}\n\
             {\"time\":\"2024-01-09T14:00:00Z\",\"host\":\"b\",\"msg\":\"Jwt used before 2024-01-09T14:02:00Z\"}\n",
            "local-clock found likely behind 119..",
        ),
    ];
    check(ROWS);
}

#[test]
fn server_that_disagrees_with_another_is_wrong_itself() {
    const ROWS: &[Row] = &[
        (
            "one server shows us right a minute before",
            "2024-01-09T14:00:00Z GET /\n2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:00:00 GMT\n\
             2024-01-09T14:01:00Z POST /\n2024-01-09T14:01:00Z < date: Tue, 09 Jan 2024 14:21:00 GMT\n\
             2024-01-09T14:01:00Z AADSTS700024\n",
            "remote-clock found likely",
        ),
        (
            "eleven minutes before, the clock may have been set since",
            "2024-01-09T14:00:00Z GET /\n2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:00:00 GMT\n\
             2024-01-09T14:11:00Z POST /\n2024-01-09T14:11:00Z < date: Tue, 09 Jan 2024 14:31:00 GMT\n\
             2024-01-09T14:11:00Z AADSTS700024\n",
            "local-clock found proven behind 1199..1201",
        ),
    ];
    check(ROWS);
}

#[test]
fn refusal_without_a_time_counts_no_more_than_an_answer() {
    let text = "2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:01:40 GMT\n\
         2024-01-09T14:00:00Z {\"error\":\"invalid_grant\"}\n"
        .to_owned()
        + &".\n".repeat(64)
        + "2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:20:00 GMT\n\
           2024-01-09T14:00:00Z AADSTS700024\n";
    assert_eq!(said(&diagnose(&text)), "local-clock found proven behind 1199..1206");
}

#[test]
fn answers_whose_dates_go_back_come_from_two_clocks() {
    /// A token that one server issues at 14:00:10, and another refuses as too early at `refused`.
    fn used_at(refused: &str) -> String {
        format!(
            "< HTTP/1.1 200 OK\n< Date: Tue, 09 Jan 2024 14:00:10 GMT\n{{\"access_token\":\"x\"}}\n\
             > GET /api\n{{\"iat\":1704808810,\"exp\":1704812410}}\n\
             < HTTP/1.1 401 Unauthorized\n< Date: Tue, 09 Jan 2024 {refused} GMT\n\
             < {{\"error\":\"invalid_token\",\"error_description\":\"jwt not active\"}}\n"
        )
    }
    let rows = [
        ("five seconds before", used_at("14:00:05"), "remote-clock found likely"),
        ("the second before", used_at("14:00:09"), "remote-clock found likely"),
        ("in the same second", used_at("14:00:10"), "peer-clocks found likely"),
    ];
    compare(rows.into_iter(), said);
}
