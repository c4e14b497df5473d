//! The table of verifiers against the verifiers themselves: each judges thousands of tokens at a stopped
//! clock, and the table must predict every verdict, or list it with the reason.
//!
//! `.ci/run install dialects`, or the test alone:
//! `cargo test --package jwtick-tests --features dialects --test dialects -- --nocapture`.
#![cfg(test)]

mod exceptions;
mod gateways;
mod libraries;
mod tokens;

use core::fmt::Write;

use jwtick_core::judge::dialect::{Basis, Dates, Dialect};
use jwtick_core::{TimeBounds, UnixTime, Verdict};

use exceptions::{EXCEPTIONS, Exception};

/// One token, the verdict of the real verifier, and what its clock may have shown.
struct Answered {
    claims: String,
    accepts: bool,
    /// What the verifier said of a refusal.
    said: String,
    clock: TimeBounds,
}

/// How many verdicts the table predicts.
#[derive(Default)]
struct Agreement {
    equal: usize,
    /// The clock was not stopped, and the verdict depends on when the verifier read it.
    either: usize,
    listed: usize,
    faults: Vec<String>,
}

impl Agreement {
    fn of(dialect: &Dialect, answers: &[Answered]) -> Self {
        let mut agreement = Self::default();
        let mut used = vec![false; EXCEPTIONS.len()];
        for answered in answers {
            let dates = Dates::of(answered.claims.as_bytes()).unwrap();
            let judged = dialect.judge(&dates, answered.clock);
            match (judged.verdict(), answered.accepts) {
                (Verdict::Undecided, _) => agreement.either += 1,
                (Verdict::Accept, true) | (Verdict::Reject, false) => agreement.equal += 1,
                (verdict, _) => {
                    let covers = |it: &Exception| {
                        it.dialect == dialect.name && (it.applies)(&answered.claims)
                    };
                    match EXCEPTIONS.iter().position(covers) {
                        Some(place) => {
                            used[place] = true;
                            agreement.listed += 1;
                        }
                        None => agreement.faults.push(format!(
                            "{}: {} at {}: the table says {verdict}, the verifier {}",
                            dialect.name,
                            answered.claims,
                            answered.clock.earliest().as_micros(),
                            if answered.accepts { "accepts" } else { &answered.said },
                        )),
                    }
                }
            }
        }
        let unused =
            EXCEPTIONS.iter().zip(used).filter(|(it, used)| it.dialect == dialect.name && !used);
        for (exception, _) in unused {
            agreement
                .faults
                .push(format!("{}: no longer needed: {}", dialect.name, exception.reason));
        }
        agreement
    }
}

/// Compares all verdicts, prints the table of agreement, and returns the faults.
fn compare(answers: impl IntoIterator<Item = (&'static str, Vec<Answered>)>) -> Vec<String> {
    let mut table = String::from(
        "| verifier | tokens | equal | either | listed exceptions |\n|---|---|---|---|---|\n",
    );
    let mut faults = Vec::new();
    for (name, answers) in answers {
        let dialect = Dialect::named(name).unwrap();
        assert_eq!(
            dialect.basis,
            Basis::Tested,
            "{name} is tested here, but its row says otherwise"
        );
        let agreement = Agreement::of(dialect, &answers);
        let Agreement { equal, either, listed, .. } = agreement;
        writeln!(
            table,
            "| {} {} | {} | {equal} | {either} | {listed} |",
            dialect.product,
            dialect.version,
            answers.len()
        )
        .unwrap();
        assert!(answers.len() >= 2_000, "{name}: {} tokens", answers.len());
        // Enough to see what kind of fault it is.
        let more = agreement.faults.len().saturating_sub(12);
        faults.extend(agreement.faults.into_iter().take(12));
        if more > 0 {
            faults.push(format!("{name}: {more} more"));
        }
    }
    println!("{table}");
    faults
}

fn instant(micros: i64) -> TimeBounds {
    TimeBounds::exactly(UnixTime::from_micros(micros))
}

#[test]
fn table_predicts_the_verdicts_of_libraries() {
    let faults = compare(libraries::answers());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn table_predicts_the_verdicts_of_gateways() {
    let faults = compare(gateways::answers());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_tested_row_is_run() {
    let run: Vec<&str> = libraries::NAMES.iter().chain(gateways::NAMES).copied().collect();
    for dialect in Dialect::all() {
        let is_run = run.contains(&dialect.name);
        assert_eq!(is_run, dialect.basis == Basis::Tested, "{}", dialect.name);
    }
}
