//! `jwtick diagnose CLIENT SERVER`: the same requests, seen by two clocks.
#![cfg(test)]

use std::fs;
use std::path::Path;

use jwtick_tests::{Outcome, Schema, hs256, jwtick};
use serde_json::{Value, json};

const ID: &str = "5f0c2b7e-9a41-4d7c-8f2b-1f7d3c0a9e11";

/// Writes both logs, and runs the command on them in their folder.
fn run(options: &[&str], client: &str, server: &str) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.into_os_string()
    };
    let logs = [write("client.log", client), write("server.log", server)];
    let words = ["diagnose"].iter().chain(options).map(Into::into);
    jwtick(words.chain(logs)).run()
}

fn relations(done: &Outcome) -> Vec<Value> {
    let schema = Schema::load("diagnose").unwrap();
    let answers: Vec<Value> =
        done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    answers.iter().for_each(|answer| schema.check(answer).unwrap());
    assert_eq!(answers[0]["relations"], json!([]), "the first input has none before it: {done}");
    answers[1]["relations"].as_array().unwrap().clone()
}

fn name(path: &Value) -> &str {
    Path::new(path.as_str().unwrap()).file_name().unwrap().to_str().unwrap()
}

/// A client whose clock is 413 s behind that of its server.
fn client(mark: &str) -> String {
    format!(
        "2024-01-09T14:00:00.000Z started\n\
         2024-01-09T14:00:00.100Z POST https://id.example.com/token {mark}\n\
         2024-01-09T14:00:00.900Z response 400 invalid_grant {mark}\n"
    )
}

fn server(mark: &str) -> String {
    format!(
        "2024-01-09T14:06:53.300Z received POST /token {mark}\n\
         2024-01-09T14:06:53.400Z denied: JWT has expired {mark}\n"
    )
}

#[test]
fn request_seen_from_both_sides_relates_the_clocks() {
    let (id, trace) = (format!("request_id={ID}"), "4bf92f3577b34da6a3ce929d0e0e4736");
    let payload = format!("{{\"jti\":\"{ID}\",\"exp\":1704808800}}");
    let token = hs256("{\"alg\":\"HS256\"}", payload);
    let rows: &[(&str, &str, String, String)] = &[
        ("a request", "id", id.clone(), format!("{{\"requestId\":\"{ID}\"}}")),
        (
            "a trace",
            "trace",
            format!("traceparent: 00-{trace}-00f067aa0ba902b7-01"),
            format!("trace_id={trace}"),
        ),
        ("a token", "signature", format!("assertion={token}"), format!("assertion={token}")),
        ("the jti of a token", "jti", format!("assertion={token}"), format!("jti={ID}")),
    ];
    for (name_of_row, _, here, there) in rows {
        let done = run(&["--json"], &client(here), &server(there));
        let all = relations(&done);
        assert_eq!(all.len(), 1, "{name_of_row}: {done}");
        let relation = &all[0];
        assert_eq!((name(&relation["a"]), name(&relation["b"])), ("client.log", "server.log"));
        // The answer is at 14:00:00.900, and a server may log a second late.
        let end = |side: &str| relation["offset_s"][side].as_f64().unwrap();
        assert!((411.3..=411.5).contains(&end("least")), "{name_of_row}: {done}");
        assert!((413.2..=413.4).contains(&end("most")), "{name_of_row}: {done}");
        assert_eq!(relation["if_utc"], false, "{done}");
        let premises = relation["premises"].as_array().unwrap();
        let lines = |at: usize| {
            let side = |side: &str| {
                let mark = &premises[at][side];
                (name(&mark["input"]).to_owned(), mark["line"].as_u64().unwrap())
            };
            (side("before"), side("after"))
        };
        assert_eq!(lines(0), (("server.log".into(), 1), ("client.log".into(), 3)), "{done}");
        assert_eq!(lines(1), (("client.log".into(), 2), ("server.log".into(), 2)), "{done}");
    }
}

#[test]
fn relation_is_printed_with_its_premises_in_every_language() {
    let mark = format!("request_id={ID}");
    const ROWS: &[(&str, &str, &str)] = &[
        ("en", "Compared with the clock of", "about the same request"),
        ("de", "Verglichen mit der Uhr von", "dieselbe Anfrage"),
        ("ko", "시계와 비교한", "같은 요청"),
    ];
    for &(language, finding, premise) in ROWS {
        for form in [&[][..], &["--summary"], &["--report", "markdown"]] {
            let options = [&["--lang", language], form].concat();
            let done = run(&options, &client(&mark), &server(&mark));
            assert_eq!(done.stdout.matches(finding).count(), 1, "{done}");
            assert_eq!(done.stdout.matches(premise).count(), 2, "{done}");
            assert!(done.stdout.contains("412 s (") || done.stdout.contains("412초("), "{done}");
        }
    }
}

#[test]
fn contradiction_is_reported() {
    let (one, two) =
        (format!("request_id={ID}"), "request_id=0b9f6f0e-33ab-4f58-a2ce-6f2f0f4b7d52");
    let later = |log: String| log.replace("T14:", "T15:");
    let here = client(&one) + &later(client(two));
    // In between, the server's clock was set back by five minutes.
    let there = server(&one) + &later(server(two)).replace("T15:06", "T15:01");
    let done = run(&["--json"], &here, &there);
    let all = relations(&done);
    assert_eq!((&all[0]["offset_s"], &all[0]["requests"]), (&Value::Null, &json!(2)), "{done}");
    assert_eq!(all[0]["premises"].as_array().unwrap().len(), 2, "{done}");
    let text = run(&[], &here, &there);
    assert!(text.stdout.contains("contradict each other"), "{text}");
}

#[test]
fn logs_without_a_common_request_are_not_related() {
    let mark = format!("request_id={ID}");
    let none: &[(&str, String, String)] = &[
        (
            "another request",
            client(&mark),
            server("request_id=0b9f6f0e-33ab-4f58-a2ce-6f2f0f4b7d52"),
        ),
        ("an identifier that repeats", client("request_id=42"), server("request_id=42")),
        (
            "an identifier of the client",
            client(&format!("client_id={ID}")),
            server(&format!("client_id={ID}")),
        ),
        ("two clients", client(&mark), client(&mark)),
        ("an empty log", client(&mark), String::new()),
    ];
    for (name, here, there) in none {
        assert_eq!(relations(&run(&["--json"], here, there)), [Value::Null; 0], "{name}");
    }
}

#[test]
fn relation_of_stamps_without_a_zone_says_so() {
    let mark = format!("request_id={ID}");
    let here = client(&mark).replace('Z', "");
    let done = run(&["--json"], &here, &server(&mark));
    assert_eq!(relations(&done)[0]["if_utc"], true, "{done}");
    let known = run(&["--json", "--tz", "+01:00"], &here, &server(&mark));
    let relation = &relations(&known)[0];
    assert_eq!(relation["if_utc"], false, "{known}");
    assert!(relation["offset_s"]["least"].as_f64().unwrap() > 4_000.0, "{known}");
}

#[test]
fn range_limits_the_requests_that_relate() {
    let mark = format!("request_id={ID}");
    let done = run(&["--json", "--since", "2024-01-09T14:03:00Z"], &client(&mark), &server(&mark));
    assert_eq!(relations(&done), [Value::Null; 0], "the client's lines are before that: {done}");
}
