//! `jwtick diagnose` reads the clock of the program that wrote a log, whatever its lines start with.
#![cfg(test)]

use jwtick_tests::jwtick;

const ANSWER: &str = "HTTP/1.1 400 Bad Request\nDate: Wed, 13 Aug 2025 14:06:56 GMT\n\n\
    {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
const EXPIRED: &str = "{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";

/// The start of a text, its end, the exit code, the cause, and whether an offset of 413 s, or of
/// 20 min, is proven.
type Row = (&'static str, &'static str, i32, &'static str, bool);

const ROWS: &[Row] = &[
    // The clock of the device is 413 s behind, and that of its collector is right.
    (
        "2025-08-13T14:06:56Z collector gw1: 2025-08-13T14:00:03Z ERROR failed\n",
        ANSWER,
        20,
        "local-clock",
        true,
    ),
    ("2025-08-13T14:06:56Z 2025-08-13 14:00:03 failed\n", ANSWER, 20, "local-clock", false),
    ("2025-08-13T14:06:56Z gw1 14:00:03.123 ERROR failed\n", ANSWER, 21, "undetermined", false),
    // A prefix without year and zone before a full stamp.
    (
        "Aug 13 16:00:03 ca app[1]: time=\"2025-08-13T16:00:03+02:00\" level=error msg=failed\n",
        ANSWER,
        20,
        "local-clock",
        true,
    ),
    (
        "Aug 13 16:00:03 ca app[1]: {\"level\":\"error\",\"ts\":1755093603.123}\n",
        ANSWER,
        20,
        "local-clock",
        true,
    ),
    // Headers that programs print.
    (
        "2026-11-28T10:00:00Z POST /token failed\n{\"date\": \"Sat, 28 Nov 2026 10:20:00 GMT\"}\n",
        EXPIRED,
        20,
        "local-clock",
        true,
    ),
    (
        "2026-11-28T10:00:00Z POST /token failed\n{ date: 'Sat, 28 Nov 2026 10:20:00 GMT' }\n",
        EXPIRED,
        20,
        "local-clock",
        true,
    ),
    (
        "2026-11-28T10:00:00Z POST /token failed\n{date=[Sat, 28 Nov 2026 10:20:00 GMT]}\n",
        EXPIRED,
        20,
        "local-clock",
        true,
    ),
    (
        "2026-11-28T10:00:00Z POST /token failed\nDate      Sat, 28 Nov 2026 10:20:00 GMT\n",
        EXPIRED,
        20,
        "local-clock",
        true,
    ),
    (
        "2026-11-28T10:00:00Z POST /token failed\n\u{1b}[36mdate\u{1b}[0m: Sat, 28 Nov 2026 10:20:00 GMT\n",
        EXPIRED,
        20,
        "local-clock",
        true,
    ),
    // The clock is right, to the second.
    (
        "2016-09-12T10:55:31Z INFO uploaded 214 events\n2016-09-12T10:56:33Z ERROR ",
        "InvalidSignatureException: Signature expired: 20160912T104903Z is now earlier than \
         20160912T105133Z (20160912T105633Z - 5 min.)\n",
        0,
        "late-request",
        false,
    ),
    // A token that was issued 90 minutes before shows no zone.
    (
        "Aug 31 23:10:48 web1 agent[411]: Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJpZCIsImlhdCI6MTc1NjY3NjQ0NSwiZXhwIjoxNzU2NjgwMDQ1fQ.4qSS-XdWro34jurbIAJEuuh150RMk635-LXPIkaAabA\n",
        "Aug 31 23:10:48 web1 agent[411]: ERROR token endpoint answered 400 {\"error\":\"invalid_grant\",\"error_description\":\"Token is not active\"} date=\"Sun, 31 Aug 2025 23:10:49 GMT\"\n",
        21,
        "undetermined",
        false,
    ),
    // A device whose clock starts on 1 January of an unknown year.
    (
        "Jan  1 00:00:22 cam agent[1]: POST /token\n\
         Jan  1 00:00:22 cam agent[1]: < Date: Fri, 15 Jan 2027 08:03:19 GMT\n",
        EXPIRED,
        20,
        "clock-unset",
        false,
    ),
];

#[test]
fn the_writer_s_own_stamp_is_compared_with_the_server() {
    for &(start, end, code, cause, is_measured) in ROWS {
        let done = jwtick(["diagnose", "--json", "-"]).stdin(format!("{start}{end}")).run();
        let answer = done.json();
        assert_eq!(done.code(), code, "{start}: {done}");
        assert_eq!(answer["cause"], cause, "{start}: {done}");
        let proven = answer["certainty"] == "proven";
        let truth = if start.starts_with("2026") { 1_200.0 } else { 413.0 };
        let (least, most) =
            (answer["offset_s"]["least"].as_f64(), answer["offset_s"]["most"].as_f64());
        let holds = least
            .zip(most)
            .is_some_and(|(least, most)| least <= truth && truth <= most && most - least < 60.0);
        assert_eq!(proven && holds, is_measured, "{start}: {done}");
    }
}
