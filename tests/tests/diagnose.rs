//! `jwtick diagnose` as a whole: the article's log, languages, zones, several inputs and compression.
#![cfg(test)]

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use jwtick_tests::{Noise, Outcome, Schema, fixture, jwtick, project};
use serde_json::{Value, json};

fn article() -> PathBuf {
    fixture("logs/ka-10565.log")
}

#[track_caller]
fn diagnose(options: &[&str]) -> Outcome {
    let words = ["diagnose"].iter().chain(options).map(Into::into);
    jwtick(words.chain([article().into_os_string()])).run()
}

/// The value of one end of `interval`.
fn end(answer: &Value, interval: &str, end: &str) -> f64 {
    answer[interval][end].as_f64().unwrap_or(f64::NAN)
}

#[test]
fn article_s_clock_is_behind() {
    let done = diagnose(&["--json"]);
    let answer = done.json();
    assert_eq!(done.code(), 20, "{done}");
    assert_eq!(answer["cause"], "local-clock", "{done}");
    assert_eq!(answer["clock_fault"], true, "{done}");
    assert_eq!(answer["direction"], "behind", "{done}");
    assert!((end(&answer, "offset_if_utc_s", "least") - 208_154.0).abs() <= 2.0, "{done}");
    assert!((end(&answer, "offset_if_utc_s", "most") - 208_154.0).abs() <= 2.0, "{done}");
    // UTC−12 to UTC+14; the stamps are whole seconds, so the interval includes the error of both.
    assert_eq!(answer["offset_s"]["least"], 164_953, "{done}");
    assert!((end(&answer, "offset_s", "least") - 164_954.0).abs() <= 2.0, "{done}");
    assert!((end(&answer, "offset_s", "most") - 258_554.0).abs() <= 2.0, "{done}");
}

/// The block is abridged: `…` stands for the rest of a line, or for other lines.
#[test]
fn readme_shows_what_the_program_prints() {
    const COMMAND: &str = "\ncargo run --release -- diagnose fixtures/logs/ka-10565.log\n```\n";
    let readme = fs::read_to_string(project().join("README.md")).unwrap();
    let (_, below) = readme.split_once(COMMAND).unwrap();
    let block = below.split("```\n").nth(1).unwrap();
    let words = ["diagnose".into(), article().into_os_string()];
    let done = jwtick(words).env("LANG", "en_US.UTF-8").run();
    let mut printed = done.stdout.lines();
    for line in block.lines() {
        let is_shown = |it: &str| match line.strip_suffix('…') {
            Some(start) => it.starts_with(start.trim_end()),
            None => it == line,
        };
        assert!(
            printed.any(is_shown),
            "README.md shows {line:?}, which is not printed there: {done}"
        );
    }
}

#[test]
fn article_s_clock_is_wrong_only_if_the_server_s_is_right() {
    let done = diagnose(&["--json"]);
    assert_eq!(done.json()["attribution"], "assumed", "{done}");
    let text = diagnose(&["--lang", "en"]);
    assert!(text.stdout.contains("assumes that the server's clock is right"), "{text}");
    assert!(text.stdout.contains("`jwtick clock --ntp SERVER`"), "{text}");
}

