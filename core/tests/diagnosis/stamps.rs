//! Which of the stamps around a refusal is the reading of the local clock.

use jwtick_core::diagnosis::{ClockFault, Diagnosis};
use jwtick_core::time::HttpDate;
use jwtick_core::{Span, UnixTime};
use proptest::prelude::*;

use super::table::{Row, compare, diagnose, said};

/// A refusal whose own stamp shows the time that the service states.
const AWS: &str = "Signature expired: 20160912T104903Z is now earlier than 20160912T105133Z (20160912T105633Z - 5 min.)";

fn after(earlier: &str, own: &str) -> String {
    format!("{earlier} INFO uploaded 214 events\n{own} ERROR InvalidSignatureException: {AWS}\n")
}

#[test]
fn own_stamp_counts_also_if_it_equals_the_time_of_the_server() {
    const LATE: &str = "late-request cleared proven -1..6";
    let rows = [
        ("a minute after another line", after("2016-09-12T10:55:31Z", "2016-09-12T10:56:33Z"), LATE),
        ("long after another line", after("2016-09-12T10:12:07Z", "2016-09-12T10:56:33Z"), LATE),
        ("with a fraction of zero", after("2016-09-12T10:55:31Z", "2016-09-12T10:56:33.000Z"), "late-request cleared proven -0.001..6"),
        ("a second before", after("2016-09-12T10:55:31Z", "2016-09-12T10:56:32Z"), "late-request cleared proven 0..7"),
        ("a second after", after("2016-09-12T10:55:31Z", "2016-09-12T10:56:34Z"), "late-request cleared proven -2..5"),
        ("alone", format!("2016-09-12T10:56:33Z ERROR InvalidSignatureException: {AWS}\n"), LATE),
        (
            "S3",
            "2022-02-14T20:41:47Z INFO start\n\
             2022-02-14T20:42:23Z ERROR <Code>RequestTimeTooSkewed</Code><RequestTime>20220214T031544Z</RequestTime><ServerTime>2022-02-14T20:42:23Z</ServerTime>\n"
                .into(),
            "late-request cleared proven -1..6",
        ),
        (
            "Bybit",
            "2024-04-09T05:00:12.100Z INFO start\n\
             2024-04-09T05:00:49.231Z ERROR invalid request, please check your server timestamp or recv_window param. req_timestamp[1712638815956],server_timestamp[1712638849231],recv_window[5000]\n"
                .into(),
            "late-request cleared proven -0.001..5.001",
        ),
        (
            "members of a record in JSON, which an answer of the service has, too",
            "{\"level\":\"ERROR\",\"timestamp\":\"2025-02-11T11:47:32Z\",\"trace_id\":\"x\",\"message\":\"AADSTS700024: Client assertion is not within its valid time range.\"}\n"
                .into(),
            "undetermined open weak",
        ),
    ];
    compare(rows.into_iter(), said);
}

const ANSWER: &str = "HTTP/1.1 400 Bad Request\n\
    Date: Wed, 13 Aug 2025 14:06:56 GMT\n\
    \n\
    {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";

fn answered(line: &str) -> String {
    format!("{line}\n{ANSWER}")
}

#[test]
fn stamp_of_a_collector_is_no_reading_of_the_local_clock() {
    const BEHIND: &str = "local-clock found proven behind 383..419";
    let rows = [
        ("2025-08-13T14:06:56Z collector gw1: 2025-08-13T14:00:03Z ERROR failed", BEHIND),
        ("2025-08-13T14:06:56Z 2025-08-13T14:00:03Z failed", BEHIND),
        ("Aug 13 14:06:56 log gw1[1]: 2025-08-13T14:00:03Z failed", BEHIND),
        // No zone explains the offset.
        (
            "2025-08-13T14:06:56Z 2025-08-13 14:00:03 failed",
            "local-clock found proven -42817..50819",
        ),
        ("2025-08-13T14:06:56Z gw1 14:00:03.123 ERROR failed", "undetermined open weak"),
        ("2025-08-13T14:06:56Z gw1 app: 2025-08-13T14:00:03Z failed", "undetermined open weak"),
        ("2025-08-13T14:06:56Z failed", "expired cleared likely -30..6"),
    ];
    let rows = rows.map(|(line, expected)| (line, answered(line), expected));
    compare(rows.into_iter(), said);
}

