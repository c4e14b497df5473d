//! `jwtick sign`: the token has the requested content, and passes `verify`.
#![cfg(test)]

use jwtick_tests::{Outcome, fixture, hs256, jwtick, key_form, token, without_shared_files};

fn key(name: &str) -> String {
    let form = name.strip_prefix("forms/");
    form.map_or_else(|| fixture("keys").join(name), key_form).display().to_string()
}

fn sign(more: &[&str]) -> Outcome {
    let secret = key("hs.secret");
    let mut arguments = vec!["sign", "--secret-file", &secret];
    arguments.extend(more);
    jwtick(arguments).run()
}

fn claims_of(token: &str) -> String {
    let done = jwtick(["inspect", "--json", token.trim()]).run();
    done.stdout
        .rsplit_once(r#""claims":"#)
        .unwrap()
        .1
        .trim_end()
        .strip_suffix('}')
        .unwrap()
        .to_owned()
}

#[test]
fn makes_the_requested_bytes() {
    let done = sign(&["--iss", "joe", "--exp", "1488307191", "--claim", "admin=true"]);
    let expected = token(r#"{"iss":"joe","exp":1488307191,"admin":true}"#);
    assert_eq!(done.stdout, expected + "\n", "{done}");
}

#[test]
fn claims_keep_order_and_digits() {
    type Row<'r> = (&'r [&'r str], &'r str);
    const ROWS: &[Row<'_>] = &[
        (&["--exp", "1488307191.25"], r#"{"exp":1488307191.25}"#),
        (&["--exp", "2017-02-28T18:39:51Z", "--nbf", "0"], r#"{"nbf":0,"exp":1488307191}"#),
        (&["--claim", "exp=1.50e9"], r#"{"exp":1.50e9}"#),
        (&["--claim", "a=x=y", "--claim", r#"b={"c":[1, 2]}"#], r#"{"a":"x=y","b":{"c":[1,2]}}"#),
        (&["--aud", "a"], r#"{"aud":"a"}"#),
        (&["--aud", "a", "--aud", "b"], r#"{"aud":["a","b"]}"#),
        (&["--iss", "a\"b", "--sub", "ü"], r#"{"iss":"a\"b","sub":"ü"}"#),
        (&[], "{}"),
    ];
    for &(arguments, claims) in ROWS {
        let done = sign(arguments);
        assert_eq!(claims_of(&done.stdout), claims, "{arguments:?}\n{done}");
    }
}

#[test]
fn claims_file_is_the_starting_point() {
    let secret = key("hs.secret");
    let run = jwtick(["sign", "--secret-file", &secret, "--claims", "-", "--exp", "5"]);
    let done = run.stdin(r#"{"exp": 1, "x": 1e1}"#).run();
    assert_eq!(claims_of(&done.stdout), r#"{"exp":5,"x":1e1}"#, "{done}");
    let run = jwtick(["sign", "--secret-file", &secret, "--claims", "-"]);
    let done = run.stdin(r#"{"exp":1,"exp":2}"#).run();
    assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{done}");
}

#[test]
fn signed_tokens_verify() {
    for (option, file, alg) in [
        ("--secret-file", "hs.secret", "HS256"),
        ("--secret-file", "hs.secret", "HS384"),
        ("--secret-file", "hs.secret", "HS512"),
        ("--key", "hs.jwk", "HS384"),
        ("--key", "forms/hs512.jwk", "HS512"),
    ] {
        let file = key(file);
        let made =
            jwtick(["sign", option, &file, "--alg", alg, "--iat", "now", "--exp", "+5m"]).run();
        let done = jwtick(["verify", option, &file, "--alg", alg, made.stdout.trim()]).run();
        assert_eq!(done.code(), 0, "{alg}\n{made}{done}");
        let late = jwtick(["verify", option, &file, "--at", "+5m", made.stdout.trim()]).run();
        assert_eq!(late.code(), 10, "{alg}\n{late}");
    }
    let made = jwtick(["sign", "--key", &key("forms/hs512.jwk")]).run();
    let shown = jwtick(["inspect", "--json", made.stdout.trim()]).run();
    let header = serde_json::json!({"alg": "HS512", "typ": "JWT", "kid": "one"});
    assert_eq!(shown.json()["header"], header);
}

#[test]
fn warnings_go_to_standard_error() {
    const ROWS: &[(&[&str], &str)] = &[
        (&["--claim", "exp=1488307191000"], "exp looks like milliseconds"),
        (&["--iat", "100", "--exp", "100"], "exp is not after iat"),
        (&["--nbf", "200", "--exp", "100"], "exp is not after nbf"),
        (&["--exp", "100"], "exp is over: every verifier refuses"),
        (&["--claim", "nbf=1488307191000"], "every verifier refuses the token until then"),
        (&["--claim", "exp=soon"], "`jwtick verify` and other strict verifiers refuse"),
    ];
    for &(arguments, part) in ROWS {
        let done = sign(arguments);
        assert_eq!((done.code(), done.stdout.lines().count()), (0, 1), "{done}");
        assert!(done.stderr.contains(part), "{part}\n{done}");
    }
    let silent = sign(&["--iat", "now", "--exp", "+5m"]);
    assert_eq!(without_shared_files(&silent.stderr), "");
}

const GOOGLE: &str = "https://oauth2.googleapis.com/token";

/// Command-line arguments after the key, and part of the warning.
const ASSERTIONS: &[(&str, &[&str], &[&str])] = &[
    ("an ordinary one", &["--aud", "a", "--iat", "now", "--exp", "+1h"], &[]),
    ("over a day, for another server", &["--aud", "https://a.example", "--exp", "+25h"], &[]),
    ("an hour for Google", &["--aud", GOOGLE, "--iat", "now", "--exp", "+1h"], &[]),
    ("over an hour", &["--aud", GOOGLE, "--iat", "now", "--exp", "+61min"], &["Google", "1 h"]),
    (
        "over an hour after iat",
        &["--aud", GOOGLE, "--iat", "-2min", "--exp", "+59min"],
        &["Google refuses"],
    ),
    ("not Google", &["--aud", "https://nogoogle.com/", "--exp", "+61min"], &[]),
    (
        "over a day",
        &["--aud", "https://ims-na1.adobelogin.com/c/ID", "--exp", "+25h"],
        &["Adobe refuses", "1 d"],
    ),
    ("no assertion", &["--exp", "+5m"], &[]),
    ("for nobody", &["--iss", "a", "--exp", "+5m"], &["aud is missing"]),
    (
        "dated ahead",
        &["--aud", "a", "--iat", "+1h", "--exp", "+2h"],
        &["iat is in the future: PyJWT, php-jwt and Google"],
    ),
    ("milliseconds", &["--aud", "a", "--claim", "exp=1795248586000"], &["exp looks like milli"]),
];

#[test]
fn warns_of_claims_that_common_servers_refuse() {
    let key = key("forms/p256.pkcs8.pem");
    for &(name, more, parts) in ASSERTIONS {
        let done = jwtick(["sign", "--key", &key].iter().chain(more).copied()).run();
        assert_eq!((done.code(), done.stdout.lines().count()), (0, 1), "{name}\n{done}");
        let stderr = without_shared_files(&done.stderr);
        let warned = stderr.lines().filter(|line| line.starts_with("jwtick: ")).count();
        assert_eq!(warned == 0, parts.is_empty(), "{name}\n{done}");
        for part in parts {
            assert!(done.stderr.contains(part), "{name}: {part}\n{done}");
        }
    }
    let silent = sign(&["--exp", "+25h"]);
    assert_eq!(without_shared_files(&silent.stderr), "", "a session token is not an assertion");
}

#[test]
fn header_follows_key_and_command_line() {
    const ROWS: &[(&str, &[&str], &str)] = &[
        ("forms/hs512.jwk", &[], r#"{"alg":"HS512","typ":"JWT","kid":"one"}"#),
        ("forms/hs512.jwk", &["--header", "kid=two"], r#"{"alg":"HS512","typ":"JWT","kid":"two"}"#),
        (
            "forms/p256.pkcs8.pem",
            &["--header", "typ=at+jwt", "--header", "x=[1]"],
            r#"{"alg":"ES256","typ":"at+jwt","x":[1]}"#,
        ),
        ("forms/ed25519.pkcs8.pem", &["--alg", "Ed25519"], r#"{"alg":"Ed25519","typ":"JWT"}"#),
    ];
    for &(file, more, header) in ROWS {
        let made = jwtick(["sign", "--key", &key(file)].iter().chain(more).copied()).run();
        let shown = jwtick(["inspect", "--json", made.stdout.trim()]).run();
        assert!(shown.stdout.contains(&format!("\"header\":{header}")), "{file}\n{made}{shown}");
    }
    let done = sign(&["--header", "alg=none"]);
    assert!(done.code() == 2 && done.stderr.contains("choose it with --alg"), "{done}");
}

#[test]
fn metascopes_are_ordinary_claims() {
    let scope = "https://ims-na1.adobelogin.com/s/ent_aem_cloud_api";
    let done = sign(&["--jti", "7", "--claim", &format!("{scope}=true")]);
    assert_eq!(claims_of(&done.stdout), format!(r#"{{"jti":"7","{scope}":true}}"#), "{done}");
    let help = jwtick(["sign", "--help"]).run();
    assert!(help.stdout.contains(&format!("{scope}=true")), "{help}");
}

#[test]
fn refuses_keys_that_cannot_sign() {
    const ROWS: &[(&str, &str, &str, &str)] = &[
        ("--secret-file", "forms/short.secret", "HS256", "at least 32"),
        ("--secret-file", "forms/rsa.pub.pem", "HS256", "PEM"),
        ("--key", "forms/rsa.jwk", "HS256", "RSA"),
        ("--key", "forms/hs512.jwk", "HS256", "HS512"),
        ("--key", "forms/set.jwks", "HS256", "holds 2"),
        ("--key", "forms/p256.spki.pem", "ES256", "needs a private key"),
        ("--key", "forms/rsa.cert.pem", "RS256", "needs a private key"),
        ("--key", "forms/p256.pkcs8.pem", "ES384", "an EC key on P-256 cannot"),
        ("--key", "forms/p256.pkcs8.pem", "HS256", "an EC key on P-256 cannot"),
        ("--key", "forms/rsa1024.pkcs8.pem", "RS256", "2048 to 4096"),
        ("--secret-file", "forms/rsa.spki.der", "HS256", "public key in DER"),
        ("--secret-file", "hs.secret", "RS256", "an oct key cannot be used for RS256"),
    ];
    for &(option, file, alg, part) in ROWS {
        let done = jwtick(["sign", option, &key(file), "--alg", alg]).run();
        assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{file}\n{done}");
        assert!(done.stderr.contains(part), "{file}\n{done}");
        assert!(!done.stderr.contains("throw-away"), "{done}");
    }
}

/// A name, the claims of a token, options, and the claims of the new one.
const LIKE: &[(&str, &str, &[&str], &str)] = &[
    (
        "times move together",
        r#"{"iss":"a","iat":100,"nbf":90,"exp":400,"x":[1, 2]}"#,
        &[],
        r#"{"iss":"a","iat":NOW,"nbf":NOW-10,"exp":NOW+300,"x":[1,2]}"#,
    ),
    ("from nbf", r#"{"nbf":90,"exp":400}"#, &[], r#"{"nbf":NOW,"exp":NOW+310}"#),
    (
        "milliseconds",
        r#"{"iat":1488306891000,"exp":1488307191000}"#,
        &[],
        r#"{"iat":NOW,"exp":NOW+300}"#,
    ),
    ("no times", r#"{"sub":"a"}"#, &[], r#"{"sub":"a"}"#),
    (
        "options override",
        r#"{"iat":1,"exp":2}"#,
        &["--exp", "5", "--sub", "b"],
        r#"{"iat":NOW,"exp":5,"sub":"b"}"#,
    ),
    ("exp alone", r#"{"exp":2}"#, &["--exp", "5"], r#"{"exp":5}"#),
    ("other times are content", r#"{"auth_time":7}"#, &[], r#"{"auth_time":7}"#),
];

#[test]
fn token_like_another_has_new_times() {
    for &(name, claims, more, expected) in LIKE {
        let done = sign(&[&["--like", &token(claims)], more].concat());
        assert_eq!(done.code(), 0, "{name}\n{done}");
        let made: serde_json::Value = serde_json::from_str(&claims_of(&done.stdout)).unwrap();
        // The clock may tick between signing and reading.
        let start = made["iat"].as_i64().or_else(|| made["nbf"].as_i64().filter(|it| *it > 1000));
        let now = start.unwrap_or_default();
        let at = |secs: i64| now.saturating_add(secs).to_string();
        let expected = expected
            .replace("NOW+300", &at(300))
            .replace("NOW+310", &at(310))
            .replace("NOW-10", &at(-10))
            .replace("NOW", &at(0));
        assert_eq!(claims_of(&done.stdout), expected, "{name}\n{done}");
    }
    let fresh = sign(&["--like", &token(r#"{"iat":1,"exp":301,"jti":"old"}"#)]);
    let secret = key("hs.secret");
    let verified = jwtick(["verify", "--secret-file", &secret, "--max-age", "1m"])
        .stdin(fresh.stdout.clone())
        .run();
    assert_eq!(verified.code(), 0, "the times are those of now: {verified}");
    assert!(!claims_of(&fresh.stdout).contains("old"), "an ID is used once: {fresh}");
}

#[test]
fn token_like_another_keeps_its_type_and_needs_one_token() {
    let typed = hs256(r#"{"alg":"HS256","typ":"at+jwt","kid":"k","x":1}"#, "{}");
    let header = |made: &Outcome| {
        jwtick(["inspect", "--json", made.stdout.trim()]).run().json()["header"].clone()
    };
    let made = sign(&["--like", &typed]);
    assert_eq!(header(&made).to_string(), r#"{"alg":"HS256","typ":"at+jwt"}"#, "{made}");
    let made = sign(&["--like", &typed, "--header", "typ=JWT"]);
    assert_eq!(header(&made)["typ"], "JWT", "{made}");
    let rows = [
        (format!("{typed} {typed}"), 1, "expected one token, but found 2"),
        ("nothing".to_owned(), 14, "no token"),
        (token(r#"{"exp":1}"#), 2, "pass --exp"),
        (token(r#"{"exp":"x"}"#), 1, "`exp` to be a number"),
    ];
    for (text, code, part) in rows {
        let done = sign(&["--like", &text]);
        assert_eq!((done.code(), done.stdout.as_str()), (code, ""), "{done}");
        assert!(done.stderr.contains(part), "{part}\n{done}");
    }
}
