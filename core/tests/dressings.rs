//! The diagnosis of a text does not depend on the form in which it is given.
//!
//! Each text of `fixtures/cases`, and of the collections next to the project if they are there, is read in
//! each dressing, and in pairs of dressings. A list of all differences is written to the target folder.
//! `JWTICK_DRESSING=CASE/DRESSING` prints one dressed text and both diagnoses, with the start of a file's
//! name and the name of a dressing, or `INNER in OUTER` for a pair. `JWTICK_SHARED` names the folder of the
//! collections, if it is another.
#![cfg(test)]

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

/// Prints the table, and writes all differences and the floors to the target folder.
fn report(tables: &[Table; 4]) {
    println!("{:<32} | {}", "dressing", SETS.map(|set| format!("{set:>13}")).join(" |"));
    let (mut sums, mut lost, mut floors) = ([(0, 0); 4], String::new(), String::new());
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
        if counts.iter().any(|(kept, tried)| kept < tried) {
            writeln!(floors, "    ({name:?}, {:?}),", counts.map(|(kept, _)| kept)).unwrap();
        }
    }
    println!("{:<32} | {}", "all", sums.map(fraction).join(" |"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    if !is_thorough() {
        println!("a sample: `JWTICK_THOROUGH=1` diagnoses all texts in all dressings");
        return;
    }
    fs::write(folder.join("dressings.txt"), lost).unwrap();
    fs::write(folder.join("floors.rs"), floors).unwrap();
    println!(
        "the differences, and rows for FLOORS: {}/{{dressings.txt,floors.rs}}",
        folder.display()
    );
}

fn fraction((kept, tried): (usize, usize)) -> String {
    format!("{:>13}", format!("{kept}/{tried}"))
}

/// A dressing without a floor keeps all diagnoses but its exceptions.
fn complaint(name: &str, row: &Row, column: usize) -> Option<String> {
    let is_excepted = |difference: &&Difference| {
        exceptions().any(|(case, dressing)| {
            let is_inner = || difference.case.contains(&format!("({dressing} in "));
            difference.case.starts_with(case) && (dressing == name || is_inner())
        })
    };
    let excepted = row.lost.iter().filter(is_excepted).count();
    let floor = FLOORS.iter().find(|(floor, _)| *floor == name);
    let floor = floor.map_or(row.tried, |(_, floors)| floors[column]);
    let Row { kept, tried, .. } = row;
    (kept + excepted < floor).then(|| {
        format!("{name}, {}: expected at least {floor}, but kept {kept} of {tried}", SETS[column])
    })
}

/// An exception that is kept is to be removed.
fn unexpected(tables: &[Table; 4], cases: &[Case]) -> Vec<String> {
    let is_lost = |case: &str, dressing: &str| {
        let rows = tables.iter().filter_map(|table| table.get(dressing));
        rows.flat_map(|row| &row.lost).any(|difference| difference.case.starts_with(case))
    };
    let known = |case: &str| cases.iter().any(|known| known.name.starts_with(case));
    let kept = exceptions().filter(|(case, dressing)| known(case) && !is_lost(case, dressing));
    kept.map(|(case, dressing)| format!("{dressing}: {case} is an exception, but is kept"))
        .collect()
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
    let rows = tables.iter().enumerate();
    let rows =
        rows.flat_map(|(column, table)| table.iter().map(move |(name, row)| (name, row, column)));
    let mut complaints: Vec<_> =
        rows.filter_map(|(name, row, column)| complaint(name, row, column)).collect();
    if is_thorough() {
        complaints.extend(unexpected(&tables, &own));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The start of a text's name, dressings, and the reason why the diagnosis may differ.
const EXCEPTIONS: &[(&str, &[&str], &str)] = &[
    (
        "043-home-assistant-pi-no-rtc",
        &["info between"],
        "the record that is put before the step has the time of the clock after it",
    ),
    (
        "062-keycloak-js-browser-ahead",
        OTHER_AUTHORS,
        "the browser's only lines follow the name of another program, which may quote it",
    ),
    (
        "063-keycloak-js-no-difference",
        OTHER_AUTHORS,
        "the browser's only lines follow the name of another program, which may quote it",
    ),
];

/// Dressings that start each line with the name of a program or of a person.
const OTHER_AUTHORS: &[&str] = &[
    "IRC",
    "Teams, one message each",
    "app:",
    "app:dev:",
    "git blame",
    "initials",
    "logcat, brief",
    "logcat, tag",
    "npm ERR!",
    "remote:",
    "tab-separated, no time",
    "terraform",
];

/// Each exception: the start of a text's name, and the dressing.
fn exceptions() -> impl Iterator<Item = (&'static str, &'static str)> {
    EXCEPTIONS.iter().flat_map(|&(case, dressings, _)| dressings.iter().map(move |it| (case, *it)))
}

/// The least number of diagnoses that a dressing keeps: of the project's own texts, of those next to the
/// project, and of both in pairs of which it is the outer one. A dressing without a row keeps all.
/// The pairs depend on the order in which serde_json keeps members, which differs with the packages that are
/// built together; the smaller number counts.
#[rustfmt::skip] // One row per dressing.
const FLOORS: &[(&str, [usize; 4])] = &[
    ("UTF-16BE", [144, 53, 9, 5]),
    ("fence of Markdown", [144, 53, 6, 5]),
    ("fence of Jira, {noformat}", [144, 53, 12, 5]),
    ("<pre>", [144, 53, 15, 4]),
    ("twice", [136, 50, 14, 5]),
    ("indented by a tab", [144, 53, 15, 7]),
    ("quoted twice, >>", [144, 53, 20, 3]),
    ("list with *", [141, 51, 15, 6]),
    ("diff with +", [143, 52, 18, 2]),
    ("numbers with a bar", [144, 53, 19, 5]),
    ("cat -n", [144, 53, 12, 5]),
    ("colour around lines", [144, 53, 10, 6]),
    ("noise between", [133, 46, 13, 6]),
    ("info between", [62, 22, 2, 1]),
    ("grep -n", [144, 53, 8, 3]),
    ("grep -nA", [143, 53, 13, 4]),
    ("Select-String", [144, 53, 15, 5]),
    ("Select-String, context", [143, 53, 26, 5]),
    ("Jenkins", [43, 11, 0, 0]),
    ("ts", [39, 8, 1, 0]),
    ("script", [144, 53, 14, 8]),
    ("less -N", [133, 50, 4, 5]),
    ("docker json-file", [144, 53, 13, 6]),
    ("kubectl --timestamps", [44, 11, 2, 0]),
    ("journalctl", [38, 10, 1, 1]),
    ("journalctl -o short-iso", [44, 10, 1, 1]),
    ("journalctl -o cat in JSON", [144, 53, 19, 5]),
    ("journalctl -o export", [43, 11, 2, 0]),
    ("syslog, RFC 3164", [38, 10, 4, 0]),
    ("syslog, RFC 5424", [44, 10, 1, 0]),
    ("logfmt", [144, 53, 13, 8]),
    ("JSON message", [144, 53, 8, 5]),
    ("JSON jsonPayload.message", [144, 53, 12, 5]),
    ("JSON over lines", [142, 50, 13, 4]),
    ("JSON over lines, in a list", [142, 50, 8, 5]),
    ("cells of CSV", [144, 53, 11, 9]),
    ("JSON string", [138, 50, 11, 6]),
    ("JSON string, CRLF", [138, 50, 18, 6]),
    ("JSON string in a JSON string", [144, 51, 11, 4]),
    ("bytes of Python", [138, 50, 9, 4]),
    ("string of Java", [138, 50, 19, 1]),
    ("##[error]", [141, 50, 14, 3]),
    ("##[warning]", [142, 50, 12, 4]),
    ("::error::", [141, 50, 12, 7]),
    ("logcat, brief", [144, 52, 17, 5]),
    ("logcat, tag", [144, 52, 10, 3]),
    ("terraform", [144, 52, 13, 5]),
    ("terraform, box", [144, 53, 8, 4]),
    ("comment //", [144, 52, 13, 5]),
    ("comment #", [144, 52, 15, 5]),
    ("comment --", [144, 52, 16, 2]),
    ("initials", [144, 52, 14, 8]),
    ("[app]", [143, 52, 12, 1]),
    ("[app:12]", [143, 52, 17, 4]),
    ("[INFO]", [143, 52, 20, 4]),
    ("app:", [144, 52, 8, 5]),
    ("app:dev:", [144, 52, 14, 8]),
    ("docker build", [144, 52, 15, 3]),
    ("IRC", [144, 52, 11, 1]),
    ("bar of dots", [144, 52, 18, 10]),
    ("Org", [144, 52, 9, 4]),
    ("jest", [144, 52, 15, 5]),
    ("npm ERR!", [144, 52, 14, 5]),
    ("remote:", [144, 52, 19, 4]),
    ("logger of a test", [144, 53, 14, 8]),
    ("nl -s", [141, 53, 15, 2]),
    ("bat", [144, 52, 13, 5]),
    ("cat -A", [144, 53, 9, 2]),
    ("brackets around a number", [143, 52, 18, 2]),
    ("git blame", [144, 52, 15, 7]),
    ("GitHub Actions", [44, 11, 3, 0]),
    ("gh run view", [44, 11, 2, 1]),
    ("GitLab", [43, 9, 1, 0]),
    ("TeamCity", [42, 10, 1, 0]),
    ("logcat", [42, 10, 2, 0]),
    ("cf logs", [41, 10, 1, 0]),
    ("foreman", [44, 11, 1, 0]),
    ("journalctl -o short-full", [44, 10, 1, 0]),
    ("journalctl -o short-monotonic", [116, 46, 9, 3]),
    ("journalctl -o short-iso-precise", [44, 10, 2, 0]),
    ("journalctl -o verbose", [43, 10, 0, 0]),
    ("iOS", [42, 11, 2, 0]),
    ("tab-separated, text first", [142, 52, 17, 5]),
    ("tab-separated, no time", [144, 52, 11, 5]),
    ("fluentd", [44, 10, 2, 1]),
    ("fluent-bit", [12, 1, 0, 0]),
    ("stamp and level", [43, 9, 1, 0]),
    ("stamp and thread", [43, 10, 2, 1]),
    ("Insights", [44, 11, 3, 0]),
    ("gcloud, YAML", [41, 9, 3, 0]),
    ("Event Viewer, XML", [132, 48, 10, 5]),
    ("wevtutil, text", [144, 53, 16, 4]),
    ("stdout_lines", [134, 49, 12, 4]),
    ("ansible, FAILED!", [133, 48, 12, 4]),
    ("ansible, stderr", [133, 48, 5, 6]),
    ("Python repr", [143, 49, 7, 3]),
    ("Python repr, a line each", [144, 53, 13, 8]),
    ("asciinema", [144, 53, 11, 7]),
    ("JSON, stdout", [141, 50, 9, 2]),
    ("JSON, output", [141, 50, 7, 4]),
    ("JSON, an unknown member", [139, 49, 7, 2]),
    ("pairs, an unknown member", [138, 49, 12, 6]),
    ("<br/>, one line", [144, 51, 15, 4]),
    ("<td>", [144, 53, 14, 9]),
    ("Slack, name and time", [144, 53, 12, 6]),
    ("Teams, one message each", [144, 52, 18, 1]),
    ("mail, Date", [144, 53, 13, 1]),
    ("mail, On … wrote", [143, 53, 16, 4]),
    ("quoted-printable", [79, 23, 7, 2]),
    ("AsciiDoc", [144, 53, 11, 7]),
    ("fence of Trac", [144, 53, 15, 5]),
    ("table of Markdown", [144, 52, 12, 6]),
    ("heredoc", [144, 53, 12, 12]),
    ("tail -f", [144, 53, 13, 4]),
    ("YAML, quoted list", [134, 46, 16, 3]),
    ("YAML, message: |-", [144, 53, 8, 3]),
    ("pane of tmux", [138, 50, 9, 4]),
    ("blank lines between", [143, 51, 15, 3]),
    ("GitHub group", [44, 11, 4, 0]),
    ("Caused by", [133, 49, 8, 5]),
    ("wrapped at 160", [67, 27, 0, 0]),
    ("wrapped at 120", [86, 36, 0, 0]),
    ("wrapped at 100", [94, 37, 0, 0]),
    ("wrapped at 80", [101, 37, 0, 0]),
    ("folded at 160", [70, 30, 0, 0]),
    ("folded at 120", [89, 37, 0, 0]),
    ("folded at 100", [101, 36, 0, 0]),
    ("folded at 80", [109, 41, 0, 0]),
    ("quoted and wrapped", [94, 40, 0, 0]),
];
