//! Comparison of diagnoses with the truth, counted in a table.

use core::fmt;
use std::collections::BTreeMap;

use jwtick_core::diagnosis::{Cause, Certainty, ClockFault, Diagnosis, Possibility};
use jwtick_core::time::{Direction, Offset};
use jwtick_core::{Diagnoser, Options, Span};

use super::Draw;
use super::log::written;
use super::scene::{Kind, Objection, SECOND, Scene};
use crate::diagnosis::table::said;
use crate::proofs::{complaint, reservation_complaint};

/// A larger error is a fault of its own, whatever was refused: no judge tolerates more (RFC 4120 §1.6).
const TOLERATED: i64 = 300 * SECOND;
/// A clock that is off by more is said to be wrong, though not with certainty, next to a refusal whose
/// limits the log does not show: it may have caused the refusal, and has to be set in any case.
const PLAIN: i64 = 30 * SECOND;
/// The precision of a log whose lines are written up to 5 s after an answer of whole seconds, in which
/// the validity of what was refused is not shown. That the end lies within these seconds is a coincidence
/// which no such log excludes, so it is called likely that a clock that may be right is right.
const PRECISION: i64 = 10 * SECOND;

/// A false word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    /// A clock is blamed although it is right.
    Accusation,
    /// No clock is blamed although the exchange would have passed with a right one.
    Acquittal,
    /// The interval does not contain the offset, or the direction is wrong.
    Unsound,
    /// It is called proven without a proof, or the text does not confirm the proof.
    Unproven,
    /// It is called proven, and is false in another world whose log has the same text.
    Refuted,
    /// It is likely without an assumption, or undetermined and does not list the truth.
    Unlisted,
    /// A further line that contradicts nothing makes the answer less definite.
    Weakened,
}

/// Counts for one kind of exchange.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    logs: u64,
    /// Logs that show both clocks and the times of what was refused.
    decidable: u64,
    decided: u64,
    decided_decidable: u64,
    /// Logs whose diagnosis has a proof, each of which is checked.
    proofs: u64,
    /// Other worlds in which the text of a proven diagnosis is written as well.
    others: u64,
}

/// Number of logs of one kind, and the length and the text of the shortest.
type Found = (u64, u64, String);
/// A fault, whether it was called proven, the kind of exchange and the stated cause.
type Key = (Fault, bool, Kind, String);

/// All logs so far.
#[derive(Default)]
pub(crate) struct Table {
    rows: BTreeMap<Kind, Row>,
    /// The number of faults, and the shortest log with each.
    faults: BTreeMap<Key, Found>,
    open: BTreeMap<String, Found>,
}

fn diagnose(text: &str) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options::default());
    diagnoser.feed(text.as_bytes());
    diagnoser.finish()
}

impl Table {
    /// Writes, reads and judges one log.
    pub(crate) fn add(&mut self, seed: u64) {
        let (scene, objection) = Scene::refused(&mut Draw::new(seed));
        let text = written(&scene, objection);
        let diagnosis = diagnose(&text);
        let row = self.rows.entry(scene.kind).or_default();
        let decided = diagnosis.fault != ClockFault::Open;
        let decidable = is_decidable(&scene, objection);
        row.logs += 1;
        row.decidable += u64::from(decidable);
        row.decided += u64::from(decided);
        row.decided_decidable += u64::from(decided && decidable);
        row.proofs += u64::from(diagnosis.proof.is_some());
        let others = match diagnosis.certainty {
            Certainty::Proven => others(&scene, objection, &text, seed),
            Certainty::Likely | Certainty::Weak => Vec::new(),
        };
        row.others += u64::try_from(others.len()).unwrap();
        let refuted = others.iter().find(|other| !faults(other, &diagnosis).is_empty());
        let complaint = complaint(text.as_bytes(), &diagnosis).unwrap_or_default();
        let mut faults = faults(&scene, &diagnosis);
        faults.extend(refuted.map(|_| Fault::Refuted));
        faults.extend((!complaint.is_empty()).then_some(Fault::Unproven));
        if seed.is_multiple_of(4) {
            faults.extend(faults_of_longer(&text, &scene, &diagnosis));
        }
        let said = said(&diagnosis);
        let shown = |text: &str| {
            let (offset, left) = (scene.offset, &diagnosis.possibilities);
            format!(
                "{complaint} {refuted:?} {left:?}\nseed {seed}, offset {offset} µs, {scene:?}\n{text}{said}\n"
            )
        };
        if decidable && !decided {
            let key = format!("{:?} {objection:?} {:?}", scene.kind, diagnosis.decider);
            note(&mut self.open, key, &text, shown);
        }
        for fault in faults {
            let proven = diagnosis.certainty == Certainty::Proven;
            let key = (fault, proven, scene.kind, diagnosis.cause.to_string());
            note(&mut self.faults, key, &text, shown);
        }
    }

