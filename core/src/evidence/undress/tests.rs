//! Each layer gives back the line, and so does any nesting of them.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use proptest::prelude::*;

use super::*;

/// Takes the layers off all lines of `text`.
fn undressed(text: &str) -> Vec<String> {
    let mut before = Before::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut rooms = Undresser::new();
        let (inside, _) = rooms.undress(line.as_bytes(), &mut before);
        lines.push(String::from_utf8(inside.to_vec()).unwrap());
    }
    lines
}

fn one(line: &str) -> String {
    undressed(line).remove(0)
}

/// A transcript as programs write it.
const LINES: &[&str] = &[
    "2024-01-09 14:00:00,123 ERROR token request failed",
    "POST https://id.example.com/token",
    "< HTTP/1.1 400 Bad Request",
    "< Date: Tue, 09 Jan 2024 14:07:30 GMT",
    r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#,
    r#"Caused by: "x\y" & 'z'"#,
];

#[test]
fn doubled_quotes_of_a_string_are_single_ones_of_its_record() {
    const ROWS: &[(&str, &str)] = &[
        ("- '2024-01-09T14:00:00Z it''s ''over'''", "2024-01-09T14:00:00Z it's 'over'"),
        ("- '2024-01-09T14:00:00Z it's over'", "'2024-01-09T14:00:00Z it's over'"),
        ("- 'it''s over'", "'it''s over'"),
    ];
    for &(line, expected) in ROWS {
        assert_eq!(one(line), expected, "{line}");
    }
}

#[test]
fn line_without_layers_stays() {
    const ROWS: &[&str] = &[
        "12:31:05 started",
        "12-03-2024 14:00:00 started",
        "1699885516516|DEBUG|GET /",
        "* Connected to 192.0.2.44",
        "> Date: Tue, 09 Jan 2024 14:07:30 GMT",
        "< Date: Tue, 09 Jan 2024 14:07:30 GMT",
        "app.py:77: JWT expired",
        "401: Unauthorized",
        "| a | b |",
        r#"{"message":"JWT has expired"}"#,
        r#"{"message":"x","error":"invalid_grant"}"#,
        r#"{"msg":"cut"#,
        r#"answered 400 {"message":"System clock wrong by 9.0 seconds"}"#,
        "time=2024-01-09T14:00:00Z msg=bare",
        "failed, again",
        "[main] started",
        "E (13560) esp-tls: failed",
        "https://id.example.com/a?x=1&lt=2",
        "2024-01-09T14:00:00Z Date: Tue, 09 Jan 2024 14:07:30 GMT",
        "- - [10/Oct/2000:13:55:36 -0700] x",
        "\"quoted words\" at the start",
    ];
    for &line in ROWS {
        assert_eq!(one(line), line);
    }
}

