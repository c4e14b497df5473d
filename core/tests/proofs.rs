//! Every proven finding has a proof, and the text alone confirms it: each line states what the proof says,
//! and the sums are right.
#![cfg(test)]

mod text;

use std::path::{Path, PathBuf};
use std::{env, fs};

use jwtick_core::diagnosis::{
    Cause, Certainty, ClockFault, Diagnosis, Fact, Possibility, Premise, Proof, Sum, ZoneKnowledge,
};
use jwtick_core::time::{Direction, Offset};
use jwtick_core::words::{self, Language, summary};
use jwtick_core::{Diagnoser, Options, Span};

use self::text::{Text, states, states_length};

const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3_600 * SECOND;

/// Returns what is wrong with the proof of `diagnosis`, if anything is.
pub(crate) fn complaint(bytes: &[u8], diagnosis: &Diagnosis) -> Option<String> {
    let Some(proof) = &diagnosis.proof else {
        let is_proven = diagnosis.certainty == Certainty::Proven;
        return is_proven.then(|| "there is none".to_owned());
    };
    if diagnosis.certainty != Certainty::Proven {
        return Some("it is not proven".to_owned());
    }
    let text = Text::of(bytes);
    let premises = proof.premises();
    if premises.is_empty() {
        return Some("it has no premises".to_owned());
    }
    let false_premise = premises.iter().find(|premise| !is_stated(&text, premise));
    if let Some(premise) = false_premise {
        return Some(format!("{premise:?} is not stated in {:?}", text.line(premise.line)));
    }
    if let Some(offset) = diagnosis.offset {
        let ends = [(proof.least, offset.least(), -1), (proof.most, offset.most(), 1)];
        for (sum, end, side) in ends {
            // A wrong claim is one in spite of what the clocks show.
            let is_beside = proof.grounds.iter().any(|it| it.fact == Fact::Claim) && sum.is_none();
            let wrong = wrong_end(sum, end, side, proof, diagnosis);
            if let Some(wrong) = wrong.filter(|_| !is_beside) {
                return Some(wrong);
            }
        }
        let towards = match offset {
            it if it.least() > Span::ZERO => Some(Direction::Behind),
            it if it.most() < Span::ZERO => Some(Direction::Ahead),
            _ => None,
        };
        if diagnosis.direction.is_some() && towards.is_some() && diagnosis.direction != towards {
            return Some(format!("{towards:?} follows, but not {:?}", diagnosis.direction));
        }
    }
    None
}

/// What is wrong with the sum that proves an end. `side` is 1 for the upper one.
fn wrong_end(
    sum: Option<Sum>,
    end: Span,
    side: i64,
    proof: &Proof,
    diagnosis: &Diagnosis,
) -> Option<String> {
    let is_open = [Offset::UNKNOWN.least(), Offset::UNKNOWN.most()].contains(&end);
    // The words give the direction.
    if is_open || (end.as_micros().abs() == 1 && sum.is_none()) {
        return None;
    }
    let Some(sum) = sum else { return Some(format!("nothing proves the end {end:?}")) };
    let micros = |premise: Premise| premise.fact.time().map(|at| at.as_micros());
    let stated = match sum.local {
        Some(local) => micros(sum.reference)? - micros(local)?,
        None => sum.stated.as_micros(),
    };
    let [resolution, delay, zone] = [sum.resolution, sum.delay, sum.zone].map(Span::as_micros);
    if stated + resolution + delay + zone != end.as_micros() {
        return Some(format!("the sum is not {end:?}: {sum:?}"));
    }
    // Allowances widen an interval, and never narrow it.
    let is_allowed = resolution * side >= 0
        && resolution.abs() <= 60 * SECOND
        && delay * side >= 0
        && delay.abs() <= 60 * SECOND;
    let is_zone = is_zone(&sum, side, proof, diagnosis);
    let is_measured = match sum.reference.fact {
        Fact::Measured(offset) => [offset.least(), offset.most()].contains(&end),
        Fact::Step(step) => step.as_micros() == stated,
        Fact::Difference(length) => length.as_micros() == stated,
        // The words themselves say which of two times is the earlier one.
        Fact::Refusal => stated.abs() == 1,
        _ => sum.local.is_some(),
    };
    (!is_allowed || !is_zone || !is_measured).then(|| format!("an allowance is wrong: {sum:?}"))
}

/// Returns `true` if the sum allows for the zone of its stamps: the one that the text shows, or all.
fn is_zone(sum: &Sum, side: i64, proof: &Proof, diagnosis: &Diagnosis) -> bool {
    let zone = sum.zone.as_micros();
    let is_civil = |premise: &Premise| matches!(premise.fact, Fact::CivilStamp(_));
    let zone_of_stamp = match sum.local.map(|local| local.fact) {
        // One clock wrote both stamps.
        Some(Fact::CivilStamp(_)) if is_civil(&sum.reference) => Some(0),
        Some(_) if is_civil(&sum.reference) => Some(if side < 0 { -14 * HOUR } else { 12 * HOUR }),
        Some(Fact::CivilStamp(_)) => proof.grounds.iter().find_map(|it| match it.fact {
            Fact::Zone(zone) => Some(zone.as_micros()),
            _ => None,
        }),
        _ => Some(0),
    };
    let outermost = if side < 0 { -12 * HOUR } else { 14 * HOUR };
    match diagnosis.zone {
        ZoneKnowledge::Unknown => zone == zone_of_stamp.unwrap_or(outermost),
        _ => zone == zone_of_stamp.unwrap_or(0),
    }
}

