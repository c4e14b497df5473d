//! Acceptance of assertions: RFC 7523 §3, item by item.

use jwtick_tests::{StandIn, hs256, token, without_shared_files};
use serde_json::json;

use super::{assertion, now, request, stand_in};

/// The endpoint's answer to these claims.
fn refusal(stand_in: &StandIn, claims: &str) -> (u16, String) {
    let answer = stand_in.ask(request(&token(claims)));
    let error = answer.json();
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    (answer.status, format!("{}: {}", text("error"), text("error_description")))
}

/// An item of RFC 7523 §3, the claim that breaks it with its value, and the error description.
const ITEMS: &[(&str, &str, Value, &str)] = &[
    ("1: no iss", "iss", Value::None, "the assertion has no 'iss' claim"),
    (
        "1: an issuer without a key",
        "iss",
        Value::Text("eve"),
        "no key is known for the issuer of the assertion",
    ),
    ("2: no sub", "sub", Value::None, "the assertion has no 'sub' claim"),
    ("3: no aud", "aud", Value::None, "the assertion has no 'aud' claim"),
    ("3: another aud", "aud", Value::Text("https://a"), "Audience validation failed"),
    ("4: no exp", "exp", Value::None, "the assertion has no 'exp' claim"),
    ("4: too late", "exp", Value::Secs(-6), "the assertion has expired"),
    ("4: too far", "exp", Value::Secs(3_700), "the 'exp' claim is unreasonably far in the future"),
    (
        "5: too early",
        "nbf",
        Value::Secs(60),
        "the assertion must not be accepted before its 'nbf' claim",
    ),
    ("6: not made yet", "iat", Value::Secs(60), "the assertion was issued in the future"),
    (
        "8: exp is a string",
        "exp",
        Value::Text("soon"),
        "the assertion is not a valid JWT: claims: expected `exp` to be a number, but found a string",
    ),
];

#[derive(Clone, Copy)]
enum Value {
    None,
    Text(&'static str),
    /// Seconds from now.
    Secs(i64),
}

/// A good claims set with one claim changed.
fn claims(aud: &str, name: &str, value: Value) -> String {
    let mut claims = json!({ "iss": "joe", "sub": "ann", "aud": aud, "exp": now() + 300 });
    match value {
        Value::None => drop(claims.as_object_mut().unwrap().remove(name)),
        Value::Text(text) => claims[name] = text.into(),
        Value::Secs(secs) => claims[name] = (now() + secs).into(),
    }
    claims.to_string()
}

#[test]
fn claims_are_judged_item_by_item() {
    let stand_in = stand_in(&["--future-iat", "refuse", "--leeway", "5s"]);
    let aud = stand_in.url("token_url");
    for &(item, name, value, words) in ITEMS {
        let expected = (400, format!("invalid_grant: {words}"));
        assert_eq!(refusal(&stand_in, &claims(aud, name, value)), expected, "item {item}");
    }
    let good = claims(aud, "iat", Value::Secs(3));
    assert_eq!(refusal(&stand_in, &good).0, 200, "within the leeway");
}

#[test]
fn signature_must_be_the_issuer_s() {
    let stand_in = stand_in(&[]);
    let good = assertion(&stand_in);
    let (input, _) = good.rsplit_once('.').unwrap();
    let none = hs256(r#"{"alg":"none"}"#, "{}");
    let rows = [
        ("a wrong signature", format!("{input}.{}", "A".repeat(43)), "the signature of the"),
        ("alg none", none, "the assertion is not a valid JWT: header"),
        ("no token", "x".to_owned(), "the assertion is not a valid JWT: expected 3 segments"),
    ];
    for (name, assertion, words) in rows {
        let answer = stand_in.ask(request(&assertion));
        let error = answer.json();
        assert_eq!((answer.status, &error["error"]), (400, &"invalid_grant".into()), "{name}");
        let said = error["error_description"].as_str().unwrap();
        assert!(said.starts_with(words), "{name}: {said}");
    }
}

#[test]
fn jti_is_accepted_once() {
    let stand_in = stand_in(&["--require", "jti"]);
    let aud = stand_in.url("token_url");
    let claims = |jti: &str, aud: &str| {
        format!(r#"{{"iss":"joe","sub":"ann","aud":"{aud}","exp":{},"jti":"{jti}"}}"#, now() + 60)
    };
    assert_eq!(refusal(&stand_in, &claims("1", "https://a")).0, 400, "refused for another reason");
    assert_eq!(refusal(&stand_in, &claims("1", aud)).0, 200, "so it is not used up");
    let again = (400, "invalid_grant: the assertion has been used before".to_owned());
    assert_eq!(refusal(&stand_in, &claims("1", aud)), again);
    assert_eq!(refusal(&stand_in, &claims("2", aud)).0, 200);
    let (_, missing) = refusal(&stand_in, &claims("", aud).replace(r#","jti":"""#, ""));
    assert_eq!(missing, "invalid_grant: the assertion has no 'jti' claim");
}

#[test]
fn key_without_an_issuer_accepts_every_issuer() {
    let key = jwtick_tests::fixture("keys").join("hs.jwk").display().to_string();
    let open = StandIn::start(&["--key", &key]);
    assert_eq!(open.ask(request(&assertion(&open))).status, 200);
    let none = StandIn::start(&[]);
    assert_eq!(none.ask(request(&assertion(&none))).status, 400);
    let (code, log) = none.end("TERM");
    assert_eq!(code, 0);
    assert!(log.starts_with("jwtick: no key is registered"), "{log}");
}

#[test]
fn log_gives_the_reason_and_no_secret() {
    let stand_in = stand_in(&["--offset", "1h"]);
    let assertion = assertion(&stand_in);
    let answer = stand_in.ask(request(&assertion));
    assert_eq!(answer.status, 400, "{answer}");
    let path = format!("/bin/receive?access_token={assertion}");
    let answer = stand_in.ask(format!(
        "GET {path} HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer {assertion}\r\n\r\n"
    ));
    assert_eq!(answer.status, 401, "{answer}");
    let (_, log) = stand_in.end("TERM");
    let lines: Vec<serde_json::Value> = without_shared_files(&log)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [refused, received] = lines.as_slice() else { panic!("{log}") };
    assert_eq!(refused["error"], "invalid_grant", "{log}");
    assert_eq!(refused["findings"][0]["rule"], "exp", "{log}");
    let margin = refused["findings"][0]["margin_s"]["most"].as_f64().unwrap();
    assert!((-3_310.0..-3_290.0).contains(&margin), "an hour less five minutes: {log}");
    assert_eq!((&received["path"], &received["status"]), (&"/bin/receive".into(), &401.into()));
    for part in assertion.split('.') {
        assert!(!log.contains(part), "{part} is in the log: {log}");
    }
}