#[test]
fn each_host_of_a_central_log_has_a_clock_of_its_own() {
    let line = |host: &str, time: &str, message: &str| {
        format!("<134>1 2024-04-22T{time}Z {host} relay 812 - - {message}\n")
    };
    let answered = "POST https://id.example.com/token 200 date=\"Mon, 22 Apr 2024 13:05:05 GMT\"";
    let refused = "POST https://id.example.com/token 400 date=\"Mon, 22 Apr 2024 13:05:05 GMT\" \
         body={\"error\":\"invalid_grant\",\"error_description\":\"assertion expired\"}";
    let log = line("edge-a", "13:05:05.100", answered) + &line("edge-b", "12:56:51.258", refused);
    let done = jwtick(["diagnose", "--json", "-"]).stdin(log.repeat(3)).run();
    let answer = done.json();
    assert_eq!((done.code(), &answer["cause"]), (20, &json!("local-clock")), "{done}");
    let hosts = answer["hosts"].as_array().unwrap();
    assert_eq!((&hosts[0]["host"], &hosts[0]["refusals"]), (&json!("edge-b"), &json!(3)), "{done}");
    assert_eq!(hosts[0]["cause"], "local-clock", "{done}");
    assert_eq!((&hosts[1]["host"], &hosts[1]["cause"]), (&json!("edge-a"), &Value::Null), "{done}");
    Schema::load("diagnose").and_then(|schema| schema.check(&answer)).unwrap();
    // The clock of this one is right, and its assertion had ended half an hour before.
    let ended = format!("{refused} assertion={{\"iat\":1713789005,\"exp\":1713789305}}");
    let log = line("edge-c", "13:05:05.200", &ended) + &log;
    let done = jwtick(["diagnose", "--json", "-"]).stdin(log).run();
    let answer = done.json();
    let cause = |at: usize| {
        let host = &answer["hosts"][at];
        format!("{} {} {}", host["host"], host["cause"], host["certainty"]).replace('"', "")
    };
    assert_eq!((done.code(), &answer["cause"]), (20, &json!("local-clock")), "{done}");
    let each = ["edge-b local-clock proven", "edge-c expired proven", "edge-a null null"];
    assert_eq!([0, 1, 2].map(cause), each, "{done}");
    Schema::load("diagnose").and_then(|schema| schema.check(&answer)).unwrap();
}

/// A zone, and the offset of the article's clock in it.
const ZONES: &[(&str, f64)] = &[
    ("UTC", 208_154.0),
    ("+09:00", 240_554.0),
    ("+9", 240_554.0),
    ("Asia/Seoul", 240_554.0),
    ("-08:00", 179_354.0),
    ("America/Los_Angeles", 179_354.0),
];

#[test]
fn zone_narrows_the_interval() {
    for &(zone, behind) in ZONES {
        let done = diagnose(&["--json", "--tz", zone]);
        let answer = done.json();
        assert_eq!(done.code(), 20, "{zone}: {done}");
        assert_eq!(answer["offset_if_utc_s"], Value::Null, "{zone}: {done}");
        for side in ["least", "most"] {
            assert!((end(&answer, "offset_s", side) - behind).abs() <= 2.0, "{zone}: {done}");
        }
    }
}

#[test]
fn unknown_zone_is_a_usage_error() {
    const ROWS: &[(&str, &str)] = &[
        ("Mars/Base", "Europe/Berlin"),
        ("", "Europe/Berlin"),
        ("09:00", "Europe/Berlin"),
        ("+25:00", "--tz is `+25:00`: expected an offset from -12:00 to +14:00"),
        ("-12:01", "-12:00 to +14:00"),
        ("+99:00", "-12:00 to +14:00"),
    ];
    for &(zone, part) in ROWS {
        let done = diagnose(&["--tz", zone]);
        assert_eq!(done.code(), 2, "{zone}: {done}");
        assert!(done.stdout.is_empty() && done.stderr.contains(part), "{zone}: {done}");
    }
}

#[test]
fn local_zone_is_that_of_this_host() {
    let local = |zone: &str| {
        let words = ["diagnose".into(), "--json".into(), "--tz".into(), "local".into()];
        jwtick(words.into_iter().chain([article().into_os_string()])).env("TZ", zone).run()
    };
    for (zone, behind) in [("Asia/Seoul", 240_554.0), ("UTC", 208_154.0), ("PST8PDT", 179_354.0)] {
        let done = local(zone);
        assert_eq!(done.code(), 20, "{zone}: {done}");
        let least = end(&done.json(), "offset_s", "least");
        assert!((least - behind).abs() <= 2.0, "{zone}: {done}");
    }
    let done = local("Mars/Base");
    assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    assert!(done.stderr.contains("the time zone of this host is not known: set TZ"), "{done}");
}

