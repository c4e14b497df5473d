//! `diagnose` and ripgrep on a log of 256 MB with one relevant line in a thousand. ripgrep searches for
//! words like those that `diagnose` looks for.

use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jwtick_tests::{BusyLog, MIB, jwtick};

use crate::timing::{Times, seconds};
use crate::{Effort, table};

/// The pattern for ripgrep: six words of refusals and of times, in either case, as products print them
/// in both.
const WORDS: [&str; 6] = ["expired", "skew", "not yet valid", "invalid_grant", "date:", "issued"];

/// Case-insensitive, as `diagnose` reads, and the words as written, which is less work.
const CASES: [&str; 2] = ["--ignore-case", "--case-sensitive"];

/// Runs all measurements and prints the table.
pub fn run(effort: Effort) -> Result<(), Box<dyn Error>> {
    let log = write_log(effort.log_bytes)?;
    let (mut ours, mut peak) = (Times::default(), 0);
    let mut theirs = CASES.map(|_| Times::default());
    // A turn takes a second, so a file needs fewer turns than a token.
    for _ in 0..effort.turns.div_ceil(10) {
        let (time, done) = seconds(|| diagnose(&log))?;
        ours.push(time);
        peak = done.max(peak);
        for (case, times) in CASES.into_iter().zip(&mut theirs) {
            let (time, ()) = seconds(|| count(&log, case))?;
            times.push(time);
        }
    }
    fs::remove_file(&log)?;
    print(effort.log_bytes, peak, &ours, &theirs);
    Ok(())
}

fn write_log(bytes: u64) -> io::Result<PathBuf> {
    let path = env::current_exe()?.with_file_name("busy.log");
    let mut file = BufWriter::new(File::create(&path)?);
    io::copy(&mut BusyLog::default().take(bytes), &mut file)?;
    Ok(path)
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

fn print(bytes: u64, peak: u64, ours: &Times, theirs: &[Times]) {
    let title = format!("diagnose a log of {} MiB, 0.1 % relevant", bytes / MIB);
    table::head(&title, &["GB/s", "ms", "× jwtick", "peak MiB"]);
    let row = |name: &str, times: &Times, peak: String| {
        table::row(
            name,
            &[
                format!("{:.2}", bytes as f64 / 1e9 / times.median()),
                format!("{:.0}", times.median() * 1e3),
                format!("{:.2}", times.over(ours)),
                peak,
            ],
        );
    };
    row("jwtick diagnose", ours, mebibytes(peak));
    for (case, times) in CASES.into_iter().zip(theirs) {
        row(&format!("rg -c {case}"), times, String::from("–"));
    }
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / MIB as f64)
}
