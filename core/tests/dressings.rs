//! The diagnosis of a text does not depend on the form in which it is given.
//!
//! Each text of `fixtures/cases`, and of the collections next to the project if they are there, is read in
//! each dressing, and in pairs of dressings. A list of all differences is written to the target folder.
//! `JWTICK_DRESSING=CASE/DRESSING` prints one dressed text and both diagnoses, with the start of a file's
//! name and the name of a dressing, or `INNER in OUTER` for a pair. `JWTICK_SHARED` names the folder of the
//! collections, if it is another.
#![cfg(test)]

mod exceptions;
pub(crate) mod wardrobe;

use core::fmt::Write as _;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, thread};

use jwtick_core::diagnosis::{ClockFault, Diagnosis};
use jwtick_core::time::Offset;
use jwtick_core::{Diagnoser, Options, Span};

use crate::diagnosis::table::{interval, said};
use crate::is_thorough;
use exceptions::exceptions;
use wardrobe::{Dressing, Rule, WARDROBE};

/// Longer texts say nothing that the others do not, and take minutes.
const LONGEST: usize = 16_384;
/// Pairs of dressings that are tried on each text.
const PAIRS: u64 = 24;
/// A sample diagnoses one in this number of the dressed texts, and each dressing of some text.
const SAMPLE: usize = 32;

/// A text without its encoding, and its diagnosis.
struct Case {
    name: String,
    text: String,
    bare: Diagnosis,
}

/// One dressed text that is diagnosed differently.
struct Difference {
    case: String,
    what: String,
}

#[derive(Default)]
struct Row {
    kept: usize,
    tried: usize,
    lost: Vec<Difference>,
}

type Table = BTreeMap<String, Row>;

fn diagnose(text: &[u8]) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options::default());
    diagnoser.feed(text);
    diagnoser.finish()
}

