//! `jwtick diagnose` in daily work: a line per host, a range of time, and a report for a ticket.
#![cfg(test)]

use std::fs;
use std::io::Write;

use jwtick_tests::{Outcome, Schema, fixture, hs256, jwtick};
use serde_json::{Value, json};

/// A record of a central log, in UTC.
fn line(host: &str, time: &str, message: &str) -> String {
    format!("<134>1 2024-04-22T{time}Z {host} relay 812 - - {message}\n")
}

const ANSWERED: &str =
    "POST https://id.example.com/token 200 date=\"Mon, 22 Apr 2024 13:05:05 GMT\"";
const REFUSED: &str = "POST https://id.example.com/token 400 date=\"Mon, 22 Apr 2024 13:05:05 GMT\" \
     body={\"error\":\"invalid_grant\",\"error_description\":\"assertion expired\"}";

/// Three hosts: one is right, one has most refusals, and one is further off.
fn fleet() -> String {
    line("edge-ok", "13:05:05.100", ANSWERED)
        + &line("edge-far", "11:56:51.258", REFUSED)
        + &line("edge-near", "12:56:51.258", REFUSED).repeat(3)
}

fn json_lines(done: &Outcome) -> Vec<Value> {
    done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn summary_has_a_line_per_host_and_the_most_harmed_first() {
    let done = jwtick(["diagnose", "--summary", "-"]).stdin(fleet()).run();
    assert_eq!(done.code(), 20, "{done}");
    let lines: Vec<_> = done.stdout.lines().collect();
    let hosts: Vec<_> =
        lines.iter().map(|line| line.split_whitespace().next().unwrap_or_default()).collect();
    assert_eq!(hosts, ["host", "edge-near", "edge-far", "edge-ok"], "{done}");
    let column = lines[0].find("clock").unwrap();
    for line in &lines[1..] {
        assert_eq!(&line[column - 2..column], "  ", "{done}");
        assert_ne!(&line[column..=column], " ", "{done}");
    }
    assert!(!done.stdout.contains('\u{1b}'), "{done}");
}

#[test]
fn summary_of_several_inputs_is_one_table() {
    let log = fixture("logs/ka-10565.log");
    let words = ["diagnose".into(), "--summary".into(), log.into_os_string(), "-".into()];
    let done = jwtick(words).stdin(fleet()).run();
    let first: Vec<_> = done.stdout.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(first.len(), 5, "{done}");
    assert_eq!((first[0], first[1]), ("input", "-"), "{done}");
    // One refusal each: the clock that is certainly off by more comes first.
    assert!(first[2].ends_with("ka-10565.log"), "{done}");
}

#[test]
fn summary_in_json_is_one_object_per_host() {
    let done = jwtick(["diagnose", "--summary", "--json", "-"]).stdin(fleet()).run();
    let rows = json_lines(&done);
    let schema = Schema::load("summary").unwrap();
    rows.iter().for_each(|row| schema.check(row).unwrap());
    let hosts: Vec<_> = rows.iter().map(|row| row["host"].as_str().unwrap()).collect();
    assert_eq!(hosts, ["edge-near", "edge-far", "edge-ok"], "{done}");
    let causes: Vec<_> = rows.iter().filter_map(|row| row["cause"].as_str()).collect();
    assert_eq!(causes, ["local-clock"; 2], "each refused host has a conclusion of its own: {done}");
}

#[test]
fn summary_of_one_host_is_one_line() {
    let log = fixture("logs/ka-10565.log");
    let arguments = |more: &[&str]| {
        let words = ["diagnose", "--summary"].iter().chain(more).map(Into::into);
        jwtick(words.chain([log.clone().into_os_string()])).run()
    };
    let done = arguments(&[]);
    assert_eq!((done.code(), done.stdout.lines().count()), (20, 2), "{done}");
    assert!(done.stdout.contains("208,154 s"), "{done}");
    let row = &json_lines(&arguments(&["--json"]))[0];
    assert_eq!((&row["host"], &row["offset_s"]["least"]), (&Value::Null, &json!(164_953)));
    let empty = jwtick(["diagnose", "--summary", "-"]).run();
    assert_eq!((empty.code(), empty.stdout.lines().count()), (21, 2), "{empty}");
}

/// A log of two failures a day apart, the first with a clock that is behind. Lines 1, 3 and 6 have no
/// stamp.
const TWO_DAYS: &str = "\
started
2024-01-08T13:50:00Z POST https://id.example.com/token
  retry 1
2024-01-08T13:50:00Z < HTTP/1.1 400 Bad Request, Date: Mon, 08 Jan 2024 14:00:00 GMT, {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}
2024-01-09T14:00:00Z POST https://id.example.com/token
  retry 1
2024-01-09T14:00:00Z < HTTP/1.1 200 OK, Date: Tue, 09 Jan 2024 14:00:00 GMT
";

fn ranged(options: &[&str]) -> Outcome {
    jwtick(["diagnose", "--json"].iter().chain(options).chain(&["-"])).stdin(TWO_DAYS).run()
}

#[test]
fn range_limits_the_answer_and_keeps_line_numbers() {
    let done = ranged(&["--until", "2024-01-09T00:00:00Z"]);
    let answer = done.json();
    assert_eq!((done.code(), &answer["cause"]), (20, &json!("local-clock")), "{done}");
    let lines: Vec<_> =
        answer["evidence"].as_array().unwrap().iter().map(|it| &it["line"]).collect();
    assert!(!lines.is_empty() && lines.iter().all(|&line| line == 4), "{done}");
    let left_out =
        json!({ "lines": 4, "first": "2024-01-08T13:50:00Z", "last": "2024-01-09T14:00:00Z" });
    assert_eq!(answer["left_out"], left_out, "{done}");
    Schema::load("diagnose").and_then(|schema| schema.check(&answer)).unwrap();
    let later = ranged(&["--since", "1704700800"]); // 2024-01-08T08:00:00Z
    assert_eq!(later.json()["left_out"]["lines"], 1, "{later}");
    let fine = ranged(&["--since", "Tue, 09 Jan 2024 00:00:00 GMT"]);
    assert_eq!((fine.json()["left_out"]["lines"].clone(), fine.code()), (json!(4), 0), "{fine}");
}

#[test]
fn range_that_leaves_nothing_says_what_the_log_covers() {
    let words = ["diagnose", "--since", "-1d", "--until", "+30min", "-"];
    let done = jwtick(words).stdin(TWO_DAYS).run();
    assert_eq!(done.code(), 21, "{done}");
    let said = "7 of 7 lines were left out by --since and --until. The log covers \
         2024-01-08 13:50:00 UTC to 2024-01-09 14:00:00 UTC.";
    assert!(done.stdout.contains(said), "{done}");
    let stampless = jwtick(words).stdin("a\nJWT has expired").run();
    assert!(stampless.stdout.contains("2 of 2 lines were left out"), "{stampless}");
    assert!(stampless.stdout.contains("No line has a timestamp"), "{stampless}");
    let empty = jwtick(words).run();
    assert!(empty.stdout.contains("0 of 0 lines"), "{empty}");
}

#[test]
fn zone_of_the_range_is_that_of_the_log() {
    let log = "2024-01-09 14:00:00 JWT has expired\n";
    let left_out = |zone: &[&str]| {
        let words = ["diagnose", "--json", "--since", "2024-01-09T13:30:00Z"];
        let done = jwtick(words.iter().chain(zone).chain(&["-"])).stdin(log).run();
        done.json()["left_out"]["lines"].clone()
    };
    assert_eq!(left_out(&[]), 0);
    assert_eq!(left_out(&["--tz", "+01:00"]), 1);
    let said = jwtick(["diagnose", "--since", "2024-01-09T13:30:00Z", "-"]).stdin(log).run();
    assert!(said.stdout.contains("were taken as UTC; --tz names another zone"), "{said}");
}

#[test]
fn range_that_ends_before_it_starts_is_a_usage_error() {
    for language in ["en", "de", "ko"] {
        let (since, until) = ("2024-01-09T14:00:00Z", "1704700800");
        let words = ["diagnose", "--since", since, "--until", until, "--lang", language, "-"];
        let done = jwtick(words).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
        for word in ["--since", "--until", since, "2024-01-08T08:00:00Z"] {
            assert!(done.stderr.contains(word), "{word}: {done}");
        }
    }
    let no_time = jwtick(["diagnose", "--since", "yesterday"]).run();
    assert_eq!(no_time.code(), 2, "{no_time}");
}

#[test]
fn utf_16_is_limited_like_any_other_log() {
    let text: Vec<u8> = TWO_DAYS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let words = ["diagnose", "--json", "--until", "2024-01-09T00:00:00Z", "-"];
    let done = jwtick(words).stdin([b"\xFF\xFE".to_vec(), text].concat()).run();
    assert_eq!((&done.json()["left_out"]["lines"], done.code()), (&json!(4), 20), "{done}");
}

#[test]
fn report_is_a_ticket_in_every_language() {
    let log = fixture("logs/ka-10565.log");
    const ROWS: &[(&str, [&str; 4])] = &[
        ("en", ["**Certainty:** proven", "### Evidence", "### What to do", "### How to reproduce"]),
        ("de", ["**Gewissheit:** bewiesen", "### Belege", "### Was zu tun ist", "### So lässt"]),
        ("ko", ["**확실성:** 입증됨", "### 근거", "### 조치 방법", "### 재현 방법"]),
    ];
    for &(language, parts) in ROWS {
        let words = ["diagnose", "--report", "markdown", "--lang", language, "--tz", "+09:00"];
        let words = words.iter().map(Into::into).chain([log.clone().into_os_string()]);
        let done = jwtick(words).run();
        assert_eq!(done.code(), 20, "{done}");
        assert!(done.stdout.starts_with("## jwtick: "), "{done}");
        let found: Vec<_> = parts.iter().map(|part| done.stdout.find(part)).collect();
        assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?} {done}");
        let command = format!("\njwtick diagnose --tz +09:00 {}\n", log.display());
        let version = format!("\njwtick {}\n", env!("CARGO_PKG_VERSION"));
        assert!(done.stdout.contains(&command) && done.stdout.contains(&version), "{done}");
    }
}