/// Returns `true` if the line of the premise states it.
fn is_stated(text: &Text, premise: &Premise) -> bool {
    let line = text.line(premise.line);
    let states_span = |span: Span| states_length(line, span.as_micros(), span.as_micros());
    match premise.fact {
        Fact::CachedTime(at) => {
            let ages = text.ages(premise.line);
            ages.into_iter().any(|age| states(line, at.as_micros() - age * SECOND, false))
        }
        Fact::CivilStamp(at) => states(line, at.as_micros(), true),
        Fact::Measured(offset) => {
            states_length(line, offset.least().as_micros(), offset.most().as_micros())
        }
        Fact::Step(span) | Fact::Lifetime(span) | Fact::Difference(span) => states_span(span),
        fact => match fact.time() {
            Some(at) => states(line, at.as_micros(), false),
            None => !line.trim().is_empty(),
        },
    }
}

fn diagnose(text: &[u8]) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options::default());
    diagnoser.feed(text);
    diagnoser.finish()
}

/// The folders with cases; those next to the project may be missing.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let shared = env::var_os("JWTICK_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let all = [root.join("fixtures/cases"), shared.join("cases"), shared.join("cases2")];
    all.into_iter().filter(|folder| folder.is_dir()).collect()
}

/// The texts of all cases, with their names.
fn cases() -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    for folder in folders() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with(|first: char| first.is_ascii_digit()) {
                cases.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    cases
}

/// What is missing of the reservations: a likely finding names what it assumes, and an open one the
/// readings that remain. Others have neither.
pub(crate) fn reservation_complaint(diagnosis: &Diagnosis) -> Option<String> {
    let Diagnosis { fault, certainty, refusals, assumptions, possibilities, .. } = diagnosis;
    let is_open = *fault == ClockFault::Open;
    let assumes = !is_open && *certainty == Certainty::Likely;
    let said = summary(diagnosis, Language::English).to_string();
    if assumes == assumptions.is_empty() || assumes != said.contains(" assumes that ") && assumes {
        return Some(format!("{certainty:?} assumes {assumptions:?}: {said}"));
    }
    let lacks = is_open && *refusals > 0 && possibilities.len() < 2;
    if lacks || (!is_open && !possibilities.is_empty()) {
        return Some(format!("{fault:?} leaves {possibilities:?}: {said}"));
    }
    let offset = diagnosis.offset?;
    let excluded = [
        (Possibility::LocalBehind, offset.most() <= Span::ZERO),
        (Possibility::LocalAhead, offset.least() >= Span::ZERO),
    ];
    let listed =
        excluded.iter().find(|(it, is_excluded)| *is_excluded && possibilities.contains(it));
    listed.map(|(it, _)| format!("{it:?} is listed, but the offset is {offset:?}"))
}

#[test]
fn likely_cases_name_their_assumptions_and_open_ones_what_remains() {
    let diagnoses = cases().into_iter().map(|(name, bytes)| (name, diagnose(&bytes)));
    let complaints: Vec<_> = diagnoses
        .filter_map(|(name, it)| Some(format!("{name}: {}", reservation_complaint(&it)?)))
        .collect();
    assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn each_certainty_says_what_it_means() {
    for (name, bytes) in cases() {
        let diagnosis = diagnose(&bytes);
        let said = summary(&diagnosis, Language::English).to_string();
        let is_hedged = ["likely", "may ", "Only the wording"].iter().any(|it| said.contains(it));
        let Diagnosis { certainty, fault, decider, .. } = diagnosis;
        let nothing_refused = diagnosis.cause == Cause::NotClock && diagnosis.refusals == 0;
        match (fault, certainty) {
            // A finding that is not proven says so.
            (ClockFault::Found | ClockFault::Cleared, Certainty::Likely | Certainty::Weak) => {
                assert!(
                    is_hedged || nothing_refused || says_difference(&diagnosis),
                    "{name}: {said}"
                );
            }
            // An open one names what would decide, and how to find it out.
            (ClockFault::Open, _) => {
                let decider = decider.unwrap_or_else(|| panic!("{name} names nothing: {said}"));
                let how = words::decider(decider, Language::English).to_string();
                assert!(how.contains('`') || how.contains("log around"), "{name}: {how}");
            }
            (_, Certainty::Proven) => assert!(diagnosis.proof.is_some(), "{name}"),
        }
    }
}

/// That two clocks differ is true whether or not it is the reason.
fn says_difference(diagnosis: &Diagnosis) -> bool {
    diagnosis.cause == Cause::PeerClocks
}

#[test]
fn every_proven_case_has_a_proof_that_its_text_confirms() {
    let mut complaints = Vec::new();
    let mut proven = 0;
    for (name, bytes) in cases() {
        let diagnosis = diagnose(&bytes);
        proven += usize::from(diagnosis.proof.is_some());
        if let Some(complaint) = complaint(&bytes, &diagnosis) {
            complaints.push(format!("{name} ({:?}): {complaint}", diagnosis.cause));
        }
    }
    println!("{proven} proofs");
    assert!(proven > 30, "only {proven}");
    assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
}
