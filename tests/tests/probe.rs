//! `jwtick probe` against `jwtick stand-in`, and against servers that misbehave. The numbers of a verdict
//! are tried out: with them, the same connection works.
#![cfg(test)]

mod certificates;
mod connection;
mod correction;
mod forgery;
mod repeat;
mod secrets;
mod third_opinion;

use std::fs;
use std::path::{Path, PathBuf};

use jwtick_tests::{Outcome, SECRET, Schema, StandIn, jwtick};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder with a secret, and the arguments of a connection test.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret"), SECRET).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn stand_in(&self, more: &[&str]) -> StandIn {
        let secret = format!("me={}", self.path("secret").display());
        StandIn::start(&[&["--secret-file", &secret], more].concat())
    }

    #[track_caller]
    pub(crate) fn probe(&self, token: &str, more: &[&str]) -> Outcome {
        let secret = self.path("secret").display().to_string();
        let transcript = self.path("log").display().to_string();
        let first = ["probe", "--issuer", "me", "--secret-file", &secret, "--token-url", token];
        let rest = ["--transcript", &transcript, "--json"];
        let done = jwtick([&first, more, rest.as_slice()].concat()).run();
        let fits = Schema::load("probe").and_then(|schema| schema.check(&done.json()));
        assert_eq!(fits, Ok(()), "{done}");
        done
    }

    pub(crate) fn transcript(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap()
    }

    #[track_caller]
    pub(crate) fn diagnosed(&self) -> Value {
        jwtick([Path::new("diagnose"), Path::new("--json"), &self.path("log")]).run().json()
    }
}

/// Returns true if an interval of seconds contains the value.
pub(crate) fn contains(interval: &Value, secs: f64) -> bool {
    let end = |name: &str| interval[name].as_f64();
    end("least").is_some_and(|least| least <= secs) && end("most").is_some_and(|most| secs <= most)
}

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