/// A way to select a language, and part of the first line of the answer.
type Row =
    (&'static [&'static str], &'static [(&'static str, &'static str)], &'static [&'static str]);

const ENGLISH: &[&str] = &["is 208,154 s (2 d 9 h 49 min 14 s) ±1 s behind if the log is in UTC, \
     and at least 164,954 s (1 d 21 h 49 min 14 s) ±1 s behind in any time zone."];
const GERMAN: &[&str] = &["geht 208.154 s (2 d 9 h 49 min 14 s) ±1 s nach, wenn das Log in UTC \
     geschrieben ist, und in jeder Zeitzone mindestens 164.954 s (1 d 21 h 49 min 14 s) ±1 s nach."];
const KOREAN: &[&str] = &[
    "로그 시각이 UTC라면 이 로그를 기록한 호스트의 시계가 208,154초(2일 9시간 49분 14초, 오차 ±1초) \
     느리고, 시간대와 관계없이 최소 164,954초(1일 21시간 49분 14초, 오차 ±1초) 느립니다.",
];
const IN_SEOUL: &[&str] = &["is 240,554 s (2 d 18 h 49 min 14 s) ±1 s behind."];
const IN_SEOUL_GERMAN: &[&str] = &["geht 240.554 s (2 d 18 h 49 min 14 s) ±1 s nach."];
const IN_SEOUL_KOREAN: &[&str] = &["240,554초(2일 18시간 49분 14초, 오차 ±1초) 느립니다."];

const LANGUAGES: &[Row] = &[
    (&[], &[], ENGLISH),
    (&["--lang", "en"], &[("LANG", "ko_KR.UTF-8")], ENGLISH),
    (&["--lang", "de"], &[], GERMAN),
    (&["--lang", "ko"], &[], KOREAN),
    (&["--tz", "+09:00"], &[], IN_SEOUL),
    (&["--tz", "+09:00", "--lang", "de"], &[], IN_SEOUL_GERMAN),
    (&["--tz", "+09:00"], &[("LANG", "ko_KR.UTF-8")], IN_SEOUL_KOREAN),
    (&[], &[("LANG", "ko_KR.UTF-8")], KOREAN),
    (&[], &[("LANG", "de_AT.UTF-8")], GERMAN),
    (&[], &[("LC_ALL", "de_DE.UTF-8"), ("LANG", "ko_KR.UTF-8")], GERMAN),
    (&[], &[("LC_ALL", ""), ("LC_MESSAGES", "ko_KR"), ("LANG", "de_DE")], KOREAN),
    (&[], &[("LANG", "fr_FR.UTF-8")], ENGLISH),
    (&[], &[("LANG", "C.UTF-8")], ENGLISH),
];

#[test]
fn answers_in_the_language_of_the_reader() {
    for &(options, environment, words) in LANGUAGES {
        let arguments = ["diagnose"].iter().chain(options).map(Into::into);
        let run = jwtick(arguments.chain([article().into_os_string()]));
        let done = environment.iter().fold(run, |run, (name, value)| run.env(name, value)).run();
        let first = done.stdout.lines().next().unwrap_or_default();
        assert_eq!(done.code(), 20, "{environment:?} {done}");
        assert!(words.iter().all(|word| first.contains(word)), "{environment:?} {done}");
    }
}

#[test]
fn numbers_and_codes_do_not_depend_on_the_language() {
    let mut answers = ["en", "de", "ko"].map(|language| {
        let mut answer = diagnose(&["--json", "--lang", language]).json();
        let spoken = answer.as_object_mut().unwrap();
        spoken.retain(|name, _| !["summary", "remedy", "decider"].contains(&name.as_str()));
        answer["proof"].as_object_mut().unwrap().remove("arithmetic");
        answer
    });
    answers.sort_by_key(ToString::to_string);
    assert_eq!(answers[0], answers[2]);
}

#[test]
fn answer_has_its_parts_in_order() {
    let done = diagnose(&["--lang", "en"]);
    let parts = ["The clock", "Evidence", "line 7 ", "line 22 ", "Clocks", "What to do", "1. "];
    let found: Vec<_> = parts.iter().map(|part| done.stdout.find(part)).collect();
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?} {done}");
    assert!(!done.stdout.contains('\u{1b}'), "no colour in a pipe: {done}");
}

