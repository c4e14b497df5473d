//! `jwtick stand-in`: the answers of the RFCs, the requested clocks and faults, and robustness against
//! misbehaving clients. Every wording is one that `diagnose` understands: the transcript of a refusal
//! identifies the wrong clock and the product.
#![cfg(test)]

mod answers;
mod assertions;
mod clocks;
mod limits;

use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_tests::{Answer, StandIn, fixture, form, jwtick, token};

const GRANT: &str = "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer";

/// A stand-in that knows the issuer joe by the secret of the fixtures.
#[track_caller]
fn stand_in(arguments: &[&str]) -> StandIn {
    let secret = format!("joe={}", fixture("keys").join("hs.secret").display());
    let mut all = vec!["--secret-file", &secret];
    all.extend(arguments);
    StandIn::start(&all)
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// A good assertion of joe, made now by the clock of this machine, valid for five minutes.
fn assertion(stand_in: &StandIn) -> String {
    let aud = stand_in.url("token_url");
    let (iat, exp) = (now(), now() + 300);
    token(&format!(r#"{{"iss":"joe","sub":"ann","aud":"{aud}","iat":{iat},"exp":{exp}}}"#))
}

/// A token request with an assertion.
fn request(assertion: &str) -> String {
    form("/oauth2/token", "", &format!("{GRANT}&assertion={assertion}"))
}

/// The log of a client: the exchange, and its time by the client's clock.
fn transcript(request: &str, answer: &Answer) -> String {
    let stamp = Command::new("date").args(["-u", "+%Y-%m-%dT%H:%M:%SZ"]).output().unwrap();
    let stamp = String::from_utf8(stamp.stdout).unwrap();
    let stamp = stamp.trim_end();
    format!(
        "{stamp} INFO asking for a token\n{}\n\n{stamp} ERROR the answer is\n{answer}\n",
        request.replace('\r', "")
    )
}

#[test]
fn diagnose_understands_each_wording() {
    // A server ahead means a client behind; the assertion is valid for five minutes.
    const BEHIND: &str = "2d9h49m14s";
    const AHEAD: &str = "-2d9h49m14s";
    type Row = (&'static str, &'static str, &'static str, &'static str);
    const ROWS: &[Row] = &[
        ("rfc", BEHIND, "OAuth 2", "the assertion has expired"),
        ("rfc", AHEAD, "OAuth 2", "the assertion was issued in the future"),
        ("adobe", BEHIND, "JWT", "JWT has expired"),
        ("google", BEHIND, "Google", "Invalid JWT: Token must be a short-lived token"),
        ("google", AHEAD, "Google", "Invalid JWT: Token must be a short-lived token"),
        ("keycloak", BEHIND, "Keycloak", "Token is not active"),
        ("keycloak", AHEAD, "JWT", "Token was issued in the future"),
        ("box", BEHIND, "Box", "Please check the 'exp' claim."),
        ("hydra", BEHIND, "Ory Hydra", "The provided authorization grant (e.g.,"),
    ];
    for &(wording, offset, product, words) in ROWS {
        let arguments = ["--wording", wording, "--offset", offset, "--future-iat", "refuse"];
        let stand_in = stand_in(&arguments);
        let request = request(&assertion(&stand_in));
        let answer = stand_in.ask(&request);
        let error = answer.json();
        let said = error["error_description"].as_str().unwrap_or_default();
        assert!(said.starts_with(words), "{wording}: {answer}");
        assert_eq!((answer.status, &error["error"]), (400, &"invalid_grant".into()), "{wording}");

        let done = jwtick(["diagnose", "--json", "-"]).stdin(transcript(&request, &answer)).run();
        let found = done.json();
        let direction = if offset == BEHIND { "behind" } else { "ahead" };
        assert_eq!(found["cause"], "local-clock", "{wording}, {direction}: {done}");
        assert_eq!(found["direction"], direction, "{wording}: {done}");
        let evidence = found["evidence"].as_array().unwrap();
        let refusal = evidence.iter().find(|it| it["kind"] == "refusal");
        assert_eq!(refusal.unwrap()["product"], product, "{wording}: {done}");
        assert_eq!(done.code(), 20, "{wording}");
    }
}

#[test]
fn refusal_without_a_clock_fault_blames_no_clock() {
    for wording in ["rfc", "adobe", "google", "keycloak", "box", "hydra"] {
        let stand_in = stand_in(&["--wording", wording]);
        let (input, _) = assertion(&stand_in)
            .rsplit_once('.')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap();
        let request = request(&format!("{input}.{}", "A".repeat(43)));
        let answer = stand_in.ask(&request);
        let done = jwtick(["diagnose", "--json", "-"]).stdin(transcript(&request, &answer)).run();
        assert_ne!(done.json()["clock_fault"], true, "{wording}: {answer}\n{done}");
    }
}
