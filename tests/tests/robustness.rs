//! Texts without token failures never blame a clock, and broken inputs get an answer or an error message.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use jwtick_tests::{Case, MIB, Noise, Outcome, fixture, is_optimized, jwtick, project};

/// Texts with dates, differences between dates, and token vocabulary, but without a failure.
const INNOCENT: &[(&str, &str)] = &[
    (
        "prose",
        "The contract expired on 3 March 2017, and the clock in the hall was an hour slow.\n",
    ),
    ("a date alone", "2026-03-02T07:14:41Z\n"),
    (
        "an old document",
        "HTTP/1.1 200 OK\nDate: Fri, 03 Mar 2017 04:29:05 GMT\nLast-Modified: Tue, 28 Feb 2017 18:39:51 GMT\nExpires: Thu, 01 Dec 1994 16:00:00 GMT\n\n",
    ),
    (
        "a cookie that is removed",
        "2026-03-02 07:14:41 < Set-Cookie: token=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/\n",
    ),
    (
        "a token that was renewed",
        "2026-03-02T07:14:41Z DEBUG access token expires in 3599 s, refreshed\n2026-03-02T08:13:11Z DEBUG access token expires in 3599 s, refreshed\n",
    ),
    (
        "a cache",
        "2026-03-02T07:14:41Z INFO cache entry /img/a.png expired after 3600 s, fetched again\n",
    ),
    (
        "a steady clock",
        "Mar  2 07:14:41 web-1 chronyd[612]: Selected source 192.0.2.17\nReference time  : Mon Mar 02 07:14:41 2026\nSystem time     : 0.000012 seconds slow of NTP time\n",
    ),
    (
        "a boot",
        "[    0.000000] Linux version 6.1.0-18-amd64\n[    0.532011] rtc_cmos 00:01: setting system clock to 2026-03-02T07:14:41 UTC (1772435681)\n",
    ),
    (
        "a list of files",
        "-rw-r--r-- 1 root root 1078 Nov 21 04:10 Cargo.toml\n-rw-r--r-- 1 root root  155 Feb 28  2017 clippy.toml\n",
    ),
    (
        "a history",
        "commit 8d1f0c2\nDate:   Tue Feb 28 18:39:51 2017 +0900\n\n    jwt: say when a token has expired\n",
    ),
    (
        "a valid certificate",
        "        Validity\n            Not Before: Feb 28 18:39:51 2026 GMT\n            Not After : Feb 28 18:39:51 2027 GMT\n",
    ),
    ("a program", "if now >= claims.exp { return Err(Error::Expired); } // \"JWT expired\"\n"),
    (
        "a license server",
        "2026-03-02T07:14:41Z INFO license of example.org valid until 2026-12-31\n",
    ),
    ("a locked account", "2026-03-02T07:14:41Z WARN login failed for user ada: password expired\n"),
    ("two zones", "2026-03-02T07:14:41Z INFO start\n2026-03-02T16:14:42+09:00 INFO ready\n"),
    ("a table of numbers", "1488307191\n1488515345\n1488307191000\n"),
];

#[test]
fn innocent_texts_blame_no_clock() {
    for &(name, text) in INNOCENT {
        check_innocent(name, &jwtick(["diagnose", "--json"]).stdin(text).run());
    }
    // Far enough apart that the times of one are not attributed to the next.
    let apart = "\n".repeat(100);
    let all: String = INNOCENT.iter().map(|(_, text)| format!("{text}{apart}")).collect();
    check_innocent("all of them", &jwtick(["diagnose", "--json"]).stdin(all).run());
}

/// Files of the project that quote no failed call.
const FILES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "clippy.toml",
    "rustfmt.toml",
    "core/Cargo.toml",
    "core/src/time/offset.rs",
    "core/src/lib.rs",
    "host/Cargo.toml",
    "host/src/exit.rs",
    "host/src/main.rs",
    "tests/Cargo.toml",
    "tests/src/command.rs",
    "tests/src/lib.rs",
];

