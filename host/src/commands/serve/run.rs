//! `jwtick serve`.

use std::path::Path;
use std::sync::Arc;

use jwtick_core::words::Language;

use super::answer::{Addresses, in_force, kept, reloaded, same_address};
use super::args::ServeArgs;
use super::entry::line;
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::config::Config;
use crate::exit::Exit;
use crate::output;
use crate::serve::{ClockSettings, InForce, Journal, Running, ServePolicy, ServiceClock};
use crate::signal::{Request, Signals};

/// Runs the service until a signal stops it.
///
/// # Errors
/// Any reason why the policies or keys cannot be used, or the address cannot be bound.
pub(crate) fn run(
    args: &ServeArgs,
    config: &Config,
    named: Option<&Path>,
    language: Language,
) -> Result<Exit, Error> {
    let policy = args.policy(config.settings.serve.as_ref().map(|set| &set.value))?;
    let clock = Arc::new(ServiceClock::start(ClockSettings::of_host()));
    if args.check {
        InForce::of(policy.clone(), &clock, language)?;
        output::print(&in_force(&policy, args.json))?;
        return Ok(Exit::Done);
    }
    // Before the addresses are printed: whoever has read them may stop the program at once.
    let signals = Signals::catch().and_then(Signals::with_reload);
    let mut signals = signals.map_err(|source| Error::Signals { source })?;
    let journal = Journal::to(move |it| output::log(&line(it, language)));
    let journal = journal.map_err(|source| Error::Signals { source })?;
    let listen = policy.listen;
    let first = policy.clone();
    let running = Running::start(listen, journal, || -> Result<InForce, Error> {
        Ok(InForce::of(first, &clock, language)?)
    })?;
    output::print(&Addresses::of(running.address(), &policy).line(args.json))?;
    while signals.next() == Request::Reload {
        let changed = || {
            let policy = reread(args, named)?;
            if policy.listen != listen {
                output::warn(same_address(language));
            }
            Ok(InForce::of(policy, &clock, language)?)
        };
        match running.reload(changed) {
            Ok(()) => output::warn(reloaded(language)),
            Err(error) => {
                let error = refusal::error(&error, language);
                output::warn(&format!("{}: {error}", kept(language)));
            }
        }
    }
    running.stop();
    Ok(Exit::Done)
}

fn reread(args: &ServeArgs, named: Option<&Path>) -> Result<ServePolicy, Error> {
    let config = Config::load(named)?;
    Ok(args.policy(config.settings.serve.as_ref().map(|set| &set.value))?)
}
