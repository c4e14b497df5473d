//! `jwtick verify`: edges, refusals, keys, and exit codes.
#![cfg(test)]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_tests::{Outcome, Schema, fixture, hs256, jwtick, key_form, tagged, token};

#[track_caller]
fn verify<'a>(token: &'a str, more: &[&'a str]) -> Outcome {
    let secret = fixture("keys/hs.secret").display().to_string();
    let mut arguments = vec!["verify", "--json", "--secret-file", &secret, token];
    arguments.extend(more);
    let done = jwtick(arguments).run();
    let fits = Schema::load("verify").and_then(|schema| schema.check(&done.json()));
    assert_eq!(fits, Ok(()), "{done}");
    done
}

fn verdict(done: &Outcome) -> (i32, String) {
    (done.code(), done.json()["verdict"].as_str().unwrap_or("none").to_owned())
}

/// A name, the claims, further command-line arguments, the exit code and the verdict.
type Row = (&'static str, &'static str, &'static [&'static str], i32, &'static str);

const TIMES: &[Row] = &[
    ("dies at exp", r#"{"exp":100}"#, &["--at", "100"], 10, "reject"),
    ("lives until exp", r#"{"exp":100}"#, &["--at", "99.999999"], 0, "accept"),
    ("lives from nbf on", r#"{"nbf":100}"#, &["--at", "100"], 0, "accept"),
    ("not a moment before", r#"{"nbf":100}"#, &["--at", "99.999999"], 11, "reject"),
    ("empty life", r#"{"nbf":100,"exp":100}"#, &["--at", "100"], 10, "reject"),
    ("future iat only reported", r#"{"iat":200}"#, &["--at", "100"], 0, "accept"),
    ("nothing to judge", "{}", &["--at", "100"], 0, "accept"),
    (
        "exp in the bounds",
        r#"{"exp":100}"#,
        &["--at", "99", "--uncertainty", "2s"],
        12,
        "undecided",
    ),
    (
        "exp at the late end",
        r#"{"exp":100}"#,
        &["--at", "98", "--uncertainty", "2"],
        12,
        "undecided",
    ),
    ("exp past the late end", r#"{"exp":101}"#, &["--at", "98", "--uncertainty", "2"], 0, "accept"),
    ("exp at the early end", r#"{"exp":96}"#, &["--at", "98", "--uncertainty", "2"], 10, "reject"),
    (
        "nbf in the bounds",
        r#"{"nbf":100}"#,
        &["--at", "99", "--uncertainty", "2s"],
        12,
        "undecided",
    ),
    ("nbf at the early end", r#"{"nbf":96}"#, &["--at", "98", "--uncertainty", "2"], 0, "accept"),
    ("leeway keeps alive", r#"{"exp":100}"#, &["--at", "104", "--leeway", "5s"], 0, "accept"),
    ("leeway ends too", r#"{"exp":100}"#, &["--at", "105", "--leeway", "5s"], 10, "reject"),
    ("fraction, before", r#"{"exp":100.5}"#, &["--at", "100.499999"], 0, "accept"),
    ("fraction, at it", r#"{"exp":100.5}"#, &["--at", "100.5"], 10, "reject"),
    (
        "digits of a float's limit",
        r#"{"exp":9007199254740993e-6}"#,
        &["--at", "9007199254.740992"],
        0,
        "accept",
    ),
    (
        "the same, at it",
        r#"{"exp":9007199254740993e-6}"#,
        &["--at", "9007199254.740993"],
        10,
        "reject",
    ),
    ("exponent, before", r#"{"exp":1.5e9}"#, &["--at", "1499999999"], 0, "accept"),
    ("exponent, at it", r#"{"exp":15E+8}"#, &["--at", "1500000000"], 10, "reject"),
    ("beyond all time", r#"{"exp":1e400}"#, &["--at", "1500000000"], 0, "accept"),
    ("before all time", r#"{"exp":-1e400}"#, &["--at", "-62135596800"], 10, "reject"),
    ("1969", r#"{"exp":-1}"#, &["--at", "-2"], 0, "accept"),
    ("RFC 3339", r#"{"exp":1488307191}"#, &["--at", "2017-03-01T03:39:51+09:00"], 10, "reject"),
    ("HTTP-date", r#"{"exp":1488307191}"#, &["--at", "Tue, 28 Feb 2017 18:39:50 GMT"], 0, "accept"),
    ("too old", r#"{"iat":100}"#, &["--at", "161", "--max-age", "1m"], 15, "reject"),
    (
        "an age limit, and iat a year ahead",
        r#"{"iat":31536100}"#,
        &["--at", "100", "--max-age", "1h"],
        15,
        "reject",
    ),
    (
        "an age limit, and iat in milliseconds",
        r#"{"iat":1488307191000}"#,
        &["--at", "1488307191", "--max-age", "1h"],
        15,
        "reject",
    ),
    (
        "an age limit, and iat perhaps ahead",
        r#"{"iat":101}"#,
        &["--at", "100", "--uncertainty", "2s", "--max-age", "1h"],
        12,
        "undecided",
    ),
    (
        "an age limit, and iat ahead within the leeway",
        r#"{"iat":104}"#,
        &["--at", "100", "--leeway", "5s", "--max-age", "1h"],
        0,
        "accept",
    ),
    ("young enough", r#"{"iat":100}"#, &["--at", "159", "--max-age", "1m"], 0, "accept"),
];

const UNSET: &[Row] = &[
    ("died before the firmware", r#"{"exp":100}"#, &["--at-least", "100"], 10, "reject"),
    ("may still live", r#"{"exp":101}"#, &["--at-least", "100"], 12, "undecided"),
    ("may have begun", r#"{"nbf":101}"#, &["--at-least", "100"], 12, "undecided"),
    ("has begun", r#"{"nbf":100}"#, &["--at-least", "100"], 0, "accept"),
    ("begun, end unknown", r#"{"nbf":1,"exp":101}"#, &["--at-least", "100"], 12, "undecided"),
    ("even without an end in sight", r#"{"exp":1e400}"#, &["--at-least", "100"], 12, "undecided"),
    ("one claim suffices to die", r#"{"nbf":200,"exp":100}"#, &["--at-least", "100"], 10, "reject"),
    (
        "age has no end",
        r#"{"iat":100}"#,
        &["--at-least", "100", "--max-age", "1m"],
        12,
        "undecided",
    ),
    (
        "1970, 100 years",
        r#"{"exp":1488307191}"#,
        &["--at", "0", "--uncertainty", "36525d"],
        12,
        "undecided",
    ),
    (
        "the same for nbf",
        r#"{"nbf":1488307191}"#,
        &["--at", "0", "--uncertainty", "36525d"],
        12,
        "undecided",
    ),
    ("1970 and believed", r#"{"exp":1488307191}"#, &["--at", "0"], 0, "accept"),
];

const CLAIMS: &[Row] = &[
    ("audience", r#"{"aud":"a"}"#, &["--aud", "a"], 0, "accept"),
    ("one of several", r#"{"aud":["b","a"]}"#, &["--aud", "c", "--aud", "a"], 0, "accept"),
    ("escaped", r#"{"aud":"\u0061"}"#, &["--aud", "a"], 0, "accept"),
    ("another audience", r#"{"aud":"ab"}"#, &["--aud", "a"], 15, "reject"),
    ("no audience", "{}", &["--aud", "a"], 15, "reject"),
    ("an audience, but none is expected", r#"{"aud":"a"}"#, &[], 15, "reject"),
    ("an empty list, but none is expected", r#"{"aud":[]}"#, &[], 15, "reject"),
    ("any audience", r#"{"aud":"a"}"#, &["--any-aud"], 0, "accept"),
    ("any audience, but there must be one", "{}", &["--any-aud", "--require", "aud"], 15, "reject"),
    (
        "must have one, which is still not ours",
        r#"{"aud":"a"}"#,
        &["--require", "aud"],
        15,
        "reject",
    ),
    ("late and for another", r#"{"aud":"a","exp":1}"#, &[], 15, "reject"),
    ("no exp, which is required", "{}", &["--require", "exp"], 15, "reject"),
    ("issuer", r#"{"iss":"a"}"#, &["--iss", "a"], 0, "accept"),
    ("another issuer", r#"{"iss":"b"}"#, &["--iss", "a"], 15, "reject"),
    ("required", r#"{"exp":1e12,"jti":"1"}"#, &["--require", "exp,jti"], 0, "accept"),
    ("required and missing", r#"{"exp":1e12}"#, &["--require", "exp,nbf"], 15, "reject"),
    ("a claim before the time", r#"{"exp":1,"iss":"b"}"#, &["--iss", "a"], 15, "reject"),
    ("subject", r#"{"sub":"a"}"#, &["--sub", "b", "--sub", "a"], 0, "accept"),
    ("another subject", r#"{"sub":"b"}"#, &["--sub", "a"], 15, "reject"),
    ("no subject", "{}", &["--sub", "a"], 15, "reject"),
    ("nonce", r#"{"nonce":"1"}"#, &["--nonce", "1"], 0, "accept"),
    ("another nonce", r#"{"nonce":"2"}"#, &["--nonce", "1"], 15, "reject"),
    ("nonce is no text", r#"{"nonce":1}"#, &["--nonce", "1"], 15, "reject"),
    ("no nonce", "{}", &["--nonce", "1"], 15, "reject"),
    ("a condition", r#"{"role":"admin"}"#, &["--claim", "role=admin"], 0, "accept"),
    ("a condition on an array", r#"{"r":["a","b"]}"#, &["--claim", "r=b"], 0, "accept"),
    ("a condition on a member", r#"{"a":{"r":["b"]}}"#, &["--claim", "a.r=b"], 0, "accept"),
    ("a condition fails", r#"{"role":"user"}"#, &["--claim", "role=admin"], 15, "reject"),
    (
        "one of two conditions fails",
        r#"{"r":["a"]}"#,
        &["--claim", "r=a", "--claim", "r=b"],
        15,
        "reject",
    ),
    ("a condition before the time", r#"{"exp":1}"#, &["--claim", "a=b"], 15, "reject"),
    (
        "the time, with a condition that holds",
        r#"{"a":"b","exp":1}"#,
        &["--claim", "a=b"],
        10,
        "reject",
    ),
    ("expired before not yet valid", r#"{"exp":1,"nbf":1e12}"#, &["--at", "2"], 10, "reject"),
    (
        "rejected before undecided",
        r#"{"exp":9,"nbf":99}"#,
        &["--at", "9", "--uncertainty", "1"],
        11,
        "reject",
    ),
];

#[test]
fn judges_by_time_and_claims() {
    for &(name, claims, more, exit, expected) in [TIMES, UNSET, CLAIMS].concat().iter() {
        let done = verify(&token(claims), more);
        assert_eq!(verdict(&done), (exit, expected.to_owned()), "{name}\n{done}");
        assert_eq!(done.json()["signature"], "valid", "{name}\n{done}");
    }
}

#[test]
fn margins_are_exact_and_open_ends_null() {
    let done = verify(&token(r#"{"exp":100.25}"#), &["--at", "99", "--uncertainty", "2s"]);
    let found = &done.json()["findings"][0];
    assert_eq!(found["margin_s"].to_string(), r#"{"least":-0.75,"most":3.25}"#, "{done}");
    let done = verify(&token(r#"{"exp":100}"#), &["--at-least", "99"]);
    let found = &done.json()["findings"][0];
    assert_eq!(found["margin_s"].to_string(), r#"{"least":null,"most":1}"#, "{done}");
}

/// A name, a header and a part of the message.
const HEADERS: &[(&str, &str, &str)] = &[
    ("none", r#"{"alg":"none"}"#, "found `none`"),
    ("None", r#"{"alg":"None"}"#, "found `none`"),
    ("NONE", r#"{"alg":"NONE"}"#, "found `none`"),
    ("nOnE", r#"{"alg":"nOnE"}"#, "found `none`"),
    ("escaped none", r#"{"alg":"\u006eone"}"#, "found `none`"),
    ("lower case", r#"{"alg":"hs256"}"#, "`hs256`"),
    ("no alg", "{}", "but it is missing"),
    ("alg is no text", r#"{"alg":["HS256"]}"#, "found an array"),
    ("unknown crit", r#"{"alg":"HS256","crit":["exp"],"exp":1}"#, "crit"),
    ("empty crit", r#"{"alg":"HS256","crit":[]}"#, "crit"),
    ("crit is no array", r#"{"alg":"HS256","crit":true}"#, "crit"),
    ("unencoded payload", r#"{"alg":"HS256","b64":false}"#, "b64"),
    ("alg twice", r#"{"alg":"HS256","alg":"HS256"}"#, "repeats"),
    ("header is no object", r#"["HS256"]"#, "`{`"),
];

/// A name, a payload and a part of the message.
const PAYLOADS: &[(&str, &[u8], &str)] = &[
    ("claim twice", br#"{"exp":1,"exp":2}"#, "repeats"),
    ("twice by an escape", br#"{"exp":1,"\u0065xp":2}"#, "repeats"),
    ("twice further down", br#"{"a":[{"b":1,"b":1}]}"#, "repeats"),
    ("exp as text", br#"{"exp":"1488307191"}"#, "`exp` to be a number, but found a string"),
    ("exp as null", br#"{"exp":null}"#, "`exp` to be a number, but found null"),
    ("nbf as boolean", br#"{"nbf":true}"#, "`nbf` to be a number, but found a boolean"),
    ("iat as array", br#"{"iat":[1]}"#, "`iat` to be a number, but found an array"),
    ("payload is no JSON", b"hello", "`{`"),
    ("NaN", br#"{"exp":NaN}"#, "a value"),
    ("leading zero", br#"{"exp":01}"#, "`,`"),
    ("bytes behind the object", b"{} x", "the end of the text"),
    ("invalid UTF-8", b"{\"a\":\"\xff\"}", "UTF-8"),
    (
        "33 levels",
        br#"{"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"#,
        "32 levels",
    ),
];

/// A name, a text that is not a compact form, and a part of the message.
fn forms() -> Vec<(&'static str, String, &'static str)> {
    let good = token(r#"{"a":1}"#);
    let (input, tag) = good.rsplit_once('.').unwrap();
    let (header, payload) = input.split_once('.').unwrap();
    vec![
        ("padding", tagged(&format!("{header}.{payload}=")), "payload"),
        ("base64, not base64url", tagged(&format!("{header}.+/+/")), "payload"),
        ("bits that say nothing", tagged(&format!("{header}.e31")), "payload"),
        ("padding after the tag", format!("Bearer {good}="), "signature"),
        ("bits behind the tag", format!("{input}.{}", restless(tag)), "signature"),
        ("two segments", input.to_owned(), "3 segments"),
        ("four segments", format!("{good}.AA"), "3 segments"),
        ("five segments", format!("{good}.AA.AA"), "as an encrypted token has"),
        ("nothing", String::new(), "3 segments"),
    ]
}

/// The same bytes, but with a non-zero bit after the last of them (RFC 4648 §3.5).
fn restless(tag: &str) -> String {
    let (rest, last) = tag.split_at(tag.len() - 1);
    let next = char::from(last.as_bytes()[0] + 1);
    format!("{rest}{next}")
}

#[track_caller]
fn refuses(name: &str, token: &str, code: &str, part: &str) {
    let done = verify(token, &[]);
    assert_eq!(verdict(&done), (14, "reject".to_owned()), "{name}\n{done}");
    let error = &done.json()["error"];
    assert_eq!(error["code"], code, "{name}\n{done}");
    assert!(error["message"].as_str().unwrap().contains(part), "{name}\n{done}");
}

#[test]
fn refuses_malformed_tokens() {
    for &(name, header, part) in HEADERS {
        let token = hs256(header, "{}");
        refuses(name, &token, "header", part);
        let (unsigned, _) = token.rsplit_once('.').unwrap();
        refuses(name, &format!("{unsigned}."), "header", part);
    }
    for &(name, payload, part) in PAYLOADS {
        refuses(name, &hs256(HS256, payload), "claims", part);
    }
    for (name, token, part) in forms() {
        refuses(name, &token, "malformed", part);
    }
}

#[test]
fn refuses_tokens_larger_than_its_buffers() {
    let secret = fixture("keys/hs.secret").display().to_string();
    for (letters, code) in [(60_000, None), (70_000, Some("claims")), (200_000, Some("malformed"))]
    {
        let token = token(&format!(r#"{{"a":"{}"}}"#, "a".repeat(letters)));
        let done = jwtick(["verify", "--json", "--secret-file", &secret]).stdin(token).run();
        assert_eq!(done.code(), if code.is_some() { 14 } else { 0 }, "{letters}: {}", done.stderr);
        assert_eq!(done.json()["error"]["code"].as_str(), code, "{letters}");
    }
}

/// A name, options for the key, the header, the exit code, the signature and a part of the message.
type KeyRow = (&'static str, [&'static str; 2], &'static str, i32, &'static str, &'static str);

const HS256: &str = r#"{"alg":"HS256"}"#;
const RS256: &str = r#"{"alg":"RS256"}"#;

const KEYS: &[KeyRow] = &[
    ("JWK", ["--key", "hs.jwk"], HS256, 0, "valid", ""),
    (
        "a chosen key need not have the kid",
        ["--key", "hs.jwk"],
        r#"{"alg":"HS256","kid":"x"}"#,
        0,
        "valid",
        "",
    ),
    ("set, by kid", ["--key", "set.jwks"], r#"{"alg":"HS256","kid":"one"}"#, 0, "valid", ""),
    ("set, without kid", ["--key", "set.jwks"], HS256, 0, "valid", ""),
    (
        "set, another's kid",
        ["--key", "set.jwks"],
        r#"{"alg":"HS256","kid":"two"}"#,
        13,
        "invalid",
        "does not match the key",
    ),
    (
        "set, unknown kid",
        ["--key", "set.jwks"],
        r#"{"alg":"HS256","kid":"x"}"#,
        13,
        "unchecked",
        "kid `x`",
    ),
    ("another algorithm than the key's", ["--key", "hs512.jwk"], HS256, 13, "unchecked", "HS512"),
    (
        "another algorithm of the family",
        ["--key", "hs.jwk"],
        r#"{"alg":"HS512"}"#,
        13,
        "invalid",
        "signature",
    ),
    (
        "RS256 for a secret",
        ["--secret-file", "hs.secret"],
        r#"{"alg":"RS256"}"#,
        13,
        "unchecked",
        "an oct key cannot be used for RS256",
    ),
    ("HS256 for a public JWK", ["--key", "rsa.jwk"], HS256, 13, "unchecked", "RSA"),
    ("HS256 for a public key", ["--key", "rsa.pub.pem"], HS256, 13, "unchecked", "an RSA key"),
    ("a public key as secret", ["--secret-file", "rsa.pub.pem"], HS256, 13, "unchecked", "PEM"),
    ("a JWK as secret", ["--secret-file", "hs.jwk"], HS256, 13, "unchecked", "JSON Web Key"),
    ("a short secret", ["--secret-file", "short.secret"], HS256, 13, "unchecked", "at least 32"),
    (
        "final newline",
        ["--secret-file", "hs-newline.secret"],
        HS256,
        13,
        "invalid",
        "without the newline",
    ),
    (
        "no key of the kind in the set",
        ["--key", "set.jwks"],
        r#"{"alg":"ES256"}"#,
        13,
        "unchecked",
        "but no key in the set is for that",
    ),
    (
        "another's signature",
        ["--key", "rsa.pub.pem"],
        RS256,
        13,
        "invalid",
        "does not match the key",
    ),
    (
        "base64",
        ["--secret-file", "hs-base64.secret"],
        HS256,
        13,
        "invalid",
        "add --secret-encoding base64",
    ),
];

#[test]
fn picks_the_key_that_fits() {
    for &(name, [option, file], header, exit, signature, part) in KEYS {
        let kept = fixture("keys").join(file);
        let file = if kept.exists() { kept } else { key_form(file) }.display().to_string();
        let token = hs256(header, "{}");
        let done = jwtick(["verify", "--json", option, &file, &token]).run();
        assert_eq!(
            (done.code(), &done.json()["signature"]),
            (exit, &signature.into()),
            "{name}\n{done}"
        );
        let error = done.json()["error"]["message"].as_str().unwrap_or_default().to_owned();
        assert!(error.contains(part), "{name}\n{done}");
        assert!(!done.to_string().contains("throw-away"), "{name} shows the secret\n{done}");
    }
}

#[test]
fn unreadable_keys_are_errors() {
    const ROWS: &[(&str, [&str; 2], &str, &str)] = &[
        ("no such file", ["--key", "nowhere"], HS256, "No such file"),
        ("no key", ["--key", "hs.secret"], HS256, "--secret-file"),
    ];
    for &(name, [option, file], header, part) in ROWS {
        let file = fixture("keys").join(file).display().to_string();
        let done = jwtick(["verify", "--json", option, &file, &hs256(header, "{}")]).run();
        assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{name}\n{done}");
        assert!(
            done.stderr.starts_with("jwtick: ") && done.stderr.contains(part),
            "{name}\n{done}"
        );
    }
}

#[test]
fn signature_must_have_the_jose_form() {
    let key = key_form("p256.pkcs8.pem").display().to_string();
    let made = jwtick(["sign", "--key", &key, "--aud", "them"]).run();
    let (input, signature) = made.stdout.trim().rsplit_once('.').unwrap();
    let raw = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let (r, s) = raw.split_at(32);
    let rows = [
        ("as it was made", raw.clone(), 0),
        ("DER", der(r, s), 13),
        ("r of 0", [&[0; 32], s].concat(), 13),
        ("s of 0", [r, &[0; 32]].concat(), 13),
        ("r of 2^256 - 1", [&[0xFF; 32], s].concat(), 13),
        ("s of 2^256 - 1", [r, &[0xFF; 32]].concat(), 13),
        ("r and s swapped", [s, r].concat(), 13),
        ("short by a byte", raw[..63].to_vec(), 13),
        ("a byte more", [&*raw, &[0]].concat(), 13),
        ("nothing", vec![], 13),
    ];
    for (name, signature, exit) in rows {
        let token = format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature));
        let done = jwtick(["verify", "--aud", "them", "--key", &key, &token]).run();
        assert_eq!(done.code(), exit, "{name}\n{done}");
    }
}

/// A SEQUENCE of two INTEGERs, the form in which most libraries write signatures by default.
fn der(r: &[u8], s: &[u8]) -> Vec<u8> {
    let integer = |n: &[u8]| [&[2, 33, 0], n].concat();
    [&[0x30, 70][..], &integer(r), &integer(s)].concat()
}

#[test]
fn forged_token_is_never_reported_as_merely_expired() {
    let expired = token(r#"{"exp":1}"#);
    let forged = format!("{}.{}", expired.rsplit_once('.').unwrap().0, "A".repeat(43));
    let done = verify(&forged, &[]);
    assert_eq!(verdict(&done), (13, "reject".to_owned()), "{done}");
    assert_eq!(done.json()["signature"], "invalid", "{done}");
    assert_eq!(done.json()["findings"][0]["state"], "fails", "both are said\n{done}");
    let done = verify(&expired, &[]);
    assert_eq!((done.code(), &done.json()["claims"]["exp"]), (10, &1.into()), "{done}");
}

#[test]
fn allowed_algorithms_are_checked_before_keys() {
    let done = verify(&token("{}"), &["--alg", "HS384,HS512"]);
    assert_eq!((done.code(), &done.json()["error"]["code"]), (14, &"algorithm".into()), "{done}");
    let done = verify(&token("{}"), &["--alg", "HS384,HS256"]);
    assert_eq!(done.code(), 0, "{done}");
}

#[test]
fn any_payload_is_only_authenticated() {
    for payload in ["hello", r#"{"exp":1}"#, "", r#"{"exp":"x"}"#] {
        let done = verify(&token(payload), &["--payload", "any"]);
        assert_eq!(verdict(&done), (0, "accept".to_owned()), "{payload}\n{done}");
        assert!(done.json()["claims"].is_null(), "{payload}\n{done}");
    }
}

#[test]
fn reads_the_token_from_standard_input() {
    let secret = fixture("keys/hs.secret").display().to_string();
    for end in ["", "\n", "\r\n"] {
        let run = jwtick(["verify", "--secret-file", &secret, "-"]);
        let done = run.stdin(token("{}") + end).run();
        assert_eq!(done.code(), 0, "{end:?}\n{done}");
    }
}

/// A name, an input, the exit code and the verdicts.
type InputRow = (&'static str, Vec<u8>, i32, &'static [&'static str]);

fn inputs() -> Vec<InputRow> {
    let (good, late) = (token(r#"{"a":1}"#), token(r#"{"exp":1}"#));
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let (signed, tag) = good.rsplit_once('.').unwrap();
    let (header, payload) = signed.split_once('.').unwrap();
    let flat = format!(r#"{{"payload":"{payload}","protected":"{header}","signature":"{tag}"}}"#);
    let general = format!(
        r#"{{"payload":"{payload}","signatures":[
            {{"protected":"{header}","header":{{"kid":"1"}},"signature":"{tag}"}},
            {{"protected":"{header}","signature":"AAAA"}}]}}"#
    );
    let wrapped: String = good
        .as_bytes()
        .chunks(40)
        .map(|line| format!("> {}\n", String::from_utf8_lossy(line)))
        .collect();
    vec![
        ("blank lines", format!("\n{good} \n\n").into(), 0, &["accept"]),
        ("header line", format!("Authorization: Bearer {good}\r\n").into(), 0, &["accept"]),
        ("quoted", format!("\"{good}\"").into(), 0, &["accept"]),
        ("byte order mark", format!("\u{feff}{good}").into(), 0, &["accept"]),
        ("UTF-16", utf16(&format!("\u{feff}{good}\r\n")), 0, &["accept"]),
        ("UTF-16 without a mark", utf16(&good), 0, &["accept"]),
        ("wrapped", wrapped.into(), 0, &["accept"]),
        ("one a line", format!("{good}\n{late}\n").into(), 10, &["accept", "reject"]),
        (
            "the worst counts",
            format!("{late}\n{signed}.{}\n{good}", "A".repeat(43)).into(),
            13,
            &["reject", "reject", "accept"],
        ),
        ("flattened", flat.clone().into(), 0, &["accept"]),
        ("general", general.into(), 13, &["accept", "reject"]),
        (
            "payload twice",
            flat.replace("{\"payload", "{\"payload\":\"\",\"payload").into(),
            14,
            &["reject"],
        ),
    ]
}

#[test]
fn reads_what_inspect_reads() {
    let secret = fixture("keys/hs.secret").display().to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token.txt");
    for (name, text, code, verdicts) in inputs() {
        std::fs::write(&file, &text).unwrap();
        let file = file.display().to_string();
        for run in [
            jwtick(["verify", "--json", "--secret-file", &secret, &file]),
            jwtick(["verify", "--json", "--secret-file", &secret]).stdin(text),
        ] {
            let done = run.run();
            let found = verdicts_of(&done);
            assert_eq!(
                (done.code(), found),
                (code, verdicts.iter().map(|it| (*it).to_owned()).collect()),
                "{name}\n{done}"
            );
        }
    }
}

/// The verdicts of an answer with several lines, in order.
fn verdicts_of(done: &Outcome) -> Vec<String> {
    let lines = done.stdout.lines().enumerate().map(|(at, line)| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let fits = Schema::load("verify").and_then(|schema| schema.check(&line));
        assert_eq!(fits, Ok(()), "{done}");
        assert_eq!(line["token"]["number"], at + 1, "{done}");
        line["verdict"].as_str().unwrap().to_owned()
    });
    lines.collect()
}

#[test]
fn name_in_both_headers_is_refused() {
    let good = token("{}");
    let parts: Vec<&str> = good.split('.').collect();
    let form = |unprotected: &str| {
        format!(
            r#"{{"payload":"{}","protected":"{}","header":{unprotected},"signature":"{}"}}"#,
            parts[1], parts[0], parts[2]
        )
    };
    let part = "the unprotected header repeats `alg` (RFC 7515 §7.2.1)";
    for (unprotected, code) in [(r#"{"kid":"1"}"#, 0), (r#"{"kid":"1","alg":"HS256"}"#, 14)] {
        let text = form(unprotected);
        let verified = verify(&text, &[]);
        let shown = jwtick(["inspect", &text]).run();
        assert_eq!((verified.code(), shown.code()), (code, code), "{verified}{shown}");
        for done in [verified, shown] {
            assert_eq!(done.stdout.contains(part), code != 0, "{done}");
        }
    }
}

#[test]
fn several_files_say_which_is_which() {
    let secret = fixture("keys/hs.secret").display().to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: String| {
        std::fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name).display().to_string()
    };
    let one = file("one", format!("\n\n{}", token("{}")));
    let two = file("eyes.v1.txt", token(r#"{"exp":1}"#));
    let done = jwtick(["verify", "--secret-file", &secret, &one, &two]).run();
    assert_eq!(done.code(), 10, "{done}");
    for heading in
        [format!("Token 1 of 2 ({one}, line 3)"), format!("Token 2 of 2 ({two}, line 1)")]
    {
        assert!(done.stdout.contains(&heading), "{heading}\n{done}");
    }
    let shown = jwtick(["inspect", "--lang", "de", &one, &two]).run();
    assert!(shown.code() == 0 && shown.stdout.contains("Token 2 von 2"), "{shown}");
    let missing = jwtick(["verify", "--secret-file", &secret, &one, "nosuchfile"]).run();
    assert!(missing.code() == 1 && missing.stderr.contains("nosuchfile"), "{missing}");
    let name = jwtick(["verify", "--secret-file", &secret, "nosuchfile.txt"]).run();
    assert!(name.code() == 14 && name.stderr.contains("no file of that name"), "{name}");
}

#[test]
fn encrypted_token_is_told_by_enc() {
    let encoded = URL_SAFE_NO_PAD.encode(r#"{"alg":"RSA-OAEP","enc":"A128GCM"}"#);
    let compact = format!("{encoded}.{}.AAAA.AAAAAA.AAAAAAAAAAAAAAAAAAAAAA", "A".repeat(344));
    let done = verify(&compact, &[]);
    assert_eq!((done.code(), &done.json()["error"]["code"]), (14, &"encrypted".into()), "{done}");
    let shown = jwtick(["inspect", &compact]).run();
    for part in [
        "This token is encrypted.",
        "Encrypted key (258 B)",
        "Ciphertext (4 B)",
        "\"enc\":\"A128GCM\"",
    ] {
        assert!(shown.stdout.contains(part), "{part}\n{shown}");
    }
    assert!(!shown.stdout.contains("Signature"), "{shown}");
    let json = jwtick(["inspect", "--json", &compact]).run().json();
    assert_eq!(Schema::load("inspect").and_then(|schema| schema.check(&json)), Ok(()));
    assert_eq!(json["encrypted"]["tag"], 16);
}

#[test]
fn secrets_can_come_from_the_environment() {
    let run = jwtick(["verify", "--secret-env", "SECRET", &token("{}")]);
    let secret = String::from_utf8_lossy(jwtick_tests::SECRET).into_owned();
    assert_eq!(run.env("SECRET", secret).run().code(), 0);
    let done = jwtick(["verify", "--secret-env", "SECRET", &token("{}")]).run();
    assert!(done.code() == 1 && done.stderr.contains("SECRET"), "{done}");
}

#[test]
fn answers_in_three_languages() {
    const ROWS: &[(&str, &str)] = &[
        ("en", "The token is rejected."),
        ("de", "Das Token wird abgelehnt."),
        ("ko", "토큰을 거부합니다."),
    ];
    let secret = fixture("keys/hs.secret").display().to_string();
    let token = token(r#"{"exp":1488307191000}"#);
    for &(language, verdict) in ROWS {
        let arguments =
            ["verify", "--lang", language, "--secret-file", &secret, "--aud", "a", &token];
        let done = jwtick(arguments).run();
        assert_eq!(done.stdout.lines().next(), Some(verdict), "{done}");
        assert!(done.stdout.contains("2017-02-28 18:39:51 UTC"), "milliseconds\n{done}");
    }
}

#[test]
fn text_gives_durations_in_readable_digits() {
    const ROWS: &[(&str, &str, &[&str], &str)] = &[
        ("tenths", r#"{"exp":100}"#, &["--at", "87.654321"], "still valid for 12.3 s\n"),
        ("milliseconds", r#"{"exp":100}"#, &["--at", "99.654321"], "still valid for 345 ms\n"),
        ("never zero", r#"{"exp":100}"#, &["--at", "99.999999"], "still valid for 1 µs\n"),
        (
            "leeway is not age",
            r#"{"iat":100}"#,
            &["--at", "520", "--leeway", "5m"],
            "issued 7 min ago (not enforced)\n",
        ),
        (
            "saved by leeway",
            r#"{"exp":100}"#,
            &["--at", "104", "--leeway", "5s"],
            "expired 4 s ago, within the leeway (5 s)\n",
        ),
    ];
    let secret = fixture("keys/hs.secret").display().to_string();
    for &(name, claims, more, line) in ROWS {
        let token = token(claims);
        let arguments = ["verify", "--secret-file", &secret, &token];
        let done = jwtick(arguments.iter().chain(more).copied()).run();
        assert!(done.stdout.contains(line), "{name}\n{done}");
    }
}

#[test]
fn reasons_are_given_in_the_language_of_the_reader() {
    const ROWS: &[(&str, &str, &str, &str, &str)] = &[
        ("unsecured", "hs.jwk", r#"{"alg":"none"}"#, "gefunden wurde `none`", "`none`"),
        (
            "no key of that id",
            "set.jwks",
            r#"{"alg":"HS256","kid":"x"}"#,
            "die kid `x`",
            "kid 값 `x`",
        ),
        (
            "wrong kind of key",
            "rsa.jwk",
            HS256,
            "RSA-Schlüssel ist für HS256 nicht",
            "사용할 수 없는 키입니다(RSA 키)",
        ),
        ("wrong key", "hs512.jwk", HS256, "dieser ist für HS512", "HS512"),
        ("no key at all", "hs.secret", HS256, "HMAC-Geheimnis selbst", "--secret-file 옵션"),
    ];
    for &(name, file, header, german, korean) in ROWS {
        let kept = fixture("keys").join(file);
        let file = if kept.exists() { kept } else { key_form(file) }.display().to_string();
        let token = hs256(header, "{}");
        for (language, part) in [("de", german), ("ko", korean)] {
            let done = jwtick(["verify", "--lang", language, "--key", &file, &token]).run();
            assert!(done.stdout.contains(part) || done.stderr.contains(part), "{name}\n{done}");
            let json = jwtick(["verify", "--json", "--lang", language, "--key", &file, &token]);
            assert!(json.run().stdout.is_ascii(), "{name}: the protocol is English");
        }
    }
}

#[test]
fn refused_values_are_shown_next_to_the_expected_ones() {
    let token = token(r#"{"iss":"joe","aud":["a","b"]}"#);
    let done = verify(&token, &["--iss", "ann", "--iss", "eve", "--aud", "c"]);
    let of = |rule: &str| {
        let json = done.json();
        let found =
            json["findings"].as_array().unwrap().iter().find(|it| it["rule"] == rule).cloned();
        found.map(|it| (it["expected"].to_string(), it["found"].to_string())).unwrap()
    };
    assert_eq!(of("iss"), (r#"["ann","eve"]"#.to_owned(), r#""joe""#.to_owned()));
    assert_eq!(of("aud"), (r#"["c"]"#.to_owned(), r#"["a","b"]"#.to_owned()));
    let secret = fixture("keys/hs.secret").display().to_string();
    for (language, line) in [
        ("en", "expected \"ann\", but found \"joe\""),
        ("de", "erwartet \"ann\", gefunden \"joe\""),
        ("ko", "예상 값: \"ann\", 실제 값: \"joe\""),
    ] {
        let arguments = [
            "verify",
            "--lang",
            language,
            "--secret-file",
            &secret,
            "--any-aud",
            "--iss",
            "ann",
            &token,
        ];
        let done = jwtick(arguments).run();
        assert!(done.stdout.contains(line), "{done}");
    }
    let done = verify(&hs256(HS256, r#"{"sub":"joe"}"#), &["--sub", "ann"]);
    let found = &done.json()["findings"][1];
    assert_eq!((&found["rule"], &found["found"]), (&"sub".into(), &"joe".into()), "{done}");
    assert_eq!(found["expected"].to_string(), r#"["ann"]"#, "{done}");
    let accepted = verify(&token, &["--iss", "joe", "--aud", "b"]);
    assert!(accepted.json()["findings"][1]["expected"].is_null(), "{accepted}");
}

#[test]
fn conditions_show_what_was_expected_and_found() {
    let token = token(r#"{"role":"user","exp":1}"#);
    let done = verify(&token, &["--claim", "role=admin", "--claim", "n=1", "--nonce", "x"]);
    let conditions = done.json()["conditions"].to_string();
    assert_eq!(
        conditions,
        r#"[{"claim":"nonce","state":"missing","expected":"x","found":null},{"claim":"role","state":"fails","expected":"admin","found":"user"},{"claim":"n","state":"missing","expected":1,"found":null}]"#,
        "{done}"
    );
    let secret = fixture("keys/hs.secret").display().to_string();
    let arguments =
        ["verify", "--secret-file", &secret, "--claim", "role=admin", "--nonce", "x", &token];
    let done = jwtick(arguments).run();
    for part in ["expected \"admin\", but found \"user\"", "nonce    missing, but required"] {
        assert!(done.stdout.contains(part), "{part}\n{done}");
    }
    let idle = ["verify", "--secret-file", &secret, "--payload", "any", "--claim", "a=b", &token];
    assert_eq!(jwtick(idle).run().code(), 2);
}

#[test]
fn picture_is_drawn_for_every_verdict() {
    let secret = fixture("keys/hs.secret").display().to_string();
    let claims = r#"{"iat":1488306891,"exp":1488307191}"#;
    let good = token(claims);
    let forged = format!("{}.{}", good.rsplit_once('.').unwrap().0, "A".repeat(43));
    let rows = [
        ("accepted", &good, "1488307000", 0),
        ("expired", &good, "1488308000", 10),
        ("forged", &forged, "1488307000", 13),
    ];
    for (name, token, at, code) in rows {
        let run = jwtick(["verify", "--secret-file", &secret, "--at", at, token]);
        let done = run.env("LANG", "C").run();
        assert_eq!(done.code(), code, "{name}\n{done}");
        let labels = done.stdout.lines().any(|line| {
            ["iat", "now", "exp"].iter().all(|label| line.split_whitespace().any(|it| it == *label))
        });
        assert!(labels && done.stdout.contains("|==="), "{name}\n{done}");
    }
    let dateless = jwtick(["verify", "--secret-file", &secret, &token("{}")]).run();
    assert!(!dateless.stdout.contains("now"), "{dateless}");
}

#[test]
fn refused_header_values_are_shown_next_to_the_expected_ones() {
    let rows = [
        (
            r#"{"alg":"HS256","typ":"dpop+jwt"}"#,
            "--typ",
            "at+jwt,JWT",
            r#"["at+jwt","JWT"]"#,
            r#""dpop+jwt""#,
        ),
        (r#"{"alg":"HS256"}"#, "--typ", "at+jwt", r#"["at+jwt"]"#, "null"),
        (r#"{"alg":"HS256"}"#, "--alg", "HS384", r#"["HS384"]"#, r#""HS256""#),
        (r#"{"alg":"none"}"#, "--alg", "HS384", "null", "null"),
    ];
    for (header, option, value, expected, found) in rows {
        let done = verify(&hs256(header, "{}"), &[option, value]);
        let error = &done.json()["error"];
        assert_eq!(error["expected"].to_string(), expected, "{done}");
        assert_eq!(error["found"].to_string(), found, "{done}");
    }
}