#[test]
fn plain_files_blame_no_clock() {
    for name in FILES {
        check_innocent(name, &diagnose(&project().join(name)));
    }
}

#[test]
fn program_binary_is_named_and_blames_no_clock() {
    let done = diagnose(Path::new("/bin/sh"));
    assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{done}");
    assert!(done.stderr.contains("expected text"), "{done}");
}

#[track_caller]
fn check_innocent(name: &str, done: &Outcome) {
    assert!([0, 21].contains(&done.code()), "{name}: {done}");
    assert_ne!(done.json().get("clock_fault"), Some(&true.into()), "{name}: {done}");
}

#[test]
fn damaged_cases_get_an_answer() {
    let folder = fixture("cases");
    let mut noise = Noise::of(5);
    for (number, case) in Case::load(&folder).unwrap().into_iter().enumerate() {
        let text = fs::read(folder.join(&case.file)).unwrap();
        // A program without optimization gets each case with one damage, and an optimized one with all.
        let all = DAMAGES.iter().enumerate();
        for (_, damage) in all.filter(|(at, _)| is_optimized() || *at == number % DAMAGES.len()) {
            let done = jwtick(["diagnose", "--json"]).stdin(damage(&text, &mut noise)).run();
            check_answer(&case.id, &done);
        }
    }
}

type Damage = fn(&[u8], &mut Noise) -> Vec<u8>;

const DAMAGES: &[Damage] = &[cut_off, cut_into, bytes_changed, lines_shuffled, line_breaks_lost];

fn cut_off(text: &[u8], noise: &mut Noise) -> Vec<u8> {
    text[..place(text, noise)].to_vec()
}

fn cut_into(text: &[u8], noise: &mut Noise) -> Vec<u8> {
    text[place(text, noise)..].to_vec()
}

fn bytes_changed(text: &[u8], noise: &mut Noise) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..text.len() / 40 {
        let at = place(&text, noise);
        text[at] = noise.number().to_le_bytes()[0];
    }
    text
}

fn lines_shuffled(text: &[u8], noise: &mut Noise) -> Vec<u8> {
    let mut lines: Vec<_> = text.split_inclusive(|&byte| byte == b'\n').collect();
    lines.sort_by_cached_key(|_| noise.number());
    lines.concat()
}

fn line_breaks_lost(text: &[u8], _: &mut Noise) -> Vec<u8> {
    text.iter().copied().filter(|&byte| byte != b'\n').collect()
}

fn place(text: &[u8], noise: &mut Noise) -> usize {
    usize::try_from(noise.number() >> 33).unwrap() % text.len().max(1)
}

/// Bytes other than text that a pipe or a file may contain.
const BYTES: &[(&str, &[u8])] = &[
    ("a mark and nothing else", b"\xEF\xBB\xBF"),
    ("half a character of UTF-16", b"\xFF\xFEJ\0W"),
    ("UTF-16, the other way round", b"\xFE\xFF\0J\0W\0T\0 \0e\0x\0p\0i\0r\0e\0d"),
    ("bytes that are not UTF-8", b"JWT \xC3\x28 expired \xFF\xFE\xFD\n"),
    ("a carriage return alone", b"\r"),
    ("zeros between words", b"JWT\0expired\0\n"),
    (
        "a time beyond every calendar",
        b"99999-99-99T99:99:99Z JWT expired at 18446744073709551616\n",
    ),
    ("an exp beyond every clock", b"{\"exp\": 1e999, \"error\": \"JWT has expired\"}\n"),
];

#[test]
fn unusual_bytes_get_an_answer() {
    for &(name, bytes) in BYTES {
        check_answer(name, &jwtick(["diagnose", "--json"]).stdin(bytes).run());
    }
}