fn json(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

type Dressing = (&'static str, fn(usize, &str) -> String);

const DRESSINGS: &[Dressing] = &[
    ("quoted", |_, line| format!("> {line}")),
    ("barred", |_, line| format!("| {line}")),
    ("indented", |_, line| format!("    {line}")),
    ("grep -n", |at, line| format!("{}:{line}", at + 41)),
    ("grep -H", |_, line| format!("var/log/app.log:{line}")),
    ("grep -Hn", |at, line| format!("app.log:{}:{line}", at + 7)),
    ("grep -A", |at, line| {
        let mark = if at == 0 { ':' } else { '-' };
        format!("app.log{mark}{}{mark}{line}", at + 7)
    }),
    ("cat -n", |at, line| format!("     {}\t{line}", at + 1)),
    ("compose", |_, line| format!("web-1  | {line}")),
    ("kubectl", |_, line| format!("[pod/web-0/app] {line}")),
    ("stern", |_, line| format!("web-6d4cf56db6-x2x9k app {line}")),
    ("docker", |_, line| {
        format!(r#"{{"log":"{}\n","stream":"stderr","time":"2024-01-09T14:00:00Z"}}"#, json(line))
    }),
    ("runtime", |_, line| format!("2024-01-09T14:00:00.1Z stdout F {line}")),
    ("msg", |_, line| format!(r#"{{"msg":"{}"}}"#, json(line))),
    ("nested", |_, line| {
        format!(
            r#"{{"_id":"x","_source":{{"@timestamp":"2024-01-09T14:00:00Z","message":"{}"}}}}"#,
            json(line)
        )
    }),
    ("journal", |_, line| format!("MESSAGE={line}")),
    ("pairs", |_, line| format!(r#"time=2024-01-09T14:00:00Z level=error msg="{}""#, json(line))),
    ("cells", |_, line| format!(r#""2024-01-09T14:00:00Z","web","{}""#, line.replace('"', "\"\""))),
    ("colour", |_, line| format!("\u{1b}[31m{line}\u{1b}[0m")),
    ("loki", |_, line| format!("[\"1704808800000000000\",\"{}\"],", json(line))),
];

fn dressed(lines: &[&str], how: fn(usize, &str) -> String) -> String {
    let lines: Vec<_> = lines.iter().enumerate().map(|(at, line)| how(at, line)).collect();
    lines.join("\n")
}

#[test]
fn layer_gives_back_the_line() {
    for (name, how) in DRESSINGS {
        assert_eq!(undressed(&dressed(LINES, *how)), LINES, "{name}");
    }
}

#[test]
fn entities_of_a_page_are_read() {
    assert_eq!(
        one("{&quot;error&quot;:&quot;invalid_grant&quot;}"),
        r#"{"error":"invalid_grant"}"#
    );
}

#[test]
fn request_that_curl_sends_is_no_quotation() {
    let curl = "* Connected\n> POST /token HTTP/1.1\n> Host: id.example.com\n> \n< HTTP/1.1 400 Bad Request";
    assert_eq!(undressed(curl).join("\n"), curl);
    let quoted = curl.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n");
    assert_eq!(undressed(&quoted), undressed(curl));
}

#[test]
fn stamps_and_hosts_of_layers_are_kept() {
    let mut before = Before::new();
    let mut rooms = Undresser::new();
    let line = br#"2024-01-09T14:00:00.1Z stdout F {"host":"web1","time":"2024-01-09T14:00:01Z","msg":"x"}"#;
    let (text, layers) = rooms.undress(line, &mut before);
    assert_eq!(text, b"x");
    assert_eq!(layers.stamps.len(), 2);
    assert!(layers.stamps[0].civil < layers.stamps[1].civil, "the outer one comes first");
    assert_eq!(layers.host, b"web1");
}

#[test]
fn address_inside_a_message_does_not_keep_its_envelope_on() {
    let record = r#"{"remoteAddr":"192.0.2.7","a":1,"message":"JWT has expired"}"#;
    assert_eq!(one(record), record, "words of a requester may be in its message");
    assert_eq!(one(&format!(r#"{{"msg":"{}"}}"#, json(record))), record);
    assert_eq!(one(&format!("level=info msg=\"{}\"", json(record))), record);
}

#[test]
fn program_of_a_collector_is_put_back_where_it_matters() {
    let line =
        r#"Jan  9 14:00:00 web app[1]: {"level":"info","msg":"System clock wrong by 9.0 seconds"}"#;
    assert_eq!(one(line), "app[1]: System clock wrong by 9.0 seconds");
    let login = "sshd[1]: Invalid user chronyd from 192.0.2.1 port 1";
    assert_eq!(one(&format!("Jan  9 14:00:00 web {login}")), login);
    assert_eq!(one("Jan  9 14:00:00 web app[1]: plain"), "plain");
}

proptest! {
    /// Any three dressings around each other give back the lines.
    #[test]
    fn nested_layers_give_back_the_lines(
        inner in 0..DRESSINGS.len(),
        middle in 0..DRESSINGS.len(),
        outer in 0..DRESSINGS.len(),
    ) {
        // Numbered lines are not numbered again.
        let numbers = |at: &usize| DRESSINGS[*at].0 == "grep -n" || DRESSINGS[*at].0 == "cat -n";
        prop_assume!([inner, middle, outer].iter().filter(|at| numbers(at)).count() < 2);
        let mut text = LINES.iter().map(ToString::to_string).collect::<Vec<_>>();
        for at in [inner, middle, outer] {
            let lines: Vec<_> = text.iter().map(String::as_str).collect();
            text = dressed(&lines, DRESSINGS[at].1).lines().map(String::from).collect();
        }
        let names = [inner, middle, outer].map(|at| DRESSINGS[at].0);
        prop_assert_eq!(undressed(&text.join("\n")), LINES, "{:?}", names);
    }

    /// Taking layers off never fails, whatever the text is, and what is left has no layer.
    #[test]
    fn any_text_is_read(bytes in prop::collection::vec(any::<u8>(), 0..200), marks in "[>|{}\"\\\\:,=\\[ ]{0,40}") {
        let line = [bytes, marks.into_bytes()].concat();
        let mut rooms = Undresser::new();
        let (text, _) = rooms.undress(&line, &mut Before::new());
        prop_assert!(text.len() <= line.len() + 50);
    }
}
