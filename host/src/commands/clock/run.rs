//! `jwtick clock`: compares this host's clock with sources that the user names.

use jwtick_core::words::Language;

use super::answer::{self, Anew, State};
use super::args::{ClockArgs, Format};
use super::plan::{Plan, Surveyed};
use super::{step, watch};
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::config::Config;
use crate::exit::Exit;
use crate::output::{self, safe};
use crate::page::layout::Page;

/// Number of repeated surveys if the clock is set meanwhile. A time daemon sets it once at start.
const RETRIES: usize = 2;

/// Measures the clock and prints the verdict.
///
/// # Errors
/// [`Error::Clock`] if neither the command line nor the configuration names a source, and any
/// reason why the sources cannot be queried or the answer cannot be written.
pub(crate) fn run(args: &ClockArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    let done = Plan::of(args, config).and_then(|plan| measure(args, plan, language));
    match (done, args.format) {
        // A check that cannot run has the state "unknown" (guidelines, "Return codes").
        (Err(error), Format::Nagios) => {
            let reason = safe::line(&error.to_string());
            let told = output::print(&format!("JWTICK UNKNOWN - {reason}\n"));
            if let Err(error) = told {
                refusal::complain(&error.into(), language);
            }
            Ok(Exit::PluginUnknown)
        }
        (done, _) => done,
    }
}

fn measure(args: &ClockArgs, plan: Plan, language: Language) -> Result<Exit, Error> {
    if let Some(pause) = args.watch {
        return watch::watch(plan, pause, args.json, language);
    }
    if args.step {
        return step::run::run(args, &plan, language);
    }
    let surveyed = undisturbed(&plan, language);
    let answer = match args.format {
        _ if args.json => answer::json(&surveyed, language).into(),
        Format::Text => answer::text(&surveyed, &Page::of_terminal(language)),
        Format::Nagios => answer::nagios(&surveyed, plan.warn, plan.crit).into(),
        Format::Prometheus => answer::prometheus(&surveyed).into(),
    };
    output::print(&answer)?;
    Ok(match args.format {
        Format::Nagios => State::of(&surveyed, plan.warn, plan.crit).exit(),
        // The collector reads the verdict from the metrics; an exit code would end the job that writes
        // them.
        Format::Prometheus => Exit::Done,
        Format::Text => surveyed.exit(),
    })
}

/// A survey during which the clock was not set. If it is set during every attempt, the last survey.
fn undisturbed(plan: &Plan, language: Language) -> Surveyed {
    let mut surveyed = plan.survey(language);
    for _ in 0..RETRIES {
        let Some(by) = surveyed.measurement.local.stepped() else { break };
        output::warn(&answer::stepped(by, Anew::Measurement, language));
        surveyed = plan.survey(language);
    }
    surveyed
}
