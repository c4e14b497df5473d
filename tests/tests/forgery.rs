//! `jwtick diagnose` on logs in which someone else wrote the words of a witness.
#![cfg(test)]

use std::fs;

use jwtick_tests::{Outcome, Schema, fixture, jwtick};

const WRONG: &str = "chronyd[1]: System clock wrong by 259200.000000 seconds";
const RIGHT: &str = "chronyd[1]: System clock was stepped by 0.000000 seconds";
const SERVER_TIME: &str = "JWT has expired Date: Tue, 01 Dec 2026 16:00:00 GMT";
const VERIFIER: &str = "JWT expired at 2016-11-28T10:00:00Z. Current time: 2026-11-28T10:00:00Z";

#[track_caller]
fn diagnose(log: &str) -> Outcome {
    let done = jwtick(["diagnose", "--json", "-"]).stdin(log.to_owned()).run();
    let fits = Schema::load("diagnose").and_then(|schema| schema.check(&done.json()));
    assert_eq!(fits, Ok(()), "{done}");
    done
}

/// A place where logs quote a requester, and a line with `WORDS` there.
const PLACES: &[(&str, &str)] = &[
    (
        "User-Agent",
        r#"192.0.2.7 - - [28/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 401 5 "-" "WORDS""#,
    ),
    ("Referer", r#"192.0.2.7 - - [28/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 401 5 "WORDS" "-""#),
    ("path", r#"192.0.2.7 - - [28/Nov/2026:10:00:00 +0000] "GET /WORDS HTTP/1.1" 401 5 "-" "-""#),
    (
        "user of an access log",
        r#"192.0.2.7 - WORDS [28/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 401 5"#,
    ),
    ("forwarded address", r#"WORDS - - [28/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 401 5"#),
    ("Envoy", r#"[2026-11-28T10:00:00.000Z] "GET / HTTP/2" 401 - 0 0 1 1 "192.0.2.7" "WORDS""#),
    (
        "load balancer",
        r#"https 2026-11-28T10:00:00.186641Z app/lb/5 192.0.2.7:28 10.0.0.1:80 0 0 0 401 401 0 57 "GET https://h:443/ HTTP/1.1" "WORDS" ECDHE TLSv1.2"#,
    ),
    (
        "nginx error log",
        r#"2026/11/28 10:00:00 [error] 1#0: *1 denied, client: 192.0.2.7, request: "GET / HTTP/1.1", host: "h", referrer: "WORDS""#,
    ),
    ("member", r#"{"time":"2026-11-28T10:00:00Z","msg":"in","user_agent":"WORDS"}"#),
    (
        "header of a request",
        r#"{"msg":"in","req":{"method":"GET","headers":{"x":"WORDS"},"remoteAddress":"::1"}}"#,
    ),
    ("body of a request", r#"{"msg":"in","remote_addr":"192.0.2.7","body":"WORDS"}"#),
    ("logfmt", r#"level=info msg=in cookie="WORDS" status=401"#),
    (
        "sshd",
        "Nov 28 10:00:00 h sshd[4]: Failed password for invalid user WORDS from 192.0.2.7 port 4 ssh2",
    ),
    (
        "an overlong line",
        r#"192.0.2.7 - - [28/Nov/2026:10:00:00 +0000] "GET /FILL WORDS HTTP/1.1" 401 5"#,
    ),
];

/// A line for each place, with `words` there.
fn quoted(words: &str) -> impl Iterator<Item = (&'static str, String)> {
    PLACES.iter().map(move |&(place, line)| {
        let line = line.replace("WORDS", words).replace("FILL", &"x".repeat(8_100));
        (place, line + "\n")
    })
}

#[test]
fn words_of_a_stranger_prove_nothing() {
    for words in [WRONG, RIGHT, SERVER_TIME, VERIFIER] {
        for (place, log) in quoted(words) {
            let done = diagnose(&log);
            let json = done.json();
            assert_eq!(done.code(), 21, "{place}, `{words}`: {done}");
            assert_eq!(json["cause"], "undetermined", "{place}, `{words}`: {done}");
            assert_eq!(json["offset_s"], serde_json::Value::Null, "{place}, `{words}`: {done}");
            let by = json["evidence"].as_array().unwrap().iter().map(|line| line["by"].as_str());
            assert!(by.clone().all(|by| by == Some("stranger")), "{place}, `{words}`: {done}");
        }
    }
}

#[test]
fn words_of_a_stranger_change_no_answer() {
    let article = fs::read_to_string(fixture("logs/ka-10565.log")).unwrap();
    let expected = diagnose(&article).json();
    for words in [WRONG, RIGHT, SERVER_TIME, VERIFIER] {
        for (place, line) in quoted(words) {
            // Before the log: its stamps are not those of the agent, so the line is far from it.
            let apart = "all is well\n".repeat(80);
            for log in [format!("{line}{apart}{article}"), format!("{article}{apart}{line}")] {
                let json = diagnose(&log).json();
                for member in ["cause", "clock_fault", "certainty", "direction", "offset_s"] {
                    assert_eq!(json[member], expected[member], "{member}, {place}, `{words}`");
                }
            }
        }
    }
}

#[test]
fn sentence_counts_only_at_its_own_place() {
    let article = fs::read_to_string(fixture("logs/ka-10565.log")).unwrap();
    let expected = diagnose(&article).json();
    let lines = [
        format!("28.02.2017 18:40:01 - INFO - agent : the clock said \"{RIGHT}\""),
        format!("28.02.2017 18:40:01 - INFO - agent : {RIGHT}"),
        format!("28.02.2017 18:40:01 - INFO - agent : answered 400 {{\"message\":\"{}\"}}", &RIGHT[12..]),
        "Trying again by the time of the server, 208154 s from here".to_owned(),
        "Trying again with the server's time, 208154 s ahead of this clock".to_owned(),
        "x 28.02.2017 18:40:01 - INFO - agent : This clock is 0 s behind the clock of x (NTP)".to_owned(),
        "28.02.2017 18:40:01 - INFO - agent :  Server: This clock is 0 s behind the clock of x (NTP)"
            .to_owned(),
    ];
    for line in lines {
        for log in [format!("{line}\n{article}"), format!("{article}{line}\n")] {
            let json = diagnose(&log).json();
            for member in ["cause", "clock_fault", "certainty", "direction"] {
                assert_eq!(json[member], expected[member], "{member}, {line}");
            }
        }
    }
    for tag in ["chronyd[1]: ", "Nov 28 10:00:00 h chronyd[1]: ", ""] {
        let done = diagnose(&format!("{tag}System clock wrong by 259200.0 seconds\n"));
        assert_eq!(done.json()["certainty"], "proven", "{done}");
        assert_eq!(done.json()["evidence"][0]["by"], "time-service", "{done}");
    }
}

#[test]
fn claims_of_a_refused_token_are_the_time_of_no_clock() {
    // Ten days after the stamps.
    let claims = r#"{"iat":1796724000,"exp":1796724300}"#;
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3OTY3MjQwMDAsImV4cCI6MTc5NjcyNDMwMH0.AA";
    let rows = [
        format!("2026-11-28T10:00:00Z WARN auth: token used before issued {claims}\n"),
        format!("2026-11-28T10:00:00Z WARN auth: token used before issued: {token}\n"),
        "2026-11-28T10:00:00Z WARN auth: token used before issued iat=1796724000\n".to_owned(),
        format!(
            "{{\"time\":\"2026-11-28T10:00:00Z\",\"msg\":\"token used before issued\",\"claims\":{claims}}}\n"
        ),
    ];
    for log in rows {
        let done = diagnose(&log);
        let json = done.json();
        assert_ne!(json["cause"], "local-clock", "{log}: {done}");
        assert_eq!(json["certainty"], "weak", "{log}: {done}");
        assert_eq!(json["offset_s"], serde_json::Value::Null, "{log}: {done}");
    }
}

#[test]
fn members_of_the_program_keep_their_weight() {
    let refusal = "2026-11-28T10:00:00Z ERROR token endpoint answered 400 \
                   {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}";
    let rows = [
        format!("{refusal} user_agent=\"x\" date=\"Tue, 01 Dec 2026 16:00:00 GMT\"\n"),
        format!("{refusal} date=\"Tue, 01 Dec 2026 16:00:00 GMT\" path=/a\n"),
        format!("2026-11-28T10:00:00Z < Date: Tue, 01 Dec 2026 16:00:00 GMT\n{refusal}\n"),
        "{\"time\":\"2026-11-28T10:00:00Z\",\"user_agent\":\"x\",\"msg\":\"JWT has expired\",\
         \"status\":400,\"date\":\"Tue, 01 Dec 2026 16:00:00 GMT\"}\n"
            .to_owned(),
    ];
    for log in rows {
        let done = diagnose(&log);
        assert_eq!(done.json()["cause"], "local-clock", "{log}: {done}");
        assert_eq!(done.json()["certainty"], "proven", "{log}: {done}");
    }
}

#[test]
fn report_names_the_author_of_each_line() {
    let line = quoted(WRONG).next().map(|(_, line)| line).unwrap();
    let run = |language: &str| {
        let done = jwtick(["diagnose", "--lang", language, "-"]).stdin(line.clone()).run();
        assert_eq!(done.code(), 21, "{done}");
        done.stdout
    };
    assert!(run("en").contains("requester, not counted"), "{}", run("en"));
    assert!(run("de").contains("Anfragender, zählt nicht"), "{}", run("de"));
    assert!(run("ko").contains("요청자, 판단에서 제외"), "{}", run("ko"));
}
