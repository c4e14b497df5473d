//! `jwtick explain`: what other verifiers would say of a token.

use jwtick_tests::{Outcome, Schema, jwtick, token};

const NOW: &str = "1700000000";

#[track_caller]
fn explained(claims: &str, more: &[&str]) -> Outcome {
    let token = token(claims);
    let done = jwtick(["explain", &token, "--at", NOW].iter().chain(more).copied()).run();
    if more.contains(&"--json") {
        assert_eq!(Schema::load("explain").and_then(|it| it.check(&done.json())), Ok(()), "{done}");
    }
    done
}

#[test]
fn verifiers_are_grouped_by_verdict_and_reason() {
    const ROWS: &[(&str, &[&str])] = &[
        (
            r#"{"exp":1699999970}"#,
            &[
                "Rejected by 1\n  exp expired 30 s ago: pyjwt\n",
                "Accepted by 1\n  exp expired 30 s ago, within the leeway (1 min): envoy\n",
                "For all of them to accept it\n  grant 31 s more leeway where it is refused, or set exp 31 s later\n",
            ],
        ),
        (
            r#"{"exp":1700003600,"nbf":1700000060}"#,
            &["nbf not valid for another 1 min: pyjwt\n", "set nbf 1 min earlier\n"],
        ),
        (
            r#"{"exp":"1700003600"}"#,
            &["Rejected by 1\n  exp is a string: envoy\n", "write exp as an integer of seconds\n"],
        ),
        (r#"{"exp":0}"#, &["Accepted by 1\n  compares no date: envoy\n"]),
    ];
    for &(claims, parts) in ROWS {
        let done = explained(claims, &["--as", "pyjwt,envoy"]);
        assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
        for part in parts {
            assert!(done.stdout.contains(part), "{claims}: {part:?}\n{done}");
        }
    }
}

#[test]
fn verifiers_that_agree_need_no_change() {
    for claims in [r#"{"exp":1700003600,"iat":1699999000}"#, r#"{"exp":1600000000}"#] {
        let done = explained(claims, &["--as", "pyjwt,envoy", "--json"]);
        let json = done.json();
        assert_eq!(
            (json["agree"].as_bool(), json["changes"].as_array().map(Vec::len)),
            (Some(true), Some(0)),
            "{done}"
        );
    }
}

#[test]
fn clock_of_verifiers_may_differ_and_be_uncertain() {
    let claims = r#"{"exp":1700000005}"#;
    let more = ["--as", "pyjwt", "--offset", "10s", "--uncertainty", "2s", "--json"];
    let json = explained(claims, &more).json();
    let verifier = &json["verifiers"][0];
    assert_eq!(verifier["mine"]["verdict"], "accept");
    assert_eq!(verifier["theirs"]["verdict"], "reject");
    assert_eq!(verifier["theirs"]["reason"]["margin_s"]["least"], -7);
    let json = explained(claims, &["--as", "pyjwt", "--uncertainty", "10s", "--json"]).json();
    assert_eq!(json["verifiers"][0]["mine"]["verdict"], "undecided");
}

#[test]
fn services_are_shown_only_if_named() {
    let names = |more: &[&str]| -> Vec<String> {
        let json = explained(r#"{"exp":1700000005}"#, &[more, &["--json"]].concat()).json();
        let verifiers = json["verifiers"].as_array().cloned().unwrap_or_default();
        verifiers.iter().filter_map(|it| it["name"].as_str().map(str::to_owned)).collect()
    };
    let (usual, all) = (names(&[]), names(&["--as", "all"]));
    assert!(usual.len() >= 40 && all.len() > usual.len(), "{} {}", usual.len(), all.len());
    assert!(!usual.contains(&"github".to_owned()) && all.contains(&"github".to_owned()));
    assert_eq!(names(&["--as", "github,jose"]), ["jose", "github"]);
}

#[test]
fn values_that_strict_parsers_refuse_are_explained() {
    // Two `exp`, of which most parsers take the last.
    let done = explained(r#"{"exp":1600000000,"exp":1700003600}"#, &["--as", "pyjwt,envoy"]);
    assert!(done.stdout.contains("a name appears twice: envoy"), "{done}");
    assert!(done.stdout.contains("write each name once"), "{done}");
    let done = explained("[1]", &["--json"]);
    assert_eq!(done.code(), 14, "{done}");
    assert!(done.json()["error"].is_string(), "{done}");
}

#[test]
fn verdicts_have_words_in_every_language() {
    for (language, part) in [("de", "Abgelehnt von 1"), ("ko", "거부: 1개")] {
        let done = explained(r#"{"exp":1699999970}"#, &["--as", "pyjwt", "--lang", language]);
        assert!(done.stdout.contains(part), "{done}");
    }
}

#[test]
fn options_without_effect_are_refused() {
    for more in [&["--json"][..], &["--as", "pyjwt"], &["--offset", "1s"], &["a.b.c"]] {
        let done = jwtick(["explain", "--exit-codes"].iter().chain(more).copied()).run();
        assert_eq!(done.code(), 2, "{done}");
    }
    let done = jwtick(["explain", "--as", "envoi", "a.b.c"]).run();
    assert_eq!(done.code(), 2, "{done}");
    assert!(done.stderr.contains("'envoy'"), "{done}");
}

#[test]
fn inspect_points_to_explain_if_verifiers_differ() {
    const ROWS: &[(&str, bool)] = &[
        (r#"{"exp":1700003600}"#, false),
        (r#"{"exp":1600000000}"#, false),
        (r#"{"exp":1699999970}"#, true),
        (r#"{"exp":"1700003600"}"#, true),
        (r#"{"exp":1700003600,"iat":1700000060}"#, true),
    ];
    for &(claims, differ) in ROWS {
        let done = jwtick(["inspect", &token(claims), "--at", NOW]).run();
        assert_eq!(done.stdout.contains("jwtick explain"), differ, "{claims}\n{done}");
    }
}
