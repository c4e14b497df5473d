//! `jwtick serve`: tokens that are bound to a key, and the map of the clocks of others.
#![cfg(test)]

use core::time::Duration;
use std::fs;
use std::thread::sleep;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jwtick_tests::{IssuerServer, Serve, fixture, hs256, jwtick};
use serde_json::{Value, json};
use tempfile::TempDir;

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// A good token for the audience `api`, with a confirmation.
fn token(cnf: &Value) -> String {
    let claims = json!({"sub": "ann", "aud": "api", "iat": now(), "exp": now() + 300, "cnf": cnf});
    hs256(r#"{"alg":"HS256"}"#, claims.to_string())
}

fn serve(more: &[&str]) -> Serve {
    let secret = fixture("keys").join("hs.secret").display().to_string();
    Serve::start(&[&["--secret-file", &*secret, "--aud", "api"], more].concat())
}

const KEY: &str = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

#[test]
fn bound_token_does_not_pass_without_a_proof() {
    let serve = serve(&[]);
    let (bound, free) = (token(&json!({ "jkt": KEY })), token(&json!({})));
    let broken = token(&json!({ "jkt": "AA" }));
    let rows = [
        (format!("Authorization: Bearer {free}\r\n"), 200, ""),
        (format!("Authorization: Bearer {bound}\r\n"), 401, "dpop_required"),
        (format!("Authorization: DPoP {bound}\r\n"), 401, "dpop_required"),
        (
            format!("Authorization: DPoP {bound}\r\nDPoP: x\r\nDPoP: x\r\n"),
            401,
            "invalid_dpop_proof",
        ),
        (format!("Authorization: DPoP {bound}\r\nDPoP: {bound}\r\n"), 401, "invalid_dpop_proof"),
        (format!("Authorization: DPoP {free}\r\n"), 401, "dpop_required"),
        (format!("Authorization: Bearer {broken}\r\n"), 401, "invalid_dpop_proof"),
    ];
    for (fields, status, reason) in rows {
        let answer = serve.verify(&fields);
        assert_eq!(answer.status, status, "{fields}");
        if status == 401 {
            assert_eq!(answer.json()["reason"], reason, "{fields}");
            let challenge = answer.field("www-authenticate").unwrap();
            let names = challenge.starts_with("DPoP ") && challenge.contains("algs=\"ES256 ");
            assert!(names, "{fields} {challenge}");
        }
    }
}

#[test]
fn entry_of_a_missing_proof_says_what_is_missing_in_each_language() {
    for (language, words) in [
        ("en", "expected one DPoP header, but found 0"),
        ("de", "genau einen DPoP-Header"),
        ("ko", "DPoP 헤더는 1개여야"),
    ] {
        let serve = serve(&["--lang", language]);
        let bound = token(&json!({ "jkt": KEY }));
        assert_eq!(serve.verify(&format!("Authorization: DPoP {bound}\r\n")).status, 401);
        let message = serve.entry()["message"].to_string();
        assert!(message.contains(words), "{message}");
    }
}

/// An issuer whose clock is wrong, and a key that it signs with.
struct Issuer {
    folder: TempDir,
    server: IssuerServer,
}

impl Issuer {
    fn ahead(secs: i64) -> Self {
        let folder = TempDir::new().unwrap();
        let key = folder.path().join("key.jwk").display().to_string();
        let made = ["key", "generate", "--alg", "ES256", "--format", "jwk", "--out", &key];
        assert_eq!(jwtick(made).run().code(), 0);
        let public = jwtick(["key", "public", "--format", "jwk", &key]).run();
        let server = IssuerServer::start(&format!("{{\"keys\":[{}]}}", public.stdout.trim_end()));
        server.run_ahead(secs);
        Self { folder, server }
    }

    /// A service that fetches the keys; ready.
    fn serve(&self) -> Serve {
        let file = self.folder.path().join("jwtick.toml");
        let policy = format!(
            "[[serve.issuer]]\nname = \"login\"\nissuer = \"https://login.example\"\nkey = \"{}\"\n\
             audiences = [\"api\"]\n[serve.issuer.fetch]\nallow-private = true\n",
            self.server.keys_url()
        );
        fs::write(&file, policy).unwrap();
        let serve = Serve::start(&["--config", file.to_str().unwrap()]);
        let begun = Instant::now();
        while serve.ask("GET /readyz HTTP/1.1\r\nHost: t\r\n\r\n").status != 200 {
            assert!(begun.elapsed() < Duration::from_secs(20), "the keys were not fetched");
            sleep(Duration::from_millis(20));
        }
        serve
    }

    /// A token that is issued at an instant of the issuer's clock, and valid for 300 s.
    fn sign(&self, iat: i64) -> String {
        let key = self.folder.path().join("key.jwk").display().to_string();
        let (exp, iat) = ((iat + 300).to_string(), iat.to_string());
        let names = ["--iss", "https://login.example", "--sub", "ann", "--aud", "api"];
        let times = ["--iat", &iat, "--exp", &exp];
        let done = jwtick([&["sign", "--key", &key][..], &names, &times].concat()).run();
        assert_eq!(done.code(), 0, "{done}");
        done.stdout.trim_end().to_owned()
    }
}

fn clocks(serve: &Serve) -> Value {
    serve.ask("GET /clocks HTTP/1.1\r\nHost: t\r\n\r\n").json()
}

fn holds(interval: &Value, secs: f64) -> bool {
    let end = |name: &str| interval[name].as_f64();
    end("least").is_some_and(|least| least <= secs) && end("most").is_some_and(|most| secs <= most)
}

#[test]
fn refusal_names_the_issuers_clock_and_the_leeway() {
    let issuer = Issuer::ahead(-311);
    let serve = issuer.serve();
    let token = issuer.sign(now() - 311);
    assert_eq!(serve.verify(&format!("Authorization: Bearer {token}\r\n")).status, 401);
    let entry = loop {
        let entry = serve.entry();
        if entry["reason"] == "expired" {
            break entry;
        }
    };
    assert!(holds(&entry["issuer_ahead_s"], -311.0), "{entry}");
    let message = entry["message"].as_str().unwrap();
    assert!(message.starts_with("refused: expired "), "{message}");
    assert!(message.contains("; the clock of issuer login is 31"), "{message}");
    assert!(message.contains(" behind; a leeway of 1"), "{message}");

    let map = clocks(&serve);
    let login = &map["issuers"][0];
    assert_eq!((&login["name"], &login["conclusion"]), (&"login".into(), &"within".into()));
    assert!(holds(&login["ahead_s"], -311.0), "{map}");
    let sources: Vec<&Value> =
        login["sources"].as_array().unwrap().iter().map(|it| &it["source"]).collect();
    assert_eq!(sources, ["token", "date"], "{map}");
}

#[test]
fn key_server_of_the_command_line_may_be_inside_only_if_permitted() {
    let issuer = Issuer::ahead(0);
    let url = issuer.server.keys_url();
    let bearer = format!("Authorization: Bearer {}\r\n", issuer.sign(now()));
    for (more, fault, status) in
        [(&["--allow-private"][..], Value::Null, 200), (&[], "address".into(), 503)]
    {
        let serve = Serve::start(&[&["--key", &*url, "--aud", "api"], more].concat());
        let begun = Instant::now();
        let state = loop {
            let state = serve.ask("GET /readyz HTTP/1.1\r\nHost: t\r\n\r\n").json();
            let login = state["issuers"][0].clone();
            if login["keys"] == true || !login["fault"].is_null() {
                break login;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{state}");
            sleep(Duration::from_millis(20));
        };
        assert_eq!(state["fault"], fault, "{more:?}: {state}");
        assert_eq!(serve.verify(&bearer).status, status, "{more:?}");
    }
}

/// Names of the issuers in the lines of a metric.
fn issuers_in(serve: &Serve, metric: &str) -> Vec<String> {
    let text = serve.ask("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n").body;
    let lines = text.lines().filter(|line| line.starts_with(metric));
    let named = lines.filter_map(|line| line.split("issuer=\"").nth(1)?.split('"').next());
    named.map(str::to_owned).collect()
}

#[test]
fn gauges_of_an_issuer_go_when_a_reload_removes_it() {
    let issuer = Issuer::ahead(0);
    let (folder, url) = (TempDir::new().unwrap(), issuer.server.keys_url());
    let file = folder.path().join("jwtick.toml");
    let policy = |name: &str| {
        format!(
            "[[serve.issuer]]\nname = \"{name}\"\nissuer = \"https://login.example\"\nkey = \"{url}\"\n\
             audiences = [\"api\"]\n[serve.issuer.fetch]\nallow-private = true\n"
        )
    };
    fs::write(&file, policy("login")).unwrap();
    let serve = Serve::start(&["--config", file.to_str().unwrap()]);
    let bearer = format!("Authorization: Bearer {}\r\n", issuer.sign(now()));
    const GAUGES: [&str; 3] = [
        "jwtick_issuer_clock_offset_seconds{",
        "jwtick_jwks_keyset_info{",
        "jwtick_jwks_last_success_timestamp_seconds{",
    ];
    for (name, other) in [("login", "second"), ("second", "login")] {
        let begun = Instant::now();
        while serve.verify(&bearer).status != 200
            || GAUGES.iter().any(|gauge| !issuers_in(&serve, gauge).contains(&name.to_owned()))
        {
            assert!(begun.elapsed() < Duration::from_secs(20), "no gauges of {name}");
            sleep(Duration::from_millis(20));
        }
        for gauge in GAUGES {
            assert!(!issuers_in(&serve, gauge).contains(&other.to_owned()), "{gauge} {other}");
        }
        fs::write(&file, policy(other)).unwrap();
        serve.signal("HUP");
        while !serve.line().contains("reloaded: the new policies") {}
    }
}

#[test]
fn signer_and_key_server_with_two_clocks_are_told_apart() {
    let issuer = Issuer::ahead(0);
    let serve = issuer.serve();
    let token = issuer.sign(now() + 600);
    assert_eq!(serve.verify(&format!("Authorization: Bearer {token}\r\n")).status, 200);
    let map = clocks(&serve);
    let login = &map["issuers"][0];
    assert_eq!((&login["conclusion"], &login["ahead_s"]), (&"apart".into(), &Value::Null), "{map}");
    assert!(
        login["apart_s"].as_f64().is_some_and(|apart| (595.0..600.5).contains(&apart)),
        "{map}"
    );
}

#[test]
fn forged_token_tells_nothing_about_a_clock() {
    let serve = serve(&[]);
    let good = token(&json!({}));
    let forged = format!("{}AA", &good[..good.len() - 2]);
    assert_eq!(serve.verify(&format!("Authorization: Bearer {forged}\r\n")).status, 401);
    assert_eq!(clocks(&serve)["issuers"], json!([]));
}

#[test]
fn page_of_clocks_needs_nothing_from_elsewhere() {
    let serve = serve(&[]);
    let bearer = format!("Authorization: Bearer {}\r\n", token(&json!({})));
    assert_eq!(serve.verify(&bearer).status, 200);
    let page = serve.ask(
        "GET /clocks HTTP/1.1\r\nHost: t\r\nAccept: text/html,*/*\r\nAccept-Language: de\r\n\r\n",
    );
    assert_eq!(page.field("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.field("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert!(page.body.contains("lang=\"de\"") && page.body.contains("<svg"), "{}", page.body);
    assert_eq!(serve.ask("POST /clocks HTTP/1.1\r\nHost: t\r\n\r\n").status, 405);
}
