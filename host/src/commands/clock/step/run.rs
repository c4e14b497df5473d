//! `clock --step`: sets the clock to what sources agree on, and measures it again.

use jwtick_core::render::Language;
use jwtick_core::{Step, StepRefusal};

use super::answer as report;
use super::answer::Stepped;
use crate::commands::clock::args::ClockArgs;
use crate::commands::clock::plan::Plan;
use crate::commands::clock::step::consent;
use crate::commands::clock::step::error::StepError;
use crate::commands::clock::surveyed::Surveyed;
use crate::commands::error::Error;
use crate::exit::Exit;
use crate::output;
use crate::source::anchor::Tied;
use crate::source::daemon::{self, Seen};
use crate::source::os;
use crate::source::step::{SetError, set};

/// Sets the clock once; the exit is that of the clock as it is measured then.
///
/// # Errors
/// [`StepError`] if the clock is not to be set, and as for a measurement.
pub(crate) fn run(args: &ClockArgs, plan: &Plan, language: Language) -> Result<Exit, Error> {
    consent::is_possible(args.yes)?;
    match daemon::seen() {
        Seen::Running(daemon) => return Err(StepError::Daemon(daemon).into()),
        Seen::Hidden => output::warn(report::hidden(language)),
        Seen::Nobody => {}
    }
    let before = plan.survey(language);
    let reading = before.measurement.reading();
    let after = match Step::plan(before.survey, reading, os::known()) {
        Ok(step) => Some((step, take(step, &before, plan, args.yes, language)?)),
        Err(StepRefusal::MayBeRight(_)) => None,
        Err(refusal) => return Err(StepError::Refused(refusal).into()),
    };
    let stepped = Stepped::of(&before, after.as_ref().map(|(step, after)| (*step, after)));
    let form = if args.json { report::json } else { report::text };
    output::print(&form(&stepped, language))?;
    Ok(after.as_ref().map_or(&before, |(_, after)| after).exit())
}

/// Asks, sets the clock, and measures it again.
fn take(
    step: Step,
    before: &Surveyed,
    plan: &Plan,
    agreed: bool,
    language: Language,
) -> Result<Surveyed, Error> {
    // Whoever is asked may take their time: UTC runs on by the monotonic clock, not by the one
    // that is wrong.
    let utc = Tied::new(before.measurement.utc(step.offset()));
    let utc = utc.map_err(|lost| StepError::Set(SetError::Lost(lost)))?;
    if !agreed {
        consent::ask(before.survey, step, before.measurement.reading(), language)?;
    }
    set(&utc).map_err(|fault| StepError::of(fault, step))?;
    Ok(plan.survey(language))
}
