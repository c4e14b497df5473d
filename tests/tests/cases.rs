//! `jwtick diagnose` on texts whose truth is known.
//!
//! The clock fault must be right in every one: a wrong accusation makes people repair what is not
//! broken. A cause may be missed or left open for a reason in the manifest; a case that has a reason
//! but passes fails too. Every answer fits the schema, and an undetermined one says how to find out.
#![cfg(test)]

use std::path::Path;
use std::sync::LazyLock;

use jwtick_tests::{Case, Interval, Outcome, Schema, diagnosed, fixture, shared_cases};
use serde::Deserialize;

/// The fields of `diagnose --json` that are compared; the others are ignored.
#[derive(Debug, Deserialize)]
struct Stated {
    cause: String,
    clock_fault: Option<bool>,
    offset_s: Option<Interval>,
    offset_if_utc_s: Option<Interval>,
    direction: Option<String>,
    certainty: String,
}

/// One line of the printed table.
struct Row {
    id: String,
    cause_right: bool,
    complaints: Vec<String>,
}

#[test]
fn diagnoses_own_cases_correctly() {
    let cases = Case::load(&fixture("cases")).unwrap();
    let rows = run(&fixture("cases"), &cases);
    let missed: Vec<_> = rows
        .iter()
        .zip(&cases)
        .filter(|(row, case)| row.cause_right == case.known_miss.is_some())
        .map(|(_, case)| (&case.id, case.known_miss.as_deref().unwrap_or("should be right")))
        .collect();
    assert!(missed.is_empty(), "causes missed, or known as missed and right: {missed:?}");
    assert_nothing_wrong(&rows);
}

#[test]
fn diagnoses_shared_cases_correctly() {
    let Some(folder) = shared_cases() else {
        println!("no ../shared beside the project: nothing to do");
        return;
    };
    let cases = Case::load(&folder).unwrap();
    let rows = run(&folder, &cases);
    // 24 of 26, and the same share as the collection grows.
    let missed = rows.iter().filter(|row| !row.cause_right).count();
    assert!(missed * 13 <= rows.len(), "{missed} of {} causes missed", rows.len());
    assert_nothing_wrong(&rows);
}

fn run(folder: &Path, cases: &[Case]) -> Vec<Row> {
    assert!(!cases.is_empty(), "no case in {}", folder.display());
    let rows: Vec<_> = cases.iter().map(|case| try_case(folder, case)).collect();
    for row in rows.iter().filter(|row| !row.cause_right || !row.complaints.is_empty()) {
        let cause = if row.cause_right { "" } else { "cause missed; " };
        println!("{:<5} {cause}{}", row.id, row.complaints.join("; "));
    }
    let right = rows.iter().filter(|row| row.cause_right).count();
    println!("{}: {right} of {} causes right", folder.display(), rows.len());
    rows
}

fn assert_nothing_wrong(rows: &[Row]) {
    let wrong: Vec<_> = rows.iter().filter(|row| !row.complaints.is_empty()).collect();
    let names: Vec<_> = wrong.iter().map(|row| row.id.as_str()).collect();
    assert!(names.is_empty(), "wrong in {names:?}, see the table above");
}

fn try_case(folder: &Path, case: &Case) -> Row {
    let file = folder.join(&case.file);
    let done = diagnosed(&file, &["--json"]);
    match serde_json::from_str::<Stated>(&done.stdout) {
        Ok(stated) => judge(folder, case, &stated, &done),
        Err(error) => Row {
            id: case.id.clone(),
            cause_right: false,
            complaints: vec![format!("no JSON object: {error}\n{done}")],
        },
    }
}

fn judge(folder: &Path, case: &Case, stated: &Stated, done: &Outcome) -> Row {
    let cause_right = case.fault_for(&stated.cause).is_some();
    let complaints = [
        wrong_fault(case, stated),
        wrong_exit(stated, done),
        wrong_direction(case, stated),
        wrong_offset(case, stated),
        wrong_form(done),
        missing_decider(folder, case, done),
    ];
    Row { id: case.id.clone(), cause_right, complaints: complaints.into_iter().flatten().collect() }
}

fn wrong_fault(case: &Case, stated: &Stated) -> Option<String> {
    let right = case.fault_for(&stated.cause).unwrap_or(case.clock_fault);
    let said = stated.clock_fault;
    if said.is_none() && case.known_miss.is_some() {
        return None;
    }
    let kind = if said == Some(true) { "clock wrongly blamed" } else { "wrong clock fault" };
    let Stated { cause, .. } = stated;
    (said != right)
        .then(|| format!("{kind}: {cause} with clock_fault {said:?}, not {} {right:?}", case.cause))
}

fn wrong_exit(stated: &Stated, done: &Outcome) -> Option<String> {
    let right = match stated.clock_fault {
        Some(true) => 20,
        Some(false) => 0,
        None => 21,
    };
    (done.code() != right).then(|| format!("exit {} instead of {right}", done.code()))
}

fn wrong_form(done: &Outcome) -> Option<String> {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::load("diagnose").unwrap());
    SCHEMA.check(&done.json()).err()
}

/// An undetermined cause comes with what would decide.
fn missing_decider(folder: &Path, case: &Case, done: &Outcome) -> Option<String> {
    let shown = || diagnosed(&folder.join(&case.file), &[]).stdout;
    (done.code() == 21 && !shown().contains("How to find out"))
        .then(|| "the answer does not say how to find out".to_owned())
}

fn wrong_direction(case: &Case, stated: &Stated) -> Option<String> {
    let right = stated.direction == case.direction
        // Another accepted cause may leave the direction open.
        || (stated.direction.is_none() && stated.cause != case.cause);
    (!right).then(|| format!("direction {:?}, not {:?}", stated.direction, case.direction))
}

fn wrong_offset(case: &Case, stated: &Stated) -> Option<String> {
    let Some(offset) = stated.offset_s else {
        return needs_offset(case, stated).then(|| "no offset stated".into());
    };
    let readings = [Some(offset), stated.offset_if_utc_s];
    let truth = case.offset_true.map(|truth| (truth, case.offset_tol.unwrap_or(0.0)));
    let excludes = |interval: Interval| truth.is_some_and(|(at, tol)| !interval.contains(at, tol));
    if let Some(wrong) = readings.into_iter().flatten().find(|&interval| excludes(interval)) {
        return Some(format!("{wrong:?} does not contain {truth:?}"));
    }
    let bound = case.offset_bound?;
    if !offset.meets(bound) {
        return Some(format!("{offset:?} lies outside {bound:?}"));
    }
    (bound.is_open() && offset.is_point())
        .then(|| format!("{offset:?} is exact, the text only allows {bound:?}"))
}

/// The offset of a clock that was never set is only its uptime, and conclusions from words alone have
/// no offset, so neither is compared.
fn needs_offset(case: &Case, stated: &Stated) -> bool {
    let known = case.offset_true.is_some() || case.offset_bound.is_some();
    known
        && stated.cause == case.cause
        && case.clock_fault == Some(true)
        && case.cause != "clock-unset"
        && stated.certainty != "weak"
}