#[track_caller]
fn check_answer(name: &str, done: &Outcome) {
    assert!(!done.crashed(), "{name}: {done}");
    assert!([0, 20, 21].contains(&done.code()), "{name}: {done}");
    assert!(done.json().get("cause").is_some(), "{name}: {done}");
}

/// Compressed files that are damaged after their start.
const BROKEN: &[(&str, &[u8])] = &[
    ("gzip, cut in its head", b"\x1F\x8B\x08\0\0\0"),
    ("gzip, cut in its body", b"\x1F\x8B\x08\0\0\0\0\0\0\x03\x4B"),
    ("gzip, an unknown method", b"\x1F\x8B\x07\0\0\0\0\0\0\x03\x4B\x04\0"),
    ("zstd, cut in its head", b"\x28\xB5\x2F\xFD"),
    ("zstd, a reserved block", b"\x28\xB5\x2F\xFD\0\x38\x07\0\0"),
];

#[test]
fn broken_compression_gets_an_error_message() {
    for &(name, bytes) in BROKEN {
        check_sentence(name, &jwtick(["diagnose", "--json"]).stdin(bytes).run());
    }
}

/// 64 MiB of spaces in 2 KiB (RFC 8878 §3.1.1.2.2: a block of one byte, repeated), with a window of
/// the given exponent.
fn zstd_bomb(window_exponent: u8) -> Vec<u8> {
    let mut bomb = b"\x28\xB5\x2F\xFD\0".to_vec();
    bomb.push((window_exponent - 10) << 3);
    for last in (0..512).map(|block| u32::from(block == 511)) {
        let header = last | 1 << 1 | (128 * 1024) << 3;
        bomb.extend_from_slice(&header.to_le_bytes()[..3]);
        bomb.push(b' ');
    }
    bomb
}

#[test]
fn compression_does_not_increase_memory() {
    let diagnose = |bomb| jwtick(["diagnose", "--json"]).stdin(bomb).measure_memory().run();
    let harmless = diagnose(zstd_bomb(20));
    check_answer("a window of 1 MiB", &harmless);
    check_memory("a window of 1 MiB", &harmless);

    // A window of 2 GiB exceeds the limit, which the program checks before it allocates.
    let greedy = diagnose(zstd_bomb(31));
    check_sentence("a window of 2 GiB", &greedy);
    check_memory("a window of 2 GiB", &greedy);
}

#[track_caller]
fn check_memory(name: &str, done: &Outcome) {
    // Unoptimized code is a few megabytes larger.
    let limit = if is_optimized() { 16 * MIB } else { 24 * MIB };
    assert!(done.peak.is_none_or(|peak| peak <= limit), "{name}: {done}");
}

#[test]
fn unreadable_inputs_get_an_error_message() {
    check_sentence("a folder", &diagnose(&fixture("logs")));
    check_sentence("no such file", &diagnose(&fixture("logs/none.log")));
    let done = jwtick(["diagnose".into(), fixture("logs")]).run();
    assert!(done.stdout.is_empty(), "{done}");
}

/// Bad input: a message on standard error, and only valid JSON on standard output.
#[track_caller]
fn check_sentence(name: &str, done: &Outcome) {
    assert!(!done.crashed(), "{name}: {done}");
    assert!([1, 2, 14].contains(&done.code()), "{name}: {done}");
    assert!(done.stderr.len() > "jwtick: \n".len(), "{name}: {done}");
    assert!(done.stdout.is_empty() || done.json().is_object(), "{name}: {done}");
}

#[test]
fn reader_that_leaves_is_not_a_failure() {
    let log: PathBuf = fixture("logs/ka-10565.log");
    let done = jwtick(["diagnose".into(), log]).deaf().run();
    assert!(!done.crashed(), "{done}");
    assert_eq!(done.code(), 20, "{done}");
}

fn diagnose(file: &Path) -> Outcome {
    jwtick(["diagnose".as_ref(), "--json".as_ref(), file.as_os_str()]).run()
}
