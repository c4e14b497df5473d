//! `diagnose`, ripgrep and jq on a log of 256 MB with one relevant line in a thousand, on one of which every
//! line is relevant, and on crafted lines that many readers look at. ripgrep searches for words
//! like those that `diagnose` looks for, and jq reads each line and prints it as a string.

use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use jwtick_tests::{BusyLog, MIB, jwtick};

use crate::Effort;
use crate::timing::{Times, seconds, table_head, table_row};

/// The pattern for ripgrep: six words of refusals and of times, in either case, as products print them
/// in both.
const WORDS: [&str; 6] = ["expired", "skew", "not yet valid", "invalid_grant", "date:", "issued"];

/// Case-insensitive, as `diagnose` reads, and the words as written, which is less work.
const CASES: [&str; 2] = ["--ignore-case", "--case-sensitive"];

/// A text: its title, the share of [`Effort::log_bytes`] that it has, and its writer.
type Text = (&'static str, u64, fn(&mut dyn Write, u64) -> io::Result<u64>);

/// The dense and the crafted texts take longer for each byte. Each of the crafted ones makes other readers look
/// at every line, in lines as short as they come in logs.
const TEXTS: [Text; 8] = [
    ("0.1 % relevant", 1, write_sparse),
    ("all relevant", 4, write_dense),
    ("crafted: short refusals", 32, |file, bytes| write_lines(file, bytes, "at x ", 17)),
    ("crafted: requests", 32, |file, bytes| write_lines(file, bytes, "GET /a POST /b ", 40)),
    ("crafted: names of headers", 32, |file, bytes| write_lines(file, bytes, "date: date: ", 40)),
    ("crafted: stamps", 32, |file, bytes| write_lines(file, bytes, "2024-01-09T14:00:00Z ", 40)),
    ("crafted: objects over several lines", 32, |file, bytes| {
        write_lines(file, bytes, "{\"a\":", 80)
    }),
    ("crafted: quotes over several lines", 32, |file, bytes| write_lines(file, bytes, "'\"`(", 80)),
];

/// Runs all measurements and prints the tables.
pub fn run(effort: Effort) -> Result<(), Box<dyn Error>> {
    for (title, share, write) in TEXTS {
        let bytes = effort.log_bytes / share;
        let log = env::current_exe()?.with_file_name("busy.log");
        let mut file = BufWriter::new(File::create(&log)?);
        write(&mut file, bytes)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?;
        // A turn takes a second, so a file needs fewer turns than a token.
        measure(&log, title, effort.turns.div_ceil(10))?;
        fs::remove_file(&log)?;
    }
    Ok(())
}

fn measure(log: &Path, title: &str, turns: usize) -> Result<(), Box<dyn Error>> {
    let (mut ours, mut peak) = (Times::default(), 0);
    let (mut theirs, mut jqs) = (CASES.map(|_| Times::default()), Times::default());
    for _ in 0..turns {
        let (time, done) = seconds(|| diagnose(log))?;
        ours.push(time);
        peak = done.max(peak);
        for (case, times) in CASES.into_iter().zip(&mut theirs) {
            let (time, ()) = seconds(|| count(log, case))?;
            times.push(time);
        }
        let (time, ()) = seconds(|| print_lines(log))?;
        jqs.push(time);
    }
    let bytes = fs::metadata(log)?.len();
    table_head(
        &format!("diagnose a log of {} MiB, {title}", bytes / MIB),
        &["GB/s", "ms", "× jwtick", "peak MiB"],
    );
    row("jwtick diagnose", bytes, &ours, &ours, mebibytes(peak));
    for (case, times) in CASES.into_iter().zip(&theirs) {
        row(&format!("rg -c {case}"), bytes, times, &ours, String::from("–"));
    }
    row("jq -cR .", bytes, &jqs, &ours, String::from("–"));
    Ok(())
}

fn write_sparse(file: &mut dyn Write, bytes: u64) -> io::Result<u64> {
    io::copy(&mut BusyLog::default().take(bytes), file)
}

/// Refusals with their `Date`, and requests with a token.
fn write_dense(file: &mut dyn Write, bytes: u64) -> io::Result<u64> {
    const SECONDS: u64 = 60;
    let mut written = 0;
    let mut second = 0;
    while written < bytes {
        let (minute, hour) = (second / SECONDS % SECONDS, second / 3_600 % 24);
        let time = format!("{hour:02}:{minute:02}:{:02}", second % SECONDS);
        let line = format!(
            "2026-03-02T{time}Z ERROR http-{second} 400 Bad Request {{\"error\":\"invalid_grant\",\
             \"error_description\":\"JWT has expired\"}} Date: Mon, 02 Mar 2026 {time} GMT\n\
             2026-03-02T{time}Z INFO Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.\
             eyJleHAiOjE0ODgzMDcxOTF9.xxxxxxxxxxxxxxxxxxxxxxxxxx\n"
        );
        file.write_all(line.as_bytes())?;
        written += line.len() as u64;
        second += 1;
    }
    Ok(written)
}

/// Lines of `length` bytes, each with a refusal and then `unit` again and again.
fn write_lines(file: &mut dyn Write, bytes: u64, unit: &str, length: usize) -> io::Result<u64> {
    let text = b"JWT expired ".iter().chain(unit.as_bytes().iter().cycle()).copied();
    let line: Vec<u8> = text.take(length - 1).chain(*b"\n").collect();
    let lines = bytes / line.len() as u64;
    for _ in 0..lines {
        file.write_all(&line)?;
    }
    Ok(lines)
}

/// Diagnoses `log` and returns the peak memory use.
fn diagnose(log: &Path) -> Result<u64, String> {
    let done = jwtick(["diagnose".as_ref(), "--json".as_ref(), log.as_os_str()]).run();
    match done.json().get("cause") {
        Some(_) => Ok(done.peak.unwrap_or(0)),
        None => Err(done.to_string()),
    }
}

fn count(log: &Path, case: &str) -> Result<(), String> {
    let mut rg = Command::new("rg");
    rg.args(["--no-config", "--count", case]);
    rg.args(WORDS.iter().flat_map(|word| ["-e", word])).arg(log);
    let output = rg.stdin(Stdio::null()).output().map_err(|error| format!("rg: {error}"))?;
    if output.status.success() { Ok(()) } else { Err(format!("rg: {}", output.status)) }
}

fn print_lines(log: &Path) -> Result<(), String> {
    let mut jq = Command::new("jq");
    let output = jq.args(["-cR", "."]).arg(log).stdout(Stdio::null()).status();
    let status = output.map_err(|error| format!("jq: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("jq: {status}")) }
}

fn row(name: &str, bytes: u64, times: &Times, ours: &Times, peak: String) {
    table_row(
        name,
        &[
            format!("{:.3}", bytes as f64 / 1e9 / times.median()),
            format!("{:.0}", times.median() * 1e3),
            format!("{:.2}", times.over(ours)),
            peak,
        ],
    );
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / MIB as f64)
}