#[test]
fn full_stamp_counts_behind_a_prefix() {
    const BEHIND: &str = "local-clock found proven behind 383..419";
    let rows = [
        "time=\"2025-08-13T16:00:03+02:00\" level=error msg=\"token request failed\"",
        "Aug 13 16:00:03 ca app[1]: time=\"2025-08-13T16:00:03+02:00\" level=error msg=\"token request failed\"",
        "Aug 13 16:00:03 ca app[1]: {\"time\":\"2025-08-13T16:00:03+02:00\",\"level\":\"error\",\"msg\":\"failed\"}",
        "Aug 13 16:00:03 ca app[1]: {\"level\":\"error\",\"ts\":1755093603,\"msg\":\"failed\"}",
        "Aug 13 16:00:03 ca app[1]: 2025-08-13T14:00:03Z ERROR failed",
        "Aug 13 16:00:03 ca app[1]: [ERROR] 2025-08-13T14:00:03Z failed",
        "2025-08-13T14:00:03.5Z Aug 13 16:00:03 ca app[1]: failed",
        "2025-08-13T14:00:03.5Z 16:00:03 ERROR failed",
    ];
    let rows = rows.map(|line| (line, answered(line), BEHIND));
    compare(rows.into_iter(), said);
}

#[test]
fn unread_stamp_is_not_that_of_the_line_before() {
    let refused = |prefix: &str, secs: u8| {
        format!(
            "2024-01-09T14:00:00Z INFO ready\n{prefix}2024-01-09T14:00:{secs:02}Z ERROR {{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}} date=\"Tue, 09 Jan 2024 14:20:00 GMT\"\n"
        )
    };
    let rows = [
        (
            "a prefix that is read",
            refused("[main] ", 31),
            "local-clock found proven behind 1168..1175",
        ),
        (
            "30 s after the line before",
            refused("Caused by: Failure: ", 30),
            "local-clock found proven behind 1170..1206",
        ),
        ("31 s after it", refused("Caused by: Failure: ", 31), "undetermined open weak"),
    ];
    compare(rows.into_iter(), said);
}

#[test]
fn zone_of_one_line_is_that_of_the_log() {
    const ROWS: &[Row] = &[
        (
            "the failure has only the prefix",
            "Aug 13 15:00:01 ca app[1]: 2025-08-13T13:00:01Z started\n\
             Aug 13 16:00:03 ca app[1]: failed\n\
             HTTP/1.1 400 Bad Request\n\
             Date: Wed, 13 Aug 2025 14:06:56 GMT\n\
             \n\
             {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
            "local-clock found proven behind 383..419",
        ),
        (
            "two zones leave it open",
            "Aug 13 14:00:01 ca app[1]: 2025-08-13T13:00:01Z JWT has expired\n\
             Aug 13 15:00:01 ca app[1]: 2025-08-13T13:00:01Z started\n\
             Aug 13 16:00:03 ca app[1]: failed\n\
             HTTP/1.1 400 Bad Request\n\
             Date: Wed, 13 Aug 2025 14:06:56 GMT\n\
             \n\
             {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
            "local-clock found proven -50017..43619",
        ),
    ];
    compare(ROWS.iter().map(|&(name, text, expected)| (name, text.to_owned(), expected)), said);
}

#[test]
fn header_of_an_answer_is_the_time_of_the_server_in_any_form() {
    const BEHIND: &str = "local-clock found proven behind 1170..1201";
    const GMT: &str = "Sat, 28 Nov 2026 10:20:00 GMT";
    let rows = [
        format!("Date: {GMT}"),
        format!("{{\"date\": \"{GMT}\"}}"),
        format!("  \"date\": \"{GMT}\","),
        format!("{{ date: '{GMT}' }}"),
        format!("  date: '{GMT}',"),
        format!("{{date=[{GMT}]}}"),
        format!("[Date:\"{GMT}\"]"),
        format!("map[Date:[{GMT}]]"),
        format!("{{'Date': '{GMT}'}}"),
        format!("<CIMultiDictProxy('Date': '{GMT}')>"),
        format!("{{\"date\"=>[\"{GMT}\"]}}"),
        format!("{{[Date, {GMT}]}}"),
        format!("Date             {GMT}"),
        format!("Date : {GMT}"),
        format!("\u{1b}[36mdate\u{1b}[0m: {GMT}"),
        format!("{{\"name\":\"date\",\"value\":\"{GMT}\"}}"),
        format!("\"name\": \"date\",\n\"value\": \"{GMT}\""),
    ];
    let text = |header: &str| {
        format!(
            "2026-11-28T10:00:00Z POST /token failed\n{header}\n\
             {{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}}\n"
        )
    };
    let rows: Vec<_> = rows.iter().map(|header| (header.as_str(), text(header), BEHIND)).collect();
    compare(rows.into_iter(), said);
}

