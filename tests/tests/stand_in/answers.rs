//! The answers of RFC 6749 §5, RFC 7523 §3, RFC 6750 §3 and RFC 8414.

use jwtick_tests::{Answer, StandIn, form, jwtick};
use serde_json::Value;

use super::{GRANT, assertion, request, stand_in};

const CLIENT: &str = "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Checks the fields that every answer of the token endpoint has.
#[track_caller]
fn is_private(answer: &Answer) {
    assert_eq!(answer.field("cache-control"), Some("no-store"), "{answer}");
    assert_eq!(answer.field("pragma"), Some("no-cache"), "{answer}");
    assert_eq!(answer.field("content-type"), Some("application/json"), "{answer}");
    assert!(answer.field("date").is_some(), "{answer}");
}

fn access_token(stand_in: &StandIn) -> String {
    let answer = stand_in.ask(request(&assertion(stand_in)));
    answer.json()["access_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[test]
fn good_assertion_gets_a_token() {
    let stand_in = stand_in(&["--token-lifetime", "10m"]);
    let content = format!("{GRANT}&scope=read+write&assertion={}", assertion(&stand_in));
    let answer = stand_in.ask(form("/oauth2/token", "", &content));
    is_private(&answer);
    let granted = answer.json();
    assert_eq!((answer.status, &granted["token_type"]), (200, &Value::from("Bearer")), "{answer}");
    assert_eq!((&granted["expires_in"], &granted["scope"]), (&600.into(), &"read write".into()));

    let done = jwtick(["inspect", "--json", granted["access_token"].as_str().unwrap()]).run();
    let token = done.json();
    let claim = |name: &str| token["claims"][name].clone();
    assert_eq!(token["header"]["typ"], "at+jwt", "RFC 9068 §2.1: {done}");
    assert_eq!((claim("sub"), claim("client_id")), ("ann".into(), "joe".into()), "{done}");
    assert_eq!(claim("aud"), stand_in.url("receiver_url"), "{done}");
    assert_eq!(claim("exp").as_i64().unwrap() - claim("iat").as_i64().unwrap(), 600, "{done}");
}

type Row = (&'static str, &'static str, (u16, &'static str));
const FAULTY: &[Row] = &[
    ("no grant_type", "assertion=x", (400, "invalid_request")),
    ("an empty one", "grant_type=&assertion=x", (400, "invalid_request")),
    ("another grant", "grant_type=password&username=a", (400, "unsupported_grant_type")),
    (
        "no assertion",
        "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer",
        (400, "invalid_request"),
    ),
    ("twice", "grant_type=a&grant_type=a", (400, "invalid_request")),
    ("no client", "grant_type=client_credentials", (401, "invalid_client")),
    (
        "another kind of assertion",
        "grant_type=client_credentials&client_assertion_type=saml&client_assertion=x",
        (400, "invalid_client"),
    ),
    (
        "no kind of assertion",
        "grant_type=client_credentials&client_assertion=x",
        (400, "invalid_request"),
    ),
    (
        "two ways to authenticate",
        "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&\
         client_assertion=x&client_id=joe&client_secret=y",
        (400, "invalid_request"),
    ),
    ("a secret of nobody", "client_secret=y", (400, "invalid_request")),
];

#[test]
fn malformed_requests_are_refused() {
    let stand_in = stand_in(&[]);
    for &(name, content, (status, error)) in FAULTY {
        let answer = stand_in.ask(form("/oauth2/token", "", content));
        assert_eq!((answer.status, &answer.json()["error"]), (status, &error.into()), "{name}");
        is_private(&answer);
        let challenge = (status == 401).then_some(r#"Basic realm="jwtick stand-in""#);
        assert_eq!(answer.field("www-authenticate"), challenge, "{name}: RFC 9110 §15.5.2");
    }
    let json = "POST /oauth2/token HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n\
        Content-Length: 2\r\n\r\n{}";
    let answer = stand_in.ask(json);
    assert_eq!((answer.status, &answer.json()["error"]), (400, &"invalid_request".into()));
    let get = stand_in.ask("GET /oauth2/token HTTP/1.1\r\nHost: t\r\n\r\n");
    assert_eq!((get.status, get.field("allow")), (405, Some("POST")), "{get}");
    for path in
        ["/jwks", "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"]
    {
        let post =
            stand_in.ask(format!("POST {path} HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\n\r\n"));
        assert_eq!((post.status, post.field("allow")), (405, Some("GET, HEAD")), "{path}: {post}");
    }
    assert_eq!(stand_in.ask("GET /x HTTP/1.1\r\nHost: t\r\n\r\n").status, 404);
}

#[test]
fn client_authenticates_by_an_assertion() {
    let stand_in = stand_in(&[]);
    let ask = |sub: &str, more: &str| {
        let aud = stand_in.url("issuer");
        let claims = format!(
            r#"{{"iss":"joe","sub":"{sub}","aud":["x","{aud}"],"exp":{}}}"#,
            super::now() + 60
        );
        let assertion = jwtick_tests::token(&claims);
        let content =
            format!("grant_type=client_credentials&{CLIENT}&client_assertion={assertion}");
        stand_in.ask(form("/oauth2/token", "", &(content + more)))
    };
    assert_eq!(ask("joe", "").status, 200);
    assert_eq!(ask("joe", "&client_id=joe").status, 200);
    for (name, sub, more) in [
        ("the subject is another (RFC 7523 §3, item 2 B)", "ann", ""),
        ("client_id is another (RFC 7521 §4.2)", "joe", "&client_id=ann"),
    ] {
        let answer = ask(sub, more);
        let error = answer.json()["error"].clone();
        assert_eq!((answer.status, error), (400, "invalid_client".into()), "{name}");
        assert_eq!(answer.field("www-authenticate"), None, "{name}: RFC 7521 §4.2.1");
    }
}

#[test]
fn client_secrets_are_checked_if_configured() {
    let secret = jwtick_tests::key_form("short.secret");
    let text = std::fs::read_to_string(&secret).unwrap();
    let checks = stand_in(&["--client", &format!("joe={}", secret.display())]);
    let checks_none = stand_in(&[]);
    let exchange = |stand_in: &StandIn, id: &str, secret: &str| {
        let content =
            format!("client_id={id}&client_secret={secret}&jwt_token={}", assertion(stand_in));
        stand_in.ask(form("/ims/exchange/jwt", "", &content)).status
    };
    assert_eq!(exchange(&checks, "joe", &text), 200);
    assert_eq!(exchange(&checks, "joe", "other"), 401);
    assert_eq!(exchange(&checks, "ann", &text), 401);
    assert_eq!(exchange(&checks_none, "joe", "other"), 200);
    let incomplete = format!("client_id=joe&jwt_token={}", assertion(&checks));
    assert_eq!(checks.ask(form("/ims/exchange/jwt", "", &incomplete)).status, 400);
    let basic = |credentials: &str| {
        let content = format!("{GRANT}&assertion={}", assertion(&checks));
        checks.ask(form("/oauth2/token", &format!("Authorization: {credentials}\r\n"), &content))
    };
    for (name, credentials) in [("joe:x", "Basic am9lOng="), ("no Basic", "Bearer x")] {
        let answer = basic(credentials);
        let challenge = answer.field("www-authenticate");
        let expected = (401, Some(r#"Basic realm="jwtick stand-in""#));
        assert_eq!((answer.status, challenge), expected, "{name}");
    }
}

#[test]
fn receiver_answers_as_in_the_article() {
    let stand_in = stand_in(&[]);
    let path = "/bin/receive?sling:authRequestLogin=1";
    let ask = |fields: &str| {
        stand_in
            .ask(format!("POST {path} HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\n{fields}\r\n"))
    };
    const BASIC: &str = r#"Basic realm="Sling (Development)""#;
    let bare = ask("");
    assert_eq!((bare.status, bare.field("www-authenticate")), (401, Some(BASIC)), "{bare}");
    assert_eq!((bare.field("content-length"), &*bare.body), (Some("0"), ""), "{bare}");

    let token = access_token(&stand_in);
    let accepted = ask(&format!("Authorization: bearer {token}\r\n"));
    assert_eq!(accepted.status, 200, "{accepted}");

    let forged = ask(&format!("Authorization: Bearer {token}A\r\n"));
    let challenges: Vec<&str> = forged.fields("www-authenticate").collect();
    let [BASIC, bearer] = challenges.as_slice() else { panic!("{forged}") };
    assert!(bearer.starts_with(r#"Bearer error="invalid_token", error_description=""#), "{forged}");
    let foreign = ask(&format!("Authorization: Bearer {}\r\n", assertion(&stand_in)));
    assert_eq!(foreign.status, 401, "an assertion is not an access token: {foreign}");
}

#[test]
fn metadata_lists_all_endpoints() {
    let stand_in = stand_in(&[]);
    let get = |path: &str| stand_in.ask(format!("GET {path} HTTP/1.1\r\nHost: t\r\n\r\n"));
    let metadata = get("/.well-known/oauth-authorization-server");
    let same = get("/.well-known/openid-configuration");
    assert_eq!((metadata.status, &metadata.body), (same.status, &same.body));
    let told = metadata.json();
    assert_eq!(told["issuer"], stand_in.url("issuer"), "{metadata}");
    assert_eq!(told["token_endpoint"], stand_in.url("token_url"), "{metadata}");
    assert_eq!(told["jwks_uri"], stand_in.url("jwks_url"), "{metadata}");
    for alg in told["token_endpoint_auth_signing_alg_values_supported"].as_array().unwrap() {
        let alg = alg.as_str().unwrap();
        let made = jwtick(["sign", "--secret-env", "NONE", "--alg", alg]).run();
        assert_eq!(made.code(), 1, "{alg} is known, and only the secret is missing: {made}");
    }
    let key = get("/jwks").json()["keys"][0].clone();
    assert_eq!(
        (&key["kty"], &key["alg"], &key["use"]),
        (&"EC".into(), &"ES256".into(), &"sig".into())
    );
    assert_eq!(key.get("d"), None, "the private part stays here");
}
