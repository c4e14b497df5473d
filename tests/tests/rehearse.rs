//! `jwtick rehearse`: the article's scene, and others with offsets around the limits.
#![cfg(test)]

use jwtick_tests::{Outcome, Schema, jwtick, one_of_five};
use serde_json::Value;

#[track_caller]
fn acts(done: &Outcome) -> Vec<Value> {
    let schema = Schema::load("probe").unwrap();
    let acts: Vec<Value> =
        done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for act in &acts {
        assert_eq!(schema.check(act), Ok(()), "{done}");
    }
    acts
}

#[test]
fn shows_the_refusal_its_cause_and_the_remedy() {
    const ROWS: &[(&str, &[&str])] = &[
        ("en", &["208,154 s (2 d 9 h 49 min 14 s) ±1 s behind", "The connection works."]),
        ("de", &["208.154 s", "Die Verbindung funktioniert."]),
        ("ko", &["208,154초(2일 9시간 49분 14초)", "연결이 정상적으로 작동합니다."]),
    ];
    for (language, sentences) in ROWS {
        let play = || {
            let done = jwtick(["rehearse", "--lang", language]).run();
            assert_eq!(done.code(), 0, "{language}: {done}");
            for word in ["invalid_grant", "JWT has expired"] {
                assert!(done.stdout.contains(word), "{language}, {word}: {done}");
            }
            done
        };
        let says = |done: &Outcome| sentences.iter().all(|words| done.stdout.contains(words));
        // The offset is less exact if a second ends during the exchange.
        one_of_five(play, says).unwrap();
    }
}

/// The offset that the log proves, in whole seconds; its interval must contain the truth.
#[track_caller]
fn interval(act: &Value, behind: i64) -> [i64; 2] {
    let ends = ["least", "most"].map(|end| act["offset_s"][end].as_i64().unwrap());
    assert!(ends[0] <= behind && behind <= ends[1], "{behind}: {act}");
    ends
}

/// Stamps of the log may be a second old; if a second ends during the exchange, they are.
fn is_narrow(ends: &[i64; 2]) -> bool {
    ends[1] - ends[0] <= 2
}

#[test]
fn each_offset_has_its_outcome() {
    // Seconds behind, leeway, the words of the refusal; assertions are valid for five minutes.
    const ROWS: &[(i64, &str, Option<&str>)] = &[
        (259_200, "0s", Some("expired")),
        (208_154, "0s", Some("expired")),
        (302, "0s", Some("expired")),
        (302, "1m", None),
        (290, "0s", None),
        (0, "0s", None),
        (-50, "1m", None),
        (-50, "0s", Some("future")),
        (-1_200, "0s", Some("future")),
        (-259_200, "0s", Some("")),
    ];
    for &(behind, leeway, words) in ROWS {
        let offset = format!("{behind}s");
        let name = format!("{offset} with {leeway}");
        let shared =
            ["rehearse", "--json", "--wording", "rfc", "--leeway", leeway, "--offset", &offset];
        let play = || {
            let done = jwtick(shared).run();
            let acts = acts(&done);
            let outcomes: Vec<&str> =
                acts.iter().filter_map(|act| act["outcome"].as_str()).collect();
            assert_eq!(done.code(), 0, "{name}: {done}");
            let Some(words) = words else {
                assert_eq!(outcomes, ["connected"], "{name}: {done}");
                return [behind; 2];
            };
            assert_eq!(outcomes, ["refused", "connected"], "{name}: {done}");
            assert_eq!(acts[0]["cause"], "local-clock", "{name}: {done}");
            assert!(done.stdout.contains(words), "{name}: {done}");
            interval(&acts[0], behind)
        };
        one_of_five(play, is_narrow).unwrap();
    }
}

#[test]
fn zone_of_the_host_does_not_matter() {
    for zone in ["Asia/Seoul", "America/St_Johns", "Pacific/Kiritimati"] {
        let play = || {
            let done = jwtick(["rehearse", "--json"]).env("TZ", zone).run();
            let act = acts(&done).into_iter().next().unwrap();
            assert_eq!(act["cause"], "local-clock", "{zone}: {done}");
            assert_eq!(act["zone"], "recovered", "{zone}: {done}");
            interval(&act, 208_154)
        };
        one_of_five(play, is_narrow).unwrap();
    }
}
