//! Diagnoses without the rows of a product: what the general wordings find on their own.
//!
//! Most products are in no catalogue, so a diagnosis must not depend on their rows. Each case is read
//! once without the rows of each product that occurs in it, and once without any row. The fault and
//! the direction must be found in most of them, and none may state anything false.

use core::fmt::Write as _;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use jwtick_core::diagnosis::{ClockFault, Diagnosis};
use jwtick_core::evidence::{Rows, products};
use jwtick_core::{Diagnoser, Options, Span};
use serde::Deserialize;

use crate::is_thorough;

/// The truth about one text.
#[derive(Debug, Deserialize)]
struct Case {
    id: String,
    file: PathBuf,
    cause: String,
    clock_fault: Option<bool>,
    offset_true: Option<f64>,
    offset_tol: Option<f64>,
    direction: Option<String>,
    #[serde(default)]
    also: Vec<String>,
}

/// The causes of a clock fault.
const FAULTS: &[&str] = &["local-clock", "clock-unset", "remote-clock", "peer-clocks"];

impl Case {
    /// Returns `true` if `cause` is right, or counts as right.
    fn accepts(&self, cause: &str) -> bool {
        cause == self.cause || self.also.iter().any(|also| also == cause)
    }

    /// Returns `true` if the fault and the direction are those of the truth.
    fn is_found(&self, said: &Diagnosis) -> bool {
        let direction = said.direction.map(|direction| direction.code());
        let right = self.accepts(said.cause.code()) || fault(said.fault) == self.clock_fault;
        let other = said.cause.code() != self.cause && self.accepts(said.cause.code());
        let towards = direction == self.direction.as_deref() || (direction.is_none() && other);
        right && fault(said.fault).is_some() && towards
    }

    /// Returns what `said` states that is not true.
    fn falsehood(&self, said: &Diagnosis) -> Option<String> {
        let (cause, says) = (said.cause.code(), fault(said.fault));
        let may_be = |wrong: bool| {
            self.clock_fault == Some(wrong)
                || self.also.iter().any(|also| FAULTS.contains(&also.as_str()) == wrong)
                || self.accepts(cause)
        };
        if says.is_some_and(|wrong| !may_be(wrong)) {
            return Some(format!("{cause}, but the truth is {}", self.cause));
        }
        let direction = said.direction.map(|direction| direction.code());
        if direction.is_some_and(|it| self.direction.as_ref().is_some_and(|truth| it != truth)) {
            return Some(format!("{direction:?} instead of {:?}", self.direction));
        }
        let (truth, offset) = (self.offset_true?, said.offset?);
        let tolerance = micros(self.offset_tol.unwrap_or_default());
        let truth = micros(truth);
        let least = offset.least().as_micros().saturating_sub(tolerance);
        let most = offset.most().as_micros().saturating_add(tolerance);
        let excludes = |ends: (i64, i64)| truth < ends.0 || ends.1 < truth;
        excludes((least, most)).then(|| format!("{offset:?} excludes {truth} µs"))
    }
}

/// Converts a time of the manifest.
fn micros(seconds: f64) -> i64 {
    let text = format!("{seconds:.6}");
    let (secs, fraction) = text.split_once('.').unwrap();
    let digits = format!("{secs}{fraction}");
    Span::from_micros(digits.parse().unwrap()).as_micros()
}

fn fault(fault: ClockFault) -> Option<bool> {
    match fault {
        ClockFault::Found => Some(true),
        ClockFault::Cleared => Some(false),
        _ => None,
    }
}

fn diagnose(text: &[u8], rows: Rows<'_>) -> Diagnosis {
    let mut diagnoser = Diagnoser::with_rows(Options::default(), rows);
    diagnoser.feed(text);
    diagnoser.finish()
}

/// The folders that hold cases. Those next to the project may be missing, and `JWTICK_CASES` names
/// another folder that holds folders of cases.
fn folders() -> impl Iterator<Item = PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let more = env::var_os("JWTICK_CASES").map_or_else(|| root.join("../../shared"), PathBuf::from);
    let all = [root.join("../fixtures/cases"), more.join("cases"), more.join("cases2")];
    all.into_iter().filter(|folder| folder.is_dir())
}

fn cases(folder: &Path) -> Vec<(Case, Vec<u8>)> {
    let manifest = fs::read_to_string(folder.join("manifest.ndjson")).unwrap();
    let cases = manifest.lines().map(|line| serde_json::from_str::<Case>(line).unwrap());
    cases
        .map(|case| (fs::read(folder.join(&case.file)).unwrap(), case))
        .map(|(t, c)| (c, t))
        .collect()
}

/// The results without some rows.
#[derive(Default)]
struct Table {
    found: usize,
    all: usize,
    missed: usize,
    lines: String,
    falsehoods: Vec<String>,
}

impl Table {
    /// Adds the diagnosis of a case. `is_missed` means that the complete catalogue does not find the
    /// truth either, which is no fault of the general wordings.
    fn add(&mut self, case: &Case, without: &str, is_missed: bool, said: &Diagnosis) {
        if case.clock_fault.is_some() && is_missed {
            self.missed += 1;
            if without == "all rows" {
                writeln!(self.lines, "  {:<5} is missed by all rows, too", case.id).unwrap();
            }
            return;
        }
        let found = case.is_found(said) || case.clock_fault.is_none();
        let falsehood = case.falsehood(said);
        if case.clock_fault.is_some() {
            self.all += 1;
            self.found += usize::from(found);
        }
        if !found || falsehood.is_some() {
            let wrong = falsehood.as_deref().unwrap_or("not found");
            let (id, truth, met) = (&case.id, &case.cause, said.cause.code());
            let truth = format!("{truth} {:?}", case.direction);
            let met = format!("{met} {:?}", said.direction.map(|direction| direction.code()));
            writeln!(self.lines, "  {id:<5} {without:<24} {truth:<30} {met:<30} {wrong}").unwrap();
        }
        self.falsehoods
            .extend(falsehood.map(|what| format!("{} without {without}: {what}", case.id)));
    }

    fn is_found_in(&self, percent: usize) -> bool {
        self.found * 100 >= self.all * percent
    }

    fn print(&self, title: &str) {
        let Self { found, all, missed, lines, .. } = self;
        println!(
            "{title}: fault and direction in {found} of {all}, and {missed} missed by all rows"
        );
        print!("{lines}");
    }
}

/// Returns `true` for a case in which the complete catalogue does not find the truth either.
fn is_missed_by_all_rows(case: &Case, text: &[u8]) -> bool {
    let said = diagnose(text, Rows::All);
    !case.is_found(&said) || case.falsehood(&said).is_some()
}

#[test]
fn general_wordings_find_faults_without_the_rows_of_a_product() {
    let (mut one, mut none) = (Table::default(), Table::default());
    for folder in folders() {
        for (case, text) in cases(&folder) {
            let mut names = BTreeSet::new();
            products(&text, |name| {
                names.insert(name);
            });
            let missed = case.clock_fault.is_some() && is_missed_by_all_rows(&case, &text);
            for name in names.into_iter().filter(|_| is_thorough()) {
                one.add(&case, name, missed, &diagnose(&text, Rows::Without(name)));
            }
            none.add(&case, "all rows", missed, &diagnose(&text, Rows::None));
        }
    }
    one.print("without the rows of one product");
    none.print("without any row");
    assert!(one.falsehoods.is_empty(), "{:#?}", one.falsehoods);
    assert!(none.falsehoods.is_empty(), "{:#?}", none.falsehoods);
    assert!(one.is_found_in(85) && none.is_found_in(75), "see the tables above");
}