/// The text of a report outside fences and code spans.
fn outside_code(report: &str) -> String {
    let mut fence: Option<String> = None;
    let mut text = String::new();
    for line in report.lines() {
        let marks: String = line.chars().take_while(|&c| c == '`').collect();
        match &fence {
            Some(open) if marks.len() >= open.len() && line == marks => fence = None,
            Some(_) => {}
            None if marks.len() >= 3 => fence = Some(marks),
            None => text += &(line.split('`').step_by(2).collect::<String>() + "\n"),
        }
    }
    assert_eq!(fence, None, "every fence ends: {report}");
    text
}

#[test]
fn report_keeps_markup_and_secrets_of_the_log_out() {
    let token = hs256("{\"alg\":\"HS256\"}", "{\"exp\":1704700800}");
    let refused = format!(
        "2024-01-08T13:50:00Z <img src=x> ````` client_secret=hunter2hunter2 Bearer {token} \
         JWT has expired, Date: Mon, 08 Jan 2024 14:00:00 GMT\n"
    );
    let done = jwtick(["diagnose", "--report", "markdown", "-"]).stdin(refused).run();
    assert!(done.stdout.contains("\n``````\n"), "the fence is longer than the run: {done}");
    let signature = token.rsplit('.').next().unwrap();
    for hidden in ["hunter2", signature, &token] {
        assert!(!done.stdout.contains(hidden), "{hidden}: {done}");
    }
    let outside = outside_code(&done.stdout);
    assert!(!outside.replace("\\<", "").contains('<'), "{outside}");
}

