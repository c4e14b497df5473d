//! Which assertions are acceptable: RFC 7523 §3, item by item.

use jwtick_tests::{StandIn, hs256, token};

use super::{assertion, now, request, stand_in};

/// What the endpoint says about claims.
fn refusal(stand_in: &StandIn, claims: &str) -> (u16, String) {
    let answer = stand_in.ask(request(&token(claims)));
    let error = answer.json();
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    (answer.status, format!("{}: {}", text("error"), text("error_description")))
}

#[test]
fn claims_are_judged_item_by_item() {
    let stand_in = stand_in(&["--future-iat", "refuse", "--leeway", "5s"]);
    let aud = stand_in.url("token_url");
    let at = |secs: i64| now() + secs;
    let with = |name: &str, value: String| {
        let mut claims =
            serde_json::json!({ "iss": "joe", "sub": "ann", "aud": aud, "exp": at(300) });
        claims[name] = serde_json::from_str(&value).unwrap();
        claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        claims.to_string()
    };
    let rows = [
        ("item 1: no iss", with("iss", "null".into()), "the assertion has no 'iss' claim"),
        (
            "item 1: an issuer without a key",
            with("iss", "\"eve\"".into()),
            "no key is known for the issuer of the assertion",
        ),
        ("item 2: no sub", with("sub", "null".into()), "the assertion has no 'sub' claim"),
        ("item 3: no aud", with("aud", "null".into()), "the assertion has no 'aud' claim"),
        ("item 3: another", with("aud", "\"https://a\"".into()), "Audience validation failed"),
        ("item 4: no exp", with("exp", "null".into()), "the assertion has no 'exp' claim"),
        ("item 4: too late", with("exp", at(-6).to_string()), "the assertion has expired"),
        (
            "item 4: too far",
            with("exp", at(3_700).to_string()),
            "the 'exp' claim is unreasonably far in the future",
        ),
        (
            "item 5: too early",
            with("nbf", at(60).to_string()),
            "the assertion must not be accepted before its 'nbf' claim",
        ),
        (
            "item 6: not made yet",
            with("iat", at(60).to_string()),
            "the assertion was issued in the future",
        ),
        (
            "item 8: exp is a string",
            with("exp", "\"soon\"".into()),
            "the assertion is not a valid JWT: claims: exp is a string, it must be a number",
        ),
    ];
    for (name, claims, words) in rows {
        let expected = (400, format!("invalid_grant: {words}"));
        assert_eq!(refusal(&stand_in, &claims), expected, "{name}");
    }
    let good = with("iat", at(3).to_string());
    assert_eq!(refusal(&stand_in, &good).0, 200, "within the leeway");
}

#[test]
fn signatures_are_those_of_the_issuer() {
    let stand_in = stand_in(&[]);
    let good = assertion(&stand_in);
    let (input, _) = good.rsplit_once('.').unwrap();
    let none = hs256(r#"{"alg":"none"}"#, "{}");
    let rows = [
        ("a wrong signature", format!("{input}.{}", "A".repeat(43)), "the signature of the"),
        ("alg none", none, "the assertion is not a valid JWT: header"),
        ("no token", "x".to_owned(), "the assertion is not a valid JWT: a token has 3 segments"),
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
fn an_identifier_is_used_once() {
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
fn a_key_without_an_issuer_speaks_for_everybody() {
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
fn the_log_tells_why_and_holds_no_secret() {
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
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
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