    /// The number of false words.
    pub(crate) fn false_words(&self) -> usize {
        self.faults.values().map(|(times, ..)| usize::try_from(*times).unwrap()).sum()
    }

    /// The shortest log of each kind of fault, at most `count`.
    pub(crate) fn smallest(&self, count: usize) -> String {
        let mut all: Vec<_> = self.faults.iter().collect();
        all.sort_by_key(|(_, (times, ..))| core::cmp::Reverse(*times));
        let one = |(key, (times, _, log)): &(&_, &Found)| format!("{times} × {key:?}\n{log}\n");
        let faults: String = all.iter().take(count).map(one).collect();
        let mut open: Vec<_> = self.open.iter().collect();
        open.sort_by_key(|(_, (times, ..))| core::cmp::Reverse(*times));
        let one =
            |(key, (times, _, log)): &(&String, &Found)| format!("{times} × open: {key}\n{log}\n");
        let open: String = open.iter().take(count).map(one).collect();
        format!("{faults}{open}")
    }
}

fn note<K: Ord>(held: &mut BTreeMap<K, Found>, key: K, text: &str, shown: impl Fn(&str) -> String) {
    let length = u64::try_from(text.len()).unwrap();
    let entry = held.entry(key).or_insert_with(|| (0, u64::MAX, String::new()));
    entry.0 += 1;
    if length < entry.1 {
        (entry.1, entry.2) = (length, shown(text));
    }
}

fn contains(offset: Offset, micros: i64) -> bool {
    offset.contains(Span::from_micros(micros))
}

fn faults(scene: &Scene, diagnosis: &Diagnosis) -> Vec<Fault> {
    let mut faults = Vec::new();
    if reservation_complaint(diagnosis).is_some() || !is_listed(scene, diagnosis) {
        faults.push(Fault::Unlisted);
    }
    let blames_server = diagnosis.cause == Cause::RemoteClock;
    let is_proven = diagnosis.certainty == Certainty::Proven;
    let is_off = scene.offset.abs() > if is_proven { TOLERATED } else { PLAIN };
    if diagnosis.fault == ClockFault::Found
        && (blames_server || (scene.is_refused_anyway() && !is_off))
    {
        faults.push(Fault::Accusation);
    }
    let is_coincidence = !is_proven && !scene.shows_validity() && scene.offset.abs() < PRECISION;
    let passes = scene.passes_with_right_clock();
    if diagnosis.fault == ClockFault::Cleared && passes && !is_coincidence {
        faults.push(Fault::Acquittal);
    }
    let wrong_way = match diagnosis.direction {
        Some(Direction::Behind) => scene.offset < 0,
        Some(Direction::Ahead) => scene.offset > 0,
        None => false,
    };
    let excluded = diagnosis.offset.is_some_and(|offset| !contains(offset, scene.offset));
    let in_utc = scene.zone == 0 || scene.form.is_instant();
    let excluded_in_utc =
        in_utc && diagnosis.offset_if_utc.is_some_and(|it| !contains(it, scene.offset));
    if wrong_way || excluded || excluded_in_utc {
        faults.push(Fault::Unsound);
    }
    faults
}

/// Returns `true` if the diagnosis decides, or the true reading of the log is among those that remain.
fn is_listed(scene: &Scene, diagnosis: &Diagnosis) -> bool {
    let truth = match scene.kind {
        _ if !scene.is_refused_anyway() && scene.offset > 0 => Possibility::LocalBehind,
        _ if !scene.is_refused_anyway() => Possibility::LocalAhead,
        Kind::Assertion | Kind::Signature => Possibility::LateRequest,
        Kind::Bearer | Kind::Verifier => Possibility::Expired,
        Kind::Certificate => Possibility::Certificate,
    };
    let is_open = diagnosis.fault == ClockFault::Open && diagnosis.refusals > 0;
    !is_open || diagnosis.possibilities.contains(&truth)
}

/// Returns `true` if the log shows both clocks and the validity of what was refused, in words about time
/// that some product prints, and the truth does not hang on what no log shows: the judge's tolerance.
fn is_decidable(scene: &Scene, objection: Objection) -> bool {
    // Words that name no time, or none that was missed.
    const SILENT: &[&str] =
        &["the gateway", "\"invalid_grant\"}", "401 Unauthorized", "RequestTimeTooSkewed"];
    let words = super::wording::words(scene, objection);
    let is_silent =
        |it: &&str| words.ends_with(*it) || words.starts_with("the ") && words.contains(*it);
    let states_limit = words.contains(" min.)") || words.contains("recv_window");
    let shows_validity = scene.shows_validity() || objection == Objection::NotBegun;
    scene.form.is_instant()
        && scene.shown.date
        && shows_validity
        && scene.kind != Kind::Certificate
        && !SILENT.iter().any(is_silent)
        && (states_limit || !scene.hangs_on_tolerance(objection))
}

