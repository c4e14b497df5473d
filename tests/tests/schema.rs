//! Answers of `verify --json` against `fixtures/schema/verify.json`, of every kind that there is.
#![cfg(test)]

use jwtick_tests::{Schema, fixture, jwtick, token};

/// What is judged, and what else the command line says.
const RUNS: &[(&str, &str, &[&str])] = &[
    ("accepted", r#"{"exp":100,"iat":1}"#, &["--at", "50"]),
    ("expired", r#"{"exp":100}"#, &["--at", "100"]),
    ("undecided", r#"{"exp":100}"#, &["--at", "99", "--uncertainty", "2s"]),
    ("missing", "{}", &["--at", "50", "--require", "exp,jti"]),
    ("other rules", r#"{"iss":"a","aud":["b"],"sub":"c"}"#, &["--iss", "x", "--aud", "b"]),
    ("looks like milliseconds", r#"{"exp":1488307191000}"#, &["--at", "50"]),
    ("beyond every calendar", r#"{"exp":1e400}"#, &["--at", "50"]),
    ("exp is a string", r#"{"exp":"100"}"#, &["--at", "50"]),
    ("algorithm not allowed", r#"{"exp":100}"#, &["--at", "50", "--alg", "HS512"]),
];

#[test]
fn every_answer_of_verify_fits_the_schema() {
    let schema = Schema::load("verify").unwrap();
    let secret = fixture("keys/hs.secret").display().to_string();
    for &(name, claims, more) in RUNS {
        let signed = token(claims);
        for token in [signed.as_str(), &signed[..signed.len() - 2], "no token", "a.b.c"] {
            let arguments = ["verify", "--json", "--secret-file", &secret, token];
            let done = jwtick(arguments.into_iter().chain(more.iter().copied())).run();
            // What is no token at all gets a sentence on standard error.
            let silent = token != signed && done.stdout.is_empty() && !done.stderr.is_empty();
            let fits = schema.check(&done.json());
            assert!(silent || fits == Ok(()), "{name}: {fits:?} {done}");
        }
    }
}