#[test]
fn zone_is_recovered_only_from_a_time_of_the_exchange() {
    const ROWS: &[Row] = &[
        (
            "a bearer token, issued 90 minutes before",
            "Aug 31 23:10:48 web1 agent[411]: GET https://api.example.com/orders\n\
             Aug 31 23:10:48 web1 agent[411]: Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJpZCIsImlhdCI6MTc1NjY3NjQ0NSwiZXhwIjoxNzU2NjgwMDQ1fQ.4qSS-XdWro34jurbIAJEuuh150RMk635-LXPIkaAabA\n\
             Aug 31 23:10:48 web1 agent[411]: ERROR token endpoint answered 400 {\"error\":\"invalid_grant\",\"error_description\":\"Token is not active\"} date=\"Sun, 31 Aug 2025 23:10:49 GMT\"\n",
            "undetermined open weak -43200..50402",
        ),
        (
            "an assertion that may have been used before",
            "2025-08-31 22:10:48 POST /token {\"iat\":1756676445,\"exp\":1756680045}\n\
             2025-08-31 22:10:48 < Date: Sun, 31 Aug 2025 23:10:49 GMT\n\
             2025-08-31 22:10:48 {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
            "undetermined open weak -39600..5405",
        ),
    ];
    compare(ROWS.iter().map(|&(name, text, expected)| (name, text.to_owned(), expected)), said);
}

#[test]
fn stamp_without_a_year_measures_no_clock_that_starts_at_one() {
    const ROWS: &[Row] = &[
        (
            "a device that was never set",
            "Jan  1 00:00:22 cam agent[1]: POST /token\n\
             Jan  1 00:00:22 cam agent[1]: < Date: Fri, 15 Jan 2027 08:03:19 GMT\n\
             Jan  1 00:00:22 cam agent[1]: {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
            "clock-unset found likely",
        ),
        (
            "New Year",
            "Dec 31 23:59:58 web agent[1]: POST /token\n\
             Jan  1 00:00:02 web agent[1]: < Date: Fri, 01 Jan 2027 00:00:02 GMT\n\
             Jan  1 00:00:02 web agent[1]: {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
            "undetermined open weak -43201..50405",
        ),
    ];
    compare(ROWS.iter().map(|&(name, text, expected)| (name, text.to_owned(), expected)), said);
}

/// 2025-08-13T14:00:03Z.
const WRITTEN: UnixTime = UnixTime::from_secs(1_755_093_603);

/// An instant in a zone, with its parts as text.
struct Parts {
    iso: String,
    month_and_day: String,
    time: String,
    zone: String,
}

impl Parts {
    fn of(at: UnixTime, zone_minutes: i64) -> Self {
        const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
        let date = HttpDate::new(at + Span::from_secs(zone_minutes * 60)).unwrap().to_string();
        let parts: Vec<_> = date.split(' ').collect();
        let [_, day, month, year, time, _] = parts[..] else { panic!("{date}") };
        let number = MONTHS.find(month).unwrap() / 3 + 1;
        let sign = if zone_minutes < 0 { '-' } else { '+' };
        let (hours, minutes) = (zone_minutes.abs() / 60, zone_minutes.abs() % 60);
        Self {
            iso: format!("{year}-{number:02}-{day}T{time}"),
            month_and_day: format!("{month} {day}"),
            time: time.to_owned(),
            zone: format!("{sign}{hours:02}:{minutes:02}"),
        }
    }
}

/// The stamp that a program writes, with its zone.
fn inner(form: usize, at: UnixTime, zone: i64) -> String {
    let parts = Parts::of(at, zone);
    let utc = Parts::of(at, 0).iso;
    match form {
        0 => format!("{utc}Z ERROR"),
        1 => format!("[{}{}] [error]", parts.iso, parts.zone),
        2 => format!("time=\"{}{}\" level=error", parts.iso, parts.zone),
        3 => format!("{{\"level\":\"error\",\"time\":\"{utc}Z\",\"msg\":\"failed\"}}"),
        _ => format!("{{\"level\":\"error\",\"ts\":{}.000}}", at.floor_secs()),
    }
}

