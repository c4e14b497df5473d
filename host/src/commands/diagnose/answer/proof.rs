//! The proof of a diagnosis: its premises and its sums, for people and for programs.

use jwtick_core::UnixTime;
use jwtick_core::diagnosis::{Fact, Premise, Proof, Sum};
use jwtick_core::words::{self, Heading, Language};
use serde::Serialize;

use crate::notation::civil;
use crate::page::json::{Interval, Seconds, interval};
use crate::page::layout::Page;
use crate::page::paragraph::paragraph;

/// The sums, and then the premises that are part of none.
pub(super) fn lines(proof: &Proof, page: &Page) -> String {
    let line = |step: Step| {
        let label = step.label.map(|label| format!("{label}: ")).unwrap_or_default();
        paragraph(&format!("  {label}"), &step.text, page.wrap)
    };
    steps(proof, page.language).into_iter().map(line).collect()
}

/// A sum that gives one end of the offset, or a premise that is part of no sum.
#[derive(Debug, Serialize)]
pub(crate) struct Step {
    /// The end that the sum gives.
    label: Option<String>,
    text: String,
}

/// The steps of the proof, sums first.
pub(crate) fn steps(proof: &Proof, language: Language) -> Vec<Step> {
    let ends = [(Heading::AtLeast, proof.least), (Heading::AtMost, proof.most)];
    let sum = |(label, sum): (Heading, Option<Sum>)| {
        let text = words::sum(&sum?, language).to_string();
        Some(Step { label: Some(words::heading(label, language).to_string()), text })
    };
    let ground = |premise: &Premise| {
        let text = words::premise(*premise, language).to_string();
        Step { label: None, text }
    };
    ends.into_iter().filter_map(sum).chain(proof.grounds.iter().map(ground)).collect()
}

/// The proof as the member of a JSON object.
#[derive(Serialize)]
pub(super) struct Json {
    premises: Vec<Stated>,
    least: Option<Added>,
    most: Option<Added>,
    arithmetic: Vec<String>,
}

#[derive(Serialize)]
struct Stated {
    line: u64,
    states: &'static str,
    time: Option<String>,
    time_s: Option<Seconds>,
    length_s: Option<Seconds>,
    offset_s: Option<Interval>,
}

/// The indices of two premises, and the allowances that are added to their difference.
#[derive(Serialize)]
struct Added {
    reference: usize,
    local: Option<usize>,
    resolution_s: Seconds,
    delay_s: Seconds,
    zone_s: Seconds,
    result_s: Option<Seconds>,
}

pub(super) fn json(proof: &Proof, language: Language) -> Json {
    let premises = proof.premises();
    let index = |premise: Premise| premises.iter().position(|it| *it == premise);
    let added = |sum: Option<Sum>| {
        let sum = sum?;
        Some(Added {
            reference: index(sum.reference)?,
            local: sum.local.and_then(index),
            resolution_s: Seconds(sum.resolution),
            delay_s: Seconds(sum.delay),
            zone_s: Seconds(sum.zone),
            result_s: sum.result().map(Seconds),
        })
    };
    let sums = [proof.least, proof.most].into_iter().flatten();
    Json {
        premises: premises.iter().map(|premise| stated(*premise)).collect(),
        least: added(proof.least),
        most: added(proof.most),
        arithmetic: sums.map(|sum| words::sum(&sum, language).to_string()).collect(),
    }
}

fn stated(Premise { line, fact }: Premise) -> Stated {
    let at = fact.time();
    let time = at.and_then(civil::rfc3339);
    let (offset, is_civil) = match fact {
        Fact::Measured(offset) => (Some(offset), false),
        Fact::CivilStamp(_) => (None, true),
        _ => (None, false),
    };
    Stated {
        line,
        states: fact.code(),
        // A stamp that names no zone is no instant.
        time: time.map(|time| if is_civil { time.trim_end_matches('Z').to_owned() } else { time }),
        time_s: at.map(|at| Seconds(at - UnixTime::EPOCH)),
        length_s: fact.length().map(Seconds),
        offset_s: offset.map(interval),
    }
}