fn decoded(bytes: &[u8]) -> String {
    let units = |convert: fn([u8; 2]) -> u16| -> Vec<u16> {
        bytes[2..].chunks_exact(2).map(|pair| convert([pair[0], pair[1]])).collect()
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => String::from_utf16_lossy(&units(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => String::from_utf16_lossy(&units(u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    if text.ends_with('\n') { text } else { text + "\n" }
}

fn cases(folder: &Path) -> Vec<Case> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let files = entries.map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = files.filter_map(|file| case(&file)).collect();
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    cases
}

fn case(file: &Path) -> Option<Case> {
    let name = file.file_name()?.to_str()?.to_owned();
    let text = decoded(&fs::read(file).unwrap());
    let is_case = name.starts_with(|first: char| first.is_ascii_digit());
    (is_case && text.len() <= LONGEST).then(|| Case { bare: diagnose(text.as_bytes()), name, text })
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What is compared.
fn conclusion(diagnosis: &Diagnosis) -> String {
    let (cause, fault) = (diagnosis.cause, diagnosis.fault);
    let direction = diagnosis.direction.map_or("", |direction| direction.code());
    let offset = diagnosis.offset.map(interval).unwrap_or_default();
    let if_utc = diagnosis.offset_if_utc.map(interval).unwrap_or_default();
    format!("{cause} {fault:?} {direction} {offset} ({if_utc})")
}

fn is_kept(rule: Rule, bare: &Diagnosis, dressed: &Diagnosis) -> bool {
    // Some dressings cut the fraction off.
    let second = Span::from_secs(1);
    let inside = |outer: Option<Offset>, inner: Option<Offset>| match (outer, inner) {
        (Some(outer), Some(inner)) => {
            outer.least() - second <= inner.least() && inner.most() <= outer.most() + second
        }
        (None, _) => true,
        (Some(_), None) => false,
    };
    let is_same = (bare.cause, bare.fault, bare.direction)
        == (dressed.cause, dressed.fault, dressed.direction);
    match rule {
        Rule::Same => {
            is_same && bare.offset == dressed.offset && bare.offset_if_utc == dressed.offset_if_utc
        }
        Rule::Refined if bare.fault == ClockFault::Open => inside(bare.offset, dressed.offset),
        Rule::Refined => is_same && inside(bare.offset, dressed.offset),
    }
}

/// Selects the dressed texts of a sample. The others count as kept, so that the floors remain true.
fn is_selected(case: &Case, number: usize) -> bool {
    is_thorough() || case.text.len().wrapping_add(number).is_multiple_of(SAMPLE)
}

/// Diagnoses a dressed text, and returns the difference, if there is one.
fn difference(case: &Case, rule: Rule, name: &str, dressed: &[u8]) -> Option<Difference> {
    let met = diagnose(dressed);
    let asked = env::var("JWTICK_DRESSING").is_ok_and(|asked| {
        asked.split_once('/').is_some_and(|(of, by)| case.name.starts_with(of) && by == name)
    });
    if asked {
        let dressed = String::from_utf8_lossy(dressed);
        println!(
            "{}\n{name}:\n{dressed}\nbare:    {}\n         {}\ndressed: {}\n         {}\n{:#?}",
            case.name,
            conclusion(&case.bare),
            said(&case.bare),
            conclusion(&met),
            said(&met),
            met.evidence
        );
    }
    let what = || format!("{} -> {}", conclusion(&case.bare), conclusion(&met));
    (!is_kept(rule, &case.bare, &met)).then(|| Difference { case: case.name.clone(), what: what() })
}

fn note(table: &mut Table, name: &str, difference: Option<Difference>) {
    let row = table.entry(name.to_owned()).or_default();
    row.tried += 1;
    row.kept += usize::from(difference.is_none());
    row.lost.extend(difference);
}

fn try_all(cases: &[Case]) -> Table {
    let mut table = Table::new();
    for case in cases {
        for (number, dressing) in WARDROBE.iter().enumerate() {
            if let Some(dressed) = dressing.dress(&case.text) {
                let difference = is_selected(case, number)
                    .then(|| difference(case, dressing.rule(), dressing.name, &dressed))
                    .flatten();
                note(&mut table, dressing.name, difference);
            }
        }
    }
    table
}

/// Tries pairs that a fixed generator selects. The rows are named after the outer dressing.
fn try_pairs(cases: &[Case]) -> Table {
    let mut table = Table::new();
    for case in cases {
        let seed = case.name.bytes().fold(0xcbf2_9ce4_8422_2325, |seed: u64, byte| {
            (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        for at in 0..PAIRS {
            let (inner, outer) = pair(seed.wrapping_add(at.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
            let rule = if inner.rule() == outer.rule() { inner.rule() } else { Rule::Refined };
            let dressed = inner
                .dress(&case.text)
                .and_then(|text| outer.dress(&String::from_utf8(text).unwrap()));
            if let Some(dressed) = dressed {
                let name = format!("{} in {}", inner.name, outer.name);
                let difference = is_selected(case, usize::try_from(at).unwrap())
                    .then(|| difference(case, rule, &name, &dressed))
                    .flatten();
                note(
                    &mut table,
                    outer.name,
                    difference.map(|it| Difference { case: format!("{} ({name})", it.case), ..it }),
                );
            }
        }
    }
    table
}

fn pair(seed: u64) -> (&'static Dressing, &'static Dressing) {
    // SplitMix64.
    let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let mixed = mixed ^ (mixed >> 31);
    let pick = |number: u64, fits: fn(&Dressing) -> bool| {
        let fitting: Vec<_> = WARDROBE.iter().filter(|dressing| fits(dressing)).collect();
        fitting[usize::try_from(number).unwrap() % fitting.len()]
    };
    (pick(mixed & 0xffff_ffff, Dressing::can_be_inner), pick(mixed >> 32, Dressing::can_be_outer))
}

/// Runs `attempt` on two halves of the cases at the same time.
fn in_halves(cases: &[Case], attempt: fn(&[Case]) -> Table) -> Table {
    let (one, other) = cases.split_at(cases.len() / 2);
    let (mut table, other) = thread::scope(|scope| {
        let other = scope.spawn(|| attempt(other));
        (attempt(one), other.join().unwrap())
    });
    for (name, row) in other {
        let whole = table.entry(name).or_default();
        whole.kept += row.kept;
        whole.tried += row.tried;
        whole.lost.extend(row.lost);
    }
    table
}

/// The columns of the table: own texts, those next to the project, and pairs of dressings of both.
const SETS: [&str; 4] = ["own", "shared", "own, pairs", "shared, pairs"];

/// Prints the table, and writes all differences to the target folder.
fn report(tables: &[Table; 4]) {
    println!("{:<32} | {}", "dressing", SETS.map(|set| format!("{set:>13}")).join(" |"));
    let (mut sums, mut lost) = ([(0, 0); 4], String::new());
    for Dressing { name, .. } in WARDROBE {
        let rows = tables.each_ref().map(|table| table.get(*name));
        let counts = rows.map(|row| row.map_or((0, 0), |row| (row.kept, row.tried)));
        println!("{name:<32} | {}", counts.map(fraction).join(" |"));
        for (set, row) in SETS.iter().zip(rows) {
            for Difference { case, what } in row.map_or(&[][..], |row| &row.lost) {
                writeln!(lost, "{name}, {set}: {case}: {what}").unwrap();
            }
        }
        sums.iter_mut().zip(counts).for_each(|(sum, (kept, tried))| {
            *sum = (sum.0 + kept, sum.1 + tried);
        });
    }
    println!("{:<32} | {}", "all", sums.map(fraction).join(" |"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    if !is_thorough() {
        println!("a sample: `JWTICK_THOROUGH=1` diagnoses all texts in all dressings");
        return;
    }
    fs::write(folder.join("dressings.txt"), lost).unwrap();
    println!("the differences: {}/dressings.txt", folder.display());
}

fn fraction((kept, tried): (usize, usize)) -> String {
    format!("{:>13}", format!("{kept}/{tried}"))
}

/// Returns what has no explanation: a text that is lost in a dressing and is no exception, or whose reason
/// does not hold.
fn complaints(set: &str, table: &Table) -> Vec<String> {
    let mut complaints = Vec::new();
    for (name, row) in table {
        let is_excepted = |difference: &&Difference| {
            exceptions().any(|it| difference.case.starts_with(it.case) && it.dressing == name)
        };
        let lost = row.lost.iter().filter(|difference| !is_excepted(difference));
        complaints.extend(lost.map(|it| format!("{name}, {set}: {}: {}", it.case, it.what)));
    }
    complaints
}

/// Percent of the pairs that keep the answer. Which are tried, and the order of members in them, depend on
/// the packages that are built together, so they have no exceptions of their own.
const PAIRS_KEPT: usize = 93;

/// Returns what is wrong if too many pairs are lost.
fn lost_pairs(set: &str, table: &Table) -> Option<String> {
    let (kept, tried) =
        table.values().fold((0, 0), |sum, row| (sum.0 + row.kept, sum.1 + row.tried));
    (kept * 100 < tried * PAIRS_KEPT).then(|| format!("{set}: kept only {kept} of {tried}"))
}

/// Returns the exceptions whose reason does not hold.
fn unfounded(cases: &[&Case]) -> Vec<String> {
    let mut unfounded = Vec::new();
    for case in cases {
        for exception in exceptions().filter(|it| case.name.starts_with(it.case)) {
            let dressing = WARDROBE.iter().find(|it| it.name == exception.dressing).unwrap();
            if !exception.reason.holds(&case.text, dressing) {
                unfounded
                    .push(format!("{}: {}: the reason does not hold", case.name, dressing.name));
            }
        }
    }
    unfounded
}

/// An exception that is kept is to be removed.
fn unexpected(tables: &[Table; 4], cases: &[&Case]) -> Vec<String> {
    let is_lost = |case: &str, dressing: &str| {
        let rows = tables[..2].iter().filter_map(|table| table.get(dressing));
        rows.flat_map(|row| &row.lost).any(|difference| difference.case.starts_with(case))
    };
    let known = |case: &str| cases.iter().any(|known| known.name.starts_with(case));
    let kept = exceptions().filter(|it| known(it.case) && !is_lost(it.case, it.dressing));
    kept.map(|it| format!("{}: {} is an exception, but is kept", it.dressing, it.case)).collect()
}

#[test]
fn diagnosis_is_the_same_in_every_dressing() {
    let own = cases(&project().join("fixtures/cases"));
    assert!(own.len() > 100, "only {} cases", own.len());
    let shared =
        env::var_os("JWTICK_SHARED").map_or_else(|| project().join("../shared"), PathBuf::from);
    let shared: Vec<_> =
        ["cases", "cases2"].iter().flat_map(|folder| cases(&shared.join(folder))).collect();
    let tables = [
        in_halves(&own, try_all),
        in_halves(&shared, try_all),
        in_halves(&own, try_pairs),
        in_halves(&shared, try_pairs),
    ];
    report(&tables);
    let cases: Vec<_> = own.iter().chain(&shared).collect();
    let sets = || SETS.iter().zip(&tables);
    let singles = sets().take(2).flat_map(|(set, table)| complaints(set, table));
    let pairs = sets().skip(2).filter_map(|(set, table)| lost_pairs(set, table));
    let mut complaints: Vec<_> = singles.chain(pairs).collect();
    complaints.extend(unfounded(&cases));
    if is_thorough() {
        complaints.extend(unexpected(&tables, &cases));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