#[test]
fn picture_uses_only_characters_of_the_locale() {
    let plain = diagnose(&[]);
    assert!(plain.stdout.contains("*----"), "{plain}");
    let utf8 = jwtick(["diagnose".into(), article().into_os_string()]).env("LANG", "C.UTF-8").run();
    assert!(utf8.stdout.contains("●────"), "{utf8}");
}

/// The answers to all cases are checked in `cases.rs`.
#[test]
fn schema_refuses_another_answer() {
    let schema = Schema::load("diagnose").unwrap();
    assert!(schema.check(&json!({ "cause": "sunspots" })).is_err());
}

#[test]
fn several_inputs_give_a_line_each_and_the_worst_exit() {
    let (log, quiet) = (article(), fixture("README.md"));
    let words = ["diagnose".into(), "--json".into(), quiet.clone().into_os_string()];
    let done = jwtick(words.into_iter().chain([log.into(), "-".into()])).stdin("ok\n").run();
    let answers: Vec<Value> =
        done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(done.code(), 20, "{done}");
    assert_eq!(answers.len(), 3, "{done}");
    assert_eq!(answers[0]["input"], quiet.to_str().unwrap(), "{done}");
    assert_eq!(answers[1]["clock_fault"], true, "{done}");
    assert_eq!(answers[2]["input"], "-", "{done}");
}

#[test]
fn unreadable_input_does_not_hide_the_others() {
    let words = ["diagnose".into(), fixture("none.log").into_os_string(), article().into()];
    let done = jwtick(words).run();
    assert_eq!(done.code(), 1, "{done}");
    assert!(done.stderr.contains("none.log"), "{done}");
    assert!(done.stdout.contains("208,154 s"), "{done}");
}

#[test]
fn folder_is_refused_with_a_hint() {
    let done = jwtick(["diagnose".into(), fixture("logs").into_os_string()]).run();
    assert_eq!(done.code(), 1, "{done}");
    assert!(done.stderr.contains("is a folder") && done.stderr.contains("*.log"), "{done}");
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text).unwrap();
    packed.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn compressed_logs_are_read_like_plain_ones() {
    let plain = diagnose(&["--json"]).json();
    let text = fs::read(article()).unwrap();
    let (head, tail) = text.split_at(text.len() / 3);
    let rows: &[(&str, Vec<u8>)] = &[
        ("as it is", text.clone()),
        ("gzip", gzip(&text)),
        ("gzip in two members", [gzip(head), gzip(tail)].concat()),
        ("zstd", zstd(&text)),
        ("zstd in two frames", [zstd(head), zstd(tail)].concat()),
    ];
    for (name, packed) in rows {
        let done = jwtick(["diagnose", "--json", "-"]).stdin(packed.clone()).run();
        let mut answer = done.json();
        answer["input"] = plain["input"].clone();
        assert_eq!(done.code(), 20, "{name}: {done}");
        assert_eq!(answer, plain, "{name}");
    }
}

/// The article's log, followed by lines that say nothing.
fn long_log() -> Vec<u8> {
    let mut text = fs::read(article()).unwrap();
    let mut noise = Noise::of(7);
    for _ in 0..20_000 {
        text.extend(format!("note {:016x}{:016x}\n", noise.number(), noise.number()).bytes());
    }
    text
}