#[test]
fn report_names_the_local_zone_for_other_hosts() {
    let words = ["diagnose", "--report", "markdown", "--tz", "local", "-"];
    let done = jwtick(words).env("TZ", "Asia/Seoul").stdin(REFUSED).run();
    assert!(done.stdout.contains("jwtick diagnose --tz Asia/Seoul "), "{done}");
}

#[test]
fn command_of_a_report_gives_the_same_report() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("it's a `log`.txt");
    fs::File::create(&log).unwrap().write_all(TWO_DAYS.as_bytes()).unwrap();
    let words = ["diagnose", "--report", "markdown", "--until", "2024-01-09T00:00:00Z"];
    let words = words.iter().map(Into::into).chain([log.into_os_string()]);
    let done = jwtick(words).run();
    assert!(done.stdout.contains("4 of 7 lines were left out"), "{done}");
    let command = done.stdout.split("```sh\n").nth(1).unwrap().lines().next().unwrap();
    let program = jwtick_tests::program().to_str().unwrap();
    let command = command.replacen("jwtick", program, 1) + " --report markdown";
    let mut shell = std::process::Command::new("sh");
    let again = shell.env_clear().args(["-c", &command]).output().unwrap();
    assert_eq!(String::from_utf8(again.stdout).unwrap(), done.stdout, "{command}");
}

#[test]
fn report_of_several_inputs_has_a_heading_each() {
    let log = fixture("logs/ka-10565.log");
    let words = ["diagnose", "--report", "markdown", "-"].map(Into::into);
    let done = jwtick(words.into_iter().chain([log.into_os_string()])).stdin("").run();
    assert_eq!(done.stdout.matches("\n### How to reproduce\n").count(), 2, "{done}");
    assert_eq!(done.stdout.lines().filter(|line| line.starts_with("## ")).count(), 2, "{done}");
}

#[test]
fn forms_of_the_answer_exclude_each_other() {
    for words in [["--report", "markdown", "--json"], ["--report", "markdown", "--summary"]] {
        let done = jwtick(["diagnose"].iter().chain(&words)).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    }
}

#[test]
fn summary_to_a_pipe_that_is_closed_ends_quietly() {
    let script = "\"$0\" diagnose --summary - </dev/null | head -c 0; \"$0\" diagnose --report markdown \"$1\" | head -1";
    let log = fixture("logs/ka-10565.log");
    let mut run = std::process::Command::new("sh");
    let done = run.args(["-c", script]).arg(jwtick_tests::program()).arg(log).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    assert!(String::from_utf8_lossy(&done.stdout).starts_with("## jwtick: "));
}
