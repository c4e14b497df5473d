//! Complete diagnosis of each text of `fixtures/cases`, in `fixtures/tables/diagnoses.tsv`.
//!
//! The manifest next to the texts holds the truth, and the program's tests compare with it. This table
//! also holds the rest, line by line and remedy by remedy, so that a change of the rules shows all its
//! effects. On a difference, the whole new table is written to the target folder for comparison.

use std::fs;
use std::path::{Path, PathBuf};

use jwtick_core::diagnosis::{Diagnosis, Drift, Evidence, LogZone, Reading, ZoneKnowledge};
use jwtick_core::{Diagnoser, Options, UnixTime};

use super::remedies::{length, remedy};
use super::table::{interval, said};

const HEAD: &str =
    "file\tsaid\tif UTC\tzone\treading\tdrift\tevidence\tremedies\tdecider\trefusals\n";

fn diagnose(text: &[u8]) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options { zone: LogZone::Unknown });
    diagnoser.feed(text);
    diagnoser.finish()
}

fn listed<T>(items: impl IntoIterator<Item = T>, say: fn(T) -> String) -> String {
    items.into_iter().map(say).collect::<Vec<_>>().join(", ")
}

fn zone(zone: ZoneKnowledge) -> String {
    match zone {
        ZoneKnowledge::Recovered(ahead) => format!("Recovered {}", length(ahead)),
        other => format!("{other:?}"),
    }
}

fn reading(reading: Reading) -> String {
    let micros = UnixTime::as_micros;
    format!("{} {}", micros(reading.local), micros(reading.reference))
}

fn drift(drift: Drift) -> String {
    format!("{} {} in {}", interval(drift.first), interval(drift.last), length(drift.over))
}

fn evidence(evidence: &Evidence) -> String {
    let instant = evidence.instant.map(|instant| format!(" {}", instant.as_micros()));
    format!("{} {}{}", evidence.line, evidence.kind.code(), instant.unwrap_or_default())
}

fn row(file: &str, diagnosis: &Diagnosis) -> String {
    let columns = [
        file.to_owned(),
        said(diagnosis),
        listed(diagnosis.offset_if_utc, interval),
        zone(diagnosis.zone),
        listed(diagnosis.reading, reading),
        listed(diagnosis.drift, drift),
        listed(&diagnosis.evidence, evidence),
        listed(&diagnosis.remedies, remedy),
        listed(diagnosis.decider, |decider| format!("{decider:?}")),
        diagnosis.refusals.to_string(),
    ];
    format!("{}\n", columns.join("\t"))
}

/// A captured text, as opposed to the files that describe it.
fn is_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_digit())
}

/// The names of all texts, in numerical order.
fn case_names(fixtures: &Path) -> Vec<String> {
    let entries = fs::read_dir(fixtures.join("cases")).unwrap().map(Result::unwrap);
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| is_case(name));
    names.sort();
    names
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

#[test]
fn case_names_start_with_three_digits() {
    for name in case_names(&fixtures()) {
        let number = name.split('-').next().unwrap();
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        assert!(number.len() == 3 && is_number, "expected a name like `007-…`, but found `{name}`");
    }
}

#[test]
fn diagnoses_of_all_cases_match_the_table() {
    let fixtures = fixtures();
    let names = case_names(&fixtures);
    let text = |name: &String| fs::read(fixtures.join("cases").join(name)).unwrap();
    let rows: String = names.iter().map(|name| row(name, &diagnose(&text(name)))).collect();
    let (expected, met) = (fixtures.join("tables/diagnoses.tsv"), format!("{HEAD}{rows}"));
    let expected = fs::read_to_string(expected).unwrap();
    let differs: Vec<_> = expected.lines().zip(met.lines()).filter(|(was, is)| was != is).collect();
    let left = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diagnoses.tsv");
    fs::write(&left, &met).unwrap();
    assert!(expected == met, "{differs:#?}\nall of it is in {}", left.display());
}
