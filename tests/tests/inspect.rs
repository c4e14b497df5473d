//! `jwtick inspect`: shows tokens found in any text, and never claims that they are valid.
#![cfg(test)]

use std::fs;

use jwtick_tests::{Outcome, Schema, fixture, hs256, jwtick, token};

// 2017-02-28T18:39:51Z, the article's token.
const EXP: &str = r#"{"iss":"joe","iat":1488306891,"exp":1488307191}"#;

#[track_caller]
fn inspect(text: &str, more: &[&str]) -> Outcome {
    let mut arguments = vec!["inspect", text, "--at", "1488307191"];
    arguments.extend(more);
    let done = jwtick(arguments).run();
    if more.contains(&"--json") && !done.stdout.is_empty() {
        let fits = Schema::load("inspect").and_then(|schema| schema.check(&done.json()));
        assert_eq!(fits, Ok(()), "{done}");
    }
    done
}

#[test]
fn finds_the_token_in_pasted_text() {
    let token = token(EXP);
    let texts = [
        token.clone(),
        format!("Bearer {token}"),
        format!("Authorization: Bearer {token}\r\n"),
        format!(r#"{{"access_token":"{token}","expires_in":300}}"#),
        format!("curl -s -H 'Authorization: Bearer {token}' https://api.example.com/v1"),
        format!("https://app.example.com/cb#id_token={token}&state=1"),
    ];
    for text in &texts {
        let done = inspect(text, &["--json"]);
        assert_eq!((done.code(), &done.json()["claims"]["iss"]), (0, &"joe".into()), "{done}");
        let piped = jwtick(["inspect", "--json", "-"]).stdin(text.clone()).run();
        assert_eq!(piped.json()["claims"], done.json()["claims"], "{piped}");
    }
    let unquoted = jwtick(["inspect", "--json", "Bearer", &token]).run();
    assert_eq!(unquoted.code(), 0, "{unquoted}");
}

#[test]
fn reads_files_and_several_tokens() {
    let done =
        jwtick(["inspect", "--json", &fixture("tokens/response.json").to_string_lossy()]).run();
    let lines: Vec<&str> = done.stdout.lines().collect();
    assert_eq!((done.code(), lines.len()), (0, 2), "{done}");
    for line in lines {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
}

#[test]
fn shows_times_and_how_long_ago_they_were() {
    const ROWS: &[(&str, &str, &str)] = &[
        ("at exp", "1488307191", "5 min ago"),
        ("before", "1488306951", "in 4 min"),
        ("later", "1488566391", "3 days ago"),
    ];
    let token = token(EXP);
    for &(name, at, away) in ROWS {
        let done = jwtick(["inspect", "--at", at, &token]).run();
        assert!(done.stdout.contains("2017-02-28 18:39:51 UTC"), "{name}\n{done}");
        assert!(done.stdout.contains(away), "{name}\n{done}");
    }
    let open = inspect(&token, &["--json", "--uncertainty", "2"]);
    let time = &open.json()["times"][1];
    assert_eq!(time["from_now_s"].to_string(), r#"{"least":-2,"most":2}"#, "{open}");
    let seoul = jwtick(["inspect", &token]).env("TZ", "Asia/Seoul").run();
    assert!(seoul.stdout.contains("2017-03-01 03:39:51 +09:00"), "{seoul}");
}

#[test]
fn never_says_valid_nor_shows_the_signature() {
    let token = token(EXP);
    let signature = token.rsplit_once('.').unwrap().1;
    for language in ["en", "de", "ko"] {
        for form in [&["--lang", language][..], &["--lang", language, "--json"]] {
            let done = inspect(&token, form);
            assert!(!done.stdout.contains(signature), "{done}");
            assert_eq!(
                done.json()["signature"],
                if form.len() > 2 { "unchecked".into() } else { serde_json::Value::Null }
            );
        }
    }
    assert!(inspect(&token, &[]).stdout.contains("signature was not checked"));
}

#[test]
fn shows_tokens_that_verify_refuses() {
    const ROWS: &[(&str, &str, &str, &str)] = &[
        ("unsecured", r#"{"alg":"none"}"#, r#"{"exp":1}"#, "found `none`"),
        ("claim twice", r#"{"alg":"HS256"}"#, r#"{"exp":1,"exp":2}"#, "repeats"),
        ("exp as text", r#"{"alg":"HS256"}"#, r#"{"exp":"1"}"#, "but found a string"),
        ("no claims", r#"{"alg":"HS256"}"#, "hello", "`{`"),
    ];
    for &(name, header, payload, part) in ROWS {
        let token = hs256(header, payload);
        let done = inspect(&token, &[]);
        assert_eq!(done.code(), 14, "{name}\n{done}");
        assert!(done.stdout.contains(part), "{name}\n{done}");
        assert!(done.stdout.contains(header), "{name}\n{done}");
        let json = inspect(&token, &["--json"]);
        assert!(json.json()["error"]["message"].as_str().unwrap().contains(part), "{name}\n{json}");
    }
}

#[test]
fn names_odd_dates() {
    let done = inspect(&token(r#"{"exp":1488307191000}"#), &[]);
    assert!(done.stdout.contains("exp looks like milliseconds"), "{done}");
    let done = inspect(&token(r#"{"exp":1e400,"n":1e400}"#), &["--json"]);
    assert_eq!(done.json()["findings"][0]["hint"], "implausible", "{done}");
    assert_eq!(done.json()["claims"]["n"], "1e400", "beyond every reader's numbers\n{done}");
}

#[test]
fn token_cannot_send_terminal_controls() {
    let payload = "{\"iss\":\"\u{9b}31m\u{202e}\",\"\u{85}\":\n\t1}";
    let done = inspect(&token(payload), &[]);
    assert_eq!(done.code(), 0, "{done}");
    let shown = done.stdout.chars().filter(|character| *character != '\n');
    assert!(!shown.clone().any(|c| c.is_control() || c == '\u{202e}'), "{done}");
}

#[test]
fn picture_uses_only_characters_of_the_locale() {
    const ROWS: &[(&str, &str, &str)] = &[
        ("LANG", "C", "=====#"),
        ("LC_ALL", "ko_KR.UTF-8", "━━━━━█"),
        ("LANG", "de_DE.ISO-8859-1", "=====#"),
    ];
    let token = token(EXP);
    for &(name, locale, part) in ROWS {
        let run = jwtick(["inspect", "--at", "1488307000", &token]).env(name, locale);
        let done = run.run();
        assert!(done.stdout.contains(part), "{locale}\n{done}");
        assert!(!done.stdout.contains('\u{1b}'), "no colour in a pipe\n{done}");
    }
}

#[test]
fn text_without_a_token_is_reported() {
    for text in ["no token here", "www.example.com", "nosuchfile.log"] {
        let done = inspect(text, &["--json"]);
        assert_eq!((done.code(), done.stdout.as_str()), (14, ""), "{text:?}\n{done}");
        assert!(done.stderr.starts_with("jwtick: no token"), "{text:?}\n{done}");
    }
}

#[test]
fn one_claim_is_printed_for_a_script() {
    let claims = r#"{"iss":"j\u006fe","n":1.50,"roles":["a", "b"]}"#;
    for (name, value) in [("iss", "joe"), ("n", "1.50"), ("roles", r#"["a", "b"]"#)] {
        let done = jwtick(["inspect", "--claim", name, &token(claims)]).run();
        assert_eq!((done.code(), done.stdout), (0, format!("{value}\n")), "{name}");
    }
    let both = format!("{}\n{}", token(r#"{"sub":"a"}"#), token(r#"{"sub":"b"}"#));
    assert_eq!(jwtick(["inspect", "--claim", "sub", &both]).run().stdout, "a\nb\n");
    let none = jwtick(["inspect", "--claim", "sub", &token(claims)]).run();
    assert!(none.code() == 1 && none.stderr.contains("no claim `sub`"), "{none}");
    for idle in [&["--json"][..], &["--at", "1"], &["--uncertainty", "1s"], &["--clock", "os"]] {
        let line = ["inspect", "--claim", "sub", &both].into_iter().chain(idle.iter().copied());
        assert_eq!(jwtick(line).run().code(), 2, "{idle:?}");
    }
}

#[test]
fn two_tokens_show_their_difference() {
    let old = token(r#"{"iss":"joe","sub":"a","exp":1488307191,"r":["a"]}"#);
    let new = token(r#"{"iss":"joe", "aud":"b","exp":1488307491,"r":[ "a" ]}"#);
    let at = "1488307300";
    let done = jwtick(["inspect", "--at", at, &old, &new]).run();
    assert_eq!(done.code(), 0, "{done}");
    for part in [
        "only token 2 can be accepted; token 1 cannot: exp expired 1 min 49 s ago\n",
        "\n    iss  \"joe\"\n",
        "\n  - sub  \"a\"\n",
        "\n  - exp  1488307191\n  -      2017-02-28 18:39:51 UTC · 1 min ago\n  + exp  1488307491\n",
        "\n         5 min later\n",
        "\n    r    [\"a\"]\n",
        "\n  + aud  \"b\"\n",
        "\n  +  exp  still valid for 3 min 11 s\n",
    ] {
        assert!(done.stdout.contains(part), "{part:?}\n{done}");
    }
    let json = jwtick(["inspect", "--json", "--at", at, &old, &new]).run();
    let lines: Vec<serde_json::Value> =
        json.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &lines {
        assert_eq!(Schema::load("inspect").and_then(|schema| schema.check(line)), Ok(()), "{json}");
    }
    assert!(lines[0]["difference"].is_null(), "{json}");
    assert_eq!(
        lines[1]["difference"].to_string(),
        r#"{"by_times":["reject","accept"],"header":[],"claims":[{"name":"sub","change":"removed","values":["a",null],"later_s":null},{"name":"exp","change":"changed","values":[1488307191,1488307491],"later_s":300},{"name":"aud","change":"added","values":[null,"b"],"later_s":null}],"findings":[{"rule":"exp","states":["fails","holds"]}]}"#,
        "{json}"
    );
}

#[test]
fn difference_needs_two_separate_tokens() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name).display().to_string()
    };
    let (a, b) = (token(r#"{"jti":"a"}"#), token(r#"{"jti":"b","exp":"soon"}"#));
    let (one, two) = (file("one", &a), file("two", &b));
    let both = file("both", &format!("{{\"access_token\":\"{a}\",\"id_token\":\"{b}\"}}"));
    let none = file("none", "nothing");
    let rows = [
        ("two files", vec![&one, &two], true),
        ("a file and a token", vec![&one, &b], true),
        ("a token and a file", vec![&a, &two], true),
        ("two in one file", vec![&both], false),
        ("two in one file, none in the other", vec![&both, &none], false),
        ("three", vec![&one, &two, &a], false),
        ("one", vec![&one], false),
    ];
    for (name, words, compared) in rows {
        let run = |more: &[&str]| {
            let words = words.iter().map(|word| word.as_str());
            jwtick(["inspect"].into_iter().chain(more.iter().copied()).chain(words)).run()
        };
        let text = run(&[]);
        assert_eq!(text.stdout.contains("  - jti  \"a\""), compared, "{name}\n{text}");
        let difference =
            text.stdout.contains("token 2 cannot: claims: expected `exp` to be a number");
        assert_eq!(difference, compared, "{name}\n{text}");
        let json = run(&["--json"]);
        assert_eq!(json.stdout.contains(r#""difference":{"#), compared, "{name}\n{json}");
    }
    let names = jwtick(["inspect", "--json", &both]).run();
    for name in ["access_token", "id_token"] {
        assert!(names.stdout.contains(&format!(r#""name":"{name}""#)), "{names}");
    }
    let text = jwtick(["inspect", &both]).run();
    assert!(text.stdout.contains(&format!("Token 2 of 2 ({both}, id_token, line 1)")), "{text}");
}

#[test]
fn other_times_are_shown_as_times() {
    let token = token(r#"{"auth_time":1488306891,"exp":1488307191,"size":1488306891}"#);
    let done = inspect(&token, &[]);
    assert_eq!(done.stdout.matches("2017-02-28 18:34:51 UTC · 5 min ago").count(), 1, "{done}");
    let times = inspect(&token, &["--json"]).json()["times"].clone();
    assert_eq!((&times[0]["claim"], &times[1]["claim"]), (&"exp".into(), &"auth_time".into()));
}
