//! A conclusion about each host of a text, and the one that the report is about.

use super::conclude::conclude;
use super::outcome::Outcome;
use super::view::View;
use crate::diagnosis::cause::ClockFault;
use crate::diagnosis::fold::books::Owns;
use crate::diagnosis::fold::origin::UNNAMED;
use crate::diagnosis::fold::totals::Totals;
use crate::diagnosis::report::Diagnosis;

/// Returns what the totals of a text and those of its hosts prove.
///
/// If several hosts wrote the text, the conclusion is about one with refusals: one whose own clock is wrong, if
/// there is any, and of those the one whose clock is the farthest off.
pub(crate) fn conclude_all<const HOSTS: usize>(
    mut totals: Totals,
    mut own: Owns<HOSTS>,
    lines: u64,
) -> Diagnosis {
    if !totals.writers.are_several() {
        return conclude(&totals, lines);
    }
    for (host, theirs) in &mut own {
        theirs.zone_assumed = totals.zone_assumed;
        let Outcome { cause, fault, certainty, offset, .. } = View::of(theirs).outcome();
        if theirs.refusals > 0 || fault == ClockFault::Found {
            totals.writers.find_out(*host, (cause, fault, certainty), offset);
        }
    }
    let subject = totals.writers.choose();
    let theirs = own.into_iter().find(|(host, _)| Some(*host) == subject);
    if let Some((_, theirs)) = theirs {
        return conclude(&theirs.with_text_of(totals), lines);
    }
    // No conclusion rests on the clock of another host.
    totals.focus(subject.unwrap_or(UNNAMED));
    conclude(&totals, lines)
}