#[test]
fn compressed_log_that_is_cut_or_damaged_is_diagnosed_up_to_there() {
    type Row = (&'static str, fn(Vec<u8>) -> Vec<u8>);
    const FAULTS: &[Row] = &[
        ("cut in the middle", |packed| packed[..packed.len() / 2].to_vec()),
        ("cut at the end", |packed| packed[..packed.len() - 1].to_vec()),
        ("another checksum", |mut packed| {
            let at = packed.len() - 1 - usize::from(packed[0] == 0x1F) * 4;
            packed[at] ^= 1;
            packed
        }),
        ("other bytes after it", |packed| [&packed, b"\0\0text".as_slice()].concat()),
    ];
    const WORDS: &[(&str, &str)] = &[
        ("en", "The answer rests on the text up to line "),
        ("de", "Die Antwort beruht auf dem Text bis Zeile "),
        ("ko", "행까지의 텍스트만을 근거로 합니다"),
    ];
    let text = long_log();
    for (format, packed) in [("gzip", gzip(&text)), ("zstd", zstd(&text))] {
        for &(fault, damage) in FAULTS {
            let damaged = damage(packed.clone());
            let done = jwtick(["diagnose", "--json", "-"]).stdin(damaged.clone()).run();
            let answer = done.json();
            assert_eq!(done.code(), 20, "{format}, {fault}: {done}");
            assert_eq!(Schema::load("diagnose").and_then(|it| it.check(&answer)), Ok(()), "{done}");
            let incomplete = answer["incomplete"].as_str().unwrap_or_default();
            assert!(incomplete.contains(format), "{format}, {fault}: {done}");
            // The words are the same for every fault.
            let languages = if fault == FAULTS[0].0 { WORDS } else { &[] };
            for (language, words) in languages {
                let done = jwtick(["--lang", language, "diagnose"]).stdin(damaged.clone()).run();
                assert!(done.stderr.contains(words), "{format}, {fault}: {done}");
            }
        }
    }
}

#[test]
fn incomplete_log_without_a_fault_is_not_a_success() {
    // The fault may follow.
    let quiet = "2026-03-02T07:14:41Z INFO start\n".repeat(1_000);
    for packed in [gzip(quiet.as_bytes()), zstd(quiet.as_bytes())] {
        let done =
            jwtick(["diagnose", "--json", "-"]).stdin(packed[..packed.len() - 1].to_vec()).run();
        assert_eq!(done.code(), 1, "{done}");
        assert!(done.json()["incomplete"].is_string(), "{done}");
        let whole =
            jwtick(["diagnose", "--json", "-"]).stdin([packed, vec![0; 10_240]].concat()).run();
        assert_eq!((whole.code(), whole.stderr.as_str()), (21, ""), "{whole}");
        assert!(whole.json()["incomplete"].is_null(), "{whole}");
    }
}

#[test]
fn output_repeats_no_secret_of_a_token() {
    let signature = "c2VjcmV0LXNpZ25hdHVyZS1ieXRlcy1vZi1hLXRva2Vu";
    let log = format!(
        "2026-03-02T07:14:41Z ERROR Authorization: Bearer \
         eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE0ODgzMDcxOTF9.{signature} refused: JWT has expired\n"
    );
    for options in [&["diagnose"][..], &["diagnose", "--json"]] {
        let done = jwtick(options.iter().copied()).stdin(log.clone()).run();
        assert!(!done.stdout.contains(signature), "{done}");
    }
}

#[test]
fn several_inputs_in_text_have_a_title_each() {
    let quiet = fixture("README.md");
    let words = ["diagnose".into(), quiet.clone().into_os_string(), article().into(), "-".into()];
    let done = jwtick(words).run();
    let titles: Vec<_> = done.stdout.lines().filter(|line| line.starts_with("==> ")).collect();
    let title = |path: PathBuf| format!("==> {} <==", path.display());
    assert_eq!(titles, [title(quiet), title(article()), title("-".into())], "{done}");
    let alone = diagnose(&[]);
    assert!(!alone.stdout.contains("==>"), "{alone}");
}

#[test]
fn empty_input_is_reported_with_a_hint() {
    const ROWS: &[(&str, &str, &str)] = &[
        ("en", "The input is empty.", "around a failed call"),
        ("de", "Die Eingabe ist leer.", "fehlgeschlagenen Aufruf"),
        ("ko", "입력이 비어 있습니다.", "실패한 호출"),
    ];
    for &(language, summary, decider) in ROWS {
        let done = jwtick(["diagnose", "--lang", language]).run();
        assert_eq!(done.code(), 21, "{done}");
        assert!(done.stdout.contains(summary) && done.stdout.contains(decider), "{done}");
    }
}

#[test]
fn output_of_the_command_that_a_diagnosis_asks_for_decides() {
    const ROWS: &[(&str, &str, &str)] = &[
        (
            "curl: (60) SSL certificate problem: certificate has expired or is not yet valid\n\
             x509: certificate has expired or is not yet valid\n",
            "openssl x509 -noout -dates",
            "notBefore=Jun 19 00:00:00 2026 GMT\nnotAfter=Sep 17 00:00:00 2026 GMT\n\
             Thu Jun 18 10:14:31 UTC 2026\n",
        ),
        (
            "{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n",
            "curl -sI",
            "Thu Jun 18 10:14:31 UTC 2026\nHTTP/2 200 \ndate: Thu, 18 Jun 2026 12:00:05 GMT\n",
        ),
    ];
    for &(refusal, command, output) in ROWS {
        let diagnose = |text: String| jwtick(["diagnose", "--json", "-"]).stdin(text).run();
        let asked = diagnose(refusal.to_owned());
        assert!(asked.json()["decider"].as_str().unwrap().contains(command), "{asked}");
        let answered = diagnose(format!("{refusal}{output}"));
        assert_eq!(answered.code(), 20, "{answered}");
        assert_eq!(answered.json()["direction"], "behind", "{answered}");
        assert_eq!(answered.json()["decider"], Value::Null, "{answered}");
    }
}

/// One line of text in formats that are not read.
const PACKED: &[(&str, &[u8], &str)] = &[
    (
        "xz",
        b"\xFD7zXZ\0\0\x04\xE6\xD6\xB4F\x02\0!\x01\x16\0\0\0t/\xE5\xA3\x01\0\x0BJWT",
        "`xz -dc FILE | jwtick diagnose -`",
    ),
    ("bzip2", b"BZh91AY&SY\x8C\x9F\x1D\x02\0\0\x01\xD9", "`bzip2 -dc FILE | jwtick diagnose -`"),
    ("zip", b"PK\x03\x04\x14\0\0\0\x08\0\x21\x5A\x7D\x5B", "`unzip -p FILE | jwtick diagnose -`"),
    ("7z", b"7z\xBC\xAF\x27\x1C\0\x04\x8E\x0B\x54\xC9", "`7z x -so FILE | jwtick diagnose -`"),
    (
        "pcap",
        b"\xD4\xC3\xB2\xA1\x02\0\x04\0\0\0\0\0\0\0\0\0",
        "`tcpdump -A -r FILE | jwtick diagnose -`",
    ),
];

#[test]
fn content_other_than_text_is_named_with_the_command_that_reads_it() {
    let refused = |name: &str, done: Outcome, words: &str| {
        assert_eq!(done.code(), 1, "{name}: {done}");
        assert!(done.stderr.contains(words), "{name}: {done}");
    };
    for &(name, bytes, words) in PACKED {
        refused(name, jwtick(["diagnose", "-"]).stdin(bytes).run(), words);
        refused(name, jwtick(["diagnose", "-"]).stdin(gzip(bytes)).run(), words);
    }
    // Real files: an archive in gzip, programs, and the same without their first bytes.
    let tar = project().join("core/fuzz/corpus/token.tar.gz");
    refused("tar.gz", jwtick(["diagnose".as_ref(), tar.as_os_str()]).run(), "`tar -xOf FILE |");
    let program = std::env::current_exe().unwrap();
    let start = fs::read(&program).unwrap().into_iter().take(100_000).collect::<Vec<_>>();
    let done = jwtick(["diagnose".as_ref(), program.as_os_str()]).run();
    refused("a program", done, "expected text, but found ELF data");
    let rest = start[64..].to_vec();
    refused(
        "a part of it",
        jwtick(["diagnose", "-"]).stdin(rest).run(),
        "found binary data (it starts",
    );
}

#[test]
fn utf_16_without_a_mark_is_read() {
    let text = String::from_utf8(fs::read(article()).unwrap()).unwrap();
    for convert in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(convert).collect();
        let done = jwtick(["diagnose", "--json", "-"]).stdin(bytes).run();
        assert_eq!((done.code(), &done.json()["direction"]), (20, &json!("behind")), "{done}");
    }
}