/// The stamp that a journal, a container runtime or a collector puts before it.
fn prefix(form: usize, at: UnixTime, zone: i64) -> String {
    let parts = Parts::of(at, zone);
    match form {
        0 => format!("{}.000000000Z ", Parts::of(at, 0).iso),
        1 => format!("{} {} host app[1]: ", parts.month_and_day, parts.time),
        2 => format!("<34>1 {}{} host app 1 - - ", parts.iso, parts.zone),
        3 => format!("{}{} host app[1]: ", parts.iso, parts.zone),
        4 => format!("{}{} stderr F ", parts.iso, parts.zone),
        _ => format!("{} {} ", parts.iso.replace('T', " "), parts.zone),
    }
}

const ZONES: [i64; 7] = [0, 60, 120, -300, 330, 345, 780];

/// A text in which the server is `ahead` seconds ahead of the clock that wrote `line`.
fn failed(line: &str, ahead: i64) -> String {
    let date = HttpDate::new(WRITTEN + Span::from_secs(ahead)).unwrap();
    format!(
        "{line} token request failed\nHTTP/1.1 400 Bad Request\nDate: {date}\n\n\
         {{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}}\n"
    )
}

fn diagnosed(line: &str, ahead: i64) -> Diagnosis {
    diagnose(&failed(line, ahead))
}

proptest! {
    #[test]
    fn prefix_of_the_same_instant_changes_no_answer(
        (own, outer) in (0..5_usize, 0..6_usize),
        zones in (proptest::sample::select(&ZONES[..]), proptest::sample::select(&ZONES[..])),
        ahead in -90_000..90_000_i64,
    ) {
        let line = inner(own, WRITTEN, zones.0);
        let dressed = format!("{}{line}", prefix(outer, WRITTEN, zones.1));
        prop_assert_eq!(said(&diagnosed(&dressed, ahead)), said(&diagnosed(&line, ahead)), "{}", dressed);
    }

    #[test]
    fn prefix_of_another_clock_never_acquits_nor_turns_the_answer(
        (own, outer) in (0..5_usize, 0..6_usize),
        zones in (proptest::sample::select(&ZONES[..]), proptest::sample::select(&ZONES[..])),
        ahead in 60..90_000_i64,
    ) {
        // The clock of the collector is right, as the server's is.
        let line = inner(own, WRITTEN, zones.0);
        let collected = WRITTEN + Span::from_secs(ahead);
        let dressed = format!("{}{line}", prefix(outer, collected, zones.1));
        let (bare, met) = (diagnosed(&line, ahead), diagnosed(&dressed, ahead));
        prop_assert!(met.fault != ClockFault::Cleared, "{}: {}", dressed, said(&met));
        prop_assert_eq!(met.direction, bare.direction, "{}", dressed);
        prop_assert_eq!(met.offset, bare.offset, "{}", dressed);
    }

    #[test]
    fn prefixes_of_another_clock_before_all_lines_never_acquit(
        (own, outer) in (0..5_usize, 0..6_usize),
        zones in (proptest::sample::select(&ZONES[..]), proptest::sample::select(&ZONES[..])),
        ahead in 60..90_000_i64,
        runtime in any::<bool>(),
    ) {
        let line = inner(own, WRITTEN, zones.0);
        let collected = WRITTEN + Span::from_secs(ahead);
        // A collector may have been between the program and a runtime, which stamps all lines.
        let (first, each) = if runtime {
            (prefix(outer, collected, zones.1), prefix(4, collected, 0))
        } else {
            (String::new(), prefix(outer, collected, zones.1))
        };
        let dressed: String =
            failed(&format!("{first}{line}"), ahead).lines().map(|line| format!("{each}{line}\n")).collect();
        let (bare, met) = (diagnosed(&line, ahead), diagnose(&dressed));
        prop_assert!(met.fault != ClockFault::Cleared, "{}: {}", dressed, said(&met));
        prop_assert!(met.direction.is_none() || met.direction == bare.direction, "{}: {}", dressed, said(&met));
    }
}
