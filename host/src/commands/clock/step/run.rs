//! `clock --step`: sets the clock to the time that the sources agree on, and measures it again.

use std::io::{self, BufRead, IsTerminal};

use jwtick_core::UnixTime;
use jwtick_core::survey::{Step, StepLimit, StepRefusal, Survey};
use jwtick_core::words::Language;

use super::answer::{self, Stepped};
use super::error::StepError;
use crate::commands::clock::args::ClockArgs;
use crate::commands::clock::plan::{Plan, Surveyed};
use crate::commands::error::Error;
use crate::exit::Exit;
use crate::output::{self, safe};
use crate::page::source;
use crate::source::Note;
use crate::source::anchor::AnchoredUtc;
use crate::source::daemon::{self, Seen};
use crate::source::os;
use crate::source::step::{SetError, set};

/// Sets the clock once. Returns the exit code of the measurement after it.
///
/// # Errors
/// [`StepError`] if the clock must not be set, and as for a measurement.
pub(crate) fn run(args: &ClockArgs, plan: &Plan, language: Language) -> Result<Exit, Error> {
    is_possible(args.yes)?;
    match daemon::seen() {
        Seen::Running(daemon) => return Err(StepError::Daemon(daemon).into()),
        Seen::Hidden => output::warn(answer::hidden(language)),
        Seen::Nobody => {}
    }
    let before = plan.survey(language);
    tell_same_hosts(&before, language);
    let reading = before.measurement.reading();
    let limit = limit(args, &before);
    let after = match Step::plan(before.survey, reading, os::known(), limit) {
        Ok(step) => Some((step, take(step, &before, plan, args.yes, language)?)),
        Err(StepRefusal::MayBeRight(_)) => None,
        Err(refusal) => return Err(StepError::Refused(refusal).into()),
    };
    let stepped = Stepped::of(&before, after.as_ref().map(|(step, after)| (*step, after)));
    let form = if args.json { answer::json } else { answer::text };
    output::print(&form(&stepped, language))?;
    Ok(after.as_ref().map_or(&before, |(_, after)| after).exit())
}

// The reason why fewer sources count than were named.
fn tell_same_hosts(surveyed: &Surveyed, language: Language) {
    for standing in surveyed.measurement.standings(surveyed.survey) {
        if let Some(same) = standing.same_host {
            let note = source::note(&Note::SameHost(same), language);
            output::warn(&safe::line(&format!("{}: {note}", standing.answer.name)));
        }
    }
}

fn limit(args: &ClockArgs, surveyed: &Surveyed) -> StepLimit {
    match args.max_step {
        Some(longest) => StepLimit::Given(longest),
        None if surveyed.measurement.is_authenticated(surveyed.survey) => StepLimit::Authenticated,
        None => StepLimit::Unauthenticated,
    }
}

/// Asks for confirmation, sets the clock and measures it again.
fn take(
    step: Step,
    before: &Surveyed,
    plan: &Plan,
    agreed: bool,
    language: Language,
) -> Result<Surveyed, Error> {
    // The user may take any time to answer: meanwhile, UTC advances with the monotonic clock, not
    // with the wrong one.
    let utc = AnchoredUtc::new(before.measurement.utc(step.offset()));
    let utc = utc.map_err(|lost| StepError::Set(SetError::Lost(lost)))?;
    if !agreed {
        ask_consent(before.survey, step, before.measurement.reading(), language)?;
    }
    set(&utc).map_err(|fault| StepError::of(fault, step))?;
    Ok(plan.survey(language))
}

/// Checks that consent was given or can be requested, before anything is measured.
///
/// # Errors
/// [`StepError::NoTerminal`] if consent was not given and standard input is not a terminal.
pub(super) fn is_possible(agreed: bool) -> Result<(), StepError> {
    if agreed || io::stdin().is_terminal() { Ok(()) } else { Err(StepError::NoTerminal) }
}

/// Asks for consent on the terminal.
///
/// # Errors
/// [`StepError::Declined`] unless the answer is yes.
pub(super) fn ask_consent(
    survey: Survey,
    step: Step,
    reading: UnixTime,
    language: Language,
) -> Result<(), StepError> {
    let question = answer::question(survey, step, reading, language);
    let mut answer = String::new();
    // If the question cannot be shown, there is no answer to wait for.
    let answered = output::ask(&question).and_then(|()| io::stdin().lock().read_line(&mut answer));
    if answered.is_ok() && is_yes(&answer) { Ok(()) } else { Err(StepError::Declined) }
}

/// Accepts yes in any supported language: German-speaking users may still type `y`.
fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "j" | "ja" | "예" | "네")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_yes_is_yes() {
        const ROWS: &[(&str, bool)] = &[
            ("y\n", true),
            ("YES\r\n", true),
            ("ja\n", true),
            ("예\n", true),
            ("", false),
            ("\n", false),
            ("n\n", false),
            ("yesterday\n", false),
        ];
        for &(answer, yes) in ROWS {
            assert_eq!(is_yes(answer), yes, "{answer:?}");
        }
    }
}
