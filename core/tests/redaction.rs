//! Secrets in text that is shown: by value, by name and by look.
#![cfg(test)]

use jwtick_core::evidence::redaction::{Redacted, is_secret};

use crate::is_thorough;

const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjF9.c2lnbmF0dXJl";

/// A text, and the same with `…` for each secret; an equal text has none.
type Row = (&'static str, &'static str);

const BY_NAME: &[Row] = &[
    ("client_secret=hunter2&x=1", "client_secret=…&x=1"),
    ("CLIENT-SECRET = hunter2, x", "CLIENT-SECRET = …, x"),
    (r#"{"client_secret" : "two words, one secret","x":1}"#, r#"{"client_secret" : "…","x":1}"#),
    (r#"{"a":"{\"client_secret\":\"x\\\"y\"}"}"#, r#"{"a":"{\"client_secret\":\"…\"}"}"#),
    ("{'password': 'it is'}", "{'password': '…'}"),
    ("q=client_secret%3Dhunter2%26x%3D1", "q=client_secret%3D…%26x%3D1"),
    ("%22refresh_token%22%3A%22opaque%22", "%22refresh_token%22%3A%22…%22"),
    (
        r#"{"access_token":"opaque","token_type":"Bearer"}"#,
        r#"{"access_token":"…","token_type":"Bearer"}"#,
    ),
    (r#"{"id_token": "opaque", "expires_in":3600}"#, r#"{"id_token": "…", "expires_in":3600}"#),
    (r#"{"accessTokenExpiresAt":"2017-03-03"}"#, r#"{"accessTokenExpiresAt":"2017-03-03"}"#),
    ("<access_token>opaque</access_token>", "<access_token>…</access_token>"),
    ("<Token-0>FQoGZXIv</Token-0>", "<Token-0>…</Token-0>"),
    ("&lt;a token=&quot;opaque&quot;", "&lt;a token=&quot;…&quot;"),
    (
        "assertion=opaque&client_assertion_type=urn%3Aietf",
        "assertion=…&client_assertion_type=urn%3Aietf",
    ),
    ("/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=1", "/cb?code=…&state=1"),
    ("/cb?code=invalid", "/cb?code=…"),
    (r#"{"code":"4/0AX4XfWh","x":1}"#, r#"{"code":"…","x":1}"#),
    (r#"{"code":401,"error":"invalid_grant"}"#, r#"{"code":401,"error":"invalid_grant"}"#),
    (r#"{"code":"ERR_JWT_EXPIRED"}"#, r#"{"code":"ERR_JWT_EXPIRED"}"#),
    ("code=AADSTS700024 x", "code=AADSTS700024 x"),
    ("<Code>RequestTimeTooSkewed</Code>", "<Code>RequestTimeTooSkewed</Code>"),
    ("Authorization: Basic dXNlcjpwdw==", "Authorization: Basic …"),
    ("authorization: Bearer opaque", "authorization: Bearer …"),
    (r#"-H "Authorization: Bearer opaque" https"#, r#"-H "Authorization: Bearer …" https"#),
    (r#"{"Authorization":"opaque"}"#, r#"{"Authorization":"…"}"#),
    ("Authorization: Digest username=\"a\", response=\"b\"", "Authorization: Digest …"),
    (r#"'Authorization: Digest username="a"' x"#, "'Authorization: Digest …' x"),
    (r#"{"Authorization":"Digest username=\"a\"","x":1}"#, r#"{"Authorization":"Digest …","x":1}"#),
    ("Authorization: JWT expired", "Authorization: JWT expired"),
    ("Proxy-Authorization: Basic dXNlcjpwdw==", "Proxy-Authorization: Basic …"),
    ("Cookie: a=b; SID=c", "Cookie: …"),
    (r#""Set-Cookie: SID=c; Path=/" 200"#, r#""Set-Cookie: …" 200"#),
    ("X-Api-Key: abc", "X-Api-Key: …"),
    ("api_key=abc", "api_key=…"),
    (r#"{"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQ"}"#, r#"{"kty":"oct","k":"…"}"#),
    (r#"{"k":"v","d":"day"}"#, r#"{"k":"v","d":"day"}"#),
    (
        "X-Amz-Signature=0a1b2c&X-Amz-Date=20170303T042905Z",
        "X-Amz-Signature=…&X-Amz-Date=20170303T042905Z",
    ),
    ("token: 9f86d081884c7d65", "token: …"),
    ("password: hunter2", "password: …"),
];

/// Sentences that mention secrets, and contain none.
const SENTENCES: &[&str] = &[
    "TokenExpiredError: jwt expired",
    "Invalid token: expired at 2017-03-03T04:29:05Z",
    "token: 2017-03-03T04:29:05Z",
    "token: 20170303T042905Z",
    "-----BEGIN PRIVATE KEY-----",
    "client_secret=",
    "Invalid client secret: missing",
    "cannot read client-secret.pem: Permission denied",
    r#"{"error":"invalid_token","error_description":"The access token expired"}"#,
    r#"WWW-Authenticate: Bearer realm="x", error="invalid_token", error_description="The token expired""#,
    "Bearer was not authenticated. Failure message: IDX10223: Lifetime validation failed.",
    "Basic authentication failed",
    "Bearer token expired",
    "SignatureDoesNotMatch: Signature expired: 20170228T183951Z is now earlier than 20170303T042905Z",
    "Auth::Token::Expired token == null",
    "https://example.com/path?to=a@b.c",
    "joe@example.com at 18:39:51 mailto:joe@example.com",
    "eyJ alone is no token, neither is eyJ0123456789abc",
    "framework-configuration.of-a-program is no token",
    "grüße, 한국",
    "",
];

const BY_LOOK: &[Row] = &[
    ("It was eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjF9.c2ln here", "It was … here"),
    ("x%3DeyAiYWxnIjoiSFMyNTYifQ.eyJ9.c2ln", "x%3D…"),
    (r"x\u003dewogImFsZyI6IkhTMjU2In0.eyJ9.c2ln", r"x\u003d…"),
    (r"line\new0KImFsZyI6IkhTMjU2In0.eyJ9.c2ln", r"line\n…"),
    ("Basic dXNlcjpwdw==", "Basic …"),
    ("got Bearer 2YotnFZFEjr1zCsicMWpAA.", "got Bearer …"),
    ("got Bearer opaque-token here", "got Bearer … here"),
    ("http://user:PW@h/x", "http://…@h/x"),
    ("http://user:P/W@h/x", "http://…@h/x"),
    ("http://h:80/a@b", "http://h:80/a@b"),
    ("curl -u user:PW@proxy", "curl -u user:…@proxy"),
    (
        "-----BEGIN PRIVATE KEY-----\\nMIGH\\n-----END PRIVATE KEY-----\\n",
        "-----BEGIN PRIVATE KEY-----…-----END PRIVATE KEY-----\\n",
    ),
    ("-----BEGIN RSA PRIVATE KEY----- MIIE", "-----BEGIN RSA PRIVATE KEY-----…"),
    ("-----BEGIN CERTIFICATE----- MIIE", "-----BEGIN CERTIFICATE----- MIIE"),
];

#[track_caller]
fn assert_shown(text: &str, secrets: &[&str], expected: &str) {
    let shown = Redacted::new(text, secrets).to_string().replace("(redacted)", "…");
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn secrets_are_hidden_by_name_and_look() {
    for (text, expected) in BY_NAME.iter().chain(BY_LOOK) {
        assert_shown(text, &[], expected);
        // A text that is already redacted stays as it is.
        let once = Redacted::new(text, &[]).to_string();
        assert_eq!(Redacted::new(&once, &[]).to_string(), once, "{text}");
    }
}

#[test]
fn sentences_are_shown() {
    for text in SENTENCES {
        assert_shown(text, &["another secret"], text);
    }
}

#[test]
fn names_do_not_matter_in_sentences_of_the_program() {
    let said = "cannot read client-secret: hunter2: Permission denied";
    assert_eq!(Redacted::by_look(said).to_string(), said);
    assert_eq!(
        Redacted::by_look("not a URL: http://u:p@h").to_string(),
        "not a URL: http://(redacted)@h"
    );
}

#[test]
fn known_secret_is_hidden_wherever_it_starts() {
    let rows: &[(&str, &[&str], &str)] = &[
        ("a=x&yy z", &["x&yy"], "a=… z"),
        ("client_secret=x&yy&z=1", &["x&yyy", "x&yy"], "client_secret=…&z=1"),
        ("client_secret=prex&y&z=1", &["x&yy", "x&y&z"], "client_secret=…=1"),
        ("Basic bWU6aHVudGVyMg== end", &["hunter2"], "Basic … end"),
        ("(bWU6aHVudGVyMg)", &["hunter2"], "(bWU6…)"),
        ("\u{e9}\u{e9}\u{e9}\u{e9}", &["\u{e9}\u{e9}"], "……"),
        ("abc", &["abc", ""], "abc"),
        ("(redacted)", &["redacted"], "(…)"),
        (TOKEN, &[TOKEN], "…"),
    ];
    for (text, secrets, expected) in rows {
        assert_shown(text, secrets, expected);
    }
}

#[test]
fn bytes_that_are_not_text_do_not_end_a_secret() {
    let shown = Redacted::of_bytes(b"\xff client_secret=a\xffb c", &[]).to_string();
    assert_eq!(shown, "\u{fffd} client_secret=(redacted) c");
}

#[test]
fn names_of_secrets_are_told_from_others() {
    for name in
        ["secret", "client_secret", "refreshToken", "jwt_token", "Set-Cookie", "code", "jwt"]
    {
        assert!(is_secret(name), "{name}");
    }
    for name in ["token_type", "secret-file", "error_code", "iat", "kid", "scope", "", "tokenUrl"] {
        assert!(!is_secret(name), "{name}");
    }
}

/// A hostile line must not take longer than its length explains.
#[test]
fn long_lines_of_names_are_read_in_time() {
    let secret = r"%25%25%25%25%25\\\\\\x";
    for unit in
        ["token=\"a b", "Cookie: ", "://a:b", "a:", "Bearer ", "-----BEGIN ", "%25", "eyJ", "\\\\"]
    {
        let len = if is_thorough() { 64 * 1024 } else { 16 * 1024 };
        let text = unit.repeat(len / unit.len());
        let started = std::time::Instant::now();
        let _ = Redacted::new(&text, &[secret]).to_string();
        assert!(started.elapsed() < core::time::Duration::from_secs(10), "{unit}");
    }
}
