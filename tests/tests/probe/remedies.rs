//! The numbers of a verdict, tried out: with them, the same connection works.

use serde_json::{Value, json};

use super::desk::Desk;

/// The duration in the remedy that starts with these words, in the form that options take.
#[track_caller]
fn stated(json: &Value, start: &str) -> String {
    let remedies = json["remedy"].as_array().unwrap().iter().filter_map(Value::as_str);
    let rest = remedies.filter_map(|remedy| remedy.strip_prefix(start)).next();
    let length = rest.and_then(|rest| rest.split_once(" would")).map(|(length, _)| length);
    length.unwrap_or_else(|| panic!("no `{start}…` in {json:#}")).replace(' ', "")
}

#[test]
fn stated_leeway_and_lifetime_are_enough() {
    let desk = Desk::new();
    let server = desk.stand_in(&["--offset", "500s"]);
    let json = desk.probe(server.url("token_url"), &[]).json();
    let (leeway, lifetime) = (stated(&json, "A leeway of "), stated(&json, "A lifetime of "));
    let rows: [(&str, &[&str], &[&str], i32); 4] = [
        ("leeway", &["--leeway", &leeway], &[], 0),
        ("some seconds less", &["--leeway", "195s"], &[], 20),
        ("lifetime", &[], &["--lifetime", &lifetime], 0),
        ("some seconds less", &[], &["--lifetime", "495s"], 20),
    ];
    for (name, terms, asked, code) in rows {
        // One second less: each test has its own second of `iat`, and its own network delay.
        let server = desk.stand_in(&[&["--offset", "499s"], terms].concat());
        let done = desk.probe(server.url("token_url"), asked);
        assert_eq!(done.code(), code, "{name}; {leeway} and {lifetime} were stated: {done}");
    }
}

#[test]
fn leeway_is_stated_for_a_clock_that_is_ahead() {
    let desk = Desk::new();
    let refuse = ["--future-iat", "refuse", "--offset"];
    let server = desk.stand_in(&[&refuse[..], &["-90s"]].concat());
    let leeway = stated(&desk.probe(server.url("token_url"), &[]).json(), "A leeway of ");
    // One second less: each test has its own second of `iat`, and its own network delay.
    let lenient = desk.stand_in(&[&refuse[..], &["-89s", "--leeway", &leeway]].concat());
    let done = desk.probe(lenient.url("token_url"), &[]);
    assert_eq!(done.code(), 0, "{leeway}: {done}");
}

#[test]
fn refusal_by_the_server_s_own_time_clears_the_clock() {
    let desk = Desk::new();
    let server = desk.stand_in(&["--offset", "2d"]);
    let rows: &[(&str, &[&str], &str)] = &[
        ("another audience", &["--audience", "https://other.example"], "not-clock"),
        ("too long a life", &["--lifetime", "5d"], "lifetime"),
    ];
    for (name, more, cause) in rows {
        let done = desk.probe(
            server.url("token_url"),
            &[*more, &["--correct", "--max-correction", "3d"]].concat(),
        );
        let json = done.json();
        let tried = (&json["outcome"], &json["corrected"]);
        assert_eq!(tried, (&json!("refused"), &json!("refused")), "{name}: {done}");
        let said = (&json["cause"], &json["clock_fault"], done.code());
        assert_eq!(said, (&json!(cause), &false.into(), 1), "{name}: {done}");
        assert_eq!(desk.diagnosed()["cause"], json["cause"], "{name}: {done}");
    }
}