/// The log with one more line before it and one more after it.
fn longer(text: &str, scene: &Scene) -> String {
    let line = |at: i64| {
        let quiet = super::log::stamped(scene, at - scene.offset, "INFO health check passed");
        format!("{quiet}\n")
    };
    format!("{}{text}{}", line(scene.made - 40 * SECOND), line(scene.logged() + 20 * SECOND))
}

/// The faults of the diagnosis of a log with further lines.
fn faults_of_longer(text: &str, scene: &Scene, first: &Diagnosis) -> Vec<Fault> {
    let longer = longer(text, scene);
    let second = diagnose(&longer);
    let is_unproven = complaint(longer.as_bytes(), &second).is_some();
    let weakened = is_weaker(first, &second).then_some(Fault::Weakened);
    weakened.into_iter().chain(is_unproven.then_some(Fault::Unproven)).collect()
}

fn is_within(offset: Offset, held: Offset) -> bool {
    held.least() <= offset.least() && offset.most() <= held.most()
}

fn is_weaker(first: &Diagnosis, second: &Diagnosis) -> bool {
    first.fault != ClockFault::Open
        && (second.fault != first.fault
            || second.certainty < first.certainty
            || second.offset.zip(first.offset).is_some_and(|(it, held)| !is_within(it, held)))
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "kind         logs  decided  decidable  of these decided  proofs  other worlds"
        )?;
        for (kind, row) in &self.rows {
            let percent = |part: u64, whole: u64| 100 * part / whole.max(1);
            writeln!(
                f,
                "{:<11} {:>5}  {:>5} %  {:>9}  {:>14} %  {:>6}  {:>12}",
                format!("{kind:?}"),
                row.logs,
                percent(row.decided, row.logs),
                row.decidable,
                percent(row.decided_decidable, row.decidable),
                row.proofs,
                row.others,
            )?;
        }
        let count = |fault: Fault, proven: bool| -> u64 {
            let these = self.faults.iter().filter(|(key, _)| key.0 == fault && key.1 == proven);
            these.map(|(_, (times, ..))| times).sum()
        };
        writeln!(f, "             likely  proven")?;
        for fault in [
            Fault::Accusation,
            Fault::Acquittal,
            Fault::Unsound,
            Fault::Unproven,
            Fault::Refuted,
            Fault::Unlisted,
            Fault::Weakened,
        ] {
            let name = format!("{fault:?}");
            writeln!(f, "{name:<11} {:>7}  {:>6}", count(fault, false), count(fault, true))?;
        }
        Ok(())
    }
}

// Other worlds whose logs have the same text: what is proven by the text is true in all of them.

const MINUTE: i64 = 60 * SECOND;

/// Number of worlds that are tried for a log. Most of them write another text.
const TRIED: usize = 8;

/// Scenes that `text`, the log of `scene`, leaves possible as well.
fn others(scene: &Scene, objection: Objection, text: &str, seed: u64) -> Vec<Scene> {
    let mut draw = Draw::new(!seed);
    let drawn = (0..TRIED).map(|_| other(scene, &mut draw));
    let is_possible = |it: &Scene| {
        it.objection(it.offset) == Some(objection)
            && !it.looks_like_zone()
            && written(it, objection) == text
    };
    drawn.filter(is_possible).collect()
}

fn other(scene: &Scene, draw: &mut Draw) -> Scene {
    let mut it = scene.clone();
    match draw.between(0, 5) {
        // The host is configured for another zone.
        0 => {
            it.zone = draw.between(-48, 56) * 15 * 60;
            it.offset += (it.zone - scene.zone) * SECOND;
        }
        // The servers have another time, by less than a second or by much.
        1 => later(&mut it, draw.signed(0, SECOND)),
        2 => later(&mut it, draw.signed(0, 600 * MINUTE)),
        // The judge tolerates more or less.
        3 => it.leeway = draw.between(0, 600),
        // The answer was written earlier or later.
        4 => {
            let apart = draw.between(1_000, scene.there + scene.back - 1_000);
            (it.there, it.back) = (apart, scene.there + scene.back - apart);
        }
        _ => {
            it.leeway = draw.between(0, 30);
            later(&mut it, draw.signed(0, 300_000));
        }
    }
    it
}

/// Moves all that does not happen by the local clock.
const fn later(scene: &mut Scene, by: i64) {
    scene.made += by;
    scene.offset += by;
    scene.age += by;
}
